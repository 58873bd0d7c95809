"""Releases → the feeds of a language: Atom (RFC 4287) and JSON Feed 1.1, whole texts in both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from workflow.model import Moments, Page, Release, Site
from workflow.stages.addresses import absolute, atom_path, index_path, json_feed_path
from workflow.stages.assemble import own_summary
from workflow.stages.body import body
from workflow.stages.notes import Note
from workflow.stages.xml_text import xml_text

LONGEST = 30
"""Entries of a feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A release in a feed."""

    id: str
    """A ``tag:`` URI; it never changes."""
    path: str
    moments: Moments
    release: Release
    section: str
    """The section in the language of the feed."""
    notes: tuple[Note, ...] = ()
    """What readers are told of corrections, or of its withdrawal."""

    @property
    def title(self) -> str:
        """Its headline; of a withdrawn release, that it is one."""
        return self.release.title or next((note.label for note in self.notes), "")


def atom(tag: str, items: Sequence[Item], site: Site, *, name: str, id: str) -> Page:
    """The Atom feed of a language; ``items`` are the newest, newest first, and at least one.

    ``name`` is the site's in that language; ``id`` is a ``tag:`` URI that never changes.
    """
    path = atom_path(tag)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(tag)}">',
        f"<id>{xml_text(id)}</id>",
        f"<title>{xml_text(name)}</title>",
        f"<updated>{max(_updated(item) for item in items)}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{xml_text(absolute(site, path))}"/>',
        '<link rel="alternate" type="text/html" '
        f'hreflang="{escape(tag)}" href="{xml_text(absolute(site, index_path(tag)))}"/>',
        f"<author><name>{xml_text(name)}</name></author>",
        *(_entry(item, site) for item in items),
        "</feed>\n",
    ]
    return Page(path=path, content="\n".join(parts))


def json_feed(tag: str, items: Sequence[Item], site: Site, *, name: str) -> Page:
    """The JSON feed of a language, of the same items."""
    path = json_feed_path(tag)
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": name,
        "home_page_url": absolute(site, index_path(tag)),
        "feed_url": absolute(site, path),
        "language": tag,
        "authors": [{"name": name}],
        "items": [
            {
                key: value
                for key, value in {
                    "id": item.id,
                    "url": absolute(site, item.path),
                    "title": item.title,
                    "content_html": _content(item),
                    "summary": own_summary(item.release),
                    "date_published": moment(item.moments.published),
                    "date_modified": _updated(item),
                    "tags": [item.section] if item.section else [],
                    "language": tag,
                }.items()
                if value or key == "content_html"
            }
            for item in items
        ],
    }
    return Page(path=path, content=json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def moment(when: str) -> str:
    """A day or a moment as RFC 3339 wants it: a day begins at midnight UTC."""
    return when if "T" in when else f"{when}T00:00:00Z"


def _entry(item: Item, site: Site) -> str:
    release = item.release
    summary = own_summary(release)
    parts = [
        "<entry>",
        f"<id>{xml_text(item.id)}</id>",
        f"<title>{xml_text(item.title)}</title>",
        '<link rel="alternate" type="text/html" '
        f'hreflang="{escape(release.language)}" href="{xml_text(absolute(site, item.path))}"/>',
        f"<published>{moment(item.moments.published)}</published>",
        f"<updated>{_updated(item)}</updated>",
        f'<category term="{xml_text(release.section)}" label="{xml_text(item.section)}"/>'
        if release.section
        else "",
        f"<summary>{xml_text(summary)}</summary>" if summary else "",
        f'<content type="html">{xml_text(_content(item))}</content>',
        "</entry>",
    ]
    return "\n".join(part for part in parts if part)


def _content(item: Item) -> str:
    release = item.release
    text = body(release, source_language=release.original or release.language)
    return str(Markup("").join([*map(_said, item.notes), text]))


def _said(note: Note) -> Markup:
    day = f" ({note.day})" if note.day else ""
    return Markup("<p><strong>{}</strong>{}: {}</p>\n").format(note.label, day, note.text)


def _updated(item: Item) -> str:
    return moment(item.moments.updated or item.moments.published)
