"""The approved term in the form that its place needs. A proposal: nothing writes it by itself.

The form is read off the term that stands there, or, where that leaves several, off the words before
it. When two forms are possible, or the language's data cannot tell, nothing is suggested.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workflow.languages import Language
from workflow.model import Concept, Term, TermStatus
from workflow.morphology import Morphology, common_start, load
from workflow.terminology.entries import Entry, entries
from workflow.terminology.matching import BARE, Found, find_terms
from workflow.terminology.places import dressed, slot_of, widened, with_marks
from workflow.terminology.rules import BANNED
from workflow.terminology.words import Word, words_of

_AFTER_QUOTE = re.compile(r"(?<=\w)[»”\"]-?(?=[^\W\d_]+$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What may stand in a place."""

    start: int
    end: int
    text: str = ""
    """Empty when it cannot be known, or when words outside the span would have to change."""
    form: str = ""
    """The form that the place needs, where it is known."""


def approved(concept: Concept, tag: str, old: Term) -> Term | None:
    """The preferred term that is most like ``old``: an abbreviation, or as many words."""
    terms = [term for term in concept.terms_in(tag) if term.status is TermStatus.PREFERRED]
    size = len(words_of(old.text))
    unlike = [
        (term.abbreviation != old.abbreviation, abs(len(words_of(term.text)) - size))
        for term in terms
    ]
    return terms[unlike.index(min(unlike))] if terms else None


def suggest(
    found: Found, term: Term, text: str, *, language: Language, concepts: tuple[Concept, ...]
) -> Suggestion:
    """What may stand for ``found`` in ``text``, so that it is ``term`` and the grammar holds."""
    nothing = Suggestion(start=found.start, end=found.end)
    if "regex" in (term.match, found.term.match) or not words_of(term.text):
        return nothing
    morphology = load(language.inflection.strategy, language.tag)
    start, end = with_marks(found.term, text=text, start=found.start, end=found.end)
    written = text[start:end]
    slot = slot_of(text, start, end)
    readings = morphology.fitting(_readings(found, written, morphology), slot.before)
    forms = {_form(term, said, written, language, morphology) for said in readings}
    form = forms.pop() if len(forms) == 1 else None
    if form is None:
        return nothing
    shown = dressed(form, term, old=found.term, text=text, start=start, end=end)
    unsure = Suggestion(start=found.start, end=found.end, form=shown)
    old, new = (next(entries("", each)) for each in (found.term, term))
    heads = (old.head, new.head)
    if any(morphology.clashes(old.lower, new.lower, s, slot, heads=heads) for s in readings):
        return unsure
    wide = widened(shown, form, tag=language.tag, text=text, start=start, end=end)
    if wide is None:
        return unsure
    if not _is_approved(wide, found.concept, text, language, concepts):
        return nothing
    return Suggestion(start=wide[0], end=wide[1], text=wide[2], form=shown)


def _is_approved(
    wide: tuple[int, int, str],
    concept: str,
    text: str,
    language: Language,
    concepts: tuple[Concept, ...],
) -> bool:
    """Whether the check itself finds the concept there afterwards, and nothing that is banned."""
    start, end, new = wide
    after = find_terms(text[:start] + new + text[end:], concepts, language)
    here = [found for found in after if found.start < start + len(new) and found.end > start]
    return any(found.concept == concept for found in here) and not any(
        found.term.status in BANNED for found in here
    )


def _readings(found: Found, written: str, morphology: Morphology) -> tuple[str, ...]:
    """All that the form found may say; none when it is listed without saying anything."""
    entry = next(entries("", found.term))
    words = [word.lower for word in words_of(written)]
    if entry.takes_any and words != list(entry.lower):
        return (found.features,)
    if len(words) != len(entry.words):
        return ()
    readings = morphology.readings(entry.lower, words, head=entry.head)
    kept = [said for said in readings if not (found.term.abbreviation and "PL" in said.split())]
    return tuple(" ".join(name for name in said.split() if name != BARE) for said in kept)


def _form(
    term: Term, features: str, written: str, language: Language, morphology: Morphology
) -> str | None:
    """``term`` in a form, endings after a quotation mark where they stand so."""
    made = _inflected(term, features, language, morphology)
    quote = _AFTER_QUOTE.search(written)
    if made is None or quote is None:
        return made.replace("'", "’") if made and "’" in written else made
    ending = made.removeprefix(term.text).removeprefix(morphology.joint)
    return term.text + quote[0] + ending if made.startswith(term.text) and ending else None


def _inflected(term: Term, features: str, language: Language, morphology: Morphology) -> str | None:
    """``term`` in a form, with its own capitals; features as `Morphology.readings` tells them."""
    entry, *listed = entries("", term)
    plural = morphology.is_plural(entry.lower, head=entry.head)
    if features == ("PL" if plural else ""):
        return term.text
    for form, text in zip(listed, term.forms, strict=False):
        if features in _said(form, entry, morphology):
            return text
    last = entry.words[-1]
    ends_in_head = entry.head in (None, len(entry.words) - 1)
    spelled = last.isupper() and len(last) > 1 and not language.inflection.every_word
    if entry.takes_any or (spelled and ends_in_head):
        ending = morphology.ending(last, features)
        return ending if ending is None else term.text + morphology.joint * bool(ending) + ending
    is_singular = plural and "PL" not in features.split()
    wanted = f"SG {features}".strip() if is_singular else features
    made = morphology.inflect(entry.lower, wanted, head=entry.head)
    return None if made is None else _respelled(term.text, made)


def _said(form: Entry, entry: Entry, morphology: Morphology) -> tuple[str, ...]:
    if len(form.words) != len(entry.words):
        return ()
    if entry.takes_any:
        said = morphology.match_abbreviation(entry.words[0], form.words[0])
        return () if said is None else (said,)
    return morphology.readings(entry.lower, form.lower, head=entry.head)


def _respelled(text: str, made: Sequence[str]) -> str:
    """``text`` with its words in the form ``made``: what stays keeps its letters and capitals."""
    out, end = [], 0
    for word, form in zip(words_of(text), made, strict=True):
        out.append(text[end : word.start] + _grown(word, text[word.start : word.end], form))
        end = word.end
    return "".join(out) + text[end:]


def _grown(word: Word, own: str, form: str) -> str:
    olds, news = word.lower.split("-"), form.split("-")
    if len(olds) != len(news) or len(own) != len(word.lower):
        olds, news = [word.lower], [form]
    parts, at = [], 0
    for old, new in zip(olds, news, strict=True):
        same = len(common_start((old, new.replace("ё", "е"))))
        parts.append(own[at : at + same] + new[same:])
        at += len(old) + 1
    return "-".join(parts)
