"""A text → its elements: numbers, dates, times, weekdays, terms and codes, which may be exchanged.

What is between them is the frame; two sentences of one frame differ in their elements only.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from workflow.dates import Dated, find_dates
from workflow.dates.weekdays import find_weekdays
from workflow.languages import Language
from workflow.model import Concept
from workflow.numbers import CLOCK, Number, find_numbers
from workflow.stages.plain_marks import plain_marks
from workflow.terminology.finder import Finder
from workflow.terminology.matching import Found, finder_of, found_by

_CODE = re.compile(r"(?<![\w.])\d+(?:\.\d+){2,}(?!\w|\.\d)")
_LEADING_NOUGHT = re.compile(r"0\d")
_SHARE = re.compile(r"\s?[%‰]")
_KEPT = 256  # texts: one that is asked about, and those of the memory that it is compared with
_MINUS = re.compile(r"(?:\A|[\s(])[-−–]\Z")


class ElementKind(StrEnum):
    """What an element is, as people call it."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    WEEKDAY = "weekday"
    TERM = "term"
    CODE = "code"
    """Figures that are no quantity: a version, an address, a number with a leading nought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A piece of a text that has a value, and where it is: ``text[start:end]``."""

    kind: ElementKind
    value: Hashable
    """Equal in every language and form: a decimal, the parts of a date, a concept's name."""
    start: int
    end: int
    written: str
    shape: str
    """What else has to be equal, so that it may be exchanged: its form, the subject of its term."""
    date: Dated | None = None
    number: Number | None = None
    term: Found | None = None


def elements(
    text: str, language: Language, concepts: tuple[Concept, ...] = ()
) -> tuple[Element, ...]:
    """The elements of ``text`` in order, none of which overlap: a date has no numbers."""
    return _elements(text, language, finder_of(concepts, language) if concepts else None)


@functools.lru_cache(maxsize=_KEPT)
def _elements(text: str, language: Language, finder: Finder | None) -> tuple[Element, ...]:
    kept: list[Element] = []
    for found in (
        _dates(text, language),
        _times(text, language),
        _terms(text, finder) if finder else (),
        _weekdays(text, language),
        _codes(text),
        _numbers(text, language),
    ):
        taken = [(one.start, one.end) for one in kept]
        kept += [
            one
            for one in found
            if all(one.end <= start or end <= one.start for start, end in taken)
        ]
    return tuple(sorted(kept, key=lambda one: one.start))


def frame(text: str, found: Iterable[Element]) -> str:
    """``text`` with a blank for each element; typography does not count in it."""
    pieces, at = [], 0
    for one in found:
        pieces += [text[at : one.start], f"⟦{one.kind}:{one.shape}⟧"]
        at = one.end
    return plain_marks("".join([*pieces, text[at:]]))


def _dates(text: str, language: Language) -> Iterator[Element]:
    for found in find_dates(text, language.tag):
        yield Element(
            kind=ElementKind.DATE,
            value=found[:3],
            start=found.start,
            end=found.end,
            written=text[found.start : found.end],
            shape=" ".join(sorted(found.parts)),
            date=found,
        )


def _times(text: str, language: Language) -> Iterator[Element]:
    for found in CLOCK.finditer(text):
        if found[0].find(language.decimal) > 0 and not _is_time(text, found, language):
            continue
        yield Element(
            kind=ElementKind.TIME,
            value=(int(found[1]), found[2]),
            start=found.start(),
            end=found.end(),
            written=found[0],
            shape="",
        )


def _is_time(text: str, found: re.Match[str], language: Language) -> bool:
    """Whether what may be a decimal is a time: at 9.30, and not at 2.50%."""
    words = text[: found.start()].split()
    leads = language.sentences.leads
    is_share = _SHARE.match(text, found.end()) is not None
    return bool(words) and words[-1].lower() in leads and not is_share


def _terms(text: str, finder: Finder) -> Iterator[Element]:
    ends = 0
    for found in found_by(finder, text):
        subject = finder.concepts[found.concept].subject
        if subject and found.start >= ends:
            ends = found.end
            short = "short" if found.term.abbreviation else ""
            yield Element(
                kind=ElementKind.TERM,
                value=found.concept,
                start=found.start,
                end=found.end,
                written=text[found.start : found.end],
                shape=" ".join(filter(None, (subject, short, found.features))),
                term=found,
            )


def _weekdays(text: str, language: Language) -> Iterator[Element]:
    for found in find_weekdays(text, language):
        yield Element(
            kind=ElementKind.WEEKDAY,
            value=found.number,
            start=found.start,
            end=found.end,
            written=text[found.start : found.end],
            shape=found.features,
        )


def _codes(text: str) -> Iterator[Element]:
    for found in _CODE.finditer(text):
        yield _code(text, found.start(), found.end())


def _code(text: str, start: int, end: int) -> Element:
    written = text[start:end]
    return Element(
        kind=ElementKind.CODE, value=written, start=start, end=end, written=written, shape=""
    )


def _numbers(text: str, language: Language) -> Iterator[Element]:
    tails = _ordinal_tails(language)
    for found in find_numbers(text, language):
        if _LEADING_NOUGHT.match(text, found.start):
            yield _code(text, found.start, found.end)
            continue
        tail = tails.match(text, found.end)
        end = tail.end() if tail else found.end
        is_below = _MINUS.search(text[: found.start]) is not None
        kinds = ("ordinal" if tail else "", f"e{found.power}" if found.power else "")
        yield Element(
            kind=ElementKind.NUMBER,
            value=-found.value if is_below else found.value,
            start=found.start,
            end=end,
            written=text[found.start : end],
            shape=" ".join(filter(None, kinds)),
            number=found,
        )


@functools.cache
def _ordinal_tails(language: Language) -> re.Pattern[str]:
    tails = "|".join(language.slots.ordinals.values())
    return re.compile(rf"(?:{tails})\b" if tails else r"(?!)")
