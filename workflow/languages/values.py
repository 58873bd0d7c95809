"""What is known about a language, as values. `language` reads them from its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflection:
    """Who knows the forms of this language's words (see ``workflow.morphology``)."""

    strategy: str
    """The module of ``workflow.morphology`` that knows them."""
    every_word: bool
    """Any word of a phrase may inflect (Russian, English), or the last one only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRules:
    """Abbreviations by behaviour, without their last full stop, and words that open sentences.

    In lower case, except letters in a row (U.S, Ph.D); "т.д" stands for «т. д.» too. A single
    capital letter is an initial, whatever the lists say of the small one.
    """

    never: frozenset[str]
    """The sentence goes on, whatever follows: titles, kinds of places."""
    before_number: frozenset[str]
    """The sentence goes on when a number follows: No. 5, ст. 7, 2023 ж. 15 қыркүйекте."""
    after_number: frozenset[str]
    """A unit: after a number, ends the sentence before a capital letter."""
    before_capital: frozenset[str]
    """Ends the sentence before a capital letter: etc., т. д."""
    before_opener: frozenset[str]
    """Ends the sentence only before one of ``openers``: U.S., Inc."""
    initials: frozenset[str]
    """Initials of more than one letter: Yu., Дж."""
    surname_endings: tuple[str, ...]
    """Of the surnames that stand before their initials: Khrapov A.I."""
    openers: frozenset[str]
    """Words that often open a sentence and are no names."""
    leads: frozenset[str]
    """Words that a sentence may open with before its time: At 5 p.m. …, В 2024 г. …"""
    lower_openers: frozenset[str]
    """Words that open a sentence even with a small letter, where the writer saves capitals."""
    sure_endings: frozenset[str]
    """Letters that no abbreviation outside these lists ends with: after such a word a full stop
    ends the sentence even before a small letter. None: a small letter always goes on."""
    never_open: frozenset[str]
    """Words that show, after an abbreviation, that the sentence goes on: 5 p.m. GMT, долл. США."""
    capitals: frozenset[str]
    """Words that have a capital anywhere, so that it says nothing after a pause: … I"""
    names: frozenset[str]
    """Names that end with a mark of their own: Yahoo!"""
    known: frozenset[str]
    """Every abbreviation; any other word before a full stop is an ordinary one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """Words that turn a fact, in small letters: where one changed, the sentence is another one.

    A star stands for any letters.
    """

    negation: re.Pattern[str]
    negation_prefixes: tuple[str, ...]
    """What turns a word into its contrary: lawful, unlawful."""
    negation_endings: tuple[str, ...]
    """With what a word of denial ends: isn't."""
    negation_suffixes: tuple[str, ...]
    """What stands inside a verb that is denied, behind its stem: келді, келмеді."""
    modal: re.Pattern[str]
    quantifier: re.Pattern[str]
    direction: re.Pattern[str]
    unit: re.Pattern[str]
    currency: re.Pattern[str]
    percent: re.Pattern[str]
    time: re.Pattern[str]
    number: re.Pattern[str]
    """Number words beyond ``Language.number_words``."""
    preposition: re.Pattern[str]
    """Words that turn a direction where one stands for another: to, from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """What stands beside a number or a name, and changes with it."""

    agrees: bool
    """A noun behind a number takes the form that CLDR's plural category of the number asks for."""
    round: int
    """Multiples of it are nouns themselves, and govern what they count; 0: none are."""
    unchanging: frozenset[str]
    """Words behind a number that do not: units, "млн"."""
    years: frozenset[str]
    """Words behind a year, which is an ordinal whatever its last digit is."""
    numbered: frozenset[str]
    """Words before a number that is a name and counts nothing: Article 51."""
    ordinals: Mapping[str, str]
    """CLDR ordinal category → letters behind the digits: 22nd."""
    ordinal_tails: frozenset[str]
    """Letters behind digits and a hyphen that are the same for every ordinal."""
    read_ordinals: Mapping[str, str]
    """By the vowel in the ending of the genitive of a number as it is read: that of its ordinal."""
    whole: frozenset[str]
    """Short words behind digits and a hyphen that are no endings: 5-бап."""
    clitics: frozenset[str]
    """Words that take a letter from the word before them."""
    agreeing: bool
    """Words around a noun agree with its gender or number."""
    cases: tuple[str, ...]
    """Features of the forms that a noun may have in a sentence, see `workflow.morphology`."""
    alternating: tuple[tuple[str, str, re.Pattern[str]], ...]
    """(short, long, what the long one stands before): в, во; a, an."""
    governs: Mapping[str, tuple[str, ...]]
    """Preposition → the cases it takes."""
    read: Mapping[int, str]
    """How a number is read, by its last word; empty where digits take no endings."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """One language of the newsroom. There is one value for each, so identity is equality."""

    tag: str
    autonym: str
    """Its name in itself, as the language switcher shows it."""
    locale: str
    """Language and territory, as Open Graph wants them: kk_KZ."""
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
    common: frozenset[str]
    """Words that stand in nearly every text of it, in small letters."""
    well_known: frozenset[str]
    """Abbreviations that nobody spells out."""
    guards: Guards
    slots: Slots
    sentences: SentenceRules
    inflection: Inflection
