"""A text → a text for a machine: what must not change stands in it as [X0], [X1], and back.

Of all ways to write such a token, short words in square brackets survive translation best.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workflow.languages import Language
from workflow.markup import format_text, pieces
from workflow.model import Concept, ConceptStatus, Term, Text
from workflow.terminology.matching import finder_of, found_by, preferred

_TOKEN = re.compile(r"\[\s*[XxХх]\s*(\d+)\s*\]")  # the second pair of letters is Cyrillic
_FIXED = re.compile(
    r"(?:https?://|www\.)[^\s<>\"«»“”]*[^\s<>\"«»“”.,;:!?)\]]"  # addresses
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|%\(\w+\)[sd]|%[sd]\b|\{\w*\}"  # what a program will fill in
    r"|(?<!\w)[@#]\w+"
    r"|\[\s*[XxХх]\s*\d+\s*\]"  # what looks like a token of ours
)
Span = tuple[int, int, str]
"""(start, end, what stands there in the target)."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without what must not change, and what that is, by number."""

    text: str
    held: tuple[str, ...]
    """In unit markup."""


def mask(source: str, names: Callable[[str], Sequence[Span]] | None = None) -> Masked:
    """``source``, in unit markup, for a machine: tags, addresses, placeholders and names held back.

    ``names`` finds the names in a piece of plain text; without it they stay.
    """
    held: list[str] = []

    def token(what: str) -> str:
        held.append(what)
        return f"[X{len(held) - 1}]"

    out = []
    for place, piece in enumerate(pieces(source)):
        out.append(token(piece) if place % 2 else _without(piece, names, token))
    return Masked("".join(out), tuple(held))


def unmask(answer: str, masked: Masked) -> str | None:
    """The answer in unit markup, with everything in its place again.

    None when a token was lost, doubled or invented: where it belongs is never guessed.
    """
    parts = _TOKEN.split(answer)
    if sorted(map(int, parts[1::2])) != list(range(len(masked.held))):
        return None
    parts[::2] = [format_text(Text(part)) for part in parts[::2]]
    parts[1::2] = [masked.held[int(number)] for number in parts[1::2]]
    return "".join(parts)


def names_in(
    text: str, concepts: tuple[Concept, ...], source: Language, target: Language
) -> list[Span]:
    """Where ``text`` has a name of the glossary, and what it is called in ``target``."""
    finder = finder_of(concepts, source)
    spans = []
    for found in found_by(finder, text):
        term = preferred(finder.concepts[found.concept], target.tag)
        if term is not None and _is_name(term):
            written = text[found.start : found.end]
            # What an ending adds to the name (CSTO's) is the machine's to translate.
            ends = written.startswith(found.term.text)
            end = found.start + len(found.term.text) if ends else found.end
            spans.append((found.start, end, format_text(Text(term.text))))
    return spans


def terms_in(
    text: str, concepts: tuple[Concept, ...], source: Language, target: Language
) -> tuple[tuple[str, str], ...]:
    """The terms of ``text`` that inflect, with what they are in ``target``: a machine is told."""
    finder = finder_of(concepts, source)
    told: dict[str, str] = {}
    for found in found_by(finder, text):
        term = preferred(finder.concepts[found.concept], target.tag)
        if term is not None and not _is_name(term):
            told[found.term.text] = term.text
    return tuple(told.items())


def all_terms(
    concepts: tuple[Concept, ...], source: Language, target: Language
) -> tuple[tuple[str, str], ...]:
    """Every term that inflects, with what it is in ``target``: for a glossary of a service."""
    pairs = {}
    for concept in concepts:
        theirs = preferred(concept, target.tag)
        if theirs is None or _is_name(theirs) or concept.status is ConceptStatus.RETIRED:
            continue
        ours = (term.text for term in concept.terms_in(source.tag) if term.match != "regex")
        pairs.update(dict.fromkeys(ours, theirs.text))
    return tuple(sorted(pairs.items()))


def _is_name(term: Term) -> bool:
    return term.keep or term.abbreviation or term.pos == "proper noun"


def _without(
    piece: str, names: Callable[[str], Sequence[Span]] | None, token: Callable[[str], str]
) -> str:
    """A piece of plain text with tokens for what is fixed in it, and for its names."""
    spans: list[Span] = [
        (found.start(), found.end(), format_text(Text(found[0])))
        for found in _FIXED.finditer(piece)
    ]
    for start, end, what in names(piece) if names else ():
        if all(end <= other[0] or other[1] <= start for other in spans):
            spans.append((start, end, what))
    out, at = [], 0
    for start, end, what in sorted(spans):
        out += [piece[at:start], token(what)]
        at = end
    return "".join([*out, piece[at:]])
