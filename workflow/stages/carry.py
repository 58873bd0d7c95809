"""An edited paragraph × its old translation → what of it still stands, sentence by sentence."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from workflow.languages import Language
from workflow.stages.plain_marks import plain_marks
from workflow.stages.remember import cut_sentences


def carry(before: str, after: str, old_target: str, *, source: Language, target: Language) -> str:
    """The old translation of ``before`` as it suits ``after``, both in unit markup.

    Sentences that stand again, in whatever place, keep their translation, those that were edited
    keep the old one, those that are gone lose it. It stays whole where it has not as many
    sentences as ``before``, or where nothing tells which sentence became which.
    """
    theirs = cut_sentences(old_target, target)
    ours, now = (_sentences(text, source) for text in (before, after))
    if len(theirs) != len(ours) or len(ours) < 2:
        return old_target
    kept: list[str] = []
    for tag, a, b, c, d in _opcodes(ours, now):
        if tag == "replace" and b - a != d - c:
            return old_target
        moved = [theirs[ours.index(text)] for text in now[c:d] if text in ours]
        kept += moved if tag == "insert" else theirs[a:b] if tag != "delete" else []
    return old_target if kept == theirs or not kept else " ".join(kept)


def unchanged(before: str, after: str, source: Language) -> str:
    """The line that says which sentences stand as they did; empty where it says nothing."""
    ours, now = (_sentences(text, source) for text in (before, after))
    same = [
        str(c + 1 + at)
        for tag, a, b, c, _ in _opcodes(ours, now)
        if tag == "equal"
        for at in range(b - a)
    ]
    if not same or len(now) < 2:
        return ""
    return f"unchanged: sentence {', '.join(same)} of {len(now)}"


def _sentences(markup: str, rules: Language) -> list[str]:
    return [plain_marks(text) for text in cut_sentences(markup, rules)]


def _opcodes(ours: list[str], now: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return difflib.SequenceMatcher(None, ours, now, autojunk=False).get_opcodes()
