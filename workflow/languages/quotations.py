"""Quotations and brackets that belong to one sentence, and must not be cut.

A quotation belongs to the sentence that goes on after it: “A. B,” said X; X: «А. Б», — сказал Y.
So does one that the words of the author interrupt: «А? – спросила она. – Б». A quotation that
stands by itself is sentences like any other.
"""

from __future__ import annotations

import re

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"', "(": ")", "[": "]"}
_SIGN = re.compile(r"[“”«»„‘’\"()\[\]]")
_LONGEST = 600  # characters; beyond it a lost closing mark is likelier than a quotation
_DEEPEST = 8  # more opened and never closed is no quotation
_BEFORE_STRAIGHT = " \t\n\u00a0([«“—–-"  # after one of these a straight mark opens
_GOES_ON = re.compile(r"(?:\s?[—–-]+)?\s?(\(?\w)|[,;:]")
_OWN_STOP = re.compile(r"[.!?…]+(?=\s|\Z)")
_INTERRUPTED = re.compile(r"[!?,…]\s{0,2}[–—-]{1,2}\s+([^\W\d_])")


class Kept:
    """The quotations of ``text[start:end]`` that no sentence ends inside of."""

    def __init__(self, text: str, start: int, end: int):
        outermost: list[tuple[int, int]] = []
        for opened, closed in _pairs(text, start, end):
            if _is_kept(text, opened, closed, start):
                while outermost and outermost[-1][0] > opened:
                    outermost.pop()
                outermost.append((opened, closed))
        self._spans = outermost[::-1]

    def hold(self, at: int, end: int) -> bool:
        """Whether one of them holds the mark ``text[at:end]``; asked in the order of the text."""
        while self._spans and self._spans[-1][1] <= at:
            self._spans.pop()
        return bool(self._spans) and self._spans[-1][0] < at and end < self._spans[-1][1]


def _pairs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans from an opening sign to its partner, inner ones first."""
    waiting: list[tuple[str, int]] = []
    pairs = []
    for found in _SIGN.finditer(text, start, end):
        sign, at = found[0], found.start()
        if sign == "’" and text[at + 1 : at + 2].isalnum():
            continue  # an apostrophe
        opens_straight = sign == '"' and not text[max(0, at - 1) : at].strip(_BEFORE_STRAIGHT)
        opened = -1 if opens_straight else _partner(waiting, sign)
        if opened >= 0:
            pairs.append((waiting[opened][1], at + 1))
            del waiting[opened:]
        elif sign in _PAIRS:
            waiting = [*waiting[-_DEEPEST:], (sign, at)]
    return [(a, b) for a, b in pairs if b - a <= _LONGEST]


def _partner(waiting: list[tuple[str, int]], sign: str) -> int:
    """Index of the innermost waiting sign that ``sign`` closes; -1 when there is none."""
    for index in range(len(waiting) - 1, -1, -1):
        if sign in _PAIRS[waiting[index][0]]:
            return index
    return -1


def _is_kept(text: str, opened: int, closed: int, start: int) -> bool:
    goes_on = _GOES_ON.match(text, closed)
    if goes_on and (not goes_on[1] or goes_on[1].lstrip("(").islower()):
        return True
    interrupted = _INTERRUPTED.search(text, opened, closed)
    if text[opened] == "[" or (interrupted and interrupted[1].islower()):
        return True
    # «А. Б». has its full stop outside: the sentence that introduced it ends only there.
    before = text[max(start, opened - 3) : opened].rstrip()
    return before != "" and before[-1] not in ".!?…" and bool(_OWN_STOP.match(text, closed))
