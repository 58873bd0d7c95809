"""Two targets of one source → the terms that a translator wrote in another way.

A term of the glossary stood in the old target; in the new one other words stand in its place, and
what is around them is as it was. Where more was rewritten, nobody can tell what became of what.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.languages import Language
from workflow.markup import plain_text
from workflow.model import Concept, Term, Unit
from workflow.terminology.matching import find_terms
from workflow.terminology.words import Word, words_of

_LONGEST = 8  # words: more are another sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """A term, and the words that a translator put in its place."""

    concept: str
    before: Term
    after: tuple[str, ...]
    known: Term | None
    """The term of the concept that these words are, where they are one."""
    path: str
    line: int
    target: str
    who: str = ""
    when: str = ""
    """ISO date."""


def rewordings(
    old_target: str,
    unit: Unit,
    concepts: tuple[Concept, ...],
    *,
    source: Language,
    target: Language,
    path: str,
    signed: tuple[str, str] = ("", ""),
) -> Iterator[Rewording]:
    """What became of the terms of ``old_target`` in ``unit``, whose source names their concepts.

    ``signed`` is who made the change and when. A draft that nobody accepted teaches nothing.
    """
    if not unit.is_accepted or not old_target or unit.target == old_target:
        return
    old, new = plain_text(old_target), plain_text(unit.target)
    theirs, now = (find_terms(text, concepts, target) for text in (old, new))
    wanted = {found.concept for found in find_terms(plain_text(unit.source), concepts, source)}
    if not any(found.concept in wanted for found in theirs):
        return
    ours, words = words_of(old), words_of(new)
    opcodes = _opcodes(ours, words)
    for found in theirs:
        span = _span(opcodes, *_within(ours, found.start, found.end))
        if found.concept not in wanted or span is None:
            continue
        there = words[span[0] : span[1]]
        start, end = there[0].start, there[-1].end
        here = [
            one
            for one in now
            if one.concept == found.concept and one.start < end and start < one.end
        ]
        if any(one.term == found.term for one in here):  # it is there, in another form
            continue
        known = [one.term for one in here if (one.start, one.end) == (start, end)]
        yield Rewording(
            concept=found.concept,
            before=found.term,
            after=tuple(word.text for word in there),
            known=known[0] if known else None,
            path=path,
            line=unit.target_line or unit.line,
            target=unit.target,
            who=signed[0],
            when=signed[1],
        )


def _within(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    inside = [at for at, word in enumerate(words) if word.start < end and start < word.end]
    return inside[0], inside[-1] + 1


def _opcodes(
    ours: Sequence[Word], theirs: Sequence[Word]
) -> Sequence[tuple[str, int, int, int, int]]:
    old, new = ([word.lower for word in words] for words in (ours, theirs))
    return difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _span(
    opcodes: Sequence[tuple[str, int, int, int, int]], start: int, end: int
) -> tuple[int, int] | None:
    """The words that stand where ``start`` to ``end`` stood; None where that is not certain."""
    first = next((_at(one, start) for one in opcodes if one[1] <= start < one[2]), None)
    last = next((_at(one, end) for one in opcodes if one[1] < end <= one[2]), None)
    if first is None or last is None or not 0 < last - first <= _LONGEST:
        return None
    touched = [kind for kind, a, b, _, _ in opcodes if a < end and start < b and kind != "equal"]
    return (first, last) if touched else None


def _at(opcode: tuple[str, int, int, int, int], place: int) -> int | None:
    """Where a place between words is on the other side."""
    kind, a, b, c, d = opcode
    if kind == "equal":
        return c + place - a
    return c if place == a else d if place == b else None
