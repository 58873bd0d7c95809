"""Dates as people write them, in the languages of the newsroom. Month names come from CLDR."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from workflow.languages import Language

LANGUAGES = ("en", "ru", "kk", "ky")
"""Languages whose month names are tried when the language of a text is not known."""

_YEARS = range(1900, 2101)

_LONGEST_ENDING = 6  # letters: шілдесінде

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
_DATE_DAY = r"(?<![\d.,])(?P<day>\d{1,2})(?:st|nd|rd|th|-?(?:го|е|ое))?"
_MONTH = r"(?<!\w)(?P<word>(?P<name>NAMES)\w{0,6})(?!\w)"
_SHAPES = tuple(
    shape.replace("MONTH", _MONTH).replace("DAY", _DATE_DAY).replace("YEAR", _YEAR)
    for shape in (
        rf"DAY(?:\s+|-)(?:of\s+)?MONTH(?:,?\s+YEAR{_YEAR_WORD})?",
        r"MONTH\s+DAY(?!\d|[.,]\d)(?:,?\s+YEAR)?",
        rf"MONTH,?\s+YEAR{_YEAR_WORD}",
        r"(?<!\d)YEAR[\s-]*(?:жыл\w*|ж\.)?,?\s*(?:DAY(?:\s+|-))?MONTH",
    )
)  # of a date in letters, which may lack its year or its day


class Found(NamedTuple):
    """A date and where it is written: ``text[start:end]``."""

    date: dt.date
    start: int
    end: int


class Dated(NamedTuple):
    """A date, whole or without its year or day, and where its parts stand in the text."""

    year: int | None
    month: int
    day: int | None
    start: int
    end: int
    parts: Mapping[str, tuple[int, int]]
    """``year``, ``month`` and ``day`` → span; of a month in letters with its endings."""


def find_dates(text: str, language: str) -> tuple[Dated, ...]:
    """Every date in running text, the longest where they overlap."""
    found = [
        *(_dated(m, int(m["month"]), "month") for p in (_ISO, _DOTTED) for m in p.finditer(text)),
        *_lettered(text, language.partition("-")[0].lower()),
    ]
    kept: list[Dated] = []
    for one in sorted(found, key=lambda date: (date.start - date.end, date.start)):
        apart = all(one.end <= other.start or other.end <= one.start for other in kept)
        if apart and _is_date(one):
            kept.append(one)
    return tuple(sorted(kept, key=lambda date: date.start))


def write_date(date: dt.date, rules: Language, pattern: str = "") -> str:
    """The date in words, by ``pattern`` (CLDR letters) or that of the language.

    The month has the form that the language's own pattern wants.
    """
    pattern = pattern or rules.date_pattern
    if rules.months and pattern == rules.date_pattern:
        pattern = pattern.replace("MMMM", f"'{rules.months[date.month - 1]}'")
    return format_date(date, pattern, locale=rules.tag.replace("-", "_"))


def months_of(language: str) -> tuple[str, ...]:
    """The names of the months, January first, in the citation form, in small letters."""
    names = Locale.parse(language, sep="-").months["stand-alone"]["wide"]
    return tuple(names[number].casefold() for number in range(1, 13))


def month_of(word: str, language: str) -> int | None:
    """The month whose name, in whatever form, ``word`` is."""
    tag = language.partition("-")[0].lower()
    folded = word.casefold()
    if _has_capitals(tag):
        return _beginnings(tag).get(folded) if word.istitle() else None
    return next(
        (
            number
            for start, number in _beginnings(tag).items()
            if folded.startswith(start) and len(folded) - len(start) <= _LONGEST_ENDING
        ),
        None,
    )


def parse_date(text: str, languages: Iterable[str] = LANGUAGES) -> dt.date | None:
    """The first date in ``text``, which is about nothing else: a field, a dateline."""
    found = [match for tag in languages if (match := find_date(text, tag)) is not None]
    return min(found, key=lambda match: match[1])[0] if found else None


def find_date(text: str, language: str) -> Found | None:
    """The first whole date in running text and its place: ``text[start:end]``."""
    return min(_all(text, language), key=lambda match: (match.start, -match.end), default=None)


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


def _lettered(text: str, language: str) -> Iterator[Dated]:
    months = _beginnings(language)
    has_capital = _has_capitals(language)
    for pattern in _shapes(language):
        for match in pattern.finditer(text):
            word = match["word"]
            if not has_capital or (word == match["name"] and word.istitle()):
                yield _dated(match, months[match["name"].casefold()], "word")


@functools.cache
def _beginnings(language: str) -> dict[str, int]:
    """What the forms of a month's name begin with → month; ь gives way to endings: июль, июле."""
    widths = ("wide", "abbreviated") if _has_capitals(language) else ("wide",)
    return {
        name.removesuffix("ь"): number for name, number in _months(language, widths=widths).items()
    }


def _dated(match: re.Match[str], month: int, word: str) -> Dated:
    groups = match.groupdict()
    year, day = groups.get("year"), groups.get("day")
    spans = {"month": match.span(word)}
    spans.update({name: match.span(name) for name in ("year", "day") if groups.get(name)})
    whole = (int(year) if year else None, month, int(day) if day else None)
    return Dated(*whole, match.start(), match.end(), spans)


def _is_date(date: Dated) -> bool:
    if date.year is not None and date.year not in _YEARS:
        return False
    try:
        dt.date(date.year or 2000, date.month, date.day or 1)
    except ValueError:
        return False
    return True


@functools.cache
def _shapes(language: str) -> tuple[re.Pattern[str], ...]:
    months = _beginnings(language)
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    return tuple(
        re.compile(shape.replace("NAMES", names), re.IGNORECASE) for shape in _SHAPES if months
    )


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


def _months(language: str, *, widths: tuple[str, ...] = ("abbreviated", "wide")) -> dict[str, int]:
    try:
        tables = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        name.strip(".").casefold(): number
        for context in ("format", "stand-alone")
        for width in widths
        for number, name in tables[context][width].items()
    }


@functools.cache
def _has_capitals(language: str) -> bool:
    """Whether names of months have a capital inside a sentence, and so no endings."""
    try:
        return any(map(str.istitle, Locale.parse(language).months["format"]["wide"].values()))
    except (UnknownLocaleError, ValueError):
        return False
