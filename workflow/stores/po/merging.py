"""Three versions of a PO file → one: what two people did to different units is all there.

A merge by lines can join the new source of one branch with the old target of the other, without a
word. A merge by units cannot: an entry is known by context and source, and merged as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workflow.stores.po.entries import Entry, Fields
from workflow.stores.po.formatting import Layout, layout_of
from workflow.stores.po.reading import parse
from workflow.stores.po.reconcile import (
    CONFLICT,
    is_conflict,
    join_lists,
    reconcile,
    reconcile_headers,
)
from workflow.stores.po.sides import Identity, Side, Version, edited_from, successors
from workflow.stores.po.writing import format_entry, join_entries, rewrite


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A unit that both sides translated, each in its own way."""

    line: int
    """Of its msgid, in the merged file."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The merged file, which is a valid PO file whatever happened."""

    text: str
    conflicts: tuple[Conflict, ...]


def merge_texts(
    base: str, ours: str, theirs: str, *, path: str, charsets: Sequence[str] = ("utf-8",) * 3
) -> Merged:
    """The file that has the changes of both sides since ``base``.

    A unit translated differently on both sides keeps our target, becomes fuzzy, and shows the
    other in a comment. The translation of a text that the other side has edited goes to the
    edited one, fuzzy; of one that it removed, it becomes obsolete. Raises `CatalogError` for what
    is no PO.
    """
    if theirs in (ours, base):
        return Merged(text=ours, conflicts=())
    if ours == base:
        return Merged(text=theirs, conflicts=())
    old, mine, other = (
        Side(parse(text, path=path, charset=charset), path)
        for text, charset in zip((base, ours, theirs), charsets, strict=True)
    )
    layout = layout_of(mine.entries or other.entries)
    merge = _Merge(old, mine, other)
    pieces = [
        (obsolete, _piece(fields, obsolete, mine, other, layout))
        for identity in _order(mine, other)
        for fields, obsolete in merge.version(identity)
    ]
    ordered = [piece for _, piece in sorted(pieces, key=lambda item: item[0])]
    ordered.extend((entry.raw, entry) for entry in _remarks(old, mine, other))
    text = join_entries(ordered, [*mine.entries, *other.entries], layout.newline)
    return Merged(text=text, conflicts=tuple(_conflicts(text, path, merge.conflicts)))


class _Merge:
    """The versions of every unit, and which of them are conflicts."""

    def __init__(self, old: Side, mine: Side, other: Side) -> None:
        self.old, self.mine, self.other = old, mine, other
        self.conflicts: set[Identity] = set()
        self.successors = {**successors(old, mine, other), **successors(old, other, mine)}

    def version(self, identity: Identity) -> Iterator[Version]:
        """What the merged file says of a unit: nothing or one version."""
        base, ours, theirs = (s.says(identity) for s in (self.old, self.mine, self.other))
        if ours is not None and theirs is not None:
            yield self._both(identity, base, ours, theirs)
            return
        only = ours or theirs
        assert only is not None, "every identity comes from one of the sides"
        if base is None:
            yield self._added(identity, only)
        elif only != base and any(only[0].targets) and identity not in self._followed():
            yield only[0], True  # they removed the text, we worked on it: its words are kept

    def _both(
        self, identity: Identity, base: Version | None, ours: Version, theirs: Version
    ) -> Version:
        if theirs in (ours, base):
            return ours
        if ours == base:
            return theirs
        if identity == (None, ""):
            blank = Fields(source="")
            return reconcile_headers(base[0] if base else blank, ours[0], theirs[0]), False
        before = base[0] if base else self._before(ours[0], theirs[0])
        if base is None:
            obsolete = ours[1] and theirs[1]
        else:
            obsolete = theirs[1] if ours[1] == base[1] else ours[1]
        return self._reconciled(identity, before, ours[0], theirs[0]), obsolete

    def _before(self, ours: Fields, theirs: Fields) -> Fields:
        """What a unit that both sides made was made from: the one that both edited, or nothing."""
        for fields in (ours, theirs):
            entry = edited_from(fields, self.old.known)
            if entry is not None:
                return replace(ours, targets=entry.fields.targets, flags=("fuzzy",))
        return Fields(targets=("",) * len(ours.targets))

    def _added(self, identity: Identity, only: Version) -> Version:
        """A new unit. An edited one takes what the other side did to the text before the edit."""
        before = self.successors.get(identity)
        if before is None:
            return only
        base, changed = before
        comments = join_lists(base.comments, only[0].comments, changed.comments)
        theirs = replace(only[0], targets=changed.targets, comments=comments)
        start = replace(only[0], targets=base.targets)
        fields = self._reconciled(identity, start, only[0], theirs)
        if "fuzzy" not in fields.flags and fields.targets != only[0].targets:
            fields = replace(fields, flags=("fuzzy", *fields.flags))
        if "fuzzy" in fields.flags and fields.previous_source is None:
            fields = replace(fields, previous_context=base.context, previous_source=base.source)
        return fields, only[1]

    def _reconciled(self, identity: Identity, base: Fields, ours: Fields, theirs: Fields) -> Fields:
        if is_conflict(base, ours, theirs):
            self.conflicts.add(identity)
        return reconcile(base, ours, theirs)

    def _followed(self) -> set[Identity]:
        """Units of the base whose words have gone to a successor."""
        return {(base.context, base.source) for base, _ in self.successors.values()}


def _order(mine: Side, other: Side) -> list[Identity]:
    """Our order; what only they have stands behind what it stands behind there."""
    behind: dict[Identity | None, list[Identity]] = {}
    last: Identity | None = None
    for identity in other.known:
        if identity in mine.known:
            last = identity
        else:
            behind.setdefault(last, []).append(identity)
    return [
        *behind.get(None, ()),
        *(one for identity in mine.known for one in (identity, *behind.get(identity, ()))),
    ]


def _piece(
    fields: Fields, obsolete: bool, mine: Side, other: Side, layout: Layout
) -> tuple[str, Entry | None]:
    """The text of one unit, and the entry that it stands in the place of."""
    identity = fields.context, fields.source
    ours, theirs = mine.known.get(identity), other.known.get(identity)
    for entry in (ours, theirs):
        if entry is not None and (entry.fields, entry.obsolete) == (fields, obsolete):
            return (entry.raw if entry is ours else _lined(entry.raw, layout)), entry
    entry = ours or theirs
    assert entry is not None, "a version comes from one of the sides"
    if entry.obsolete == obsolete:
        return _lined(rewrite(entry, fields, layout=layout), layout), entry
    return format_entry(fields, obsolete=obsolete, layout=layout), None


def _lined(raw: str, layout: Layout) -> str:
    """``raw`` with the line ends of the file it goes to."""
    return raw.replace("\r\n", "\n").replace("\n", layout.newline)


def _remarks(old: Side, mine: Side, other: Side) -> Iterator[Entry]:
    """Comments that belong to no unit: ours, and what they added."""
    known = set()
    for side in (mine, other):
        for entry in side.entries:
            if entry.fields.source is None and entry.raw.strip() not in known:
                known.add(entry.raw.strip())
                if side is mine or entry.raw.strip() not in {e.raw.strip() for e in old.entries}:
                    yield entry


def _conflicts(text: str, path: str, identities: set[Identity]) -> Iterator[Conflict]:
    if not identities:
        return
    for entry in parse(text, path=path):
        fields = entry.fields
        marked = any(line.strip().startswith(CONFLICT) for line in fields.comments)
        if marked and (fields.context, fields.source) in identities:
            yield Conflict(line=entry.line, source=fields.source or "")
