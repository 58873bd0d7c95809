"""Where a term occurs in a text, in whatever form. Offsets are offsets of the text given."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from workflow.languages import Language
from workflow.model import Concept, Term, TermStatus
from workflow.terminology.finder import Finder

BARE = "BARE"
"""The feature of a head without the possessive that its citation form carries."""

_KEPT = 64  # finders: languages times glossaries in use at once
_RECENT = 1024  # texts: a source is searched again for each language it is translated into
_RANK = {TermStatus.FORBIDDEN: 0, TermStatus.DEPRECATED: 1}
_START = attrgetter("start")
_finders: dict[tuple[int, str], tuple[tuple[Concept, ...], Finder]] = {}


class Found(NamedTuple):
    """A term in a text."""

    concept: str
    term: Term
    start: int
    end: int
    features: str = ""
    """The form it has there, as "PL GEN"; empty for the citation form."""

    @property
    def is_bare(self) -> bool:
        """The head has lost its possessive (кеден орган for кеден органы): it names nothing."""
        return BARE in self.features


def find_terms(text: str, concepts: Iterable[Concept], language: Language) -> tuple[Found, ...]:
    """Every occurrence of a term of ``concepts`` in ``text``, longest first where they overlap.

    A word that belongs to a longer term is not also a term of its own ("Security Council" inside
    "UN Security Council").
    """
    return found_by(finder_of(concepts, language), text)


@functools.lru_cache(maxsize=_RECENT)
def found_by(finder: Finder, text: str) -> tuple[Found, ...]:
    """What `find_terms` finds, by a finder at hand."""
    return _longest(all_found(finder, text))


def all_found(finder: Finder, text: str) -> list[Found]:
    """The same before overlaps are settled."""
    found = []
    for number, features, start, end in finder.find(text):
        concept, term, _, _ = finder.spellings[number]
        found.append(Found(concept, term, start, end, features))
    return found


def finder_of(concepts: Iterable[Concept], language: Language) -> Finder:
    """The finder of a glossary, made once: a glossary is one tuple for all the texts of a run."""
    if not isinstance(concepts, tuple):
        return Finder(concepts, language)
    place = id(concepts), language.tag
    if place not in _finders:
        while len(_finders) >= _KEPT:
            del _finders[next(iter(_finders))]  # the oldest: those of this run stay what they are
        _finders[place] = concepts, Finder(concepts, language)  # kept, so the id stays its own
    return _finders[place][1]


def named(found: Iterable[Found]) -> Counter[str]:
    """How often each concept is named; a head that lost its possessive (кеден орган for кеден
    органы) does not name it."""
    return Counter(f.concept for f in found if not f.is_bare)


def preferred(concept: Concept, tag: str) -> Term | None:
    """The term to use for ``concept`` in a language."""
    terms = concept.terms_in(tag)
    return next((term for term in terms if term.status is TermStatus.PREFERRED), None)


def _longest(found: list[Found]) -> tuple[Found, ...]:
    """Overlaps settled: the longest wins; of equals, the one that forbids."""
    found.sort(key=_START)
    kept: list[Found] = []
    crowd: list[Found] = []
    end = 0
    for one in found:
        if one.start >= end:
            kept += crowd if len(crowd) < 2 else _settled(crowd)
            crowd = []
        crowd.append(one)
        end = max(end, one.end)
    return (*kept, *(crowd if len(crowd) < 2 else _settled(crowd)))


def _settled(crowd: list[Found]) -> list[Found]:
    """The same for terms that hang together."""
    crowd.sort(key=lambda f: (f.start - f.end, _RANK.get(f.term.status, 2), f.start, f.concept))
    kept: list[Found] = []
    for candidate in crowd:
        if not any(_hides(other, candidate) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda f: (f.start, f.concept))


def _hides(kept: Found, candidate: Found) -> bool:
    if (kept.start, kept.end) == (candidate.start, candidate.end):
        return kept.concept == candidate.concept
    return kept.start < candidate.end and candidate.start < kept.end
