"""Rows → concepts: what all the readers have in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from workflow.errors import ExchangeError, SourceError
from workflow.model import Concept, ConceptStatus, Term

_USUAL = ConceptStatus.REVIEWED
LARGEST = 20 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One term as a file has it, with what the file says of its concept."""

    concept: str = ""
    """The concept's name in the file; empty when it has none."""
    group: str = ""
    """What holds the terms of a nameless concept together."""
    tag: str
    term: Term
    subject: str = ""
    definition: str = ""
    note: str = ""
    source: str = ""
    standing: ConceptStatus = ConceptStatus.REVIEWED
    line: int = 0


def refuse_large(data: bytes, path: str) -> None:
    """Raises `ExchangeError` for a file that no glossary is as large as."""
    if len(data) > LARGEST:
        raise ExchangeError("larger than 20 MB", path=path, hint="is it really a glossary?")


def as_exchange_error(fault: SourceError, path: str) -> ExchangeError:
    """The fault of bytes that are no text, as one of a file that came from outside."""
    return ExchangeError(fault.what, path=path, line=fault.line, hint=fault.hint)


def one_line(text: str) -> str:
    """``text`` with single spaces, in one canonical spelling: how terms are kept."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def same(text: str) -> str:
    """What two spellings of one term have in common."""
    return one_line(text).casefold()


def unknown(what: str, value: str, known: Iterable[str], *, path: str, line: int) -> ExchangeError:
    """The fault of a value that is none of those known."""
    return ExchangeError(
        f"{what} “{value[:60]}” is not known",
        path=path,
        line=line,
        hint=f"one of {', '.join(known)}",
    )


def concepts_of(rows: Iterable[Row]) -> tuple[Concept, ...]:
    """The concepts in the order of their first rows; of equal terms the first counts."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        key = (row.concept, "" if row.concept else row.group)
        groups.setdefault(key, []).append(row)
    return tuple(_concept(name, group) for (name, _), group in groups.items())


def _concept(name: str, rows: list[Row]) -> Concept:
    terms: dict[str, dict[str, Term]] = {}
    for row in rows:
        terms.setdefault(row.tag, {}).setdefault(one_line(row.term.text), row.term)
    return Concept(
        id=name,
        terms=tuple((tag, tuple(found.values())) for tag, found in sorted(terms.items())),
        subject=next((row.subject for row in rows if row.subject), ""),
        definition=next((row.definition for row in rows if row.definition), ""),
        note="; ".join(dict.fromkeys(row.note for row in rows if row.note)),
        source=next((row.source for row in rows if row.source), ""),
        status=next((r.standing for r in rows if r.standing is not _USUAL), _USUAL),
        line=rows[0].line,
    )
