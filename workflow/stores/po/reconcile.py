"""Three versions of one entry → one, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from workflow.model import DRAFTED
from workflow.stores.po.entries import Fields

CONFLICT = "conflict: "
"""How the comment begins that shows the translation which did not get the place."""

_DATES = frozenset({"po-revision-date:", "pot-creation-date:"})
_T = TypeVar("_T")


def reconcile(base: Fields, ours: Fields, theirs: Fields) -> Fields:
    """The entry with the changes of both sides.

    A target that only one side changed wins; an empty one and a machine's draft give way. Two new
    targets of people are a conflict: ours stays, fuzzy, and a comment shows theirs.
    """
    winner, loser = (theirs, ours) if _gives_way(base, ours, theirs) else (ours, theirs)
    comments = tuple(
        line
        for line in join_lists(base.comments, ours.comments, theirs.comments)
        if not line.strip().startswith(DRAFTED) or line in winner.comments
    )
    fuzzy = _is_fuzzy(base, winner, loser)
    if is_conflict(base, ours, theirs):
        fuzzy = True
        comments = (*comments, f" {CONFLICT}{_shown(theirs.targets)}")
    flags = join_lists(base.flags, ours.flags, theirs.flags)
    plain = tuple(flag for flag in flags if flag != "fuzzy")
    return replace(
        winner,
        flags=("fuzzy", *plain) if fuzzy else plain,
        comments=comments,
        notes=_chosen(base.notes, ours.notes, theirs.notes),
        references=_chosen(base.references, ours.references, theirs.references),
    )


def is_conflict(base: Fields, ours: Fields, theirs: Fields) -> bool:
    """Whether both sides have a new target of a person's, and not the same."""
    return (
        ours.targets not in (theirs.targets, base.targets)
        and theirs.targets != base.targets
        and not _is_weak(ours, base)
        and not _is_weak(theirs, base)
    )


def reconcile_headers(base: Fields, ours: Fields, theirs: Fields) -> Fields:
    """The header with the changes of both sides, line by line; of two dates, the later."""
    old, mine, other = (_lines(fields.target) for fields in (base, ours, theirs))
    lines = []
    for name in dict.fromkeys([*mine, *other]):
        value = _chosen(old.get(name), mine.get(name), other.get(name))
        if name.lower() in _DATES:
            value = max(mine.get(name) or "", other.get(name) or "", key=_when)
        if value is not None:
            lines.append(f"{name}{value}\n")
    return replace(
        ours,
        targets=("".join(lines),),
        comments=join_lists(base.comments, ours.comments, theirs.comments),
        flags=join_lists(base.flags, ours.flags, theirs.flags),
    )


def _when(date: str) -> tuple[bool, str]:
    """A date that is one comes after "YEAR-MO-DA", which stands for none."""
    return date.strip()[:1].isdigit(), date


def join_lists(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Our list with what they added, without what they took out."""
    kept = [item for item in ours if item in theirs or item not in base]
    return (*kept, *(item for item in theirs if item not in base and item not in ours))


def _gives_way(base: Fields, ours: Fields, theirs: Fields) -> bool:
    """Whether our target gives way to theirs."""
    if ours.targets == theirs.targets:
        return "fuzzy" in ours.flags and "fuzzy" not in theirs.flags
    if base.targets in (ours.targets, theirs.targets):
        return base.targets == ours.targets
    return _is_weak(ours, base)


def _is_weak(fields: Fields, base: Fields) -> bool:
    """An empty target, or one that a machine has drafted since and nobody has accepted.

    A draft that was there in the base and is another now has been worked on.
    """
    drafted = any(line.strip().startswith(DRAFTED) for line in fields.comments)
    is_draft = "fuzzy" in fields.flags and drafted and not any(base.targets)
    return not any(fields.targets) or is_draft


def _is_fuzzy(base: Fields, winner: Fields, loser: Fields) -> bool:
    """A target is as sure as the side it comes from, unless the other has come to doubt it."""
    was, is_, other = ("fuzzy" in fields.flags for fields in (base, winner, loser))
    if winner.targets == base.targets == loser.targets:
        return _chosen(was, is_, other)
    return is_ or (other and not was and loser.targets == base.targets and any(base.targets))


def _chosen(base: _T, ours: _T, theirs: _T) -> _T:
    """Their value when only they changed it, else ours."""
    return theirs if ours == base else ours


def _shown(targets: Sequence[str]) -> str:
    return " | ".join(targets).replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _lines(header: str) -> dict[str, str]:
    """Field names with their colon → values, in order; a line without a colon is a name."""
    pairs = (line.partition(":") for line in header.split("\n") if line)
    return {name + colon: value for name, colon, value in pairs}
