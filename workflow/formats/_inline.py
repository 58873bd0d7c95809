"""Inline content: characters, white space as HTML collapses it, and codes over them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from workflow.markup import tidy
from workflow.model import STANDALONE, Code, CodeKind, Text

KINDS = {
    "b": CodeKind.BOLD,
    "strong": CodeKind.BOLD,
    "i": CodeKind.ITALIC,
    "em": CodeKind.ITALIC,
    "cite": CodeKind.ITALIC,
    "code": CodeKind.CODE,
    "a": CodeKind.LINK,
}
"""Elements that become codes; the text of any other inline element is kept without it."""

_SPACES = re.compile(r"[ \t\n\r\f]+")
_PLACEHOLDER = STANDALONE[CodeKind.IMAGE]
_EDGES = " \n"


@dataclass(slots=True)
class Line:
    """The text of one block while it is being read."""

    plain: str = ""
    codes: list[Code] = field(default_factory=list)
    """In the order they open; one that is still open ends at -1."""

    def add(self, text: str) -> None:
        """More words."""
        text = _SPACES.sub(" ", text.replace(_PLACEHOLDER, ""))
        if not self.plain or self.plain[-1] in _EDGES:
            text = text.removeprefix(" ")
        self.plain += text

    def open(self, kind: CodeKind, target: str = "") -> Code | None:
        """A code begins here; none when one of its kind already covers the place."""
        if any(code.kind is kind and code.end < 0 for code in self.codes):
            return None
        code = Code(kind=kind, start=len(self.plain), end=-1, target=target)
        self.codes.append(code)
        return code

    def close(self, kind: CodeKind) -> None:
        """The open code of ``kind`` ends here."""
        for index, code in enumerate(self.codes):
            if code.kind is kind and code.end < 0:
                self.codes[index] = replace(code, end=len(self.plain))

    def stand(self, kind: CodeKind, *, target: str = "", label: str = "") -> None:
        """A line break or an image."""
        if kind is CodeKind.BREAK:
            self._trim()
        start = len(self.plain)
        code = Code(kind=kind, start=start, end=start + 1, target=target, label=label)
        self.codes.append(code)
        self.plain += STANDALONE[kind]

    def take(self) -> Text:
        """The text so far; the line begins anew with the codes that are still open."""
        text = self._text()
        self.codes = [replace(code, start=0) for code in self.codes if code.end < 0]
        self.plain = ""
        return text

    def _trim(self) -> None:
        self.plain = self.plain.rstrip(" ")
        end = len(self.plain)
        self.codes = [
            replace(code, start=min(code.start, end), end=min(code.end, end)) for code in self.codes
        ]

    def _text(self) -> Text:
        """Without white space and line breaks at its edges, which no reader would see."""
        start = len(self.plain) - len(self.plain.lstrip(_EDGES))
        end = max(start, len(self.plain.rstrip(_EDGES)))
        codes = (
            replace(
                code,
                start=min(max(code.start, start), end) - start,
                end=min(max(code.end if code.end >= 0 else end, start), end) - start,
            )
            for code in self.codes
        )
        return tidy(Text(self.plain[start:end], tuple(codes)))
