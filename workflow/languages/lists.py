"""Items of a list that stand in one block: "1. Text 2. Text", "a) …; b) …", "• … • …".

A mark begins an item when it begins a line, when it follows a semicolon ("…; 2) …"), or when it is
the next in a run that began where a sentence does.
"""

from __future__ import annotations

import re

_HINTS = ("\n", "1.", "1)", "a)", "a.)", "A)", "i)", "а)", "А)", "2)", "•", "⁃")
_ITEM = re.compile(
    r"(?:\A|(?<=\s))(?:"
    r"(?P<bullet>[•⁃▪●◦])\s?(?:\d{1,2}[.)])?"
    r"|(?P<dash>[*–—-])(?=\s)"
    r"|(?P<open>\(?)(?P<label>\d{1,2}|[^\W\d_]|[ivx]{2,4})(?P<close>\.\)|[.)])"
    r")\s?(?=[^\W_])"
)
_FIRST = frozenset({"1", "a", "A", "i", "а", "А"})
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi")
_REACH = 600  # characters in which the next item of a run must begin


def items(text: str) -> list[tuple[int, int]]:
    """Spans of the items of a block; one span, the whole block, when it is no list."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start >= end:
        return []
    if not any(hint in text for hint in _HINTS):
        return [(start, end)]
    spans = []
    for at in [*_cuts(text, start, end), end]:
        spans.append((start, start + len(text[start:at].rstrip())))
        start = at
    return spans


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where items begin, beyond the start of the block."""
    cuts: set[int] = set()
    runs: dict[str, tuple[str, int]] = {}
    for found in _ITEM.finditer(text, start, end):
        at, label = found.start(), found["label"] or ""
        style = found["bullet"] or found["dash"] or f"{found['open']}{found['close']}"
        last, where = runs.get(style, ("", -_REACH))
        before = text[max(start, at - 8) : at]
        if at - where < _REACH and _follows(label, last, found):
            cuts.update((where, at))
        elif _begins_here(before, found):
            cuts.add(at)
        elif not _may_begin_run(before, label):
            continue
        runs[style] = (label, at)
    return sorted(cuts - {start})


def _begins_here(before: str, found: re.Match[str]) -> bool:
    """Whether an item begins at a mark whatever comes later: on a line of its own, or after ";"."""
    stop = before.rstrip()[-1:]
    if "\n" in before[len(before.rstrip()) :]:
        return found["dash"] in {None, "*"} or stop in ".:;,"
    return stop == ";" and found["close"] == ")"


def _may_begin_run(before: str, label: str) -> bool:
    stop = before.rstrip()[-1:]
    return not stop or (label in _FIRST and stop in ".!?…")


def _follows(label: str, last: str, found: re.Match[str]) -> bool:
    """Whether ``label`` is the next after ``last`` (bullets have none, and follow each other)."""
    if found["dash"] or (found["close"] == "." and not label.isdigit()):
        return False  # a dash, or an initial, is also something else
    if not last or not label:
        return last == label
    if label.isdigit() and last.isdigit():
        return int(label) == int(last) + 1
    if label in _ROMAN and last in _ROMAN and _ROMAN.index(label) == _ROMAN.index(last) + 1:
        return True
    return len(last) == len(label) == 1 and ord(label) == ord(last) + 1
