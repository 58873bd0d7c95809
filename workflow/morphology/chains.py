"""Chains of endings: what a stem can be followed by, from tables of endings, harmony, assimilation.

An ending is written with capitals for what varies: in «ДАГЫ» each capital is looked up first by the
class of the sound before it (assimilation), then by the harmony of the last vowel. A letter in
brackets stands only where it keeps two vowels, or two consonants, apart.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_PIECES = re.compile(r"\((\w)\)|(\w)")


@dataclass(frozen=True, slots=True)
class Place:
    """All that an ending sees of what it is put on."""

    state: str
    harmony: str
    sound: str


@dataclass(frozen=True, slots=True)
class Ending:
    """One suffix of the grammar."""

    adds: str
    """Its name: PL, POSS.3, GEN."""
    form: str
    gives: str
    """The state after it."""


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """Every chain of endings that can stand at one place; shared by all stems that end alike."""

    features: Mapping[str, str]
    """Chain → what it says, in the shortest analysis."""
    endings: Mapping[str, str]
    """What is said → the usual chain for it."""


class Grammar:
    """The endings of a language, and what they do to one another."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._sounds: dict[str, str] = {
            letter: sound for sound, letters in data["sounds"].items() for letter in letters
        }
        self._harmonies: Mapping[str, Mapping[str, str]] = data["harmonies"]
        self._harmony_of = {
            letter: name for name, table in self._harmonies.items() for letter in table["after"]
        }
        self._assimilation: Mapping[str, Mapping[str, str]] = data["assimilation"]
        self._open = frozenset(data["open"])
        self._half_open = frozenset(data["half_open"])
        self._vowels = frozenset(data["vowels"])
        self._endings: dict[str, list[Ending]] = {}
        for after, *ending in data["endings"]:
            for state in _states(after, data["groups"]):
                self._endings.setdefault(state, []).append(Ending(*ending))
        self._made: dict[Place, Chains] = {}

    @property
    def harmonies(self) -> tuple[str, ...]:
        """The names of all harmonies."""
        return tuple(self._harmonies)

    def sound(self, text: str) -> str:
        """The class of the last sound of ``text``; signs that are no sound are passed over."""
        known = (self._sounds[letter] for letter in reversed(text) if letter in self._sounds)
        return next(known, next(iter(self._sounds.values())))

    def harmony(self, text: str) -> str | None:
        """The harmony of the last vowel that has just one."""
        return next((self._harmony_of[c] for c in reversed(text) if c in self._harmony_of), None)

    def harmony_of(self, letter: str) -> str | None:
        """The one harmony of a vowel."""
        return self._harmony_of.get(letter)

    def spell(self, text: str, harmony: str) -> str:
        """``text`` with the capitals that harmony decides."""
        table = self._harmonies[harmony]
        return "".join(table.get(letter, letter) for letter in text)

    def places(self, state: str) -> Iterator[Place]:
        """All places in ``state``."""
        sounds = dict.fromkeys(self._sounds.values())
        return (Place(state, harmony, sound) for harmony in self._harmonies for sound in sounds)

    def chains(self, place: Place) -> Chains:
        """What can follow at ``place``."""
        made = self._made.get(place)
        if made is None:
            made = self._made[place] = self._chains(place)
        return made

    def _chains(self, place: Place) -> Chains:
        features: dict[str, str] = {}
        endings: dict[str, str] = {}
        level = [("", place, "")]
        while level:
            for chain, _, said in level:
                features.setdefault(chain, said)
                endings.setdefault(said, chain)
            level = list(dict.fromkeys(self._longer(level)))
        return Chains(features, endings)

    def _longer(self, level: Iterable[tuple[str, Place, str]]) -> Iterator[tuple[str, Place, str]]:
        """The chains with one ending more."""
        for chain, place, said in level:
            for ending in self._endings.get(place.state, ()):
                told = f"{said} {ending.adds}" if said else ending.adds
                for text, harmony, sound in self._written(ending.form, place.harmony, place.sound):
                    yield chain + text, Place(ending.gives, harmony, sound), told

    @functools.cache  # noqa: B019 -- there is one grammar a language, kept for good
    def _written(self, form: str, harmony: str, sound: str) -> tuple[tuple[str, str, str], ...]:
        """How an ending is written at a place, the usual way first, and how harmony and sound are
        after it."""
        written = [("", harmony, sound)]
        for optional, letter in _PIECES.findall(form):
            written = [more for before in written for more in self._add(optional, letter, *before)]
        return tuple(written)

    def _add(
        self, optional: str, letter: str, text: str, harmony: str, sound: str
    ) -> Iterator[tuple[str, str, str]]:
        if optional:
            yield from self._add_optional(optional, text, harmony, sound)
            return
        for option in self._assimilation.get(letter, {sound: letter})[sound]:
            small = self.spell(option, harmony)
            yield text + small, self._harmony_of.get(small, harmony), self._sounds[small]

    def _add_optional(
        self, optional: str, text: str, harmony: str, sound: str
    ) -> Iterator[tuple[str, str, str]]:
        """With the letter in brackets, without it, or, in doubt, as after a consonant and then as
        after a vowel."""
        is_vowel = self.spell(optional, harmony) in self._vowels
        doubt = sound in self._half_open
        for after_vowel in (False, True) if doubt else (sound in self._open,):
            if is_vowel != after_vowel:
                yield from self._add("", optional, text, harmony, sound)
            else:
                yield text, harmony, sound


def _states(names: str, groups: Mapping[str, str]) -> Iterator[str]:
    """States, and groups of them by name, one by one."""
    for name in names.split():
        if name in groups:
            yield from _states(groups[name], groups)
        else:
            yield name
