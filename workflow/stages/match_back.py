"""Which unit of a catalogue, as it is now, a returned unit is about."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

from workflow.model import Catalog, Unit
from workflow.plugins import Returned, ReturnedUnit
from workflow.stages.hand_out import canonical

_ALIKE_IN_PLACE = 55.0  # per cent, as `merge` has them
_ALIKE_ANYWHERE = 75.0
_MOST_COMPARISONS = 250_000


class Fit(Enum):
    """How a returned unit was found in the catalogue."""

    SAME = "same"
    """Key and source fit."""
    MOVED = "moved"
    """The source stands under another key."""
    CHANGED = "changed"
    """The unit has another source now."""
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Match:
    """A returned unit and its place in the catalogue; None when it has none."""

    back: ReturnedUnit
    place: int | None
    fit: Fit


def match_back(catalog: Catalog, returned: Returned) -> tuple[Match, ...]:
    """A match for each returned unit, in their order.

    What has the same words comes first, then what the catalogue remembers of them, then what is
    alike and stands in the same place.
    """
    finder = _Finder(catalog.units, returned.units)
    finder.by_words()
    finder.by_memory()
    finder.by_likeness()
    return tuple(
        Match(back, *finder.found.get(number, (None, Fit.GONE)))
        for number, back in enumerate(returned.units)
    )


class _Finder:
    def __init__(self, units: tuple[Unit, ...], backs: tuple[ReturnedUnit, ...]) -> None:
        self.units = units
        self.backs = backs
        self.sources = [_worn(unit.source) for unit in units]
        self.asked = [_worn(back.source) for back in backs]
        self.found: dict[int, tuple[int, Fit]] = {}
        self.taken: set[int] = set()

    def by_words(self) -> None:
        """The same key and source; then the same source under a key that nobody else answers."""
        exact = {
            (u.key, s): i
            for i, (u, s) in reversed(list(enumerate(zip(self.units, self.sources, strict=True))))
        }
        places: dict[str, list[int]] = defaultdict(list)
        for place, source in enumerate(self.sources):
            places[source].append(place)
        for number, back in enumerate(self.backs):
            found = exact.get((back.key, self.asked[number]))
            if found is not None:
                self.settle(number, found, Fit.SAME)
        for number in self.missing():
            same = places.get(self.asked[number], [])
            free = [place for place in same if place not in self.taken] or same
            if free:
                self.settle(number, free[0], Fit.MOVED)

    def by_memory(self) -> None:
        """A unit that says which text it was before, or that is known by its key."""
        texts: dict[str, int] = {}
        names: dict[tuple[str, str], int] = {}
        keys: dict[str, int] = {}
        for place, unit in enumerate(self.units):
            if place in self.taken:
                continue
            keys.setdefault(unit.key, place)
            if unit.previous_source:
                text = _worn(unit.previous_source)
                texts.setdefault(text, place)
                names.setdefault((unit.previous_key or unit.key, text), place)
        asked, backs = self.asked, self.backs
        self.recall(lambda number: names.get((backs[number].key, asked[number])))
        self.recall(lambda number: keys.get(backs[number].key) if backs[number].key else None)
        self.recall(lambda number: texts.get(asked[number]))

    def recall(self, memory: Callable[[int], int | None]) -> None:
        for number in self.missing():
            place = memory(number)
            if place is not None and place not in self.taken:
                self.settle(number, place, Fit.CHANGED)

    def by_likeness(self) -> None:
        """An empty unit that is alike: between the same neighbours little is enough."""
        if len(self.missing()) * len(self.units) > _MOST_COMPARISONS:
            return
        for number, low, high in self.gaps():
            self.take_alike(number, self.free(low, high), _ALIKE_IN_PLACE)
        for number in self.missing():
            self.take_alike(number, self.free(0, len(self.units)), _ALIKE_ANYWHERE)

    def gaps(self) -> list[tuple[int, int, int]]:
        """Each missing unit with the range between the places of its neighbours."""
        lows, low = [], 0
        for number in range(len(self.backs)):
            lows.append(low)
            if number in self.found:
                low = self.found[number][0] + 1
        gaps, high = [], len(self.units)
        missing = set(self.missing())
        for number in reversed(range(len(self.backs))):
            if number in missing:
                gaps.append((number, lows[number], high))
            elif number in self.found:
                high = self.found[number][0]
        return gaps[::-1]

    def free(self, low: int, high: int) -> list[int]:
        """The empty units among ``units[low:high]`` that nothing has come back for."""
        return [p for p in range(low, high) if p not in self.taken and not self.units[p].target]

    def take_alike(self, number: int, places: list[int], least: float) -> None:
        best, score = None, least
        for place in places:
            ratio = fuzz.ratio(self.asked[number], self.sources[place], score_cutoff=score)
            if place not in self.taken and ratio >= score and (ratio > score or best is None):
                best, score = place, ratio
        if best is not None:
            self.settle(number, best, Fit.CHANGED)

    def settle(self, number: int, place: int, fit: Fit) -> None:
        self.found[number] = place, fit
        self.taken.add(place)

    def missing(self) -> list[int]:
        """Returned units that have no place yet and say something."""
        return [
            number
            for number, back in enumerate(self.backs)
            if number not in self.found and back.source.strip()
        ]


def _worn(source: str) -> str:
    """A source as it may come back from a tool that lays out or composes anew."""
    return " ".join(unicodedata.normalize("NFC", canonical(source)).split())
