"""Units ⇄ rows: what CSV and XLSX have in common. Texts are in unit markup, as in a PO file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.errors import ExchangeError
from workflow.exchange._names import from_file_name
from workflow.inline.codes import MOST
from workflow.model import State
from workflow.plugins import Handout, Returned, ReturnedUnit

COLUMNS = ("key", "role", "source", "target", "state", "note", "hash")
_HINT = f"the first line names the columns: {', '.join(COLUMNS)}; export the file anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table as it was read."""

    cells: Sequence[str]
    line: int
    fault: str = ""


def header(handout: Handout) -> list[str]:
    """The names of the columns. The languages stand there for people, the release for us."""
    return [
        "key",
        "role",
        f"source ({handout.source_language})",
        f"target ({handout.language})",
        "state",
        "note",
        f"hash {handout.slug}.{handout.language}",
    ]


def rows(handout: Handout) -> Iterator[list[str]]:
    """A line for each unit."""
    for unit in handout.units:
        notes = "\n".join(unit.notes)
        yield [unit.key, unit.role, unit.source, unit.target, unit.state.value, notes, unit.seal]


def is_header(cells: Sequence[str]) -> bool:
    """Whether these cells name the columns that are needed."""
    names = {_first_word(cell) for cell in cells}
    return {"source", "target"} <= names


def returned(table: Iterator[Row], path: str) -> Returned:
    """The units of a table whose first row names the columns. Raises `ExchangeError`."""
    head = next(table, None)
    if head is None or not is_header(head.cells):
        missing = _missing(head.cells if head else ())
        raise ExchangeError(f"no column “{missing}”", path=path, line=1, hint=_HINT)
    places = {_first_word(cell): place for place, cell in reversed(list(enumerate(head.cells)))}
    slug, tag = _catalog_name(head.cells, path)
    units = tuple(_unit(row, places, path) for row in table if any(map(str.strip, row.cells)))
    return Returned(slug=slug, language=tag, units=units, path=path)


def _unit(row: Row, places: dict[str, int], path: str) -> ReturnedUnit:
    def cell(name: str) -> str:
        place = places.get(name, len(row.cells))
        return row.cells[place] if place < len(row.cells) else ""

    target = cell("target")
    if target.count("<") > MOST or cell("source").count("<") > MOST:
        raise ExchangeError(f"a unit has more than {MOST} inline codes", path=path, line=row.line)
    return ReturnedUnit(
        key=cell("key"),
        source=cell("source"),
        target=target,
        state=_state(cell("state")) if target else State.INITIAL,
        seal=cell("hash").strip(),
        line=row.line,
        fault=row.fault,
    )


def _state(word: str) -> State:
    """Only the words that say a person has accepted it say so."""
    return State.REVIEWED if word.strip().casefold() in ("reviewed", "final") else State.TRANSLATED


def _catalog_name(cells: Sequence[str], path: str) -> tuple[str, str]:
    named = next((cell.split()[1:] for cell in cells if _first_word(cell) == "hash"), [])
    slug, tag = from_file_name(f"{named[0]}.hash") if named else ("", "")
    return (slug, tag) if slug else from_file_name(path)


def _missing(cells: Sequence[str]) -> str:
    names = {_first_word(cell) for cell in cells}
    return next(name for name in ("source", "target") if name not in names)


def _first_word(cell: str) -> str:
    words = cell.split()
    return words[0].casefold() if words else ""
