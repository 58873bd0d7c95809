"""Tables of two or three plain columns: source, target, comment; or a column a language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workflow.errors import ExchangeError
from workflow.glossaries._rows import Row, one_line, same
from workflow.model import Term

_NOTES = frozenset(
    (
        "comment",
        "comments",
        "note",
        "notes",
        "explanation",
        "description",
        "translator_comments",
        "developer_comments",
    )
)
_OTHERS = frozenset(("location", "id", "fuzzy", "context", "flags"))
_HINT = "two columns are wanted: a term and its translation; or a first line that names columns"

Line = tuple[int, list[str]]


def is_plain(head: Sequence[str], languages: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether the first row is not that of a table with one term a row."""
    if {"source", "target"} <= set(head) or _is_of_languages(head, languages):
        return True
    return len(head) in (2, 3) and len(set(head) & set(columns)) < 2


def plain_rows(
    lines: Sequence[Line], path: str, *, tags: tuple[str, str], languages: Sequence[str]
) -> Iterator[Row]:
    """The terms of such a table. Raises `ExchangeError` when nobody says what language they are."""
    head = [cell.casefold() for cell in lines[0][1]]
    if _is_of_languages(head, languages):
        yield from _wide(lines[1:], head, languages)
        return
    if not tags[1]:
        what = "the table does not say what language its translations are in"
        raise ExchangeError(what, path=path, line=lines[0][0], hint="say it: --lang TAG")
    if {"source", "target"} <= set(head):
        pairs, lines = (head.index("source"), head.index("target")), lines[1:]
        notes = [place for place, cell in enumerate(head) if cell in _NOTES]
        fuzzy = head.index("fuzzy") if "fuzzy" in head else -1
    else:
        pairs, notes, fuzzy = (0, 1), [2], -1
        lines = [line for line in lines if not line[1][0].startswith("#")]
        _refuse_ragged(lines, path)
    for line, cells in lines:
        if fuzzy < 0 or _cell(cells, fuzzy).casefold() not in ("1", "true", "yes"):
            yield from _pair(line, cells, pairs, notes, tags)


def _is_of_languages(head: Sequence[str], languages: Sequence[str]) -> bool:
    known = {tag.casefold() for tag in languages}
    return sum(cell in known for cell in head) > 1 and all(
        cell in known or cell in _NOTES or cell in _OTHERS for cell in head
    )


def _wide(lines: Sequence[Line], head: Sequence[str], languages: Sequence[str]) -> Iterator[Row]:
    known = {tag.casefold(): tag for tag in languages}
    for line, cells in lines:
        notes = [_cell(cells, place) for place, cell in enumerate(head) if cell in _NOTES]
        words = {
            tag: one_line(_cell(cells, head.index(cell)))
            for cell, tag in known.items()
            if cell in head
        }
        first = next(filter(None, words.values()), "")
        for tag, text in words.items():
            if text:
                note = "; ".join(filter(None, notes))
                yield Row(group=same(first), tag=tag, term=Term(text=text), note=note, line=line)


def _pair(
    line: int,
    cells: Sequence[str],
    pair: tuple[int, int],
    notes: Sequence[int],
    tags: tuple[str, str],
) -> Iterator[Row]:
    """A term and its translation; terms that are written alike are one concept."""
    texts = [one_line(_cell(cells, place)) for place in pair]
    note = "; ".join(filter(None, (_cell(cells, place) for place in notes)))
    if texts[0]:
        for tag, text in zip(tags, texts, strict=True):
            if text:
                yield Row(group=same(texts[0]), tag=tag, term=Term(text=text), note=note, line=line)


def _refuse_ragged(lines: Sequence[Line], path: str) -> None:
    for line, cells in lines:
        if len(cells) not in (2, 3):
            what = f"{len(cells)} columns, and no first line that names them"
            raise ExchangeError(what, path=path, line=line, hint=_HINT)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
