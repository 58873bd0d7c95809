"""A term as it is looked for: its words, what is between them, the capitals that it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from workflow.model import Concept, ConceptStatus, Term
from workflow.terminology.rules import head_of
from workflow.terminology.words import SOFT_HYPHEN, Word, folded, words_of

_DASHES = str.maketrans("–—−", "---", SOFT_HYPHEN)


class Spelling(NamedTuple):
    """What a text is searched for: a term or one of its listed forms, or a pattern."""

    concept: str
    term: Term
    text: str
    exact: bool


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A term, or one of its listed forms, as words."""

    number: int
    """The place of its spelling among those that it was made with."""
    concept: str
    term: Term
    words: tuple[str, ...]
    lower: tuple[str, ...]
    gaps: tuple[str, ...]
    """What stands between the words: a space, or a dash between spaces."""
    exact: bool
    head: int | None = None
    """The place of the word that inflects, where the term names it."""
    takes_any: bool = False
    """Endings are put to it as it stands: an abbreviation, or a name kept as it is."""


def spellings(concepts: Iterable[Concept], tag: str) -> tuple[Spelling, ...]:
    """All that a text in the language ``tag`` is searched for; nothing of a retired concept."""
    return tuple(
        spelling
        for concept in concepts
        if concept.status is not ConceptStatus.RETIRED
        for term in concept.terms_in(tag)
        for spelling in _spellings_of(concept.id, term)
    )


def entries(concept: str, term: Term) -> Iterator[Entry]:
    """The term as it is looked for, then each form that it lists."""
    found = (entry_of(number, each) for number, each in enumerate(_spellings_of(concept, term)))
    return (entry for entry in found if entry.words)


def entry_of(number: int, spelling: Spelling) -> Entry:
    """``spelling``, which is no pattern, as words; of marks only there are none."""
    concept, term, text, exact = spelling
    found = words_of(text)
    words = tuple(word.text for word in found)
    return Entry(
        number,
        concept,
        term,
        words,
        tuple(word.lower for word in found),
        gaps_between(text, found),
        exact,
        head_of(term) if term.head and not exact else None,
        len(words) == 1
        and (term.keep or (term.abbreviation and not exact))
        and (text == term.text or words == tuple(word.text for word in words_of(term.text))),
    )


def gaps_between(text: str, words: Sequence[Word]) -> tuple[str, ...]:
    """What stands between each two of the words: white space is one space, a dash any dash."""
    return tuple(
        " ".join(folded(text[one.end : other.start]).translate(_DASHES).split())
        for one, other in pairwise(words)
    )


def has_capitals(entry: Entry, words: Sequence[Word]) -> bool:
    """Whether the text has the capitals that the term asks for."""
    term = entry.term
    if term.case == "any" or (
        term.case == "smart" and not (term.abbreviation or any(map(str.isupper, term.text[1:])))
    ):
        return True
    letters = [
        (ours, theirs)
        for one, word in zip(entry.words, words, strict=True)
        for ours, theirs in _letters(one, word.text)
    ]
    has_all = all(theirs.isupper() for ours, theirs in letters if ours.isupper())
    if term.case != "exact":
        return has_all
    return has_all and not any(theirs.isupper() for ours, theirs in letters if ours.islower())


def _spellings_of(concept: str, term: Term) -> Iterator[Spelling]:
    yield Spelling(concept, term, term.text, term.match == "exact")
    if term.match != "regex":
        yield from (Spelling(concept, term, form, exact=True) for form in term.forms)


def _letters(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Letters in the same places; of a hyphenated word, part by part, for its parts may grow."""
    ours, theirs = one.split("-"), other.split("-")
    if len(ours) != len(theirs):
        ours, theirs = [one], [other]
    for part, word in zip(ours, theirs, strict=True):
        yield from zip(part, word, strict=False)
