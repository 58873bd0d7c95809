"""Concepts as JSON can hold them: reading TOML and looking for its faults takes far longer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from workflow.model import Concept, ConceptStatus, Term, TermStatus


def to_data(concepts: Iterable[Concept]) -> list[dict[str, Any]]:
    """Of each concept and term, what is not as it is when nothing was said."""
    return [
        _said(concept) | {"terms": [[tag, [*map(_said, terms)]] for tag, terms in concept.terms]}
        for concept in concepts
    ]


def from_data(data: object) -> tuple[Concept, ...] | None:
    """The concepts that `to_data` wrote; None when it is anything else."""
    try:
        return tuple(map(_concept, data)) if isinstance(data, list) else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _concept(row: dict[str, Any]) -> Concept:
    terms = tuple((_text(tag), tuple(map(_term, rows))) for tag, rows in row.pop("terms"))
    return Concept(terms=terms, **{name: _CONCEPT[name](value) for name, value in row.items()})


def _term(row: Mapping[str, Any]) -> Term:
    return Term(**{name: _TERM[name](value) for name, value in row.items()})


def _said(value: Concept | Term) -> dict[str, Any]:
    said = {field: getattr(value, field.name) for field in fields(value)}
    return {field.name: what for field, what in said.items() if what != field.default}


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return value


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(map(_text, values))


def _exactly(kind: type) -> Callable[[object], Any]:
    def read(value: object) -> object:
        if type(value) is not kind:
            raise TypeError(value)
        return value

    return read


_READERS: dict[type, Callable[[Any], Any]] = {
    **{str: _text, tuple: _texts, bool: _exactly(bool), int: _exactly(int)},
    **{kind: kind for kind in (TermStatus, ConceptStatus)},
}
_TERM, _CONCEPT = (
    {field.name: _READERS[type(getattr(bare, field.name))] for field in fields(bare)}
    for bare in (Term(text=""), Concept(id="", terms=()))
)
