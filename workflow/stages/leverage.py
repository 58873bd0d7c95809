"""Memory → candidates: what people accepted before, offered with a class, a score and a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workflow.languages import Language
from workflow.markup import plain_text
from workflow.model import Candidate, Catalog, Concept, MatchClass, Remembered
from workflow.plugins import Memory
from workflow.stages.compose import compose
from workflow.stages.guards import band
from workflow.stages.measure import measure
from workflow.stages.remember import role_of

_LOOKED_AT = 20  # texts of the memory that are compared word by word
_ALIKE = 50  # per cent: a text less alike shares words by chance
_LONGEST = 60  # characters of a rival translation that are shown
_ORDER = list(MatchClass)
_EXACT = 100
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
    changed: str = ""
    is_turned: bool = False
    """The statement is another one: it is shown to whoever asks, and drafts nothing."""


def rank(asked: Asked, memory: Memory, *, by: Yardstick, most: int = 5) -> tuple[Candidate, ...]:
    """What the memory offers for ``asked``, best first, one candidate for each different target.

    Equal scores stand in the order of class, how often the target was accepted, when it was
    changed last (latest first), origin and target: the same memory gives the same answer.
    """
    return _best(_offers(asked, memory, by, most), most, by.floor)


def leverage(
    catalog: Catalog, memory: Memory, *, by: Yardstick, section: str = ""
) -> tuple[Candidate, ...]:
    """One candidate at the most, the best, for each empty unit.

    A translation of a sentence with another statement (a "not", "must" for "may", "less" for
    "more") is none, whatever the floor is.
    """
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
            offers = [one for one in _offers(asked, memory, by, 1) if not one.is_turned]
            found.extend(_best(offers, 1, by.floor))
    return tuple(found)


def _offers(asked: Asked, memory: Memory, by: Yardstick, most: int) -> list[_Offer]:
    same = memory.exact([asked.source]).get(asked.source, ())
    offers = _same_text(asked, same)
    best = max((offer.candidate.score for offer in offers), default=0)
    if best < _EXACT or len({offer.candidate.target for offer in offers}) < most:
        like = memory.like(asked.source, floor=_ALIKE, most=_LOOKED_AT)
        offers += [_alike(asked, known, by) for _, known in like if known.source != asked.source]
    if best < _EXACT:
        made = compose(
            asked.source,
            asked.key,
            memory,
            source=by.source,
            target=by.target,
            concepts=by.concepts,
        )
        offers += [_Offer(made)] if made is not None else []
    return offers


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
    found = measure(
        asked.source,
        known,
        source=by.source,
        target=by.target,
        concepts=by.concepts,
        floor=by.floor,
    )
    total = found.score - costs
    match = MatchClass.PATCHED if found.is_patched and not costs else band(total)
    reason = "; ".join([found.reason, *reasons])
    offer = _offer(asked, known, match, total, reason, found.target)
    return replace(offer, is_turned=found.is_turned)


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
