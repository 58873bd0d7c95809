"""What of a catalogue stands where in its file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from workflow.model import Catalog, Unit
from workflow.stores.charsets import read_po
from workflow.stores.po import Entry, Place, lines_of, parse, places

__all__ = ["Place", "target_places", "unit_at"]


def unit_at(root: Path, catalog: Catalog, line: int) -> Unit | None:
    """The unit whose entry, comments included, has the line; None between and behind them."""
    file = read_po(root, catalog.path)
    if file is None:
        return None
    entries = parse(file.text, path=catalog.path, charset=file.charset)
    at = next((entry.line for entry in entries if _has(entry, line)), 0)
    return next((unit for unit in catalog.units if unit.line == at), None)


def target_places(root: Path, path: str, lines: Collection[int]) -> dict[int, list[Place]]:
    """Line of a ``msgstr`` → the places of the characters of its text; see `places`.

    Raises what `read_po` raises.
    """
    file = read_po(root, path)
    text = lines_of(file.text) if file else []
    return {line: places(text, line) for line in lines}


def _has(entry: Entry, line: int) -> bool:
    lines = entry.raw.rstrip().split("\n")
    blank = next((n for n, text in enumerate(lines) if text.strip()), 0)
    return entry.first_line + blank <= line < entry.first_line + len(lines)
