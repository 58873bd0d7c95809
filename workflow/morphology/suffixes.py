"""Languages that inflect by chains of suffixes: one engine, a TOML file a language.

A term keeps only its stems (кітап, кітаб-); what can follow them is shared by all stems that end
alike (`workflow.morphology.chains`). Only the last word of a term inflects.

Features say what is added to the citation form: ұйымдарының is "PL GEN" of «ұлттар ұйымы», which
is possessed already. What the citation form carries and the word lacks is "SG" or "BARE".
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflow.errors import SettingsError
from workflow.morphology import Heads, Slot, beginnings, common_start, data_of
from workflow.morphology.analysis import Stem
from workflow.morphology.chains import Grammar
from workflow.morphology.stems import Stems

_SHORTEST_ROOT = 3  # letters: of shorter ones too much is a form


@functools.cache
def load(tag: str) -> Suffixes:
    """The grammar of the language ``tag``. Raises `SettingsError` when there is none."""
    data = data_of(tag)
    if data.get("strategy") != "suffixes":
        raise SettingsError(f"no suffixes for “{tag}”", hint=f"add workflow/morphology/{tag}.toml")
    return Suffixes(data)


@dataclass(frozen=True, slots=True)
class _Term:
    """A term ready for questions."""

    earlier: tuple[str, ...]
    unsaid: tuple[str, ...]
    """The features of the earlier words."""
    probe: str
    """What all forms of the last word begin with."""
    stems: tuple[Stem, ...]
    """None where the last word is in foreign letters."""
    whole: tuple[str, ...]
    """Beginnings of words that may go on with endings of any harmony (фифа-ның)."""
    others: tuple[str, ...]
    """Words of their own that look like its forms, where the term is one word."""


class Suffixes:
    """The morphology of one agglutinating language (see `workflow.morphology.Morphology`)."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._grammar = Grammar(data)
        self._stems = Stems(data, self._grammar)
        self._joiners: str = data["joiners"]
        self.joint: str = data.get("joint", "")
        self._letters: Mapping[str, str] = data.get("letters", {})
        self._pronouns = frozenset(data.get("pronouns", ()))
        self._own_words: dict[str, list[str]] = {}
        for own in self._pronouns.union(data.get("own_words", ())):
            self._own_words.setdefault(own[0], []).append(own)
        self._unreadable = self._stems.pattern(data.get("unreadable", ""))
        self._terms: dict[tuple[str, ...], _Term] = {}

    def match(
        self, term: Sequence[str], words: Sequence[str], *, head: int | None = None
    ) -> tuple[str, ...] | None:
        """How ``words`` are the term: features of each word; None when they are not."""
        if head is not None and head + 1 < len(term):
            return self._match_within(term, words, head + 1)
        known = self._terms.get(key := tuple(term)) or self._term(key)
        word = words[-1]
        if not word.startswith(known.probe) or tuple(words[:-1]) != known.earlier:
            return None
        said = "" if word == key[-1] else _said(known.stems, word)
        if said is None and word.startswith(known.whole):
            said = self.match_abbreviation(key[-1], word)
        if said is None or (known.others and self._is_other(known, word)):
            return None
        return (*known.unsaid, said)

    def match_abbreviation(self, term: str, word: str) -> str | None:
        """How ``word`` is ``term`` as it stands, with or without endings of any harmony."""
        if not word.startswith(term):
            return None
        chain = word[len(term) :]
        return self._any_chain.get(chain.lstrip(self._joiners) or chain)

    def keys(self, word: str, *, of_term: bool) -> frozenset[str]:
        """The first letters: no ending reaches so far back."""
        return beginnings(word, of_term=of_term)

    def forms(self, term: Sequence[str]) -> None:
        """None: forms are recognised, there are thousands to a term. `paradigm` lists them."""

    def paradigm(self, term: Sequence[str]) -> frozenset[str]:
        """Every form of the last word of ``term``, but for endings after a hyphen."""
        key = tuple(term)
        known = self._terms.get(key) or self._term(key)
        forms = frozenset(form for stem in known.stems for form in stem.forms())
        return frozenset(form for form in forms if not self._is_other(known, form))

    def roots(self, word: str) -> frozenset[str]:
        """What the forms of the words begin with that ``word`` may be a form of (кітабын: кітап,
        кітаб), by the endings alone: no list says which words there are."""
        found = {word}
        for at in range(_SHORTEST_ROOT, len(word)):
            left = word[:at]
            if word[at:] in self._any_chain:
                for root in (left, *self._stems.unchanged(left)):
                    if _said(self._stems.of(root, lone=True), word) is not None:
                        found |= {root, left}
        found.update(*(self._stems.changed(root) for root in tuple(found)))
        return frozenset(root for root in found if len(root) >= _SHORTEST_ROOT)

    def inflect(
        self, term: Sequence[str], features: str, *, head: int | None = None
    ) -> tuple[str, ...] | None:
        """The words of ``term`` in the form that ``features`` name, the usual spelling."""
        if head is not None and head + 1 < len(term):
            begun = self.inflect(("", *term[: head + 1]), features)
            return None if begun is None else (*begun[1:], *term[head + 1 :])
        key = tuple(term)
        known = self._terms.get(key) or self._term(key)
        if not features:
            return key
        form = _written(known.stems, features)
        if form is None or self._is_other(known, form):
            return None
        return (*known.earlier, form)

    def _match_within(
        self, term: Sequence[str], words: Sequence[str], stop: int
    ) -> tuple[str, ...] | None:
        """The same where the word before ``stop`` inflects, and those after it stay."""
        if tuple(term[stop:]) != tuple(words[stop:]):
            return None
        # An empty word before it: it is the last of a phrase, which may be possessed.
        begun = self.match(("", *term[:stop]), ("", *words[:stop]))
        return None if begun is None else (*begun[1:], *[""] * (len(term) - stop))

    def readings(
        self, term: Sequence[str], words: Sequence[str], *, head: int | None = None
    ) -> tuple[str, ...]:
        """The shortest analysis."""
        features = self.match(term, words, head=head)
        if features is None:
            return ()
        said = features[-1 if head is None else head]
        if "SG" in said.split():
            return (said.removeprefix("SG").strip(),)
        plural = self.is_plural(term, head=head) and "PL" not in said.split()
        return (f"PL {said}".strip() if plural else said,)

    def fitting(self, readings: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG002
        """All of them: a suffix says which case it is."""
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
        """Never: nothing agrees with a noun."""
        return False

    def recounted(self, noun: str, slot: Slot, kinds: tuple[str, str]) -> str | None:  # noqa: ARG002
        """The noun: it is singular behind every number."""
        return noun

    def is_plural(self, term: Sequence[str], *, head: int | None = None) -> bool:
        """Whether the citation form carries a plural."""
        key = tuple(term) if head is None or head + 1 == len(term) else ("", *term[: head + 1])
        known = self._terms.get(key) or self._term(key)
        return any(carry.adds == "PL" for stem in known.stems for carry in stem.carried)

    def ending(self, word: str, features: str) -> str | None:
        """What an abbreviation takes, where all ways to read it ask for the same."""
        asked = {self._put(read, features) for read in self._read(word.lower())}
        return asked.pop() if len(asked) == 1 else None

    def _read(self, word: str) -> tuple[str, ...]:
        """How an abbreviation may be read: as a word, or letter by letter to the last one's name;
        none where that name is not settled."""
        name = self._letters.get(word[-1:])
        if name is None:
            return ()
        return (name,) if name == word[-1] or self._unreadable.search(word) else (word, name)

    def _put(self, read: str, features: str) -> str | None:
        known = self._terms.get((read,)) or self._term((read,))
        form = _written(known.stems, features)
        return form.removeprefix(read) if form and form.startswith(read) else None

    @functools.cached_property
    def _any_chain(self) -> Mapping[str, str]:
        """What can follow anything, in any harmony, in the shortest analysis."""
        found: dict[str, str] = {}
        for place in self._grammar.places("stem"):
            for chain, said in self._grammar.chains(place).features.items():
                if chain not in found or said.count(" ") < found[chain].count(" "):
                    found[chain] = said
        return found

    def _is_other(self, known: _Term, word: str) -> bool:
        """Whether ``word``, which looks like a form of the term, is one of another word."""
        return any(
            word == other or (other in self._pronouns and self.match((other,), (word,)))
            for other in known.others
        )

    def _term(self, key: tuple[str, ...]) -> _Term:
        *earlier, word = key
        stems = tuple(self._stems.of(word, lone=not earlier and "-" not in word))
        any_ending = self._stems.takes_any(word)
        whole = (word,) if any_ending else tuple(word + joiner for joiner in self._joiners)
        near = () if earlier else self._own_words.get(word[:1], ())
        made = _Term(
            earlier=tuple(earlier),
            unsaid=("",) * len(earlier),
            probe=common_start([stem.text for stem in stems] or [word]),
            stems=stems,
            whole=whole,
            others=tuple(own for own in near if own != word and _said(stems, own) is not None),
        )
        self._terms[key] = made
        return made


def _said(stems: Sequence[Stem], word: str) -> str | None:
    """What ``word`` says by the most usual of its stems."""
    for stem in stems:
        if word.startswith(stem.text):
            said = stem.said(word)
            if said is not None:
                return said
    return None


def _written(stems: Sequence[Stem], features: str) -> str | None:
    """The usual word that says ``features``."""
    written = (stem.written(features) for stem in stems)
    return next((form for form in written if form is not None), None)
