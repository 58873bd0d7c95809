"""Units, the catalogues that hold them, and what is offered for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

DRAFTED = "pretranslated: "
"""How the comment of a unit begins whose target memory or a machine drafted."""

RECHECK = "glossary changed: "
"""How the comment of a unit begins that a person has to look at since the glossary changed."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """One accepted translation, as a memory holds it. Texts are in unit markup."""

    source: str
    target: str
    key: str = ""
    role: str = ""
    before: str = ""
    """Source of the unit before it; empty at the edge, or where nobody knows."""
    after: str = ""
    origin: str = ""
    """Slug of the release, or ``tmx:NAME``."""
    section: str = ""
    changed: str = ""
    """When it was last changed, ISO 8601; empty where nobody knows."""
    imported: bool = False
    """It came from a file of somebody else."""
    reviewed: bool = True
    """A person accepted it."""


class MatchClass(Enum):
    """How a candidate came to be, best first. Scores: see `Candidate.score`."""

    CONTEXT = "in context"
    """102: same text, same neighbours on both sides."""
    BESIDE = "partly in context"
    """101: same text, one neighbour the same or the same role."""
    EXACT = "exact"
    """100: same text."""
    PATCHED = "patched"
    """99: only numbers, dates, addresses or terms differ, and each was put in its place."""
    SENTENCES = "sentence by sentence"
    """98: a paragraph of sentences that are each known."""
    ASSEMBLED = "assembled"
    """97: put together from the memory, the glossary and dates, each part certain."""
    NEAR = "nearly the same"
    """95-99: what differs is marks, formatting, or a number or date that could not be put in;
    or the same text at a penalty."""
    CLOSE = "close"
    """85-94."""
    FUZZY = "fuzzy"
    """Below 85."""
    ENGINE = "engine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A target offered for a unit, and why."""

    key: str
    target: str
    match: MatchClass
    score: int
    """102 and 101 for equal texts in context, 100 for equal texts, per cent of likeness below
    that; 0 for an engine's answer."""
    origin: str
    """The release or the engine it comes from."""
    source: str = ""
    """The text whose translation it is, when that is not the unit's own."""
    reason: str = ""
    """What was the same, what differs and what it cost, in one line for people."""
