"""Inflection of English terms: number and possession.

The forms of a term are few and are all made at once, when it is first asked for. Rules are here,
words that do not follow them are data (``en.toml``).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from workflow.errors import SettingsError
from workflow.morphology import Heads, Slot, beginnings, data_of

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"(?<=[^aeiou])y$|(?<=qu)y$")
_GREEK = re.compile(r"(?<=[a-z]{2}s)is$")
_SINGULAR_IN_S = re.compile(r"(?:ss|us|is|ics)$")
_ABBREVIATION = {"": "", "'s": "POSS", "s": "PL", "s'": "PL POSS"}
_FEATURES = {"PL", "SG", "POSS"}

Form = tuple[str, ...]


@functools.cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {word: tuple(plurals) for word, plurals in data_of("en")["irregular"].items()}


@functools.cache
def _list(name: str) -> frozenset[str]:
    return frozenset(data_of("en")["lists"][name])


@functools.lru_cache(maxsize=1 << 13)
def plurals(word: str) -> tuple[str, ...]:
    """The plurals of a noun without hyphens, the usual one first; none of *news*."""
    if word in _irregular():
        return _irregular()[word]
    if word in _list("invariable") or word.endswith("ese"):
        return (word,)
    if word in _list("no_singular") or word.endswith("ics"):
        return ()
    ending = _compound(word)
    if ending:
        return tuple(word.removesuffix(ending) + plural for plural in _irregular()[ending])
    return (_regular(word),)


def _compound(word: str) -> str:
    """The irregular word that ``word`` is a compound of, or nothing."""
    if word in _list("regular"):
        return ""
    endings = (word[at:] for at in range(1, len(word) - 1))
    return next((ending for ending in endings if ending in _list("compounds")), "")


def _regular(word: str) -> str:
    if word in _list("hard_ch"):
        return word + "s"
    if _GREEK.search(word):
        return word[:-2] + "es"
    return word + "es" if _SIBILANT.search(word) else _CONSONANT_Y.sub("ie", word) + "s"


@functools.lru_cache(maxsize=1 << 13)
def _singulars(word: str) -> tuple[str, ...]:
    """The nouns that ``word`` is the plural of, among them some that do not exist."""
    if word in _list("invariable") | _list("no_singular"):
        return ()
    pairs = [(many, one) for one, plurals in _irregular().items() for many in plurals]
    if not _SINGULAR_IN_S.search(word):
        pairs += [("s", ""), ("es", ""), ("ies", "y"), ("ses", "sis")]
    found = (word.removesuffix(many) + one for many, one in pairs if word.endswith(many))
    return tuple(one for one in found if len(one) > 1 and word in plurals(one))


@functools.lru_cache(maxsize=1 << 13)
def _forms(term: Form, head: int | None = None) -> dict[Form, str]:
    """Every form of a term → its features."""
    tokens = [(at, part) for at, word in enumerate(term) for part in word.split("-")]
    parts = [part for _, part in tokens]
    found: dict[Form, str] = {}
    for features, form in _numbers(parts, _heads_of(term, parts, head)):
        for possessed, ended in _possessives(form, features):
            name = f"{features} {possessed}".strip()
            found.setdefault(_joined(tokens, ended), name)
    return found


def _joined(tokens: list[tuple[int, str]], parts: list[str]) -> Form:
    """``parts`` as words again, with the hyphens that they had."""
    places = zip((at for at, _ in tokens), parts, strict=True)
    return tuple("-".join(part for _, part in word) for _, word in groupby(places, lambda p: p[0]))


def _numbers(parts: list[str], heads: Sequence[int]) -> Iterator[tuple[str, list[str]]]:
    """The term as it is, in the plural, and in the singular where it is a plural."""
    yield "", parts
    for head in heads:
        noun = parts[head]
        singulars = _singulars(noun)
        growing = plurals(noun) if not singulars or noun in _irregular() else ()
        for features, words in (("SG", singulars), ("PL", growing)):
            for word in words:
                yield features, [*parts[:head], word, *parts[head + 1 :]]


def _heads_of(term: Form, parts: list[str], named: int | None) -> tuple[int, ...]:
    """The places, among the parts of its words, of what may take the plural."""
    if named is None:
        return _heads(parts)
    return (sum(word.count("-") + 1 for word in term[: named + 1]) - 1,)


def _heads(parts: list[str]) -> tuple[int, ...]:
    """The places of the nouns that may take the plural, the usual one first."""
    last = len(parts) - 1
    if last > 0 and (parts[-1] in _list("after") or " ".join(parts[-2:]) in _list("pairs")):
        return (last - 1, last)
    for at, part in enumerate(parts[1:-1], 1):
        if part in _list("prepositions"):
            return (at - 1,)
    return (last,)


def _possessives(parts: list[str], features: str) -> Iterator[tuple[str, list[str]]]:
    """A form, and its possessives: the last word takes the apostrophe."""
    *before, last = parts
    yield "", parts
    if last.endswith("s"):
        yield "POSS", [*before, last + "'"]
    if not last.endswith("s") or (features != "PL" and not _singulars(last)):
        yield "POSS", [*before, last + "'s"]


class English:
    """The `Morphology` of English."""

    joint = ""

    def match(
        self, term: Sequence[str], words: Sequence[str], *, head: int | None = None
    ) -> tuple[str, ...] | None:
        """How ``words`` are the term: "PL", "POSS", "PL POSS"; "SG" of a term in the plural."""
        term, words = tuple(term), tuple(words)
        if term == words:
            return ("",) * len(words)
        features = _forms(term, head).get(words) if term else None
        if features is None:
            return None
        return tuple(
            features if mine != theirs else "" for mine, theirs in zip(term, words, strict=True)
        )

    def match_abbreviation(self, term: str, word: str) -> str | None:
        """How ``word`` is the abbreviation: CSTO's, NGOs, NGOs'; US'."""
        ending = word.removeprefix(term) if word.startswith(term) else None
        if ending == "'" and term[-1:] in {"s", "S"}:
            return "POSS"
        return _ABBREVIATION.get(ending) if ending is not None else None

    def keys(self, word: str, *, of_term: bool) -> frozenset[str]:
        """The first letters: no ending reaches so far back."""
        return beginnings(word, of_term=of_term)

    def roots(self, word: str) -> frozenset[str]:
        """The word and its singulars (feet: foot); a stemmer is to find the rest."""
        return frozenset((word, *_singulars(word)))

    def forms(self, term: Sequence[str]) -> frozenset[str] | None:
        """Every form of the last word; None where the plural is in another (heads of state)."""
        before = tuple(term[:-1])
        forms = _forms(tuple(term)) if term else {}
        if not forms or any(form[:-1] != before for form in forms):
            return None
        return frozenset(form[-1] for form in forms)

    def inflect(
        self, term: Sequence[str], features: str, *, head: int | None = None
    ) -> tuple[str, ...] | None:
        """The words of ``term`` in the form "", "PL", "POSS", "PL POSS"; None for any other."""
        wanted = set(features.split())
        if not term or wanted - _FEATURES or {"PL", "SG"} <= wanted:
            return None
        forms = _forms(tuple(term), head)
        parts = [part for word in term for part in word.split("-")]
        same = any(parts[at] in plurals(parts[at]) for at in _heads_of(tuple(term), parts, head))
        wanted -= {"PL"} if same or "SG" in forms.values() else {"SG"}
        fitting = [form for form, name in forms.items() if set(name.split()) == wanted]
        return max(fitting, key=lambda form: form[-1].endswith("'s"), default=None)

    def readings(
        self, term: Sequence[str], words: Sequence[str], *, head: int | None = None
    ) -> tuple[str, ...]:
        """What `match` says, of the singular."""
        said = self.match(term, words, head=head)
        if said is None:
            return ()
        wanted = {name for features in said for name in features.split()}
        if self.is_plural(term, head=head) and "SG" not in wanted:
            wanted.add("PL")
        return (" ".join(name for name in ("PL", "POSS") if name in wanted),)

    def fitting(self, readings: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG002
        """All of them."""
        return tuple(readings)

    def clashes(
        self,
        old: Sequence[str],  # noqa: ARG002
        new: Sequence[str],  # noqa: ARG002
        features: str,  # noqa: ARG002
        slot: Slot,  # noqa: ARG002
        *,
        heads: Heads = (None, None),  # noqa: ARG002
    ) -> bool:
        """Never: the number stays, and nothing else agrees."""
        return False

    def recounted(self, noun: str, slot: Slot, kinds: tuple[str, str]) -> str | None:  # noqa: ARG002
        """Never sure of another: verbs and words before change with it."""
        return noun if kinds[0] == kinds[1] else None

    def is_plural(self, term: Sequence[str], *, head: int | None = None) -> bool:
        """Whether the citation form is a plural."""
        return "SG" in _forms(tuple(term), head).values()

    def ending(self, word: str, features: str) -> str | None:  # noqa: ARG002
        """The apostrophe, the s, or both."""
        return next((end for end, said in _ABBREVIATION.items() if said == features), None)


@functools.cache
def load(tag: str) -> English:
    """The morphology of the language ``tag``. Raises `SettingsError` when it is not English."""
    if tag != "en":
        raise SettingsError(f"no English morphology for “{tag}”")
    return English()
