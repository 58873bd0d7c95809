"""Months, days of months, weekdays and times of the source are in the target, by value."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from workflow.dates import Dated, find_dates, month_of
from workflow.dates.weekdays import find_weekdays
from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")  # no date is without one


@dataclass(frozen=True, slots=True)
class _Said:
    value: Hashable
    start: int
    end: int


def _find(pair: Pair) -> Iterable[Finding]:
    """Where one is missing and another stands in its place, or the place of one is empty."""
    if pair.source_language is pair.target_language:
        return
    source, target = pair.source.plain, pair.target.plain
    ours, theirs = pair.source_language, pair.target_language
    dates = find_dates(source, ours.tag) if _DIGIT.search(source) else ()
    if dates:
        yield from _of_dates(dates, find_dates(target, theirs.tag), pair)
    weekdays = list(find_weekdays(source, ours))
    if weekdays:
        yield from _compared(
            [_Said(day.number, day.start, day.end) for day in weekdays],
            [_Said(day.number, day.start, day.end) for day in find_weekdays(target, theirs)],
            pair,
            what="the day of the week",
        )


def _of_dates(ours: Sequence[Dated], theirs: Sequence[Dated], pair: Pair) -> Iterator[Finding]:
    """The months; where they are the same, the days of them."""
    named = _months(pair.source.plain, pair.source_language.tag)
    met = _months(pair.target.plain, pair.target_language.tag)
    missing = [_Said(one.month, one.start, one.end) for one in ours if one.month not in met]
    other = [_Said(one.month, one.start, one.end) for one in theirs if one.month not in named]
    found = list(_compared(missing, other, pair, what="the date"))
    yield from found or _compared(_days(ours), _days(theirs), pair, what="the day of the date")


def _days(dates: Sequence[Dated]) -> list[_Said]:
    return [_Said((one.month, one.day), one.start, one.end) for one in dates if one.day]


def _months(text: str, tag: str) -> set[int | None]:
    """The months that are named, in a date or not."""
    return {month_of(word, tag) for word in _WORD.findall(text)}


def _compared(
    ours: Sequence[_Said], theirs: Sequence[_Said], pair: Pair, *, what: str
) -> Iterator[Finding]:
    said, met = ({one.value for one in side} for side in (ours, theirs))
    missing = [one for one in ours if one.value not in met]
    other = [one for one in theirs if one.value not in said]
    for one, instead in zip(missing, other, strict=False):
        written = pair.source.plain[one.start : one.end]
        yield Finding(
            message=f"{what}: “{pair.target.plain[instead.start : instead.end]}” for “{written}”",
            start=instead.start,
            end=instead.end,
            source_start=one.start,
            source_end=one.end,
        )
    for one in missing[len(other) :]:
        yield Finding(
            message=f"{what}: “{pair.source.plain[one.start : one.end]}” is not found",
            severity=Severity.MINOR,
            source_start=one.start,
            source_end=one.end,
        )


CHECK = Check(
    name="dates",
    severity=Severity.MAJOR,
    about="Months, days and days of the week of the source are in the target, by value.",
    find=_find,
    good=(
        Example(source="On 15 September 2023", target="15 сентября 2023 года"),
        Example(source="on Monday, 3 May", target="в понедельник, 3 мая"),
        Example(
            source="between March and May 2020", target="2020 жылғы наурыз-мамырда", language="kk"
        ),
        Example(source="on Friday", target="жұма күні", language="kk"),
        Example(source="on 2 February", target="2-февралда", language="ky"),
        Example(source="It may rain.", target="Возможен дождь."),
    ),
    bad=(
        Example(source="On 15 September 2023", target="15 октября 2023 года"),
        Example(source="On 15 September 2023", target="2023 жылғы 15 қазанда", language="kk"),
        Example(source="from 3 May to 5 June", target="с 5 мая по 3 июня"),
        Example(source="on Monday", target="в среду"),
        Example(source="on Friday", target="дүйсенбі күні", language="kk"),
        Example(source="on Friday", target="шейшемби күнү", language="ky"),
    ),
)
