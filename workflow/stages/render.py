"""Release → page. Pure: the theme was read before, and nothing but its templates decides looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import basename, dirname, relpath
from typing import Any

import jinja2
from babel.dates import format_date
from markupsafe import Markup

from workflow.errors import TemplateError
from workflow.languages import language
from workflow.model import Page, Release
from workflow.stages.body import body
from workflow.stages.segment import SUMMARY, TITLE
from workflow.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """A language that a page exists in."""

    tag: str
    autonym: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A release in the list of a language."""

    slug: str
    title: str
    summary: str
    section: str
    date: dt.date | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every page knows."""

    name: str
    url: str
    """Absolute address without a final ``/``; empty when the house has named none."""
    languages: tuple[tuple[str, str], ...]
    """(tag, autonym) in the order readers see."""
    draft: bool
    source_language: str


def page_path(tag: str, date: dt.date | None, slug: str) -> str:
    """Where a release is in the site, from its root."""
    year = f"{date.year:04}" if date else "undated"
    return f"{tag}/news/{year}/{slug}/index.html"


def index_path(tag: str) -> str:
    """Where the list of a language is."""
    return f"{tag}/index.html"


def render_release(
    release: Release,
    theme: Theme,
    site: Site,
    *,
    path: str,
    alternates: Sequence[Alternate],
    source_language: str,
) -> Page:
    """The page of ``release``; ``alternates`` are all its languages, its own among them."""
    return _render(
        "release.html",
        theme,
        site,
        tag=release.language,
        path=path,
        alternates=alternates,
        release=release,
        body=body(release, source_language=source_language),
        title_lang=source_language if TITLE in release.untranslated else "",
        summary_lang=source_language if SUMMARY in release.untranslated else "",
        original=source_language,
    )


def render_index(tag: str, entries: Sequence[Entry], theme: Theme, site: Site) -> Page:
    """The list of a language's releases."""
    alternates = tuple(
        Alternate(tag=other, autonym=autonym, path=index_path(other))
        for other, autonym in site.languages
    )
    return _render(
        "index.html",
        theme,
        site,
        tag=tag,
        path=index_path(tag),
        alternates=alternates,
        entries=tuple(entries),
    )


def render_root(theme: Theme, site: Site) -> Page:
    """The page at the root, where a reader picks a language."""
    alternates = tuple(
        Alternate(tag=tag, autonym=autonym, path=index_path(tag)) for tag, autonym in site.languages
    )
    return _render(
        "root.html",
        theme,
        site,
        tag=site.source_language,
        path="index.html",
        alternates=alternates,
    )


def _render(template: str, theme: Theme, site: Site, *, tag: str, path: str, **values: Any) -> Page:
    strings = theme.strings[tag]
    here = dirname(path) or "."

    def link(target: str) -> str:
        """From this page to another, so that the site works from any folder."""
        return relpath(target, here)

    def day(date: dt.date) -> Markup:
        words = _date(date, tag, theme.dates[tag])
        return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), words)

    try:
        content = theme.environment.get_template(template).render(
            site=site,
            tag=tag,
            direction=language(tag).direction,
            path=path,
            link=link,
            day=day,
            absolute=lambda target: f"{site.url}/{target.removesuffix('index.html')}",
            _=strings.gettext,
            gettext=strings.gettext,
            ngettext=strings.ngettext,
            **values,
        )
    except jinja2.TemplateError as fault:
        raise template_error(fault, template) from None
    return Page(path=path, content=content)


def _date(date: dt.date, tag: str, pattern: str) -> str:
    """The date in words; the month in the form that the language's own pattern wants."""
    rules = language(tag)
    if rules.months and pattern == rules.date_pattern:
        pattern = pattern.replace("MMMM", f"'{rules.months[date.month - 1]}'")
    return format_date(date, pattern, locale=tag.replace("-", "_"))


def template_error(fault: jinja2.TemplateError, template: str) -> TemplateError:
    """One line for what jinja2 found: the template, the line, what is wrong."""
    name, line = template, None
    if isinstance(fault, jinja2.TemplateSyntaxError):
        name, line = fault.name or template, fault.lineno
    else:
        trace = fault.__traceback__
        while trace is not None:
            file = basename(trace.tb_frame.f_code.co_filename)
            if file.endswith(".html"):  # jinja2 puts the template's own lines into the traceback
                name = file
                line = trace.tb_lineno
            trace = trace.tb_next
    return TemplateError(
        str(fault.message or type(fault).__name__),
        path=f"templates/{name}",
        line=line,
        hint="mend the template; the site was not changed",
    )
