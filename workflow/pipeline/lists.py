"""Records → the lists of the site: indexes, sections, years, and their older pages.

Pages are counted from the oldest release, so that a new one moves nothing: pages 1, 2, 3 … are full
and stay as they are, and the head of a list has what is newer, one page's worth at least.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workflow.languages import language
from workflow.model import Alternate, Door, Entry, Listing, Site
from workflow.stages.addresses import index_path, older_path, section_path, year_of, year_path
from workflow.stores.site import Record

PER_PAGE = 20
"""Another number would give every older page other releases."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What a list is of, in any language."""

    section: str = ""
    year: str = ""

    def path(self, tag: str, site: Site) -> str:
        if self.year:
            return year_path(tag, self.year)
        if self.section:
            return section_path(tag, self.section, site.source_language)
        return index_path(tag)


def listings(online: Iterable[Record], site: Site) -> tuple[Listing, ...]:
    """Every list that has something in it; the index of a language even when it has not."""
    lists: dict[str, dict[_Place, list[Entry]]] = {
        tag: defaultdict(list, {_Place(): []}) for tag, _ in site.languages
    }
    sections: dict[str, str] = {}  # two spellings with one address are one section
    for record in sorted(online, key=_age):
        if record.tag not in lists:
            continue
        places = [_Place(), _Place(year=year_of(record.path))]
        if record.section:
            address = section_path("", record.section, site.source_language)
            places.append(_Place(section=sections.setdefault(address, record.section)))
        entry = _entry(record)
        for place in places:
            lists[record.tag][place].append(entry)
    languages = _languages(lists, site)
    return tuple(
        listing
        for tag, of_tag in lists.items()
        for place in of_tag
        for listing in _pages(tag, place, of_tag, languages[place], site)
    )


def _pages(
    tag: str,
    place: _Place,
    lists: Mapping[_Place, Sequence[Entry]],
    alternates: tuple[Alternate, ...],
    site: Site,
) -> Iterable[Listing]:
    entries = lists[place]
    head = place.path(tag, site)
    full = max(len(entries) // PER_PAGE - 1, 0)
    paths = ["", *(older_path(head, number) for number in range(1, full + 1)), head]
    for number in range(1, full + 2):
        is_head = number > full
        first = (number - 1) * PER_PAGE
        shown = entries[first:] if is_head else entries[first : first + PER_PAGE]
        yield Listing(
            path=paths[number],
            tag=tag,
            entries=tuple(reversed(shown)),
            head=head,
            section=place.section,
            year=place.year,
            number=0 if is_head else number,
            older=paths[number - 1],
            newer="" if is_head else paths[number + 1],
            alternates=alternates,
            **(_doors(tag, lists, site) if is_head and place == _Place() else {}),
        )


def _doors(tag: str, lists: Iterable[_Place], site: Site) -> dict[str, tuple[Door, ...]]:
    """From the index of a language to its other lists: sections by name, the newest year first."""
    years = sorted((place for place in lists if place.year), key=lambda p: p.year, reverse=True)
    years.sort(key=lambda place: not place.year.isdigit())
    sections = sorted((place for place in lists if place.section), key=lambda p: p.section)
    return {
        "sections": tuple(Door(path=p.path(tag, site), name=p.section) for p in sections),
        "years": tuple(Door(path=p.path(tag, site), name=p.year) for p in years),
    }


def _languages(
    lists: Mapping[str, Iterable[_Place]], site: Site
) -> dict[_Place, tuple[Alternate, ...]]:
    """The languages that have each list, as the newsroom orders them."""
    found: dict[_Place, list[Alternate]] = defaultdict(list)
    for tag, places in lists.items():
        for place in places:
            autonym = language(tag).autonym
            found[place].append(Alternate(tag=tag, autonym=autonym, path=place.path(tag, site)))
    return {place: tuple(alternates) for place, alternates in found.items()}


def _age(record: Record) -> tuple[str, str, str]:
    """Oldest first. What came out later on the same day is newer, so that it moves nothing."""
    return record.date or record.first[:10], record.first, record.slug


def _entry(record: Record) -> Entry:
    return Entry(
        slug=record.slug,
        title=record.title,
        summary=record.summary,
        section=record.section,
        date=dt.date.fromisoformat(record.date) if record.date else None,
        path=record.path,
    )
