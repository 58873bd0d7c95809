"""Plain text: labelled lines, then paragraphs between blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.encoding import decode
from workflow.errors import SourceError
from workflow.formats._labels import BODY, label_of
from workflow.formats._metadata import KEYS, Statement, reading_of
from workflow.formats._order import normal
from workflow.model import Block, BlockKind, Text
from workflow.plugins import Reading

_BULLET = re.compile(r"[-*•—–]\s+(?=\S)")
_NUMBER = re.compile(r"\d{1,3}[.)]\s+(?=\S)")
_QUOTE = re.compile(r">\s?")
_LEAST_ITEMS = 2
_LONGEST_TITLE = 300
_HEAD_LINES = 40


@dataclass(frozen=True, slots=True)
class TextFormat:
    """See `workflow.plugins.SourceFormat`."""

    name: str = "text"
    suffixes: tuple[str, ...] = (".txt",)

    def read(self, data: bytes, *, path: str, slug: str, strict: bool = True) -> Reading:
        """The release in a plain text."""
        try:
            text, _ = decode(data)
        except SourceError as error:
            raise SourceError(error.what, path=path, hint=error.hint) from None
        lines = text.split("\n")
        said, at = _head(lines)
        blocks = normal(block for start, part in _paragraphs(lines, at) for block in _blocks(start, part))
        return reading_of(said, blocks, path=path, slug=slug, strict=strict)


FORMAT = TextFormat()


def _head(lines: Sequence[str]) -> tuple[Statement, int]:
    """What the labels say, and the index of the line after them."""
    at = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if label_of(lines[at]) is None:
        return _title(lines, at)
    # Where the body has a label of its own, every label before it is one, and blank lines may
    # stand between them.
    marked = _body_label(lines, at)
    values: dict[str, object] = {}
    extra: dict[str, object] = {}
    places: dict[str, int] = {}
    while at < len(lines):
        line = lines[at]
        label = label_of(line, any_name=marked is not None)
        at += 1
        if not line.strip() and marked is None:
            break
        if label is None:
            if marked is None:
                at -= 1
                break
            continue
        key, value = label
        if key == BODY:
            lines_after = value
            if lines_after:
                at -= 1
            break
        (values if key in KEYS else extra).setdefault(key, value)
        places.setdefault(key, at)
    return Statement(values=values, lines=places, extra=extra), at
