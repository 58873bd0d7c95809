"""Records → what is read by programs: feeds, sitemaps, robots.txt. They need the site's address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workflow.languages import language
from workflow.model import Alternate, Issue, Listing, Page, Site
from workflow.pipeline.fingerprints import fingerprint
from workflow.pipeline.records import moments, written
from workflow.stages.addresses import (
    ROOT,
    atom_path,
    index_path,
    json_feed_path,
)
from workflow.stages.feed import LONGEST, Item, atom, json_feed, moment
from workflow.stages.notes import notes
from workflow.stages.sitemap import RECENT, Group, News, news_sitemap, recent, robots, sitemaps
from workflow.stages.verify_files import Schemas, verify_files
from workflow.stores.site import Record
from workflow.stores.snapshots import read_snapshot
from workflow.theme import Theme

_NEVER = "9999-12-31T00:00:00Z"

Groups = Mapping[str, tuple[Record, ...]]
"""The real translations of each release, by slug, as the newsroom orders its languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The newest releases of a language."""

    tag: str
    records: tuple[Record, ...]
    id: str
    """A ``tag:`` URI; it never changes."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it is."""
        return (atom_path(self.tag), json_feed_path(self.tag))

    @property
    def print(self) -> str:
        """Fingerprint of all that shows in it."""
        shown = (f"{r.snapshot} {r.path} {r.id} {moments(r)}" for r in self.records)
        return fingerprint(self.id, *shown)


def feeds(groups: Groups, site: Site, *, ids: Mapping[str, str]) -> tuple[Feed, ...]:
    """One for each language that has a release; ``ids`` are theirs by language."""
    found: dict[str, list[Record]] = {tag: [] for tag in sorted(site.feeds)}
    for records in groups.values():
        for record in records:
            if record.tag in found:
                found[record.tag].append(record)
    for of_tag in found.values():
        of_tag.sort(key=lambda r: (moment(moments(r).published), r.first, r.slug), reverse=True)
    return tuple(
        Feed(
            tag=tag,
            records=tuple(records[:LONGEST]),
            id=ids[tag],
        )
        for tag, records in found.items()
        if records
    )


def feed_pages(feed: Feed, base: Path, theme: Theme, site: Site) -> tuple[Page, ...]:
    """Its files."""
    gettext = theme.strings[feed.tag].gettext
    items = [_item(record, base, theme) for record in feed.records]
    name = gettext(site.name)
    return (
        atom(feed.tag, items, site, name=name, id=feed.id),
        json_feed(feed.tag, items, site, name=name),
    )


def _item(record: Record, base: Path, theme: Theme) -> Item:
    release = read_snapshot(base, record.snapshot)
    gettext = theme.strings[record.tag].gettext
    return Item(
        id=record.id,
        path=record.path,
        moments=moments(record),
        release=release,
        section=gettext(record.section) if record.section else "",
        notes=notes(release, theme),
    )


def news_of(groups: Groups, now: dt.datetime) -> tuple[News, ...]:
    """What the news sitemap has at ``now``."""
    since = (now.astimezone(dt.UTC) - dt.timedelta(days=3)).date().isoformat()
    fresh = (
        record
        for records in groups.values()
        for record in records
        if record.first[:10] >= since  # what came online before that cannot be of these days
    )
    news = (
        News(tag=r.tag, path=r.path, title=r.title, published=moments(r).published) for r in fresh
    )
    return recent(news, now)


def unchanged_until(news: Sequence[News]) -> str:
    """The moment up to which time alone takes nothing out of the news sitemap."""
    ends = [dt.datetime.fromisoformat(moment(one.published)) + RECENT for one in news]
    return written(min(ends)) if ends else _NEVER


def map_pages(
    groups: Groups, lists: Iterable[Listing], news: Sequence[News], theme: Theme, site: Site
) -> tuple[tuple[Page, ...], Callable[[Collection[str], Schemas], tuple[Issue, ...]]]:
    """Sitemaps, the news sitemap and robots.txt; and how to verify them against all files."""
    places = [*_list_groups(lists, site), *(_group(records) for records in groups.values())]
    maps = sitemaps(places, site)
    names = {tag: theme.strings[tag].gettext(site.name) for tag, _ in site.languages}
    latest = news_sitemap(news, site, names=names)

    def check(files: Collection[str], schemas: Schemas) -> tuple[Issue, ...]:
        listed = {page.path for group in places for page, _ in group.pages}
        named = {one.path for one in news}
        return (
            *verify_files(maps, listed, files, site, schemas=schemas),
            *verify_files([latest], named, files, site, schemas=schemas),
        )

    return (*maps, latest, robots(site)), check


def _group(records: Sequence[Record]) -> Group:
    return Group(
        pages=tuple((alternate(r), r.changed or moments(r).published) for r in records),
        default=next((r.path for r in records if r.tag == r.original), ""),
    )


def _list_groups(lists: Iterable[Listing], site: Site) -> Iterable[Group]:
    """Lists in all their languages, and their older pages each by itself."""
    yield Group(pages=((Alternate(tag="", autonym="", path=ROOT), ""),))
    seen: set[str] = set()
    for listing in lists:
        if listing.number:
            autonym = language(listing.tag).autonym
            page = Alternate(tag=listing.tag, autonym=autonym, path=listing.path)
            yield Group(pages=((page, ""),))
        elif listing.path not in seen:
            seen.update(other.path for other in listing.alternates)
            is_index = listing.path == index_path(listing.tag)
            source = (o.path for o in listing.alternates if o.tag == site.source_language)
            yield Group(
                pages=tuple((other, "") for other in listing.alternates),
                default=ROOT if is_index else next(source, ""),
            )


def alternate(record: Record) -> Alternate:
    """A release in its language, as other pages name it."""
    return Alternate(tag=record.tag, autonym=language(record.tag).autonym, path=record.path)
