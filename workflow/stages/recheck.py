"""Catalogue × what the glossary's change does to it → the units that a person has to look at again.

An accepted unit that gets a fault which reaches the gate becomes fuzzy, with a comment that says
why: its release is held back anyway, and fuzzy is what every PO editor leads a translator to. A
fault below the gate is advice, which ``check`` gives: it marks nothing, for a word that is merely
no longer the best must not take hundreds of finished releases from their readers.

The comment is also how it is known that somebody was asked: a unit that a person has accepted again
with the comment in place is not marked anew. It goes when it is no longer true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from workflow.languages import Language
from workflow.markup import plain_text
from workflow.model import DRAFTED, RECHECK, Catalog, Concept, Severity, Unit
from workflow.stages.impact import Touched, is_held
from workflow.terminology.matching import find_terms, preferred
from workflow.terminology.rules import BANNED


def recheck(
    catalog: Catalog,
    touched: Sequence[Touched],
    concepts: tuple[Concept, ...],
    *,
    language: Language,
    gate: Severity,
) -> Catalog:
    """The catalogue with its marks; no target changes. Doing it again changes nothing.

    ``concepts`` are the glossary as it is now, ``language`` is that of the targets. The release's
    own words are never marked: they are mended in the source.
    """
    worse: dict[str, list[str]] = {}
    for one in touched:
        if is_held(one, gate):
            worse.setdefault(one.unit.key, []).append(one.concept)
    own = dict(catalog.header).get("x-source-language") == catalog.language
    by_id = {concept.id: concept for concept in concepts}

    def marked(unit: Unit) -> Unit:
        is_copy = own and unit.target == unit.source
        if not unit.is_accepted or is_copy:
            return unit
        names = worse.get(unit.key, ())
        lines = {name: _line(unit, by_id[name], concepts, language) for name in names}
        new = {name: line for name, line in lines.items() if line not in unit.comments}
        if not new:
            return unit
        # A fuzzy unit with a machine's comment is a draft; this one a person has accepted.
        ours = (line for line in unit.comments if not line.startswith(DRAFTED))
        kept = (line for line in ours if _concept(line) not in new)
        return replace(unit, fuzzy=True, comments=(*kept, *new.values()))

    return replace(catalog, units=tuple(map(marked, catalog.units)))


def is_marked(unit: Unit) -> bool:
    """Whether somebody was asked to look at the unit again, be it that they have."""
    return any(line.startswith(RECHECK) for line in unit.comments)


def settle(catalog: Catalog, faulty: Collection[tuple[str, str]]) -> Catalog:
    """The catalogue without the comments of accepted units that are at fault no more.

    ``faulty`` are (key, concept) pairs of the units that are.
    """

    def settled(unit: Unit) -> Unit:
        if not unit.is_accepted or not is_marked(unit):
            return unit
        kept = tuple(
            line
            for line in unit.comments
            if not line.startswith(RECHECK) or (unit.key, _concept(line)) in faulty
        )
        return replace(unit, comments=kept)

    return replace(catalog, units=tuple(map(settled, catalog.units)))


def _concept(line: str) -> str:
    """The concept that a comment of ours is about; empty for any other."""
    return line.removeprefix(RECHECK).partition(",")[0] if line.startswith(RECHECK) else ""


def _line(unit: Unit, concept: Concept, concepts: tuple[Concept, ...], language: Language) -> str:
    """As "glossary changed: ccbcd, forbidden now: “КСОПН”": the same whatever it was before, so
    that two clones that saw other versions of the glossary ask the same."""
    told = "; ".join(_told(unit, concept, concepts, language))
    return f"{RECHECK}{concept.id}, {' '.join(told.split())}"


def _told(
    unit: Unit, concept: Concept, concepts: tuple[Concept, ...], language: Language
) -> Iterator[str]:
    found = find_terms(plain_text(unit.target), concepts, language)
    ours = [one.term for one in found if one.concept == concept.id]
    for status in BANNED:
        texts = dict.fromkeys(f"“{term.text}”" for term in ours if term.status is status)
        if texts:
            yield f"{status} now: {', '.join(texts)}"
    wanted = preferred(concept, language.tag)
    if not any(term.status in BANNED for term in ours) and wanted is not None:
        yield f"wanted now: “{wanted.text}”"
