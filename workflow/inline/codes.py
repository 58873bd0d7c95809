"""Inline codes between unit markup and a translator's tool: tags, numbers, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from workflow.errors import ExchangeError
from workflow.markup import format_text, parse_text, tags, tidy
from workflow.model import STANDALONE, Code, CodeKind, Text

MOST = 1000
"""More codes than this has no sentence; past it a file is an attack or an accident."""

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_NAME = re.compile(r"<(\w+)")


def spelled(code: Code) -> tuple[str, str]:
    """The opening and the closing tag of a code in unit markup; the latter empty for a break."""
    if code.kind in STANDALONE:
        whole = Text(STANDALONE[code.kind], (replace(code, start=0, end=1),))
        return format_text(whole), ""
    closing = f"</{code.kind}>"
    whole = Text("-", (replace(code, start=0, end=1),))
    return format_text(whole).removesuffix(f"-{closing}"), closing


def code_of(tag: str) -> Code | None:
    """The code that an opening or empty tag spells; None when it is no such tag."""
    found = _NAME.match(tag)
    if found is None or len(tags(tag)) != 1:
        return None
    standing = parse_text(tag)
    if standing.codes:
        return standing.codes[0] if len(standing.plain) == 1 else None
    covering = parse_text(f"{tag}-</{found[1]}>")
    return covering.codes[0] if covering.plain == "-" and covering.codes else None


def character(point: str) -> str:
    """The character with that hexadecimal number, or a replacement where there is none."""
    try:
        char = chr(int(point, 16))
    except (ValueError, OverflowError):
        return _UNKNOWN
    return _UNKNOWN if "\ud800" <= char <= "\udfff" else char


def numbered(source: Text, target: Text) -> tuple[list[int], list[int]]:
    """Numbers for the codes of both sides: a code of the target has that of its like in the source.

    One that the source has not gets a number of its own.
    """
    ours = list(range(1, len(source.codes) + 1))
    free = [(number, _bare(code)) for number, code in zip(ours, source.codes, strict=True)]
    theirs = []
    fresh = len(ours)
    for code in target.codes:
        match = next((pair for pair in free if pair[1] == _bare(code)), None)
        if match is not None:
            free.remove(match)
            theirs.append(match[0])
        else:
            fresh += 1
            theirs.append(fresh)
    return ours, theirs


@dataclass(frozen=True, slots=True)
class Event:
    """A step through a text: words, or the begin or the end of a code."""

    words: str = ""
    opens: Code | None = None
    closes: bool = False
    number: int = 0


def events(text: Text, numbers: list[int]) -> Iterator[Event]:
    """``text`` in order. A code that covers no words opens and closes at once."""
    ends: list[int] = []
    at = 0
    for number, code in zip(numbers, text.codes, strict=True):
        while ends and ends[-1] <= code.start:
            yield Event(words=text.plain[at : ends[-1]])
            at = ends.pop()
            yield Event(closes=True)
        yield Event(words=text.plain[at : code.start])
        yield Event(opens=code, number=number)
        at = code.start
        if code.kind in STANDALONE:
            at = code.end
            yield Event(closes=True)
        else:
            ends.append(code.end)
    while ends:
        yield Event(words=text.plain[at : ends[-1]])
        at = ends.pop()
        yield Event(closes=True)
    yield Event(words=text.plain[at:])


@dataclass(slots=True)
class Gatherer:
    """Puts a text together from what a file says; notices codes that do not fit, never fails."""

    path: str
    line: int
    plain: list[str] = field(default_factory=list)
    length: int = 0
    count: int = 0
    opened: list[tuple[int, str, Code]] = field(default_factory=list)
    codes: list[tuple[int, Code]] = field(default_factory=list)
    fault: str = ""

    def words(self, words: str | None) -> None:
        """Words come next."""
        self.plain.append(words or "")
        self.length += len(words or "")

    def point(self, code: Code | None) -> None:
        """A code that covers no words stands here."""
        if code is None or code.kind not in STANDALONE:
            self.complain("a code is not one of the source")
            return
        order = self._next()
        self.words(STANDALONE[code.kind])
        self.codes.append((order, replace(code, start=self.length - 1, end=self.length)))

    def open(self, ref: str, code: Code | None) -> None:
        """A code begins here."""
        if code is None or code.kind in STANDALONE:
            self.complain("a code is not one of the source")
            return
        self.opened.append((self._next(), ref, replace(code, start=self.length)))

    def close(self, ref: str) -> None:
        """The code that was opened as ``ref`` ends here; codes begun inside it end with it."""
        if all(opened != ref for _, opened, _ in self.opened):
            if not self.fault:
                self.complain("a code ends that was not begun")
            return
        while self.opened:
            order, opened, code = self.opened.pop()
            self.codes.append((order, replace(code, end=self.length)))
            if opened == ref:
                return
            self.complain("codes cross one another")

    def complain(self, fault: str) -> None:
        """Keep the first fault."""
        self.fault = self.fault or fault

    def done(self) -> str:
        """The text in unit markup. A code that was never closed is dropped."""
        if self.opened:
            self.complain("a code is begun and never ends")
        ordered = tuple(code for _, code in sorted(self.codes, key=lambda pair: pair[0]))
        return format_text(tidy(Text("".join(self.plain), ordered)))

    def _next(self) -> int:
        self.count += 1
        if self.count > MOST:
            raise ExchangeError(
                f"a unit has more than {MOST} inline codes", path=self.path, line=self.line
            )
        return self.count


def _bare(code: Code) -> tuple[CodeKind, str, str]:
    return code.kind, code.target, code.label
