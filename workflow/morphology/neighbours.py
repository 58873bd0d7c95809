"""Small words whose spelling hangs on the word beside them: о/об, с/со, a/an, мен/бен/пен.

Data of a language, ``[[before]]`` and ``[[after]]`` of its file: the words, and patterns of the
beginning of what follows, or of the end of what goes before.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.morphology import data_of


@dataclass(frozen=True, slots=True)
class Small:
    """Spellings of one small word."""

    words: frozenset[str]
    written: tuple[tuple[str, re.Pattern[str]], ...]
    at_end: bool
    """The pattern is of the end of the word before, not of the beginning of the next."""


def beside(tag: str, word: str, term: str, *, before: bool) -> str | None:
    """How ``word`` is written ``before`` or after ``term``, in small letters; None when unsure."""
    small = _smalls(tag)[before].get(word.lower())
    if small is None:
        return word.lower()
    for spelling, pattern in small.written:
        if pattern.search(term) if small.at_end else pattern.match(term):
            return spelling
    return None


@functools.cache
def _smalls(tag: str) -> tuple[Mapping[str, Small], Mapping[str, Small]]:
    """Those after a term, those before one."""
    data = data_of(tag)
    return (
        _by_word(data.get("after", ()), ending="$"),
        _by_word(data.get("before", ()), ending=""),
    )


def _by_word(rows: Iterable[Mapping[str, Any]], *, ending: str) -> dict[str, Small]:
    found: dict[str, Small] = {}
    for row in rows:
        patterns = tuple((word, re.compile(f"(?:{p}){ending}")) for word, p in row["written"])
        small = Small(frozenset(row["words"]), patterns, bool(ending))
        found.update(dict.fromkeys(small.words, small))
    return found
