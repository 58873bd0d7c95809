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
    _open: dict[CodeKind, int] = field(default_factory=dict)
    """Where in ``codes`` the open ones are."""
    _closed: list[int] = field(default_factory=list)
    """Where in ``codes`` the closed ones are, in the order they close."""

    def add(self, text: str) -> None:
        """More words."""
        text = _SPACES.sub(" ", text.replace(_PLACEHOLDER, ""))
        if not self.plain or self.plain[-1] in _EDGES:
            text = text.removeprefix(" ")
        self.plain += text

    def open(self, kind: CodeKind, target: str = "") -> Code | None:
        """A code begins here; none when one of its kind already covers the place."""
        if kind in self._open:
            return None
        code = Code(kind=kind, start=len(self.plain), end=-1, target=target)
        self._open[kind] = len(self.codes)
        self.codes.append(code)
        return code

    def close(self, kind: CodeKind) -> None:
        """The open code of ``kind`` ends here."""
        index = self._open.pop(kind, None)
        if index is not None:
            self.codes[index] = replace(self.codes[index], end=len(self.plain))
            self._closed.append(index)

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
        self._open = {code.kind: index for index, code in enumerate(self.codes)}
        self._closed = []
        self.plain = ""
        return text

    def _trim(self) -> None:
        """Only what was opened or closed last can reach into the white space at the end."""
        self.plain = self.plain.rstrip(" ")
        end = len(self.plain)
        for index in reversed(self._closed):
            if self.codes[index].end <= end:
                break
            self.codes[index] = replace(self.codes[index], end=end)
        for index in range(len(self.codes) - 1, -1, -1):
            if self.codes[index].start <= end:
                break
            self.codes[index] = replace(self.codes[index], start=end)

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
