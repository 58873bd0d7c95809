"""Segments → extracted comments: what the translator is told about each unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workflow.languages import language
from workflow.model import Concept, ConceptStatus, Segment
from workflow.terminology.matching import finder_of, found_by, preferred
from workflow.terminology.rules import BANNED
from workflow.terminology.suggestion import approved

_MOST_BANNED = 4  # a comment is read at a glance
_SHORT = 3  # words: below that a unit needs its neighbour to be understood


def annotate(
    segments: Sequence[Segment], *, source: str, target: str, concepts: Sequence[Concept]
) -> dict[str, tuple[str, ...]]:
    """Notes by unit key: the role, the text before a short unit, the glossary's terms."""
    notes = {}
    for index, segment in enumerate(segments):
        lines = [segment.role.value]
        if index and len(segment.text.plain.split()) <= _SHORT:
            lines.append(f"after: {_short(segments[index - 1].text.plain)}")
        if source != target:
            lines.extend(_misnamed(segment.text.plain, concepts, source))
            told = terms_told(segment.text.plain, concepts, source=source, target=target)
            lines.extend(told.values())
        notes[segment.key] = tuple(line for line in lines if line)
    return notes


def _misnamed(plain: str, concepts: Sequence[Concept], source: str) -> Iterator[str]:
    """Of each word that the source should not have: what is meant, lest it is carried over."""
    finder = finder_of(concepts, language(source))
    banned = [found for found in found_by(finder, plain) if found.term.status in BANNED]
    for found in {(one.concept, one.term.text): one for one in banned}.values():
        right = approved(finder.concepts[found.concept], source, found.term)
        meant = f"“{right.text}” is meant" if right else f"see “{found.concept}” in the glossary"
        name = "a pattern" if found.term.match == "regex" else f"“{found.term.text}”"
        yield f"the source is wrong: {name} is {found.term.status}, {meant}"


def terms_told(
    plain: str, concepts: Sequence[Concept], *, source: str, target: str
) -> dict[str, str]:
    """Concept → the note on it, empty for one without a term in both languages; in the order in
    which ``plain``, a text of the source, names them."""
    finder = finder_of(concepts, language(source))
    seen = dict.fromkeys(found.concept for found in found_by(finder, plain))
    return {name: _term(finder.concepts[name], source, target) for name in seen}


def _term(concept: Concept, source: str, target: str) -> str:
    ours, theirs = preferred(concept, source), preferred(concept, target)
    if ours is None or theirs is None:
        return ""
    banned = [term.text for term in concept.terms_in(target) if term.status in BANNED]
    refused = f" (not {', '.join(banned[:_MOST_BANNED])})" if banned else ""
    doubt = " (unreviewed)" if concept.status is ConceptStatus.UNREVIEWED else ""
    return f"term: {ours.text} → {theirs.text}{refused}{doubt}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:59].rstrip()}…"
