"""Units, the catalogues that hold them, and what is offered for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

DRAFTED = "pretranslated: "
"""How the comment of a unit begins whose target memory or a machine drafted."""


class State(StrEnum):
    """How far a unit has come (XLIFF 2 names; see ARCHITECTURE.md for the PO side)."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    """There is a target, and a person still has to look at it (PO: fuzzy)."""
    REVIEWED = "reviewed"
    """A person accepted the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A segment and its target: one entry of a catalogue. Texts are in unit markup."""

    key: str
    source: str
    target: str = ""
    fuzzy: bool = False
    previous_key: str | None = None
    previous_source: str | None = None
    comments: tuple[str, ...] = ()
    """``# `` lines, without the mark: what people and pretranslation said."""
    notes: tuple[str, ...] = ()
    """``#.`` lines, without the mark: what the tool tells the translator."""
    flags: tuple[str, ...] = ()
    """Flags other than fuzzy, known or not."""
    line: int = 0
    """Line of ``msgid`` in the file it was read from; 0 for a unit not yet written."""
    target_line: int = 0
    """Line of ``msgstr``."""

    @property
    def state(self) -> State:
        """The state that the PO fields spell."""
        if not self.target:
            return State.INITIAL
        return State.TRANSLATED if self.fuzzy else State.REVIEWED

    @property
    def is_accepted(self) -> bool:
        """A person's text that may be published."""
        return self.state is State.REVIEWED


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The units of one release in one language."""

    slug: str
    language: str
    units: tuple[Unit, ...] = ()
    obsolete: tuple[Unit, ...] = ()
    path: str = ""
    header: tuple[tuple[str, str], ...] = ()
    """(name in small letters, value) pairs as the file has them, to notice what a tool changed."""
    stamp: str = ""
    """A hash of the file it was read from; empty when there was none. See ``write_catalog``."""


class MatchClass(Enum):
    """How a memory candidate came to be, best first."""

    CONTEXT = "in context"
    """Same text, same neighbours on both sides."""
    EXACT = "exact"
    SENTENCES = "sentence by sentence"
    """A paragraph of sentences that are each known."""
    FUZZY = "fuzzy"
    ENGINE = "engine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A target offered for a unit, and why."""

    key: str
    target: str
    match: MatchClass
    score: int
    """Per cent of likeness; 100 for equal texts, 0 for an engine's answer."""
    origin: str
    """The release or the engine it comes from."""
    source: str = ""
    """The text whose translation it is, when that is not the unit's own."""
    reason: str = ""
    """What was the same, what differs and what it cost, in one line for people."""
