"""A source of known parts → a candidate put together, where each part is certain.

Sentences of a paragraph; a dateline and its sentence; a label and what follows it; a title and a
name; a date, a number or a term that stands alone. A part is certain when the memory has one
translation of that very text, or the glossary or the language's formats give it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.dates import write_date
from workflow.languages import Language
from workflow.markup import bridge, format_text, join, parse_text
from workflow.model import Candidate, Concept, MatchClass, Text
from workflow.numbers import write_number
from workflow.plugins import Memory
from workflow.stages.elements import Element, ElementKind, elements
from workflow.stages.forms import cased_as
from workflow.stages.remember import cut_sentences
from workflow.terminology.matching import preferred

_SENTENCES, _ASSEMBLED = 98, 97
_IMPORTED = 2  # what a part from a file of somebody else costs
_BETWEEN = re.compile(r"\s*[,;—–/()]\s*")
_BEHIND = re.compile(r"\s*[.,;:)]?\s*")
_DATELINE = re.compile(r" ?[—–] ")
_LABEL = re.compile(r": | [—–] ")
_NAMES = frozenset({"people", "persons", "names"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    target: Text
    origin: str
    is_remembered: bool = False
    is_imported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What the parts are made with."""

    memory: Memory
    source: Language
    target: Language
    concepts: tuple[Concept, ...]


def compose(
    markup: str,
    key: str,
    memory: Memory,
    *,
    source: Language,
    target: Language,
    concepts: tuple[Concept, ...] = (),
) -> Candidate | None:
    """A candidate of certain parts for ``markup``; None where a part is not certain."""
    desk = _Desk(memory=memory, source=source, target=target, concepts=concepts)
    texts = cut_sentences(markup, source)
    parts = _all(_part(text, desk) for text in texts) if len(texts) > 1 else None
    if parts is None:
        whole = _made(markup, desk)
        return _candidate(key, whole, MatchClass.ASSEMBLED) if whole else None
    spaced = [piece for part in parts for piece in (Text(" "), part.target)][1:]
    is_known = all(part.is_remembered for part in parts)
    together = _Part(
        target=bridge(join(spaced)),
        origin=", ".join(dict.fromkeys(part.origin for part in parts)),
        is_remembered=is_known,
        is_imported=any(part.is_imported for part in parts),
    )
    match = MatchClass.SENTENCES if is_known else MatchClass.ASSEMBLED
    return _candidate(key, together, match)


def _candidate(key: str, part: _Part, match: MatchClass) -> Candidate:
    is_known = match is MatchClass.SENTENCES
    reason = "each sentence is known" if is_known else f"each part is certain: {part.origin}"
    cost = _IMPORTED if part.is_imported else 0
    return Candidate(
        key=key,
        target=format_text(part.target),
        match=match,
        score=(_SENTENCES if is_known else _ASSEMBLED) - cost,
        origin=part.origin,
        reason=f"{reason}; imported −{cost}" if cost else reason,
    )


def _part(markup: str, desk: _Desk) -> _Part | None:
    return _remembered(markup, desk) or _made(markup, desk)


def _remembered(markup: str, desk: _Desk) -> _Part | None:
    """The one translation that the memory has of a text; none where it has several."""
    same = [k for k in desk.memory.exact([markup]).get(markup, ()) if k.reviewed]
    if len({known.target for known in same}) != 1:
        return None
    best = min(same, key=lambda known: (known.imported, known.origin))
    return _Part(
        target=parse_text(best.target),
        origin=best.origin,
        is_remembered=True,
        is_imported=best.imported,
    )


def _made(markup: str, desk: _Desk) -> _Part | None:
    """A text without codes, made from a dateline, a label, or elements alone."""
    parsed = parse_text(markup)
    if parsed.codes:
        return None
    text = parsed.plain
    found = elements(text, desk.source, desk.concepts)
    return _of_elements(text, found, desk) or _led(text, found, desk) or _labelled(text, desk)


def _led(text: str, found: Sequence[Element], desk: _Desk) -> _Part | None:
    """A dateline and its sentence: "BISHKEK, 25 July 2024 — The council met."."""
    if not found or found[0].start or found[0].kind is not ElementKind.TERM:
        return None
    cut = _DATELINE.search(text, found[0].end)
    if cut is None:
        return None
    lead = text[: cut.start()]
    head = _of_elements(lead, [one for one in found if one.end <= cut.start()], desk)
    rest = _remembered(text[cut.end() :], desk)
    return _joined([head, rest], " — ")


def _labelled(text: str, desk: _Desk) -> _Part | None:
    cut = _LABEL.search(text)
    if cut is None:
        return None
    sides = [_remembered(side, desk) for side in (text[: cut.start()], text[cut.end() :])]
    return _joined(sides, cut[0])


def _joined(parts: Sequence[_Part | None], mark: str) -> _Part | None:
    known = _all(iter(parts))
    if known is None:
        return None
    origins = dict.fromkeys(part.origin for part in known)
    pieces = [piece for part in known for piece in (Text(mark), part.target)][1:]
    return _Part(
        target=join(pieces),
        origin=", ".join(origins),
        is_imported=any(part.is_imported for part in known),
    )


def _of_elements(text: str, found: Sequence[Element], desk: _Desk) -> _Part | None:
    """A text that is nothing but terms, dates and numbers, with marks between them."""
    if not found or found[0].start:
        return None
    words, origins, at = "", [], 0
    for index, one in enumerate(found):
        between = text[at : one.start]
        follows = index and between == " " and _is_name(found[index - 1], one)
        written = _written(one, desk)
        if written is None or not (not index or follows or _BETWEEN.fullmatch(between)):
            return None
        words += between + written
        origins.append("the glossary" if one.kind is ElementKind.TERM else f"the {one.kind}")
        at = one.end
    if not _BEHIND.fullmatch(text[at:]):
        return None
    origin = ", ".join(dict.fromkeys(origins))
    return _Part(target=Text(words + text[at:]), origin=origin)


def _is_name(one: Element, other: Element) -> bool:
    """Whether a name follows its title: no other two terms stand side by side in any language."""
    if one.term is None or other.term is None:
        return False
    is_name = other.term.term.pos == "proper noun" or other.shape.split(" ")[0] in _NAMES
    return one.shape.split(" ")[0] == "titles" and is_name


def _written(one: Element, desk: _Desk) -> str | None:
    """An element in the other language, as it stands alone."""
    if one.term is not None:
        concept = next(concept for concept in desk.concepts if concept.id == one.value)
        term = preferred(concept, desk.target.tag)
        usable = term is not None and term.match != "regex" and not one.term.features
        return cased_as(one.written, term.text) if usable and term is not None else None
    if one.date is not None:
        date = one.date
        if date.year is None or date.day is None:
            return None
        return write_date(dt.date(date.year, date.month, date.day), desk.target)
    if one.number is None or one.shape or not one.number.plain:
        return None
    number = one.number
    return write_number(number.value, desk.target, places=number.places, grouped=number.grouped)


def _all(parts: Iterator[_Part | None]) -> list[_Part] | None:
    found: list[_Part] = []
    for part in parts:
        if part is None:
            return None
        found.append(part)
    return found
