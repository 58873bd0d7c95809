"""The values that flow through the pipeline. All are frozen; nothing here does anything.

Offsets are Python string offsets (code points), half-open: ``text[start:end]``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import Enum, IntEnum, StrEnum


class CodeKind(StrEnum):
    """What an inline code does to the text it covers."""

    BOLD = "b"
    ITALIC = "i"
    CODE = "code"
    LINK = "a"
    BREAK = "br"
    IMAGE = "img"


STANDALONE = {CodeKind.BREAK: "\n", CodeKind.IMAGE: "\N{OBJECT REPLACEMENT CHARACTER}"}
"""Codes that cover no words hold one character of the plain text, so each has a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An inline code over ``plain[start:end]`` of the text it belongs to."""

    kind: CodeKind
    start: int
    end: int
    target: str = ""
    """Where a link leads, or what an image shows; empty for the rest."""
    label: str = ""
    """An image's alternative text."""

    def moved(self, by: int) -> Code:
        """The same code, ``by`` characters further on."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Text:
    """Words and the inline codes over them. Codes nest and never cross; outer ones come first."""

    plain: str = ""
    codes: tuple[Code, ...] = ()


class BlockKind(StrEnum):
    """The shapes a piece of a release can have."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CELL = "cell"
    CAPTION = "caption"
    VERBATIM = "verbatim"
    """Preformatted text; it is shown and never translated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, list item, quoted paragraph, table cell or caption."""

    kind: BlockKind
    text: Text
    level: int = 1
    """A heading's rank (2 is the highest in a body), a list item's or a quotation's depth."""
    ordered: bool = False
    """The item belongs to a numbered list."""
    first: bool = False
    """A new list, quotation or table begins here even if one stands right before it."""
    continued: bool = False
    """A further paragraph of the list item before it."""
    row: int = 0
    column: int = 0
    header: bool = False
    """The cell is a header cell."""
    line: int = 0
    """The line of the source file where it begins, from 1; 0 where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A press release as written, or as assembled in another language."""

    slug: str
    title: str
    language: str
    """BCP 47 tag of the language it is written in."""
    original: str = ""
    """In an assembled release: the language of its source."""
    date: dt.date | None = None
    section: str = ""
    summary: str = ""
    embargo: str = ""
    """The moment before which nothing of it may be seen, as written: ISO 8601 with a zone."""
    status: str = "usable"
    """ninjs ``pubstatus``: usable, withheld or canceled."""
    confidential: bool = False
    """Its text never leaves the machine."""
    blocks: tuple[Block, ...] = ()
    untranslated: frozenset[int] = frozenset()
    """In an assembled draft: the indexes of blocks left, wholly or partly, in the source
    language; -1 stands for the title and -2 for the summary."""
    path: str = ""
    """The file it was read from, relative to the project."""


class Role(StrEnum):
    """What a unit is to the reader; shown to the translator."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    LEAD = "lead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    QUOTE = "quotation"
    CELL = "table cell"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The smallest piece that is translated as a whole, and where it came from."""

    key: str
    role: Role
    text: Text
    block: int
    """Index into ``Release.blocks``; -1 is the title, -2 the summary."""
    start: int
    end: int
    """The segment is ``plain[start:end]`` of that block."""
    line: int = 0


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


class Severity(IntEnum):
    """How much a fault costs the reader (MQM)."""

    MINOR = 1
    MAJOR = 2
    CRITICAL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something wrong with a text: where, what, how bad, and what would mend it."""

    check: str
    severity: Severity
    message: str
    path: str = ""
    line: int = 0
    key: str = ""
    start: int = 0
    end: int = 0
    """Span in the plain target (or, for a source check, the source); empty when it is all of it."""
    suggestion: str = ""
    """Text that may stand in the place of the span; empty where the tool cannot know."""
    about: str = ""
    """Which of several things a check looks for: the id of a concept; empty for most checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A person's decision that an issue is none. It holds for these two texts and no others."""

    check: str
    key: str
    source: str
    """Hash of the unit's source when it was decided; see ``stages.waive``."""
    target: str
    reason: str
    who: str
    when: str
    """ISO date."""
    about: str = ""
    until: str = ""
    """ISO date of the last day it holds; empty: as long as the texts do."""
    path: str = ""
    line: int = 0


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


class TermStatus(StrEnum):
    """Administrative status of a term (ISO 30042)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or phrase for a concept in one language."""

    text: str
    """Citation form."""
    status: TermStatus = TermStatus.PREFERRED
    match: str = "inflected"
    """``inflected`` or ``exact``."""
    case: str = "smart"
    """``exact``; ``any``; ``smart``: capitals of the term must be there, the rest is free."""
    forms: tuple[str, ...] = ()
    """Inflected forms that the rules of the language do not give."""
    abbreviation: bool = False
    keep: bool = False
    """It stands in the target as it stands in the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One entry of the glossary."""

    id: str
    terms: tuple[tuple[str, tuple[Term, ...]], ...]
    """(language tag, its terms) pairs, sorted by tag."""
    definition: str = ""
    subject: str = ""
    note: str = ""
    source: str = ""
    line: int = 0

    def terms_in(self, tag: str) -> tuple[Term, ...]:
        """The terms of one language; empty when it has none."""
        return next((terms for language, terms in self.terms if language == tag), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of the site, ready to be written."""

    path: str
    """Relative to the site's root, with ``/``."""
    content: str
