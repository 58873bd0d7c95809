"""Which neighbours a line must not part: a number and its unit, initials and a surname."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntFlag, auto
from typing import NamedTuple

from babel import Locale

from workflow.languages import Language


class _Kind(IntFlag):
    COUNTED = auto()
    NUMBERED = auto()
    TITLE = auto()
    INITIAL = auto()
    SURNAME = auto()
    SIGN = auto()
    LETTERS = auto()
    DAY = auto()
    GROUP = auto()
    DASH = auto()
    NUMBER = auto()


ENDS_NUMBER = int(_Kind.NUMBER)
"""The word ends with a digit."""
ONE_LETTER = int(_Kind.LETTERS)
"""The word is one letter and a full stop."""
APART = int(_Kind.NUMBERED | _Kind.TITLE)
"""Kinds that do not count behind a number or behind one letter."""
_NEVER = "(?!)"
_ROMAN = r"(?<!\w)[IVXLC]+"


class Hold(NamedTuple):
    """A blank holds where ``left`` is found at the end of one word and ``right`` in the next."""

    kind: int
    left: re.Pattern[str]
    right: re.Pattern[str]


def holds(
    rules: Language, units: Sequence[str], before_name: Sequence[str], *, day_after: bool
) -> tuple[Hold, ...]:
    """The pairs of one language.

    ``units`` are counted or measured and need no full stop (a star: words that begin so), beside
    the abbreviations of `SentenceRules`; ``before_name`` are abbreviations before a name, beside
    its ``never``; ``day_after``: the day stands behind its month.
    """
    months = month_names(rules)
    pairs = [
        (_Kind.COUNTED, *_counted(rules, (*units, *(f"{month}*" for month in months)))),
        *_before(rules, before_name),
        *_names(rules),
        (_Kind.SIGN, r"[№§]\Z", r"\w"),
        (_Kind.LETTERS, r"(?<!\w)[^\W\d_]\.\Z", r"[^\W\d_]{1,2}\."),
        (_Kind.DASH, r"\S\Z", r"[—–](?:\s|\Z)"),
        (_Kind.NUMBER, r"\d\Z", _NEVER),
    ]
    if day_after:
        pairs.append((_Kind.DAY, rf"(?<!\w)(?:{_any(months)})\.?\Z", r"\d{1,2}(?!\d)"))
    if rules.group.isspace():
        pairs.append((_Kind.GROUP, r"(?<!\d)\d{1,3}\Z", r"\d{3}(?!\d)"))
    return tuple(Hold(int(kind), re.compile(a), re.compile(b)) for kind, a, b in pairs)


def month_names(rules: Language) -> tuple[str, ...]:
    """Months as they stand in a date, whole and short."""
    tables = Locale.parse(rules.tag, sep="-").months["format"]
    names = (name for width in ("wide", "abbreviated") for name in tables[width].values())
    return tuple(dict.fromkeys(name.strip(".") for name in (*names, *rules.months)))


def _counted(rules: Language, units: Iterable[str]) -> tuple[str, str]:
    """A number, or "млн" behind one, and what it counts."""
    powers = _any(rules.multipliers)
    short = _any(f"{word}." for word in rules.sentences.after_number)
    left = rf"(?:\d(?:-\w{{1,3}})?|{_ROMAN}|(?<!\w)(?:{powers})\.?)\Z"
    return left, rf"(?:{_any(units)})(?!\w)|(?:{short})"


def _before(rules: Language, names: Iterable[str]) -> Iterator[tuple[_Kind, str, str]]:
    """Abbreviations before a number and before a name."""
    numbers = _any(rules.sentences.before_number)
    yield _Kind.NUMBERED, rf"(?<![\w-])(?i:{numbers})\.\Z", r"\d|[IVXLC]+\b"
    titles = _any({*rules.sentences.never, *names})
    yield _Kind.TITLE, rf"(?<![\w-])(?i:{titles})\.\Z", rf"[«“„\"]?[{_capitals(rules)}]"


def _names(rules: Language) -> Iterator[tuple[_Kind, str, str]]:
    """Initials and a surname, in either order."""
    capital = _capitals(rules)
    longer = _any(word.title() for word in rules.sentences.initials)
    yield _Kind.INITIAL, rf"(?<!\w)(?:[{capital}]\.-?)*(?:[{capital}]|{longer})\.\Z", f"[{capital}]"
    endings = _any(rules.sentences.surname_endings)
    yield (
        _Kind.SURNAME,
        rf"(?<!\w)[{capital}]\w*(?:{endings})\Z",
        rf"[{capital}]\.(?:[{capital}]\.|\Z)",
    )


def _capitals(rules: Language) -> str:
    return "".join(sorted(map(str.upper, rules.alphabet))) + "A-Z"


def _any(words: Iterable[str]) -> str:
    """One of ``words``, the longest first; a star: with any letters behind."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in ordered)
