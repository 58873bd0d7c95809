"""Years, months and spans of days in words, as each language writes them."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

from babel.dates import format_date

from workflow.dates import write_date
from workflow.languages import Language, language_data

_FIELDS = "yMLd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Patterns in CLDR letters; ``[periods]`` of the language's file."""

    month: str
    """July 2024, in a list or a heading."""
    year: str
    days: str
    """Days of one month: 25–27 July 2024. A field that comes twice belongs to the end."""
    months: str
    """Days of two months of a year: 25 July – 3 August 2024."""


def write_month(date: dt.date, rules: Language) -> str:
    """The month of ``date`` with its year: «июль 2024 года», «2024-жылдын июлу»."""
    return _written(date, rules, _periods(rules.tag).month)


def write_year(date: dt.date, rules: Language) -> str:
    """The year of ``date`` alone: «2024 год», «2024-жыл»."""
    return _written(date, rules, _periods(rules.tag).year)


def write_days(first: dt.date, last: dt.date, rules: Language) -> str:
    """From ``first`` to ``last``, what they share once: «25–27 июля 2024 года».

    The dates may come in either order; one day is a date.
    """
    first, last = sorted((first, last))
    if first == last:
        return write_date(first, rules)
    if first.year != last.year:
        return f"{write_date(first, rules)} – {write_date(last, rules)}"
    periods = _periods(rules.tag)
    pattern = periods.days if first.month == last.month else periods.months
    cut = _second_field(pattern)
    return _written(first, rules, pattern[:cut]) + _written(last, rules, pattern[cut:])


@functools.cache
def _periods(tag: str) -> Periods:
    return Periods(**language_data(tag)["periods"])


def _second_field(pattern: str) -> int:
    """Where the first field stands for the second time; words in quotes are no fields."""
    seen: set[str] = set()
    quoted, before = False, ""
    for at, char in enumerate(pattern):
        quoted ^= char == "'"
        if char in _FIELDS and not quoted and char != before:
            if char in seen:
                return at
            seen.add(char)
        before = char
    return len(pattern)


def _written(date: dt.date, rules: Language, pattern: str) -> str:
    """By ``pattern``; the month in the form that follows a year in this language."""
    if rules.months:
        pattern = pattern.replace("MMMM", f"'{rules.months[date.month - 1]}'")
    return format_date(date, pattern, locale=rules.tag.replace("-", "_"))
