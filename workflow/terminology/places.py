"""The place of a term in a text: what stands beside it, and how a word is written there."""

from __future__ import annotations

import re

from workflow.model import Term
from workflow.morphology import Slot
from workflow.morphology.neighbours import beside
from workflow.terminology.evidence import is_listed
from workflow.terminology.words import Word, words_of

_SENTENCE_END = re.compile(r"[.!?…](?=\W*\s|\W*$)")
_PAUSE = re.compile(r"[,;:()—–]")
_AT_START = re.compile(r"(?:^|[.!?…][»”\"')]*\s+)[\s«“„\"'(—–-]*$")
_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)(?P<gap>[ \u00a0][«“„\"(]?)$")
_AFTER = re.compile(r"(?P<gap>[»”\"]?[ \u00a0])(?P<word>[^\W\d_]+)")


def slot_of(text: str, start: int, end: int) -> Slot:
    """The words and pauses of the sentence before ``start`` and after ``end``."""
    before, after = text[:start], text[end:]
    sentence = max((found.end() for found in _SENTENCE_END.finditer(before)), default=0)
    stop = _SENTENCE_END.search(after)
    return Slot(
        before=_tokens(before[sentence:]),
        after=_tokens(after[: stop.start() if stop else len(after)]),
    )


def with_marks(term: Term, *, text: str, start: int, end: int) -> tuple[int, int]:
    """The place of ``term`` with the marks around its words where they stand there: «Канал».

    A listed form has marks of its own, which say nothing of those of the term.
    """
    if is_listed(text[start:end], term):
        return start, end
    words = words_of(term.text)
    lead, tail = term.text[: words[0].start], term.text[words[-1].end :]
    if text[:start].endswith(lead) and text[end:].startswith(tail):
        return start - len(lead), end + len(tail)
    return start, end


def dressed(form: str, term: Term, *, old: Term, text: str, start: int, end: int) -> str:
    """``form`` of ``term`` with the capitals that the place of ``old`` asks for."""
    if term.case == "exact" or term.keep:
        return form
    written = text[start:end]
    if written.isupper() and (text.isupper() or not old.text.isupper()):
        return form.upper()
    opens = written[:1].isupper() and not old.text[:1].isupper()
    return form[:1].upper() + form[1:] if opens or _AT_START.search(text[:start]) else form


def widened(
    shown: str, form: str, *, tag: str, text: str, start: int, end: int
) -> tuple[int, int, str] | None:
    """Span and text with the small words beside it, where they are written otherwise before or
    after ``form``; ``shown`` is the form as it is written there. None when that is not known."""
    before, after = _BEFORE.search(text[:start]), _AFTER.match(text[end:])
    mended = (
        beside(tag, before["word"], form, before=True) if before else "",
        beside(tag, after["word"], form, before=False) if after else "",
    )
    if mended[0] is None or mended[1] is None:
        return None
    if before and mended[0] != before["word"].lower():
        start, shown = before.start(), _like(before["word"], mended[0]) + before["gap"] + shown
    if after and mended[1] != after["word"].lower():
        end, shown = end + after.end(), shown + after["gap"] + _like(after["word"], mended[1])
    return start, end, shown


def _like(old: str, new: str) -> str:
    """``new`` with the capitals of ``old``."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new.capitalize() if old[:1].isupper() else new


def _tokens(text: str) -> tuple[str, ...]:
    """Words in small letters, and a comma for each pause."""
    tokens: list[str] = []
    end = 0
    for word in (*words_of(text), Word("", "", len(text), len(text))):
        tokens += [","] * (_PAUSE.search(text, end, word.start) is not None)
        tokens += [word.lower] * bool(word.lower)
        end = word.end
    return tuple(tokens)
