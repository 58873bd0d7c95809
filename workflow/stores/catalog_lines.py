"""Which unit of a catalogue stands at a line of its file."""

from __future__ import annotations

from pathlib import Path

from workflow.model import Catalog, Unit
from workflow.stores.charsets import read_po
from workflow.stores.po import Entry, parse


def unit_at(root: Path, catalog: Catalog, line: int) -> Unit | None:
    """The unit whose entry, comments included, has the line; None between and behind them."""
    file = read_po(root, catalog.path)
    if file is None:
        return None
    entries = parse(file.text, path=catalog.path, charset=file.charset)
    at = next((entry.line for entry in entries if _has(entry, line)), 0)
    return next((unit for unit in catalog.units if unit.line == at), None)


def _has(entry: Entry, line: int) -> bool:
    lines = entry.raw.rstrip().split("\n")
    blank = next((n for n, text in enumerate(lines) if text.strip()), 0)
    return entry.first_line + blank <= line < entry.first_line + len(lines)
