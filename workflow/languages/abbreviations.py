"""Whether the full stop of an abbreviation or an initial ends the sentence too."""

from __future__ import annotations

import re
from typing import NamedTuple

from workflow.languages import SentenceRules

_NAME = re.compile(r"(?:[^\W\d_]{1,4}\.\s?-?)*[^\W\d_]+[°º]?\s?\Z|№\s?\Z")
_COUNTED = re.compile(r"(?:\d|(?<!\w)[IVXLCХ]+)\s?[-–]?(?:[^\W\d_]{1,2}/)?\Z")
_NEXT = re.compile(r"([^\w\s]?[\s\W]{0,8})(\w+)(\.?)(?:[^\w\s]{0,2}\s(\w+))?")
_NUMERAL = re.compile(r"\d|[IVXLC]+\b")
_NUMBER = re.compile(r"\d|\b[IVXLC]+\b")
_LONGEST_TIME = 5  # words
_YEAR = re.compile(r"\d{4}\Z")
_LAST_WORD = re.compile(r"(\w+)\s?\Z")
_PREDICATE = re.compile(r"\s[–—-]\s+[^\W\d]\w+\s\Z")  # "… – Бишкек "
_DASHES = ("—", "–", "-")
_APART = ("(", *_DASHES)
_APOSTROPHES = ("'", "’")


class Following:
    """What comes after a mark: the next word, what stands before it, and the word after it."""

    __slots__ = ("dot", "gap", "second", "start", "word")

    def __init__(self, text: str, at: int):
        found = _NEXT.match(text, at)
        gap, self.word, self.dot, self.second = found.groups("") if found else ("", "", "", "")
        self.gap = gap.strip()[:1]
        self.start = found.start(2) if found else at

    def opens(self, rules: SentenceRules) -> bool:
        """Whether the word is one that often opens a sentence, and no initial."""
        if not self.word[:1].isupper() or (len(self.word) == 1 and self.dot):
            return False
        return self.word.lower() in rules.openers and self.gap not in _DASHES

    def ends(self, rules: SentenceRules) -> bool:
        """Whether a sentence that may have ended has: not so "Inc. (…)", "5 p.m. Astana time"."""
        return self.opens(rules) or not (
            self.gap in _APART
            or self.word.lower() in rules.never_open
            or self.second in rules.never_open
        )


class _Shape(NamedTuple):
    """An abbreviation, the last of its parts, what stands before it, and whether that is all of
    the sentence so far."""

    name: str
    last: str
    before: str
    begins: bool

    def is_time(self, rules: SentenceRules) -> bool:
        """Whether the sentence has nothing but its time yet: "At 5 p.m.", «В 2024 г.»."""
        words = self.before.split()
        return (
            self.begins
            and 0 < len(words) <= _LONGEST_TIME
            and _NUMBER.search(self.before) is not None
            and (words[0].lower() in rules.leads or words[0][0].isdigit())
        )


def ends(window: str, begins: bool, following: Following, rules: SentenceRules) -> bool:
    """Whether the full stop after ``window`` ends a sentence, which the window may begin."""
    found = _NAME.search(window)
    if found is None:
        return True
    name, before = "".join(found[0].split()), window[: found.start()]
    last = name.rpartition(".")[2].lstrip("-")
    is_initial = len(last) == 1 and last.isupper()
    if before.endswith(_APOSTROPHES) or (is_initial and _is_glued(before)):
        return True  # 1990's, Objective-C, 40°C
    keys = _keys(name, last)
    shape = _Shape(name, last, before, begins)
    if _COUNTED.search(before):
        if keys & rules.before_number or keys & rules.after_number:
            return _ends_after_number(keys, following, rules, shape)
    elif _NUMERAL.match(following.word) and keys & rules.before_number:
        return False
    if is_initial and name == last:
        keys = set()  # В. is an initial, в. a century
    return _ends_by_class(keys, following, rules, shape)


def _is_glued(before: str) -> bool:
    return before[-1:].isdigit() or before[-1:] in {"-", "°", "º"}


def _ends_by_class(
    keys: set[str], following: Following, rules: SentenceRules, shape: _Shape
) -> bool:
    if keys & rules.never:
        return False
    if keys & rules.before_capital:
        return _may_end(following, rules, shape)
    if keys & rules.before_opener or _is_short(shape, rules):
        return _ends_before(shape, following, rules)
    return not keys & rules.after_number or following.ends(rules)


def _may_end(following: Following, rules: SentenceRules, shape: _Shape) -> bool:
    return following.opens(rules) or (following.ends(rules) and not shape.is_time(rules))


def _keys(name: str, last: str) -> set[str]:
    """What to look up: "т.д" and "д"; of letters in a row, only the first may become small."""
    if "." not in name:
        return {name.lower()}
    whole = {name, name[0].lower() + name[1:]}
    return whole | {last.lower()} if len(last) > 1 or last.islower() else whole


def _ends_after_number(
    keys: set[str], following: Following, rules: SentenceRules, shape: _Shape
) -> bool:
    """Of a unit or a year: "5 kg. It", "5 ft. 3 in.", "2023 ж. 15 қыркүйекте"."""
    if following.word[:1].isdigit():
        if keys & rules.before_number:
            return _YEAR.match(following.word) is not None  # "1898 ж. 1854 жылы"
        if following.second.lower() in rules.after_number:
            return False
    if keys & rules.after_number:
        return _may_end(following, rules, shape)
    return following.opens(rules)


def _is_short(shape: _Shape, rules: SentenceRules) -> bool:
    """An initial, or parts of one or two letters: A.I, Yu, Дж, к.п.н."""
    name, last = shape.name, shape.last
    if len(name) == 1 and name in rules.openers and name not in rules.known:
        return False  # a word of one letter
    if len(last) == 1 or (last.lower() in rules.initials and last[0].isupper()):
        return True
    return "." in name and all(len(part) <= 2 for part in name.split("."))


def _ends_before(shape: _Shape, following: Following, rules: SentenceRules) -> bool:
    """Whether the sentence ends after what seldom ends one: before an opener, or by its shape."""
    if following.opens(rules) or not following.word:
        return True
    name, before = shape.name, shape.before
    is_single = len(name) == 1 and name.isupper()
    if _PREDICATE.search(before) and not is_single:
        return True  # "– Бишкек қ. Өкілдігі": nothing follows a nominal predicate
    surname = _LAST_WORD.search(before)
    return (
        "." in name
        and surname is not None
        and surname[1][0].isupper()
        and surname[1].endswith(rules.surname_endings)
        and not following.word.endswith(rules.surname_endings)
    )  # "Khrapov A.I. The …": the initials of the surname before them
