"""Pages → what search engines read: sitemaps with translations, the news sitemap, robots.txt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflow.model import Alternate, Page, Site
from workflow.stages.addresses import NEWS_SITEMAP, ROBOTS, SITEMAP, absolute
from workflow.stages.feed import moment
from workflow.stages.xml_text import xml_text

MOST = 50_000
"""Addresses in one file (sitemaps.org)."""
_LARGEST = 45 * 1024 * 1024  # bytes; 50 MB is what sitemaps.org allows
_NEWEST = 1_000
RECENT = dt.timedelta(days=2)
"""How long something is news."""
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One page in all its languages."""

    pages: tuple[tuple[Alternate, str], ...]
    """Each with the day or moment it changed last; empty where that is not known."""
    default: str = ""
    """The path for readers of other languages; empty: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A release that has just been published."""

    tag: str
    path: str
    title: str
    published: str


def sitemaps(groups: Iterable[Group], site: Site, *, most: int = MOST) -> tuple[Page, ...]:
    """``sitemap.xml``; beyond ``most`` addresses it is the index of ``sitemap-1.xml`` and so on."""
    files: list[list[str]] = [[]]
    size = 0
    for address in (line for group in groups for line in _addresses(group, site)):
        if len(files[-1]) == most or size + len(address) > _LARGEST:
            files.append([])
            size = 0
        files[-1].append(address)
        size += len(address)
    head = f'{_XML}<urlset {_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    contents = [f"{head}{''.join(lines)}</urlset>\n" for lines in files]
    if len(contents) == 1:
        return (Page(path=SITEMAP, content=contents[0]),)
    parts = [
        Page(path=f"sitemap-{number}.xml", content=content)
        for number, content in enumerate(contents, 1)
    ]
    index = "".join(f"<sitemap><loc>{absolute(site, p.path)}</loc></sitemap>\n" for p in parts)
    content = f"{_XML}<sitemapindex {_NAMESPACE}>\n{index}</sitemapindex>\n"
    return (Page(path=SITEMAP, content=content), *parts)


def recent(news: Iterable[News], now: dt.datetime) -> tuple[News, ...]:
    """What belongs into the news sitemap at ``now``: the last two days, the newest first."""
    found = [one for one in news if now - RECENT <= _moment(one.published) <= now]
    found.sort(key=lambda one: (_moment(one.published), one.path), reverse=True)
    return tuple(found[:_NEWEST])


def news_sitemap(news: Sequence[News], site: Site, *, names: dict[str, str]) -> Page:
    """The news sitemap; ``names`` are the site's by language."""
    lines = "".join(
        f"<url><loc>{xml_text(absolute(site, one.path))}</loc><news:news><news:publication>"
        f"<news:name>{xml_text(names[one.tag])}</news:name>"
        f"<news:language>{xml_text(one.tag)}</news:language></news:publication>"
        f"<news:publication_date>{one.published}</news:publication_date>"
        f"<news:title>{xml_text(one.title)}</news:title></news:news></url>\n"
        for one in news
    )
    schema = "http://www.google.com/schemas/sitemap-news/0.9"
    content = f'{_XML}<urlset {_NAMESPACE} xmlns:news="{schema}">\n{lines}</urlset>\n'
    return Page(path=NEWS_SITEMAP, content=content)


def robots(site: Site) -> Page:
    """Everybody may read everything; here are the sitemaps."""
    maps = "".join(f"Sitemap: {absolute(site, path)}\n" for path in (SITEMAP, NEWS_SITEMAP))
    return Page(path=ROBOTS, content=f"User-agent: *\nDisallow:\n\n{maps}")


def _addresses(group: Group, site: Site) -> Iterable[str]:
    paths = {group.default, *(page.path for page, _ in group.pages)}
    addresses = {path: str(xml_text(absolute(site, path))) for path in paths}
    links = ""
    if len(group.pages) > 1:
        named = [(page.tag, page.path) for page, _ in group.pages]
        named += [("x-default", group.default)] if group.default else []
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{addresses[path]}"/>'
            for tag, path in named
        )
    for page, when in group.pages:
        changed = f"<lastmod>{when}</lastmod>" if when else ""
        yield f"<url><loc>{addresses[page.path]}</loc>{changed}{links}</url>\n"


def _moment(when: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment(when))
