"""Old units × new segments of the same words, cut in other places → units.

A sentence that the author split or joined, a rule of segmentation that changed, a newsroom that
goes from sentences to paragraphs: the words are the same, so their translation is too. Where the
pieces of the target can be told apart for certain, nobody has to look again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from rapidfuzz import fuzz

from workflow.languages import Language
from workflow.languages.sentences import sentences
from workflow.markup import bridge, cut, format_text, join, parse_text, plain_text, tags
from workflow.model import State, Text, Unit

_MOST = 40  # units of one group: a long paragraph
_FIRST = 6  # letters by which the beginning of a group is looked up
_NEAR = 4  # units of a group whose words were edited as well
_ALIKE = 85.0  # per cent
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Consecutive old units that became consecutive new segments (indexes)."""

    old: range
    new: range
    same: bool
    """The words are the same; otherwise they were edited too."""


def find_groups(
    units: Sequence[Unit],
    sources: Sequence[str],
    *,
    free: Iterable[int],
    wanting: Iterable[int],
    landmarks: Mapping[int, int],
) -> list[Group]:
    """Groups among the ``free`` old units and the ``wanting`` new sources, each used once.

    ``landmarks``: new index → old index of the units that are where they were.
    """
    olds, news = _runs(free), _runs(wanting)
    if not olds or not news:
        return []
    same = _same(units, sources, olds, news)
    taken = {index for group in same for index in group.old}
    found = {index for group in same for index in group.new}
    olds = [run for old in olds for run in _runs(set(old) - taken)]
    news = [run for new in news for run in _runs(set(new) - found)]
    return [*same, *_near(units, sources, olds, news, landmarks)]


def _same(
    units: Sequence[Unit], sources: Sequence[str], olds: Iterable[range], news: Iterable[range]
) -> list[Group]:
    """Groups of the very same words, found from their first letters on."""
    old_words = {index: _words(units[index].source) for run in olds for index in run}
    new_words = {index: _words(sources[index]) for run in news for index in run}
    starts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for run in olds:
        for index in run:
            starts[_beginning(old_words, index)].append((index, run.stop))
    groups = []
    taken: set[int] = set()
    for run in news:
        at = run.start
        while at < run.stop:
            group = None
            for index, stop in starts.get(_beginning(new_words, at), ()):
                if index not in taken:
                    group = _grown(old_words, range(index, stop), new_words, range(at, run.stop))
                if group is not None and taken.isdisjoint(group.old):
                    groups.append(group)
                    taken.update(group.old)
                    break
                group = None
            at = group.new.stop if group else at + 1
    return groups


def _grown(
    old: Mapping[int, str], olds: range, new: Mapping[int, str], news: range
) -> Group | None:
    """The shortest stretches from the beginnings of both that are the same text, if any."""
    ours, theirs = old[olds.start], new[news.start]
    i, j = olds.start + 1, news.start + 1
    while ours != theirs:
        if len(ours) < len(theirs):
            if i == min(olds.stop, olds.start + _MOST) or not theirs.startswith(ours):
                return None
            ours, i = f"{ours} {old[i]}", i + 1
        else:
            if j == min(news.stop, news.start + _MOST) or not ours.startswith(theirs):
                return None
            theirs, j = f"{theirs} {new[j]}", j + 1
    group = Group(old=range(olds.start, i), new=range(news.start, j), same=True)
    return None if len(group.old) == len(group.new) == 1 else group


def _beginning(words: Mapping[int, str], index: int) -> str:
    return " ".join(words.get(index + step, "") for step in range(_FIRST))[:_FIRST]


def regroup(
    group: Group,
    units: Sequence[Unit],
    new: Sequence[Unit],
    *,
    source: Language,
    target: Language,
    is_source: bool,
) -> list[Unit]:
    """The units of ``new``, empty so far, with the targets of the old ones."""
    old = [units[index] for index in group.old]
    if is_source and all(unit.target == unit.source and not unit.fuzzy for unit in old):
        return [replace(unit, target=unit.source) for unit in new]
    told = [unit for unit in old if unit.target]
    if not told:
        return list(new)
    whole = _joined(told)
    before = format_text(_join([parse_text(unit.source) for unit in old]))
    counts = [len(sentences(plain_text(unit.source), source)) for unit in new]
    pieces, is_cut = _pieces(whole, counts, target)
    accepted = group.same and is_cut and all(unit.state is State.REVIEWED for unit in old)
    comments = tuple(dict.fromkeys(line for unit in told for line in unit.comments))
    flags = tuple(dict.fromkeys(flag for unit in told for flag in unit.flags))
    made = []
    for unit, piece in zip(new, pieces, strict=True):
        if is_source and not piece.plain:  # its words may be in the first piece: no silent copy
            made.append(replace(unit, target=unit.source, fuzzy=True, previous_source=before))
            continue
        piece, certain = _fitted(piece, unit.source)
        sure = accepted and certain and len(told) == len(old)
        made.append(
            replace(
                unit,
                target=format_text(piece),
                fuzzy=bool(piece.plain) and not sure,
                previous_source=None if sure or not piece.plain else before,
                comments=comments if piece.plain else (),
                flags=flags if piece.plain else (),
            )
        )
    return made


def _pieces(whole: Text, counts: Sequence[int], rules: Language) -> tuple[list[Text], bool]:
    """The target in pieces of ``counts`` sentences, and true; or all of it first, and false."""
    if len(counts) == 1:
        return [whole], True
    spans = sentences(whole.plain, rules)
    if len(spans) != sum(counts):
        return [whole, *[Text()] * (len(counts) - 1)], False
    ends = list(accumulate(counts))
    pieces = [
        cut(whole, spans[end - count][0], spans[end - 1][1])
        for count, end in zip(counts, ends, strict=True)
    ]
    return pieces, True


def _fitted(piece: Text, source: str) -> tuple[Text, bool]:
    """The piece with codes grown together as in its source, and whether it is certain to fit."""
    wanted = sorted(tags(source))
    for text in (piece, bridge(piece)):
        if sorted(tags(format_text(text))) == wanted:
            numbers = sorted(_NUMBER.findall(plain_text(source)))
            return text, sorted(_NUMBER.findall(text.plain)) == numbers
    return piece, False


def _near(
    units: Sequence[Unit],
    sources: Sequence[str],
    olds: Iterable[range],
    news: Iterable[range],
    landmarks: Mapping[int, int],
) -> Iterator[Group]:
    """One old unit that became a few, or a few that became one, in one place, with edits."""
    places = {run.start: run for run in olds}
    for run in news:
        old_run = places.get(landmarks.get(run.start - 1, -1) + 1)
        if old_run is None or len(old_run) > _NEAR or len(run) > _NEAR:
            continue
        best: tuple[float, range, range] | None = None
        for old in _windows(old_run):
            for new in _windows(run):
                if (len(old) == 1) == (len(new) == 1):
                    continue
                ours = " ".join(units[index].source for index in old)
                score = fuzz.ratio(
                    " ".join(sources[index] for index in new), ours, score_cutoff=_ALIKE
                )
                if score > (best[0] if best else 0):
                    best = score, old, new
        if best is not None and best[0] > _single(units, sources, best[1], best[2]) + 5:
            yield Group(old=best[1], new=best[2], same=False)


def _single(units: Sequence[Unit], sources: Sequence[str], old: range, new: range) -> float:
    """The best likeness of one to one: a group must be clearly better."""
    return max(fuzz.ratio(sources[n], units[o].source) for o in old for n in new)


def _joined(units: Sequence[Unit]) -> Text:
    return _join([parse_text(unit.target) for unit in units])


def _join(texts: Sequence[Text]) -> Text:
    spaced = [piece for text in texts for piece in (Text(" "), text)]
    return join(spaced[1:])


def _words(source: str) -> str:
    return " ".join(plain_text(source).split())


def _runs(indexes: Iterable[int]) -> list[range]:
    """Consecutive indexes as ranges."""
    runs: list[range] = []
    for index in sorted(indexes):
        if runs and runs[-1].stop == index:
            runs[-1] = range(runs[-1].start, index + 1)
        else:
            runs.append(range(index, index + 1))
    return runs


def _windows(run: range) -> Iterator[range]:
    """Every stretch of a run."""
    for start in run:
        for stop in range(start + 1, run.stop + 1):
            yield range(start, stop)
