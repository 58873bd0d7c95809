"""Records → the plan of a build: which pages there are, and what each depends on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from workflow.languages import language
from workflow.model import Listing, Site, Style
from workflow.pipeline.fingerprints import fingerprint
from workflow.pipeline.lists import listings
from workflow.pipeline.orders import Order
from workflow.pipeline.outlets import Feed, Groups, alternate, feeds, news_of
from workflow.pipeline.records import moments
from workflow.pipeline.rendering import Leaf
from workflow.pipeline.searching import Part, parts_of, search_pages
from workflow.settings import Settings
from workflow.stages.addresses import permanent_id
from workflow.stages.provenance import provenance_path
from workflow.stages.sitemap import News
from workflow.stores.site import Key, Record

_HALF = 0.5  # of the units: a page with less in its own language is no translation


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a build consists of."""

    site: Site
    online: Mapping[Key, Record]
    groups: Groups
    """Of what may be found: notices of a withdrawal are not among it."""
    notices: Groups
    """Of the notices."""
    news: tuple[News, ...]
    redirects: Mapping[Key, tuple[str, ...]]
    """Where redirects to a release stand."""
    lists: tuple[Listing, ...] = ()
    feeds: tuple[Feed, ...] = ()
    searches: tuple[Part, ...] = ()
    """What can be searched."""

    def leaf(self, key: Key) -> Leaf:
        """The page of a release."""
        record = self.online[key]
        others = (self.notices if record.withdrawn else self.groups).get(record.slug, ())
        pages = tuple(map(alternate, others))
        canonical = ""
        if record not in others:
            canonical = next((r.path for r in others if r.tag == record.original), record.path)
            pages = (*pages, alternate(record))
        return Leaf(
            snapshot=record.snapshot,
            path=record.path,
            former=self.redirects.get(key, ()),
            moments=moments(record),
            alternates=pages,
            canonical=canonical,
        )

    def doors(self, tag: str) -> str:
        """What the pages of a language lead to, whatever is on them."""
        return f"{tag in self.site.feeds} {tag in self.site.searches}"

    def paths_of(self, key: Key) -> tuple[str, ...]:
        """The files of a release: its page, what stands beside it, and what leads to it."""
        path = self.online[key].path
        beside = () if self.site.draft else (provenance_path(path),)
        return (path, *beside, *self.redirects.get(key, ()))

    def paths(self) -> frozenset[str]:
        """The files of all releases, lists and feeds."""
        of_releases = (path for key in self.online for path in self.paths_of(key))
        of_feeds = (path for feed in self.feeds for path in feed.paths)
        of_lists = (one.path for one in self.lists)
        return frozenset((*of_releases, *of_feeds, *of_lists, *search_pages(self.searches)))

    def prints(self) -> dict[str, str]:
        """The fingerprint of every list and feed, by path."""
        # An entry is on three lists: it is spelled once.
        entries = {id(e): repr(e) for one in self.lists for e in one.entries}
        marks = {
            one.path: fingerprint(
                repr(replace(one, entries=())),
                self.doors(one.tag),
                *(entries[id(e)] for e in one.entries),
            )
            for one in self.lists
        }
        marks.update((path, feed.print) for feed in self.feeds for path in feed.paths)
        marks.update((part.folder, part.print) for part in self.searches)
        return marks


def plan(records: Mapping[Key, Record], settings: Settings, order: Order) -> Plan:
    """All but lists, feeds and search, which only a new build needs: see `with_lists`."""
    site = site_of(settings, draft=order.draft)
    online = {key: record for key, record in sorted(records.items()) if record.snapshot}
    groups = _groups((r for r in online.values() if not r.withdrawn), site)
    notices = _groups((r for r in online.values() if r.withdrawn), site)
    news: tuple[News, ...] = ()
    if site.url and not site.draft:
        found = (
            record for of in (groups, notices) for records in of.values() for record in records
        )
        tags = frozenset(record.tag for record in found)
        site = replace(site, feeds=tags)
        news = news_of(groups, order.now)
    if settings.search and not site.draft:
        tags = frozenset(record.tag for records in groups.values() for record in records)
        site = replace(site, searches=tags)
    taken = {record.path for record in online.values()}
    redirects = {
        key: tuple(path for path in record.former if path not in taken)
        for key, record in online.items()
        if record.former
    }
    return Plan(
        site=site,
        online=online,
        groups=groups,
        notices=notices,
        news=news,
        redirects=redirects,
    )


def site_of(settings: Settings, *, draft: bool) -> Site:
    """What every page knows; which languages have feeds, the records say."""
    return Site(
        name=settings.name,
        url=settings.site_url,
        languages=tuple((tag, language(tag).autonym) for tag in settings.languages),
        draft=draft,
        source_language=settings.source_language,
        style=Style(house_quotes=settings.quotes == "house", hyphenate=settings.hyphenate),
    )


def feed_ids(plan: Plan, known: Mapping[str, str], order: Order) -> dict[str, str]:
    """The ids of all feeds there are and ever were, by language."""
    day = order.now.date().isoformat()
    made = {tag: permanent_id(plan.site.url, f"{tag}/feed", day) for tag in plan.site.feeds}
    return dict(sorted({**made, **known}.items()))


def with_lists(plan: Plan, ids: Mapping[str, str]) -> Plan:
    """The plan with its lists, feeds and search; ``ids`` are those of the feeds."""
    lists = listings((r for r in plan.online.values() if not r.withdrawn), plan.site)
    entries = {slug: (*of, *plan.notices.get(slug, ())) for slug, of in plan.groups.items()}
    return replace(
        plan,
        lists=lists,
        feeds=feeds({**plan.notices, **entries}, plan.site, ids=ids),
        searches=parts_of(plan.groups, plan.site),
    )


def with_fingerprints(records: Mapping[Key, Record], plan: Plan) -> dict[Key, Record]:
    """The records, each with the fingerprint of all that shows on its page."""
    shown = {
        (slug, is_notice): " ".join(f"{r.tag}:{r.path}" for r in others)
        for groups, is_notice in ((plan.groups, False), (plan.notices, True))
        for slug, others in groups.items()
    }
    found = {}
    for key, record in records.items():
        others = shown.get((record.slug, record.withdrawn), "")
        page = _print(key, record, plan, others)
        found[key] = record if record.page == page else replace(record, page=page)
    return found


def _print(key: Key, record: Record, plan: Plan, others: str) -> str:
    if not record.snapshot:
        return ""
    own = f"{record.tag}:{record.path}"
    at = moments(record)
    return fingerprint(
        record.snapshot,
        others,
        "" if own in others.split(" ") else own,
        f"{at.published} {at.updated}",
        plan.doors(record.tag),
        *plan.redirects.get(key, ()),
    )


def _groups(online: Iterable[Record], site: Site) -> dict[str, tuple[Record, ...]]:
    """The real translations of each release, in the order that readers see languages."""
    place = {tag: index for index, (tag, _) in enumerate(site.languages)}
    found: dict[str, list[Record]] = defaultdict(list)
    for record in online:
        if record.share >= _HALF or record.tag == record.original or site.draft:
            found[record.slug].append(record)
    for records in found.values():
        records.sort(key=lambda record: place.get(record.tag, len(place)))
    return {slug: tuple(records) for slug, records in found.items()}
