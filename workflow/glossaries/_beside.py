"""Terms that come beside the terms of a concept in one language: which can be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from workflow.glossaries._rows import one_line
from workflow.model import Term
from workflow.terminology.rules import BANNED, faults_of, spelled

_USUAL = Term(text="")
_FACTS = ("match", "case", "abbreviation", "keep", "forms", "pos", "head")


@dataclass(slots=True)
class _Terms:
    """The terms that are there, and how they are spelled."""

    terms: list[Term] = field(default_factory=list)
    twins: dict[str, Term] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    banned: set[str] = field(default_factory=set)

    def add(self, term: Term) -> None:
        self.terms.append(term)
        self.twins.setdefault(one_line(term.text), term)
        (self.banned if term.status in BANNED else self.used).update(spelled(term))


def together(
    old: Sequence[Term], came: Sequence[Term], *, contrary: Callable[[Term], str]
) -> tuple[tuple[Term, ...], list[str]]:
    """The terms that are there with those of the others that can be, and what cannot.

    ``contrary`` names the concept that a term would contradict.
    """
    have, told = _Terms(), []
    for term in old:
        have.add(term)
    for term in came:
        faults = list(_faults(term, have, contrary))
        told.extend(faults)
        if not faults and one_line(term.text) not in have.twins:
            have.add(term)
    return tuple(have.terms), told


def _faults(term: Term, have: _Terms, contrary: Callable[[Term], str]) -> Iterator[str]:
    """Why a term cannot be taken beside those that are there, or is there otherwise."""
    twin = have.twins.get(one_line(term.text))
    if twin is not None:
        yield from (f"“{term.text}” {what}" for what in _differences(twin, term))
        return
    yield from (f"{what}; not taken" for _, what in faults_of(term))
    if not (have.used if term.status in BANNED else have.banned).isdisjoint(spelled(term)):
        yield f"“{term.text}” would be both used and forbidden; not taken"
    if other := contrary(term):
        yield f"“{term.text}” is {term.status} here, “{other}” says the contrary; not taken"


def _differences(ours: Term, theirs: Term) -> Iterator[str]:
    if ours.status is not theirs.status:
        yield f"is {ours.status} here, not {theirs.status}; ours is kept"
    for key in _FACTS:
        value = getattr(theirs, key)
        if value not in (getattr(_USUAL, key), getattr(ours, key)):
            yield f"has another {key} here; ours is kept"
