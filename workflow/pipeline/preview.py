"""``workflow serve``: one page of a draft, made of the files as they are this very moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from workflow.errors import SettingsError, SourceError, TemplateError, WorkflowError
from workflow.languages import language
from workflow.model import Alternate, Catalog, Issue, Page, Release, Segment
from workflow.pipeline.checking import Checking
from workflow.pipeline.judge import is_embargoed
from workflow.pipeline.newsroom import list_sources, load, secret
from workflow.pipeline.plans import site_of
from workflow.pipeline.preview_list import EMBARGOED, Wanted, listed, preview_list
from workflow.pipeline.watching import mark_of, watched
from workflow.stages.addresses import page_path
from workflow.stages.assemble import assemble, tombstone
from workflow.stages.check_source import is_copy
from workflow.stages.desk import Desk, desk
from workflow.stages.inline import picture_origins
from workflow.stages.overlay import Scene, cards, overlay
from workflow.stages.render import render_release
from workflow.stages.segment import WITHDRAWAL, segment
from workflow.stores.catalogs import catalog_path, read_catalog
from workflow.stores.decisions import read_waivers
from workflow.stores.project import Project, open_project
from workflow.stores.templates import read_own_theme, read_theme

EDITORS = {"none": "", "vscode": "vscode://file"}
"""What stands before an absolute path, by editor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page of a preview."""

    content: str
    is_whole: bool = True
    """It is what was asked for; else it says why not."""
    origins: tuple[str, ...] = ()
    """The hosts that its pictures may come from."""


def preview(root: Path, wanted: Wanted, *, now: dt.datetime, editor: str = "none") -> Shown:
    """The list or the release that is ``wanted``. Raises nothing: what is wrong is the page."""
    seen = mark_of(root, watched(root, wanted))  # before reading: a later change is seen
    try:
        project = open_project(root)
        if wanted.tag not in project.settings.languages:
            raise SettingsError(
                f"“{wanted.tag}” is not a language of this newsroom", path="workflow.toml"
            )
        if not wanted.slug:
            view = preview_list(project, wanted, seen=seen, now=now)
            return Shown(content=desk(view, read_own_theme("preview", wanted.tag)))
        return _release(project, wanted, seen=seen, now=now, editor=editor)
    except WorkflowError as fault:
        return _fault(fault, wanted, seen)


def _release(
    project: Project, wanted: Wanted, *, seen: str, now: dt.datetime, editor: str
) -> Shown:
    sources = list_sources(project)
    path = sources.files.get(wanted.slug)
    if path is None:
        doubled = (f for f in sources.faults if wanted.slug in f.what)
        raise next(doubled, SourceError(f"no release “{wanted.slug}”", path="sources"))
    release = load(project, path)
    if is_embargoed(release, now):
        view = _said(wanted, seen, notice=EMBARGOED, until=release.embargo, place=release.path)
        return Shown(content=view, is_whole=False)
    segments = segment(release, paragraphs=project.settings.unit == "paragraph")
    if release.withdrawn is not None:
        segments = tuple(one for one in segments if one.block == WITHDRAWAL)
    own = catalog_path(wanted.tag, wanted.slug)
    catalog = read_catalog(project.root, wanted.tag, wanted.slug)
    known = catalog or Catalog(slug=wanted.slug, language=wanted.tag, path=own)
    found = _issues(project, release, known) if catalog else ()
    keys = {one.key for one in segments}
    why = secret(release)
    scene = Scene(
        tag=wanted.tag,
        source_language=release.language,
        seen=seen,
        why_secret=why,
        editor=EDITORS[editor] and f"{EDITORS[editor]}{project.root.resolve().as_posix()}/",
        issues=() if release.withdrawn else _of_no_unit(found, keys),
    )
    shown = _assembled(release, segments, known)
    page = _rendered(project, shown)
    theme = read_own_theme("preview", wanted.tag)
    return Shown(
        content=overlay(page, cards(segments, known, found, path=own), scene, theme),
        origins=() if why else picture_origins(shown),  # asking for one tells of the text
    )


def _of_no_unit(found: Sequence[Issue], keys: Collection[str]) -> tuple[Issue, ...]:
    return tuple(issue for issue in found if issue.key not in keys)


def _assembled(release: Release, segments: Sequence[Segment], catalog: Catalog) -> Release:
    if release.withdrawn is not None:
        return tombstone(release, segments, catalog)
    return assemble(release, segments, catalog, draft=True, units=True)


def _issues(project: Project, release: Release, catalog: Catalog) -> tuple[Issue, ...]:
    """Those of the words that the page shows."""
    checking = Checking(project)
    waivers = read_waivers(project.root, catalog.language, catalog.slug)
    if release.language != catalog.language:
        return checking.target(catalog, release.language, waivers).issues
    mended = {unit.key for unit in catalog.units if not is_copy(unit)}
    written = checking.written(release, []).issues  # its decisions were just read
    found = checking.mended(catalog, waivers).issues
    return (*(issue for issue in written if issue.key not in mended), *found)


def _rendered(project: Project, release: Release) -> Page:
    tags = project.settings.languages
    places = {tag: page_path(tag, release.date, release.slug) for tag in tags}
    return render_release(
        release,
        read_theme(project.root, project.settings),
        site_of(project.settings, draft=True),
        path=places[release.language],
        alternates=[
            Alternate(tag=tag, autonym=language(tag).autonym, path=path)
            for tag, path in places.items()
        ],
        source_language=release.original,
    )


def _fault(fault: WorkflowError, wanted: Wanted, seen: str) -> Shown:
    if isinstance(fault, TemplateError) and fault.hint:
        # What publish says of the site is not true here.
        fault = TemplateError(fault.what, path=fault.path, line=fault.line)
    return Shown(content=_said(wanted, seen, faults=(str(fault),)), is_whole=False)


def _said(
    wanted: Wanted,
    seen: str,
    *,
    notice: str = "This cannot be shown.",
    until: str = "",
    place: str = "",
    faults: tuple[str, ...] = (),
) -> str:
    tag = wanted.tag if listed(wanted.tag) else "en"
    view = Desk(
        tag=tag,
        newsroom="",
        tags=(),
        seen=seen,
        is_list=False,
        notice=notice,
        until=until,
        place=place,
        faults=faults,
    )
    return desk(view, read_own_theme("preview", tag))
