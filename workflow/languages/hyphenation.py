"""Where a long word may be cut: the syllables of Kazakh and Kyrgyz, by rules that are data.

A syllable has one vowel. Of the consonants between two vowels the last one opens the next
syllable (ын-ты-мақ-тас-тық, министр-лік); a vowel that needs none is cut before (жа-рыя). No
browser has a dictionary of these languages; of Russian and English browsers have one, and there
is no table for them here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from workflow.languages import language, language_data

_REMEMBERED = 4_000  # words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hyphenation:
    """How the words of one language are cut."""

    vowels: frozenset[str]
    glides: frozenset[str]
    """Vowels that are consonants after a vowel, and before one where the word begins: да-уыс."""
    signs: frozenset[str]
    """Letters without a sound, which stay with the consonant before them: объ-ект."""
    long_vowels: bool
    """Two equal vowels are one sound and stay together: маа-лы-мат."""
    shortest_word: int
    """Letters of the shortest word that is cut."""
    left: int
    """The fewest letters that stay on the line."""
    right: int
    """The fewest letters that go to the next."""
    joints: tuple[tuple[str, int], ...]
    """What compounds begin with, and the letter at which their second part begins: халық-ара."""
    words: re.Pattern[str]
    """A word that is long enough and is nothing but letters of the language, the first alone
    perhaps a capital; beside no hyphen, apostrophe or full stop inside an address."""


@functools.cache
def hyphenation(tag: str) -> Hyphenation | None:
    """The rules of ``tag``; none where browsers know the words or nobody wrote rules."""
    data = language_data(tag).get("hyphenation")
    if data is None:
        return None
    letters = "".join(sorted(language(tag).alphabet))
    shortest = data["shortest_word"]
    return Hyphenation(
        vowels=frozenset(data["vowels"]),
        glides=frozenset(data["glides"]),
        signs=frozenset(data["signs"]),
        long_vowels=data["long_vowels"],
        shortest_word=shortest,
        left=data["left"],
        right=data["right"],
        joints=tuple((joint.replace("-", ""), joint.index("-")) for joint in data["joints"]),
        words=re.compile(
            rf"(?<![\w\u00ad'’ʼ\u2011-])(?<!\w\.)[{letters}{letters.upper()}][{letters}]"
            rf"{{{shortest - 1},}}(?![\w\u00ad'’ʼ\u2011]|-\w|\.\w)"
        ),
    )


@functools.lru_cache(_REMEMBERED)
def breaks(word: str, rules: Hyphenation) -> tuple[int, ...]:
    """The letters of ``word`` before which it may be cut: "ынтымақ" → (2, 4)."""
    lowered = word.lower()
    found: list[int] = []
    for start, end in _parts(lowered, rules):
        found.extend([start] * (start > 0))
        found.extend(
            start + at
            for at in _syllables(lowered[start:end], rules)
            if rules.left <= at <= end - start - rules.right
        )
    return tuple(found)


def _parts(word: str, rules: Hyphenation) -> Iterator[tuple[int, int]]:
    """The spans of a compound's parts; of any other word, the word."""
    cut = next((at for start, at in rules.joints if word.startswith(start)), 0)
    if cut:
        yield 0, cut
    yield cut, len(word)


def _syllables(part: str, rules: Hyphenation) -> Iterator[int]:
    """Where the syllables of ``part`` begin, but for the first."""
    sounds = list(_sounds(part, rules))
    vowels = [number for number, (_, _, is_vowel) in enumerate(sounds) if is_vowel]
    for one, other in pairwise(vowels):
        between = other - one - 1
        opening = other if between == 0 else other - 1
        start, end, _ = sounds[opening]
        # объ-ект, but ком-пьютер
        is_closed = between == 1 and part[end - 1] in rules.signs
        yield end if is_closed else start


def _sounds(part: str, rules: Hyphenation) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each sound, and whether it is a vowel."""
    at, after_vowel = 0, False
    while at < len(part):
        end = at + 1
        is_vowel = part[at] in rules.vowels and not _is_glide(part, at, after_vowel, rules)
        if is_vowel and rules.long_vowels and part[at : at + 2] == part[at] * 2:
            end += 1
        while part[end : end + 1] in rules.signs:
            end += 1
        yield at, end, is_vowel
        at, after_vowel = end, is_vowel


def _is_glide(part: str, at: int, after_vowel: bool, rules: Hyphenation) -> bool:
    if part[at] not in rules.glides:
        return False
    return after_vowel or (at == 0 and part[1:2] in rules.vowels)
