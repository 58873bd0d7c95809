"""Memory → candidates: what people accepted before, offered with a class, a score and a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from workflow.languages import Language
from workflow.markup import plain_text
from workflow.model import Candidate, Catalog, Concept, MatchClass, Remembered
from workflow.plugins import Memory
from workflow.stages.compose import compose
from workflow.stages.difference import differences
from workflow.stages.elements import ElementKind
from workflow.stages.guards import band, cap, told
from workflow.stages.patch import Patch, patch
from workflow.stages.remember import role_of
from workflow.stages.typography import loosely, plain_marks

_LOOKED_AT = 20  # texts of the memory that are compared word by word
_ALIKE = 50  # per cent: a text less alike shares words by chance
_LONGEST = 60  # characters of a rival translation that are shown
_ORDER = list(MatchClass)
_UNSURE = 95  # everything is the same but for a number or a date that could not be put in
_OTHER_TERM = 84
_TYPOGRAPHY, _LOOSE, _FORMATTING = 99, 98, 97
_IMPORTED, _UNREVIEWED, _SECTION, _AMBIGUOUS = 2, 5, 1, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A unit as the memory is asked about it; a query of a person has a source only."""

    source: str
    """Unit markup."""
    key: str = ""
    role: str = ""
    before: str = ""
    after: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What a match is measured by."""

    source: Language
    target: Language
    concepts: tuple[Concept, ...] = ()
    floor: int = 75
    """The least score of a candidate."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """A candidate on its way, and what settles its place among equals."""

    candidate: Candidate
    changed: str


def rank(asked: Asked, memory: Memory, *, by: Yardstick, most: int = 5) -> tuple[Candidate, ...]:
    """What the memory offers for ``asked``, best first, one candidate for each different target.

    Equal scores stand in the order of class, how often the target was accepted, when it was
    changed last (latest first), origin and target: the same memory gives the same answer.
    """
    same = memory.exact([asked.source]).get(asked.source, ())
    offers = _same_text(asked, same)
    if len({offer.candidate.target for offer in offers}) < most:
        offers += [
            offer
            for _, known in memory.like(asked.source, floor=_ALIKE, most=_LOOKED_AT)
            if known.source != asked.source
            for offer in [_alike(asked, known, by)]
            if offer.candidate.score >= by.floor
        ]
    made = compose(
        asked.source, asked.key, memory, source=by.source, target=by.target, concepts=by.concepts
    )
    if made is not None:
        offers.append(_Offer(made, ""))
    return _best(offers, most, by.floor)


def leverage(
    catalog: Catalog, memory: Memory, *, by: Yardstick, section: str = ""
) -> tuple[Candidate, ...]:
    """One candidate at the most, the best, for each empty unit."""
    units = catalog.units
    found: list[Candidate] = []
    for index, unit in enumerate(units):
        if not unit.target:
            asked = Asked(
                source=unit.source,
                key=unit.key,
                role=role_of(unit),
                before=units[index - 1].source if index else "",
                after=units[index + 1].source if index + 1 < len(units) else "",
                section=section,
            )
            found.extend(rank(asked, memory, by=by, most=1))
    return tuple(found)


def _best(offers: Sequence[_Offer], most: int, floor: int) -> tuple[Candidate, ...]:
    times = Counter(offer.candidate.target for offer in offers)
    offers = sorted(offers, key=lambda offer: (offer.candidate.origin, offer.candidate.target))
    offers.sort(key=lambda offer: offer.changed, reverse=True)
    offers.sort(
        key=lambda offer: (
            -offer.candidate.score,
            _ORDER.index(offer.candidate.match),
            -times[offer.candidate.target],
        )
    )
    kept: dict[str, Candidate] = {}
    for offer in offers:
        if offer.candidate.score >= floor and offer.candidate.target.strip():
            kept.setdefault(offer.candidate.target, offer.candidate)
    return tuple(kept.values())[:most]


def _same_text(asked: Asked, same: Sequence[Remembered]) -> list[_Offer]:
    """Translations of the very text: in context, in part of it, or merely exact."""
    levels = [_in_context(asked, known) for known in same]
    best = max((score for score, _ in levels), default=0)
    certain = {k.target for k, (score, _) in zip(same, levels, strict=True) if score == best}
    others = {k.target for k in same}
    offers = []
    for known, (score, why) in zip(same, levels, strict=True):
        rivals = others if why in _WEAK else certain
        rivals = rivals - {known.target} if score == best else set()
        costs, reasons = _penalties(asked, known, is_home=score == 102)
        if rivals:
            costs += _AMBIGUOUS
            reasons.append(f"ambiguous, also: {_quoted(rivals)} −{_AMBIGUOUS}")
        total = min(score, 100) - costs if costs else score
        match = band(total) if total < 100 else _LEVELS[total]
        reason = "; ".join([why, *reasons])
        offers.append(_offer(asked, known, match, total, reason, known.target))
    return offers


_LEVELS = {102: MatchClass.CONTEXT, 101: MatchClass.BESIDE, 100: MatchClass.EXACT}
_WEAK = ("same text in the same role", "same text")


def _quoted(targets: Iterable[str]) -> str:
    texts = sorted(plain_text(target) for target in targets)
    short = [text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…" for text in texts]
    return ", ".join(f"“{text}”" for text in short)


def _in_context(asked: Asked, known: Remembered) -> tuple[int, str]:
    """Score and reason of a translation of the very text. An edge is a neighbour, too."""
    is_home = asked.before or asked.after or asked.key
    before = bool(is_home) and asked.before == known.before
    after = bool(is_home) and asked.after == known.after
    if before and after and (asked.before or asked.after):
        return 102, "same text between the same neighbours"
    if (before and asked.before) or (after and asked.after):
        return 101, f"same text, same unit {'before' if before and asked.before else 'after'} it"
    if asked.role and asked.role == known.role:
        return 101, _WEAK[0]
    return 100, _WEAK[1]


def _penalties(asked: Asked, known: Remembered, *, is_home: bool) -> tuple[int, list[str]]:
    """What a translation loses for where it comes from, and why."""
    found = []
    if known.imported:
        found.append((_IMPORTED, "imported"))
    if not known.reviewed:
        found.append((_UNREVIEWED, "nobody accepted it"))
    if asked.section and known.section and asked.section != known.section and not is_home:
        found.append((_SECTION, f"from section “{known.section}”"))
    return sum(cost for cost, _ in found), [f"{why} −{cost}" for cost, why in found]


def _alike(asked: Asked, known: Remembered, by: Yardstick) -> _Offer:
    """A translation of another text, measured by what differs."""
    costs, reasons = _penalties(asked, known, is_home=False)
    score, why, target, match = _measured(asked, known, by)
    total = score - costs
    if match is None or costs:
        match = band(total)
    return _offer(asked, known, match, total, "; ".join([why, *reasons]), target)


def _measured(
    asked: Asked, known: Remembered, by: Yardstick
) -> tuple[int, str, str, MatchClass | None]:
    """Score, reason, target and, where it is not that of the score, the class."""
    if plain_marks(asked.source) == plain_marks(known.source):
        return _TYPOGRAPHY, "only typography differs", known.target, MatchClass.NEAR
    patched = patch(asked.source, known, source=by.source, target=by.target, concepts=by.concepts)
    if patched is not None and (patched.changes or patched.doubt):
        return _patched(patched, known)
    old, new = plain_text(known.source), plain_text(asked.source)
    if loosely(old) == loosely(new):
        is_loose = plain_marks(old) != plain_marks(new)
        why = "only a capital, a mark or spaces differ" if is_loose else "only formatting differs"
        return (_LOOSE if is_loose else _FORMATTING), why, known.target, None
    likeness = int(fuzz.ratio(loosely(old), loosely(new)))
    if likeness < by.floor:
        return likeness, "", known.target, None
    found = differences(known.source, asked.source, by.source, by.concepts)
    return min(likeness, cap(found)), told(found), known.target, None


def _patched(found: Patch, known: Remembered) -> tuple[int, str, str, MatchClass | None]:
    changes = "; ".join(found.changes)
    if not found.doubt:
        return 99, f"put in: {changes}", found.target, MatchClass.PATCHED
    score = _OTHER_TERM if ElementKind.TERM in found.kinds else _UNSURE
    named = ", ".join(sorted(found.kinds)) or "address"
    return score, f"{named} differs: {changes}; {found.doubt}", known.target, None


def _offer(
    asked: Asked, known: Remembered, match: MatchClass, score: int, reason: str, target: str
) -> _Offer:
    candidate = Candidate(
        key=asked.key,
        target=target,
        match=match,
        score=score,
        origin=known.origin,
        source="" if known.source == asked.source else known.source,
        reason=reason,
    )
    return _Offer(candidate, known.changed)
