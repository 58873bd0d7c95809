"""Which old unit is which new segment: by text, by text but for its marks, by place and likeness.

Every function answers with new index → old index; ``known`` are the new indexes that have an answer
already, ``used`` the old ones that are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from rapidfuzz import fuzz, process

from workflow.model import Unit
from workflow.stages.plain_marks import plain_marks

_ALIKE_IN_PLACE = 55.0  # per cent: between neighbours that did not change, little is enough
_ALIKE_ANYWHERE = 75.0
_LONGEST_GAP = 100  # units: what was rewritten at such length has no places left
_MOST_TWINS = 50  # units of one text whose neighbours are looked at


def same_text(units: Sequence[Unit], sources: Sequence[str], keys: Sequence[str]) -> dict[int, int]:
    """New index → old index of the units whose text is there again.

    Of several with the same text, the one with the same neighbour goes first, then the order.
    """
    places = defaultdict(list)
    for index, unit in enumerate(units):
        places[unit.source].append(index)
    found: dict[int, int] = {}
    for exact in (True, False):
        for index, source in enumerate(sources):
            if index in found or not places[source]:
                continue
            free = places[source]
            best = (
                free[0] if len(free) == 1 or not exact else _neighbour(index, free, units, sources)
            )
            if exact and keys[index] == "headline" and units[free[0]].key != "headline":
                best = None
            if best is not None:
                free.remove(best)
                found[index] = best
    return found


def _neighbour(
    index: int, free: Sequence[int], units: Sequence[Unit], sources: Sequence[str]
) -> int | None:
    before = sources[index - 1] if index else None
    after = sources[index + 1] if index + 1 < len(sources) else None
    for old in free[:_MOST_TWINS]:
        old_before = units[old - 1].source if old else None
        old_after = units[old + 1].source if old + 1 < len(units) else None
        if old_before == before or old_after == after:
            return old
    return None


def revived(
    obsolete: Sequence[Unit], sources: Sequence[str], known: Collection[int]
) -> dict[int, int]:
    """New index → index of an obsolete unit with that very text: it has come back."""
    places = {unit.source: index for index, unit in enumerate(obsolete)}
    found: dict[int, int] = {}
    for index, source in enumerate(sources):
        if index not in known and source in places:
            found[index] = places.pop(source)
    return found


def same_words(
    units: Sequence[Unit],
    sources: Sequence[str],
    known: Collection[int],
    used: Collection[int],
) -> dict[int, int]:
    """New index → old index of a unit that differs in quotation marks, dashes and spaces only."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        if index not in used:
            places[plain_marks(unit.source)].append(index)
    found = {}
    for index, source in enumerate(sources):
        free = places.get(plain_marks(source)) if index not in known else None
        if free:
            found[index] = free.pop(0)
    return found


def edited(
    units: Sequence[Unit],
    sources: Sequence[str],
    kept: Mapping[int, int],
    known: Collection[int],
    used: Collection[int],
) -> dict[int, int]:
    """New index → old index of the unit whose source was edited into the new one."""
    free = {index for index in range(len(units)) if index not in used}
    found: dict[int, int] = {}
    wanting = [i for i in range(len(sources)) if i not in known]
    lows = _lows(len(sources), kept)
    for index in wanting if free else ():
        old = _best(sources[index], _gap(lows[index], len(units), free), units, _ALIKE_IN_PLACE)
        if old is not None:
            found[index] = old
            free.discard(old)
    texts = {old: units[old].source for old in sorted(free)}
    for index in wanting:
        if index not in found and texts:
            best = process.extractOne(
                sources[index], texts, scorer=fuzz.ratio, score_cutoff=_ALIKE_ANYWHERE
            )
            if best is not None:
                found[index] = best[2]
                del texts[best[2]]
    return found


def _lows(count: int, kept: Mapping[int, int]) -> list[int]:
    """For each new index: the old index of the nearest unchanged unit before it, or -1."""
    lows, low = [], -1
    for index in range(count):
        lows.append(low)
        low = kept.get(index, low)
    return lows


def _gap(low: int, count: int, free: set[int]) -> list[int]:
    """Free old units right behind the unchanged one at ``low``."""
    gap = []
    for old in range(low + 1, min(count, low + 1 + _LONGEST_GAP)):
        if old not in free:
            break
        gap.append(old)
    return gap


def _best(source: str, places: Sequence[int], units: Sequence[Unit], least: float) -> int | None:
    best, score = None, least
    for old in places:
        ratio = fuzz.ratio(source, units[old].source, score_cutoff=score)
        if ratio >= score and (ratio > score or best is None):
            best, score = old, ratio
    return best
