"""Where the characters of a text stand in a PO file."""

from __future__ import annotations

import re
from collections.abc import Sequence

Place = tuple[int, int, int]
"""Line, column, and the column behind the character: all from 1, in characters."""

_KEYWORD = re.compile(r"(?:#~)?\s*msg\w+(?:\[\d+\])?\s*(?=\")")
_CONTINUED = re.compile(r"(?:#~)?\s*(?=\")")
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"\s*$")
_CHARACTER = re.compile(r"\\(?P<numeric>[0-7x])?.|[^\\]")


def places(lines: Sequence[str], first: int) -> list[Place]:
    """The places of the characters of the text whose keyword is on line ``first``.

    Empty for a text with numeric escapes, several of which may be one character.
    """
    found: list[Place] = []
    opening = _KEYWORD
    for number in range(first, len(lines) + 1):
        line = lines[number - 1]
        begin = opening.match(line)
        string = _STRING.match(line, begin.end()) if begin else None
        if string is None:
            break
        for character in _CHARACTER.finditer(line, *string.span(1)):
            if character["numeric"]:
                return []
            found.append((number, character.start() + 1, character.end() + 1))
        opening = _CONTINUED
    return found
