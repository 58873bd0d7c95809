"""Which old unit is which new segment: by text, by text but for its marks, by place and likeness.

Every function answers with new index → old index; ``known`` are the new indexes that have an answer
already, ``used`` the old ones that are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from rapidfuzz import fuzz

from workflow.model import Unit

_ALIKE_IN_PLACE = 55.0  # per cent: between neighbours that did not change, little is enough
_ALIKE_ANYWHERE = 75.0
_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„«»‟″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("–—‒―−‑", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009", " "),
        "\u00ad": None,
        "…": "...",
    }
)


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
    for old in free:
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
            places[_plain_marks(unit.source)].append(index)
    found = {}
    for index, source in enumerate(sources):
        if index not in known and places.get(_plain_marks(source)):
            found[index] = places[_plain_marks(source)].pop(0)
    return found


def _plain_marks(source: str) -> str:
    return " ".join(source.translate(_MARKS).split())


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
    for index in wanting:
        old = _best(sources[index], _gap(index, kept, units, free), units, _ALIKE_IN_PLACE)
        if old is not None:
            found[index] = old
            free.discard(old)
    for index in wanting:
        if index not in found:
            old = _best(sources[index], sorted(free), units, _ALIKE_ANYWHERE)
            if old is not None:
                found[index] = old
                free.discard(old)
    return found


def _gap(index: int, kept: Mapping[int, int], units: Sequence[Unit], free: set[int]) -> list[int]:
    """Old units between the nearest unchanged neighbours of a new segment."""
    low, at = -1, index - 1
    while at >= 0:
        if at in kept:
            low = kept[at]
            break
        at -= 1
    gap = []
    for old in range(low + 1, len(units)):
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
