"""XLSX, through openpyxl (the ``xlsx`` extra): the table of CSV with columns that fit.

Every cell is text, never a formula. What openpyxl cannot write, Excel's own escapes spell.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from workflow.errors import ExchangeError, UsageError
from workflow.exchange._archive import inspect, repacked
from workflow.exchange._table import COLUMNS, Row, header, is_header, returned, rows
from workflow.plugins import Exchange, Handout, Returned

_WIDTHS = {"key": 11, "role": 12, "source": 60, "target": 60, "state": 12, "note": 40, "hash": 8}
_OPEN = frozenset({"target", "state"})
_STATES = '"initial,translated,reviewed"'
_LONGEST = 32_767
"""Characters in a cell: Excel takes no more."""
_MOST_ROWS = 20_000
_CONTROL = "[\\x00-\\x08\\x0b-\\x1f\\ufffe\\uffff]"
_ESCAPABLE = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}_)|{_CONTROL}")
_ESCAPED = re.compile("_x(005[Ff](?=_x[0-9A-Fa-f]{4}_)|00[01][0-9A-Fa-f]|[Ff]{3}[EeFf])_")


def escaped(cell: str) -> str:
    """``cell`` as Excel spells what XML cannot hold: ``_x0007_``."""
    return _ESCAPABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", cell)


def unescaped(cell: str) -> str:
    """The text that Excel's spelling means."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)


def _write(handout: Handout) -> bytes:
    openpyxl = _library()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = handout.language
    for number, cells in enumerate([header(handout), *rows(handout)], 1):
        _refuse_long(cells, handout.path)
        for column, cell in enumerate(cells, 1):
            _put(sheet.cell(number, column), cell, is_header=number == 1)
    _dress(sheet)
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue())


def _put(cell: Any, value: str, *, is_header: bool) -> None:
    from openpyxl.styles import Alignment, Font, Protection

    cell.value = escaped(value)
    cell.data_type = "s"  # whatever it begins with
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=is_header)
    is_open = COLUMNS[cell.column - 1] in _OPEN and not is_header
    cell.protection = Protection(locked=not is_open)


def _dress(sheet: Any) -> None:
    """Widths, a header that stays, and a guard against slips; it has no password."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, column in enumerate(COLUMNS, 1):
        place = sheet.column_dimensions[get_column_letter(number)]
        place.width = _WIDTHS[column]
        place.hidden = column == "hash"
    sheet.freeze_panes = "A2"
    state = get_column_letter(COLUMNS.index("state") + 1)
    choice = DataValidation(type="list", formula1=_STATES, allow_blank=True)
    choice.add(f"{state}2:{state}{max(sheet.max_row, 2)}")
    sheet.add_data_validation(choice)
    guard = sheet.protection
    guard.sheet = True
    guard.formatCells = guard.formatColumns = guard.formatRows = False  # these stay allowed
    guard.sort = guard.autoFilter = False


def _refuse_long(cells: list[str], path: str) -> None:
    for cell in cells:
        if len(escaped(cell)) > _LONGEST:
            what = f"unit {cells[0]} is longer than a cell of Excel can be"
            raise ExchangeError(what, path=path, hint="export as csv or xliff12")


def _read(data: bytes, path: str) -> Returned:
    inspect(data, path)
    openpyxl = _library()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of decorations that openpyxl leaves out
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            table = _table(book.worksheets, path)
    except ExchangeError:
        raise
    except Exception as fault:
        # openpyxl answers a damaged workbook with whatever its parser happened to meet.
        what = f"the workbook is damaged ({type(fault).__name__})"
        hint = "open it in Excel and save it again"
        raise ExchangeError(what, path=path, hint=hint) from None
    return returned(iter(table), path)


def _table(sheets: list[Any], path: str) -> list[Row]:
    """The first sheet that names our columns; people put sheets of their own beside it."""
    tables = (list(_rows(sheet, path)) for sheet in sheets)
    first: list[Row] = []
    for table in tables:
        if table and is_header(table[0].cells):
            return table
        first = first or table
    return first


def _rows(sheet: Any, path: str) -> Iterator[Row]:
    found = sheet.iter_rows(max_row=_MOST_ROWS + 1, max_col=50, values_only=True)
    for line, values in enumerate(found, 1):
        if all(value is None for value in values):
            continue
        if line > _MOST_ROWS:
            raise ExchangeError(f"more than {_MOST_ROWS} rows", path=path, line=line)
        strange = next((value for value in values if not _is_plain(value)), None)
        fault = f"a cell is no text but {type(strange).__name__}" if strange is not None else ""
        yield Row(cells=[_words(value) for value in values], line=line, fault=fault)


def _is_plain(value: object) -> bool:
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unescaped(value) if isinstance(value, str) else str(value)


def _library() -> Any:
    try:
        import openpyxl
    except ImportError:
        what, hint = "XLSX needs the xlsx extra", "pip install 'workflow[xlsx]'"
        raise UsageError(what, hint=hint) from None
    return openpyxl


def _claims(data: bytes, _path: str) -> bool:
    return zipfile.is_zipfile(io.BytesIO(data))


EXCHANGE = Exchange(
    name="xlsx",
    suffixes=(".xlsx",),
    summary="a workbook for Excel or LibreOffice (extra: xlsx)",
    write=_write,
    read=_read,
    claims=_claims,
)
