"""Inflection: is this the term in another grammatical form, and how does the term look in one?

A strategy knows one kind of grammar (suffix chains, a dictionary of Russian, rules of English) and
is chosen by the data of a language. It sees folded words in small letters, one word an item; the
case of letters, hyphens of compounds and abbreviations are its caller's business.
"""

from __future__ import annotations

import functools
import importlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What stands beside a term in its sentence: words in small letters, and commas."""

    before: tuple[str, ...] = ()
    """The nearest one last; empty where the sentence begins."""
    after: tuple[str, ...] = ()


Heads = tuple[int | None, int | None]
"""The places of the heads of two terms, where somebody named them."""


class Morphology(Protocol):
    """What a strategy can be asked about the terms of one language."""

    joint: str
    """What we write between an abbreviation and its ending."""

    def match(
        self, term: Sequence[str], words: Sequence[str], *, head: int | None = None
    ) -> tuple[str, ...] | None:
        """How ``words`` are the term in one of its forms: the features of each word, as
        "PL POSS.3 GEN" ("" for the citation form); None when they are not. Both are as long.
        ``head`` is the place of the head among the words, where somebody named it."""

    def match_abbreviation(self, term: str, word: str) -> str | None:
        """How ``word``, capitals kept, is the abbreviation ``term`` with or without endings."""

    def keys(self, word: str, *, of_term: bool) -> frozenset[str]:
        """Under what a word of a term is kept, or a word of a text looked up, so that the two meet
        whenever `match` could say that one is a form of the other."""

    def roots(self, word: str) -> frozenset[str]:
        """What the forms of the words begin with that ``word`` may be a form of, or are kept under
        in an index: a text that holds ``word`` is found by its other forms through these."""

    def forms(self, term: Sequence[str]) -> frozenset[str] | None:
        """Every form of the last word of ``term``, where they can be listed and only it inflects;
        None where forms are recognised rather than made."""

    def inflect(
        self, term: Sequence[str], features: str, *, head: int | None = None
    ) -> tuple[str, ...] | None:
        """The words of ``term`` in the form that ``features`` name; None when it is not known."""

    def readings(
        self, term: Sequence[str], words: Sequence[str], *, head: int | None = None
    ) -> tuple[str, ...]:
        """All that ``words`` may say as a form of the term, the likeliest first. Unlike those of
        `match`, these features are told of the singular: a plural is PL, whatever the citation
        form is."""

    def fitting(self, readings: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
        """Those of ``readings`` that the words and commas before (`Slot.before`) leave."""

    def clashes(
        self,
        old: Sequence[str],
        new: Sequence[str],
        features: str,
        slot: Slot,
        *,
        heads: Heads = (None, None),
    ) -> bool:
        """Whether a word beside the slot agrees with the term ``old`` and not with ``new``."""

    def recounted(self, noun: str, slot: Slot, kinds: tuple[str, str]) -> str | None:
        """``noun``, in small letters, behind a number of the first of ``kinds`` → behind one of the
        second; None when unsure. Kinds are CLDR's plural categories, and "round"."""

    def is_plural(self, term: Sequence[str], *, head: int | None = None) -> bool:
        """Whether the citation form is a plural."""

    def ending(self, word: str, features: str) -> str | None:
        """What is put to the abbreviation ``word`` so that it says ``features``; None when it
        cannot be known how it is read."""


LIBRARIES = ("pymorphy3", "pymorphy3_dicts_ru", "snowballstemmer")
"""The packages whose words and rules decide what is a form of what."""

_SHORT = 3  # letters: a shorter word may keep no more than the first (ky уй, ую)


def beginnings(word: str, *, of_term: bool) -> frozenset[str]:
    """`Morphology.keys` for grammars whose words keep their first letters."""
    if of_term:
        return frozenset((word[:2] if len(word) > _SHORT else word[:1],))
    return frozenset((word[:1], word[:2]))


def common_start(texts: Sequence[str]) -> str:
    """What all of ``texts``, of which there is one at least, begin with."""
    low, high = min(texts), max(texts)
    return next((low[:at] for at, c in enumerate(low) if high[at : at + 1] != c), low)


@functools.cache
def data_of(tag: str) -> Mapping[str, Any]:
    """The file of a language in this folder; nothing where it has none."""
    file = resources.files(__name__) / f"{tag}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def load(strategy: str, tag: str) -> Morphology:
    """The morphology of a language: ``strategy`` is the name of a module of this package."""
    module = importlib.import_module(f"{__name__}.{strategy}")
    morphology: Morphology = module.load(tag)
    return morphology
