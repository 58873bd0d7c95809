"""Entries → text of a PO file: what changed is written anew, the rest as it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workflow.errors import CatalogError
from workflow.stores.po.entries import Entry, Fields
from workflow.stores.po.formatting import KINDS, Layout, format_kind
from workflow.stores.po.reading import lines_of, parse

_KEYWORDS = {"msgctxt": "context", "msgid": "source", "msgid_plural": "plural"}
_MARKS = {".": "notes", ":": "references", ",": "flags", "|": "previous"}
_WORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)")


def format_entry(fields: Fields, *, obsolete: bool = False, layout: Layout) -> str:
    """A new entry, without a blank line before it, in lines that end in ``layout.newline``."""
    lines = [
        line
        for kind in KINDS
        for line in format_kind(kind, fields, obsolete=obsolete, layout=layout)
    ]
    return layout.newline.join([*lines, ""])


def rewrite(entry: Entry, fields: Fields, *, layout: Layout) -> str:
    """``entry.raw`` with the lines of the changed fields replaced; every other line stays."""
    changed = {kind for kind in KINDS if _value(kind, entry.fields) != _value(kind, fields)}
    if not changed:
        return entry.raw
    chunks = list(_chunks(entry.raw))
    for kind in sorted(changed, key=KINDS.index):
        lines = format_kind(kind, fields, obsolete=entry.obsolete, layout=layout)
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
    rank = KINDS.index(kind)
    for index, (name, _) in enumerate(chunks):
        if name and KINDS.index(name) > rank:
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
