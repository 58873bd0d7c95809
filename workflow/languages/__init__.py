"""What is known about a language, as data: one TOML file a language in this folder.

Adding a language is adding ``<tag>.toml``; CLDR (through Babel) gives plural rules and number
symbols, the file gives the rest. Code asks a `Language`, never a tag.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from babel import Locale
from babel.messages.plurals import get_plural

from workflow.errors import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflection:
    """How the citation form of a word grows other forms (see ``terminology.matching``)."""

    every_word: bool
    """All words of a phrase inflect (Russian), or only the last one (Kazakh, Kyrgyz, English)."""
    chain: bool
    """Endings follow one another (agglutination)."""
    drop: str
    """Regular expression of the ending that a citation form may lose."""
    endings: tuple[str, ...]
    changes: Mapping[str, str]
    """Last letter of a stem → the letter it becomes before a vowel."""
    possessed: str
    """Regular expression of the possessive ending that the last word of a phrase may carry in its
    citation form, and loses before a plural (ұйымы → ұйымдары); empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRules:
    """Abbreviation classes by behaviour (lower case unless the class says otherwise)."""

    never_ends: frozenset[str]
    """The sentence goes on whatever follows."""
    binds_number: frozenset[str]
    """The sentence goes on when a number follows."""
    after_number: frozenset[str]
    """A unit or year mark: may end a sentence only when a number stands before it."""
    may_end: frozenset[str]
    """The sentence ends only before a capital letter."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """One language of the newsroom. There is one value for each, so identity is equality."""

    tag: str
    autonym: str
    """Its name in itself, as the language switcher shows it."""
    direction: str
    alphabet: frozenset[str]
    """Small letters that its words are written with; empty: any."""
    decimal: str
    group: str
    date_pattern: str
    """CLDR pattern of a date in running text."""
    months: tuple[str, ...]
    """Names of the months as ``date_pattern`` wants them, where CLDR's do not fit; or none."""
    quotes: tuple[tuple[str, str], ...]
    """Pairs of quotation marks in use, the house's own first."""
    plural_forms: str
    """The ``Plural-Forms`` header (CLDR through Babel)."""
    multipliers: Mapping[str, int]
    """Stem of a number word such as "thousand" → power of ten."""
    number_words: Mapping[str, int]
    """Stem of a number word → value, for numbers that prose spells out."""
    weighty: frozenset[str]
    """Words that turn what a sentence says: negations and modal verbs, in small letters."""
    sentences: SentenceRules
    inflection: Inflection


def known_tags() -> tuple[str, ...]:
    """The languages that have a data file here."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".toml")))


@functools.cache
def language(tag: str) -> Language:
    """The language ``tag``. Raises `SettingsError` when there is no data file for it."""
    if tag not in known_tags():
        raise SettingsError(
            f"no language data for “{tag}”",
            hint=f"known: {', '.join(known_tags())}; CONTRIBUTING.md tells how to add one",
        )
    data = tomllib.loads((resources.files(__name__) / f"{tag}.toml").read_text(encoding="utf-8"))
    locale = Locale.parse(tag, sep="-")
    symbols = locale.number_symbols["latn"]
    sentences = data["sentences"]
    inflection = data["inflection"]
    return Language(
        tag=tag,
        autonym=data["autonym"],
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
        weighty=frozenset(data.get("weighty", ())),
        sentences=SentenceRules(
            never_ends=frozenset(sentences["never_ends"]),
            binds_number=frozenset(sentences["binds_number"]),
            after_number=frozenset(sentences["after_number"]),
            may_end=frozenset(sentences["may_end"]),
        ),
        inflection=Inflection(
            every_word=inflection["every_word"],
            chain=inflection["chain"],
            drop=inflection["drop"],
            endings=tuple(inflection["endings"]),
            changes=inflection.get("changes", {}),
            possessed=inflection.get("possessed", ""),
        ),
    )
