"""Where GNU gettext breaks a long line, so that our lines are the ones a translator's tool writes.

gettext lets libunistring find the break opportunities (UAX #14, with the pair table below) in the
escaped text and fills lines greedily. ``linebreaks.txt`` holds the classes of Unicode 14.0; tests
and ``benchmarks/catalogues.py`` compare the result with msgcat's own.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from importlib import resources

_PAIRS = {
    # UAX #14 pair table, columns in the order of the rows: _ break, % break only where a space
    # is between, ^ no break. OPW is an opening bracket of East Asian width.
    "OP": "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^%^",
    "CL": "_^^%%^^^^%%____%%%__^________%_",
    "CP": "_^^%%%^^^%%%%%_%%%__^________%_",
    "QU": "^^^%%%^^^%%%%%%%%%%%^%%%%%%%%%^",
    "GL": "%^^%%%^^^%%%%%%%%%%%^%%%%%%%%%%",
    "NS": "_^^%%%^^^______%%%__^________%_",
    "EX": "_^^%%%^^^______%%%__^________%_",
    "SY": "_^^%%%^^^__%_%_%%%__^________%_",
    "IS": "_^^%%%^^^__%___%%%__^________%_",
    "PR": "%^^%%%^^^__%%%%%%%__^%%%%%_%%%%",
    "PO": "%^^%%%^^^__%%%_%%%__^________%%",
    "NU": "%^^%%%^^^%%%%%_%%%__^________%_",
    "AL": "%^^%%%^^^%%%%%_%%%__^________%_",
    "HL": "%^^%%%^^^%%%%%_%%%__^________%_",
    "ID": "_^^%%%^^^_%____%%%__^________%_",
    "IN": "_^^%%%^^^______%%%__^________%_",
    "HY": "_^^%_%^^^__%___%%%__^________%_",
    "BA": "_^^%_%^^^______%%%__^________%_",
    "BB": "%^^%%%^^^%%%%%%%%%%%^%%%%%%%%%%",
    "B2": "_^^%%%^^^______%%%_^^________%_",
    "WJ": "%^^%%%^^^%%%%%%%%%%%^%%%%%%%%%%",
    "H2": "_^^%%%^^^_%____%%%__^___%%___%_",
    "H3": "_^^%%%^^^_%____%%%__^____%___%_",
    "JL": "_^^%%%^^^_%____%%%__^%%%%____%_",
    "JV": "_^^%%%^^^_%____%%%__^___%%___%_",
    "JT": "_^^%%%^^^_%____%%%__^____%___%_",
    "RI": "_^^%%%^^^______%%%__^_____%__%_",
    "EB": "_^^%%%^^^_%____%%%__^_______%%_",
    "EM": "_^^%%%^^^_%____%%%__^________%_",
    "ZWJ": "%^^%%%^^^%%%%%%%%%%%^%%%%%%%%%%",
    "OPW": "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^%^",
}
_ORDER = list(_PAIRS)
_TABLE = {
    (before, after): rule
    for before, row in _PAIRS.items()
    for after, rule in zip(_ORDER, row, strict=True)
}
_JOINING = ("CM", "ZWJ")
_ESCAPED = re.compile(r"\\.")


def wrap(escaped: str, *, width: int, start: int = 0) -> list[str]:
    """``escaped`` in pieces of at most ``width`` columns, where words allow it.

    ``start`` is the column of the first piece. Joining the pieces gives the text back.
    """
    if start + len(escaped) * 2 <= width:
        return [escaped]
    pieces: list[str] = []
    begin, last, column, piece = 0, 0, start, 0
    for at, (char, rule) in enumerate(zip(escaped, _breaks(escaped), strict=True)):
        if rule != "^" and last and column + piece > width:
            pieces.append(escaped[begin:last])
            begin, column = last, 0
        if rule == "!":
            last, column, piece = 0, 0, 0
            continue
        if rule == "_":
            last, column, piece = at, column + piece, 0
        piece += _columns(char)
    if last and column + piece > width:
        pieces.append(escaped[begin:last])
        begin = last
    return [*pieces, escaped[begin:]]


def _breaks(escaped: str) -> Iterator[str]:
    """For each character: may a line break before it? ``_`` yes, ``^`` no, ``!`` it is one."""
    fixed = {found.start() + 1 for found in _ESCAPED.finditer(escaped)}
    if escaped.endswith("\\n") and len(escaped) - 1 in fixed:
        fixed.add(len(escaped) - 2)
    last, spaced, flags = "BK", False, 0
    for at, char in enumerate(escaped):
        kind = _kind(char)
        rule = "!" if kind == "BK" else _rule(last, kind, spaced=spaced, flags=flags)
        yield "^" if at in fixed else rule
        flags = flags + 1 if kind == "RI" else 0
        if kind == " ":
            spaced = True
        elif kind not in _JOINING or spaced or last in ("BK", "ZW"):
            last, spaced = ("AL" if kind in _JOINING else kind), False
        elif kind == "ZWJ":
            last = "ZWJ"


def _rule(last: str, kind: str, *, spaced: bool, flags: int) -> str:
    if kind in (" ", "ZW") or last == "BK":
        return "^"
    if last == "ZW":
        return "_"
    if kind in _JOINING:
        return "_" if spaced else "^"
    if last == kind == "RI" and not spaced:
        return "^" if flags % 2 else "_"
    rule = _TABLE[last, kind]
    return "_" if rule == "%" and spaced else "^" if rule == "%" else rule


@functools.cache
def _kind(char: str) -> str:
    """The line breaking class of a character; a space is its own."""
    if char == " ":
        return char
    code = ord(char)
    if 0xAC00 <= code <= 0xD7A3:
        return "H3" if (code - 0xAC00) % 28 else "H2"
    starts, ranges = _classes()
    at = bisect_right(starts, code) - 1
    return ranges[at][1] if at >= 0 and code <= ranges[at][0] else "AL"


@functools.cache
def _classes() -> tuple[list[int], list[tuple[int, str]]]:
    """First code points of the ranges, and (last code point, class) of each."""
    text = (resources.files(__name__.rpartition(".")[0]) / "linebreaks.txt").read_text("utf-8")
    found = []
    for line in text.splitlines()[1:]:
        name, _, ranges = line.partition(": ")
        for item in ranges.split():
            first, _, last = item.partition("-")
            found.append((int(first, 16), int(last or first, 16), name))
    found.sort()
    return [first for first, _, _ in found], [(last, name) for _, last, name in found]


@functools.cache
def _columns(char: str) -> int:
    """How many columns a character takes in gettext's eyes."""
    if "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7fb":  # Hangul letters that join
        return 0
    if unicodedata.category(char) in ("Cc", "Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
