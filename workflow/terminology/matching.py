"""Where a term occurs in a text, in whatever form. Offsets are offsets of the text given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from workflow.languages import Language
from workflow.model import Concept, Term, TermStatus
from workflow.terminology.index import TermIndex

BARE = "BARE"
"""The feature of a head without the possessive that its citation form carries."""

_KEPT = 64  # indexes: languages times glossaries in use at once
_indexes: dict[tuple[int, str], tuple[tuple[Concept, ...], TermIndex]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
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
    return found_by(index_of(concepts, language), text)


def found_by(index: TermIndex, text: str) -> tuple[Found, ...]:
    """What `find_terms` finds, by an index at hand."""
    return _longest(
        [
            Found(
                concept=hit.entry.concept,
                term=hit.entry.term,
                start=hit.start,
                end=hit.end,
                features=hit.features,
            )
            for hit in index.find(text)
        ]
    )


def index_of(concepts: Iterable[Concept], language: Language) -> TermIndex:
    """The index of a glossary, made once: a glossary is one tuple for all the texts of a run."""
    if not isinstance(concepts, tuple):
        return TermIndex(concepts, language)
    place = id(concepts), language.tag
    if place not in _indexes:
        if len(_indexes) >= _KEPT:
            _indexes.clear()
        _indexes[place] = concepts, TermIndex(concepts, language)  # kept, so the id stays its own
    return _indexes[place][1]


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
    rank = {TermStatus.FORBIDDEN: 0, TermStatus.DEPRECATED: 1}
    found.sort(key=lambda f: (f.start - f.end, rank.get(f.term.status, 2), f.start, f.concept))
    kept: list[Found] = []
    for candidate in found:
        if not any(_hides(other, candidate) for other in kept):
            kept.append(candidate)
    return tuple(sorted(kept, key=lambda f: (f.start, f.concept)))


def _hides(kept: Found, candidate: Found) -> bool:
    if (kept.start, kept.end) == (candidate.start, candidate.end):
        return kept.concept == candidate.concept
    return kept.start < candidate.end and candidate.start < kept.end
