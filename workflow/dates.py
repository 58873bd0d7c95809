"""Dates as people write them, in the languages of the newsroom. Month names come from CLDR."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

LANGUAGES = ("en", "ru", "kk", "ky")
"""Languages whose month names are tried when the language of a text is not known."""

_YEARS = range(1900, 2101)

_ISO = re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<year>\d{4})(?![\d/])")

_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|-?(?:го|е|ое))?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_YEAR_WORD = r"(?:\s*(?:года|году|год|г\.))?"
_ORDERS = (
    rf"{_DAY}[\s-]+(?:of\s+)?(?P<name>NAMES)\w{{0,4}}\.?,?\s+{_YEAR}{_YEAR_WORD}",
    rf"\b(?P<name>NAMES)\w{{0,4}}\.?\s+{_DAY},?\s+{_YEAR}",
    rf"(?<!\d){_YEAR}[\s-]*(?:жыл\w*|ж\.|года|г\.)?,?\s*{_DAY}[\s-]+(?P<name>NAMES)\w{{0,4}}",
)


class Found(NamedTuple):
    """A date and where it is written: ``text[start:end]``."""

    date: dt.date
    start: int
    end: int


def parse_date(text: str, languages: Iterable[str] = LANGUAGES) -> dt.date | None:
    """The first date in ``text``, which is about nothing else: a field, a dateline."""
    found = [match for tag in languages if (match := find_date(text, tag)) is not None]
    return min(found, key=lambda match: match[1])[0] if found else None


def find_date(text: str, language: str) -> Found | None:
    """The first whole date in running text and its place: ``text[start:end]``."""
    found = sorted(_all(text, language), key=lambda match: (match.start, -match.end))
    return found[0] if found else None


def _all(text: str, language: str) -> Iterator[Found]:
    for pattern in (_ISO, _DOTTED):
        for match in pattern.finditer(text):
            yield from _checked(match, int(match["month"]), int(match["day"]))
    for match in _SLASHED.finditer(text):
        yield from _slashed(match)
    months, patterns = _written(language.partition("-")[0].lower())
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield from _checked(match, months[match["name"].casefold()], int(match["day"]))


def _slashed(match: re.Match[str]) -> Iterator[Found]:
    """7/25/2024 and 25/7/2024 can be told apart; 4/5/2024 cannot, and is no date for us."""
    one, other = int(match["one"]), int(match["other"])
    if one > 12 or one == other:
        yield from _checked(match, other, one)
    elif other > 12:
        yield from _checked(match, one, other)


def _checked(match: re.Match[str], month: int, day: int) -> Iterator[Found]:
    year = int(match["year"])
    if year not in _YEARS:
        return
    try:
        yield Found(dt.date(year, month, day), match.start(), match.end())
    except ValueError:
        return


@functools.cache
def _written(language: str) -> tuple[dict[str, int], tuple[re.Pattern[str], ...]]:
    """Month names of one language and the patterns that hold them."""
    months = _months(language)
    if not months:
        return {}, ()
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    return months, tuple(
        re.compile(order.replace("NAMES", names), re.IGNORECASE) for order in _ORDERS
    )


def _months(language: str) -> dict[str, int]:
    try:
        tables = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        name.strip(".").casefold(): number
        for context in ("format", "stand-alone")
        for width in ("abbreviated", "wide")
        for number, name in tables[context][width].items()
    }
