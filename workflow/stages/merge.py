"""Catalogue × segments of the source as it is now → catalogue.

What msgmerge does, with a better eye for prose: position comes before likeness. A unit whose text
is found again keeps everything. A unit that changed gets the target of the text that stood in its
place, fuzzy, with the previous source. What is gone becomes obsolete; nothing a person wrote is
dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from workflow.markup import format_text
from workflow.model import Catalog, Segment, Unit

_ALIKE_IN_PLACE = 55.0  # per cent: between neighbours that did not change, little is enough
_ALIKE_ANYWHERE = 75.0


def merge(
    catalog: Catalog,
    segments: Sequence[Segment],
    *,
    is_source: bool,
    notes: Mapping[str, tuple[str, ...]],
) -> Catalog:
    """The catalogue brought up to date with ``segments``.

    ``is_source``: the catalogue's language is the release's own, so a unit starts as a copy of
    its source and follows it as long as nobody has mended it. ``notes`` are the extracted
    comments by unit key.
    """
    sources = [format_text(segment.text) for segment in segments]
    kept = _same_text(catalog.units, sources, [segment.key for segment in segments])
    revived = _revive(catalog.obsolete, sources, kept)
    changed = _changed(catalog.units, sources, kept, revived)
    units = []
    for index, segment in enumerate(segments):
        unit = Unit(key=segment.key, source=sources[index])
        if index in kept:
            unit = replace(catalog.units[kept[index]], key=segment.key)
        elif index in revived:
            unit = replace(catalog.obsolete[revived[index]], key=segment.key)
        elif index in changed:
            unit = _carry(catalog.units[changed[index]], unit, is_source=is_source)
        if is_source and not unit.target:
            unit = replace(unit, target=unit.source)
        units.append(replace(unit, notes=notes.get(segment.key, ())))
    used = {*kept.values(), *changed.values()}
    gone = [
        replace(unit, notes=())
        for index, unit in enumerate(catalog.units)
        if index not in used and unit.target and not (is_source and unit.target == unit.source)
    ]
    old = [unit for index, unit in enumerate(catalog.obsolete) if index not in revived.values()]
    return replace(catalog, units=tuple(units), obsolete=_distinct([*old, *gone]))


def _same_text(
    units: Sequence[Unit], sources: Sequence[str], keys: Sequence[str]
) -> dict[int, int]:
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


def _revive(
    obsolete: Sequence[Unit], sources: Sequence[str], kept: Mapping[int, int]
) -> dict[int, int]:
    """New index → index of an obsolete unit with that very text: it has come back."""
    places = {unit.source: index for index, unit in enumerate(obsolete)}
    found: dict[int, int] = {}
    for index, source in enumerate(sources):
        if index not in kept and source in places:
            found[index] = places.pop(source)
    return found


def _changed(
    units: Sequence[Unit],
    sources: Sequence[str],
    kept: Mapping[int, int],
    revived: Mapping[int, int],
) -> dict[int, int]:
    """New index → old index of the unit whose source was edited into the new one."""
    free = {index for index in range(len(units)) if index not in set(kept.values())}
    found: dict[int, int] = {}
    wanting = [i for i in range(len(sources)) if i not in kept and i not in revived]
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


def _carry(old: Unit, new: Unit, *, is_source: bool) -> Unit:
    """The old target under a new source: to be looked at, with what it was a translation of."""
    if is_source and old.target == old.source and not old.fuzzy:
        return replace(old, key=new.key, source=new.source, target=new.source)
    if not old.target:
        return replace(new, comments=old.comments)
    return replace(
        old,
        key=new.key,
        source=new.source,
        fuzzy=True,
        previous_key=old.key if old.key != new.key else None,
        previous_source=old.previous_source if old.fuzzy and old.previous_source else old.source,
    )


def _distinct(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Obsolete units, one for each key and text: a PO file may not hold the same pair twice."""
    last = {(unit.key, unit.source): unit for unit in units}
    return tuple(last.values())
