"""Entries → text of a PO file, laid out as GNU gettext does it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from workflow.errors import CatalogError
from workflow.stores.po.entries import Entry, Fields
from workflow.stores.po.reading import lines_of, parse
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

_KINDS = (
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

_KEYWORDS = {"msgctxt": "context", "msgid": "source", "msgid_plural": "plural"}
_MARKS = {".": "notes", ":": "references", ",": "flags", "|": "previous"}
_WORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)")


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
    widest = max(len(line) for lines in blocks for line in lines)
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


def format_entry(fields: Fields, *, obsolete: bool = False, layout: Layout) -> str:
    """A new entry, without a blank line before it, in lines that end in ``layout.newline``."""
    lines = [
        line for kind in _KINDS for line in _lines(kind, fields, obsolete=obsolete, layout=layout)
    ]
    return layout.newline.join([*lines, ""])


def rewrite(entry: Entry, fields: Fields, *, layout: Layout) -> str:
    """``entry.raw`` with the lines of the changed fields replaced; every other line stays."""
    changed = {kind for kind in _KINDS if _value(kind, entry.fields) != _value(kind, fields)}
    if not changed:
        return entry.raw
    chunks = list(_chunks(entry.raw))
    for kind in sorted(changed, key=_KINDS.index):
        lines = _lines(kind, fields, obsolete=entry.obsolete, layout=layout)
        text = "".join(line + layout.newline for line in lines)
        place = next((i for i, (name, _) in enumerate(chunks) if name == kind), None)
        if place is None:
            place = _place(kind, chunks)
            chunks.insert(place, (kind, text))
        else:
            chunks[place] = (kind, text)
        chunks = [chunk for i, chunk in enumerate(chunks) if chunk[0] != kind or i == place]
    raw = "".join(text for _, text in chunks)
    if _says(raw, fields):
        return raw
    # A spelling that lines cannot be taken out of (a comment behind a string, say).
    return raw[: len(raw) - len(raw.lstrip())] + format_entry(
        fields, obsolete=entry.obsolete, layout=layout
    )


def join_entries(
    pieces: Sequence[tuple[str, Entry | None]], entries: Sequence[Entry], newline: str
) -> str:
    """The text of a file: each entry with the one in ``entries`` that it stands for, if any.

    Entries that were neighbours in ``entries`` stand as they stood; others get a blank line.
    """
    neighbours = {(id(a), id(b)) for a, b in pairwise(entries)}
    text: list[str] = []
    last: tuple[str, Entry | None] | None = None
    for raw, entry in pieces:
        if last is None:
            raw = raw if entry is not None and entry is entries[0] else raw.lstrip("\r\n")
        else:
            if not last[0].endswith("\n"):
                text.append(newline)
            apart = (id(last[1]), id(entry)) not in neighbours
            if apart and raw.partition("\n")[0].strip():
                text.append(newline)
        text.append(raw)
        last = raw, entry
    return "".join(text)


def _says(raw: str, fields: Fields) -> bool:
    try:
        entries = parse(raw, path="")
    except CatalogError:
        return False
    return len(entries) == 1 and entries[0].fields == fields


def _place(kind: str, chunks: Sequence[tuple[str, str]]) -> int:
    """Where a kind that is not there yet belongs: before the first that comes after it."""
    rank = _KINDS.index(kind)
    for index, (name, _) in enumerate(chunks):
        if name and _KINDS.index(name) > rank:
            return index
    return len(chunks)


def _value(kind: str, fields: Fields) -> object:
    if kind == "previous":
        return fields.previous_context, fields.previous_source, fields.previous_plural
    return getattr(fields, kind)


def _chunks(raw: str) -> Iterator[tuple[str, str]]:
    """The lines of an entry, each with the kind it belongs to; blank lines have none."""
    kind = ""
    for line in lines_of(raw):
        body = line.strip().removeprefix("#~").strip()
        if not body:
            yield "", line
            continue
        if body.startswith("|"):
            kind = "previous"
        elif body.startswith("#"):
            kind = _MARKS.get(body[1:2], "comments")
        elif word := _WORD.match(body):
            kind = _KEYWORDS.get(word[1], "targets")
        yield kind, line


def _lines(kind: str, fields: Fields, *, obsolete: bool, layout: Layout) -> Iterable[str]:
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
        for line in _lines(kind, fields, obsolete=False, layout=layout)
    ]
