"""Plain text: labelled lines, then paragraphs between blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.encoding import decode
from workflow.errors import SourceError
from workflow.formats._inline import Line
from workflow.formats._labels import BODY, label_of
from workflow.formats._metadata import KEYS, Statement, reading_of
from workflow.formats._order import normal
from workflow.model import Block, BlockKind
from workflow.plugins import Reading

_BULLET = re.compile(r"[-*•—–]\s+(?=\S)")
_NUMBER = re.compile(r"\d{1,3}[.)]\s+(?=\S)")
_QUOTE = re.compile(r">\s?")
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
            raise SourceError(error.what, path=path, line=error.line, hint=error.hint) from None
        lines = text.split("\n")
        said, at = _head(lines)
        blocks = [block for part in _paragraphs(lines, at) for block in _blocks(part)]
        return reading_of(said, normal(blocks), path=path, slug=slug, strict=strict)


FORMAT = TextFormat()


def _head(lines: list[str]) -> tuple[Statement, int]:
    """What the labels say, and the index of the line after them."""
    at = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if label_of(lines[at]) is None:
        return _title(lines, at)
    # Where the body has a label of its own, every line before it is a label, known or not, and
    # blank lines may stand between them.
    end = _body_label(lines, at)
    values: dict[str, object] = {}
    extra: dict[str, object] = {}
    places: dict[str, int] = {}
    for index in range(at, len(lines) if end is None else end):
        label = label_of(lines[index], any_name=end is not None)
        if label is not None:
            key, value = label
            (values if key in KEYS else extra).setdefault(key, value)
            places.setdefault(key, index + 1)
        elif end is None:
            return Statement(values=values, lines=places, extra=extra), index
    return Statement(values=values, lines=places, extra=extra), len(lines) if end is None else end


def _body_label(lines: list[str], at: int) -> int | None:
    """The index where the body begins, if a label says so; the label itself is taken away."""
    for index in range(at, min(len(lines), at + _HEAD_LINES)):
        label = label_of(lines[index], any_name=True)
        if label is not None and label[0] == BODY:
            lines[index] = label[1]
            return index
        if label is None and lines[index].strip():
            return None
    return None


def _title(lines: Sequence[str], at: int) -> tuple[Statement, int]:
    """Without labels the first line is the title, when it looks like one."""
    line = " ".join(lines[at].split(" ")).strip()
    followed = at + 1 < len(lines) and lines[at + 1].strip()
    if not line or followed or line.endswith(".") or len(line) > _LONGEST_TITLE:
        return Statement(values={}), at
    return Statement(values={"title": line}, lines={"title": at + 1}), at + 1


def _paragraphs(lines: Sequence[str], at: int) -> Iterator[list[tuple[int, str]]]:
    """Runs of lines that are not blank, each line with its number."""
    part: list[tuple[int, str]] = []
    for number, line in enumerate(lines[at:], start=at + 1):
        if line.strip():
            part.append((number, line))
        elif part:
            yield part
            part = []
    if part:
        yield part


def _blocks(part: list[tuple[int, str]]) -> Iterator[Block]:
    for mark, kind, ordered in (
        (_BULLET, BlockKind.ITEM, False),
        (_NUMBER, BlockKind.ITEM, True),
    ):
        if mark.match(part[0][1].lstrip()) and all(_is_of_list(line, mark) for _, line in part):
            for item in _items(part, mark):
                yield _block(kind, item, ordered=ordered)
            return
    if all(line.startswith(">") for _, line in part):
        unmarked = [(number, _QUOTE.sub("", line, count=1)) for number, line in part]
        for quoted in _paragraphs_of(unmarked):
            yield _block(BlockKind.QUOTE, quoted)
        return
    yield _block(BlockKind.PARAGRAPH, part)


def _paragraphs_of(part: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    first = part[0][0]
    for lines in _paragraphs([line for _, line in part], 0):
        yield [(number + first - 1, line) for number, line in lines]


def _is_of_list(line: str, mark: re.Pattern[str]) -> bool:
    """An item, or the indented rest of one."""
    return line.startswith("  ") or mark.match(line) is not None


def _items(part: list[tuple[int, str]], mark: re.Pattern[str]) -> Iterator[list[tuple[int, str]]]:
    item: list[tuple[int, str]] = []
    for number, line in part:
        match = mark.match(line.lstrip())
        if match and item:
            yield item
            item = []
        item.append((number, line.lstrip()[match.end() :] if match else line))
    yield item


def _block(kind: BlockKind, part: list[tuple[int, str]], *, ordered: bool = False) -> Block:
    line = Line()
    line.add("\n".join(words for _, words in part))
    return Block(kind=kind, text=line.take(), ordered=ordered, line=part[0][0])
