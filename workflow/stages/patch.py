"""A remembered translation × a source that differs in elements only → the translation, patched.

An element is exchanged only where it stands once in the old target, unambiguously, and where
nothing around it has to change. The patched text passes the checks that a person's work passes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workflow.checks import numbers, terms
from workflow.languages import Language
from workflow.markup import format_text, parse_text
from workflow.model import Code, Concept, Remembered, Text, Unit
from workflow.plugins import Pair
from workflow.stages.elements import Element, ElementKind, elements, frame
from workflow.stages.forms import Unsure, fits, term_in, weekday_in
from workflow.stages.slots import Put, date_in, number_in, time_in

_CHECKS = (numbers.CHECK, terms.CHECK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """What became of a translation whose source differs in elements."""

    target: str
    """Unit markup; the old one where ``doubt`` says why nothing was put in."""
    changes: tuple[str, ...]
    """What differs, as "12,100 → 12,300"; nothing where only the writing does: 1,000, 1000."""
    kinds: frozenset[ElementKind]
    """Of what differs; none when it is addresses only."""
    doubt: str = ""


def patch(
    asked: str,
    known: Remembered,
    *,
    source: Language,
    target: Language,
    concepts: tuple[Concept, ...] = (),
) -> Patch | None:
    """The target of ``known`` for the source ``asked``; None when more than elements differs."""
    texts = [parse_text(markup) for markup in (known.source, asked)]
    ours = [elements(text.plain, source, concepts) for text in texts]
    frames = [frame(text.plain, found) for text, found in zip(texts, ours, strict=True)]
    links = _links(*texts)
    if frames[0] != frames[1] or links is None:
        return None
    pairs = tuple(zip(*ours, strict=True))
    changed = [(old, new) for old, new in pairs if old.value != new.value]
    names = [f"{old.written} → {new.written}" for old, new in changed]
    names += [f"{old} → {new}" for old, new in links.items()]
    kinds = frozenset(old.kind for old, _ in changed)
    old_target = parse_text(known.target)
    if not names:
        return Patch(target=known.target, changes=(), kinds=kinds)
    try:
        puts = _puts(pairs, old_target.plain, target, concepts)
        made = _relinked(_written(old_target, puts), links)
        if not _is_sound(texts[1], made, texts[0], old_target, source, target, concepts):
            raise Unsure("the patched text would not pass the checks")
    except Unsure as fault:
        return Patch(target=known.target, changes=tuple(names), kinds=kinds, doubt=str(fault))
    return Patch(target=format_text(made), changes=tuple(names), kinds=kinds)


def _puts(
    pairs: Sequence[tuple[Element, Element]],
    text: str,
    language: Language,
    concepts: tuple[Concept, ...],
) -> list[Put]:
    """What is written where; raises `Unsure`."""
    wanted: dict[tuple[ElementKind, object], list[tuple[Element, Element]]] = defaultdict(list)
    for old, new in pairs:
        wanted[old.kind, old.value].append((old, new))
    slots = elements(text, language, concepts)
    puts = []
    for (kind, value), group in wanted.items():
        old, new = group[0]
        if all(one.value == other.value for one, other in group):
            continue
        found = [slot for slot in slots if (slot.kind, slot.value) == (kind, value)]
        if len(group) > 1:
            raise Unsure(f"“{old.written}” stands {len(group)} times in the source")
        if len(found) != 1:
            told = f"stands {len(found)} times" if found else "is not found"
            raise Unsure(f"“{old.written}” {told} in the translation")
        if kind is ElementKind.NUMBER and _is_in_another(old, pairs, slots):
            raise Unsure(f"“{old.written}” may be part of a date in the translation")
        put = _put(found[0], old, new, text, language, concepts)
        fits(text[: put.start], put.words, text[put.end :], language)
        puts.append(put)
    return puts


def _is_in_another(
    number: Element, pairs: Sequence[tuple[Element, Element]], slots: Sequence[Element]
) -> bool:
    """Whether a date of the source has the figure, and the translation has not that date."""
    known = {(slot.kind, slot.value) for slot in slots}
    figure = re.compile(rf"(?<!\d){re.escape(number.written)}(?!\d)")
    return any(
        one.kind in (ElementKind.DATE, ElementKind.TIME)
        and (one.kind, one.value) not in known
        and figure.search(one.written)
        for one, _ in pairs
    )


def _put(
    slot: Element,
    old: Element,
    new: Element,
    text: str,
    language: Language,
    concepts: tuple[Concept, ...],
) -> Put:
    if slot.kind is ElementKind.NUMBER:
        return number_in(slot, new, text, language)
    if slot.kind is ElementKind.DATE:
        return date_in(slot, old, new, text, language)
    if slot.kind is ElementKind.CODE:
        return Put(slot.start, slot.end, new.written)
    if slot.kind is ElementKind.TIME:
        return time_in(slot, new, text)
    if slot.kind is ElementKind.WEEKDAY:
        return Put(slot.start, slot.end, weekday_in(slot, new, text, language))
    concept = next(one for one in concepts if one.id == new.value)
    assert new.term is not None, "a term has one"
    words = term_in(slot, new.term.term, concept, text, language)
    return Put(slot.start, slot.end, words)


def _written(text: Text, puts: Sequence[Put]) -> Text:
    """``text`` with the words put in; a code keeps what it covers."""
    for put in sorted(puts, reverse=True):
        if any(
            put.start < edge < put.end for code in text.codes for edge in (code.start, code.end)
        ):
            raise Unsure("formatting begins or ends inside what changes")
        by = len(put.words) - (put.end - put.start)
        plain = text.plain[: put.start] + put.words + text.plain[put.end :]
        text = Text(plain, tuple(_moved(code, put, by) for code in text.codes))
    return text


def _moved(code: Code, put: Put, by: int) -> Code:
    start = code.start + (by if code.start >= put.end else 0)
    return replace(code, start=start, end=code.end + (by if code.end >= put.end else 0))


def _links(old: Text, new: Text) -> dict[str, str] | None:
    """Address → the one it gave way to; None where other codes differ."""
    if [code.kind for code in old.codes] != [code.kind for code in new.codes]:
        return None
    found: dict[str, str] = {}
    for one, other in zip(old.codes, new.codes, strict=True):
        if (
            one.target != other.target
            and found.setdefault(one.target, other.target) != other.target
        ):
            return None
    return found


def _relinked(text: Text, links: Mapping[str, str]) -> Text:
    for old in links:
        times = sum(code.target == old for code in text.codes)
        if times != 1:
            raise Unsure(f"the address {old} stands {times} times in the translation")
    codes = (replace(code, target=links.get(code.target, code.target)) for code in text.codes)
    return replace(text, codes=tuple(codes))


def _is_sound(
    source: Text,
    made: Text,
    old_source: Text,
    old_target: Text,
    ours: Language,
    theirs: Language,
    concepts: tuple[Concept, ...],
) -> bool:
    """Whether the checks find no more in the patched text than in the old one."""
    counts = [
        sum(
            1
            for rule in _CHECKS
            for _ in rule.find(
                Pair(
                    unit=Unit(key="", source=one.plain, target=other.plain),
                    source=one,
                    target=other,
                    source_language=ours,
                    target_language=theirs,
                    concepts=concepts,
                )
            )
        )
        for one, other in ((source, made), (old_source, old_target))
    ]
    return counts[0] <= counts[1]
