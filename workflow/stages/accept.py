"""An engine's answer → what is wrong with it: judged like a person's work, and then some."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflow.languages import Language
from workflow.model import Severity
from workflow.plugins import Check, Finding, Pair, Rule

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_REFUSAL = re.compile(
    r"\s*(?:i(?:'|’)?m sorry|i am sorry|sorry,|as an ai\b|i can(?:no|')t\b|i am (?:unable|not able)"
    r"|here(?:'s| is) the translation|translation:|sure[,!]|certainly[,!]"
    r"|извините,|к сожалению, я не|как языковая модель|вот перевод|перевод:"
    r"|кешіріңіз|міне, аударма|аударма:|кечиресиз|мына котормо|котормо:)",
    re.IGNORECASE,
)
_SHORT = 20  # characters: below that a length says nothing
_RATIO = 3  # a translation is at most so much longer or shorter
_AGAIN = 4  # the same words so often in a row are a machine that hangs
_FOREIGN = 2  # common words of another language


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is to be said of an answer."""

    fault: str = ""
    """Why it is not to be shown to anybody; empty: it may be."""
    remarks: tuple[str, ...] = ()
    """What a person should look at in one that may be shown."""


def accept(pair: Pair, checks: Iterable[Rule], others: Sequence[Language]) -> Opinion:
    """What is to be said of ``pair.target``, an engine's answer.

    ``others`` are the languages that it might be in instead. What a check can say how to mend is no
    reason to throw an answer away: the words are offered to whoever reads it.
    """
    fault = _fault(pair, others)
    if fault:
        return Opinion(fault)
    found = [
        (finding, finding.severity or check.severity)
        for check in checks
        if isinstance(check, Check) and not check.about_state
        for finding in check.find(pair)
    ]
    for finding, level in found:
        if level >= Severity.MAJOR and not finding.suggestion.strip():
            return Opinion(finding.message)
    return Opinion("", tuple(_remark(finding) for finding, _ in found))


def _remark(finding: Finding) -> str:
    offer = finding.suggestion.strip()
    return f"{finding.message}; offered: “{offer}”" if offer else finding.message


def _fault(pair: Pair, others: Sequence[Language]) -> str:
    """What no check looks for, because no person does it."""
    source, target = pair.source.plain, pair.target.plain
    if not target.strip():
        return "it is empty"
    return (
        _unchanged(source, target)
        or ("it speaks of itself" if _speaks_of_itself(source, target) else "")
        or _odd_length(source, target)
        or _repeated(source, target)
        or _other_script(pair)
        or _other_language(pair, others)
    )


def _unchanged(source: str, target: str) -> str:
    words = _WORD.findall(source)
    same = " ".join(target.split()).casefold() == " ".join(source.split()).casefold()
    names = all(word[:1].isupper() for word in words)
    return "it is the source, unchanged" if same and len(words) > 1 and not names else ""


def _speaks_of_itself(source: str, target: str) -> bool:
    return bool(_REFUSAL.match(target)) and not _REFUSAL.match(source)


def _odd_length(source: str, target: str) -> str:
    if max(len(source), len(target)) < _SHORT:
        return ""
    if len(target) > _RATIO * max(len(source), _SHORT // 2):
        return f"it is {len(target) / max(len(source), 1):.0f} times as long as the source"
    return "it is too short" if _RATIO * len(target) < len(source) else ""


def _repeated(source: str, target: str) -> str:
    words = [word.casefold() for word in _WORD.findall(target)]
    for size in (1, 2, 3):
        for at in range(len(words) - size * _AGAIN + 1):
            phrase = words[at : at + size]
            if words[at : at + size * _AGAIN] == phrase * _AGAIN:
                said = " ".join(phrase)
                if f"{said} {said}" not in source.casefold():
                    return f"it says “{said}” again and again"
    return ""


def _other_script(pair: Pair) -> str:
    """Most of its letters are not of the language; words of the source, names say, do not count."""
    alphabet = pair.target_language.alphabet
    known = set(_WORD.findall(pair.source.plain))
    letters = "".join(w.lower() for w in _WORD.findall(pair.target.plain) if w not in known)
    if not alphabet or not letters:
        return ""
    own = sum(letter in alphabet for letter in letters)
    return "" if 2 * own > len(letters) else f"it is not in {pair.target_language.autonym}"


def _other_language(pair: Pair, others: Sequence[Language]) -> str:
    words = [word.lower() for word in _WORD.findall(pair.target.plain)]
    ours = sum(word in pair.target_language.common for word in words)
    for other in others:
        theirs = sum(word in other.common - pair.target_language.common for word in words)
        if theirs >= _FOREIGN and other.tag == pair.source_language.tag:
            return f"a part of it is still in {other.autonym}"
        if theirs >= _FOREIGN and theirs > ours:
            return f"it is in {other.autonym}"
    return ""
