"""Terms in text after text: what a word can begin and what a run of words is, is found out once.

A text then costs the look-up of its words. `TermIndex` knows the answers, and is only made when a
word is met that nobody asked about before: a run over known texts needs no morphology at all.
Patterns are looked for as they are.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from hashlib import blake2b
from itertools import accumulate
from operator import attrgetter

from workflow.languages import Language
from workflow.model import Concept, Term
from workflow.terminology.entries import Entry, spellings
from workflow.terminology.index import TermIndex
from workflow.terminology.learned import Learned, Part, from_data
from workflow.terminology.patterns import Pattern, fold, parse_pattern
from workflow.terminology.words import SOFT_HYPHEN, Word, pieces_of, without_soft_hyphens, words_of

_MOST = 400_000  # words and runs remembered; a newsroom's vocabulary is smaller
_FIELDS = attrgetter(*(field.name for field in fields(Term)))
PATTERN = "PATTERN"
"""The features of what a pattern found."""


class Finder:
    """Finds the terms of ``concepts`` in one language."""

    def __init__(self, concepts: Iterable[Concept], language: Language) -> None:
        concepts = tuple(concepts)
        self.concepts = {concept.id: concept for concept in concepts}
        """By name, the retired ones too."""
        self._language = language
        self._entered: dict[str, tuple[Entry, ...]] = {}
        """What the words that may begin terms of several words may begin."""
        self.spellings = spellings(concepts, language.tag)
        self.learned = Learned()

    def find(self, text: str) -> list[Part]:
        """Every term in ``text``, overlaps and all."""
        if not self.spellings:
            return []
        if len(self.learned) >= _MOST:
            self.learned = Learned(keys=self.learned.keys)
            self._entered.clear()
        if SOFT_HYPHEN in text:
            bare, places = without_soft_hyphens(text)
            found = self._terms(bare)
            found = [(n, how, places[start], places[end - 1] + 1) for n, how, start, end in found]
        else:
            found = self._terms(text)
        if self._patterns:
            found.extend(self._matched(text))
        return found

    def touches(self, text: str) -> bool:
        """Whether a term of ours is in ``text``, be it a part of a compound that is a name of its
        own: where none is, no glossary that these terms are added to finds anything else."""
        if self.find(text):
            return True
        bare = without_soft_hyphens(text)[0] if SOFT_HYPHEN in text else text
        compounds = (word for word in pieces_of(bare)[1::2] if "-" in word)
        return bool(self.spellings) and any(
            any(self.index.names_in_parts(_word(word))) for word in compounds
        )

    @functools.cached_property
    def index(self) -> TermIndex:
        """Who knows the answers."""
        index = TermIndex(self.spellings, self._language, keys=self.learned.keys)
        self.learned.keys = index.keys
        return index

    @functools.cached_property
    def fingerprint(self) -> str:
        """Of the terms: what was learned for others says nothing of these."""
        terms = [(concept, text, *_FIELDS(term)) for concept, term, text, _ in self.spellings]
        about = repr([self._language.tag, self._language.inflection, terms])
        return blake2b(about.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def restore(self, data: object) -> None:
        """Take over what was learned before (`learned.to_data`); anything else is passed over."""
        self.learned = from_data(data, len(self.spellings)) or self.learned

    def _terms(self, text: str) -> list[Part]:
        """Those in ``text``, which has no soft hyphens, but for patterns."""
        pieces = pieces_of(text)
        words = pieces[1::2]
        begins = [*map(self.learned.begins.get, words)]
        if None in begins:
            begins = [*map(self._begun, words)]
        if not any(begins):
            return []
        return self._runs("".join(pieces), [*accumulate(map(len, pieces))], begins)

    def _runs(
        self, plain: str, ends: Sequence[int], begins: Iterable[tuple[int, ...] | None]
    ) -> list[Part]:
        """The terms of ``plain``, where the words begin some of so many words.

        ``ends``: of what stands before a word and of the word, by turns.
        """
        runs, size = self.learned.runs, len(ends)
        found: list[Part] = []
        for at, lengths in enumerate(begins):
            for length in lengths or ():
                stop = 2 * (at + length) - 1
                if stop >= size:
                    break
                start = ends[2 * at]
                run = plain[start : ends[stop]]
                said = runs.get(run)
                if said is None:
                    said = runs[run] = self._judged(run)
                for number, features, first, last in said:
                    found.append((number, features, start + first, start + last))
        return found

    def _begun(self, word: str) -> tuple[int, ...]:
        """The lengths, in words, of the terms that ``word`` can begin."""
        lengths = self.learned.begins.get(word)
        if lengths is None:
            found = {len(entry.words) for entry in self._entries(word)} - {1}
            if alone := self._judged(word):
                self.learned.runs[word] = alone
                found.add(1)
            self.learned.begins[word] = lengths = tuple(sorted(found))
        return lengths

    def _judged(self, run: str) -> tuple[Part, ...]:
        """What the index says of a word, or of words with what is between them."""
        words = words_of(run)
        entries = [each for each in self._entries(words[0].text) if len(each.words) == len(words)]
        hits = self.index.hits(entries, run, words, 0) if entries else []
        if not hits and len(words) == 1 and "-" in run:
            hits = self.index.names_in(words[0])
        return tuple((hit.entry.number, hit.features, hit.start, hit.end) for hit in hits)

    def _entries(self, text: str) -> tuple[Entry, ...]:
        """The entries that a word may begin."""
        entries = self._entered.get(text)
        if entries is None:
            entries = self.index.begun_by(_word(text))
            self._entered[text] = entries
        return entries

    @functools.cached_property
    def _patterns(self) -> tuple[tuple[int, Pattern], ...]:
        return tuple(
            (number, parse_pattern(text, case=term.case))
            for number, (_, term, text, _) in enumerate(self.spellings)
            if term.match == "regex"
        )

    def _matched(self, text: str) -> Iterator[Part]:
        seen = fold(text)
        for number, pattern in self._patterns:
            for start, end in pattern.spans(seen):
                yield number, PATTERN, start, end


def _word(text: str) -> Word:
    return Word(text, text.lower(), 0, len(text))
