"""Catalogue × segments of the source as it is now → catalogue.

What msgmerge does, with a better eye for prose: position comes before likeness. A unit whose text
is found again, in whatever place, keeps everything; so does one whose quotation marks, dashes or
spaces changed, and one that was only cut in another place (`regroup`). A unit that was edited gets
the target of the text that stood in its place, fuzzy, with the previous source and a note of what
changed. What is gone becomes obsolete; nothing a person wrote is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from workflow.languages import Language, language
from workflow.markup import format_text
from workflow.model import DRAFTED, RECHECK, Catalog, Segment, Unit
from workflow.stages.carry import carry, unchanged
from workflow.stages.classify import classify
from workflow.stages.pairing import edited, revived, same_text, same_words
from workflow.stages.regroup import find_groups, regroup
from workflow.stages.segment import is_named

EARLIER = "earlier: "
"""How a comment begins that keeps a target of before."""


def merge(
    catalog: Catalog,
    segments: Sequence[Segment],
    *,
    is_source: bool,
    notes: Mapping[str, tuple[str, ...]],
    source_rules: Language | None = None,
    keep_typography: bool = True,
) -> Catalog:
    """The catalogue brought up to date with ``segments``.

    ``is_source``: the catalogue's language is the release's own, so a unit starts as a copy of
    its source and follows it as long as nobody has mended it. ``notes`` are the extracted
    comments by unit key. ``source_rules`` tells which words of a source weigh most; without it
    nothing is said of what changed. ``keep_typography``: a change of marks and spaces alone
    needs no second look. A catalogue that was its release's own and is no longer (the language
    of the release was mended) loses the copies of the source: nobody translated them.
    """
    if not is_source and dict(catalog.header).get("x-source-language") == catalog.language:
        catalog = _without_copies(catalog)
    work = _Merge(catalog, segments, is_source=is_source)
    work.keep()
    if keep_typography:
        work.keep_but_for_marks()
    work.revive()
    work.cut_anew(source_rules)
    work.carry(source_rules)
    units = tuple(
        replace(unit, notes=(*notes.get(unit.key, ()), *_differences(unit, source_rules)))
        for unit in work.units()
    )
    units, old = _apart(units, [*work.left(), *work.gone()])
    return replace(catalog, units=units, obsolete=old)


def _without_copies(catalog: Catalog) -> Catalog:
    units = tuple(
        replace(unit, target="") if unit.target == unit.source and not unit.fuzzy else unit
        for unit in catalog.units
    )
    return replace(catalog, units=units)


class _Merge:
    """New units as they find their old ones, a step at a time; each step takes what is left."""

    def __init__(self, catalog: Catalog, segments: Sequence[Segment], *, is_source: bool) -> None:
        self.catalog = catalog
        self.old = catalog.units
        self.is_source = is_source
        self.keys = [segment.key for segment in segments]
        self.sources = [format_text(segment.text) for segment in segments]
        self.fresh = [Unit(key=k, source=s) for k, s in zip(self.keys, self.sources, strict=True)]
        self.done: dict[int, Unit] = {}
        self.used: set[int] = set()
        self.back: set[int] = set()
        """Obsolete units that have come back."""
        self.kept: dict[int, int] = {}
        """Units that are where they were: the landmarks between which an edited one is sought."""

    def keep(self) -> None:
        """Units whose text is there again."""
        self._landmarks(same_text(self.old, self.sources, self.keys))

    def revive(self) -> None:
        """Units whose text has come back from among the obsolete ones."""
        for index, old in revived(self.catalog.obsolete, self.sources, self.done).items():
            self.done[index] = replace(self.catalog.obsolete[old], key=self.keys[index])
            self.back.add(old)

    def keep_but_for_marks(self) -> None:
        """Units that changed in marks and spaces only."""
        self._landmarks(same_words(self.old, self.sources, self.done, self.used))

    def cut_anew(self, rules: Language | None) -> None:
        """Units whose words are there again, cut in other places; ``rules``: of the source."""
        groups = find_groups(
            self.old,
            self.sources,
            free=[i for i in self._free() if not is_named(self.old[i].key)],
            wanting=[i for i in self._wanting() if not is_named(self.keys[i])],
            landmarks=self.kept,
        )
        target = language(self.catalog.language)
        for group in groups:
            made = regroup(
                group,
                self.old,
                [self.fresh[index] for index in group.new],
                source=rules or target,
                target=target,
                is_source=self.is_source,
            )
            self.done.update(zip(group.new, made, strict=True))
            self.used.update(group.old)

    def carry(self, rules: Language | None) -> None:
        """Units that were edited: the old target, to be looked at; ``rules``: of the source."""
        pairs = edited(self.old, self.sources, self.kept, self.done, self.used)
        for index, old in pairs.items():
            unit = _carried(self.old[old], self.fresh[index], is_source=self.is_source)
            if rules is not None and self.old[old].is_accepted and not self.is_source:
                unit = _with_what_stands(unit, rules, language(self.catalog.language))
            self.done[index] = unit
            self.used.add(old)

    def units(self) -> Iterator[Unit]:
        """The new units, in order."""
        for index, fresh in enumerate(self.fresh):
            unit = self.done.get(index, fresh)
            yield replace(unit, target=unit.source) if self.is_source and not unit.target else unit

    def left(self) -> list[Unit]:
        """Obsolete units that stay so."""
        return [u for index, u in enumerate(self.catalog.obsolete) if index not in self.back]

    def gone(self) -> list[Unit]:
        """Units whose text is no longer there, as far as somebody translated them."""
        return [
            replace(unit, notes=())
            for index, unit in enumerate(self.old)
            if index not in self.used and unit.target and not self._is_copy(unit)
        ]

    def _landmarks(self, pairs: Mapping[int, int]) -> None:
        for index, old in pairs.items():
            unit = self.old[old]
            target = self.sources[index] if self._is_copy(unit) else unit.target
            self.done[index] = replace(
                unit, key=self.keys[index], source=self.sources[index], target=target
            )
        self.kept.update(pairs)
        self.used.update(pairs.values())

    def _is_copy(self, unit: Unit) -> bool:
        return self.is_source and unit.target == unit.source

    def _free(self) -> list[int]:
        return [index for index in range(len(self.old)) if index not in self.used]

    def _wanting(self) -> list[int]:
        return [index for index in range(len(self.fresh)) if index not in self.done]


def _differences(unit: Unit, rules: Language | None) -> tuple[str, ...]:
    """What a translator has to look at first in a unit whose source was edited."""
    drafted = any(line.startswith(DRAFTED) for line in unit.comments)
    if rules is None or not unit.fuzzy or unit.previous_source is None or drafted:
        return ()
    edit = classify(unit.previous_source, unit.source, rules)
    return tuple(filter(None, (edit.note, unchanged(unit.previous_source, unit.source, rules))))


def _carried(old: Unit, new: Unit, *, is_source: bool) -> Unit:
    """The old target under a new source: to be looked at, with what it was a translation of."""
    if is_source and old.target == old.source and not old.fuzzy:
        return replace(old, key=new.key, source=new.source, target=new.source)
    if not old.target:
        return replace(new, comments=old.comments)
    return replace(
        old,
        key=new.key,
        source=new.source,
        fuzzy=True,
        previous_key=old.key if old.key != new.key else None,
        previous_source=old.previous_source if old.fuzzy and old.previous_source else old.source,
        comments=tuple(line for line in old.comments if not line.startswith(RECHECK)),
    )


def _with_what_stands(unit: Unit, source: Language, target: Language) -> Unit:
    """The old target without the sentences that are gone from the source; they are kept beside."""
    before = unit.previous_source or unit.source
    made = carry(before, unit.source, unit.target, source=source, target=target)
    return unit if made == unit.target else _with_words(replace(unit, target=made), unit.target)


def _apart(
    units: tuple[Unit, ...], obsolete: Sequence[Unit]
) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """Units with no two of one key and source, which gettext would refuse.

    A live one stands before an obsolete one, a later before an earlier; the words of the one that
    yields, where they are others, are kept in a comment.
    """
    live = {(unit.key, unit.source): unit for unit in units}
    old: dict[tuple[str, str], Unit] = {}
    for unit in obsolete:
        pair = unit.key, unit.source
        if pair in live:
            live[pair] = _with_words(live[pair], unit.target)
        else:
            old[pair] = _with_words(unit, old[pair].target) if pair in old else unit
    return tuple(live.values()), tuple(old.values())


def _with_words(unit: Unit, target: str) -> Unit:
    words = f"{EARLIER}{target}".replace("\n", "\\n")
    if target in ("", unit.target) or words in unit.comments:
        return unit
    return replace(unit, comments=(*unit.comments, words))
