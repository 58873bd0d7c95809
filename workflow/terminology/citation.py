"""Forms of a phrase as they stand in texts → the form to put into a glossary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from workflow.languages import Language
from workflow.morphology import Morphology, load

_SHORTEST = 3  # letters of a word that endings are taken from
_MOST_ENDING = 6  # letters
_ENOUGH = 0.5  # of the forms: a phrase that was seen and explains so many needs no better

Phrase = tuple[str, ...]


def citation_of(forms: Sequence[Phrase], language: Language) -> tuple[Phrase, tuple[Phrase, ...]]:
    """The phrase that most of ``forms``, the most frequent first, are forms of; and these.

    One that was seen is better than one that is worked out, unless a dictionary knows that it is
    a form of another. ``forms`` are one at least.
    """
    morphology = load(language.inflection.strategy, language.tag)
    best, covered = _widest(forms, forms, morphology)
    if len(covered) <= _ENOUGH * len(forms):
        made = [one for form in forms for one in _made(form, morphology)]
        other, wider = _widest(made, forms, morphology)
        if len(wider) > len(covered):
            return other, wider
    return _dictionary_form(best, covered, morphology) or best, covered


def _widest(
    terms: Sequence[Phrase], forms: Sequence[Phrase], morphology: Morphology
) -> tuple[Phrase, tuple[Phrase, ...]]:
    """The first of ``terms`` that most of ``forms`` are forms of."""
    best, covered = forms[0], forms[:1]
    for term in terms:
        fitting = [form for form in forms if _is_form(form, term, morphology)]
        if len(fitting) > len(covered):
            best, covered = term, fitting
    return best, tuple(covered)


def _dictionary_form(
    form: Phrase, forms: Sequence[Phrase], morphology: Morphology
) -> Phrase | None:
    """What ``form`` is an oblique form of: put into that form, the phrase gives it again."""
    lower = _lower(form)
    for made in _looked_up(form, morphology):
        said = morphology.match(_lower(made), lower)
        if said is None or not all(_is_form(one, made, morphology) for one in forms):
            continue
        features = {name for name in said if name}
        case = features.pop() if len(features) == 1 else ""
        if _is_oblique(case, form) and morphology.inflect(_lower(made), case) == lower:
            return made
    return None


def _is_oblique(features: str, form: Phrase) -> bool:
    """Whether they name a case, and in a phrase no plural: many are used in the plural only."""
    names = set(features.split())
    return bool(names - {"PL", "SG", "NOM"}) and (len(form) == 1 or "PL" not in names)


def _is_form(form: Phrase, term: Phrase, morphology: Morphology) -> bool:
    words, of = _lower(form), _lower(term)
    return words == of or morphology.match(of, words) is not None


def _lower(phrase: Phrase) -> Phrase:
    return tuple(word.lower() for word in phrase)


def _made(form: Phrase, morphology: Morphology) -> Iterator[Phrase]:
    """What ``form`` could be a form of: without an ending, or as a dictionary has it."""
    last = form[-1]
    shortest = max(_SHORTEST, len(last) - _MOST_ENDING)
    yield from ((*form[:-1], last[:end]) for end in range(len(last) - 1, shortest - 1, -1))
    yield from _looked_up(form, morphology)


def _looked_up(form: Phrase, morphology: Morphology) -> Iterator[Phrase]:
    """``form`` with its first words as a dictionary has them, all of them, then fewer.

    What stands behind the head of a phrase does not inflect with it.
    """
    for stop in range(len(form), 0, -1):
        words = [_words_like(word, morphology) or [word] for word in form[:stop]]
        yield from ((*made, *form[stop:]) for made in product(*words))


def _words_like(word: str, morphology: Morphology) -> list[str]:
    """What a morphology looks the word up under, where that is a word, with the word's capitals."""
    keys = sorted(morphology.keys(word.lower(), of_term=False) - {word.lower()})
    near = [k for k in keys if len(k) >= _SHORTEST and k[:2] == word[:2].lower()]
    return [key.capitalize() if word[0].isupper() else key for key in near]
