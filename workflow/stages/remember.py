"""Catalogues → what people accepted in them, and a memory of it in mind, not on disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from workflow.languages import Language
from workflow.languages.sentences import sentences
from workflow.markup import cut, format_text, parse_text, plain_text
from workflow.model import Catalog, Remembered, Role, Unit

_LONGER = 1.6  # a text this many times longer or shorter cannot reach any useful likeness
_ROLES = frozenset(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """A `workflow.plugins.Memory` of pairs in mind: for tests, and for a few catalogues."""

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


def remember(
    catalogs: Iterable[Catalog],
    *,
    source: Language,
    target: Language,
    sections: Mapping[str, str] | None = None,
) -> Recollection:
    """The memory that accepted units make; ``sections``: slug → section of the release."""
    pairs: dict[str, list[Remembered]] = defaultdict(list)
    for catalog in catalogs:
        section = (sections or {}).get(catalog.slug, "")
        for pair in accepted(catalog, source=source, target=target, section=section):
            pairs[pair.source].append(pair)
    return Recollection(pairs={text: tuple(found) for text, found in pairs.items()})


def accepted(
    catalog: Catalog, *, source: Language, target: Language, section: str = ""
) -> Iterator[Remembered]:
    """What a memory takes from a catalogue. Machine output, being fuzzy, never gets in.

    Of a unit with as many sentences in both languages, the sentences are remembered too: a
    newsroom may translate by paragraph and still be helped by the sentence.
    """
    units = catalog.units
    for index, unit in enumerate(units):
        if unit.is_accepted:
            whole = Remembered(
                source=unit.source,
                target=unit.target,
                key=unit.key,
                role=role_of(unit),
                before=units[index - 1].source if index else "",
                after=units[index + 1].source if index + 1 < len(units) else "",
                origin=catalog.slug,
                section=section,
            )
            yield whole
            yield from _sentences(whole, source, target)


def role_of(unit: Unit) -> str:
    """What a unit is to the reader, as its notes say; empty where they do not."""
    return next((note for note in unit.notes if note in _ROLES), "")


def cut_sentences(markup: str, rules: Language) -> list[str]:
    """The sentences of a unit, each in unit markup."""
    text = parse_text(markup)
    return [format_text(cut(text, start, end)) for start, end in sentences(text.plain, rules)]


def _sentences(whole: Remembered, source: Language, target: Language) -> Iterator[Remembered]:
    ours, theirs = cut_sentences(whole.source, source), cut_sentences(whole.target, target)
    if 1 < len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield replace(
                whole,
                source=one,
                target=other,
                key="",
                before=ours[index - 1] if index else whole.before,
                after=ours[index + 1] if index + 1 < len(ours) else whole.after,
            )
