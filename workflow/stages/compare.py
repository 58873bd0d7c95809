"""Two versions of a catalogue → what changed, unit by unit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workflow.model import Catalog, Unit


class ChangeKind(StrEnum):
    """What happened to a unit, the weightiest first."""

    ADDED = "added"
    REMOVED = "removed"
    SOURCE = "source"
    """Its source was edited."""
    TARGET = "target"
    """Its target was edited, or given, or taken away."""
    STATE = "state"
    """It was accepted, or put in doubt."""
    COMMENT = "comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One unit that is not what it was."""

    kind: ChangeKind
    before: Unit | None
    after: Unit | None

    @property
    def unit(self) -> Unit:
        """The unit as it is now, or as it was when it is gone."""
        unit = self.after or self.before
        assert unit is not None, "a change has one side at least"
        return unit


def compare(before: Catalog, after: Catalog) -> tuple[Change, ...]:
    """The units that differ, in the order of ``after``; those that are gone come last.

    A unit is found again by key and source, then by the source it says it had, then by key.
    """
    pairs = _pairs(before, after)
    found = set(pairs.values())
    changes = []
    for index, unit in enumerate(after.units):
        old = before.units[pairs[index]] if index in pairs else None
        kind = _kind(old, unit)
        if kind is not None:
            changes.append(Change(kind=kind, before=old, after=unit))
    gone = (unit for index, unit in enumerate(before.units) if index not in found)
    changes.extend(Change(kind=ChangeKind.REMOVED, before=unit, after=None) for unit in gone)
    return tuple(changes)


def _pairs(before: Catalog, after: Catalog) -> dict[int, int]:
    """Index in ``after`` → index in ``before``."""
    same = {(unit.key, unit.source): index for index, unit in enumerate(before.units)}
    sources = {unit.source: index for index, unit in enumerate(before.units)}
    keys = {unit.key: index for index, unit in enumerate(before.units)}
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def pair(index: int, old: int | None) -> None:
        if old is not None and index not in pairs and old not in taken:
            pairs[index] = old
            taken.add(old)

    for index, unit in enumerate(after.units):
        pair(index, same.get((unit.key, unit.source)))
    for index, unit in enumerate(after.units):
        pair(index, sources.get(unit.previous_source or ""))
        pair(index, sources.get(unit.source))
    for index, unit in enumerate(after.units):
        pair(index, keys.get(unit.key))
    return pairs


def _kind(before: Unit | None, after: Unit) -> ChangeKind | None:
    if before is None:
        return ChangeKind.ADDED
    if before.source != after.source:
        return ChangeKind.SOURCE
    if before.target != after.target:
        return ChangeKind.TARGET
    if before.fuzzy != after.fuzzy:
        return ChangeKind.STATE
    return ChangeKind.COMMENT if before.comments != after.comments else None
