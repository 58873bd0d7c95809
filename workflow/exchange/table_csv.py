"""CSV (RFC 4180, UTF-8 with a byte order mark), for translators without a CAT tool.

A cell that a spreadsheet would take for a formula has an apostrophe before it in the file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace

from workflow.encoding import decode
from workflow.errors import ExchangeError, SourceError
from workflow.exchange._table import Row, header, is_header, returned, rows
from workflow.plugins import Exchange, Handout, Returned

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRAL = re.compile(r"'+[=+\-@\t\r]")
_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOST = re.compile(r"\w\?\w|\?\?|(?<!\S)\?\w")
"""Question marks inside words: what an eight-bit encoding makes of letters it does not have."""


def neutral(cell: str) -> str:
    """``cell`` so that no spreadsheet calculates it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """``cell`` without the apostrophe that `neutral` put there."""
    return cell[1:] if _NEUTRAL.match(cell) else cell


def _write(handout: Handout) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header(handout))
    for row in rows(handout):
        writer.writerow([neutral(cell) for cell in row])
    try:
        return codecs.BOM_UTF8 + out.getvalue().encode("utf-8")
    except UnicodeEncodeError:
        what = "a text has half a character, which UTF-8 cannot hold"
        raise ExchangeError(what, path=handout.path, hint="export as xliff21") from None


def _read(data: bytes, path: str) -> Returned:
    text, is_narrow = _text(data, path)
    delimiter = _SEPARATOR_LINE.match(text)
    first = 1
    if delimiter is not None:
        text, first = text[delimiter.end() :], 2
    table = returned(_rows(text, path, first), path)
    if not is_narrow:
        return table
    fault = "letters were lost when it was saved: save it as CSV UTF-8"
    units = (
        replace(unit, fault=fault) if _LOST.search(unit.target) else unit for unit in table.units
    )
    return replace(table, units=tuple(units))


def _text(data: bytes, path: str) -> tuple[str, bool]:
    """The text, and whether it is in an encoding that has not every letter."""
    try:
        for mark, codec in _MARKS:
            if data.startswith(mark):
                return data[len(mark) :].decode(codec), False
        text = data.decode("utf-8") if b"\x00" not in data else ""
        if text:
            return text, False
    except UnicodeDecodeError:
        pass
    try:
        text, encoding = decode(data)
    except SourceError as fault:
        raise ExchangeError(fault.what, path=path, line=fault.line, hint=fault.hint) from None
    return text, not encoding.startswith("utf")


def _rows(text: str, path: str, first: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = first
    try:
        for cells in reader:
            yield Row(cells=[bare(cell) for cell in cells], line=line)
            line = first + reader.line_num
    except csv.Error as fault:
        what = f"not a table: {fault}"
        raise ExchangeError(what, path=path, line=line, hint="save it as CSV UTF-8") from None


def _delimiter(text: str) -> str:
    """The one that makes columns of the first line."""
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        except csv.Error:
            continue
        if is_header(cells):
            return delimiter
    return ","


EXCHANGE = Exchange(
    name="csv",
    suffixes=(".csv", ".tsv", ".txt"),
    summary="a table in text form, for any spreadsheet",
    write=_write,
    read=_read,
    claims=lambda _data, _path: True,
)
