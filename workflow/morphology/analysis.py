"""What a form says: a stem and the chain after it, beside what the citation form carries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflow.morphology.chains import Chains


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a citation form may carry already: it is plural, or possessed."""

    adds: str
    after: str
    """What stands between the stem and it, if anything does."""
    missing: str
    """What a form is that lacks it."""
    state: str
    """The state of a citation form that carries it; empty: as if it carried nothing."""
    plain: str
    """The state of a phrase that may carry it, but need not."""
    base: str
    """The state of what is left without it; empty: that of any word."""
    lone_base: str
    """The same in a term of one word, which is then likelier to carry nothing."""
    lone: int
    """Letters that must be left of a term of one word; 0: only phrases carry it."""
    undo: tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """A way to begin a form, and what can follow."""

    text: str
    chains: Chains
    first: frozenset[str] | None = None
    """Letters that the chain begins with, "" for none of them; None: any, or none."""
    hides: str = ""
    carried: tuple[Carried, ...] = ()
    """What the chain must add to come back to the citation form."""

    def said(self, word: str) -> str | None:
        """The features of ``word``, which begins with the text of the stem."""
        chain = self.hides + word[len(self.text) :]
        said = self.chains.features.get(chain)
        if said is None or (self.first is not None and chain[:1] not in self.first):
            return None
        return _relative(said, self.carried) if self.carried else said

    def written(self, features: str) -> str | None:
        """The word that says ``features``."""
        chain = self.chains.endings.get(_absolute(features, self.carried))
        if chain is None or not self._fits(chain):
            return None
        return self.text + chain[len(self.hides) :]

    def forms(self) -> Iterator[str]:
        """All words that begin so."""
        for chain in self.chains.features:
            if self._fits(chain):
                yield self.text + chain[len(self.hides) :]

    def leads(self, word: str, adds: str) -> bool:
        """Whether ``word`` is what the stem becomes by ``adds``."""
        return word.startswith(self.text) and self.said(word) == adds

    def _fits(self, chain: str) -> bool:
        return chain.startswith(self.hides) and (self.first is None or chain[:1] in self.first)


def _relative(features: str, carried: Iterable[Carried]) -> str:
    """What features of a base say beside what the citation form carries."""
    rest, lacking = features.split(), []
    for carry in carried:
        at = _place(rest, carry)
        if rest[at : at + 1] == [carry.adds]:
            del rest[at]
        elif not _is_like(rest[at : at + 1], carry):
            lacking.append(carry.missing)
    return " ".join(lacking + rest)


def _absolute(features: str, carried: Iterable[Carried]) -> str:
    """What the features of a citation form are when they are said of its base."""
    rest = features.split()
    for carry in carried:
        if carry.missing in rest:
            rest.remove(carry.missing)
            continue
        at = _place(rest, carry)
        if not _is_like(rest[at : at + 1], carry):
            rest.insert(at, carry.adds)
    return " ".join(rest)


def _place(features: list[str], carry: Carried) -> int:
    return 1 if features[:1] == [carry.after] else 0


def _is_like(features: list[str], carry: Carried) -> bool:
    """Whether a feature takes the place of what is carried: POSS.1SG that of POSS.3."""
    return any(said.partition(".")[0] == carry.adds.partition(".")[0] for said in features)
