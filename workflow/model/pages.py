"""What a site is made of: pages, what is said on them of the site, and lists of releases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of the site, ready to be written."""

    path: str
    """Relative to the site's root, with ``/``."""
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """A language that a page exists in."""

    tag: str
    autonym: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A release in a list."""

    slug: str
    title: str
    summary: str
    section: str
    date: dt.date | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A way to another list: where it leads and what it is called in the source language."""

    path: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list: the index of a language, a section, a year, or an older page of one."""

    path: str
    tag: str
    entries: tuple[Entry, ...]
    """As readers see them, the newest first."""
    head: str
    """The path of the page with the newest entries: its own, unless ``number``."""
    section: str = ""
    """The section it lists, as releases name it; empty: all."""
    year: str = ""
    """The year it lists, ``undated`` among them; empty: all."""
    number: int = 0
    """Of an older page, counted from the oldest; 0: the page with the newest entries."""
    older: str = ""
    newer: str = ""
    """The neighbouring pages of the same list; empty: there is none."""
    sections: tuple[Door, ...] = ()
    years: tuple[Door, ...] = ()
    """On the index of a language: the other lists there are."""
    alternates: tuple[Alternate, ...] = ()
    """The same list in other languages, its own among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """When a release went out. A day is ``2024-07-25``, a moment has a time and a zone."""

    published: str
    """The day or the moment of its first publication."""
    updated: str = ""
    """The moment its words changed last; empty: never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What the house has decided of the look of its texts."""

    house_quotes: bool = False
    """Quotation marks become those of the language; else they stay as they were typed."""
    hyphenate: bool = False
    """Long words get soft hyphens where the language has rules for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every page knows."""

    name: str
    url: str
    """Absolute address without a final ``/``; empty when the house has named none."""
    languages: tuple[tuple[str, str], ...]
    """(tag, autonym) in the order readers see."""
    draft: bool
    source_language: str
    feeds: frozenset[str] = frozenset()
    """The languages that have feeds."""
    searches: frozenset[str] = frozenset()
    """The languages whose releases can be searched."""
    style: Style = field(default_factory=Style)
