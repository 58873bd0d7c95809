"""CSV and TSV: a row a term. Two or three plain columns, as OmegaT and Weblate keep, are read too.

A cell that a spreadsheet would take for a formula has an apostrophe before it in the file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence

from workflow.encoding import decode
from workflow.errors import ExchangeError, SourceError
from workflow.glossaries._plain import is_plain, plain_rows
from workflow.glossaries._rows import (
    Row,
    as_exchange_error,
    concepts_of,
    one_line,
    refuse_large,
    unknown,
)
from workflow.model import (
    CASES,
    MATCHES,
    PARTS_OF_SPEECH,
    Concept,
    ConceptStatus,
    Term,
    TermStatus,
)

COLUMNS = (
    "concept",
    "subject",
    "definition",
    "lang",
    "term",
    "status",
    "match",
    "case",
    "abbreviation",
    "keep",
    "forms",
    "note",
    "pos",
    "head",
    "concept_status",
)
_HINT = f"the first line names the columns: {', '.join(COLUMNS)}"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRAL = re.compile(r"'+[=+\-@\t\r]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
_LOST = re.compile(r"\w\?\w|\?\?|(?<!\S)\?\w")
"""Question marks inside words: what an eight-bit encoding makes of letters it does not have."""
_BAR = " | "
_YES = frozenset(("yes", "true", "1", "да", "истина", "x"))
_NO = frozenset(("", "no", "false", "0", "нет", "ложь"))
_VALUES = {
    "status": tuple(map(str, TermStatus)),
    "match": MATCHES,
    "case": CASES,
    "pos": ("", *PARTS_OF_SPEECH),
    "concept_status": tuple(map(str, ConceptStatus)),
}


def write(concepts: Sequence[Concept], path: str, *, delimiter: str = ",") -> bytes:
    """The glossary as a table. Raises `ExchangeError` for a text that it cannot hold."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", delimiter=delimiter)
    writer.writerow(COLUMNS)
    for concept in concepts:
        for tag, terms in concept.terms:
            for term in terms:
                cells = _cells(concept, tag, term, path)
                writer.writerow([f"'{c}" if _FORMULA.match(c) else c for c in cells])
    try:
        return codecs.BOM_UTF8 + out.getvalue().encode("utf-8")
    except UnicodeEncodeError:
        what = "a text has half a character, which UTF-8 cannot hold"
        raise ExchangeError(what, path=path, hint="mend it in the glossary") from None


def read(
    data: bytes, path: str, *, source: str, target: str = "", languages: Sequence[str] = ()
) -> tuple[Concept, ...]:
    """The concepts of a table. Raises `ExchangeError` with path and line.

    ``source`` and ``target`` are the languages of a table that does not name its own; ``languages``
    are those that may head a column.
    """
    refuse_large(data, path)
    try:
        text, encoding = decode(data)
    except SourceError as fault:
        raise as_exchange_error(fault, path) from None
    lines = list(_lines(text, path))
    if not lines:
        raise ExchangeError("empty", path=path, hint=_HINT)
    head = [cell.casefold() for cell in lines[0][1]]
    if is_plain(head, languages, COLUMNS):
        tags = (source, target)
        rows = list(plain_rows(lines, path, tags=tags, languages=languages))
    else:
        rows = list(_full(lines, head, path))
    if not encoding.startswith("utf"):
        _refuse_lost(rows, path)
    return concepts_of(rows)


def _cells(concept: Concept, tag: str, term: Term, path: str) -> list[str]:
    if any("|" in form for form in term.forms):
        what = f"{concept.id}.{tag}: a form has a “|”, which stands between forms"
        raise ExchangeError(what, path=path, hint="export as tbx")
    return [
        concept.id,
        concept.subject,
        concept.definition,
        tag,
        term.text,
        str(term.status),
        term.match,
        term.case,
        "yes" if term.abbreviation else "",
        "yes" if term.keep else "",
        _BAR.join(term.forms),
        concept.note,
        term.pos,
        term.head,
        "" if concept.status is ConceptStatus.REVIEWED else str(concept.status),
    ]


def _lines(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line it begins on."""
    said = _SEPARATOR_LINE.match(text)
    delimiter = said[1] if said else _delimiter(text)
    first = 2 if said else 1
    rows = text[said.end() if said else 0 :]
    reader = csv.reader(io.StringIO(rows), delimiter=delimiter)
    line = begun = first
    try:
        for cells in reader:
            begun = line
            bare = [c[1:] if _NEUTRAL.match(c) else c for c in cells]
            if any(map(str.strip, bare)):
                yield line, [cell.strip() for cell in bare]
            line = first + reader.line_num
    except csv.Error as fault:
        what = f"not a table: {fault}"
        raise ExchangeError(what, path=path, line=line, hint="save it as CSV UTF-8") from None
    last = rows.split("\n", begun - first)[-1]
    if _is_open(last, delimiter):
        what = "a quotation mark before a text is never closed"
        raise ExchangeError(what, path=path, line=begun, hint="double those that are part of it")


def _is_open(row: str, delimiter: str) -> bool:
    """Whether the table ends within quotation marks: then terms were read as one text."""
    try:
        list(csv.reader(io.StringIO(row), delimiter=delimiter, strict=True))
    except csv.Error as fault:
        return "end of data" in str(fault)
    return False


def _delimiter(text: str) -> str:
    """The one that stands in the first line most often; a tab when there is one."""
    line = text.lstrip("\n").partition("\n")[0]
    return "\t" if "\t" in line else max(",;", key=line.count)


def _full(lines: list[tuple[int, list[str]]], head: list[str], path: str) -> Iterator[Row]:
    start = lines[0][0]
    for column in ("lang", "term"):
        if column not in head:
            raise ExchangeError(f"no column “{column}”", path=path, line=start, hint=_HINT)
    for cell in head:
        if cell and (cell not in COLUMNS or head.count(cell) > 1):
            what = f"the column “{cell[:60]}” is not known, or there twice"
            raise ExchangeError(what, path=path, line=start, hint=_HINT)
    for line, cells in lines[1:]:
        if len(cells) > len(head):
            what = f"{len(cells)} cells, but {len(head)} columns"
            raise ExchangeError(what, path=path, line=line, hint="put quotes around such a text")
        yield _row(dict(zip(head, cells, strict=False)), line, path)


def _row(said: dict[str, str], line: int, path: str) -> Row:
    if not said.get("term") or not said.get("lang"):
        raise ExchangeError("a term or its language is missing", path=path, line=line)
    chosen = {key: said.get(key, "").lower() or values[0] for key, values in _VALUES.items()}
    for key, value in chosen.items():
        if value not in _VALUES[key]:
            raise unknown(key, value, _VALUES[key], path=path, line=line)
    term = Term(
        text=one_line(said["term"]),
        status=TermStatus(chosen["status"]),
        match=chosen["match"],
        case=chosen["case"],
        forms=tuple(filter(None, map(one_line, said.get("forms", "").split("|")))),
        abbreviation=_flag(said, "abbreviation", line, path),
        keep=_flag(said, "keep", line, path),
        pos=chosen["pos"],
        head=one_line(said.get("head", "")),
    )
    return Row(
        concept=said.get("concept", ""),
        group=str(line),  # a row without a concept stands alone
        tag=one_line(said["lang"]),
        term=term,
        subject=said.get("subject", ""),
        definition=said.get("definition", ""),
        note=said.get("note", ""),
        standing=ConceptStatus(chosen["concept_status"]),
        line=line,
    )


def _flag(said: dict[str, str], key: str, line: int, path: str) -> bool:
    value = said.get(key, "").casefold()
    if value not in _YES | _NO:
        raise unknown(key, value, ("yes", "no"), path=path, line=line)
    return value in _YES


def _refuse_lost(rows: list[Row], path: str) -> None:
    for row in rows:
        if _LOST.search(row.term.text):
            what = "letters were lost when it was saved"
            raise ExchangeError(what, path=path, line=row.line, hint="save it as CSV UTF-8")
