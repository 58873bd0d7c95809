"""How a Russian term is put into a case and a number: the head, and what agrees with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from workflow.morphology.phrases import Plan, Unit
from workflow.morphology.readings import GENDERS, analyzer, reading_of, surname, word_of

_LIKE = "иванов"
_STAYING = frozenset({"Name", "Surn", "Patr", "Geox", "Fixd"})
# Nouns that stay as they are before a hyphen.
_MODIFIERS = re.compile(
    r"(?:альфа|арт|бета|бизнес|блок|веб|видео|вице|гамма|гранд|грант|дизель|интернет|кино|кибер"
    r"|концерт|медиа|мини|нано|пилот|поп|пресс|рок|смарт|спорт|топ|транс|шоу|штаб|экспресс)"
)


def decline(plan: Plan, wanted: set[str]) -> list[str] | None:
    """The units of a term with ``wanted`` grammemes of case and number; None when unsure."""
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
    made = str(form.word).replace(_LIKE, text)
    stem = text[: -2 if text.endswith("й") else -1]
    guessed = not parse.is_known and parse.tag.POS == "NOUN" and parse.tag.gender == "masc"
    return (
        None
        if guessed and ("accs" in wanted or not made.replace("ё", "е").startswith(stem))
        else made
    )


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
