"""Where the keys and values of a TOML text stand, which tomllib does not say.

Only for a text that tomllib has read: what is wrong with it is not looked for here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from itertools import accumulate, pairwise

Place = tuple[str | int, ...]
"""Keys and numbers that lead to a value: ("concept", 0, "terms", "ru", 1, "status")."""

_TEXT = r"""\"{3}(?:\\.|[^\\])*?\"{3,5}(?!\") | '{3}.*?'{3,5}(?!')
    | "(?:\\.|[^"\\\n])*" | '[^'\n]*'"""
_STRING = re.compile(rf"\#[^\n]* | {_TEXT}", re.VERBOSE | re.DOTALL)
_TOKEN = re.compile(
    rf"""[ \t\r]+ | \#[^\n]* | (?P<text>{_TEXT})
    | (?P<mark>[\[\]{{}},=.\n]) | (?P<bare>[^\s\[\]{{}},=.\#"']+)""",
    re.VERBOSE | re.DOTALL,
)
_Token = tuple[str, str, int]
"""(kind, text, line)."""


def lines_in(text: str, wanted: Iterable[Place], *, table: str) -> Mapping[Place, int]:
    """The line that each of the places begins on; of one that is not there, of what it would be in.

    ``table`` names the list of tables that the text is made of: those asked for are read again.
    """
    wanted = list(wanted)
    heads = heads_of(text, table)
    numbers = [place[1] for place in wanted if len(place) > 1 and isinstance(place[1], int)]
    if not heads or max(numbers, default=0) >= len(heads):  # the tables are written otherwise
        whole = _Scan(text).lines
        return {place: _line_of(whole, place) for place in wanted}
    ends = (*heads[1:], len(text))
    begins = list(
        accumulate((text.count("\n", *span) for span in pairwise((0, *heads))), initial=1)
    )
    read: dict[int, Mapping[Place, int]] = {}
    found = {}
    for place in wanted:
        number = place[1] if place[0] == table and len(place) > 1 else None
        if not isinstance(number, int):
            found[place] = _line_outside(text[: heads[0]], text, place)
        elif len(place) == 2:
            found[place] = begins[number + 1]
        else:
            if number not in read:
                read[number] = _Scan(text[heads[number] : ends[number]]).lines
            inside = _line_of(read[number], (table, 0, *place[2:]))
            found[place] = begins[number + 1] + inside - 1
    return found


def heads_of(text: str, table: str) -> list[int]:
    """Where each ``[[table]]`` begins; a look-alike within a text of several lines is none."""
    if '"""' in text or "'''" in text:
        text = _STRING.sub(_blank, text)
    mark = rf"^[ \t]*\[\[[ \t]*([\"']?){re.escape(table)}\1[ \t]*\]\]"
    return [found.start() for found in re.finditer(mark, text, re.MULTILINE)]


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _line_outside(before: str, text: str, place: Place) -> int:
    """The line of a key that is in no ``[[table]]``."""
    lines = _Scan(before).lines
    if place[:1] in lines:
        return _line_of(lines, place)
    key = re.escape(str(place[0]))
    found = re.search(rf"^[ \t]*\[+[ \t]*[\"']?{key}[\"']?[ \t]*[\].]", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _line_of(lines: Mapping[Place, int], place: Place) -> int:
    """The line of ``place``. What is the only item of a list may stand without the list."""
    while place and place not in lines:
        numbers = [at for at, key in enumerate(place) if isinstance(key, int)]
        alone = place[: numbers[-1]] + place[numbers[-1] + 1 :] if numbers else place
        place = alone if alone in lines else place[:-1]
    return lines.get(place, 1)


class _Scan:
    """One pass over the tokens."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}
        """How many tables each list of tables has so far."""
        self.tokens = _tokens(text)
        self.at = 0
        table: Place = ()
        while self._kind():
            if self._text() == "\n":
                self.at += 1
            elif self._text() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Place:
        line = self._line()
        self.at += 1
        is_list = self._text() == "["
        self.at += is_list
        *before, last = self._keys()
        self.at += 1 + is_list
        place: Place = ()
        for key in before:
            place = self._latest((*place, key))
        place = (*place, last)
        if is_list:
            self.counts[place] = self.counts.get(place, -1) + 1
            self.lines.setdefault(place, line)
            place = (*place, self.counts[place])
        self.lines.setdefault(place, line)
        return place

    def _latest(self, place: Place) -> Place:
        return (*place, self.counts[place]) if place in self.counts else place

    def _pair(self, table: Place) -> None:
        line, place = self._line(), table
        for key in self._keys():
            place = (*place, key)
            self.lines.setdefault(place, line)
        self.at += 1  # the equals sign
        self._value(place)

    def _keys(self) -> list[str]:
        keys = [self._key()]
        while self._text() == ".":
            self.at += 1
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        kind, text = self._kind(), self._text()
        self.at += 1
        return str(tomllib.loads(f"k = {text}")["k"]) if kind == "text" else text

    def _value(self, place: Place) -> None:
        opening = self._text()
        if opening == "[":
            self.at += 1
            self._items(place)
        elif opening == "{":
            self.at += 1
            while self._text() != "}":
                if self._text() in (",", "\n"):
                    self.at += 1
                else:
                    self._pair(place)
            self.at += 1
        else:
            while self._kind() and self._text() not in (",", "]", "}", "\n"):
                self.at += 1

    def _items(self, place: Place) -> None:
        number = 0
        while self._text() != "]":
            if self._text() in (",", "\n"):
                self.at += 1
                continue
            self.lines[(*place, number)] = self._line()
            self._value((*place, number))
            number += 1
        self.at += 1

    def _kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def _text(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _line(self) -> int:
        return self.tokens[self.at][2]


def _tokens(text: str) -> list[_Token]:
    tokens, line = [], 1
    for found in _TOKEN.finditer(text):
        if found.lastgroup:
            tokens.append((found.lastgroup, found[0], line))
        line += found[0].count("\n")
    return tokens
