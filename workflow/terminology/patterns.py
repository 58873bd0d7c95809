r"""Terms that are patterns: a small language of regular expressions that cannot run away.

Letters, ``.``, ``\d \w \s``, classes, groups, ``|``, ``?`` and repeats with an end (``{2}``,
``{0,3}``). No ``*``, no ``+``, nothing that looks around or back. So the ways to match are finitely
many; they are counted while the pattern is read, and a pattern that could take more than `MOST`
steps from one place of a text is refused. What a text costs is at most that much for each of its
words, whatever stands in it.

A match begins and ends at the border of a word, a hyphenated word being one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.terminology.words import folded, without_soft_hyphens, words_of

MOST = 5000  # steps from one place of a text
LONGEST = 200  # characters of a pattern

_DEEPEST = 10  # groups within groups
_KINDS = frozenset("dws")
_REPEAT = re.compile(r"\{(\d{1,3})(?:,(\d{1,3}))?\}")
_BEGIN = r"(?<![^\W_])(?<![^\W_][-'])"
_END = r"(?![^\W_]|[-'][^\W_])"
_ENDLESS = "“{}” has no end; say how often, as {{0,20}}"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a pattern, and what it may cost."""

    regex: str = ""
    ways: int = 1
    """How many ways it can match at one place, at most."""
    steps: int = 0
    """How many characters are looked at to try them all, at most."""
    least: int = 0
    """Characters of its shortest match."""
    has_word: bool = False
    """A match may have a letter or a digit."""

    def then(self, other: _Piece) -> _Piece:
        return _Piece(
            self.regex + other.regex,
            self.ways * other.ways,
            self.steps + self.ways * other.steps,
            self.least + other.least,
            self.has_word or other.has_word,
        )

    def otherwise(self, other: _Piece) -> _Piece:
        return _Piece(
            f"{self.regex}|{other.regex}",
            self.ways + other.ways,
            self.steps + other.steps,
            min(self.least, other.least),
            self.has_word or other.has_word,
        )

    def repeated(self, low: int, high: int) -> _Piece:
        ways, steps, power = int(low == 0), 0, 1
        for number in range(1, high + 1):
            steps += power * self.steps
            power *= self.ways
            ways += power if number >= low else 0
            _refuse_costly(ways, steps)
        has_word = self.has_word and high > 0
        return _Piece(f"{self.regex}{{{low},{high}}}", ways, steps, self.least * low, has_word)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read."""

    regex: re.Pattern[str]
    steps: int
    """What it costs from one place of a text, at most."""

    def spans(self, text: Folded) -> Iterator[tuple[int, int]]:
        """Where it matches, as offsets of the text that was folded."""
        for match in self.regex.finditer(text.text):
            yield text.places[match.start()], text.places[match.end() - 1] + 1


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in which what looks the same is the same."""

    text: str
    places: Sequence[int]
    """For each of its characters, the place it had."""


def fold(text: str) -> Folded:
    """``text`` as patterns see it: words as `words_of` spells them, white space as spaces."""
    bare, places = without_soft_hyphens(text)
    chars = [" " if char.isspace() else char for char in folded(bare)]
    for word in words_of(bare):
        chars[word.start : word.end] = word.text
    return Folded("".join(chars), places)


def parse_pattern(text: str, *, case: str = "smart") -> Pattern:
    """The pattern that ``text`` spells. Raises `ValueError` that says what is wrong with it.

    ``case``: "exact", "any", or "smart": small letters stand for capitals too.
    """
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    reader = _Reader(folded(text), is_smart=case == "smart")
    whole = reader.alternatives(0)
    if not whole.least or not whole.has_word:
        raise ValueError("matches nothing that has a letter or a digit")
    flags = re.IGNORECASE if case == "any" else re.NOFLAG
    return Pattern(re.compile(f"{_BEGIN}(?:{whole.regex}){_END}", flags), whole.steps)


class _Reader:
    """One pass over a pattern, a method a level of the grammar."""

    def __init__(self, text: str, *, is_smart: bool) -> None:
        self.text = text
        self.is_smart = is_smart
        self.at = 0

    def alternatives(self, depth: int) -> _Piece:
        piece = self._sequence(depth)
        while self._next() == "|":
            self.at += 1
            piece = piece.otherwise(self._sequence(depth))
            _refuse_costly(piece.ways, piece.steps)
        if depth == 0 and self._next():
            raise ValueError("“)” closes no group")
        return piece

    def _sequence(self, depth: int) -> _Piece:
        piece = _Piece()
        while self._next() not in ("", "|", ")"):
            piece = piece.then(self._repeat(self._atom(depth)))
            _refuse_costly(piece.ways, piece.steps)
        return piece

    def _repeat(self, piece: _Piece) -> _Piece:
        mark = self._next()
        if mark not in ("?", "*", "+", "{"):
            return piece
        low, high = self._bounds(mark)
        if self._next() in ("?", "*", "+", "{") and self._next():
            raise ValueError(f"“{self._next()}” repeats a repeat; put a group around it")
        return piece.repeated(low, high)

    def _bounds(self, mark: str) -> tuple[int, int]:
        found = _REPEAT.match(self.text, self.at)
        if mark == "?":
            self.at += 1
            return 0, 1
        if found is None or mark != "{":
            raise ValueError(_ENDLESS.format(mark))
        self.at = found.end()
        low, high = int(found[1]), int(found[2] or found[1])
        if low > high or high == 0:
            raise ValueError(f"“{found[0]}” is no number of times")
        return low, high

    def _atom(self, depth: int) -> _Piece:
        char = self._take()
        if char == "(":
            return self._group(depth + 1)
        if char == "[":
            return self._class()
        if char == ".":
            return _Piece(".", 1, 1, 1, has_word=True)
        if char in "^$":
            raise ValueError(f"“{char}” is not needed: a match begins and ends with a word")
        if char in "*+?{}]":
            raise ValueError(f"“{char}” has nothing before it; a sign is written \\{char}")
        regex, has_word = self._escape() if char == "\\" else (re.escape(char), char.isalnum())
        return _Piece(self._cased(regex), 1, 1, 1, has_word)

    def _group(self, depth: int) -> _Piece:
        if depth > _DEEPEST:
            raise ValueError(f"has more than {_DEEPEST} groups within groups")
        if self.text.startswith("?:", self.at):
            self.at += 2
        elif self._next() == "?":
            raise ValueError("“(?” is not known in a pattern")
        piece = self.alternatives(depth)
        if self._take() != ")":
            raise ValueError("“(” is not closed")
        return _Piece(f"(?:{piece.regex})", piece.ways, piece.steps, piece.least, piece.has_word)

    def _class(self) -> _Piece:
        is_negative = self._next() == "^"
        self.at += is_negative
        members, has_word = [], is_negative
        while (char := self._take()) != "]":
            member, is_word = self._escape() if char == "\\" else (re.escape(char), char.isalnum())
            if self._next() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                last = self._take()
                if not (is_word and last.isalnum() and len(member) == 1 and char <= last):
                    raise ValueError(f"“{char}-{last}” is no range of letters or digits")
                member += f"-{last}"
            members.append(member)
            has_word = has_word or is_word
        if not members:
            raise ValueError("“[]” is empty")
        regex = f"[{'^' * is_negative}{''.join(members)}]"
        return _Piece(regex if is_negative else self._cased(regex), 1, 1, 1, has_word)

    def _escape(self) -> tuple[str, bool]:
        char = self._take()
        if char in _KINDS:
            return f"\\{char}", char != "s"
        if char.isalnum():
            raise ValueError(f"“\\{char}” is not known in a pattern")
        return re.escape(char), False

    def _cased(self, regex: str) -> str:
        """What stands for capitals too, where no capital is asked for."""
        is_free = self.is_smart and not any(map(str.isupper, regex))
        return f"(?i:{regex})" if is_free and any(map(str.islower, regex)) else regex

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _take(self) -> str:
        char = self._next()
        if not char:
            raise ValueError("ends in the middle")
        self.at += 1
        return char


def _refuse_costly(ways: int, steps: int) -> None:
    if max(ways, steps) > MOST:
        raise ValueError(f"can match in too many ways: more than {MOST} steps at one place")
