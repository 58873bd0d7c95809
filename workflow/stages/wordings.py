"""Catalogue → its accepted targets as evidence of how the house names its concepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.languages import Language
from workflow.markup import plain_text
from workflow.model import Catalog, Concept, Unit, Waiver
from workflow.stages.waive import text_hash
from workflow.terminology.matching import Found, find_terms, preferred
from workflow.terminology.rules import BANNED
from workflow.terminology.words import Word, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The target of one accepted unit."""

    path: str
    line: int
    target: str
    lacking: frozenset[str]
    """Concepts that the source names and the target does not."""
    runs: tuple[tuple[str, ...], ...]
    """Its words, as written; cut where punctuation stands."""
    known: tuple[tuple[bool, ...], ...]
    """Which of them belong to a term of the glossary."""
    banned: tuple[tuple[str, str], ...] = ()
    """(concept, citation form) of the forbidden and deprecated terms in it."""
    waived: tuple[Waiver, ...] = ()
    """The decisions that its terms are right."""


def wordings(
    catalog: Catalog,
    concepts: tuple[Concept, ...],
    *,
    source: Language,
    target: Language,
    waivers: Sequence[Waiver] = (),
) -> Iterator[Wording]:
    """The accepted units of ``catalog``, in the order of the file."""
    wanted = {concept.id for concept in concepts if preferred(concept, target.tag)}
    for unit in catalog.units:
        if not unit.is_accepted:
            continue
        ours = find_terms(plain_text(unit.source), concepts, source)
        plain = plain_text(unit.target)
        theirs = find_terms(plain, concepts, target)
        runs = list(_runs(plain, theirs))
        named = {found.concept for found in ours} & wanted
        yield Wording(
            path=catalog.path,
            line=unit.target_line or unit.line,
            target=unit.target,
            lacking=frozenset(named - {found.concept for found in theirs}),
            runs=tuple(tuple(word for word, _ in run) for run in runs),
            known=tuple(tuple(known for _, known in run) for run in runs),
            banned=tuple((f.concept, f.term.text) for f in theirs if f.term.status in BANNED),
            waived=tuple(_waived(unit, waivers)),
        )


def waivers_of(one: Wording, concept: str) -> list[Waiver]:
    """The decisions that what a unit calls a concept is right."""
    return [waiver for waiver in one.waived if waiver.about == concept]


def _waived(unit: Unit, waivers: Sequence[Waiver]) -> Iterator[Waiver]:
    for waiver in waivers:
        if waiver.check != "terms" or waiver.key != unit.key:
            continue
        if (waiver.source, waiver.target) == (text_hash(unit.source), text_hash(unit.target)):
            yield waiver


def _runs(plain: str, terms: Sequence[Found]) -> Iterator[list[tuple[str, bool]]]:
    """(word, whether it belongs to a term) pairs that stand together."""
    run: list[tuple[str, bool]] = []
    last: Word | None = None
    for word in words_of(plain):
        if last is not None and _is_apart(plain, last, word):
            yield run
            run = []
        last = word
        run.append((word.text, any(f.start < word.end and word.start < f.end for f in terms)))
    if run:
        yield run


def _is_apart(plain: str, word: Word, following: Word) -> bool:
    return bool(plain[word.end : following.start].strip())
