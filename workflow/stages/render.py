"""Release → page. Pure: the theme was read before, and nothing but its templates decides looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import dirname, relpath
from types import TracebackType
from typing import Any

import jinja2
from markupsafe import Markup, escape

from workflow.dates import write_date
from workflow.errors import TemplateError
from workflow.languages import language
from workflow.model import Page, Release
from workflow.stages.body import body, picture_origins
from workflow.stages.segment import SUMMARY, TITLE
from workflow.theme import Theme, words

_FAULTS = (
    *(jinja2.TemplateError, ArithmeticError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)
"""What a template's own doing can raise; the values it is given raise nothing."""

_ROOT = "index.html"


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
    label = theme.strings[release.language].gettext("Table")
    written = [other.path for other in alternates if other.tag == source_language]
    return _render(
        "release.html",
        theme,
        site,
        tag=release.language,
        path=path,
        alternates=alternates,
        default_path="".join(written[:1]),
        image_origins=picture_origins(release),
        release=release,
        body=body(release, source_language=source_language, table_label=label),
        title_lang=source_language if TITLE in release.untranslated else "",
        summary_lang=source_language if SUMMARY in release.untranslated else "",
    )


def render_index(tag: str, entries: Sequence[Entry], theme: Theme, site: Site) -> Page:
    """The list of a language's releases, in the order given."""
    return _render(
        "index.html",
        theme,
        site,
        tag=tag,
        path=index_path(tag),
        alternates=_indexes(site),
        default_path=_ROOT,
        entries=tuple(entries),
    )


def render_root(theme: Theme, site: Site) -> Page:
    """The page at the root, where a reader picks a language."""
    names = {tag: escape(theme.strings[tag].gettext(site.name)) for tag, _ in site.languages}
    return _render(
        "root.html",
        theme,
        site,
        tag=site.source_language,
        path=_ROOT,
        alternates=_indexes(site),
        default_path=_ROOT,
        names=names,
    )


def _indexes(site: Site) -> tuple[Alternate, ...]:
    return tuple(
        Alternate(tag=tag, autonym=autonym, path=index_path(tag)) for tag, autonym in site.languages
    )


def _render(
    template: str,
    theme: Theme,
    site: Site,
    *,
    tag: str,
    path: str,
    alternates: Sequence[Alternate],
    image_origins: Sequence[str] = (),
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
            **_functions(theme, site, tag=tag, path=path),
            **values,
        )
    except _FAULTS as fault:
        raise template_error(fault, template) from None
    return Page(path=path, content=content)


def _functions(theme: Theme, site: Site, *, tag: str, path: str) -> dict[str, Any]:
    """What a template can call."""
    here = dirname(path) or "."

    def link(target: str) -> str:
        """From this page to another, so that the site works from any folder."""
        return relpath(target, here)

    def absolute(target: str) -> str:
        return f"{site.url}/{target.removesuffix('index.html')}"

    def day(date: dt.date) -> Markup:
        words = write_date(date, language(tag), theme.dates[tag])
        return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), words)

    return {"link": link, "absolute": absolute, "day": day, **words(theme.strings[tag])}


def template_error(fault: BaseException, template: str) -> TemplateError:
    """One line for what jinja2 found: the template, the line, what is wrong."""
    name, line = _place(fault.__traceback__, template)
    what = getattr(fault, "message", None) or str(fault) or type(fault).__name__
    if isinstance(fault, jinja2.TemplateSyntaxError):
        name, line = fault.name or template, fault.lineno
    elif isinstance(fault, jinja2.TemplateNotFound):
        what = f"there is no template “{fault.name}”"
    return TemplateError(
        what,
        path=f"templates/{name}",
        line=line,
        hint="mend the template; the site was not changed",
    )


def _place(trace: TracebackType | None, template: str) -> tuple[str, int | None]:
    """The deepest line of a template; jinja2 puts the template's own lines into the traceback."""
    name, line = template, None
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".html"):
            name, line = file.rpartition("/templates/")[2], trace.tb_lineno
        trace = trace.tb_next
    return name, line
