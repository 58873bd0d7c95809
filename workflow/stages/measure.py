"""A source × a remembered translation of another one → how much the translation counts for it."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from workflow.languages import Language
from workflow.markup import plain_text
from workflow.model import Concept, Remembered
from workflow.stages.difference import differences
from workflow.stages.elements import ElementKind
from workflow.stages.guards import cap, is_turned, told
from workflow.stages.patch import Patch, patch
from workflow.stages.plain_marks import loosely, plain_marks

_PATCHED = 99
_UNSURE = 95  # everything is the same but for a number or a date that could not be put in
_OTHER_TERM = 84
_TYPOGRAPHY, _LOOSE, _FORMATTING = 99, 98, 97


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A translation, what it counts in per cent, and why no more."""

    target: str
    score: int
    reason: str
    is_patched: bool = False
    is_turned: bool = False
    """The statement is another one: a "not", "must" for "may", "less" for "more"."""


def measure(
    asked: str,
    known: Remembered,
    *,
    source: Language,
    target: Language,
    concepts: tuple[Concept, ...] = (),
    floor: int = 0,
) -> Measured:
    """``known`` for the source ``asked``, in unit markup; below ``floor`` no reason is sought."""
    if plain_marks(asked) == plain_marks(known.source):
        return Measured(target=known.target, score=_TYPOGRAPHY, reason="only typography differs")
    found = patch(asked, known, source=source, target=target, concepts=concepts)
    if found is not None and found.changes:
        return _patched(found)
    old, new = plain_text(known.source), plain_text(asked)
    if plain_marks(old) == plain_marks(new):
        return Measured(target=known.target, score=_FORMATTING, reason="only formatting differs")
    if found is not None:
        reason = "only the writing of a number or a date differs"
        return Measured(target=known.target, score=_FORMATTING, reason=reason)
    if loosely(old) == loosely(new):
        reason = "only a capital, a mark or spaces differ"
        return Measured(target=known.target, score=_LOOSE, reason=reason)
    likeness = int(fuzz.ratio(loosely(old), loosely(new)))
    if likeness < floor:
        return Measured(target=known.target, score=likeness, reason="")
    unlike = differences(known.source, asked, source, concepts)
    return Measured(
        target=known.target,
        score=min(likeness, cap(unlike)),
        reason=told(unlike),
        is_turned=is_turned(unlike),
    )


def _patched(found: Patch) -> Measured:
    changes = "; ".join(found.changes)
    if not found.doubt:
        return Measured(
            target=found.target, score=_PATCHED, reason=f"put in: {changes}", is_patched=True
        )
    named = ", ".join(sorted(found.kinds)) or "address"
    return Measured(
        target=found.target,
        score=_OTHER_TERM if ElementKind.TERM in found.kinds else _UNSURE,
        reason=f"{named} differs: {changes}; {found.doubt}",
    )
