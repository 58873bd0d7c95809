"""The socket of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from workflow.model import Concept, Segment, Severity, Text, Unit

if TYPE_CHECKING:
    from workflow.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A unit as a check sees it: both sides, both languages, and what the house has agreed on."""

    unit: Unit
    source: Text
    target: Text
    source_language: Language
    target_language: Language
    concepts: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A release as a check of all of it sees it: its units in one language, in reading order.

    What is checked is the target. Where the text is judged as it was written, each target is a
    copy of its source, and both languages are one.
    """

    pairs: tuple[Pair, ...]
    segments: tuple[Segment, ...]
    """What each of ``pairs`` is to the release: its role, the block it stands in."""
    language: Language
    """Of the targets."""
    concepts: tuple[Concept, ...] = ()

    def blocks(self) -> list[tuple[Pair, ...]]:
        """The units of each block of the release."""
        groups = groupby(zip(self.segments, self.pairs, strict=True), lambda both: both[0].block)
        return [tuple(pair for _, pair in group) for _, group in groups]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check says of one unit; the ``check`` stage makes an `Issue` of it."""

    message: str
    key: str = ""
    """Which unit, where the check saw a whole release."""
    start: int = 0
    end: int = 0
    """Span in ``pair.target.plain``."""
    suggestion: str = ""
    severity: Severity | None = None
    """Only where it differs from the check's own."""
    about: str = ""
    """This and the rest: see ``Issue``."""
    source_start: int = 0
    source_end: int = 0
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A unit that a check must pass, or must report; it is test and help at once."""

    source: str
    target: str
    language: str = "ru"
    fuzzy: bool = False
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For term checks: tag → terms of one concept; a leading ``!`` marks a forbidden one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeExample:
    """A release that a check must pass, or must report: its headline, then its paragraphs."""

    texts: tuple[str, ...]
    language: str = "en"
    terms: tuple[str, ...] = ()
    """Terms of one concept in that language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every check has, whatever it looks at."""

    name: str
    severity: Severity
    about: str
    """One sentence for ``workflow explain``."""
    about_state: bool = False
    """It speaks of the unit's state; it is reported before what is said of its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Rule):
    """One rule about units. ``find`` is pure and never fails on content."""

    find: Callable[[Pair], Iterable[Finding]]
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    needs_target: bool = True
    """It has nothing to say of a unit without a target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCheck(Rule):
    """One rule about a whole release in one language; ``find`` is as that of a `Check`."""

    find: Callable[[Whole], Iterable[Finding]]
    good: tuple[WholeExample, ...]
    bad: tuple[WholeExample, ...]
