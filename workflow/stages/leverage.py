"""Memory → candidates: what people accepted before, offered with a class, a score and a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.languages import Language
from workflow.markup import bridge, format_text, join, parse_text
from workflow.model import Candidate, Catalog, Concept, MatchClass, Remembered, Text
from workflow.plugins import Memory
from workflow.stages.remember import cut_sentences, role_of

_LOOKED_AT = 20  # texts of the memory that are compared word by word


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A unit as the memory is asked about it; a query of a person has a source only."""

    source: str
    """Unit markup."""
    key: str = ""
    role: str = ""
    before: str = ""
    after: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What a match is measured by."""

    source: Language
    target: Language
    concepts: tuple[Concept, ...] = ()
    floor: int = 75
    """The least score of a candidate."""


def rank(
    asked: Asked, memory: Memory, *, by: Yardstick, most: int = 5
) -> tuple[Candidate, ...]:
    """What the memory offers for ``asked``, best first, one candidate for each different target.

    Equal scores stand in the order of class, how often the target was accepted, when it was
    changed last (latest first), origin and target: the same memory gives the same answer.
    """
    raise NotImplementedError


def leverage(
    catalog: Catalog, memory: Memory, *, by: Yardstick, section: str = ""
) -> tuple[Candidate, ...]:
    """One candidate at the most, the best, for each empty unit."""
    raise NotImplementedError
