"""How a term was recognised, in a few words: "операциясының = операция + POSS.3 GEN"."""

from __future__ import annotations

import functools

from workflow.model import Term
from workflow.terminology.words import SOFT_HYPHEN, words_of

_KEPT = 1 << 13  # forms: a text after another has the same ones


@functools.lru_cache(maxsize=_KEPT)
def evidence(written: str, term: Term, features: str) -> str:
    """Why ``written`` is ``term``; ``features`` is what the form adds to the citation form."""
    form = " ".join(written.replace(SOFT_HYPHEN, "").split())
    if term.match == "regex":
        return f"{form} = pattern {term.text}{_notes(written, ())}"
    if not features and is_listed(written, term):
        return f"{form} = {term.text}{_notes(written, ('listed form',))}"
    if features == "STEM":
        return f"{form} = {term.text}{_notes(written, ('the same stem',))}"
    if features:
        kind = ("abbreviation",) if term.abbreviation else ()
        return f"{form} = {term.text} + {_once(features)}{_notes(written, kind)}"
    if form != term.text or is_folded(written):
        return f"{form} = {term.text}{_notes(written, ())}"
    return f"{form}{_notes(written, ('abbreviation' if term.abbreviation else 'citation form',))}"


def is_listed(written: str, term: Term) -> bool:
    """Whether ``written`` is one of the forms that the term lists, and not the term itself."""
    words = _lower(written)
    return words != _lower(term.text) and any(words == _lower(form) for form in term.forms)


def is_folded(written: str) -> bool:
    """Whether letters of another alphabet were read as those that they look like."""
    letters = [char for char in written.lower().replace("ё", "е") if char.isalpha()]
    read = [char for word in words_of(written) for char in word.lower if char.isalpha()]
    return letters != read


def _once(features: str) -> str:
    """What all words of a phrase say alike, said once: "PL GEN" for "PL GEN PL GEN"."""
    said = features.split()
    sizes = (size for size in range(1, len(said)) if said == said[:size] * (len(said) // size))
    return " ".join(said[: next(sizes, len(said))])


def _notes(written: str, kinds: tuple[str, ...]) -> str:
    notes = [
        *kinds,
        *(["Latin and Cyrillic letters mixed"] if is_folded(written) else ()),
        *(["soft hyphens inside"] if SOFT_HYPHEN in written else ()),
    ]
    return f" ({', '.join(notes)})" if notes else ""


def _lower(text: str) -> list[str]:
    return [word.lower for word in words_of(text)]
