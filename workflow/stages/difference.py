"""Two versions of a source → what differs in them, by kind: a number, a name, a "not".

A translator who gets an old translation back must see what turns a fact; likeness in per cent
hides exactly that.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workflow.dates import month_of
from workflow.languages import Language
from workflow.markup import plain_text
from workflow.model import Concept
from workflow.morphology import common_start
from workflow.stages.elements import ElementKind, elements
from workflow.stages.plain_marks import plain_marks

_TOKEN = re.compile(r"[-−]?\d[\d.,]*\d|[-−]?\d|\w+(?:['.-]\w+)*|[^\w\s]")
_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_LONGEST = 60  # characters of one side; a rewritten clause is shown by #| better than by us
_ASKING = frozenset("?؟")
_STEM = 2  # letters that two forms of a verb share at the least


class Kind(StrEnum):
    """What differs, as people call it; the weightiest first."""

    NEGATION = "negation"
    MODAL = "modal verb"
    QUANTIFIER = "quantifier"
    DIRECTION = "direction"
    QUESTION = "question mark"
    NUMBER = "number"
    PERCENT = "percentage"
    CURRENCY = "currency"
    UNIT = "unit of measure"
    DATE = "date"
    WEEKDAY = "weekday"
    TIME = "time"
    NAME = "name"
    TERM = "term"
    FIRST = "first word"
    WORDING = "wording"
    MARKS = "punctuation"


_ORDER = list(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs."""

    kind: Kind
    gone: str
    come: str

    @property
    def change(self) -> str:
        """As "12,100 → 12,300", "added: not", "gone: Bishkek"."""
        gone, come = _short(self.gone), _short(self.come)
        if gone and come:
            return f"{gone} → {come}"
        return f"added: {come}" if come else f"gone: {gone}"

    @property
    def line(self) -> str:
        """As "negation differs: added: “not”"."""
        gone, come = (f"“{_short(text)}”" if text else "" for text in (self.gone, self.come))
        if gone and come:
            return f"{self.kind} differs: {gone} → {come}"
        return f"{self.kind} differs: {come} added" if come else f"{self.kind} differs: {gone} gone"


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    kind: Kind


def differences(
    before: str, after: str, rules: Language, concepts: tuple[Concept, ...] = ()
) -> tuple[Difference, ...]:
    """What differs between two sources in unit markup, the weightiest first."""
    old, new = (_tokens(plain_text(text), rules, concepts) for text in (before, after))
    words = [[token.text for token in side] for side in (old, new)]
    for side, other in (words, words[::-1]):
        if side and side[0].casefold() in {word.casefold() for word in other[:1]}:
            side[0] = side[0].casefold()
    matcher = difflib.SequenceMatcher(None, words[0], words[1], autojunk=False)
    found = [
        one
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
        for one in _by_kind(old[a:b], new[c:d], rules)
    ]
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.kind)))


def _by_kind(
    gone: Sequence[_Token], come: Sequence[_Token], rules: Language
) -> Iterator[Difference]:
    """The differences of one changed stretch."""
    sides = _turned(gone, come, rules)
    for kind in Kind:
        old, new = (" ".join(t.text for t in side if t.kind is kind) for side in sides)
        if old != new:
            yield Difference(kind=kind, gone=old, come=new)


def _turned(gone: Sequence[_Token], come: Sequence[_Token], rules: Language) -> list[list[_Token]]:
    """Both sides, with what is weighty only beside the other side: a denied form, a preposition."""
    sides = []
    turns = rules.guards.preposition.fullmatch
    prepositions = [{t.text for t in side if turns(t.text.lower())} for side in (gone, come)]
    is_turn = all(prepositions) and prepositions[0] != prepositions[1]
    for side, other, words in zip((gone, come), (come, gone), prepositions, strict=True):
        denied = _denied(side, other, rules)
        kinds = dict.fromkeys(words if is_turn else (), Kind.DIRECTION)
        kinds |= dict.fromkeys(denied, Kind.NEGATION)
        sides.append([_Token(t.text, kinds.get(t.text, t.kind)) for t in side])
    return sides


def _denied(words: Sequence[_Token], others: Sequence[_Token], rules: Language) -> set[str]:
    """Words that are denied forms of others, or the other way round: lawful, unlawful."""
    pairs = ((word.text, other.text) for word in words for other in others)
    return {
        word
        for word, other in pairs
        if _is_contrary(word.lower(), other.lower(), rules)
        or _is_contrary(other.lower(), word.lower(), rules)
    }


def _is_contrary(denied: str, word: str, rules: Language) -> bool:
    guards = rules.guards
    if any(denied in (prefix + word, f"{prefix}-{word}") for prefix in guards.negation_prefixes):
        return True
    if not guards.negation_suffixes:
        return False
    at = len(common_start((denied, word)))
    # қатысты, қатыспады: the ending may begin as the suffix does
    return any(
        cut >= _STEM
        and denied.startswith(guards.negation_suffixes, cut)
        and not word.startswith(guards.negation_suffixes, cut)
        and len(denied) > len(word)
        for cut in (at, at - 1)
    )


def _tokens(text: str, rules: Language, concepts: tuple[Concept, ...]) -> list[_Token]:
    flat = _GROUPS.sub("", plain_marks(text))
    spans = [(one.start, one.end, _OF_ELEMENT[one.kind]) for one in elements(flat, rules, concepts)]
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(flat):
        kind = next((k for s, e, k in spans if s <= match.start() < e), None)
        is_first = not tokens or tokens[-1].text in '.!?:"('
        if kind is None or (kind is Kind.NUMBER and not match[0][-1].isdigit()):
            kind = _kind(match[0], rules, is_first=is_first)
        if kind is Kind.WORDING and "-" in match[0]:
            kind = min(
                (_kind(part, rules, is_first=False) for part in match[0].split("-") if part),
                key=_ORDER.index,
            )
        tokens.append(_Token(match[0], kind))
    return tokens


_OF_ELEMENT = {
    ElementKind.NUMBER: Kind.NUMBER,
    ElementKind.DATE: Kind.DATE,
    ElementKind.TIME: Kind.TIME,
    ElementKind.WEEKDAY: Kind.WEEKDAY,
    ElementKind.TERM: Kind.TERM,
    ElementKind.CODE: Kind.NUMBER,
}
_LISTS = (
    Kind.NEGATION,
    Kind.MODAL,
    Kind.QUANTIFIER,
    Kind.PERCENT,
    Kind.CURRENCY,
    Kind.UNIT,
    Kind.TIME,
    Kind.NUMBER,
    Kind.DIRECTION,
)


def _kind(token: str, rules: Language, *, is_first: bool) -> Kind:
    if token.lstrip("-−")[:1].isdigit():
        return Kind.NUMBER
    if token.istitle() and month_of(token, rules.tag) is not None:
        return Kind.DATE  # May, unlike may
    guards, lower = rules.guards, token.lower()
    if lower in rules.number_words:
        return Kind.NUMBER
    for kind in _LISTS:
        pattern: re.Pattern[str] = getattr(guards, kind.name.lower())
        if pattern.fullmatch(lower):
            return kind
    if lower.endswith(guards.negation_endings):
        return Kind.NEGATION
    return _kind_of_other(token, rules, is_first=is_first)


def _kind_of_other(token: str, rules: Language, *, is_first: bool) -> Kind:
    if not token[0].isalnum():
        return Kind.QUESTION if token in _ASKING else Kind.MARKS
    if month_of(token, rules.tag) is not None:
        return Kind.DATE
    if not token[0].isupper() or (is_first and token.lower() in rules.sentences.openers):
        return Kind.WORDING
    return Kind.FIRST if is_first else Kind.NAME


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
