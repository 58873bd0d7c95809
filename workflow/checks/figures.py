"""A figure of the headline, the summary or the lead that the text gives otherwise."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from babel.dates import get_month_names

from workflow.languages import Language
from workflow.model import Role, Severity
from workflow.numbers import CLOCK, Number, find_numbers
from workflow.plugins import Finding, Pair, Whole, WholeCheck, WholeExample

_TOP = {Role.HEADLINE: "the headline", Role.SUMMARY: "the summary", Role.LEAD: "the lead"}
_NOTES = frozenset({Role.CORRECTION, Role.WITHDRAWAL})  # they may name the figure that was wrong
_YEARS = range(1900, 2100)
_NEXT = re.compile(r"[ \u00a0]([^\W\d_]{2,})")
_ROUND = Decimal("0.1")  # of a figure: so far off may one be that says it is rounded
_SHORT = 3  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """A number and the thing that it counts."""

    number: Number
    written: str
    noun: str
    """The word behind it, so much of it as seldom inflects."""
    is_measure: bool
    pair: Pair
    role: Role


def _find(whole: Whole) -> Iterable[Finding]:
    figures = [
        figure
        for segment, pair in zip(whole.segments, whole.pairs, strict=True)
        if segment.role not in _NOTES
        for figure in _figures(pair, segment.role, whole.language)
    ]
    below: dict[str, list[_Figure]] = defaultdict(list)
    for figure in figures:
        if figure.role not in _TOP:
            below[figure.noun].append(figure)
    values = {figure.number.value for figure in figures if figure.role not in _TOP}
    for figure in figures:
        if figure.role in _TOP and figure.number.value not in values:
            other = _contradicting(figure, below.get(figure.noun, []))
            if other is not None:
                yield _finding(figure, other)


def _contradicting(figure: _Figure, others: list[_Figure]) -> _Figure | None:
    """The figure of the text that says otherwise.

    A slip of the digits is one of any number of figures; another number is one only where the text
    counts the thing once, and it is no measure, of which each thing has its own.
    """
    value = figure.number.value
    values = {other.number.value for other in others}
    if sum(values) == value:
        return None
    far = [other for other in others if not _rounds(value, other.number.value)]
    slip = next((other for other in far if _is_slip(value, other.number.value)), None)
    return slip or (far[0] if far and len(values) == 1 and not figure.is_measure else None)


def _rounds(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _ROUND * max(one, other) and _is_rounder(one, other)


def _is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers have the same digits in another order, or differ in one of several."""
    ours, theirs = f"{one:f}", f"{other:f}"
    if len(ours) != len(theirs) or len(ours) < 2:
        return False
    different = sum(a != b for a, b in zip(ours, theirs, strict=True))
    return different == 1 or (different == 2 and sorted(ours) == sorted(theirs))


def _is_rounder(one: Decimal, other: Decimal) -> bool:
    ours, theirs = (len(value.normalize().as_tuple().digits) for value in (one, other))
    return ours < theirs


def _figures(pair: Pair, role: Role, language: Language) -> Iterator[_Figure]:
    text = pair.target.plain
    times = [found.span() for found in CLOCK.finditer(text)]
    for number in find_numbers(text, language):
        written = text[number.start : number.end]
        is_time = any(start <= number.start < end for start, end in times)
        noun = _noun(text, number, language)
        if noun and number.plain and not is_time and not _is_year(number, written):
            yield _Figure(
                number=number,
                written=written,
                noun=noun[: max(_SHORT, len(noun) - 2)],
                is_measure=_is_measure(noun, language),
                pair=pair,
                role=role,
            )


def _is_year(number: Number, written: str) -> bool:
    return written.isdigit() and number.power == 0 and number.value in _YEARS


def _noun(text: str, number: Number, language: Language) -> str:
    """What is counted, in small letters; nothing where the next word does not tell."""
    found = _NEXT.match(text, number.end)
    if found and number.power:
        found = _NEXT.match(text, found.end())
    word = found[1].lower() if found else ""
    return "" if word in language.common | _months(language.tag) else word


def _is_measure(noun: str, language: Language) -> bool:
    guards = language.guards
    kinds = (guards.unit, guards.currency, guards.percent, guards.time)
    return any(kind.fullmatch(noun) for kind in kinds)


@functools.cache
def _months(tag: str) -> frozenset[str]:
    locale = tag.replace("-", "_")
    names = (
        *get_month_names("wide", "format", locale).values(),
        *get_month_names("wide", "stand-alone", locale).values(),
        *get_month_names("abbreviated", "format", locale).values(),
    )
    return frozenset(name.lower().rstrip(".") for name in names)


def _finding(figure: _Figure, other: _Figure) -> Finding:
    number = other.number
    found = _NEXT.match(other.pair.target.plain, number.end)
    end = found.end() if found else number.end
    return Finding(
        key=figure.pair.unit.key,
        message=f"{figure.written} in {_TOP[figure.role]}, "
        f"“{other.pair.target.plain[number.start : end]}” in the text",
        start=figure.number.start,
        end=figure.number.end,
    )


CHECK = WholeCheck(
    name="figures",
    severity=Severity.MINOR,
    about="A figure of the headline, the summary or the lead differs from that of the text.",
    find=_find,
    good=(
        WholeExample(texts=("12 tonnes seized", "They met.", "They seized 12 tonnes of drugs.")),
        WholeExample(texts=("Over 890 rounds seized", "They met.", "They found 897 rounds.")),
        WholeExample(texts=("On 15 September", "They met.", "They spoke on 16 September.")),
        WholeExample(texts=("12 officers came", "They met.", "5 officers and 7 officers came.")),
        WholeExample(texts=("12 tonnes seized", "They met.", "Of it 5 tonnes were sold.")),
    ),
    bad=(
        WholeExample(texts=("12 tonnes of drugs", "They met.", "They seized 21 tonnes of drugs.")),
        WholeExample(
            texts=("Изъято 399 патронов", "Совет собрался.", "Найдено 339 патронов."),
            language="ru",
        ),
        WholeExample(
            texts=("Отырыс", "12 100 қызметкер келді.", "Барлығы 12 700 қызметкер болды."),
            language="kk",
        ),
    ),
)
