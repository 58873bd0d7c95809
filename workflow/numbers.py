"""Numbers as people write them, in the languages of the newsroom, read by value."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workflow.languages import Language

CLOCK = re.compile(r"(?<![\d.,:])([01]?\d|2[0-3])[.:]([0-5]\d)(?!\d|[.:,]\d)")
"""A time of day: 9.30, 14:00."""

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009' ]\d+)*")
_GROUP_BLANKS = " \u00a0\u202f\u2009"
_WORD = re.compile(r"[\s\u00a0]*([^\W\d_]+)")
_WORDS = re.compile(r"[^\W\d_]+")
_HUNDRED = 100
_SHORT = 2  # letters: "k" begins too many words


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where its digits stand: ``text[start:end]``."""

    value: Decimal
    """With the "thousand" or "млн" behind it."""
    start: int
    end: int
    plain: bool
    """Written as its language writes numbers."""
    power: int = 0
    """Of ten, that the word behind it says."""
    places: int = 0
    """Digits behind the decimal mark, as written."""
    grouped: bool = False
    """Written in groups of three digits."""


def find_numbers(text: str, language: Language) -> list[Number]:
    """Every number of ``text``, in order."""
    found = []
    for match in _NUMBER.finditer(text):
        for start, end in _parts(match, language):
            written = text[start:end]
            value, plain = _value(written, language)
            word = _WORD.match(text, end)
            power = _power(word[1], language.multipliers) if word else 0
            whole, _, places = written.partition(language.decimal)
            grouped = not whole.isdigit()
            total = value * (10**power)
            found.append(Number(total, start, end, plain, power, len(places), grouped))
    return found


def spelled(text: str, language: Language) -> set[Decimal]:
    """Values that the text may spell in words: three, sixteen, триста тысяч, үч жүз миң."""
    words = [word.lower() for word in _WORDS.findall(text)]
    values = [_value_of(word, language) for word in words]
    found: set[Decimal] = set()
    for begin, first in enumerate(values):
        if first is None:
            continue
        total, current = 0, 0
        for word, value in zip(words[begin:], values[begin:], strict=True):
            power = _power(word, language.multipliers)
            if value is not None:
                current = current * value if value == _HUNDRED and current else current + value
            elif power:
                total, current = total + current * 10**power, 0
            else:
                break
            found.add(Decimal(total + current).normalize())
    return found


def write_number(
    value: Decimal, language: Language, *, places: int, grouped: bool, blank: str = " "
) -> str:
    """``value`` in the digits of a language, with ``places`` behind the decimal mark.

    ``blank`` is what stands between groups where the language writes a space.
    """
    whole, _, rest = f"{value:.{places}f}".partition(".")
    if grouped:
        mark = blank if language.group.isspace() else language.group
        whole = f"{int(whole):,}".replace(",", mark)
    return f"{whole}{language.decimal}{rest}" if rest else whole


def _parts(match: re.Match[str], language: Language) -> Iterator[tuple[int, int]]:
    """A run of digits and separators, cut where it is not one number: dates, lists, versions."""
    start, end = match.span()
    text = match[0]
    if text.isdecimal() or _grouped(language).fullmatch(text):
        yield start, end
        return
    at = 0
    for piece in re.split(rf"([{_GROUP_BLANKS}])", text):
        if piece.strip(_GROUP_BLANKS):
            if _grouped(language).fullmatch(piece) or re.fullmatch(r"\d+[.,]\d+", piece):
                yield start + at, start + at + len(piece)
            else:
                for digits in re.finditer(r"\d+", piece):
                    yield start + at + digits.start(), start + at + digits.end()
        at += len(piece)


@functools.cache
def _grouped(language: Language) -> re.Pattern[str]:
    blanks = f"[{_GROUP_BLANKS}]"
    group = blanks if language.group.isspace() else f"(?:{re.escape(language.group)}|{blanks})"
    return re.compile(rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{re.escape(language.decimal)}\d+)?")


def _value(written: str, language: Language) -> tuple[Decimal, bool]:
    if written.isdecimal():
        return Decimal(written).normalize(), True
    if _grouped(language).fullmatch(written):
        bare = re.sub(rf"[{_GROUP_BLANKS}]", "", written)
        if not language.group.isspace():
            bare = bare.replace(language.group, "")
        return Decimal(bare.replace(language.decimal, ".")).normalize(), True
    # 61.5 in a language that writes 61,5: a value that no number of the source will have
    return Decimal(re.sub(r"[.,]", "", written) + "e-9"), False


def _power(word: str, multipliers: Mapping[str, int]) -> int:
    lowered = word.lower()
    return next(
        (
            power
            for stem, power in multipliers.items()
            if (lowered.startswith(stem) if len(stem) > _SHORT else lowered == stem)
        ),
        0,
    )


@functools.lru_cache(maxsize=65536)
def _value_of(word: str, language: Language) -> int | None:
    """What a word begins to spell; of two stems the longer: шесть, шестнадцать."""
    stems = [stem for stem in language.number_words if word.startswith(stem)]
    return language.number_words[max(stems, key=len)] if stems else None
