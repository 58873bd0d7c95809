"""What the dictionary says of a Russian word: its readings.

pymorphy3 knows the words; of those that it does not know, Snowball tells the stem.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pymorphy3
import snowballstemmer

_CLASSES = {"NOUN": "noun", "NUMR": "numeral", "NPRO": "pronoun"} | dict.fromkeys(
    ("ADJF", "ADJS", "PRTF", "COMP"), "adjective"
)
GRAMMEMES = {
    "NOM": "nomn",
    "GEN": "gent",
    "DAT": "datv",
    "ACC": "accs",
    "INS": "ablt",
    "LOC": "loct",
}
_CASES = {grammeme: case for case, grammeme in GRAMMEMES.items()} | {
    **{"voct": "NOM", "gen1": "GEN", "gen2": "GEN", "acc2": "ACC", "loc1": "LOC", "loc2": "LOC"}
}
_BARE = {"ADJS": "SHORT", "COMP": "CMP"}
GENDERS = ("masc", "femn", "neut")
COUNTED = "GEN counted"
_PAUCAL = frozenset({"noun GEN sing", "adjective GEN plur", "adjective NOM plur"})
_SUPERLATIVE = re.compile(r"[еа]йш")
_SURNAME = re.compile(r"\w{2,}(?:[ое]в|ин)")
_CYRILLIC = re.compile(r"[а-я]+")
_SHORTEST_STEM = 4
_LIKELY = 0.5
_SURE = 0.9
Lexeme = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a form."""

    lexeme: Lexeme
    features: str
    cells: frozenset[str]
    """ "GEN sing masc", "GEN plur": words that agree share one."""
    chance: float


@dataclass(frozen=True, slots=True)
class Word:
    """What the dictionary says of a form."""

    text: str
    readings: tuple[Reading, ...]
    stem: str
    """Of a word that it does not know and that is long enough; else empty."""
    linking: str
    """PREP, CONJ or PRCL when it is that first of all; else empty."""

    def chance(self, case: str) -> float:
        """How likely the word is in ``case``."""
        return sum(r.chance for r in self.readings if r.features.endswith(case))

    def nominative(self, kind: str) -> frozenset[str]:
        """The cells of its nominative readings as a ``kind``."""
        readings = (r for r in self.readings if r.lexeme[0] == kind)
        return frozenset(cell for r in readings for cell in r.cells if cell.startswith("NOM"))

    def unlisted(self) -> bool:
        """Whether it is a Russian word that the dictionary cannot even guess as a nominative."""
        return (
            bool(self.stem)
            and not self.chance("NOM")
            and _CYRILLIC.fullmatch(self.text) is not None
        )

    def own(self) -> frozenset[Lexeme]:
        """The lexemes that it is the citation form of."""
        named = [r for r in self.readings if r.lexeme[1] == self.text] or [
            r
            for r in self.readings
            if r.features.endswith("NOM") or (r.features == "SHORT" and r.chance > _LIKELY)
        ]
        if named:
            return frozenset(r.lexeme for r in named)
        unlisted = {("noun", self.text), ("adjective", self.text)}
        return frozenset(r.lexeme for r in self.readings if r.features != "SHORT") | unlisted


@functools.cache
def analyzer() -> Any:
    """The dictionary, loaded when it is first asked."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@functools.cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("russian")


@functools.lru_cache(maxsize=1 << 15)
def word_of(text: str) -> Word:
    """What is known of a form."""
    parses = analyzer().parse(text)
    chances: defaultdict[str, float] = defaultdict(float)
    for parse in parses:
        chances[parse.tag.POS or ""] += parse.score
    # A short adjective is a participle (забыты) or an adverb (активно) more often.
    short = chances["PRTS"] < chances["ADJS"] and chances["ADVB"] + chances["PRED"] <= _SURE
    readings = [
        reading_of(p) for p in parses if p.tag.POS in _CLASSES and (short or p.tag.POS != "ADJS")
    ]
    said: defaultdict[tuple[Lexeme, str], float] = defaultdict(float)
    for reading in readings:
        said[reading.lexeme, reading.features] += reading.chance
    known = analyzer().word_is_known(text)
    first = parses[0].tag.POS if parses else None
    return Word(
        text=text,
        readings=tuple(
            sorted(
                readings, key=lambda r: (r.features.endswith("ACC"), -said[r.lexeme, r.features])
            )
        ),
        stem="" if known or len(text) < _SHORTEST_STEM else _stemmer().stemWord(text),
        linking=first if first in {"PREP", "CONJ", "PRCL"} else "",
    )


def lemmas_of(text: str) -> frozenset[str] | None:
    """The normal forms of a word of the dictionary; None where only its `word_of` has them.

    It costs a fraction of `word_of`, and most words of a text are no form of any term.
    """
    dictionary = analyzer().dictionary
    found = set()
    for spelling, places in dictionary.words.similar_items(text, analyzer().char_substitutes):
        for paradigm, at in places:
            if _has_own_lemma(paradigm, at):
                return None
            found.add(dictionary.build_normal_form(paradigm, at, spelling).replace("ё", "е"))
    return frozenset(found) if found and len(text) > 1 else None  # a letter is an initial too


@functools.cache
def _has_own_lemma(paradigm: int, at: int) -> bool:
    """Whether `_lemma` may be another than the normal form: participles, superlatives."""
    tag = analyzer().dictionary.build_tag_info(paradigm, at)
    return tag.POS == "PRTF" or "Supr" in tag


def reading_of(parse: Any) -> Reading:
    """What matters of a parse of the dictionary."""
    tag = parse.tag
    kind = _CLASSES[tag.POS]
    case = _CASES.get(tag.case, "")
    features = _BARE.get(tag.POS) or ("PL " if tag.number == "plur" else "") + case
    return Reading(
        lexeme=(kind, _lemma(parse).replace("ё", "е")),
        features=features,
        cells=_cells(kind, case, tag.number, tag.gender) if case else frozenset((features,)),
        chance=parse.score,
    )


def _lemma(parse: Any) -> str:
    """The normal form; of a participle and of a superlative, the masculine nominative."""
    wanted = {"masc", "sing", "nomn"}
    if parse.tag.POS == "PRTF":
        form = parse.inflect(wanted | {"PRTF"})
    elif "Supr" in parse.tag and _SUPERLATIVE.search(parse.word):
        form = parse.inflect(wanted | {"Supr"})
    else:
        form = None
    return str(form.word if form else parse.normal_form)


@functools.cache
def _cells(kind: str, case: str, number: str | None, gender: str | None) -> frozenset[str]:
    genders = (gender,) if gender in GENDERS else GENDERS
    cells = {f"{case} sing {each}" for each in genders if number != "plur"}
    if number != "sing":
        cells.add(f"{case} plur")
    # Два новых договора: after 2, 3, 4 the noun is singular and its adjective plural.
    if f"{kind} {case} {number}" in _PAUCAL:
        cells.add(COUNTED)
    return frozenset(cells)


def surname(word: Word) -> bool:
    """Whether it may be a surname that the dictionary has as a genitive only, or not at all."""
    missing = bool(word.stem) or not word.chance("NOM")
    return missing and _SURNAME.fullmatch(word.text) is not None
