"""What a file says of its embargo, of corrections and of its withdrawal."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from workflow.dates.moments import parse_moment
from workflow.errors import SourceError, UsageError
from workflow.formats._scalars import NO, YES, iso_date, words_of
from workflow.model import Correction, CorrectionType, Release, Withdrawal

_LINE = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})?(?:[\s,]+(?P<type>correction|clarification|update)\b)?[\s,:]*(?P<note>.*)",
    re.DOTALL | re.IGNORECASE,
)
"""One line, where a format has no tables: ``2024-07-26 correction: …``."""
_TYPES = tuple(str(one) for one in CorrectionType)
_TABLE = "{ date: 2024-07-26, type: correction, note: … }"
_HEAD = 200  # characters: what stands further down is what the text is about
_SPOKEN = re.compile(
    r"\A\W*(?:strictly |under |под )*(?:embargo(?:ed)?|эмбарго)\s*(?:until|till|до\b|:)"
    r"|\A\W*not for (?:publication|release|broadcast) (?:before|until)"
    r"|\A\W*не публиковать до\b"
    r"|дейін жариялауға болмайды|чейин жарыялоого болбойт",
    re.IGNORECASE,
)


def embargo_of(written: object, *, path: str, line: int) -> str:
    """The moment as it is written. Raises `SourceError` for one that nobody can read.

    It would let the text out too early, or never.
    """
    words = words_of(written)
    try:
        if words is None:
            raise UsageError("it is no line of text")
        parse_moment(words)
    except UsageError as fault:
        hint = f"{fault.hint}{'; ' if fault.hint else ''}or take the line away"
        what = f"embargo cannot be read, so it never ends: {fault.what}"
        raise SourceError(what, path=path, line=line, hint=hint) from None
    return words


def speaks_of_embargo(release: Release) -> bool:
    """Whether its first lines tell people of an embargo, as they do in mail."""
    texts = (release.title, *(block.text.plain for block in release.blocks[:2]))
    return any(_SPOKEN.search(text[:_HEAD]) for text in texts)


def corrections_of(written: object, *, path: str, line: int) -> tuple[Correction, ...]:
    """A list of tables or lines, the oldest first. Raises `SourceError`."""
    items = written if isinstance(written, list) else [written]
    found = [_correction(_table(item, "corrections", path, line), path, line) for item in items]
    return tuple(sorted(found, key=lambda one: one.date))


def withdrawal_of(written: object, *, path: str, line: int) -> Withdrawal | None:
    """A table, a line, or only yes. Raises `SourceError`."""
    words = (words_of(written) or "").lower()
    if words in NO:
        return None
    if words in YES:
        return Withdrawal()
    said = _table(written, "withdrawn", path, line)
    unknown = sorted(set(said) - {"date", "note"})
    date = iso_date(said["date"]) if said.get("date") else None
    if unknown or (date is None and (said.get("date") or not said.get("note"))):
        what = f"withdrawn cannot be read: {_wrong(unknown, 'a day and a note are wanted')}"
        hint = "write { date: 2024-07-26, note: … }, or true"
        raise SourceError(what, path=path, line=line, hint=hint)
    return Withdrawal(date=date, note=said.get("note", ""))


def _correction(said: Mapping[str, str], path: str, line: int) -> Correction:
    unknown = sorted(set(said) - {"date", "type", "note"})
    date = iso_date(said.get("date", ""))
    kind = said.get("type", "").lower()
    missing = [name for name in ("date", "type", "note") if not said.get(name)]
    if unknown or missing or date is None or kind not in _TYPES:
        wrong = _wrong(unknown, _what(said, missing, date))
        raise SourceError(f"a correction {wrong}", path=path, line=line, hint=f"write {_TABLE}")
    return Correction(type=CorrectionType(kind), date=date, note=said["note"])


def _what(said: Mapping[str, str], missing: list[str], date: dt.date | None) -> str:
    if missing:
        return f"has no {missing[0]}"
    if date is None:
        return f"is dated “{said['date']}”, which is no day"
    return f"is no “{said['type']}”: one of {', '.join(_TYPES)}"


def _wrong(unknown: list[str], what: str) -> str:
    return f"has the unknown key “{unknown[0]}”" if unknown else what


def _table(item: object, key: str, path: str, line: int) -> dict[str, str]:
    """Names and lines of words, of a table or of one line."""
    if isinstance(item, Mapping):
        said = {str(name): words_of(value) for name, value in item.items()}
    else:
        words = words_of(item)
        match = _LINE.fullmatch(words) if words else None
        said = {k: v for k, v in match.groupdict().items() if v} if match else {}
    if not said or None in said.values():
        raise SourceError(f"{key} cannot be read", path=path, line=line, hint=f"write {_TABLE}")
    return {name: value for name, value in said.items() if value}
