"""Memory → candidates: what people accepted before, offered for units that have no target."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from workflow.languages import Language
from workflow.languages.sentences import sentences
from workflow.markup import bridge, cut, format_text, join, parse_text
from workflow.model import Candidate, Catalog, MatchClass, Text

_LONGER = 1.6  # a text this many times longer or shorter cannot reach any useful likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A pair a person accepted, with where it stood."""

    source: str
    target: str
    origin: str
    """Slug of the release."""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Accepted pairs of one language, ready to be asked."""

    pairs: Mapping[str, tuple[Accepted, ...]] = field(default_factory=dict)
    """By source text."""

    def like(self, source: str, threshold: int) -> tuple[Accepted, int] | None:
        """The most similar pair and its likeness in per cent, or nothing above ``threshold``."""
        low, high = len(source) / _LONGER, len(source) * _LONGER
        near = [text for text in self.pairs if low <= len(text) <= high]
        best = process.extractOne(source, near, scorer=fuzz.ratio, score_cutoff=threshold)
        return (self.pairs[best[0]][0], int(best[1])) if best else None


def remember(catalogs: Iterable[Catalog], *, source: Language, target: Language) -> Memory:
    """The memory that accepted units make. Machine output, being fuzzy, never gets in.

    Of a unit with as many sentences in both languages, the sentences are remembered too: a
    newsroom may translate by paragraph and still be helped by the sentence.
    """
    pairs: dict[str, list[Accepted]] = defaultdict(list)
    for catalog in catalogs:
        units = catalog.units
        for index, unit in enumerate(units):
            if unit.is_accepted:
                whole = Accepted(
                    source=unit.source,
                    target=unit.target,
                    origin=catalog.slug,
                    before=units[index - 1].source if index else "",
                    after=units[index + 1].source if index + 1 < len(units) else "",
                )
                for pair in (whole, *_sentences(whole, source, target)):
                    pairs[pair.source].append(pair)
    return Memory(pairs={text: tuple(found) for text, found in pairs.items()})


def _sentences(whole: Accepted, source: Language, target: Language) -> Iterator[Accepted]:
    ours, theirs = _cut(whole.source, source), _cut(whole.target, target)
    if 1 < len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield Accepted(
                source=one,
                target=other,
                origin=whole.origin,
                before=ours[index - 1] if index else whole.before,
                after=ours[index + 1] if index + 1 < len(ours) else whole.after,
            )


def _cut(markup: str, rules: Language) -> list[str]:
    """The sentences of a unit, each in unit markup."""
    text = parse_text(markup)
    return [format_text(cut(text, start, end)) for start, end in sentences(text.plain, rules)]


def leverage(
    catalog: Catalog, memory: Memory, *, threshold: int, source: Language
) -> tuple[Candidate, ...]:
    """One candidate at the most for each empty unit, best class first."""
    found = []
    for index, unit in enumerate(catalog.units):
        if unit.target:
            continue
        before = catalog.units[index - 1].source if index else ""
        after = catalog.units[index + 1].source if index + 1 < len(catalog.units) else ""
        same = memory.pairs.get(unit.source, ())
        if same:
            found.append(_exact(unit.key, same, before, after))
            continue
        pieces = _by_sentence(unit.key, _cut(unit.source, source), memory)
        if pieces is not None:
            found.append(pieces)
            continue
        near = memory.like(unit.source, threshold)
        if near is not None:
            pair, score = near
            found.append(
                Candidate(
                    key=unit.key,
                    target=pair.target,
                    match=MatchClass.FUZZY,
                    score=score,
                    origin=pair.origin,
                    source=pair.source,
                )
            )
    return tuple(found)


def _by_sentence(key: str, texts: Sequence[str], memory: Memory) -> Candidate | None:
    """A paragraph put together from sentences that are all known."""
    if len(texts) < 2 or not all(text in memory.pairs for text in texts):
        return None
    pairs = [memory.pairs[text][0] for text in texts]
    targets = [parse_text(pair.target) for pair in pairs]
    spaced = [piece for target in targets for piece in (Text(" "), target)][1:]
    return Candidate(
        key=key,
        target=format_text(bridge(join(spaced))),
        match=MatchClass.SENTENCES,
        score=100,
        origin=", ".join(dict.fromkeys(pair.origin for pair in pairs)),
    )


def _exact(key: str, same: Sequence[Accepted], before: str, after: str) -> Candidate:
    in_context = [pair for pair in same if (pair.before, pair.after) == (before, after)]
    pool = in_context or same
    counts = Counter(pair.target for pair in pool)
    best = max(pool, key=lambda pair: (counts[pair.target], pair.target))
    return Candidate(
        key=key,
        target=best.target,
        match=MatchClass.CONTEXT if in_context else MatchClass.EXACT,
        score=100,
        origin=best.origin,
    )
