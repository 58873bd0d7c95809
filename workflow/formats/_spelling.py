"""A `Text` spelled as inline Markdown or HTML."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from enum import IntEnum

from workflow.markup import cut
from workflow.model import Code, CodeKind, Text


class Spelling(IntEnum):
    """How plainly a text is spelled, the fairest to the eye first."""

    MARKDOWN = 0
    """``**bold**`` and as few backslashes as will do."""
    TAGS = 1
    """``<b>bold</b>``, for codes that begin or end where Markdown allows none."""
    ENTITIES = 2
    """Tags, and an entity for every mark that could mean something."""
    HTML = 3
    """For use inside HTML blocks, where Markdown is not looked for."""


_MARKS = {CodeKind.BOLD: "**", CodeKind.ITALIC: "*"}
_PLAIN_TARGET = re.compile(r"[\w/?#:@%&=+~.,;$!*-]+", re.ASCII)
_PLAIN_LABEL = re.compile(r"[^\\\[\]<>&*_`!\n]*")

_SPECIAL = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_LINE_START = re.compile(r"(?m)^(#{1,6}(?=\s|$)|[>~]|[-+](?=\s|$)|-+(?=\s*$)|=+(?=\s*$))")
_NUMBERED = re.compile(r"(?m)^(\d{1,9})([.)])(?=\s|$)")
_UNSAFE = re.compile("[\u2028\u2029\ufeff\u00ad]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def spell(text: Text, spelling: Spelling, *, lines: bool = True) -> str:
    """``text`` in one of the spellings; a line break ends the line when ``lines`` allows it."""
    by_break = "\\\n" if lines and spelling <= Spelling.TAGS else "<br>"
    return _Speller(spelling=spelling, line_break=by_break).text(text)


class _Speller:
    def __init__(self, *, spelling: Spelling, line_break: str) -> None:
        self._spelling = spelling
        self._break = line_break

    def text(self, text: Text) -> str:
        body = self._pieces(text)
        if self._spelling <= Spelling.TAGS:
            body = _LINE_START.sub(r"\\\1", body)
            body = _NUMBERED.sub(r"\1\\\2", body)
        return _edges(body)

    def _pieces(self, text: Text) -> str:
        out: list[str] = []
        at, codes = 0, list(text.codes)
        while codes:
            code = codes.pop(0)
            out.append(self._words(text.plain[at : code.start]))
            inner = [one for one in codes if one.start < code.end]
            codes = codes[len(inner) :]
            covered = Text(text.plain, tuple(inner))
            out.append(self._code(code, cut(covered, code.start, code.end)))
            at = code.end
        out.append(self._words(text.plain[at:]))
        return "".join(out)

    def _code(self, code: Code, covered: Text) -> str:
        if code.kind is CodeKind.BREAK:
            return self._break
        if code.kind is CodeKind.IMAGE:
            return self._image(code)
        inside = self._pieces(covered)
        if self._spelling is not Spelling.MARKDOWN:
            return _tagged(code, inside)
        if code.kind in _MARKS:
            return f"{_MARKS[code.kind]}{inside}{_MARKS[code.kind]}"
        if code.kind is CodeKind.CODE and not covered.codes and "`" not in covered.plain:
            return f"`{covered.plain}`"
        if code.kind is CodeKind.LINK and _PLAIN_TARGET.fullmatch(code.target):
            return f"[{inside}]({code.target})"
        return _tagged(code, inside)

    def _image(self, code: Code) -> str:
        is_plain = _PLAIN_TARGET.fullmatch(code.target) and _PLAIN_LABEL.fullmatch(code.label)
        if self._spelling is Spelling.MARKDOWN and is_plain:
            return f"![{code.label}]({code.target})"
        return f'<img src="{_quoted(code.target)}" alt="{_quoted(code.label)}">'

    def _words(self, words: str) -> str:
        escape: Callable[[str], str] = {
            Spelling.ENTITIES: lambda raw: _PUNCTUATION.sub(_entity, raw),
            Spelling.HTML: lambda raw: html.escape(raw, quote=False),
        }.get(self._spelling, lambda raw: _SPECIAL.sub(r"\\\g<0>", raw))
        if words and unicodedata.combining(words[0]):
            # After a tag or a mark it would melt into that in NFC.
            return _entity_of(words[0]) + self._words(words[1:])
        return _UNSAFE.sub(_entity, escape(words))


def _tagged(code: Code, inside: str) -> str:
    attributes = f' href="{_quoted(code.target)}"' if code.kind is CodeKind.LINK else ""
    return f"<{code.kind}{attributes}>{inside}</{code.kind}>"


def _quoted(value: str) -> str:
    escaped = _UNSAFE.sub(_entity, html.escape(value).replace("&#x27;", "'"))
    return re.sub(r"[\n\r\t]", _entity, escaped)


def _edges(body: str) -> str:
    """White space that is text (NBSP and its like) would be lost at the ends of a line."""
    start = len(body) - len(body.lstrip())
    end = max(start, len(body.rstrip()))
    before = "".join(map(_entity_of, body[:start]))
    after = "".join(map(_entity_of, body[end:]))
    return before + body[start:end] + after


def _entity(match: re.Match[str]) -> str:
    return _entity_of(match[0])


def _entity_of(char: str) -> str:
    return "&nbsp;" if char == "\xa0" else f"&#{ord(char)};"
