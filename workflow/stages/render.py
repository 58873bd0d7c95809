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
from workflow.model import Alternate, Listing, Moments, Page, Release, Site, Text
from workflow.stages.addresses import (
    ROOT,
    absolute,
    atom_path,
    index_path,
    json_feed_path,
    section_path,
)
from workflow.stages.body import body
from workflow.stages.inline import inline, picture_origins
from workflow.stages.segment import SUMMARY, TITLE
from workflow.stages.structured import news_article, open_graph
from workflow.stages.template_error import FAULTS, template_error
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
    tag = release.language
    strings = theme.strings[tag]
    gettext = strings.gettext
    section = gettext(release.section) if release.section else ""
    translations = () if canonical else tuple(alternates)
    named = _named(site, theme, tag)
    about: dict[str, Any] = {"path": path, "translations": translations, "section": section}
    data = Markup("")
    properties: tuple[tuple[str, str], ...] = ()
    if moments is not None:
        shown = source_language if canonical else ""
        data = news_article(release, named, moments=moments, language_shown=shown, **about)
        properties = open_graph(
            named,
            kind="article",
            title=release.title,
            tag=tag,
            description="" if SUMMARY in release.untranslated else release.summary,
            moments=moments,
            **about,
        )
    in_section = release.section and section_path(tag, release.section, site.source_language)
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
        properties=properties,
        data=data,
        release=release,
        body=body(release, source_language=source_language, table_label=gettext("Table")),
        title_lang=source_language if TITLE in release.untranslated else "",
        summary_lang=source_language if _is_whole(release, SUMMARY) else "",
        summary=_summary(release, source_language),
        section_path=in_section,
        updated=dt.datetime.fromisoformat(moments.updated).date()
        if moments and moments.updated
        else None,
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
        entries=listing.entries,
        listing=listing,
        heading=title,
    )


def list_title(listing: Listing, theme: Theme) -> str:
    """What a list is called, in its language."""
    gettext = theme.strings[listing.tag].gettext
    if listing.section:
        words = gettext(listing.section)
        return words[:1].upper() + words[1:]
    if listing.year.isdigit():
        return gettext("Releases of %(year)s").replace("%(year)s", listing.year)
    return gettext("Undated releases") if listing.year else gettext("Releases")


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


def _named(site: Site, theme: Theme, tag: str) -> Site:
    """The site under its name in that language."""
    return replace(site, name=theme.strings[tag].gettext(site.name))


def _of(tag: str, pages: Sequence[Alternate]) -> str:
    return next((page.path for page in pages if page.tag == tag), "")


def _is_whole(release: Release, block: int) -> bool:
    return block in release.untranslated and all(p.block != block for p in release.passages)


def _summary(release: Release, source_language: str) -> Markup:
    places = [passage for passage in release.passages if passage.block == SUMMARY]
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
