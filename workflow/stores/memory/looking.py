"""Look-ups: the memory as one release may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from rapidfuzz import fuzz, process

from workflow.dates.moments import is_ahead
from workflow.model import Remembered
from workflow.stores.memory.filling import batches, comparable, text_hash
from workflow.stores.memory.sources import CONFIDENTIAL, OPEN

if TYPE_CHECKING:
    from workflow.stores.memory.sketches import Sketches

_COMPARED = 64
"""Texts whose sketches are nearest, which are compared letter by letter."""
_MOST_HIDDEN = 640
_KEPT = 20_000
"""Answers that are kept: what is in every release is asked for in every release."""

_ROWS = """
SELECT t.markup, u.target, u.key, u.role, b.markup, a.markup, f.origin,
       COALESCE(r.section, u.section), u.changed, f.imported, u.reviewed
FROM texts t
JOIN units u ON u.text = t.id
JOIN files f ON f.id = u.file
JOIN texts b ON b.id = u.before
JOIN texts a ON a.id = u.after
LEFT JOIN releases r ON r.slug = f.origin
"""
_QUESTION = f"{_ROWS} WHERE t.hash IN ({{marks}}) ORDER BY f.imported, f.origin, u.place"
_OF_ORIGIN = (
    f"{_ROWS} WHERE u.file IN (SELECT id FROM files WHERE origin = ?) ORDER BY u.file, u.place"  # noqa: S608
)


Hit: TypeAlias = tuple[str, float, int]
"""A text, its likeness in per cent, its number."""
Row: TypeAlias = tuple[Any, ...]
Ask: TypeAlias = Callable[[str, Sequence[object]], list[Row]]
"""A question in SQL and its values → the rows that answer it."""


def hidden_releases(ask: Ask, slug: str, now: dt.datetime) -> frozenset[str]:
    """The releases of which the release ``slug`` may see nothing at ``now``.

    Those under embargo, withheld or canceled are seen by themselves only, as are those whose file
    cannot be read. Confidential ones are seen by confidential ones: nothing of these leaves the
    house either.
    """
    question = "SELECT slug, embargo, state FROM releases WHERE embargo != '' OR state != ?"
    rows = ask(question, (OPEN,))
    is_confidential = (slug, CONFIDENTIAL) in {(name, state) for name, _, state in rows}
    return frozenset(
        name
        for name, embargo, state in rows
        if name != slug
        and (
            (embargo and is_ahead(embargo, now))
            or (state != OPEN and not (state == CONFIDENTIAL and is_confidential))
        )
    )


def pairs_of(ask: Ask, origin: str) -> list[Remembered]:
    """All that comes from one release or imported memory, in its order."""
    return [_remembered(row) for row in ask(_OF_ORIGIN, (origin,))]


def hidden_units(ask: Ask, hidden: Iterable[str]) -> int:
    """How many units are hidden, up to a measure."""
    total = 0
    for name in hidden:
        question = "SELECT COUNT(*) FROM units JOIN files ON id = file WHERE origin = ?"
        total += ask(question, (name,))[0][0]
        if total > _MOST_HIDDEN:
            return _MOST_HIDDEN
    return total


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A `workflow.plugins.Memory` without what is ``hidden``."""

    ask: Ask
    hidden: frozenset[str]
    hidden_units: int
    """So many of the nearest texts may be ones that cannot be shown."""
    tables: Callable[[], Sequence[Sketches]]
    """The tables of sketches, made when they are first needed."""
    known: dict[str, tuple[Remembered, ...]] = field(default_factory=dict)

    def exact(self, sources: Sequence[str]) -> Mapping[str, tuple[Remembered, ...]]:
        """See `workflow.plugins.Memory.exact`; releases by their slugs, imported memories last."""
        if len(self.known) > _KEPT:
            self.known.clear()
        wanted = dict.fromkeys(sources)
        self._look_up(text for text in wanted if text not in self.known)
        return {text: self.known[text] for text in wanted if self.known[text]}

    def like(self, source: str, *, floor: int, most: int) -> tuple[tuple[int, Remembered], ...]:
        """See `workflow.plugins.Memory.like`; texts that are alike as much, by their letters."""
        from workflow.stores.memory.sketches import texts_near  # numpy takes its time

        words, most_near = comparable(source), _COMPARED + self.hidden_units
        near = texts_near(self.tables(), words, floor=floor, most=most_near)
        scored = process.extract(words, near, scorer=fuzz.ratio, score_cutoff=floor, limit=None)
        found: list[tuple[int, Remembered]] = []
        for hits in _parts(sorted(scored, key=_best_first), most):
            if len(found) >= most:
                break
            markups = self._markups([number for _, _, number in hits])
            for text, score, number in hits:
                markup = markups.get(number, "")
                if comparable(markup) == text:  # the number may be that of another text by now
                    pairs = self.exact((markup,)).get(markup, ())
                    found.extend((int(score), pair) for pair in pairs)
        return tuple(found[:most])

    def _markups(self, numbers: Sequence[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for marks, part in batches(numbers):
            question = f"SELECT id, markup FROM texts WHERE id IN ({marks})"  # noqa: S608
            found.update(self.ask(question, part))
        if len(found) > 1:
            self._look_up(text for text in found.values() if text not in self.known)
        return found

    def _look_up(self, texts: Iterable[str]) -> None:
        asked: dict[str, list[Remembered]] = {text: [] for text in texts}
        for marks, part in batches(map(text_hash, asked)):
            for row in self.ask(_QUESTION.format(marks=marks), part):
                if row[0] in asked and row[6] not in self.hidden:
                    asked[row[0]].append(_remembered(row))
        self.known.update((text, tuple(pairs)) for text, pairs in asked.items())


def _best_first(hit: Hit) -> tuple[float, str]:
    return -hit[1], hit[0]


def _parts(hits: Iterable[Hit], size: int) -> Iterator[list[Hit]]:
    rest = iter(hits)
    while part := list(islice(rest, size)):
        yield part


def _remembered(row: Row) -> Remembered:
    return Remembered(
        source=row[0],
        target=row[1],
        key=row[2],
        role=row[3],
        before=row[4],
        after=row[5],
        origin=row[6],
        section=row[7],
        changed=row[8],
        imported=bool(row[9]),
        reviewed=bool(row[10]),
    )
