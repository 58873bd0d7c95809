"""Accepted wordings that lack a concept → the phrase that they name it by.

A phrase counts when it stands again and again where the source names the concept and the target has
none of its terms, and hardly ever elsewhere. That the two go together by chance must be less likely
than one in a thousand (Dunning's log-likelihood ratio).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflow.languages import Language
from workflow.model import Concept
from workflow.stages.wordings import Wording, waivers_of
from workflow.terminology.citation import citation_of
from workflow.terminology.words import words_of

_SURE = 10.83  # chi-square at one degree of freedom, p = 0.001
_SHARE = 0.8  # of the units with a phrase, so many are about the concept
_LONGER = 2  # words that a synonym may have more than the terms that are known
_LONGEST = 8
_COMMON = 0.1  # a word in so many of all units begins no term
_SHORT = 3  # letters: a shorter word begins no term
_BOUND = 3  # times that a short word is seen before the same word, to be part of it
_BEGINNING = 4  # letters that the forms of a word have in common, as a rule

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A phrase, in its citation form."""

    term: str
    units: tuple[Wording, ...]
    """Where it stands for the concept."""
    others: int
    """Units where it stands and the source does not name the concept, or its term stands too."""


def recurring(
    lacking: Sequence[Wording],
    wordings: Sequence[Wording],
    concept: Concept,
    language: Language,
    *,
    common: frozenset[str],
    least: int,
) -> Recurring | None:
    """The phrase that goes with the concept most surely; of equals, the longest."""
    longest = _longest(concept, language.tag)
    inside = _counted(lacking, longest, common)
    likely = {key for key, units in inside.items() if _weight(units, concept) >= least}
    outside = _elsewhere(wordings, concept, longest, likely)
    scored = []
    for key in likely:
        hits, others = len(inside[key]), outside[key]
        if hits < 2 or hits < _SHARE * (hits + others):
            continue
        score = _likelihood(hits, len(lacking), others, len(wordings) - len(lacking))
        if score >= _SURE:
            scored.append((score, len(key), key))
    if not scored:
        return None
    key = max(scored)[2]
    forms = _forms(inside[key], key, longest)
    term, covered = citation_of(tuple(forms), language)
    found = {id(one) for form in covered for one in forms[form]}
    units = tuple(one for one in inside[key] if id(one) in found)
    if len(units) < 2 or _weight(units, concept) < least:
        return None
    return Recurring(term=" ".join(term), units=units, others=outside[key])


def _counted(
    lacking: Sequence[Wording], longest: int, common: frozenset[str]
) -> dict[Phrase, list[Wording]]:
    """The units of each phrase, by the beginnings of its words."""
    found: dict[Phrase, list[Wording]] = {}
    for one in lacking:
        for phrase in dict.fromkeys(_phrases(one, longest)):
            if _may_be_term(phrase, common):
                units = found.setdefault(beginnings(phrase), [])
                if not units or units[-1] is not one:
                    units.append(one)
    return found


def _elsewhere(
    wordings: Sequence[Wording], concept: Concept, longest: int, likely: set[Phrase]
) -> Counter[Phrase]:
    """In how many of the other units the likely phrases stand."""
    counts: Counter[Phrase] = Counter()
    if likely:
        for one in wordings:
            if concept.id not in one.lacking:
                counts.update({beginnings(phrase) for phrase in _phrases(one, longest)} & likely)
    return counts


def _phrases(one: Wording, longest: int) -> Iterator[Phrase]:
    """Words in a row, not all of them of terms that are known."""
    for run, known in zip(one.runs, one.known, strict=True):
        for start in range(len(run)):
            for stop in range(start + 1, min(len(run), start + longest) + 1):
                if not all(known[start:stop]):
                    yield run[start:stop]


def _forms(units: Iterable[Wording], key: Phrase, longest: int) -> dict[Phrase, list[Wording]]:
    """The forms in which a phrase stands in ``units``, the most frequent first."""
    found: dict[Phrase, list[Wording]] = {}
    for one in units:
        for phrase in dict.fromkeys(_phrases(one, longest)):
            if len(phrase) == len(key) and beginnings(phrase) == key:
                found.setdefault(phrase, []).append(one)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def beginnings(phrase: Phrase) -> Phrase:
    """What the forms of a phrase have in common, as a rule."""
    return tuple(word[:_BEGINNING].lower() for word in phrase)


def _may_be_term(phrase: Phrase, common: frozenset[str]) -> bool:
    ends = phrase[0].lower(), phrase[-1].lower()
    return not any(word in common or not word[0].isalpha() for word in ends)


def common_words(wordings: Sequence[Wording]) -> frozenset[str]:
    """Words that say nothing by themselves: short ones that stand in many units, and the shortest
    but where nearly always the same word follows (ky Эл аралык)."""
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for one in wordings:
        counts.update({w for run in one.runs for w in run if len(w) <= _SHORT + 1 and w.islower()})
        runs = [tuple(word.lower() for word in run) for run in one.runs]
        pairs.update({(a, b[:_BEGINNING]) for run in runs for a, b in pairwise(run)})
    short = {a for a, _ in pairs if len(a) < _SHORT} | {a for a in counts if len(a) < _SHORT}
    number: Counter[str] = Counter()
    for (a, _), n in pairs.items():
        number[a] += n
    bound = {a for (a, _), n in pairs.items() if n >= _BOUND and n > _SHARE * number[a]}
    most = max(_COMMON * len(wordings), 2)
    return frozenset({word for word, n in counts.items() if n > most} | short) - bound


def _longest(concept: Concept, tag: str) -> int:
    lengths = [len(words_of(term.text)) for term in concept.terms_in(tag)]
    return min(max(lengths, default=1) + _LONGER, _LONGEST)


def _weight(units: Sequence[Wording], concept: Concept) -> int:
    return len(units) + sum(len(waivers_of(one, concept.id)) for one in units)


def _likelihood(hits: int, total: int, others: int, rest: int) -> float:
    """Dunning's ratio for ``hits`` of ``total`` against ``others`` of ``rest``."""
    rate = (hits + others) / (total + rest)
    return 2 * sum(
        seen * math.log(seen / expected)
        for seen, expected in (
            (hits, total * rate),
            (total - hits, total * (1 - rate)),
            (others, rest * rate),
            (rest - others, rest * (1 - rate)),
        )
        if seen and expected
    )
