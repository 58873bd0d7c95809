"""The socket of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workflow.model import Concept, Severity, Text, Unit

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
class Finding:
    """What a check says of one unit; the ``check`` stage makes an `Issue` of it."""

    message: str
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
class Check:
    """One rule about units. ``find`` is pure and never fails on content."""

    name: str
    severity: Severity
    about: str
    """One sentence for ``workflow explain``."""
    find: Callable[[Pair], Iterable[Finding]]
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    about_state: bool = False
    """It speaks of the unit's state; it is reported before what is said of its words."""
    needs_target: bool = True
    """It has nothing to say of a unit without a target."""
