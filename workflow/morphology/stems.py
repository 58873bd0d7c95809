"""The stems of a word: what its forms begin with, and what can follow each (кітап, кітаб-)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.morphology.analysis import Carried, Stem
from workflow.morphology.chains import Grammar, Place

_STEM = "stem"
_NEVER = "(?!)"
_TAIL = 4  # letters: no change looks further back
_Head = tuple[str, tuple[Carried, ...], str]
"""A word, what it has lost, and the state that its endings begin in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What a stem becomes before an ending."""

    stem: re.Pattern[str]
    becomes: str
    before: str
    always: re.Pattern[str]
    """The words that cannot stand there as they are."""
    hides: str
    """The beginning of the ending that the new last letter holds (той + у = тою)."""
    state: str
    words: frozenset[str]
    """The words that change; empty: all that fit."""


@dataclass(frozen=True, slots=True)
class _Either:
    """Stems whose endings come in several harmonies, the usual first."""

    stem: re.Pattern[str]
    harmonies: tuple[str, ...]
    fixed: bool
    """Whether the order holds; or else the harmony of the last plain vowel is the usual one."""


class Stems:
    """How the words of a language make stems."""

    def __init__(self, data: Mapping[str, Any], grammar: Grammar) -> None:
        self._grammar = grammar
        vowels = frozenset(data["vowels"])
        letters = frozenset("".join(data["sounds"].values()))
        self._known = letters | set(data["signs"])
        self._first = {"vowel": vowels, "consonant": letters - vowels, "any": letters}
        self._groups = {"V": _group(vowels), "C": _group(letters - vowels)}
        self._changes = [self._change(**row) for row in data["changes"]]
        self._always = [
            (row.always, letters - self._first[row.before] | {""})
            for row in self._changes
            if row.always.pattern != _NEVER
        ]
        self._tolerated = [self._change(**row) for row in data["tolerated"]]
        self._carried = [self._carry(**row) for row in data["carried"]]
        self._either = [
            _Either(self.pattern(row["stem"]), tuple(row["harmonies"]), row.get("fixed", False))
            for row in data["either"]
        ]
        self._spelled = self.pattern(data["spelled"])
        self._plain_heads = self.pattern(data["plain_heads"])
        self._plain_words = frozenset(data["plain_words"])
        self._possessed_words = self.pattern(data.get("possessed_words", _NEVER))
        self._bound = frozenset(data["bound"])
        self._located = self.pattern(data["located"]["stem"]), data["located"]["state"]
        self._states: dict[str, str] = {
            word: name for name, words in data["classes"].items() for word in words
        }

    def of(self, word: str, *, lone: bool) -> list[Stem]:
        """All stems of the last word of a term, the usual first; none if it is in foreign letters.
        ``lone``: the term has no other word."""
        if word[-1:] not in self._known:
            return []
        heads = self._heads(word, lone)
        stems = [stem for head in heads for stem in self._usual(*head)]
        if not lone:
            stems.extend(self._possessed(word))
        return stems + [stem for head in heads for stem in self._unusual(*head)]

    def unchanged(self, text: str) -> list[str]:
        """The words that become ``text`` before an ending: кітап of кітаб, халық of халқ."""
        rest, tail = text[:-_TAIL], text[-_TAIL:]
        return [rest + one for one in self._tails(tail)] + self._listed.get(text, [])

    def changed(self, word: str) -> Iterator[str]:
        """What ``word`` becomes before some endings: кітаб of кітап."""
        return filter(None, (_becomes(word, change) for change in self._changes))

    @functools.cache  # noqa: B019 -- there is one grammar a language, kept for good
    def _tails(self, tail: str) -> list[str]:
        likely = [tail[:-1] + letter for letter in self._first["consonant"]]
        changes = [change for change in self._changes if not change.words]
        return [one for one in likely if any(_becomes(one, change) == tail for change in changes)]

    @functools.cached_property
    def _listed(self) -> dict[str, list[str]]:
        """What the words that are listed with a change become → the words."""
        found: dict[str, list[str]] = {}
        for change in self._changes:
            for word in change.words:
                found.setdefault(_becomes(word, change), []).append(word)
        return found

    def takes_any(self, word: str) -> bool:
        """Whether endings of any harmony follow ``word``: it is spelled, or in foreign letters."""
        return word[-1:] not in self._known or self._spelled.search(word) is not None

    def pattern(self, pattern: str) -> re.Pattern[str]:
        """``pattern`` with V for any vowel and C for any consonant."""
        return re.compile("".join(self._groups.get(letter, letter) for letter in pattern))

    def _heads(self, word: str, lone: bool) -> list[_Head]:
        """What forms may come from: ``word``, and what is left when it loses what it carries."""
        is_plain = word in self._plain_words or self._plain_heads.search(word) is not None
        bases = [] if lone and is_plain else list(self._bases(word, lone, 0, ()))
        is_sure = self._possessed_words.search(word) is not None
        doubtful = [
            base for base in bases if is_plain or (lone and not is_sure and base[1][-1].lone_base)
        ]
        sure = [base for base in bases if base not in doubtful]
        # Whatever a phrase ends in may be possessed, a word by itself rarely is.
        state = _standing(sure[0][1][-1], is_sure) if sure else _STEM
        return [
            *(self._left(*base, lone) for base in sure),
            (word, (), self._own_state(word, state)),
            *(self._left(*base, lone) for base in doubtful),
        ]

    def _left(self, base: str, carried: tuple[Carried, ...], lone: bool) -> _Head:
        """What is left of a word that loses ``carried``, and what can follow it."""
        bases = (carry.lone_base if lone else carry.base for carry in reversed(carried))
        state = next(filter(None, bases), _STEM)
        return base, carried, self._own_state(base, state)

    def _own_state(self, word: str, state: str) -> str:
        """Where the endings of ``word`` begin: by its class, or else in ``state``."""
        pattern, its_state = self._located
        return self._states.get(word) or (its_state if pattern.search(word) else state)

    def _possessed(self, word: str) -> Iterator[Stem]:
        """The citation form going on after what it seems to carry."""
        for carry in self._carried:
            if carry.state and any(ending.search(word) for ending, _ in carry.undo):
                yield from self._stems_at(word, word, carry.state)

    def _usual(self, word: str, carried: tuple[Carried, ...], state: str) -> Iterator[Stem]:
        for change in self._changes:
            yield from self._changed(change, word, carried, state)
        yield from self._stems_at(word, word, state, self._unchanged(word, state), carried=carried)

    def _unchanged(self, word: str, state: str) -> frozenset[str] | None:
        """What the endings of ``word`` as it is begin with; None: anything, or there are none."""
        left = next((kept for stem, kept in self._always if stem.search(word)), None)
        if state not in self._bound:
            return left
        return self._first["any"] if left is None else left - {""}

    def _unusual(self, word: str, carried: tuple[Carried, ...], state: str) -> Iterator[Stem]:
        for change in self._tolerated:
            yield from self._changed(change, word, carried, state)

    def _changed(
        self, change: _Change, word: str, carried: tuple[Carried, ...], state: str
    ) -> Iterator[Stem]:
        text = _becomes(word, change)
        if len(text) > 1:
            first = self._first[change.before]
            begin = change.state or state
            yield from self._stems_at(word, text, begin, first, change.hides, carried)

    def _stems_at(
        self,
        word: str,
        text: str,
        state: str,
        first: frozenset[str] | None = None,
        hides: str = "",
        carried: tuple[Carried, ...] = (),
    ) -> Iterator[Stem]:
        for harmony in self._harmonies(word):
            written = text if text.islower() else self._grammar.spell(text, harmony)
            sound = self._grammar.sound(word if hides else written)
            own = None if hides or written == word else self._grammar.harmony_of(written[-1])
            chains = self._grammar.chains(Place(state, own or harmony, sound))
            yield Stem(text=written, chains=chains, first=first, hides=hides, carried=carried)

    def _harmonies(self, word: str) -> Iterable[str]:
        """The harmonies that the endings of ``word`` may take, the usual one first."""
        own = self._grammar.harmony(word)
        for row in self._either:
            if row.stem.search(word):
                usual = row.harmonies[0] if row.fixed else own
                return sorted(row.harmonies, key=lambda name: name != usual)
        return (own,) if own else self._grammar.harmonies

    def _bases(
        self, word: str, lone: bool, start: int, carried: tuple[Carried, ...]
    ) -> Iterator[tuple[str, tuple[Carried, ...]]]:
        """What is left when ``word`` loses what it may carry."""
        for at, carry in enumerate(self._carried[start:], start):
            least = carry.lone if lone else 2
            for base in self._without(word, carry) if least else ():
                if len(base) >= least:
                    yield from self._bases(base, lone, at + 1, (carry, *carried))
                    yield base, (carry, *carried)

    def _without(self, word: str, carry: Carried) -> Iterator[str]:
        """Words that lead back to ``word`` when they get what it carries."""
        bases = [ending.sub(instead, word) for ending, instead in carry.undo if ending.search(word)]
        found = (
            base
            for stems in (self._usual, self._unusual)
            for base in filter(None, bases)
            if any(stem.leads(word, carry.adds) for stem in stems(base, (), _STEM))
        )
        yield from dict.fromkeys(found)

    def _change(
        self,
        stem: str,
        becomes: str,
        before: str,
        always: str = _NEVER,
        hides: str = "",
        state: str = "",
        words: Iterable[str] = (),
    ) -> _Change:
        return _Change(
            stem=self.pattern(stem),
            becomes=becomes,
            before=before,
            always=self.pattern(always),
            hides=hides,
            state=state,
            words=frozenset(words),
        )

    def _carry(self, undo: Iterable[tuple[str, str]], **rest: Any) -> Carried:
        patterns = tuple((self.pattern(ending), instead) for ending, instead in undo)
        return Carried(undo=patterns, **rest)


def _standing(carry: Carried, is_sure: bool) -> str:
    """The state of a word that carries that, or looks so."""
    return carry.state if is_sure and carry.state else carry.plain


def _becomes(word: str, change: _Change) -> str:
    """``word`` before the ending that changes it; empty when it does not."""
    if change.words and word not in change.words:
        return ""
    text, times = change.stem.subn(change.becomes, word)
    return text if times else ""


def _group(letters: Iterable[str]) -> str:
    return f"[{''.join(sorted(letters))}]"
