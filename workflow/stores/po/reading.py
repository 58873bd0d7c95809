"""Text of a PO file → entries.

Well-formed entries are recognised whole, by one regular expression without backtracking: that is
what makes reading fast. Whatever it does not recognise is read line by line (`_Slow`), which is
lenient where gettext is lenient (strings side by side, comments inside an entry, indentation,
octal escapes, ``domain``) and says what is wrong, with the line, where gettext refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NoReturn

from workflow.errors import CatalogError
from workflow.stores.po.entries import Entry, Fields, sort_comments, text_of

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_CONFLICT = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: |\r?$)")
_STATEMENT = re.compile(
    r"(?:(msgctxt|msgid_plural|msgid|msgstr|domain)(?:\[(\d+)\])?[ \t]*+(?=\"|\Z))?+"
    r"((?:[ \t]*+\"(?:[^\"\\]++|\\.)*+\")*+)[ \t]*+(#.*)?\Z"
)
_NUMERIC = re.compile(r"(?<!\\)((?:\\\\)*)((?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]+))+)")
_ONE_NUMERIC = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]+))")
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]|.)")
_KNOWN_ESCAPES = frozenset('ntrbfva"\\01234567')
_FORM_NUMBER = re.compile(r"^(?:#~)?[ \t]*msgstr\[(\d+)\]", re.MULTILINE)


def _pattern(*, obsolete: bool) -> re.Pattern[str]:
    mark = r"#~[ \t]*+" if obsolete else ""
    before = r"#~\|" if obsolete else r"#\|"
    string = r"\"(?:[^\"\\\n]++|\\[ntrbfva\"\\])*+\"[ \t\r]*+(?:\n|\Z)"
    block = rf"[ \t]*+{string}(?:{mark}{string})*+"
    previous = rf"{before}[ \t]*+(?:(?:msgctxt|msgid_plural|msgid)[ \t]*+)?{string}"
    return re.compile(
        rf"(?P<comments>(?:(?:#(?![~|])[^\n]*+|[ \t\r]*+)\n|{previous})*+)"
        rf"(?:{mark}msgctxt(?P<context>{block}))?+"
        rf"{mark}msgid(?P<source>{block})"
        rf"(?:{mark}msgid_plural(?P<plural>{block})(?P<targets>(?:{mark}msgstr\[\d++\]{block})++)"
        rf"|{mark}msgstr(?P<target>{block}))"
    )


_LIVE, _OBSOLETE = _pattern(obsolete=False), _pattern(obsolete=True)


def parse(text: str, *, path: str, charset: str = "utf-8") -> list[Entry]:
    """The entries of ``text``, comments at its end included (as an entry without a source).

    ``charset`` is what numeric escapes (``\\303\\251``) are bytes of. Raises `CatalogError` with
    the line for conflict markers and for what is not PO.
    """
    entries: list[Entry] = []
    at, line, size = 0, 1, len(text)
    match_live = _LIVE.match
    while at < size:
        obsolete = False
        found = match_live(text, at)
        if found is None:
            found = _OBSOLETE.match(text, at)
            obsolete = found is not None
        if found is not None and (found.lastgroup == "target" or _forms_in_order(found["targets"])):
            entry = Entry(found[0], line, obsolete, found)
        else:
            entry = _Slow(path, charset, line).read(text, at)
        raw = entry.raw
        entries.append(entry)
        at += len(raw)
        line += raw.count("\n")
    return entries


def refuse_duplicates(entries: Iterable[Entry], *, path: str) -> None:
    """Raise `CatalogError` when a live entry stands twice: whose translation would be the one?"""
    first: dict[tuple[str | None, str | None, str | None], int] = {}
    domain = None
    for entry in entries:
        fields = entry.fields
        if fields.source is None:
            domain = fields.domain if fields.domain is not None else domain
            continue
        if entry.obsolete:
            continue
        line = first.setdefault((domain, fields.context, fields.source), entry.line)
        if line != entry.line:
            raise CatalogError(
                f"the entry of line {line} stands here again",
                path=path,
                line=entry.line,
                hint="keep the right one, delete the other",
            )


def lines_of(text: str) -> list[str]:
    """Lines with their ends, cut at ``\\n`` alone: U+2028 ends no line of a PO file."""
    return _LINE.findall(text)


def _forms_in_order(targets: str) -> bool:
    """Whether msgstr[0], msgstr[1] … follow one another; if not, `_Slow` says so."""
    numbers = _FORM_NUMBER.findall(targets)
    return numbers == [str(number) for number in range(len(numbers))]


class _Slow:
    """Reads one entry, a line at a time; it ends where the next one's first line begins."""

    def __init__(self, path: str, charset: str, first_line: int) -> None:
        self.path = path
        self.charset = charset
        self.first_line = first_line
        self.number = first_line
        self.obsolete = False
        self.comments: list[str] = []
        self.blocks: dict[str, list[str]] = {}
        self.lines: dict[str, int] = {}
        self.current = ""
        """The field that a continuation line adds to."""

    def read(self, text: str, at: int) -> Entry:
        """The entry that begins at ``text[at]``."""
        begin = at
        for found in _LINE.finditer(text, at):
            line = found[0]
            if _CONFLICT.match(line):
                self._fail("conflict marker", "resolve the merge, then run the command again")
            if self._ends_before(line.strip()):
                break
            self._feed(line.strip())
            at = found.end()
            self.number += 1
        return self._entry(text[begin:at])

    def _ends_before(self, bare: str) -> bool:
        if "domain" in self.blocks:
            return True
        if not any(name.startswith("msgstr") for name in self.blocks):
            return False
        body = bare.removeprefix("#~").lstrip()
        return not body.startswith(("msgstr", '"'))

    def _feed(self, bare: str) -> None:
        body, previous = bare, ""
        if body.startswith("#~"):
            self.obsolete = self.obsolete or body[2:].lstrip(" \t|").startswith(("msg", '"'))
            body = body[2:].lstrip()
            if body.startswith("|"):
                body, previous = body[1:].lstrip(), "previous "
        elif body.startswith("#|"):
            body, previous = body[2:].lstrip(), "previous "
        if body.startswith("#"):
            self.comments.append(body)
        elif body:
            self._statement(body, previous)

    def _statement(self, body: str, previous: str) -> None:
        found = _STATEMENT.match(body)
        if found is None or not (found[1] or found[3]):
            self._fail_string(body)
        word, number, strings, comment = found.groups()
        if comment:
            self.comments.append(comment)
        if word:
            self.current = previous + word + (f"[{number}]" if number else "")
            self._begin(word, number)
        elif not self.current:
            self._fail("a text that belongs to no keyword", "is a line missing before it?")
        self._check_escapes(strings)
        self.blocks[self.current].append(strings)

    def _begin(self, word: str, number: str | None) -> None:
        name = self.current
        if number is not None and word != "msgstr":
            self._fail(f"{word}[{number}] is no keyword", "only msgstr has a number")
        if word == "msgstr":
            self._begin_target(number)
        if name in self.blocks:
            hint = "is its msgstr missing?" if word != "msgstr" else "keep one of the two"
            self._fail(f"a second {name} in one entry", hint)
        self.blocks[name] = []
        self.lines[name] = self.number

    def _begin_target(self, number: str | None) -> None:
        if "msgid" not in self.blocks:
            self._fail(f"{self.current} without a msgid", "is a line missing before it?")
        if (number is not None) != ("msgid_plural" in self.blocks):
            wanted = "msgid_plural is missing" if number else "msgstr[0] is wanted after a plural"
            self._fail(f"{self.current}: {wanted}", "complete the entry")
        due = sum(name.startswith("msgstr") for name in self.blocks)
        if number is not None and int(number) != due:
            self._fail(f"{self.current} stands where msgstr[{due}] is due", "number them from 0")

    def _entry(self, raw: str) -> Entry:
        targets = tuple(name for name in self.blocks if name.startswith("msgstr"))
        unfinished = {"msgctxt", "msgid", "msgid_plural"} & set(self.blocks)
        if unfinished and not targets:
            self.number = min(self.lines[name] for name in unfinished)
            self._fail("msgid without a msgstr", "is the end of the file missing?")
        fields = Fields(
            context=self._text("msgctxt"),
            source=self._text("msgid"),
            domain=self._text("domain"),
            plural=self._text("msgid_plural"),
            targets=tuple(self._text(name) or "" for name in targets),
            previous_context=self._text("previous msgctxt"),
            previous_source=self._text("previous msgid"),
            previous_plural=self._text("previous msgid_plural"),
            **sort_comments(self.comments),
        )
        places = (self.lines.get("msgid", 0), self.lines[targets[0]] if targets else 0)
        return Entry.read_slowly(
            raw, self.first_line, obsolete=self.obsolete, fields=fields, places=places
        )

    def _text(self, name: str) -> str | None:
        if name not in self.blocks:
            return None
        block = "".join(self.blocks[name])
        self.number = self.lines.get(name, self.number)
        return text_of(_NUMERIC.sub(self._numeric, block) if "\\" in block else block)

    def _numeric(self, found: re.Match[str]) -> str:
        """Octal and hexadecimal escapes are bytes in the charset of the file."""
        data = bytes(
            int(octal, 8) & 255 if octal else int(hexa, 16) & 255
            for octal, hexa in _ONE_NUMERIC.findall(found[2])
        )
        try:
            text = data.decode(self.charset)
        except UnicodeDecodeError:
            self._fail(f"“{found[2]}” is no character of {self.charset}", "write the character")
        return found[1] + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

    def _check_escapes(self, strings: str) -> None:
        for code in _ESCAPE.findall(strings) if "\\" in strings else ():
            if code[0] not in _KNOWN_ESCAPES and len(code) == 1:
                self._fail(f"“\\{code}” is no escape of PO", "write a backslash as \\\\")

    def _fail_string(self, body: str) -> NoReturn:
        if '"' in body and not body.startswith("msgstr["):
            self._fail("quotation mark missing", 'a text is written "like this", " in it as \\"')
        self._fail(f"“{_short(body)}” is not PO", 'a text is written "like this", " in it as \\"')

    def _fail(self, what: str, hint: str) -> NoReturn:
        raise CatalogError(what, path=self.path, line=self.number, hint=hint)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
