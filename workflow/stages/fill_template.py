"""A template of the theme and what it is to show → page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from posixpath import dirname
from typing import Any

from markupsafe import Markup

from workflow.dates import write_date
from workflow.languages import language
from workflow.model import Alternate, Page, Site
from workflow.stages.addresses import absolute, atom_path, json_feed_path, relative
from workflow.stages.template_error import FAULTS, template_error
from workflow.theme import Theme, words


def fill_template(
    template: str,
    theme: Theme,
    site: Site,
    *,
    tag: str,
    path: str,
    alternates: Sequence[Alternate],
    image_origins: Sequence[str] = (),
    properties: Sequence[tuple[str, str]] = (),
    **values: Any,
) -> Page:
    """The page that ``template`` makes; ``values`` are what it has besides what all pages have.

    ``properties`` are (property, content) pairs of Open Graph. Raises `TemplateError`.
    """
    try:
        content = theme.environment.get_template(template).render(
            site=site,
            tag=tag,
            direction=language(tag).direction,
            path=path,
            alternates=tuple(alternates),
            image_origins=image_origins,
            properties=properties,
            feeds=(atom_path(tag), json_feed_path(tag)) if tag in site.feeds else (),
            **_functions(theme, site, tag=tag, path=path),
            **values,
        )
    except FAULTS as fault:
        raise template_error(fault, template) from None
    return Page(path=path, content=content)


@lru_cache(maxsize=10_000)
def _date(date: dt.date, tag: str, pattern: str) -> Markup:
    words = write_date(date, language(tag), pattern)
    return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), words)


def _functions(theme: Theme, site: Site, *, tag: str, path: str) -> dict[str, Any]:
    """What a template can call."""
    here = dirname(path)

    def link(target: str) -> str:
        """From this page to another, so that the site works from any folder."""
        return relative(target, here)

    def address(target: str) -> str:
        """On the web, where the site has an address; else from this page."""
        return absolute(site, target) if site.url else link(target)

    def day(date: dt.date) -> Markup:
        return _date(date, tag, theme.dates[tag])

    return {
        "link": link,
        "address": address,
        "absolute": address,
        "day": day,
        **words(theme.strings[tag]),
    }
