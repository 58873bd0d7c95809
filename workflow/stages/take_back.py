"""Catalogue × what a translator sent back → catalogue, unit by unit.

The file may be older than the catalogue. What was edited on both sides keeps the catalogue's words
and reports the other's; nothing a person wrote is lost, and nothing that no longer fits is taken
without a person having to look at it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum

from workflow.markup import format_text, parse_text, tags
from workflow.model import DRAFTED, Catalog, State, Unit
from workflow.plugins import Returned, ReturnedUnit
from workflow.stages.fill import provenance
from workflow.stages.hand_out import canonical, digest, seal
from workflow.stages.match_back import Fit, Match, match_back


class Fate(StrEnum):
    """What became of a returned unit."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one returned unit, and why where that needs words."""

    fate: Fate
    key: str
    line: int
    """In the file that came back."""
    remark: str = ""
    ours: str = ""
    theirs: str = ""
    """Both targets, where a person has to choose."""
    is_strange: bool = False
    """Nothing of the catalogue is like it."""


def take_back(catalog: Catalog, returned: Returned) -> tuple[Catalog, tuple[Outcome, ...]]:
    """``catalog`` with what came back. Doing it twice is doing it once."""
    desk = _Desk(units=list(catalog.units), obsolete=list(catalog.obsolete))
    outcomes = tuple([desk.put(match) for match in match_back(catalog, returned)])
    after = replace(catalog, units=tuple(desk.units), obsolete=tuple(desk.obsolete))
    return after, outcomes


@dataclass(slots=True)
class _Desk:
    units: list[Unit]
    obsolete: list[Unit]
    answers: dict[int, str] = field(default_factory=dict)
    """Place of a unit → the target that came back for it first."""
    gone: dict[tuple[str, str], int] = field(default_factory=dict)
    """Key and source → place among the obsolete units."""

    def __post_init__(self) -> None:
        for place, unit in enumerate(self.obsolete):
            self.gone[unit.key, canonical(unit.source)] = place

    def put(self, match: Match) -> Outcome:
        back = match.back
        theirs = canonical(back.target)
        if match.place is None:
            return replace(self.keep_obsolete(back, theirs), is_strange=True)
        unit = self.units[match.place]
        first = self.answers.setdefault(match.place, theirs) if theirs.strip() else theirs
        if not theirs.strip():
            return _empty(unit, back)
        if first != theirs:
            return _held(back, "came back twice; the first stays", ours=first, theirs=theirs)
        if match.fit is Fit.CHANGED:
            return self.offer(match.place, back, theirs)
        return self.answer(match.place, match.fit, back, theirs)

    def answer(self, place: int, fit: Fit, back: ReturnedUnit, theirs: str) -> Outcome:
        """The source is the one that was translated."""
        unit = self.units[place]
        ours = canonical(unit.target)
        if theirs == ours:
            return self.settle(place, back)
        reason = _conflict(unit, back, ours, theirs)
        if reason is None:
            return _outcome(Fate.UNCHANGED, back)
        if reason:
            return _held(back, reason, ours=unit.target, theirs=theirs)
        fault = back.fault or _broken(unit.source, back.target)
        self.units[place] = replace(
            unit,
            target=theirs if not fault else back.target,
            fuzzy=back.state is not State.REVIEWED or bool(fault),
            previous_key=None,
            previous_source=None,
            comments=_own_comments(unit),
        )
        moved = "under another key: the same text stands elsewhere now" if fit is Fit.MOVED else ""
        return _outcome(Fate.TAKEN, back, f"taken as fuzzy: {fault}" if fault else moved)

    def settle(self, place: int, back: ReturnedUnit) -> Outcome:
        """The words are the same; the state may have gone on, or back."""
        unit = self.units[place]
        fault = back.fault or _broken(unit.source, unit.target)
        if unit.fuzzy and back.state is State.REVIEWED and not fault:
            self.units[place] = replace(unit, fuzzy=False, previous_key=None, previous_source=None)
            return _outcome(Fate.TAKEN, back)
        if unit.is_accepted and back.state is State.TRANSLATED and back.seal == seal(unit):
            self.units[place] = replace(unit, fuzzy=True)
            return _outcome(Fate.TAKEN, back, "sent back to be looked at again")
        return _outcome(Fate.UNCHANGED, back)

    def offer(self, place: int, back: ReturnedUnit, theirs: str) -> Outcome:
        """The source was edited meanwhile: a draft, or a report."""
        unit = self.units[place]
        if theirs == canonical(unit.target):
            return _outcome(Fate.UNCHANGED, back)
        is_ours_old = unit.fuzzy and _sealed(back) == digest(unit.target)
        if unit.target and not is_ours_old:
            if _sealed(back) == digest(theirs):
                return _outcome(Fate.UNCHANGED, back)
            reason = "its source was edited meanwhile, and it has a translation"
            return _held(back, reason, ours=unit.target, theirs=theirs)
        self.units[place] = replace(
            unit,
            target=theirs,
            fuzzy=True,
            previous_key=back.key if back.key != unit.key else None,
            previous_source=back.source,
            comments=_own_comments(unit),
        )
        return _outcome(Fate.TAKEN, back, "taken as fuzzy: its source was edited meanwhile")

    def keep_obsolete(self, back: ReturnedUnit, theirs: str) -> Outcome:
        """The text is no longer in the release; its translation may be wanted again."""
        if theirs.strip() and not back.source.strip():
            return _held(back, "came back without its source", ours="", theirs=theirs)
        name = (back.key, canonical(back.source))
        place = self.gone.get(name)
        there = self.obsolete[place] if place is not None else None
        ours = canonical(there.target) if there else ""
        if theirs in ("", ours) or _sealed(back) == digest(theirs):
            return _outcome(Fate.UNCHANGED, back)
        gone = "its text is no longer in the release"
        if there is not None and _sealed(back) != digest(there.target):
            return _held(back, f"{gone}, and was translated", ours=there.target, theirs=theirs)
        fuzzy = back.state is not State.REVIEWED
        unit = replace(there or Unit(key=back.key, source=back.source), target=theirs, fuzzy=fuzzy)
        if place is None:
            self.gone[name] = len(self.obsolete)
            self.obsolete.append(unit)
        else:
            self.obsolete[place] = unit
        return _outcome(Fate.HELD, back, f"{gone}: kept as obsolete")


def _conflict(unit: Unit, back: ReturnedUnit, ours: str, theirs: str) -> str | None:
    """Why two different targets cannot be decided; empty: take theirs; None: keep ours."""
    if not ours.strip():
        return ""
    sealed = _sealed(back)
    if not sealed:
        is_draft = unit.fuzzy and provenance(unit)
        return "" if is_draft else "the file no longer says what was handed out"
    if sealed == digest(ours):
        is_lower = unit.is_accepted and back.state is not State.REVIEWED
        return "accepted here meanwhile" if is_lower and back.seal != seal(unit) else ""
    return None if sealed == digest(theirs) else "edited here and there"


def _empty(unit: Unit, back: ReturnedUnit) -> Outcome:
    erased = bool(unit.target) and _sealed(back) == digest(unit.target)
    return _outcome(Fate.UNCHANGED, back, "came back empty: its words stay" if erased else "")


def _sealed(back: ReturnedUnit) -> str:
    return back.seal.rpartition(":")[2]


def _own_comments(unit: Unit) -> tuple[str, ...]:
    """A person's words are no draft of a machine any more."""
    return tuple(comment for comment in unit.comments if not comment.startswith(DRAFTED))


def _broken(source: str, target: str) -> str:
    """What is wrong with the inline codes of a target; links may lead elsewhere."""
    wanted, given = Counter(_names(source)), Counter(_names(target))
    for name in (wanted - given) | (given - wanted):
        where = "missing" if wanted[name] > given[name] else "not in the source"
        return f"{name} is {where}"
    if _names(format_text(parse_text(target))) != _names(target):
        return "its codes are not well nested"
    return ""


def _names(markup: str) -> list[str]:
    return [f"{tag.split()[0].rstrip('/>')}>" for tag in tags(markup)]


def _held(back: ReturnedUnit, remark: str, *, ours: str, theirs: str) -> Outcome:
    return Outcome(
        fate=Fate.HELD, key=back.key, line=back.line, remark=remark, ours=ours, theirs=theirs
    )


def _outcome(fate: Fate, back: ReturnedUnit, remark: str = "") -> Outcome:
    return Outcome(fate=fate, key=back.key, line=back.line, remark=remark)
