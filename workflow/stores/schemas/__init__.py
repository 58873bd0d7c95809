"""The schemas that feeds and sitemaps are valid against: the parts of them that the site uses.

``atom.rng`` is of RFC 4287, ``sitemap.rng`` of sitemaps.org 0.9 with Google's extensions for
translations and news.
"""

from __future__ import annotations

import functools
from importlib import resources

from lxml import etree


@functools.cache
def read_schemas() -> dict[str, etree.RelaxNG]:
    """Schema by the name of the root that it is for."""
    atom, sitemap = (_read(name) for name in ("atom", "sitemap"))
    return {"feed": atom, "urlset": sitemap, "sitemapindex": sitemap}


def _read(name: str) -> etree.RelaxNG:
    data = (resources.files(__name__) / f"{name}.rng").read_bytes()
    return etree.RelaxNG(etree.fromstring(data))
