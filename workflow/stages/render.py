"""Release → page. Pure: the theme was read before, and nothing but its templates decides looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from posixpath import dirname, relpath
from typing import Any

from markupsafe import Markup, escape

from workflow.dates import write_date
from workflow.languages import language
from workflow.model import Alternate, Entry, Listing, Moments, Page, Release, Site, Style, Text
from workflow.stages.addresses import (
    ROOT,
    absolute,
    atom_path,
    index_path,
    json_feed_path,
    section_path,
)
from workflow.stages.assemble import is_left, own_summary, passages_in
from workflow.stages.body import body
from workflow.stages.inline import inline, picture_origins
from workflow.stages.list_title import list_title
from workflow.stages.segment import SUMMARY, TITLE
from workflow.stages.structured import news_article, open_graph
from workflow.stages.template_error import FAULTS, template_error
from workflow.stages.typeset import set_words, typeset
from workflow.theme import Theme, words


def render_release(
    release: Release,
    theme: Theme,
    site: Site,
    *,
    path: str,
    alternates: Sequence[Alternate],
    source_language: str,
    moments: Moments | None = None,
    canonical: str = "",
) -> Page:
    """The page of ``release``; ``alternates`` are all its languages, its own among them.

    ``canonical`` is another page that this one mostly repeats: the source's, where little is
    translated. Such a page is no translation, and tells no robot that it is one.
    """
    release = typeset(release, site.style, source_language=source_language)
    tag = release.language
    gettext = theme.strings[tag].gettext
    translations = () if canonical else tuple(alternates)
    return _render(
        "release.html",
        theme,
        site,
        tag=tag,
        path=path,
        alternates=alternates,
        translations=translations,
        canonical=canonical or path,
        default_path=_of(source_language, translations),
        image_origins=picture_origins(release),
        release=release,
        body=body(release, source_language=source_language, table_label=gettext("Table")),
        title_lang=source_language if TITLE in release.untranslated else "",
        summary_lang=source_language if is_left(release, SUMMARY) else "",
        summary=_summary(release, source_language),
        section_path=release.section and section_path(tag, release.section, site.source_language),
        updated=_day(moments.updated) if moments and moments.updated else None,
        **_for_machines(
            release,
            _named(site, theme, tag),
            path=path,
            translations=translations,
            moments=moments,
            section=gettext(release.section) if release.section else "",
            language_shown=source_language if canonical else tag,
        ),
    )


def render_list(listing: Listing, theme: Theme, site: Site) -> Page:
    """A page of a list. An older page is the same in no other language, and claims none."""
    translations = () if listing.number else listing.alternates
    is_index = listing.head == index_path(listing.tag)
    title = list_title(listing, theme)
    return _render(
        "index.html",
        theme,
        site,
        tag=listing.tag,
        path=listing.path,
        alternates=listing.alternates,
        translations=translations,
        canonical=listing.path,
        default_path=ROOT if is_index and translations else _of(site.source_language, translations),
        properties=open_graph(
            _named(site, theme, listing.tag),
            kind="website",
            title=title,
            tag=listing.tag,
            path=listing.path,
            translations=translations,
        ),
        entries=tuple(_set_entry(entry, listing.tag, site.style) for entry in listing.entries),
        listing=listing,
        heading=title,
    )


def render_root(theme: Theme, site: Site) -> Page:
    """The page at the root, where a reader picks a language."""
    names = {tag: escape(theme.strings[tag].gettext(site.name)) for tag, _ in site.languages}
    indexes = tuple(
        Alternate(tag=tag, autonym=autonym, path=index_path(tag)) for tag, autonym in site.languages
    )
    return _render(
        "root.html",
        theme,
        site,
        tag=site.source_language,
        path=ROOT,
        alternates=indexes,
        translations=indexes,
        canonical=ROOT,
        default_path=ROOT,
        names=names,
    )


def render_redirect(path: str, tag: str, target: str, theme: Theme, site: Site) -> Page:
    """What stands at ``path`` since the release there is at ``target``."""
    return _render(
        "redirect.html",
        theme,
        site,
        tag=tag,
        path=path,
        alternates=(),
        translations=(),
        canonical=target,
        default_path="",
        target=target,
    )


def _for_machines(
    release: Release, site: Site, *, moments: Moments | None, language_shown: str, **about: Any
) -> dict[str, Any]:
    """The data block and the properties; none for a release that is not dated by `Moments`."""
    if moments is None:
        return {"data": Markup("")}
    return {
        "data": news_article(
            release, site, moments=moments, language_shown=language_shown, **about
        ),
        "properties": open_graph(
            site,
            kind="article",
            title=release.title,
            tag=release.language,
            description=own_summary(release),
            moments=moments,
            **about,
        ),
    }


def _set_entry(entry: Entry, tag: str, style: Style) -> Entry:
    title, summary = (set_words(text, tag, style) for text in (entry.title, entry.summary))
    return replace(entry, title=title, summary=summary)


def _day(moment: str) -> dt.date:
    return dt.datetime.fromisoformat(moment).date()


def _named(site: Site, theme: Theme, tag: str) -> Site:
    """The site under its name in that language."""
    return replace(site, name=theme.strings[tag].gettext(site.name))


def _of(tag: str, pages: Sequence[Alternate]) -> str:
    return next((page.path for page in pages if page.tag == tag), "")


def _summary(release: Release, source_language: str) -> Markup:
    places = passages_in(release, SUMMARY)
    return inline(Text(release.summary), places, language=source_language)


def _render(
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


def _functions(theme: Theme, site: Site, *, tag: str, path: str) -> dict[str, Any]:
    """What a template can call."""
    here = dirname(path) or "."

    def link(target: str) -> str:
        """From this page to another, so that the site works from any folder."""
        return relpath(target, here)

    def address(target: str) -> str:
        """On the web, where the site has an address; else from this page."""
        return absolute(site, target) if site.url else link(target)

    def day(date: dt.date) -> Markup:
        words = write_date(date, language(tag), theme.dates[tag])
        return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), words)

    return {
        "link": link,
        "address": address,
        "absolute": address,
        "day": day,
        **words(theme.strings[tag]),
    }
