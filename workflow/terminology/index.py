"""Terms of one language, ready to be looked up word by word.

What a word can begin is looked up under its keys, so that it is compared with few terms, however
many concepts there are; `Finder` goes through texts and remembers the answers. What is a form of
what is the language's morphology to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workflow.languages import Language
from workflow.morphology import Morphology, load
from workflow.terminology.entries import Entry, Spelling, entry_of, gaps_between, has_capitals
from workflow.terminology.learned import Keys
from workflow.terminology.words import Word

_KEY = 2  # letters by which an abbreviation is looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A term in a text, and the form it has there."""

    entry: Entry
    start: int
    end: int
    features: str


class TermIndex:
    """Terms of one language; patterns among them are not its business."""

    def __init__(
        self, spellings: Sequence[Spelling], language: Language, *, keys: Keys | None = None
    ) -> None:
        """``keys`` are those that an index of the same terms had, if they are known."""
        self.morphology: Morphology = load(language.inflection.strategy, language.tag)
        self.every_word = language.inflection.every_word
        self.spellings = spellings
        self.keys = Keys() if keys is None else keys
        self._entries: dict[int, Entry] = {}
        if keys is None:
            for number, spelling in enumerate(spellings):
                if spelling.term.match != "regex":
                    self._add(self._entry(number))

    def begun_by(self, word: Word) -> tuple[Entry, ...]:
        """The entries that ``word`` may begin."""
        keys = self.keys
        met = {
            number
            for key in self.morphology.keys(word.lower, of_term=False)
            for number in keys.inflected.get(key, ())
        }
        sure = (
            *keys.plain.get(word.lower, ()),
            *keys.abbreviations.get(word.lower[:_KEY], ()),
        )
        return (
            *map(self._entry, sure),
            *(entry for entry in map(self._entry, sorted(met)) if self._may_begin(entry, word)),
        )

    def hits(
        self, entries: Iterable[Entry], text: str, words: Sequence[Word], at: int
    ) -> list[Hit]:
        """Those of ``entries`` that stand in ``text`` where the word number ``at`` begins."""
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

    def names_in(self, pair: Word) -> list[Hit]:
        """The names in a compound of names, or of a name and a word: "Бишкек-Алматы жолы",
        "MDMA-таблетки". A compound with a name we do not know is a name of its own."""
        hits: list[Hit] = []
        for found in self.names_in_parts(pair):
            if not found:
                return []
            hits.extend(found)
        return hits

    def names_in_parts(self, pair: Word) -> Iterator[list[Hit]]:
        """The names that each capitalised part of a compound is."""
        start = pair.start
        for part in pair.text.split("-"):
            word = Word(part, part.lower(), start, start + len(part))
            start = word.end + 1
            if not part[:1].isupper():
                continue
            entries = [
                entry
                for entry in self.begun_by(word)
                if len(entry.words) == 1 and entry.words[0][:1].isupper()
            ]
            yield self.hits(entries, part, [word], 0)

    def refusal(self, entry: Entry, text: str, words: Sequence[Word], at: int) -> str:
        """Why ``entry`` is not found at a word, by the question that was answered no."""
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

    def _entry(self, number: int) -> Entry:
        entry = self._entries.get(number)
        if entry is None:
            entry = self._entries[number] = entry_of(number, self.spellings[number])
        return entry

    def _add(self, entry: Entry) -> None:
        first = "".join(entry.lower[:1])
        if not first:
            return
        if entry.takes_any:
            _keep(entry, self.keys.abbreviations, [first[:_KEY]])
        elif entry.exact or (len(entry.words) > 1 and not self.every_word and entry.head != 0):
            _keep(entry, self.keys.plain, [first])
        elif len(entry.words) == 1 and (forms := self.morphology.forms(entry.lower)) is not None:
            _keep(entry, self.keys.plain, forms)
        else:
            _keep(entry, self.keys.inflected, self.morphology.keys(first, of_term=True))

    def _may_begin(self, entry: Entry, word: Word) -> bool:
        if len(entry.words) > 1:
            return True
        return self.morphology.match(entry.lower, (word.lower,)) is not None

    def _odd(self, entry: Entry, words: Sequence[Word]) -> int | None:
        """The first word that by itself is no form of its word of the entry."""
        for at, (ours, word) in enumerate(zip(entry.lower, words, strict=True)):
            if ours != word.lower and self.morphology.match((ours,), (word.lower,)) is None:
                return at
        return None

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


def _keep(entry: Entry, where: dict[str, list[int]], keys: Iterable[str]) -> None:
    for key in keys:
        where.setdefault(key, []).append(entry.number)
