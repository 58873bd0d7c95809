"""Releases and the texts in them. Offsets are Python string offsets (code points), half-open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from workflow.model.units import State


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
class Passage:
    """Words of an assembled release that are still in the source language, or those of a unit."""

    block: int
    """Index into ``Release.blocks``; -1 is the title, -2 the summary."""
    start: int
    end: int
    """The words are ``plain[start:end]`` of that block."""
    unit: str = ""
    """The key of the unit whose words they are, where a page is to show its units."""
    state: State = State.INITIAL
    """Of that unit; initial: the words are still in the source language."""

    @property
    def is_left(self) -> bool:
        """Whether they are still in the source language."""
        return self.state == State.INITIAL


class CorrectionType(StrEnum):
    """What was done to a release after it went out."""

    CORRECTION = "correction"
    """Something in it was wrong."""
    CLARIFICATION = "clarification"
    """Something in it could be misread."""
    UPDATE = "update"
    """Something happened since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What readers are told of a change to a release that they may have read before."""

    type: CorrectionType
    date: dt.date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A release was taken back; a notice stands where it was."""

    date: dt.date | None = None
    note: str = ""
    """Why; empty: the standard words of the theme."""


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
    """The moment before which nothing of it may be seen, as `workflow.dates.moments` reads it."""
    status: str = "usable"
    """ninjs ``pubstatus``: usable, withheld or canceled."""
    confidential: bool = False
    """Its text never leaves the machine."""
    formerly: tuple[str, ...] = ()
    """Slugs it was published under before; what was there leads here."""
    corrections: tuple[Correction, ...] = ()
    """The oldest first."""
    withdrawn: Withdrawal | None = None
    blocks: tuple[Block, ...] = ()
    untranslated: frozenset[int] = frozenset()
    """In an assembled release: the indexes of blocks left, wholly or partly, in the source
    language; -1 stands for the title, -2 for the summary, and so on: see ``Segment.block``."""
    passages: tuple[Passage, ...] = ()
    """Where that is, in the blocks of ``untranslated`` that are translated in part; or the units
    of all blocks."""
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
    CORRECTION = "note of a correction"
    WITHDRAWAL = "note of the withdrawal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The smallest piece that is translated as a whole, and where it came from."""

    key: str
    role: Role
    text: Text
    block: int
    """Index into ``Release.blocks``; -1 is the title, -2 the summary, -3 the note of a
    withdrawal, -4 that of the first correction, -5 of the second …"""
    start: int
    end: int
    """The segment is ``plain[start:end]`` of that block."""
    line: int = 0
