"""A place in a target where a term or a weekday stands → another one in the same form."""

from __future__ import annotations

import re

from workflow.dates.weekdays import weekdays_of
from workflow.languages import Language
from workflow.model import Concept, Term, TermStatus
from workflow.morphology import Heads, common_start, load
from workflow.stages.elements import Element
from workflow.terminology.rules import head_of
from workflow.terminology.words import words_of

_BEFORE = re.compile(r"([^\W\d_]+)[\s\u00a0]+\Z")
_AFTER = re.compile(r"[\s\u00a0]+([^\W\d_]+)")
_USED = (TermStatus.PREFERRED, TermStatus.ADMITTED)


class Unsure(Exception):  # noqa: N818 - an answer, which is told, and not a fault
    """It cannot be written with certainty, and why."""


def weekday_in(slot: Element, new: Element, text: str, language: Language) -> str:
    """The weekday of ``new`` in the form that stands there."""
    assert isinstance(slot.value, int), "a weekday is its number"
    assert isinstance(new.value, int), "a weekday is its number"
    names = weekdays_of(language.tag)
    old, wanted = (names[slot.value],), (names[new.value],)
    made = form_in(slot.written, old, wanted, _word_before(text, slot.start), language)
    return cased_as(slot.written, made)


def term_in(slot: Element, asked: Term, new: Concept, text: str, language: Language) -> str:
    """The term for ``new``, which the source names ``asked``, in the form that stands there."""
    assert slot.term is not None, "a term has one"
    old = slot.term.term
    term = _equivalent(asked, new, language.tag, is_short=old.abbreviation)
    if term is None or "regex" in (old.match, term.match):
        raise Unsure(f"the glossary does not say which term for “{new.id}” belongs here")
    if old.abbreviation or old.keep or term.keep:
        if language.slots.agreeing or slot.written != old.text:
            raise Unsure(f"words around “{slot.written}” may agree with it")
        return term.text
    was, now = _words(old), _words(term)
    if language.slots.agreeing and _endings(*was, language) != _endings(*now, language):
        raise Unsure(f"words around “{slot.written}” may agree with it")
    before = _word_before(text, slot.start)
    heads = was[1], now[1]
    made = form_in(slot.written, was[0], now[0], before, language, heads=heads)
    return cased_as(slot.written, _with_capitals(made, term))


def fits(before: str, words: str, after: str, language: Language) -> None:
    """Raises `Unsure` where a neighbour of ``words`` would change: в, во; мен, бен, пен."""
    slots = language.slots
    word = _word_before(before, len(before))
    for short, long, needed in slots.alternating:
        if word in (short, long) and (word == long) != bool(needed.match(words.lower())):
            raise Unsure(f"“{word}” before “{words}” may change")
    following = _AFTER.match(after)
    if following and following[1].lower() in slots.clitics:
        raise Unsure(f"“{following[1]}” behind “{words}” may change")


def form_in(
    seen: str,
    old: tuple[str, ...],
    new: tuple[str, ...],
    before: str,
    language: Language,
    *,
    heads: Heads = (None, None),
) -> str:
    """``new`` in the form of ``old`` that ``seen`` is, in small letters.

    ``before``: the word before it, which may tell two forms that look alike; ``heads``: those of
    ``old`` and ``new``. Raises `Unsure` when they cannot be told.
    """
    morphology = load(language.inflection.strategy, language.tag)
    folded = tuple(seen.lower().split())
    said = morphology.match(old, folded, head=heads[0]) if len(folded) == len(old) else None
    told = " ".join(filter(None, said or ()))
    cases = language.slots.governs.get(before)
    fit = [
        features
        for features in dict.fromkeys((*language.slots.cases, told))
        if morphology.inflect(old, features, head=heads[0]) == folded
        and (cases is None or set(cases) & set(features.split()))
    ]
    made = {morphology.inflect(new, features, head=heads[1]) for features in fit}
    form = made.pop() if len(made) == 1 else None
    if form is None:
        raise Unsure(f"the form of “{' '.join(new)}” in place of “{seen}” is not certain")
    return " ".join(form)


def cased_as(seen: str, words: str) -> str:
    """``words`` with a capital at the start, or all capitals, as ``seen`` has them."""
    if len(seen) > 1 and seen.isupper():
        return words.upper()
    return words[:1].upper() + words[1:] if seen[:1].isupper() else words


def _equivalent(asked: Term, concept: Concept, tag: str, *, is_short: bool) -> Term | None:
    """The preferred term for the preferred one, or the only one: full names have short ones."""
    used = [one for one in concept.terms_in(tag) if one.status in _USED]
    like = [one for one in used if one.abbreviation == is_short]
    is_preferred = asked.status is TermStatus.PREFERRED
    return like[0] if like and (is_preferred or len(like) == 1) else None


def _with_capitals(made: str, term: Term) -> str:
    """A form with the capitals of its term, word by word."""
    pairs = zip(made.split(), term.text.split(), strict=True)
    return " ".join(cased_as(word, form) for form, word in pairs)


def _words(term: Term) -> tuple[tuple[str, ...], int | None]:
    """The words of a term in small letters, and the place of its head where it is named."""
    words = tuple(term.text.lower().split())
    return words, head_of(term) if len(words) == len(words_of(term.text)) else None


def _endings(words: tuple[str, ...], head: int | None, language: Language) -> tuple[str, ...]:
    """What the forms end with: nouns that have the same endings are of one gender.

    Raises `Unsure` for a noun that does not change, which does not show its gender.
    """
    morphology = load(language.inflection.strategy, language.tag)
    made = [morphology.inflect(words, said, head=head) for said in language.slots.cases]
    forms = [" ".join(form) if form else "" for form in made]
    known = [form for form in forms if form]
    if len(set(known)) <= 1:
        raise Unsure(f"the gender of “{' '.join(words)}” does not show")
    shared = len(common_start(known))
    return tuple(form[shared:] if form else "-" for form in forms)


def _word_before(text: str, at: int) -> str:
    found = _BEFORE.search(text[:at])
    return found[1].lower() if found else ""
