"""The socket of exchange formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workflow.model import State


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedUnit:
    """A unit on its way to a translator. Texts are in unit markup."""

    key: str
    source: str
    target: str = ""
    state: State = State.INITIAL
    role: str = ""
    notes: tuple[str, ...] = ()
    """What the translator is told."""
    seal: str = ""
    """State and digest of the target as it goes out; comes back untouched, so that an edit in the
    catalogue meanwhile is seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """The units of one release in one language, on their way to a translator."""

    slug: str
    language: str
    source_language: str
    units: tuple[HandedUnit, ...]
    path: str = ""
    """The catalogue they come from, for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedUnit:
    """A unit as it came back; nothing in it is trusted."""

    key: str
    source: str
    target: str = ""
    state: State = State.INITIAL
    seal: str = ""
    """As it was handed out; empty where the file has lost it."""
    line: int = 0
    fault: str = ""
    """What was wrong with it in the file; its target wants a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A file that came back."""

    slug: str
    language: str
    units: tuple[ReturnedUnit, ...]
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A file format that translators work in. Pure: values to bytes, bytes to values."""

    name: str
    suffixes: tuple[str, ...]
    """The first one is written; all are read."""
    summary: str
    """One line for ``--help``."""
    write: Callable[[Handout], bytes]
    """Raises `ExchangeError` for a text that the format cannot hold."""
    read: Callable[[bytes, str], Returned]
    """Bytes and the path for messages. Raises `ExchangeError`, with the path and a line."""
    claims: Callable[[bytes, str], bool]
    """Whether a file with one of the suffixes is of this format; may raise `ExchangeError`."""
