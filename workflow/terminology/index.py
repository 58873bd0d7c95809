"""Terms of one language, ready to be looked up word by word.

A text is cut into words; what a word can begin is found once and remembered, so that the cost of a
text is that of looking up its words, however many concepts there are. What is a form of what is the
language's morphology to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workflow.languages import Language
from workflow.model import Concept, ConceptStatus, Term
from workflow.morphology import Morphology, load
from workflow.terminology.entries import (
    Entry,
    entries,
    gaps_between,
    has_capitals,
)
from workflow.terminology.patterns import Pattern, fold, parse_pattern
from workflow.terminology.words import Word, words_of

_KEY = 2  # letters by which an abbreviation is looked up
PATTERN = "PATTERN"
"""The features of what a pattern found."""
_MOST = 100_000  # words remembered; a newsroom's vocabulary is smaller


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A term in a text, and the form it has there."""

    entry: Entry
    start: int
    end: int
    features: str


class TermIndex:
    """The terms of ``concepts`` in one language."""

    def __init__(self, concepts: Iterable[Concept], language: Language) -> None:
        self.morphology: Morphology = load(language.inflection.strategy, language.tag)
        self.every_word = language.inflection.every_word
        self.plain: dict[str, list[Entry]] = defaultdict(list)
        """Entries whose first word stands as it is, by that word in small letters."""
        self.inflected: dict[str, list[Entry]] = defaultdict(list)
        """Entries whose first word inflects, by what the morphology knows it under."""
        self.abbreviations: dict[str, list[Entry]] = defaultdict(list)
        self.patterns: list[tuple[Entry, Pattern]] = []
        self.known: dict[str, tuple[Entry, ...]] = {}
        self.concepts: dict[str, Concept] = {}
        """By name, the retired ones too."""
        for concept in concepts:
            self.concepts[concept.id] = concept
            if concept.status is not ConceptStatus.RETIRED:
                for term in concept.terms_in(language.tag):
                    self._add_term(concept.id, term)

    def find(self, text: str) -> Iterator[Hit]:
        """Every term in ``text``, overlaps and all."""
        words = words_of(text)
        known = self.known
        for at, word in enumerate(words):
            entries = known.get(word.text)
            if entries is None:
                entries = self._begun_by(word)
            hits = self._hits(entries, text, words, at) if entries else ()
            if not hits and "-" in word.text:
                hits = self._names_in(word)
            yield from hits
        if self.patterns:
            yield from self._pattern_hits(text)

    def _pattern_hits(self, text: str) -> Iterator[Hit]:
        seen = fold(text)
        for entry, pattern in self.patterns:
            for start, end in pattern.spans(seen):
                yield Hit(entry=entry, start=start, end=end, features=PATTERN)

    def _hits(
        self, entries: Iterable[Entry], text: str, words: Sequence[Word], at: int
    ) -> list[Hit]:
        hits = []
        for entry in entries:
            stop = at + len(entry.words)
            if stop > len(words) or (
                stop - at > 1 and gaps_between(text, words[at:stop]) != entry.gaps
            ):
                continue
            features = self._features(entry, words[at:stop])
            if features is not None:
                start, end = words[at].start, words[stop - 1].end
                hits.append(Hit(entry=entry, start=start, end=end, features=features))
        return hits

    def refusal(self, entry: Entry, text: str, words: Sequence[Word], at: int) -> str:
        """Why `find` has not ``entry`` at a word, by the question that was answered no."""
        here = words[at : at + len(entry.words)]
        if len(here) < len(entry.words):
            return "the text ends before the term does"
        gaps = gaps_between(text, here)
        if gaps != entry.gaps:
            gap = next(gap for gap, wanted in zip(gaps, entry.gaps, strict=True) if gap != wanted)
            return f"“{gap or ' '}” stands between its words"
        odd = self._odd(entry, here)
        if odd is not None:
            ours, word = entry.lower[odd], here[odd].lower
            more = f": “{word.removeprefix(ours)}” is no ending" if word.startswith(ours) else ""
            return f"“{here[odd].text}” is no form of “{entry.words[odd]}”{more}"
        if not has_capitals(entry, here):
            return f"the capitals of “{' '.join(entry.words)}” are missing"
        if self._features(entry, here) is not None:
            return "nothing looks for it here"
        return "only the form as it is written counts" if entry.exact else "its words do not agree"

    def _odd(self, entry: Entry, words: Sequence[Word]) -> int | None:
        """The first word that by itself is no form of its word of the entry."""
        for at, (ours, word) in enumerate(zip(entry.lower, words, strict=True)):
            if ours != word.lower and self.morphology.match((ours,), (word.lower,)) is None:
                return at
        return None

    def _names_in(self, pair: Word) -> list[Hit]:
        """The names in a compound of names, or of a name and a word: "Бишкек-Алматы жолы",
        "MDMA-таблетки". A compound with a name we do not know is a name of its own."""
        hits: list[Hit] = []
        start = pair.start
        for part in pair.text.split("-"):
            word = Word(part, part.lower(), start, start + len(part))
            start = word.end + 1
            if not part[:1].isupper():
                continue
            entries = [
                entry
                for entry in self._begun_by(word)
                if len(entry.words) == 1 and entry.words[0][:1].isupper()
            ]
            found = self._hits(entries, part, [word], 0)
            if not found:
                return []
            hits.extend(found)
        return hits

    def _add_term(self, concept: str, term: Term) -> None:
        if term.match == "regex":
            entry = Entry(concept, term, (), (), (), exact=True)
            self.patterns.append((entry, parse_pattern(term.text, case=term.case)))
            return
        for entry in entries(concept, term):
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        first = entry.lower[0]
        if entry.takes_any:
            self.abbreviations[first[:_KEY]].append(entry)
        elif entry.exact or (len(entry.words) > 1 and not self.every_word and entry.head != 0):
            self.plain[first].append(entry)
        elif len(entry.words) == 1 and (forms := self.morphology.forms(entry.lower)) is not None:
            for form in forms:
                self.plain[form].append(entry)
        else:
            for key in self.morphology.keys(first, of_term=True):
                self.inflected[key].append(entry)

    def _begun_by(self, word: Word) -> tuple[Entry, ...]:
        """The entries that ``word`` may begin."""
        met = {
            entry: None
            for key in self.morphology.keys(word.lower, of_term=False)
            for entry in self.inflected.get(key, ())
        }
        entries = [
            *self.plain.get(word.lower, ()),
            *self.abbreviations.get(word.lower[:_KEY], ()),
            *(entry for entry in met if self._may_begin(entry, word)),
        ]
        if len(self.known) >= _MOST:
            self.known.clear()
        self.known[word.text] = found = tuple(entries)
        return found

    def _may_begin(self, entry: Entry, word: Word) -> bool:
        if len(entry.words) > 1:
            return True
        return self.morphology.match(entry.lower, (word.lower,)) is not None

    def _features(self, entry: Entry, words: Sequence[Word]) -> str | None:
        """The form that ``words`` are of the entry; None when they are not."""
        if not has_capitals(entry, words):
            return None
        lower = tuple(word.lower for word in words)
        if lower == entry.lower:
            return ""
        if entry.takes_any:
            return self.morphology.match_abbreviation(entry.words[0], words[0].text)
        if entry.exact:
            return None
        features = self.morphology.match(entry.lower, lower, head=entry.head)
        return None if features is None else " ".join(filter(None, features))
