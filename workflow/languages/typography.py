"""What a page sets otherwise than a catalogue: blanks that hold, dashes, the ellipsis.

Catalogues keep plain blanks, which every editor can type; here they become no-break ones where a
line must not end. No letter and no digit is ever touched, and a text that is set stays as it is.

Whether a blank holds is asked of the words on its two sides. What a word is to either side is
found once and remembered: a newsroom uses the same words again and again.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.languages import language, language_data
from workflow.languages.holding import APART, ENDS_NUMBER, ONE_LETTER, Hold, holds, month_names
from workflow.languages.quote_marks import house_marks

Edit = tuple[int, int, str]
"""``text[start:end]`` becomes what stands third."""
HELD = "\N{NO-BREAK SPACE}"
_NARROW = "\N{NARROW NO-BREAK SPACE}"
_BLANKS = re.compile("[ \u00a0\u2009\u202f]")
_ELLIPSIS = re.compile(r"\.(?<![.…].)\.\.(?![.…])")
_PERCENT = ("%", "‰")
_YEARS = r"(?P<from>(?:19|20)\d\d)-(?P<to>(?:19|20)\d\d)(?![\d.,/]\d|\d|-\d)"
_REMEMBERED = 8_000  # words: those of some hundred pages


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Typography:
    """The custom of one language: ``[typography]`` of its file, and its abbreviations."""

    tag: str
    holds: tuple[Hold, ...]
    """Pairs of neighbours that a line must not part."""
    ranges: re.Pattern[str]
    """Numbers with a hyphen that are a range for certain: years, or before a month or a per-cent
    sign."""
    percent: str
    """What stands between a number and the per-cent sign."""
    spaced_hyphen: str
    """What a hyphen between blanks was meant to be; empty: it stays."""
    quotes: tuple[str, str]
    """Outer and inner quotation marks, in pairs."""


@functools.cache
def typography(tag: str) -> Typography:
    """The typography of ``tag``."""
    data, rules = language_data(tag)["typography"], language(tag)
    months = "|".join(sorted(month_names(rules), key=len, reverse=True))
    blank = _BLANKS.pattern
    return Typography(
        tag=tag,
        holds=holds(rules, data["units"], data["before_name"], day_after=data["month_first"]),
        ranges=re.compile(
            rf"(?:(?<![\w.,/-])|(?<=\.\.\.))(?:(?P<low>\d{{1,2}})-(?P<high>\d{{1,2}})"
            rf"(?={blank}?[%‰]|(?:{blank}|-)(?:{months}))|{_YEARS})"
        ),
        percent=data["percent"],
        spaced_hyphen=data["spaced_hyphen"],
        quotes=("".join(rules.quotes[0]), data["inner_quotes"]),
    )


def edits(text: str, rules: Typography, *, house_quotes: bool) -> Iterator[Edit]:
    """What is to be set otherwise in ``text``; no two of the edits overlap."""
    if house_quotes:
        yield from ((at, at + 1, mark) for at, mark in house_marks(text, rules.quotes))
    if "..." in text:
        yield from ((*found.span(), "…") for found in _ELLIPSIS.finditer(text))
    if "-" in text:
        yield from _ranges(text, rules)
    yield from _blanks(text, rules)


def _ranges(text: str, rules: Typography) -> Iterator[Edit]:
    for found in rules.ranges.finditer(text):
        low, high = ("low", "high") if found["low"] else ("from", "to")
        if int(found[low]) < int(found[high]):
            yield found.end(low), found.start(high), "–"


def _blanks(text: str, rules: Typography) -> Iterator[Edit]:
    """Blanks that hold, or go before a per-cent sign; hyphens between blanks."""
    words = _BLANKS.split(text)
    sides = [_sides(word, rules) for word in words]
    at, before = len(words[0]), 0
    for number in range(1, len(words)):
        left, right = words[number - 1], words[number]
        ends, begins = sides[number - 1][0], sides[number][1]
        if not ends and text[at] == " " and right != "-":  # most blanks
            before = 0
            at += 1 + len(right)
            continue
        if before & (ENDS_NUMBER | ONE_LETTER):  # «2024 г. Москва», «и т. д. 5»
            ends &= ~APART
        before = ends
        is_dash = right == "-" and left and "".join(words[number + 1 : number + 2])
        if right.startswith(_PERCENT) and ends & ENDS_NUMBER:
            new = rules.percent
        elif ends & begins or text[at] == _NARROW or (is_dash and rules.spaced_hyphen):
            new = HELD
        else:
            new = text[at]
        if new != text[at]:
            yield at, at + 1, new
        at += 1 + len(right)
        if is_dash and rules.spaced_hyphen and not _is_difference(left, words[number + 1]):
            yield at - 1, at, rules.spaced_hyphen


def _is_difference(left: str, right: str) -> bool:
    return left[-1].isdigit() and right[0].isdigit()


@functools.lru_cache(_REMEMBERED)
def _sides(word: str, rules: Typography) -> tuple[int, int]:
    """What ``word`` is to the blank behind it, and to the one before it."""
    return (
        sum(hold.kind for hold in rules.holds if hold.left.search(word)),
        sum(hold.kind for hold in rules.holds if hold.right.match(word)),
    )
