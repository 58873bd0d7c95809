"""What a PO file is made of: entries, and the fields of an entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_STRINGS = re.compile(r"\"((?:[^\"\\]++|\\.)*+)\"")
_FLAG = re.compile(r"range:\s*[^\s,]+|[^\s,]+")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields of one entry, decoded. What is not there is None or empty."""

    context: str | None = None
    source: str | None = None
    """None in an entry that has no msgid: comments at the end of a file, a ``domain`` line."""
    domain: str | None = None
    """What a ``domain`` line says, which stands as an entry of its own."""
    plural: str | None = None
    targets: tuple[str, ...] = ()
    """One, or as many as there are plural forms."""
    previous_context: str | None = None
    previous_source: str | None = None
    previous_plural: str | None = None
    comments: tuple[str, ...] = ()
    """``# `` lines after the mark, the space that mostly follows it included."""
    notes: tuple[str, ...] = ()
    """``#.`` lines."""
    references: tuple[str, ...] = ()
    """``#:`` lines, as they are spelled."""
    flags: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """The first target; the only one where there is no plural."""
        return self.targets[0] if self.targets else ""


class Entry:
    """One entry as it stands in a file. Its fields are decoded when they are asked for."""

    __slots__ = ("_fields", "_found", "_places", "first_line", "obsolete", "raw")

    _places: tuple[int, int]

    def __init__(
        self,
        raw: str,
        first_line: int,
        obsolete: bool,  # made a hundred thousand times in a run: no keywords
        found: re.Match[str] | None,
    ) -> None:
        self.raw = raw
        """Every character of it, the blank lines before it included."""
        self.first_line = first_line
        """Number of the first line of ``raw``, from 1."""
        self.obsolete = obsolete
        self._found = found
        self._fields: Fields | None = None

    @classmethod
    def read_slowly(
        cls, raw: str, first_line: int, *, obsolete: bool, fields: Fields, places: tuple[int, int]
    ) -> Entry:
        """An entry whose fields are known; ``places``: the lines of its msgid and msgstr, or 0."""
        entry = cls(raw, first_line, obsolete, None)
        entry._fields = fields
        entry._places = places
        return entry

    @property
    def fields(self) -> Fields:
        """What the entry says."""
        if self._fields is None:
            assert self._found is not None, "an entry is made with a match or with fields"
            self._fields = _decode(self._found)
        return self._fields

    @property
    def line(self) -> int:
        """The line of its msgid, or its first line when it has none."""
        if self._found is not None:
            return self._line_at("source")
        return self._places[0] or self.first_line

    @property
    def target_line(self) -> int:
        """The line of its first msgstr; 0 when it has none."""
        if self._found is not None:
            return self._line_at("target" if self._found["target"] else "targets")
        return self._places[1]

    @property
    def is_header(self) -> bool:
        """The entry with the empty msgid and no context."""
        return self.fields.source == "" and self.fields.context is None and not self.obsolete

    def _line_at(self, group: str) -> int:
        assert self._found is not None, "asked only when there is a match"
        begin = self._found.start()
        return self.first_line + self._found.string.count("\n", begin, self._found.start(group))


def text_of(block: str) -> str:
    """The text that a run of quoted strings spells, every line of it."""
    strings = _STRINGS.findall(block)
    text = strings[0] if len(strings) == 1 else "".join(strings)
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def sort_comments(lines: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Comment lines → the fields that they belong to; ``#|`` and blank lines are left out."""
    kinds: dict[str, list[str]] = {"comments": [], "notes": [], "references": [], "flags": []}
    for line in lines:
        mark = line[1:2]
        if mark == ".":
            kinds["notes"].append(_bare(line[2:]))
        elif mark == ":":
            kinds["references"].append(_bare(line[2:]))
        elif mark == ",":
            kinds["flags"].extend(_FLAG.findall(line[2:]))
        elif mark != "|" and not line.startswith("#~|") and line.startswith("#"):
            kinds["comments"].append(_bare(line[1:]))
    return {name: tuple(values) for name, values in kinds.items() if values}


def _bare(comment: str) -> str:
    return comment.rstrip("\r\n")


def _decode(found: re.Match[str]) -> Fields:
    plural = found["plural"]
    if found["target"]:
        targets: tuple[str, ...] = (text_of(found["target"]),)
    else:
        targets = tuple(text_of(block) for block in _FORM.split(found["targets"])[1:])
    fields = Fields(
        context=text_of(found["context"]) if found["context"] else None,
        source=text_of(found["source"]),
        plural=text_of(plural) if plural else None,
        targets=targets,
    )
    comments = found["comments"]
    if not comments.strip():
        return fields
    fields = replace(fields, **sort_comments(comments.split("\n")))  # type: ignore[arg-type]  # by name
    return replace(fields, **_previous(comments)) if "|" in comments else fields  # type: ignore[arg-type]  # by name


_FORM = re.compile(r"^(?:#~)?[ \t]*msgstr\[\d+\]", re.MULTILINE)
_PREVIOUS = re.compile(r"^#~?\|[ \t]*(msgctxt|msgid_plural|msgid)(?=[ \t\"])", re.MULTILINE)
_PREVIOUS_FIELDS = {
    "msgctxt": "previous_context",
    "msgid": "previous_source",
    "msgid_plural": "previous_plural",
}


def _previous(comments: str) -> dict[str, str]:
    """The fields that the ``#|`` lines hold."""
    lines = "".join(line + "\n" for line in comments.split("\n") if line.startswith(("#|", "#~|")))
    pieces = _PREVIOUS.split(lines)
    return {
        _PREVIOUS_FIELDS[name]: text_of(block)
        for name, block in zip(pieces[1::2], pieces[2::2], strict=True)
    }


def _unescape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[1], found[1])
