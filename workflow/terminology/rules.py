"""What a term must be for anything to be found by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.model import Term, TermStatus
from workflow.terminology.patterns import parse_pattern
from workflow.terminology.words import words_of

BANNED = (TermStatus.FORBIDDEN, TermStatus.DEPRECATED)
"""The statuses of terms that are not to be used."""
LONGEST = 1000  # characters of a term
LONGEST_ID = 100

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_id(name: str) -> bool:
    """Whether a concept can be called so."""
    return len(name) <= LONGEST_ID and _ID.fullmatch(name) is not None


def is_abbreviation(text: str) -> bool:
    """Whether ``text`` looks like one: one word of capitals."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and all(map(str.isupper, letters)) and " " not in text


def faults_of(term: Term) -> Iterator[tuple[str, str]]:
    """(key of the term, what is wrong with it) pairs; none of a term that can be used."""
    if term.match == "regex":
        yield from _faults_of_pattern(term)
        return
    for key, text in (("term", term.text), *(("forms", form) for form in term.forms)):
        if len(text) > LONGEST:
            yield key, f"“{text[:30]}…” is longer than {LONGEST} characters"
        elif not any(map(str.isalnum, text)):
            yield key, f"“{text}” has no word that a text could have"
    if not term.head:
        return
    if len(words_of(term.text)) < 2:
        yield "head", "only a term of several words has a head to name"
    elif head_of(term) is None:
        yield "head", f"“{term.head}” is not a word of “{term.text}”"


def head_of(term: Term) -> int | None:
    """The place of the head among the words of the term; None where none is named."""
    head = words_of(term.head)
    words = [word.text for word in words_of(term.text)]
    if len(head) != 1 or len(words) < 2 or head[0].text not in words:
        return None
    return words.index(head[0].text)


def spelled(term: Term) -> tuple[str, ...]:
    """How a term and its listed forms look, so that two that look the same are the same."""
    if term.match == "regex":
        return (f"/{term.text}/",)
    return tuple(_look(text) for text in (term.text, *term.forms))


def _look(text: str) -> str:
    parts, end = [], 0
    for word in words_of(text):
        parts += [" ".join(text[end : word.start].split()), word.text]
        end = word.end
    return " ".join(filter(None, parts))


def _faults_of_pattern(term: Term) -> Iterator[tuple[str, str]]:
    try:
        parse_pattern(term.text, case=term.case)
    except ValueError as fault:
        yield "term", f"the pattern “{term.text[:60]}” {fault}"
    if term.status is TermStatus.PREFERRED:
        yield "status", "a pattern is nothing to write: admitted, deprecated or forbidden is wanted"
    for key in ("head", "forms", "keep", "abbreviation"):
        if getattr(term, key):
            yield key, f"{key} says nothing of a pattern"
