"""The fields of an entry → lines, laid out as GNU gettext does it, at the width a file has."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from workflow.stores.po.entries import Entry, Fields
from workflow.stores.po.wrapping import wrap

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"} | {
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\v": "\\v",
}
_TO_ESCAPE = str.maketrans(_ESCAPES)
_PORTION = re.compile(r"[^\n]*\n|[^\n]+")
_REFERENCE = re.compile(r"(?:\u2068[^\u2069]*\u2069|\S)+")
_SAMPLE = 4  # wrapped texts of a file that are enough to know its width
_WIDTHS = (79, 80, 78, 77, 76, 72, 70, 60, 100, 120)
"""gettext's own, and what people set; others are taken from the longest line."""
_SHORT = 26  # characters: twice as many columns, and a keyword, still fit the narrowest width
_PLAIN = 3  # lines of an entry in which nothing is wrapped
_UNWRAPPED = 200  # characters: whoever lets a line grow that long does not wrap
_WRAPPED = re.compile(r"(?<!\\n)(?<!\")\"[ \t\r]*\n(?:#~[ \t]*)?\"")

KINDS = (
    "comments",
    "notes",
    "references",
    "flags",
    "previous",
    "context",
    "source",
    "plural",
    "targets",
)
"""What an entry is written of, in gettext's order."""


class Layout:
    """How a file is laid out. The width costs time to find out, and is found when it is asked."""

    def __init__(self, *, width: int = 0, newline: str = "\n", like: Sequence[Entry] = ()) -> None:
        self.newline = newline
        self._width = width
        self._like = like

    @functools.cached_property
    def width(self) -> int:
        """Columns at which texts are wrapped; 0: only after ``\\n``."""
        return _width_of(self._like) if self._like else self._width


def layout_of(entries: Sequence[Entry]) -> Layout:
    """The layout that a file has already; not wrapped when nothing shows it."""
    newline = "\r\n" if any(entry.raw.endswith("\r\n") for entry in entries[:1]) else "\n"
    return Layout(newline=newline, like=entries)


def _width_of(entries: Sequence[Entry]) -> int:
    """The width that gives most of the wrapped texts the lines they have."""
    wrapped: list[Entry] = []
    for entry in entries:
        if entry.obsolete:
            continue
        if entry.raw.count("\n") > _PLAIN and _WRAPPED.search(entry.raw):
            wrapped.append(entry)
            if len(wrapped) == _SAMPLE:
                break
        elif max(map(len, entry.raw.split("\n"))) > _UNWRAPPED:
            return 0
    return _width(wrapped) if wrapped else 0


def _width(wrapped: Sequence[Entry]) -> int:
    """The likeliest of the widths that give most of the texts the lines they have."""
    blocks = []
    for entry in wrapped:
        lines = [line.strip() for line in entry.raw.split("\n")]
        blocks.append([line for line in lines if line and not line.startswith("#")])
    widest = max(len(line) for lines in blocks for line in lines or [""])
    best, most = _WIDTHS[0], 0
    for width in (*(w for w in _WIDTHS if w >= widest), widest, widest + 1):
        votes = sum(
            _block(entry, width) == lines for entry, lines in zip(wrapped, blocks, strict=True)
        )
        if votes > most:
            best, most = width, votes
        if votes == len(blocks):
            break
    return best


def format_kind(kind: str, fields: Fields, *, obsolete: bool, layout: Layout) -> list[str]:
    """The lines of one of ``KINDS``, without line ends; none when the entry has nothing of it."""
    mark, before = ("#~ ", "#~| ") if obsolete else ("", "#| ")
    if kind == "comments":
        return [_comment("#", comment) for comment in fields.comments]
    if kind == "notes":
        return [_comment("#.", note) for note in fields.notes]
    if kind == "references":
        return _references(fields.references)
    if kind == "flags":
        flags = sorted(fields.flags, key=lambda flag: flag != "fuzzy")
        return [f"#, {', '.join(flags)}"] if flags else []
    if "no-wrap" in fields.flags:
        layout = Layout()
    if kind == "previous":
        return [
            line
            for keyword, text in (
                ("msgctxt", fields.previous_context),
                ("msgid", fields.previous_source),
                ("msgid_plural", fields.previous_plural),
            )
            if text is not None
            for line in format_field(keyword, text, mark=before, layout=layout)
        ]
    if kind == "targets":
        return _targets(fields, mark=mark, layout=layout)
    text = getattr(fields, kind)
    keyword = {"context": "msgctxt", "source": "msgid", "plural": "msgid_plural"}[kind]
    return [] if text is None else format_field(keyword, text, mark=mark, layout=layout)


def _comment(mark: str, text: str) -> str:
    """A comment line; gettext puts a space before a text that has none."""
    text = text.removeprefix(" ")
    return f"{mark} {text}" if text else mark


def _targets(fields: Fields, *, mark: str, layout: Layout) -> list[str]:
    if fields.plural is None:
        return format_field("msgstr", fields.target, mark=mark, layout=layout)
    return [
        line
        for number, text in enumerate(fields.targets)
        for line in format_field(f"msgstr[{number}]", text, mark=mark, layout=layout)
    ]


def format_field(keyword: str, text: str, *, mark: str, layout: Layout) -> list[str]:
    """The lines of one field, as ``wrap()`` in gettext's write-po.c lays them out."""
    if len(text) < _SHORT and "\n" not in text:
        return [f'{mark}{keyword} "{text.translate(_TO_ESCAPE)}"']
    width = layout.width
    portions = [portion.translate(_TO_ESCAPE) for portion in _PORTION.findall(text)]
    if len(portions) <= 1:
        escaped = portions[0] if portions else ""
        limit = width - 2 - len(mark)
        start = len(keyword) + 1
        if not width or len(wrap(escaped, width=limit, start=start)) == 1:
            return [f'{mark}{keyword} "{escaped}"']
    lines = [f'{mark}{keyword} ""']
    for escaped in portions:
        pieces = wrap(escaped, width=width - 2 - len(mark)) if width else [escaped]
        lines.extend(f'{mark}"{piece}"' for piece in pieces)
    return lines


def _references(lines: Sequence[str]) -> list[str]:
    """References filled into lines as gettext fills them, at its width whatever the texts' is."""
    out: list[str] = []
    line = "#:"
    for reference in _REFERENCE.findall(" ".join(lines)):
        if len(line) > 2 and len(line) + 1 + len(reference) > 79:
            out.append(line)
            line = "#:"
        line = f"{line} {reference}"
    return [*out, line] if len(line) > 2 else out


def _block(entry: Entry, width: int) -> list[str]:
    fields = entry.fields
    layout = Layout(width=width)
    return [
        line
        for kind in ("context", "source", "plural", "targets")
        for line in format_kind(kind, fields, obsolete=False, layout=layout)
    ]
