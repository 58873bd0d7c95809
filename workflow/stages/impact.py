"""Catalogue × change of the glossary → the units that it touches, and how.

Only units that have a term of a changed concept, on either side, are judged; they are judged twice
with the whole glossary, because a new term can hide a shorter one of a concept that did not change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from workflow.languages import Language
from workflow.markup import plain_text
from workflow.model import Catalog, Concept, Issue, Severity, Unit, Waiver
from workflow.plugins import Check
from workflow.stages.annotate import terms_told
from workflow.stages.check import check
from workflow.terminology.changes import GlossaryChange
from workflow.terminology.matching import finder_of

_ByUnit: TypeAlias = dict[str, dict[str, list[Issue]]]  # key of the unit, concept


class Effect(StrEnum):
    """What a change of the glossary does to the verdict on a unit, worst first."""

    NEW = "new"
    """It is at fault now, and was not."""
    WORSE = "worse"
    """It was at fault, and is more so."""
    CHANGED = "changed"
    """It is at fault as it was, and told so in other words; or less so."""
    GONE = "gone"
    """It was at fault and is no more."""
    NOTE = "note"
    """Only what translators are told of the term is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A unit, seen from one concept of the glossary."""

    unit: Unit
    concept: str
    effect: Effect
    before: tuple[Issue, ...] = ()
    after: tuple[Issue, ...] = ()
    notes: tuple[str, str] = ("", "")
    """What translators were told, and are."""

    @property
    def is_worse(self) -> bool:
        """Whether the unit has a fault that it had not."""
        return self.effect in (Effect.NEW, Effect.WORSE)


def is_held(touched: Touched, gate: Severity) -> bool:
    """Whether the change gives the unit a fault at the gate that it had not."""
    now, then = (
        sum(issue.severity >= gate for issue in issues)
        for issues in (touched.after, touched.before)
    )
    return touched.is_worse and now > then


def impact(
    catalog: Catalog,
    change: GlossaryChange,
    checks: Sequence[Check],
    *,
    source: Language,
    target: Language,
    severities: Mapping[str, Severity],
    waivers: Sequence[Waiver] = (),
    today: str = "",
) -> tuple[Touched, ...]:
    """The units of ``catalog`` that ``change`` touches, in the order of the file.

    ``checks`` are those that ask the glossary; the rest is as for ``check``. What is waived is no
    fault, before or after.
    """
    units = tuple(touched_by(catalog, change, source=source, target=target))
    if not units:
        return ()

    def judged(concepts: tuple[Concept, ...]) -> _ByUnit:
        issues = check(
            replace(catalog, units=units),
            checks,
            source=source,
            target=target,
            concepts=concepts,
            severities=severities,
            waivers=waivers,
            today=today,
        ).issues
        return _by_unit(issues)

    def told(unit: Unit, concepts: tuple[Concept, ...]) -> dict[str, str]:
        if source.tag == target.tag:
            return {}
        plain = plain_text(unit.source)
        return terms_told(plain, concepts, source=source.tag, target=target.tag)

    before, after = judged(change.before), judged(change.after)
    return tuple(
        touched
        for unit in units
        for touched in _touched(
            unit,
            (before.get(unit.key, {}), after.get(unit.key, {})),
            (told(unit, change.before), told(unit, change.after)),
        )
    )


def touched_by(
    catalog: Catalog, change: GlossaryChange, *, source: Language, target: Language
) -> Iterator[Unit]:
    """The units that have a term of a changed concept: no verdict on another can change."""
    concerned = change.concerns(source.tag, target.tag)
    if concerned:
        ours, theirs = (finder_of(concerned, rules) for rules in (source, target))
        for unit in catalog.units:
            if ours.touches(plain_text(unit.source)) or theirs.touches(plain_text(unit.target)):
                yield unit


def _by_unit(issues: Sequence[Issue]) -> _ByUnit:
    found: _ByUnit = {}
    for issue in issues:
        if issue.check != "waivers":
            found.setdefault(issue.key, {}).setdefault(issue.about, []).append(issue)
    return found


def _touched(
    unit: Unit,
    issues: tuple[Mapping[str, list[Issue]], Mapping[str, list[Issue]]],
    notes: tuple[Mapping[str, str], Mapping[str, str]],
) -> Iterator[Touched]:
    for concept in dict.fromkeys(name for one in (*reversed(issues), *notes) for name in one):
        old, new = (tuple(one.get(concept, ())) for one in issues)
        then, now = (one.get(concept, "") for one in notes)
        effect = _effect(old, new) or (Effect.NOTE if then != now else None)
        if effect is not None:
            yield Touched(
                unit=unit,
                concept=concept,
                effect=effect,
                before=old,
                after=new,
                notes=(then, now),
            )


def _effect(old: tuple[Issue, ...], new: tuple[Issue, ...]) -> Effect | None:
    if _said(old) == _said(new):
        return None
    if not old:
        return Effect.NEW
    if not new:
        return Effect.GONE
    return Effect.WORSE if _weight(new) > _weight(old) else Effect.CHANGED


def _said(issues: Sequence[Issue]) -> list[tuple[int, str]]:
    return [(issue.severity, issue.message) for issue in issues]


def _weight(issues: Sequence[Issue]) -> list[int]:
    """Heavier when there is a graver issue, or one more of the gravest."""
    return sorted((issue.severity for issue in issues), reverse=True)
