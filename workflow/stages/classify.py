"""An edit of a source → its class: typography, a typo, a fact, or the meaning.

Only typography may leave a translation accepted (`merge`, where the house says so).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import DamerauLevenshtein

from workflow.languages import Language
from workflow.markup import plain_text, tags
from workflow.stages.difference import Difference, Kind, differences
from workflow.stages.plain_marks import plain_marks

_MOST = 4  # differences named: a note is read at a glance
_SLIP = 2  # letters that a typo gets wrong at the most
_LONG = 5  # letters: in a shorter word two letters make another word
_SAME_END = 3  # letters: another ending is another form, not a typo
_SOFT = (Kind.WORDING, Kind.FIRST, Kind.MARKS)


class EditKind(StrEnum):
    """What an edit did, the lightest first."""

    TYPOGRAPHY = "typography"
    """Quotation marks, dashes, spaces, soft hyphens, the composition of letters."""
    TYPO = "typo"
    """A slip in one word, or a mark: no name, number or denial."""
    FACT = "fact"
    """A number, a date, a name, a unit, a denial, a modal verb, a direction …"""
    MEANING = "meaning"
    """Any other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What was done to a source."""

    kind: EditKind
    differences: tuple[Difference, ...] = ()

    @property
    def note(self) -> str:
        """The line for the translator: "source changed: fact: 45 → 46"."""
        weighty = [one for one in self.differences if one.kind is not Kind.MARKS]
        told = "; ".join(one.change for one in (weighty or self.differences)[:_MOST])
        return f"source changed: {self.kind}{': ' if told else ''}{told}"


def classify(before: str, after: str, rules: Language) -> Edit:
    """The class of the edit that made ``after`` of ``before``, both in unit markup."""
    if plain_marks(before) == plain_marks(after):
        return Edit(kind=EditKind.TYPOGRAPHY)
    found = differences(before, after, rules)
    if not found:  # other formatting or addresses, or a capital at the start
        links = [[tag for tag in tags(text) if "=" in tag] for text in (before, after)]
        same_words = plain_marks(plain_text(before)) == plain_marks(plain_text(after))
        is_fact = same_words and links[0] != links[1]
        return Edit(kind=EditKind.FACT if is_fact else EditKind.TYPO)
    if any(one.kind not in _SOFT for one in found):
        return Edit(kind=EditKind.FACT, differences=found)
    is_slip = all(one.kind is Kind.MARKS or _is_typo(one) for one in found)
    few = sum(one.kind is not Kind.MARKS for one in found) <= 1
    return Edit(kind=EditKind.TYPO if is_slip and few else EditKind.MEANING, differences=found)


def _is_typo(one: Difference) -> bool:
    """Whether one word was mended: the same beginning and end, a letter or two between."""
    old, new = one.gone, one.come
    if " " in old + new or min(len(old), len(new)) < _LONG or old[:1] != new[:1]:
        return False
    if sorted(old) == sorted(new):
        return True
    slip = DamerauLevenshtein.distance(old, new, score_cutoff=_SLIP)
    return slip <= _SLIP and old[-_SAME_END:] == new[-_SAME_END:]
