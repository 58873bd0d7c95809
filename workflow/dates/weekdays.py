"""Days of the week in text, in any form of their names, which come from CLDR."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from babel import Locale

from workflow.languages import Language
from workflow.morphology import load

_SAME = 2  # letters that every form of a name begins with


class Weekday(NamedTuple):
    """A day of the week and where its name stands: ``text[start:end]``."""

    number: int
    """0 is Monday."""
    features: str
    """Of the form, see `workflow.morphology`."""
    start: int
    end: int


def find_weekdays(text: str, language: Language) -> Iterator[Weekday]:
    """Every day of the week that ``text`` names, in order."""
    names = weekdays_of(language.tag)
    for found in _beginnings(language.tag).finditer(text):
        word = found[0].casefold()
        for number, name in enumerate(names):
            said = _forms(language, name, word) if word[:_SAME] == name[:_SAME] else None
            if said is not None:
                yield Weekday(number, said, found.start(), found.end())
                break


@functools.cache
def weekdays_of(tag: str) -> tuple[str, ...]:
    """The names of the days of the week, Monday first, in small letters."""
    names = Locale.parse(tag, sep="-").days["stand-alone"]["wide"]
    return tuple(names[number].casefold() for number in range(7))


@functools.lru_cache(maxsize=4096)
def _forms(language: Language, name: str, word: str) -> str | None:
    morphology = load(language.inflection.strategy, language.tag)
    said = morphology.match((name,), (word,))
    return None if said is None else " ".join(said)


@functools.cache
def _beginnings(tag: str) -> re.Pattern[str]:
    starts = "|".join(sorted({re.escape(name[:_SAME]) for name in weekdays_of(tag)}))
    return re.compile(rf"(?<![\w-])(?:{starts})[^\W\d_]+", re.IGNORECASE)
