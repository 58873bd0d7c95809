"""Catalogue → what a translator gets of it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from workflow.markup import format_text, parse_text
from workflow.model import Catalog, Role, Unit
from workflow.plugins import HandedUnit, Handout

_ROLES = frozenset(Role)


def hand_out(catalog: Catalog, *, source_language: str, is_open_only: bool = False) -> Handout:
    """The units of ``catalog``, or only those that no person has accepted."""
    return Handout(
        slug=catalog.slug,
        language=catalog.language,
        source_language=source_language,
        units=tuple(
            _handed(unit) for unit in catalog.units if not (is_open_only and unit.is_accepted)
        ),
        path=catalog.path,
    )


def seal(unit: Unit) -> str:
    """State and digest of a unit's target; it tells later whether the catalogue was edited."""
    return f"{unit.state}:{digest(unit.target)}"


def digest(target: str) -> str:
    """A short name for a target, the same for every spelling of it."""
    return blake2b(canonical(target).encode("utf-8", "replace"), digest_size=4).hexdigest()


def canonical(markup: str) -> str:
    """``markup`` as this program writes it."""
    return format_text(parse_text(markup))


def _handed(unit: Unit) -> HandedUnit:
    role = unit.notes[0] if unit.notes and unit.notes[0] in _ROLES else ""
    return HandedUnit(
        key=unit.key,
        source=unit.source,
        target=unit.target,
        state=unit.state,
        role=role,
        notes=tuple(_notes(unit, role)),
        seal=seal(unit),
    )


def _notes(unit: Unit, role: str) -> Iterator[str]:
    yield from (unit.notes[1:] if role else unit.notes)
    if unit.previous_source:
        yield f"previous source: {unit.previous_source}"
    yield from unit.comments
