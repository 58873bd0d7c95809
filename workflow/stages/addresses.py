"""Where everything is in the site. Paths are files, from the site's root, with ``/``."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from posixpath import dirname, relpath
from urllib.parse import urlsplit

from workflow.model import Site
from workflow.slugs import slug_of

ROOT = "index.html"
SITEMAP = "sitemap.xml"
NEWS_SITEMAP = "news-sitemap.xml"
ROBOTS = "robots.txt"
SEARCH_SCRIPT = "search.js"
UNDATED = "undated"

_NOT_PLAIN = re.compile(r"/\.{0,2}/")
"""Steps that a path is rid of before it is compared with another."""


def page_path(tag: str, date: dt.date | None, slug: str, *, year: str = "") -> str:
    """Where a release is: in the year of its date, or in ``year``, where it has been before."""
    place = year or (f"{date.year:04}" if date else UNDATED)
    return f"{tag}/news/{place}/{slug}/index.html"


def year_of(path: str) -> str:
    """The year in the address of a release."""
    return path.split("/")[2]


def slug_in(path: str) -> str:
    """The slug in the address of a release."""
    return path.split("/")[3]


def index_path(tag: str) -> str:
    """The list of all releases of a language."""
    return f"{tag}/index.html"


@lru_cache(maxsize=1024)
def section_path(tag: str, section: str, language: str) -> str:
    """The list of a section; ``language`` is the one that the section is named in."""
    return f"{tag}/{slug_of(section, language)}/index.html"


def year_path(tag: str, year: str) -> str:
    """The list of a year."""
    return f"{tag}/news/{year}/index.html"


def older_path(head: str, number: int) -> str:
    """The older page ``number`` of the list that begins at ``head``."""
    return f"{dirname(head)}/page/{number}/index.html"


def search_path(tag: str) -> str:
    """The page that searches a language."""
    return f"{tag}/search/index.html"


def search_part(tag: str, year: str) -> str:
    """The folder with the search index of a year."""
    return f"{tag}/search/{year}"


def atom_path(tag: str) -> str:
    """The Atom feed of a language."""
    return f"{tag}/feed.xml"


def json_feed_path(tag: str) -> str:
    """The JSON feed of a language."""
    return f"{tag}/feed.json"


def absolute(site: Site, path: str) -> str:
    """The address of ``path`` on the web: that of a folder, where it is the folder's index."""
    return f"{site.url}/{path.removesuffix('index.html')}"


def relative(path: str, folder: str) -> str:
    """``path`` as it is called in ``folder``, which is empty at the root of the site."""
    if _NOT_PLAIN.search(f"/{path}/"):
        return relpath(path, folder or ".")
    here, there = folder.split("/") if folder else [], path.split("/")
    shared = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:]) or "."


def permanent_id(url: str, path: str, since: str) -> str:
    """A ``tag:`` URI (RFC 4151) for the page at ``path``, published on the day or at ``since``.

    Whatever becomes of the address later, this is kept.
    """
    parts = urlsplit(url)
    place = f"{parts.path}/{path}".strip("/").removesuffix("/index.html")
    return f"tag:{parts.hostname},{since[:10]}:{place}"
