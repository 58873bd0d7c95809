"""What a Russian sentence asks of a noun in it: the case that its neighbours leave, and the gender
that they agree with.

The words before tell the case where the form does not: в Киргизии, столица Киргизии. Where they do
not either, nothing is ruled out, and the caller is left with several forms.
"""

from __future__ import annotations

from collections.abc import Sequence

from workflow.morphology import Slot, data_of
from workflow.morphology.phrases import Plan
from workflow.morphology.readings import analyzer, word_of

_SURE = 0.8
_PREDICATES = frozenset({"VERB", "ADJS", "PRTS"})
_NEAR = 2  # words after a term that may agree with it


def fitting(readings: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    """Those of ``readings`` ("GEN", "PL INS", "" for the nominative) that may stand there."""
    left = [features for features in readings if not features.startswith("COUNTED")]
    rest = list(before)
    while rest and rest[-1] not in _governs() and _chance(rest[-1], "adjective") > _SURE:
        agreeing = {_case(reading.features) for reading in word_of(rest.pop()).readings}
        left = [features for features in left if _case(features) in agreeing]
    word = rest[-1] if rest else ""
    if word in _list("joins"):
        return _joined(left, rest[-2:-1])
    if word in _list("links"):
        return tuple(left)
    if word in _list("counts") or word.isdigit():
        return ()
    if word in _governs():
        return tuple(features for features in left if _case(features) in _governs()[word])
    owned = [features for features in left if _case(features) == "GEN"]
    if owned and _owns(rest):
        return tuple(owned)
    return tuple(features for features in left if _case(features) != "LOC")


def clashes(old: Plan, new: Plan, features: str, slot: Slot) -> bool:
    """Whether a word beside the slot agrees with the gender of ``old``, and ``new`` has another."""
    if "PL" in features.split():
        return False
    parts = 2 if _case(features) == "ACC" else 1  # there the animate differ from the inanimate
    if _gender(old)[:parts] == _gender(new)[:parts]:
        return False
    if slot.before and _chance(slot.before[-1], "adjective") > _SURE:
        return True
    near = [word for word in slot.after if word != ","][:_NEAR]
    if any(word.startswith("котор") for word in near):
        return True
    words = (*slot.before, *slot.after) if _case(features) == "NOM" else ()
    return any(_tells(word, _gender(old)[0]) for word in words)


def _joined(readings: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    """Those in a case that the noun before an "and" may have: в Казахстане и Киргизии."""
    known = before and _chance(before[0], "noun") > _SURE
    cases = {_case(r.features) for r in word_of(before[0]).readings} if known else set()
    return tuple(features for features in readings if _case(features) in cases) or tuple(readings)


def _case(features: str) -> str:
    return features.replace("PL", "").strip() or "NOM"


def _chance(word: str, kind: str) -> float:
    return sum(r.chance for r in word_of(word).readings if r.lexeme[0] == kind)


def _owns(before: Sequence[str]) -> bool:
    """Whether the word before is a noun that owns what follows, and nothing asks for a dative."""
    if not before or _chance(before[-1], "noun") <= _SURE:
        return False
    starts = tuple(_list("recipients"))
    return not any(word.startswith(starts) for word in before)


def _gender(term: Plan) -> tuple[str, str]:
    """Gender and animacy of the head, empty where they are not known."""
    heads = [unit.text for unit in term.units if unit.role == "agrees"]
    tags = [parse.tag for head in heads for parse in analyzer().parse(head)]
    nouns = [tag for tag in tags if tag.POS == "NOUN" and tag.case == "nomn"]
    return (str(nouns[0].gender), str(nouns[0].animacy)) if nouns else ("", "")


def _tells(word: str, gender: str) -> bool:
    """Whether a predicate in the singular agrees with ``gender``: подписала, готова."""
    tags = (parse.tag for parse in analyzer().parse(word)[:1])
    return any(
        tag.number == "sing" and str(tag.gender) == gender and tag.POS in _PREDICATES
        for tag in tags
    )


def _list(name: str) -> list[str]:
    words: list[str] = data_of("ru")["lists"][name]
    return words


def _governs() -> dict[str, list[str]]:
    governs: dict[str, list[str]] = data_of("ru")["governs"]
    return governs
