"""Memory → candidates: what people accepted before, offered for units that have no target."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from workflow.model import Candidate, Catalog, MatchClass

_LONGER = 1.6  # a text this many times longer or shorter cannot reach any useful likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A pair a person accepted, with where it stood."""

    source: str
    target: str
    origin: str
    """Slug of the release."""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Accepted pairs of one language, ready to be asked."""

    pairs: Mapping[str, tuple[Accepted, ...]] = field(default_factory=dict)
    """By source text."""

    def like(self, source: str, threshold: int) -> tuple[Accepted, int] | None:
        """The most similar pair and its likeness in per cent, or nothing above ``threshold``."""
        low, high = len(source) / _LONGER, len(source) * _LONGER
        near = [text for text in self.pairs if low <= len(text) <= high]
        best = process.extractOne(source, near, scorer=fuzz.ratio, score_cutoff=threshold)
        return (self.pairs[best[0]][0], int(best[1])) if best else None


def remember(catalogs: Iterable[Catalog]) -> Memory:
    """The memory that accepted units make. Machine output, being fuzzy, never gets in."""
    pairs: dict[str, list[Accepted]] = defaultdict(list)
    for catalog in catalogs:
        units = catalog.units
        for index, unit in enumerate(units):
            if unit.is_accepted:
                pairs[unit.source].append(
                    Accepted(
                        source=unit.source,
                        target=unit.target,
                        origin=catalog.slug,
                        before=units[index - 1].source if index else "",
                        after=units[index + 1].source if index + 1 < len(units) else "",
                    )
                )
    return Memory(pairs={source: tuple(found) for source, found in pairs.items()})


def leverage(catalog: Catalog, memory: Memory, *, threshold: int) -> tuple[Candidate, ...]:
    """One candidate at the most for each empty unit, best class first."""
    found = []
    for index, unit in enumerate(catalog.units):
        if unit.target:
            continue
        before = catalog.units[index - 1].source if index else ""
        after = catalog.units[index + 1].source if index + 1 < len(catalog.units) else ""
        same = memory.pairs.get(unit.source, ())
        if same:
            found.append(_exact(unit.key, same, before, after))
            continue
        near = memory.like(unit.source, threshold)
        if near is not None:
            pair, score = near
            found.append(
                Candidate(
                    key=unit.key,
                    target=pair.target,
                    match=MatchClass.FUZZY,
                    score=score,
                    origin=pair.origin,
                    source=pair.source,
                )
            )
    return tuple(found)


def _exact(key: str, same: Sequence[Accepted], before: str, after: str) -> Candidate:
    in_context = [pair for pair in same if (pair.before, pair.after) == (before, after)]
    pool = in_context or same
    counts = Counter(pair.target for pair in pool)
    best = max(pool, key=lambda pair: (counts[pair.target], pair.target))
    return Candidate(
        key=key,
        target=best.target,
        match=MatchClass.CONTEXT if in_context else MatchClass.EXACT,
        score=100,
        origin=best.origin,
    )
