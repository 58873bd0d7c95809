"""Issues × waivers → the issues that are left, and what is wrong with the waivers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from workflow.model import Catalog, Issue, Severity, Unit, Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Issues, and what people decided about them."""

    issues: tuple[Issue, ...]
    """What is left, and what is wrong with the waivers."""
    waived: tuple[tuple[Issue, Waiver], ...] = ()


def waive(
    catalog: Catalog, issues: Sequence[Issue], waivers: Sequence[Waiver], *, today: str
) -> Settled:
    """``issues`` without those that a person has decided are none.

    A waiver that has run out, whose texts have changed, or that no issue needs is an issue itself:
    a list of exceptions that nobody tidies hides the next mistake. ``today`` is an ISO date.
    """
    if not waivers:
        return Settled(issues=tuple(issues))
    units = {unit.key: unit for unit in catalog.units}
    faults = {waiver: _fault(waiver, units.get(waiver.key), today) for waiver in waivers}
    held = {_place(waiver): waiver for waiver, fault in faults.items() if not fault}
    needed = {(issue.check, issue.key, issue.about) for issue in issues}
    left = [issue for issue in issues if (issue.check, issue.key, issue.about) not in held]
    waived = [
        (issue, held[issue.check, issue.key, issue.about])
        for issue in issues
        if (issue.check, issue.key, issue.about) in held
    ]
    return Settled(issues=(*left, *_untidy(faults, needed)), waived=tuple(waived))


def holding(catalog: Catalog, waivers: Sequence[Waiver], *, today: str) -> tuple[Waiver, ...]:
    """The waivers that hold: their unit is there, its texts are the same, their day is not over."""
    units = {unit.key: unit for unit in catalog.units}
    return tuple(one for one in waivers if not _fault(one, units.get(one.key), today))


def text_hash(text: str) -> str:
    """What a waiver is bound to: 12 hexadecimal digits of a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _place(waiver: Waiver) -> tuple[str, str, str]:
    return waiver.check, waiver.key, waiver.about


def _fault(waiver: Waiver, unit: Unit | None, today: str) -> str:
    """Why a waiver no longer holds; empty when it does."""
    if unit is None:
        return "its unit is gone"
    if (text_hash(unit.source), text_hash(unit.target)) != (waiver.source, waiver.target):
        return "its text has changed since"
    if waiver.until and waiver.until < today:
        return f"it ran out on {waiver.until}"
    return ""


def _untidy(faults: dict[Waiver, str], needed: set[tuple[str, str, str]]) -> Iterator[Issue]:
    for waiver, fault in faults.items():
        what = fault or ("" if _place(waiver) in needed else "there is nothing to waive any more")
        if what:
            name = f"{waiver.check}:{waiver.about}" if waiver.about else waiver.check
            yield Issue(
                check="waivers",
                severity=Severity.MINOR,
                message=f"the waiver of {name} does nothing: {what}; take the line out",
                path=waiver.path,
                line=waiver.line,
                key=waiver.key,
            )
