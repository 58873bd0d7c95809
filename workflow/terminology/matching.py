"""Where a term occurs in a text: its citation form and its plain inflection.

A term becomes one regular expression. How a word grows is data of the language
(`workflow.languages.Inflection`): which words of a phrase inflect, what the citation form may
lose, which endings follow, and whether they chain. Offsets are offsets of the text given.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from workflow.languages import Inflection, Language
from workflow.model import Concept, Term, TermStatus

_FOLD = str.maketrans(
    {"ё": "е", "Ё": "Е", "’": "'", "ʼ": "'", "`": "'", "‑": "-", "‐": "-", "–": "-"}
    | dict.fromkeys("\u00a0\u202f\u2009", " ")
)
_SHORTEST_STEM = 3
_LONGEST_CHAIN = 4
_ABBREVIATION_ENDINGS = r"(?:[-'»”\"]?[^\W\d_A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]{1,12})?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A term in a text."""

    concept: str
    term: Term
    start: int
    end: int


def find_terms(text: str, concepts: Iterable[Concept], language: Language) -> tuple[Found, ...]:
    """Every occurrence of a term of ``concepts`` in ``text``, longest first where they overlap.

    A word that belongs to a longer term is not also a term of its own ("Security Council" inside
    "UN Security Council").
    """
    folded = text.translate(_FOLD)
    lowered = folded.lower()
    found: list[Found] = []
    for concept in concepts:
        for term in concept.terms_in(language.tag):
            pattern, probe = _compile(term, language)
            if probe not in lowered:
                continue
            found.extend(
                Found(concept=concept.id, term=term, start=match.start(), end=match.end())
                for match in pattern.finditer(folded)
            )
    return _longest(found)


def preferred(concept: Concept, tag: str) -> Term | None:
    """The term to use for ``concept`` in a language."""
    terms = concept.terms_in(tag)
    return next((term for term in terms if term.status is TermStatus.PREFERRED), None)


def _longest(found: list[Found]) -> tuple[Found, ...]:
    """Overlaps settled: the longest wins; of equals, the one that forbids."""
    rank = {TermStatus.FORBIDDEN: 0, TermStatus.DEPRECATED: 1}
    found.sort(key=lambda f: (f.start - f.end, rank.get(f.term.status, 2), f.start, f.concept))
    kept: list[Found] = []
    for candidate in found:
        if not any(_hides(other, candidate) for other in kept):
            kept.append(candidate)
    return tuple(sorted(kept, key=lambda f: (f.start, f.concept)))


def _hides(kept: Found, candidate: Found) -> bool:
    if (kept.start, kept.end) == (candidate.start, candidate.end):
        return kept.concept == candidate.concept
    return kept.start < candidate.end and candidate.start < kept.end


@functools.cache
def _compile(term: Term, language: Language) -> tuple[re.Pattern[str], str]:
    """The pattern of a term, and a piece of text that must occur where the pattern can match."""
    text = term.text.translate(_FOLD)
    if term.match == "exact":
        body = re.escape(text)
    elif term.abbreviation:
        body = re.escape(text) + _ABBREVIATION_ENDINGS
    else:
        body = _phrase(text, language.inflection)
    forms = [re.escape(form.translate(_FOLD)) for form in term.forms]
    alternatives = "|".join([body, *sorted(forms, key=len, reverse=True)])
    flags = 0 if _minds_case(term) else re.IGNORECASE
    pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w]|-\w)", flags)
    probe = "" if term.forms else _stem(text.split()[0], language.inflection, term=term).lower()
    return pattern, probe


def _minds_case(term: Term) -> bool:
    if term.case == "smart":
        return term.abbreviation or any(map(str.isupper, term.text[1:]))
    return term.case == "exact"


def _phrase(text: str, inflection: Inflection) -> str:
    words = text.split(" ")
    last = len(words) - 1
    patterns = [
        _word(word, inflection, head=index == last > 0)
        if inflection.every_word or index == last
        else re.escape(word)
        for index, word in enumerate(words)
    ]
    return r"\s+".join(patterns)


def _word(word: str, inflection: Inflection, *, head: bool) -> str:
    """A word and its endings; short words and words with digits or capitals only stay as is.

    ``head``: the last word of a phrase, which may be possessed (органы → органдарынын).
    """
    letters = sum(map(str.isalpha, word))
    if letters < _SHORTEST_STEM or word.isupper() or any(map(str.isdigit, word)):
        return re.escape(word)
    stem = _stem(word, inflection)
    endings = "|".join(sorted(map(re.escape, inflection.endings), key=len, reverse=True))
    times = f"{{0,{_LONGEST_CHAIN}}}" if inflection.chain else "?"
    stems = [re.escape(word), re.escape(stem)]
    if head and inflection.possessed:
        stems.extend(_bare(word, inflection))
    changed = inflection.changes.get(stem[-1])
    if changed:
        stems.append(re.escape(stem[:-1] + changed))
    return rf"(?:{'|'.join(dict.fromkeys(stems))})(?:{endings}){times}"


def _bare(word: str, inflection: Inflection) -> list[str]:
    """A possessed word without its possessive, its last letter hardened back (бөлігі → бөлік)."""
    bare = re.sub(inflection.possessed, "", word)
    if bare == word or len(bare) < _SHORTEST_STEM:
        return []
    hardened = {soft: hard for hard, soft in inflection.changes.items()}.get(bare[-1])
    return [re.escape(bare)] + ([re.escape(bare[:-1] + hardened)] if hardened else [])


def _stem(word: str, inflection: Inflection, *, term: Term | None = None) -> str:
    if term is not None and (term.match == "exact" or term.abbreviation):
        return word
    stem = re.sub(inflection.drop, "", word)
    if len(stem) < _SHORTEST_STEM:
        stem = word[:-1] if stem != word and len(word) > _SHORTEST_STEM else word
    if term is not None and inflection.changes.get(stem[-1]):
        return stem[:-1]
    return stem
