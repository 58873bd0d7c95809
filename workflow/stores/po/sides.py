"""One version of a PO file among three, and which of its units were made by editing which."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rapidfuzz import fuzz

from workflow.errors import CatalogError
from workflow.stores.po.entries import Entry, Fields
from workflow.stores.po.reading import refuse_duplicates

_ALIKE_IN_PLACE = 55.0  # per cent, as when a source is merged

Identity = tuple[str | None, str | None]
"""Context and source."""

Version = tuple[Fields, bool]
"""What an entry says, and whether it is obsolete."""


class Side:
    """One version of the file: its entries, and the one that stands for each unit."""

    def __init__(self, entries: list[Entry], path: str) -> None:
        refuse_duplicates(entries, path=path)
        self.entries = entries
        self.known: dict[Identity, Entry] = {}
        for entry in entries:
            if entry.fields.domain is not None:
                hint = "split the file by domain"
                raise CatalogError(
                    "“domain” cannot be merged", path=path, line=entry.line, hint=hint
                )
            identity = entry.fields.context, entry.fields.source
            # A live entry is the unit; an obsolete one of the same words is its past.
            if identity[1] is not None and not (identity in self.known and entry.obsolete):
                self.known[identity] = entry

    def says(self, identity: Identity) -> Version | None:
        """What this version of the file says of a unit; None: nothing."""
        entry = self.known.get(identity)
        return (entry.fields, entry.obsolete) if entry else None


def successors(old: Side, side: Side, other: Side) -> dict[Identity, tuple[Fields, Fields]]:
    """Units that ``side`` made by editing the text of one that ``other`` worked on meanwhile.

    For each: what that one said in the base, and what it says on the other side. The edited unit
    says what it was, or it stands where that one stood and is alike.
    """
    gone = {
        identity: entry
        for identity, entry in old.known.items()
        if identity not in side.known and identity in other.known
    }
    if not gone:
        return {}
    places = {place: identity for identity, place in _places(old, gone).items()}
    fresh = [one for one in side.known if one not in old.known and one not in other.known]
    found: dict[Identity, tuple[Fields, Fields]] = {}
    for identity, place in _places(side, fresh).items():
        entry = edited_from(side.known[identity].fields, gone)
        if entry is None and place in places:
            entry = gone[places[place]]
            if fuzz.ratio(identity[1] or "", entry.fields.source or "") < _ALIKE_IN_PLACE:
                continue
        if entry is None:
            continue
        changed = other.known[entry.fields.context, entry.fields.source].fields
        if changed.targets != entry.fields.targets:
            found[identity] = entry.fields, changed
    return found


def edited_from(fields: Fields, among: Mapping[Identity, Entry]) -> Entry | None:
    """The entry that ``fields`` says it was: by its key first, for the source it keeps may be
    older."""
    if fields.previous_source is None:
        return None
    key, text = fields.previous_context, fields.previous_source
    by_key = (entry for one, entry in among.items() if key is not None and one[0] == key)
    by_text = (entry for one, entry in among.items() if one[1] == text)
    return next(by_key, None) or next(by_text, None)


def _places(side: Side, wanted: Collection[Identity]) -> dict[Identity, tuple[object, int]]:
    """Where units stand: behind which one that is not wanted, and how far."""
    places: dict[Identity, tuple[object, int]] = {}
    last: Identity | None = None
    step = 0
    for identity, entry in side.known.items():
        if entry.obsolete:
            continue
        if identity in wanted:
            places[identity] = last, step
            step += 1
        else:
            last, step = identity, 0
    return places
