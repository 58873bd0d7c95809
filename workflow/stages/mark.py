"""Issue × unit → both sides cut into pieces, with what the issue speaks of marked and numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workflow.languages import Language
from workflow.model import Concept, Issue
from workflow.plugins import Pair
from workflow.terminology.matching import Found, find_terms
from workflow.terminology.rules import BANNED


class MarkKind(StrEnum):
    """What a marked piece is to the issue."""

    NONE = ""
    WRONG = "wrong"
    """The issue is here."""
    PAIRED = "paired"
    """The other side has a piece of the same number."""
    ALONE = "alone"
    """The other side has no piece of this number."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a side; the pieces of a side, put together, are the side."""

    text: str
    kind: MarkKind = MarkKind.NONE
    number: int = 0
    """From 1 in the order of the side, so that the n-th here belongs to the n-th there; 0 for what
    needs none: a piece that is the only one of both sides."""


@dataclass(frozen=True, slots=True, order=True)
class _Span:
    start: int
    end: int
    is_wrong: bool = False


def mark(issue: Issue, pair: Pair) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The pieces of the source, and those of the target.

    An issue about a concept has all occurrences of its terms marked, found as the check found
    them. A side without a mark stays as the catalogue writes it, markup and all, for the markup
    may be what is wrong.
    """
    ours = _spans(
        _occurrences(issue.about, pair.source.plain, pair.concepts, pair.source_language),
        _Span(issue.source_start, min(issue.source_end, len(pair.source.plain))),
    )
    theirs = _spans(
        _occurrences(issue.about, pair.target.plain, pair.concepts, pair.target_language),
        _Span(issue.start, min(issue.end, len(pair.target.plain)), is_wrong=True),
    )
    source = tuple(_pieces(pair.source.plain, ours, others=len(theirs)))
    target = tuple(_pieces(pair.target.plain, theirs, others=len(ours)))
    return source if ours else _whole(pair.unit.source), target if theirs else _whole(
        pair.unit.target
    )


def _whole(markup: str) -> tuple[Piece, ...]:
    return (Piece(markup),) if markup else ()


def _occurrences(
    about: str, text: str, concepts: tuple[Concept, ...], language: Language
) -> Iterator[Found]:
    if about:
        # Of all concepts: a longer term of another one hides what it holds.
        found = find_terms(text, concepts, language)
        yield from (hit for hit in found if hit.concept == about)


def _spans(found: Iterable[Found], own: _Span) -> list[_Span]:
    """In order and apart from each other; where the issue has a span of its own, that one stays."""
    spans = [own] if own.start < own.end else []
    for hit in found:
        is_wrong = hit.term.status in BANNED or hit.is_bare
        if not any(hit.start < span.end and span.start < hit.end for span in spans):
            spans.append(_Span(hit.start, hit.end, is_wrong))
    return sorted(spans)


def _pieces(text: str, spans: Sequence[_Span], *, others: int) -> Iterator[Piece]:
    at = 0
    is_numbered = len(spans) + others > 1
    for number, span in enumerate(spans, 1):
        if at < span.start:
            yield Piece(text[at : span.start])
        kind = MarkKind.PAIRED if number <= others else MarkKind.ALONE
        kind = MarkKind.WRONG if span.is_wrong else kind
        yield Piece(text[span.start : span.end], kind, number if is_numbered else 0)
        at = span.end
    if at < len(text):
        yield Piece(text[at:])
