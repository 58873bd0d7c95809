"""PO syntax: text ⇄ entries that know their own bytes.

`parse` cuts a file into entries without losing a character: joining ``raw`` of all entries gives
the file back. That is what lets an untouched entry stay as its translator's tool wrote it.
Grammar: GNU gettext manual, "The Format of PO Files".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from workflow.errors import CatalogError

_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})( |$)")
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*(\".*)")
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"\s*\Z")
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_UNESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"} | {
    char: f"\\{code}" for code, char in _ESCAPES.items() if code in "abfv"
}


@dataclass(slots=True, kw_only=True)
class Entry:
    """One entry as it stands in the file. Missing fields are None."""

    line: int
    raw: str = ""
    obsolete: bool = False
    context: str | None = None
    source: str | None = None
    plural: str | None = None
    target: str | None = None
    target_line: int = 0
    previous_context: str | None = None
    previous_source: str | None = None
    comments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


def parse(text: str, *, path: str) -> list[Entry]:
    """The entries of ``text``, comments at its end included (as an entry without a source).

    Raises `CatalogError` with the line for conflict markers and for what is not PO.
    """
    parser = _Parser(path)
    for number, line in enumerate(lines_of(text), 1):
        parser.feed(line, number)
    return parser.finish()


def lines_of(text: str) -> list[str]:
    """Lines with their ends, cut at ``\\n`` alone: U+2028 ends no line of a PO file."""
    return _LINE.findall(text)


def quote(text: str) -> str:
    """``text`` as a PO string in one pair of quotation marks."""
    return '"' + "".join(_UNESCAPES.get(char, char) for char in text) + '"'


def format_field(keyword: str, text: str, *, prefix: str = "") -> Iterable[str]:
    """The lines of a field: split at ``\\n`` only, as ``msgcat --no-wrap`` writes it."""
    pieces = text.split("\n")
    lines = [piece + "\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])
    if len(lines) <= 1:
        yield f"{prefix}{keyword} {quote(text)}"
        return
    yield f'{prefix}{keyword} ""'
    for line in lines:
        yield f"{prefix}{quote(line)}"


class _Parser:
    """A line at a time; an entry ends where the next one's first line begins."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.entries: list[Entry] = []
        self.entry = Entry(line=1)
        self.raw: list[str] = []
        self.field = ""
        """The field that a continuation line adds to."""

    def feed(self, line: str, number: int) -> None:
        bare = line.removeprefix("\ufeff").strip()  # Windows editors begin a file with a BOM
        if _CONFLICT.match(line):
            self._fail(number, "conflict marker", "resolve the merge, then run the command again")
        if self._ends_entry(bare):
            self._close(number)
        self.raw.append(line)
        body, previous = bare, False
        if body.startswith("#~"):
            self.entry.obsolete = True
            body = body[2:].strip()
            if body.startswith("|"):
                body, previous = body[1:].strip(), True
        elif body.startswith("#|"):
            body, previous = body[2:].strip(), True
        elif body.startswith("#"):
            self._comment(body)
            return
        if body:
            self._statement(body, number, previous=previous)

    def finish(self) -> list[Entry]:
        self._close(0)
        return self.entries

    def _ends_entry(self, bare: str) -> bool:
        """A complete entry is over at the first line that cannot belong to it."""
        if self.entry.target is None:
            return False
        body = bare.removeprefix("#~").strip()
        return not body.startswith(("msgstr", '"')) or not bare

    def _comment(self, body: str) -> None:
        self.field = ""
        mark, text = body[1:2], body[2:].strip()
        if mark == ".":
            self.entry.notes.append(text)
        elif mark == ",":
            self.entry.flags.extend(flag.strip() for flag in text.split(",") if flag.strip())
        elif mark != ":":
            self.entry.comments.append(body[1:].strip())

    def _statement(self, body: str, number: int, *, previous: bool) -> None:
        keyword = _KEYWORD.match(body)
        name, string = (keyword[1], keyword[2]) if keyword else ("", body)
        value = self._string(string, number)
        if keyword:
            self._begin(name, value, number, previous=previous)
        elif not self.field:
            self._fail(number, "a text that belongs to no keyword", "is a line missing before it?")
        else:
            setattr(self.entry, self.field, (getattr(self.entry, self.field) or "") + value)

    def _begin(self, name: str, value: str, number: int, *, previous: bool) -> None:
        if previous:
            self.field = {"msgctxt": "previous_context", "msgid": "previous_source"}.get(name, "")
            if not self.field:  # previous plural: kept in raw, of no use to us
                return
        elif name.startswith("msgstr"):
            if self.entry.source is None:
                self._fail(number, f"{name} without a msgid", "is a line missing before it?")
            self.field = "target"
            self.entry.target_line = self.entry.target_line or number
            value = (self.entry.target or "") + value
        else:
            self.field = {"msgctxt": "context", "msgid": "source"}.get(name, "plural")
            if getattr(self.entry, self.field) is not None:
                self._fail(number, f"a second {name} in one entry", "is its msgstr missing?")
            if name == "msgid":
                self.entry.line = number
        setattr(self.entry, self.field, value)

    def _string(self, body: str, number: int) -> str:
        found = _STRING.match(body)
        if found is None:
            what = "quotation mark missing" if body.startswith('"') else f"“{body[:40]}” is not PO"
            self._fail(number, what, 'a text is written "like this", " inside it as \\"')
        return _ESCAPE.sub(_unescape, found[1])  # type: ignore[index]  # _fail does not return

    def _close(self, number: int) -> None:
        entry = self.entry
        entry.raw = "".join(self.raw)
        if entry.source is not None and entry.target is None:
            self._fail(entry.line, "msgid without a msgstr", "is the end of the file missing?")
        if entry.raw:
            self.entries.append(entry)
        self.entry = Entry(line=number)
        self.raw = []
        self.field = ""

    def _fail(self, line: int, what: str, hint: str) -> None:
        raise CatalogError(what, path=self.path, line=line, hint=hint)


def _unescape(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code[0] in "01234567":
        return chr(int(code, 8))
    return _ESCAPES.get(code, code)
