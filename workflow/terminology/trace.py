"""Every step by which a term is found in a text, or is not, for one concept.

The hits are those of the finder, the survivors those of `found_by`, and why a place was refused is
what the index itself answers: this module decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workflow.languages import Language
from workflow.model import Concept, Term
from workflow.terminology.entries import Entry, entries
from workflow.terminology.evidence import evidence
from workflow.terminology.index import TermIndex
from workflow.terminology.matching import Found, all_found, finder_of, found_by, named
from workflow.terminology.words import Word, words_of

_LEAST = 4  # letters that a near miss begins with alike
_SHARE = 0.6  # of the word of the term


class Outcome(StrEnum):
    """What became of a term at a place."""

    FOUND = "found"
    HIDDEN = "hidden"
    """A longer term has the place, or one of equal length that is banned."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A term, or one of its listed forms, at a place that it begins like."""

    outcome: Outcome
    start: int
    end: int
    text: str
    """What stands there."""
    term: str
    status: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word of the text, and how it is read."""

    written: str
    read: str
    """Folded: one alphabet, one kind of hyphen and apostrophe, no soft hyphens, ё as е."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One side of a unit, seen by one concept."""

    tag: str
    text: str
    tokens: tuple[Token, ...]
    tried: tuple[Tried, ...]
    named: int
    """How often the text names the concept."""


def trace(
    text: str, concept: Concept, *, concepts: tuple[Concept, ...], language: Language
) -> Trace:
    """What was tried for ``concept`` in ``text``, in the order of the text."""
    finder = finder_of(concepts, language)
    words = words_of(text)
    hits = [found for found in all_found(finder, text) if found.concept == concept.id]
    kept = found_by(finder, text)
    tried = [_hit(hit, text, kept) for hit in hits]
    met = {(hit.term, hit.start) for hit in hits}
    for term in concept.terms_in(language.tag):
        for entry in entries(concept.id, term) if term.match != "regex" else ():
            tried += _refused(entry, finder.index, text, words, met)
    return Trace(
        tag=language.tag,
        text=text,
        tokens=tuple(Token(written=text[w.start : w.end], read=w.text) for w in words),
        tried=tuple(sorted(dict.fromkeys(tried), key=lambda one: (one.start, one.outcome))),
        named=named(kept)[concept.id],
    )


def _hit(hit: Found, text: str, kept: tuple[Found, ...]) -> Tried:
    written = text[hit.start : hit.end]
    mine = [
        found
        for found in kept
        if (found.start, found.end, found.term) == (hit.start, hit.end, hit.term)
        and found.concept == hit.concept
    ]
    over = next((f for f in kept if f.start < hit.end and hit.start < f.end), None)
    why = evidence(written, hit.term, hit.features)
    if not mine and over is not None:
        why += f"; “{text[over.start : over.end]}” of {over.concept} has the place"
    return Tried(
        outcome=Outcome.FOUND if mine else Outcome.HIDDEN,
        start=hit.start,
        end=hit.end,
        text=written,
        term=hit.term.text,
        status=hit.term.status,
        why=why,
    )


def _refused(
    entry: Entry, index: TermIndex, text: str, words: list[Word], met: set[tuple[Term, int]]
) -> Iterator[Tried]:
    for at, word in enumerate(words):
        if (entry.term, word.start) in met or not _is_near(word.lower, entry.lower[0]):
            continue
        last = words[min(at + len(entry.words), len(words)) - 1]
        yield Tried(
            outcome=Outcome.REFUSED,
            start=word.start,
            end=last.end,
            text=text[word.start : last.end],
            term=entry.term.text,
            status=entry.term.status,
            why=index.refusal(entry, text, words, at),
        )


def _is_near(word: str, wanted: str) -> bool:
    """Whether a word begins like that of a term, so that somebody may ask why it is not."""
    least = min(len(wanted), max(_LEAST, int(len(wanted) * _SHARE)))
    return word[:least] == wanted[:least]
