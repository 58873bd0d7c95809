"""Quotation marks in the house's style, where it is certain which opens and which closes."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARK = re.compile('[«»“”„"]')
_CLOSES = {"«": "»", "“": "”", "„": "“”", '"': '"'}
_OPENERS = " \t\n\u00a0\u202f\u2009([{«“„‘—–-/"
"""What may stand before a mark that opens."""


def house_marks(text: str, pairs: Sequence[str]) -> list[tuple[int, str]]:
    """(offset, mark) for every mark that ought to be another; ``pairs`` are outer and inner.

    Nothing where a mark has no partner: a quotation that goes on in the next block, an inch.
    Apostrophes and single marks stay as they are.
    """
    open_marks: list[str] = []
    found: list[tuple[int, str]] = []
    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        if open_marks and mark in _CLOSES[open_marks[-1]] and not _opens(text, at):
            open_marks.pop()
            found.append((at, pairs[len(open_marks) % 2][1]))
        elif mark in "«„" or (mark in '“"' and _opens(text, at)):
            found.append((at, pairs[len(open_marks) % 2][0]))
            open_marks.append(mark)
        else:
            return []
    return [] if open_marks else [(at, mark) for at, mark in found if text[at] != mark]


def _opens(text: str, at: int) -> bool:
    """Whether a mark that looks both ways stands before a word and after none."""
    if text[at] in "»”":
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or before in _OPENERS) and bool(after) and not after.isspace()
