"""What is known about a language, as data: one TOML file a language in this folder.

Adding a language is adding ``<tag>.toml``; CLDR (through Babel) gives plural rules and number
symbols, the file gives the rest. Code asks a `Language`, never a tag.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from babel import Locale
from babel.messages.plurals import get_plural

from workflow.errors import SettingsError
from workflow.languages.territories import likely_locale
from workflow.languages.values import Guards, Inflection, Language, SentenceRules, Slots

__all__ = ["Language", "SentenceRules", "known_tags", "language"]


@functools.cache
def known_tags() -> tuple[str, ...]:
    """The languages that have a data file here."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".toml")))


@functools.cache
def language_data(tag: str) -> Mapping[str, Any]:
    """The file of ``tag``, which is one of `known_tags`; for whoever needs a table of it."""
    return tomllib.loads((resources.files(__name__) / f"{tag}.toml").read_text(encoding="utf-8"))


@functools.cache
def language(tag: str) -> Language:
    """The language ``tag``. Raises `SettingsError` when there is no data file for it."""
    if tag not in known_tags():
        raise SettingsError(
            f"no language data for “{tag}”",
            hint=f"known: {', '.join(known_tags())}; CONTRIBUTING.md tells how to add one",
        )
    data = language_data(tag)
    locale = Locale.parse(tag, sep="-")
    symbols = locale.number_symbols["latn"]
    inflection = data["inflection"]
    return Language(
        tag=tag,
        autonym=data["autonym"],
        locale=data.get("locale") or likely_locale(locale),
        direction=data.get("direction", "ltr"),
        alphabet=frozenset(data.get("alphabet", "")),
        decimal=symbols["decimal"],
        group=symbols["group"],
        date_pattern=data["date_pattern"],
        months=tuple(data.get("months", ())),
        quotes=tuple((pair[0], pair[1]) for pair in data["quotes"]),
        plural_forms=str(get_plural(locale)),
        multipliers=data.get("multipliers", {}),
        number_words=data.get("number_words", {}),
        common=frozenset(data["common"].split()),
        well_known=frozenset(data["well_known"].split()),
        guards=_guards(data["guards"]),
        slots=_slots(data["slots"]),
        sentences=_sentence_rules(data["sentences"]),
        inflection=Inflection(strategy=inflection["strategy"], every_word=inflection["every_word"]),
    )


_AFFIXES = ("negation_prefixes", "negation_endings", "negation_suffixes")


def _guards(data: Mapping[str, Sequence[str]]) -> Guards:
    values: dict[str, Any] = {
        name: tuple(words) if name in _AFFIXES else _any_of(words) for name, words in data.items()
    }
    return Guards(**values)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word).replace(r"\*", r"\w*") for word in words))


def _slots(data: Mapping[str, Any]) -> Slots:
    return Slots(
        agrees=data["agrees"],
        round=data.get("round", 0),
        unchanging=frozenset(data["unchanging"]),
        years=frozenset(data["years"]),
        numbered=frozenset(data["numbered"]),
        ordinals=data["ordinals"],
        ordinal_tails=frozenset(data["ordinal_tails"]),
        read_ordinals=data.get("read_ordinals", {}),
        whole=frozenset(data.get("whole", ())),
        clitics=frozenset(data["clitics"]),
        agreeing=data["agreeing"],
        cases=tuple(data["cases"]),
        alternating=tuple(
            (pair["short"], pair["long"], re.compile(pair["before"]))
            for pair in data["alternating"]
        ),
        governs={word: tuple(cases) for word, cases in data.get("governs", {}).items()},
        read={int(number): word for number, word in data.get("read", {}).items()},
    )


_ABBREVIATIONS = (
    "never", "before_number", "after_number", "before_capital", "before_opener", "initials",
)  # fmt: skip


def _sentence_rules(data: Mapping[str, Sequence[str]]) -> SentenceRules:
    lists = {name: frozenset(words) for name, words in data.items() if name != "surname_endings"}
    return SentenceRules(
        **lists,
        surname_endings=tuple(data["surname_endings"]),
        known=frozenset().union(*(lists[name] for name in _ABBREVIATIONS)),
    )
