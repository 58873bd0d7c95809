"""A memory of a few pairs in mind, not on disk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from workflow.languages import Language
from workflow.markup import plain_text
from workflow.model import Catalog, Remembered
from workflow.stages.remember import accepted

_LONGER = 1.6  # a text this many times longer or shorter cannot reach any useful likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """A `workflow.plugins.Memory` of pairs in mind."""

    pairs: Mapping[str, tuple[Remembered, ...]] = field(default_factory=dict)
    """By source text."""

    def exact(self, sources: Sequence[str]) -> Mapping[str, tuple[Remembered, ...]]:
        """What is remembered of these very texts."""
        return {text: self.pairs[text] for text in sources if text in self.pairs}

    def like(self, source: str, *, floor: int, most: int) -> tuple[tuple[int, Remembered], ...]:
        """The most similar texts, best first; of equal ones the first in the alphabet."""
        plain = plain_text(source)
        low, high = len(plain) / _LONGER, len(plain) * _LONGER
        near = {
            text: words
            for text in sorted(self.pairs)
            if low <= len(words := plain_text(text)) <= high
        }
        best = process.extract(plain, near, scorer=fuzz.ratio, score_cutoff=floor, limit=most)
        found = [(int(score), pair) for _, score, text in best for pair in self.pairs[text]]
        return tuple(found[:most])


def remember(catalogs: Iterable[Catalog], *, source: Language, target: Language) -> Recollection:
    """The memory that accepted units make."""
    pairs: dict[str, list[Remembered]] = defaultdict(list)
    for catalog in catalogs:
        for pair in accepted(catalog, source=source, target=target):
            pairs[pair.source].append(pair)
    return Recollection(pairs={text: tuple(found) for text, found in pairs.items()})
