"""A place in a target where a number, a date or a time stands → what another one looks like there.

Raises `Unsure` wherever the answer is not certain; the reason is said to the translator.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from babel import Locale

from workflow.dates import months_of
from workflow.languages import Language
from workflow.morphology import load
from workflow.numbers import Number, write_number
from workflow.stages.elements import Element
from workflow.stages.forms import Unsure, cased_as, form_in
from workflow.terminology.places import slot_of

_BLANKS = "\u00a0\u202f\u2009"
_TAIL = re.compile(r"[-‑–]?([^\W\d_]+)")
_NEXT = re.compile(r"[\s\u00a0]+([^\W\d_]+(?:[-‑][^\W\d_]+)*)")
_COUNTS_NOTHING = re.compile(r"[\s\u00a0]?[%‰]|[-–—]\d")
_NUMERO = re.compile(r"(?:№[\s\u00a0]?|[^\W\d_][-‑–])\Z")
_LABEL = re.compile(r"([^\W\d_]+)\.?[\s\u00a0]+\Z")
_LONG = 4  # letters behind digits and a hyphen: so long is a word of its own, not an ending
_FOUR, _FIVE = 1000, 10_000
_YEARS = range(1900, 2101)


class Put(NamedTuple):
    """Words to write instead of ``text[start:end]``."""

    start: int
    end: int
    words: str


def number_in(slot: Element, new: Element, text: str, language: Language) -> Put:
    """The digits of ``new`` in the place of ``slot``.

    An ending after digits, and a noun behind, agree with the number; where the form of the noun
    is not certain, or more would have to change, the number is not put in.
    """
    here, there = slot.number, new.number
    assert here is not None, "a number has one"
    assert there is not None, "a number has one"
    if here.power != there.power:
        raise Unsure(f"“{slot.written}” is written with another word for thousand or million")
    blank = next((char for char in slot.written if char in _BLANKS), " ")
    amount = _amount(there)
    grouped = there.grouped
    if there.places == here.places == 0 and _FOUR <= amount < _FIVE and _amount(here) >= _FOUR:
        grouped = here.grouped  # four digits: as the translator wrote them
    words = write_number(amount, language, places=there.places, grouped=grouped, blank=blank)
    tail = _TAIL.match(text, here.end)
    if tail is None:
        return _with_noun(Put(slot.start, here.end, words), here, amount, text, language)
    ending = _ending(tail, here, there, language)
    return Put(slot.start, tail.end(), words + ending)


def date_in(slot: Element, old: Element, new: Element, text: str, language: Language) -> Put:
    """``slot``, a date, with the parts in which ``new`` is not ``old``."""
    assert slot.date is not None, "a date has parts"
    assert old.date is not None, "a date has parts"
    assert new.date is not None, "a date has parts"
    piece = slot.written
    width = 2 if text[slice(*slot.date.parts["month"])].isdigit() else 1
    spans = sorted(slot.date.parts.items(), key=lambda part: -part[1][0])
    for name, (start, end) in spans:
        was, now = getattr(old.date, name), getattr(new.date, name)
        if was != now:
            words = _date_part(name, was, now, text[start:end], width=width, language=language)
            piece = piece[: start - slot.start] + words + piece[end - slot.start :]
    changed = {name for name in ("year", "month", "day") if _part(old, name) != _part(new, name)}
    if not changed <= set(slot.date.parts):
        raise Unsure(f"“{slot.written}” does not say the {' and the '.join(sorted(changed))}")
    day_end = slot.date.parts.get("day", (0, 0))[1]
    if "day" in changed and text[day_end : day_end + 2] in language.slots.ordinals.values():
        raise Unsure(f"the letters behind the day of “{slot.written}” may change")
    return Put(slot.start, slot.end, piece)


def time_in(slot: Element, new: Element, text: str) -> Put:
    """The time of ``new``, with the mark between hours and minutes that stands there."""
    if _TAIL.match(text, slot.end):
        raise Unsure(f"the ending behind “{slot.written}” may change")
    assert isinstance(new.value, tuple), "a time is its hour and its minutes"
    hour, minute = new.value
    mark = next(char for char in slot.written if not char.isdigit())
    width = 2 if slot.written.startswith("0") else 1
    return Put(slot.start, slot.end, f"{hour:0{width}}{mark}{minute}")


def _part(element: Element, name: str) -> object:
    return getattr(element.date, name)


def _date_part(name: str, was: int, now: int, seen: str, *, width: int, language: Language) -> str:
    """``width``: digits of a day or a month in figures alone: 2024-05-06."""
    if name != "month" or seen.isdigit():
        return f"{now:0{width}}"
    months = months_of(language.tag)
    made = form_in(seen, (months[was - 1],), (months[now - 1],), "", language)
    return cased_as(seen, made)


def _amount(number: Number) -> Decimal:
    """What the digits alone say."""
    return number.value / (Decimal(10) ** number.power)


def _with_noun(put: Put, slot: Number, new: Decimal, text: str, language: Language) -> Put:
    """``put`` with the noun behind, where that takes another form. Raises `Unsure`."""
    old = _amount(slot)
    word = _NEXT.match(text, slot.end)
    noun = word[1] if word else ""
    is_dated = noun.lower() in language.slots.years
    if is_dated and (old in _YEARS) != (new in _YEARS):
        raise Unsure(f"{old:f} and {new:f} are not both years")
    kinds = _kind(old, language), _kind(new, language)
    if kinds[0] == kinds[1] or _counts_nothing(old, new, text, slot, language):
        return put
    around = slot_of(text, slot.start, word.end() if word else slot.end)
    morphology = load(language.inflection.strategy, language.tag)
    form = morphology.recounted(noun.lower(), around, kinds) if noun else None
    if form is None:
        raise Unsure(f"the words behind {put.words} may need another form")
    if form == noun.lower():
        return put
    assert word is not None, "a form is one of a noun that is there"
    between = text[slot.end : word.start(1)]
    return Put(put.start, word.end(), f"{put.words}{between}{cased_as(noun, form)}")


def _kind(number: Decimal, language: Language) -> str:
    """What the form of a noun behind it hangs on."""
    size = language.slots.round
    if size and number and number % size == 0:
        return "round"
    return str(Locale.parse(language.tag, sep="-").plural_form(number))


def _counts_nothing(
    old: Decimal, new: Decimal, text: str, slot: Number, language: Language
) -> bool:
    """Whether what stands behind the number may stay as it is, whatever the number."""
    if not language.slots.agrees or _COUNTS_NOTHING.match(text, slot.end):
        return True
    word = _NEXT.match(text, slot.end)
    following = word[1].lower() if word else ""
    is_year = old in _YEARS and new in _YEARS and following in language.slots.years
    is_unit = following in language.slots.unchanging
    return is_year or is_unit or _is_a_name(text[: slot.start], language)


def _is_a_name(before: str, language: Language) -> bool:
    """Whether a number behind ``before`` is a name, or part of one: № 5, Статья 51, COVID-19."""
    if _NUMERO.search(before):
        return True
    word = _LABEL.search(before)
    return word is not None and word[1].lower() in language.slots.numbered


def _ending(tail: re.Match[str], old: Number, new: Number, language: Language) -> str:
    """The letters behind the digits of ``old``, as they are behind those of ``new``."""
    slots, letters = language.slots, tail[1].lower()
    if letters in slots.ordinals.values():
        return slots.ordinals[Locale.parse(language.tag, sep="-").ordinal_form(int(new.value))]
    if slots.read:
        return _read_ending(tail, old, new, language)
    if letters in slots.ordinal_tails or len(letters) >= _LONG:
        return tail[0]
    raise Unsure(f"the ending of “{_amount(old):f}{tail[0]}” may be another")


def _read_ending(tail: re.Match[str], old: Number, new: Number, language: Language) -> str:
    """The ending of a number that is read aloud: 12-ге, 10-ға."""
    if tail[1].lower() in language.slots.whole:
        return tail[0]
    was, now = _last_word(_amount(old), language), _last_word(_amount(new), language)
    letters, mark = tail[1].lower(), tail[0][: len(tail[0]) - len(tail[1])]
    # Of an ordinal, the ending that all of them have, and what is put to it: 5-чи, 5-чиге.
    first = _ordinal_ending(was, language)
    is_ordinal = bool(first) and letters.startswith(first)
    word = was + first if is_ordinal else was
    other = now + _ordinal_ending(now, language) if is_ordinal else now
    seen = was + letters
    made = other if seen == word else _same_ending(word, seen, other, language)
    if made:
        return mark + made[len(now) :]
    ordinals = tuple(language.slots.read_ordinals.values())
    if made is None and len(letters) >= _LONG and not letters.endswith(ordinals):
        return tail[0]
    raise Unsure(f"the ending of “{_amount(old):f}{tail[0]}” may be another")


def _same_ending(old: str, seen: str, new: str, language: Language) -> str | None:
    """``new`` with the ending that ``seen`` is ``old`` with; empty when it is not certain.

    None when ``seen`` is no form of ``old``: a word of its own stands behind.
    """
    morphology = load(language.inflection.strategy, language.tag)
    said = morphology.match((old,), (seen,))
    if said is None:
        return None
    features = " ".join(filter(None, said))
    was, now = (morphology.inflect((word,), features) for word in (old, new))
    is_sure = was == (seen,) and now is not None and now[0].startswith(new)
    return now[0] if now and is_sure else ""


def _ordinal_ending(word: str, language: Language) -> str:
    """The ending of the ordinal of a number as it is read."""
    form = load(language.inflection.strategy, language.tag).inflect((word,), "GEN")
    return language.slots.read_ordinals.get(form[0][-2], "") if form else ""


def _last_word(value: Decimal, language: Language) -> str:
    """The last word of a number as it is read."""
    read, number = language.slots.read, int(value)
    if number != value:
        raise Unsure(f"the ending behind {value:f} is not certain")
    if number in read:
        return read[number]
    scale = 1
    while number % (scale * 10) == 0:
        scale *= 10
    digit = number // scale % 10
    if digit * scale in read and scale < 100:
        return read[digit * scale]
    return read[max(base for base in read if base <= scale)]
