"""Release → page. Pure: the theme was read before, and nothing but its templates decides looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from workflow.model import (
    Alternate,
    Door,
    Entry,
    Listing,
    Moments,
    Page,
    Release,
    Site,
    Style,
    Text,
)
from workflow.stages.addresses import ROOT, index_path, search_path, section_path
from workflow.stages.assemble import is_left, own_summary, passages_in
from workflow.stages.body import body
from workflow.stages.fill_template import fill_template
from workflow.stages.inline import inline, picture_origins
from workflow.stages.list_title import list_title
from workflow.stages.notes import notes
from workflow.stages.segment import SUMMARY, TITLE
from workflow.stages.structured import news_article, open_graph
from workflow.stages.typeset import set_words, typeset
from workflow.theme import Theme


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

    Of a withdrawn release it is the notice. ``canonical`` is another page that this one mostly
    repeats: the source's, where little is translated. Such a page is no translation, and tells
    no robot that it is one.
    """
    release = typeset(release, site.style, source_language=source_language)
    tag = release.language
    gettext = theme.strings[tag].gettext
    if release.withdrawn is not None:
        return _notice(release, theme, site, path=path, alternates=alternates)
    translations = () if canonical else tuple(alternates)
    return fill_template(
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
        title=_line(release, TITLE, release.title, source_language),
        summary=_line(release, SUMMARY, release.summary, source_language),
        notes=notes(release, theme),
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
    return fill_template(
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


def render_search(tag: str, years: Sequence[Door], theme: Theme, site: Site) -> Page:
    """The page that searches the releases of a language, ``years`` its archive."""
    pages = tuple(
        Alternate(tag=other, autonym=autonym, path=search_path(other))
        for other, autonym in site.languages
        if other in site.searches
    )
    return fill_template(
        "search.html",
        theme,
        site,
        tag=tag,
        path=search_path(tag),
        alternates=pages,
        translations=pages,
        canonical=search_path(tag),
        default_path=_of(site.source_language, pages),
        years=years,
        parts=[door.name for door in years],
    )


def render_root(theme: Theme, site: Site) -> Page:
    """The page at the root, where a reader picks a language."""
    names = {tag: escape(theme.strings[tag].gettext(site.name)) for tag, _ in site.languages}
    indexes = tuple(
        Alternate(tag=tag, autonym=autonym, path=index_path(tag)) for tag, autonym in site.languages
    )
    return fill_template(
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
    return fill_template(
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


def _notice(
    release: Release, theme: Theme, site: Site, *, path: str, alternates: Sequence[Alternate]
) -> Page:
    """What stands where a withdrawn release was; no machine is told of it."""
    return fill_template(
        "withdrawn.html",
        theme,
        site,
        tag=release.language,
        path=path,
        alternates=alternates,
        translations=(),
        canonical=path,
        default_path="",
        notice=notes(release, theme)[0],
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


def _line(release: Release, block: int, plain: str, source_language: str) -> Markup:
    return inline(Text(plain), passages_in(release, block), language=source_language)
