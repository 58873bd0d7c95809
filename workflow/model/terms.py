"""The glossary: concepts and the terms that name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TermStatus(StrEnum):
    """Administrative status of a term (ISO 30042)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


class ConceptStatus(StrEnum):
    """Whether the house stands behind an entry."""

    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"
    """A proposal, say a name from a list of CLDR's: it advises and holds nothing back."""
    RETIRED = "retired"
    """Kept for the record; nothing looks for it."""


MATCHES = ("inflected", "exact", "regex")
CASES = ("smart", "exact", "any")
PARTS_OF_SPEECH = ("noun", "proper noun", "verb", "adjective", "adverb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or phrase for a concept in one language."""

    text: str
    """Citation form."""
    status: TermStatus = TermStatus.PREFERRED
    match: str = "inflected"
    """One of `MATCHES`; ``regex``: the text is a pattern, see `workflow.terminology.patterns`."""
    case: str = "smart"
    """One of `CASES`; ``smart``: capitals of the term must be there, the rest is free."""
    forms: tuple[str, ...] = ()
    """Inflected forms that the rules of the language do not give."""
    abbreviation: bool = False
    keep: bool = False
    """It stands in the target as it stands in the source."""
    pos: str = ""
    """One of `PARTS_OF_SPEECH`; empty where nobody said."""
    head: str = ""
    """The word of a longer term that inflects, where the language's rules would take another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One entry of the glossary."""

    id: str
    terms: tuple[tuple[str, tuple[Term, ...]], ...]
    """(language tag, its terms) pairs, sorted by tag."""
    definition: str = ""
    subject: str = ""
    note: str = ""
    source: str = ""
    status: ConceptStatus = ConceptStatus.REVIEWED
    line: int = 0

    def terms_in(self, tag: str) -> tuple[Term, ...]:
        """The terms of one language; empty when it has none."""
        return next((terms for language, terms in self.terms if language == tag), ())
