"""The Russian noun behind a number, when another number takes its place: 5 тонн, 22 тонны.

Its case is the one that the words before leave and in which the noun looks as it does; where two
cases would give two forms, there is no answer. ``[counting]`` of the language's file says how a
noun is counted in each case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workflow.morphology import Slot, data_of
from workflow.morphology.declension import decline
from workflow.morphology.phrases import plan_of
from workflow.morphology.readings import GRAMMEMES, Reading, analyzer, word_of

_LIKELY = 0.1  # a rarer reading of a form is an accident of the dictionary
_SURE = 0.8
_CLAUSE = 3  # words behind a comma that may still speak of the noun: , активно участвующих


def recounted(noun: str, slot: Slot, old: str, new: str) -> str | None:
    """``noun`` behind a number of the kind ``old`` as it stands behind one of the kind ``new``.

    Kinds are rows of ``[counting]``: CLDR's plural categories, and "round". None when unsure.
    """
    word = word_of(noun)
    nouns = {r.lexeme[1] for r in word.readings if r.lexeme[0] == "noun" and r.chance > _LIKELY}
    adjective = sum(r.chance for r in word.readings if r.lexeme[0] == "adjective")
    if word.stem or adjective > 1 - _SURE or any(map(_is_adjectival, nouns)):
        return None
    said = {
        pair for lemma in nouns for pair in _changes(lemma, noun, _cases(slot.before), old, new)
    }
    forms = {form for _, _, form in said}
    if len(forms) != 1:
        return None
    is_still = all(was == now for was, now, _ in said)
    return None if not is_still and _is_described(word.readings, slot.after) else forms.pop()


def _changes(
    lemma: str, noun: str, cases: Sequence[str], old: str, new: str
) -> Iterator[tuple[str, str, str | None]]:
    """(features it has, features it gets, the form) of each case that ``noun`` may stand in."""
    for case in cases:
        row: Mapping[str, str] = _data()["cases"][case]
        was = row.get(old)
        form = _form(lemma, was) if was is not None else None
        if form is None or form.replace("ё", "е") != noun.replace("ё", "е"):
            continue
        now = row.get(new, "")
        is_two = case == "ACC" and new == "few" and old != new and _is_alive(lemma)
        made = None if is_two or not now else _form(lemma, now)
        yield was or "", now, made if made is None or form == noun else made.replace("ё", "е")


def _form(lemma: str, features: str) -> str | None:
    uneven: Mapping[str, str] = _data()["uneven"].get(lemma, {})
    if features in uneven:
        return uneven[features]
    number = "plur" if "PL" in features.split() else "sing"
    made = decline(plan_of((lemma,), None), {GRAMMEMES[features.split()[-1]], number})
    return made[0] if made else None


def _is_adjectival(lemma: str) -> bool:
    """Whether it is declined as an adjective: 5 военнослужащих, 22 военнослужащих."""
    genitive = _form(lemma, "GEN") or ""
    is_feminine = lemma.endswith(("ая", "яя")) and genitive.endswith(("ой", "ей"))
    return is_feminine or genitive.endswith(("ого", "его"))


def _is_alive(lemma: str) -> bool:
    """Whether it is a person or an animal: they see 22 жителя, but двух жителей."""
    return any("anim" in parse.tag for parse in analyzer().parse(lemma))


def _cases(before: Sequence[str]) -> Sequence[str]:
    """Those that a number may have behind the words before it."""
    data, word = _data(), before[-1] if before else ""
    governs = {**data_of("ru")["governs"], **data["governs"]}
    if word in governs:
        cases: Sequence[str] = governs[word]
        return cases
    tags = [parse.tag.POS for parse in analyzer().parse(word)[:1] if parse.score > _SURE]
    if not word or tags == ["PRTS"]:
        return ("NOM",)
    is_verb = tags in (["VERB"], ["INFN"], ["GRND"])
    return ("NOM", "ACC") if is_verb and not word.startswith(_owners()) else tuple(data["cases"])


def _owners() -> tuple[str, ...]:
    return tuple(_data()["genitive_verbs"])


def _is_described(noun: Sequence[Reading], after: Sequence[str]) -> bool:
    """Whether a word behind agrees with the noun, and would have to change with it."""
    said = {reading.features for reading in noun}
    if after[:1] == (",",):
        near = after[1 : 1 + _CLAUSE]
        return any(word.startswith("котор") or _shares(word, said, "adjective") for word in near)
    is_beside = bool(after) and _shares(after[0], said, "adjective")
    return is_beside and not (len(after) > 1 and _shares(after[1], said, "noun"))


def _shares(word: str, features: set[str], kind: str) -> bool:
    """Whether ``word`` is a ``kind`` that may stand in one of these forms."""
    return any(r.lexeme[0] == kind and r.features in features for r in word_of(word).readings)


def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = data_of("ru")["counting"]
    return data
