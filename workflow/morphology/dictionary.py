"""Inflection that a dictionary knows: Russian, through pymorphy3.

A word is its readings (`workflow.morphology.readings`), a term is planned once
(`workflow.morphology.phrases`). Words that the dictionary does not know are also compared by their
Snowball stems.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from workflow.errors import SettingsError
from workflow.morphology.phrases import Plan, Unit, plan_of
from workflow.morphology.readings import (
    COUNTED,
    GENDERS,
    GRAMMEMES,
    Reading,
    Word,
    analyzer,
    reading_of,
    surname,
    word_of,
)

_LIKE = "иванов"
_STAYING = frozenset({"Name", "Surn", "Patr", "Geox", "Fixd"})
# Nouns that stay as they are before a hyphen.
_MODIFIERS = re.compile(
    r"(?:альфа|арт|бета|бизнес|блок|веб|видео|вице|гамма|гранд|грант|дизель|интернет|кино|кибер"
    r"|концерт|медиа|мини|нано|пилот|поп|пресс|рок|смарт|спорт|топ|транс|шоу|штаб|экспресс)"
)
# After an abbreviation: those of nouns like МИД and ГЭС, and what they say.
_ENDINGS = {"": "", "а": "GEN", "у": "DAT", "ом": "INS", "е": "LOC", "ы": "PL", "ов": "PL GEN"} | {
    **{"ам": "PL DAT", "ами": "PL INS", "ах": "PL LOC", "и": "PL", "ю": "INS", "ей": "PL GEN"},
}
_ENDING = re.compile(r"(?P<mark>[»”\"]?[-']?)(?P<ending>[а-я]*)")
_DECLINED = re.compile(r".*[АЕИОУЫЭЮЯ][БВГДЖЗКЛМНПРСТФХЦЧШЩ]{1,2}")


def _belonging(unit: Unit, word: Word) -> tuple[Reading, ...] | None:
    """The readings of ``word`` that are the unit; none where only stems are equal."""
    found = tuple(r for r in word.readings if r.lexeme in unit.own)
    if found or unit.text == word.text or (unit.stem and unit.stem == word.stem):
        return found
    # Of a town, the dictionary may have the adjective only: Лиманск, Лиманском.
    town = unit.stem and unit.text.endswith("ск") and word.text == unit.text + "ом"
    return () if town else None


def _said(features: str, plural: bool) -> str:
    """Features as they are told: the nominative plural is "PL", "SG" is told of a plural term."""
    if features == "PL NOM":
        return "PL"
    if not plural or features not in GRAMMEMES:
        return features
    return "SG" if features == "NOM" else f"SG {features}"


class Dictionary:
    """The `Morphology` of Russian."""

    def match(
        self, term: Sequence[str], words: Sequence[str], *, head: int | None = None
    ) -> tuple[str, ...] | None:
        """How ``words`` are the term in one of its forms."""
        if len(term) != len(words):
            return None
        if list(term) == list(words):
            return ("",) * len(words)
        plan = plan_of(tuple(term), head)
        if len(plan.units) > 1:
            return _match_phrase(plan, words)
        readings = _belonging(plan.units[0], word_of(words[0]))
        if readings is None:
            return None
        return (_said(readings[0].features, plan.plural) if readings else "STEM",)

    def match_abbreviation(self, term: str, word: str) -> str | None:
        """How ``word`` is the abbreviation: МИДа, МИД-ом; НИИ takes no ending, ОДКБ only -у."""
        found = _ENDING.fullmatch(word, len(term)) if word.startswith(term) else None
        if found is None or (found["ending"] and not (found["mark"] or _DECLINED.fullmatch(term))):
            return None
        return None if found["mark"] and not found["ending"] else _ENDINGS.get(found["ending"])

    def keys(self, word: str, *, of_term: bool) -> frozenset[str]:  # noqa: ARG002
        """What the word, or its first part before a hyphen, may be a form of."""
        keys = {word}
        for part in dict.fromkeys((word, word.partition("-")[0])):
            known = word_of(part)
            keys.update(reading.lexeme[1] for reading in known.readings)
            keys.update((part, known.stem, part.removesuffix("ом")))
        return frozenset(filter(None, keys))

    def forms(self, term: Sequence[str]) -> frozenset[str] | None:  # noqa: ARG002
        """None: forms are recognised, in every word of a phrase."""
        return None

    def inflect(
        self, term: Sequence[str], features: str, *, head: int | None = None
    ) -> tuple[str, ...] | None:
        """The words of ``term`` in one form: "GEN", "PL INS", "SG"; None when unsure."""
        plan = plan_of(tuple(term), head)
        wanted = set(features.split()) - {"NOM"}
        cases = [name for name in wanted if name in GRAMMEMES] or ["NOM"]
        if len(cases) > 1 or wanted - {*GRAMMEMES, "PL", "SG"}:
            return None
        plural = "PL" in wanted or (plan.plural and "SG" not in wanted)
        made = _inflect(plan, {GRAMMEMES[cases[0]], "plur" if plural else "sing"})
        if made is None:
            return None
        parts = iter(made)
        words = tuple("-".join(next(parts) for _ in range(size)) for size in plan.sizes)
        return words if self.match(term, words, head=head) is not None else None


def _match_phrase(plan: Plan, words: Sequence[str]) -> tuple[str, ...] | None:
    pieces = [
        word.split("-") if n > 1 else [word] for word, n in zip(words, plan.sizes, strict=True)
    ]
    if tuple(map(len, pieces)) != plan.sizes:
        return None
    found: list[tuple[Reading, ...] | None] = []
    for unit, text in zip(plan.units, (text for piece in pieces for text in piece), strict=True):
        same = unit.role != "agrees" and unit.text == text
        readings = None if same or unit.role == "fixed" else _belonging(unit, word_of(text))
        if readings is None and not same:
            return None
        found.append(readings)
    features = _agreement(plan, found)
    if features is None:
        return None
    said = iter(
        "" if r is None else features.get(u.group, "STEM")
        for u, r in zip(plan.units, found, strict=True)
    )
    return tuple(max(next(said) for _ in range(size)) for size in plan.sizes)


def _agreement(plan: Plan, found: Sequence[tuple[Reading, ...] | None]) -> dict[int, str] | None:
    """How each group of words stands; None when its words or the groups do not agree."""
    shared: dict[int, dict[str, float]] = {}
    for unit, readings in zip(plan.units, found, strict=True):
        if readings:
            chances = _chances(readings, unit.role == "agrees")
            before = shared.get(unit.group, chances)
            shared[unit.group] = {c: chances[c] * before[c] for c in chances if c in before}
    features: dict[int, str] = {}
    cases = [{cell[:3] for cell in cells} for cells in shared.values()]
    common = set.intersection(*cases) if cases else set()
    for group, chances in shared.items():
        fitting = [cell for cell in chances if cell[:3] in common]
        if not fitting:
            return None
        # The accusative looks like another case, or it is the only one that fits.
        best = max(sorted(fitting), key=lambda c: (c != COUNTED, c[:3] != "ACC", chances[c]))
        common = {best[:3]}
        features[group] = _said(f"PL {best[:3]}" if "plur" in best else best[:3], plan.plural)
    return features


def _chances(readings: Sequence[Reading], gendered: bool) -> dict[str, float]:
    """How likely each cell is; an apposed noun has its own gender (город Москва)."""
    chances: defaultdict[str, float] = defaultdict(float)
    for reading in readings:
        loose = {f"{c[:8]} {g}" for c in reading.cells if "sing" in c for g in GENDERS}
        for cell in reading.cells | (set() if gendered else loose):
            chances[cell] += reading.chance
    return chances


def _inflect(plan: Plan, wanted: set[str]) -> list[str] | None:
    made = [unit.text for unit in plan.units]
    heads = {unit.group: unit for unit in plan.units if unit.role == "agrees"}
    for at, unit in enumerate(plan.units):
        if unit.role == "fixed":
            continue
        head = next(iter(_citations(heads[unit.group])), None) if unit.group in heads else None
        parses = _citations(unit, None if unit is heads.get(unit.group) else head)
        if head is None or not parses or (unit.role == "apposed" and parses[0].tag.POS != "NOUN"):
            return None
        if unit.role != "agrees" and not _declines(unit, parses[0], head):
            continue
        forms = {_form(unit.text, parse, _agreeing(parse, head, wanted)) for parse in parses}
        form = forms.pop()
        if forms or form is None:
            return None
        made[at] = form
    return made if heads else None


def _citations(unit: Unit, head: Any = None) -> list[Any]:
    """The likely parses of ``unit`` as a citation form beside ``head``, or as the head."""
    like = (unit.role == "apposed" or unit.text.endswith("в")) and surname(word_of(unit.text))
    parses = [
        parse
        for parse in analyzer().parse(_LIKE if like else unit.text)
        if parse.tag.case == "nomn" and (like or reading_of(parse).lexeme in unit.own)
    ]
    if head is not None and unit.role == "agrees":
        return _likely(parses, lambda tag: tag.POS != "NOUN")
    if head is not None and unit.role == "apposed":
        return _likely(parses, lambda tag: tag.POS == "NOUN" and tag.gender == head.tag.gender)
    return _likely(parses, lambda tag: tag.POS == "NOUN" and "Surn" not in tag)


def _likely(parses: list[Any], fits: Callable[[Any], bool]) -> list[Any]:
    """Of the parses that fit, or of all, those that are not much rarer than the first."""
    parses = [parse for parse in parses if fits(parse.tag)] or parses
    return [parse for parse in parses if parse.score * 2 > parses[0].score]


def _form(text: str, parse: Any, wanted: set[str]) -> str | None:
    """One word inflected; None where that is a guess or one of two (в порту, о порте)."""
    form = parse.inflect(wanted)
    if form is None or ("loct" in wanted and any("loc2" in other.tag for other in parse.lexeme)):
        return None
    made = str(form.word).replace("ё", "е").replace(_LIKE, text)
    stem = text[: -2 if text.endswith("й") else -1]
    guessed = not parse.is_known and parse.tag.POS == "NOUN" and parse.tag.gender == "masc"
    return None if guessed and ("accs" in wanted or not made.startswith(stem)) else made


def _declines(unit: Unit, parse: Any, head: Any) -> bool:
    """Whether a second noun follows its head: people do; places, titles, names' parts stay."""
    if unit.role == "linked":
        staying = _MODIFIERS.fullmatch(unit.text) or _STAYING & head.tag.grammemes
        return bool(head.is_known and not staying)
    person = parse.tag.animacy == "anim"
    return bool(person and (parse.normal_form != _LIKE or _person(head)))


def _person(head: Any) -> bool:
    return head.tag.animacy == "anim" or not head.is_known


def _agreeing(parse: Any, head: Any, wanted: set[str]) -> set[str]:
    """What ``parse`` must become so that it agrees with ``head``."""
    if parse.tag.POS == "NOUN":
        return wanted
    more = {head.tag.gender} & set(GENDERS) if "sing" in wanted else set()
    if "accs" in wanted and ("plur" in wanted or "masc" in more):
        more = more | {head.tag.animacy or "inan"}
    return wanted | more


@functools.cache
def load(tag: str) -> Dictionary:
    """The morphology of the language ``tag``. Raises `SettingsError` when it is not Russian."""
    if tag != "ru":
        raise SettingsError(f"no dictionary for “{tag}”", hint="only Russian has one")
    return Dictionary()
