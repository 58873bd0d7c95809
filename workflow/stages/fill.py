"""Catalogue × candidates → catalogue: targets go in, always fuzzy, always saying where from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workflow.model import DRAFTED, RECHECK, Candidate, Catalog, MatchClass, Unit


def fill(catalog: Catalog, candidates: Iterable[Candidate]) -> Catalog:
    """``catalog`` with candidates in its empty units. A unit with a target is never touched."""
    offers = {candidate.key: candidate for candidate in candidates if candidate.target.strip()}
    units = tuple(
        _filled(unit, offers[unit.key]) if not unit.target and unit.key in offers else unit
        for unit in catalog.units
    )
    return replace(catalog, units=units)


def provenance(unit: Unit) -> str:
    """What pretranslation said about a unit's target; empty when a person wrote it."""
    return next((c.removeprefix(DRAFTED) for c in unit.comments if c.startswith(DRAFTED)), "")


def _filled(unit: Unit, candidate: Candidate) -> Unit:
    comments = [c for c in unit.comments if not c.startswith((DRAFTED, RECHECK))]
    comments.append(DRAFTED + _origin(candidate))
    return replace(
        unit,
        target=candidate.target,
        fuzzy=True,
        comments=tuple(comments),
        previous_source=candidate.source or None,
    )


def _origin(candidate: Candidate) -> str:
    if candidate.match is MatchClass.ENGINE:
        remark = f"; {candidate.reason}" if candidate.reason else ""
        return f"engine {candidate.origin}{remark}; nobody has read it".replace("\n", "\\n")
    said = f": {candidate.reason}" if candidate.reason else ""
    match = candidate.match.value
    return f"memory, {candidate.score} {match}, from {candidate.origin}{said}".replace("\n", "\\n")
