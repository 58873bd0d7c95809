"""A text as words, folded so that what looks the same is the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

SOFT_HYPHEN = "\u00ad"

_SHAPES = {"ё": "е", "Ё": "Е", "’": "'", "ʼ": "'", "`": "'", "‑": "-", "‐": "-"} | dict.fromkeys(
    "\u00a0\u202f\u2009", " "
)
_FOLD = str.maketrans(_SHAPES)
_FOLDED = re.compile(f"[{''.join(_SHAPES)}]")
_LATIN_SHAPES, _CYRILLIC_SHAPES = "aceopxykmthbiACEOPXYKMTHBI", "асеорхукмтнвіАСЕОРХУКМТНВІ"
_CYRILLIC_LETTERS = str.maketrans(_LATIN_SHAPES, _CYRILLIC_SHAPES)
_LATIN_LETTERS = str.maketrans(_CYRILLIC_SHAPES, _LATIN_SHAPES)
_MIXED = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_JOINING_DASH = re.compile(r"(?<=[^\W\d_])–(?=[^\W\d_])")
_ENDED_NAME = re.compile(r"[A-Z][A-Z0-9]+[\u0430-\u04ff]+")
_WORD = re.compile(
    r"([^\W_]+(?:[-'][^\W_]+)*(?:[»”\"]-?(?:(?![A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])[^\W\d_]){1,12}|(?<=[sS])')?)"
)
_CYRILLIC, _LATIN = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, and where it stands."""

    text: str
    lower: str
    start: int
    end: int


def folded(text: str) -> str:
    """``text`` with one sign for those that look the same, letter for letter."""
    return text.translate(_FOLD) if _FOLDED.search(text) else text  # most texts have none


def without_soft_hyphens(text: str) -> tuple[str, list[int]]:
    """``text`` without them, and for each character that is left the place it had."""
    places = [at for at, char in enumerate(text) if char != SOFT_HYPHEN]
    return "".join(text[at] for at in places), places


def words_of(text: str) -> list[Word]:
    """The words of ``text``; a hyphenated one is one word, whatever dash joins its letters."""
    if SOFT_HYPHEN in text:
        return _through_soft_hyphens(text)
    pieces = pieces_of(text)
    ends = list(accumulate(map(len, pieces)))
    return [
        Word(word, word.lower(), start, end)
        for word, start, end in zip(pieces[1::2], ends[::2], ends[1::2], strict=False)
    ]


def pieces_of(text: str) -> list[str]:
    """``text``, which has no soft hyphens, folded and cut: what is between words, a word, and so on
    by turns. Letters stay as many as they were."""
    plain = folded(text)
    if "–" in plain:
        plain = _JOINING_DASH.sub("-", plain)
    pieces = _WORD.split(plain)
    if not plain.isascii() and _LATIN.search(plain) and _MIXED.search(plain):
        pieces[1::2] = ("-".join(map(_one_script, word.split("-"))) for word in pieces[1::2])
    return pieces


def _through_soft_hyphens(text: str) -> list[Word]:
    bare, places = without_soft_hyphens(text)
    return [
        Word(word.text, word.lower, places[word.start], places[word.end - 1] + 1)
        for word in words_of(bare)
    ]


def _one_script(word: str) -> str:
    """A word with letters of two alphabets in the one that most of it is written in.

    A Latin name with an ending ("MDMAны") is no such word.
    """
    if _ENDED_NAME.fullmatch(word) or not _MIXED.search(word):
        return word
    latin = len(_LATIN.findall(word))
    is_latin = latin > len(_CYRILLIC.findall(word))
    return word.translate(_LATIN_LETTERS if is_latin else _CYRILLIC_LETTERS)
