"""How the words of a Russian term behave when it inflects.

What agrees with the head inflects (*рабочая* группа), the genitive after it stays (банк
*развития*), a name or a second noun may do either (город *Бишкек*).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workflow.morphology.readings import Lexeme, Word, analyzer, surname, word_of

Role = Literal["fixed", "agrees", "apposed", "linked"]
Standing = tuple[Role, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of a term, or a part of its hyphenated word."""

    text: str
    role: Role
    own: frozenset[Lexeme]
    stem: str
    group: int
    """Words of a group agree; groups joined by "и" share the case."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A term, ready to be compared with words."""

    units: tuple[Unit, ...]
    sizes: tuple[int, ...]
    """How many units each word has."""
    plural: bool
    """The citation form is a plural."""


@functools.lru_cache(maxsize=1 << 13)
def plan_of(term: tuple[str, ...], head: int | None = None) -> Plan:
    """How the words of a term behave; ``head`` is the place of its head, where it was named."""
    pieces = [_pieces(text) for text in term]
    sizes = tuple(map(len, pieces))
    words = [word_of(text) for piece in pieces for text in piece]
    named = None if head is None else sum(sizes[: head + 1]) - 1
    roles = _hyphenated(words, _roles(words, 0, named), sizes)
    heads = [word for word, (role, _) in zip(words, roles, strict=True) if role == "agrees"]
    standing = {reading.features for reading in heads[-1].readings} if heads else set()
    return Plan(
        units=tuple(
            Unit(text=word.text, role=role, own=_own(word, role), stem=word.stem, group=group)
            for word, (role, group) in zip(words, roles, strict=True)
        ),
        sizes=sizes,
        plural="NOM" not in standing and "PL NOM" in standing,
    )


def _hyphenated(
    words: Sequence[Word], roles: list[Standing], sizes: tuple[int, ...]
) -> list[Standing]:
    """The last part of a hyphenated word inflects, those before it may (сыр-дарьи)."""
    end = 0
    for size in sizes:
        start, end = end, end + size
        if size > 1 and any(role == "agrees" for role, _ in roles[start:end]):
            last = end - 1 - words[end - 1].text.isdigit()
            for at in range(start, last):
                roles[at] = roles[at] if roles[at][0] == "fixed" else ("linked", roles[at][1])
            roles[last] = ("agrees", roles[last][1])
    return roles


def _pieces(text: str) -> tuple[str, ...]:
    """The parts of a hyphenated word that is not in the dictionary."""
    parts = tuple(text.split("-"))
    whole = len(parts) == 1 or not all(map(str.isalnum, parts)) or analyzer().word_is_known(text)
    return (text,) if whole else parts


def _own(word: Word, role: Role) -> frozenset[Lexeme]:
    """What a word of a term stands for; after a head, a genitive (министров) only for a surname."""
    return frozenset({("noun", word.text)}) if role == "apposed" and surname(word) else word.own()


def _roles(words: Sequence[Word], group: int, named: int | None = None) -> list[Standing]:
    """What each word does: adjectives and head agree; after the head the genitive tail begins."""
    head = _head(words) if named is None else named
    if head is None:
        return [("fixed", group)] * len(words)
    roles: list[Standing] = [
        ("agrees" if at == head or _agrees(word, words[head]) else "fixed", group)
        for at, word in enumerate(words[: head + 1])
    ]
    if len(words) > 1 and words[head].unlisted():
        roles[head] = ("apposed", group)  # It may not decline at all: Жогорку Кенеша.
    for at, word in enumerate(words[head + 1 :], head + 1):
        if word.linking == "CONJ":
            roles.append(("fixed", group))
            return roles + _roles(words[at + 1 :], group + 1)
        counted = words[head].nominative("numeral") and not word.linking
        if not (counted or _apposed(word)):
            return roles + [("fixed", group)] * (len(words) - at)
        roles.append(("linked" if counted else "apposed", group))
    return roles


def _head(words: Sequence[Word]) -> int | None:
    """The first nominative noun that is not an adjective of a later one; else an adjective."""
    last = None
    for at, word in enumerate(words):
        if word.linking == "PREP":
            break
        if word.nominative("adjective") or word.nominative("numeral"):
            last = at
        noun = word.nominative("noun") or word.unlisted() or (len(words) == 1 and surname(word))
        if (
            noun
            and not word.linking
            and not any(
                later.nominative("noun") and _agrees(word, later)
                for later in words[at + 1 : at + 3]
            )
        ):
            return at
    return last


def _agrees(word: Word, head: Word) -> bool:
    """Whether ``word`` is an adjective that agrees with ``head`` in the citation form."""
    if word.linking:
        return False
    cells = word.nominative("adjective")
    nouns = head.nominative("noun")
    return bool(cells & nouns if nouns else cells)


def _apposed(word: Word) -> bool:
    """Whether ``word``, after a head, is a name or a second noun rather than a genitive."""
    if word.linking:
        return False
    return word.chance("NOM") > word.chance("GEN") or bool(word.stem) or surname(word)
