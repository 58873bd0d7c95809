"""What a page sets otherwise than a catalogue: blanks that hold, dashes, the ellipsis.

Catalogues keep plain blanks, which every editor can type; here they become no-break ones where a
line must not end. No letter and no digit is ever touched, and a text that is set stays as it is.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources

from babel import Locale

from workflow.languages import Language, language
from workflow.languages.quote_marks import house_marks

Edit = tuple[int, int, str]
"""``text[start:end]`` becomes what stands third."""
HELD = "\N{NO-BREAK SPACE}"
_BLANK = "[ \u00a0\u202f\u2009]"
_ELLIPSIS = re.compile(r"(?<![.…])\.{3}(?![.…])")
_PERCENT = re.compile(rf"(?<=\d){_BLANK}(?=[%‰])")
_HYPHEN = re.compile(rf"(?<=\S){_BLANK}-(?={_BLANK}\S)")
_NARROW = re.compile("\u202f")
_YEARS = re.compile(r"(?<![\w.,/-])((?:19|20)\d\d)(-)((?:19|20)\d\d)(?![\d.,/]\d|\d|-\d)")
_DASH = rf"(?<=\S)(?P<blank>{_BLANK})(?=[—–](?:\s|\Z))"
_GROUP = rf"(?<!\d)\d{{1,3}}(?P<blank>{_BLANK})(?=\d{{3}}(?!\d))"
_SIGN = rf"[№§](?P<blank>{_BLANK})(?=\w)"
_LETTERS = rf"(?<!\w)[^\W\d_]\.(?P<blank>{_BLANK})(?=[^\W\d_]{{1,2}}\.)"
_ROMAN = r"(?<!\w)[IVXLC]+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typography:
    """The custom of one language; ``[typography]`` of its file, and its abbreviations."""

    held: tuple[re.Pattern[str], ...]
    """Where a line must not end: each match has a group ``blank``. Made of

    - ``units``: what is counted or measured, after its number (a star: words that begin so), and
      the abbreviations of `SentenceRules`;
    - ``before_name``: abbreviations before a name, beside ``never`` of `SentenceRules`;
    - ``month_first``: whether the day stands behind its month."""
    ranges: re.Pattern[str]
    """Numbers with a hyphen that are a range for certain: before a month or a per-cent sign."""
    percent: str
    """What stands between a number and the per-cent sign."""
    spaced_hyphen: str
    """What a hyphen between blanks was meant to be; empty: it stays."""
    quotes: tuple[str, str]
    """Outer and inner quotation marks, in pairs."""


@functools.cache
def typography(tag: str) -> Typography:
    """The typography of ``tag``."""
    text = (resources.files("workflow.languages") / f"{tag}.toml").read_text(encoding="utf-8")
    data, rules = tomllib.loads(text)["typography"], language(tag)
    months = _months(rules)
    return Typography(
        held=tuple(
            re.compile(pattern)
            for pattern in (
                _counted(rules, (*data["units"], *(f"{month}*" for month in months))),
                *_before(rules, data["before_name"]),
                *_names(rules),
                *([_day_after(months)] if data["month_first"] else []),
                *([_GROUP] if rules.group.isspace() else []),
                *(_SIGN, _LETTERS, _DASH),
            )
        ),
        ranges=re.compile(
            rf"(?<![\w.,/-])(\d{{1,2}})(-)(\d{{1,2}})"
            rf"(?={_BLANK}?[%‰]|(?:{_BLANK}|-)(?:{_any(months)}))"
        ),
        percent=data["percent"],
        spaced_hyphen=data["spaced_hyphen"],
        quotes=("".join(rules.quotes[0]), data["inner_quotes"]),
    )


def edits(text: str, rules: Typography, *, house_quotes: bool) -> Iterator[Edit]:
    """What is to be set otherwise in ``text``; no two of the edits overlap."""
    if house_quotes:
        yield from ((at, at + 1, mark) for at, mark in house_marks(text, rules.quotes))
    yield from ((*found.span(), "…") for found in _ELLIPSIS.finditer(text))
    for pattern in (rules.ranges, _YEARS):
        yield from (
            (*found.span(2), "–")
            for found in pattern.finditer(text)
            if int(found[1]) < int(found[3])
        )
    blanks = {at: HELD for at in _held(text, rules) if text[at] != HELD}
    blanks.update({found.start(): rules.percent for found in _PERCENT.finditer(text)})
    yield from ((at, at + 1, new) for at, new in blanks.items())
    if rules.spaced_hyphen:
        for found in _HYPHEN.finditer(text):
            start, end = found.span()
            if not (text[start - 1].isdigit() and text[end + 1].isdigit()):  # no difference
                yield start + 1, end, rules.spaced_hyphen


def _held(text: str, rules: Typography) -> Iterator[int]:
    for pattern in rules.held:
        yield from (found.start("blank") for found in pattern.finditer(text))
    yield from (found.start() for found in _NARROW.finditer(text))
    if rules.spaced_hyphen:
        yield from (found.start() for found in _HYPHEN.finditer(text))


def _counted(rules: Language, units: Iterable[str]) -> str:
    """A number, or "млн" behind one, and what it counts."""
    powers = _any(f"{word}." for word in rules.multipliers).replace(r"\.", r"\.?")
    short = _any(f"{word}." for word in rules.sentences.after_number)
    return (
        rf"(?:\d(?:-\w{{1,3}})?|{_ROMAN}|(?<!\w)(?:{powers}))(?P<blank>{_BLANK})"
        rf"(?=(?:{_any(units)})(?!\w)|(?:{short}))"
    )


def _before(rules: Language, names: Iterable[str]) -> Iterator[str]:
    """Abbreviations before a number and before a name, but not «2024 г. Москва»."""
    apart = rf"(?<![\w-])(?<!\d{_BLANK})(?<!\b\w\.{_BLANK})"  # nor «и т. д. 5»
    numbers = _any(rules.sentences.before_number)
    yield rf"{apart}(?i:{numbers})\.(?P<blank>{_BLANK})(?=\d|[IVXLC]+\b)"
    titles = _any({*rules.sentences.never, *names})
    yield rf"{apart}(?i:{titles})\.(?P<blank>{_BLANK})(?=[«“„\"]?[{_capitals(rules)}])"


def _names(rules: Language) -> Iterator[str]:
    """Initials and a surname, in either order."""
    capital = _capitals(rules)
    longer = _any(word.title() for word in rules.sentences.initials)
    yield rf"(?<!\w)(?:[{capital}]|{longer})\.(?P<blank>{_BLANK})(?=[{capital}])"
    endings = _any(rules.sentences.surname_endings)
    initials = rf"[{capital}]\.{_BLANK}?[{capital}]\."
    yield rf"(?<!\w)[{capital}]\w*?(?:{endings})(?P<blank>{_BLANK})(?={initials})"


def _day_after(months: Iterable[str]) -> str:
    return rf"(?<!\w)(?:{_any(months)})\.?(?P<blank>{_BLANK})(?=\d{{1,2}}(?!\d))"


def _months(rules: Language) -> tuple[str, ...]:
    widths = Locale.parse(rules.tag, sep="-").months["format"]
    names = (name for width in ("wide", "abbreviated") for name in widths[width].values())
    return tuple(dict.fromkeys(name.strip(".") for name in (*names, *rules.months)))


def _capitals(rules: Language) -> str:
    return "".join(sorted(map(str.upper, rules.alphabet))) + "A-Z"


def _any(words: Iterable[str]) -> str:
    """One of ``words``, the longest first; a star: with any letters behind."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", " ") for w in ordered)
