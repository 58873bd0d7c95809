"""The list of a preview: what was changed last comes first, and only what is shown is read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from workflow.errors import WorkflowError
from workflow.languages import known_tags
from workflow.model import State
from workflow.pipeline.judge import is_embargoed
from workflow.pipeline.newsroom import list_sources, load
from workflow.stages.addresses import index_path, page_path
from workflow.stages.desk import Desk, Row
from workflow.stores.catalogs import catalog_path, read_catalog
from workflow.stores.files import seen as file_seen
from workflow.stores.project import Project

PER_PAGE = 40
EMBARGOED = "Under embargo: nothing of it is shown before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader asks for: a release in a language, or a page of the list of a language."""

    tag: str
    slug: str = ""
    """Empty: the list."""
    query: str = ""
    """Part of the name of the files that are listed."""
    page: int = 1


def listed(tag: str) -> bool:
    """Whether there are words for a list in that language."""
    return tag in known_tags()


def preview_list(project: Project, wanted: Wanted, *, seen: str, now: dt.datetime) -> Desk:
    """The releases on one page of the list."""
    sources = list_sources(project)
    files = newest(project.root, wanted, tuple(sources.files.values()))
    start = (wanted.page - 1) * PER_PAGE
    return Desk(
        tag=wanted.tag,
        newsroom=project.settings.name,
        tags=project.settings.languages,
        seen=seen,
        rows=tuple(_row(project, path, wanted.tag, now) for path in on_page(files, wanted)),
        found=len(files),
        query=wanted.query,
        before=_address(wanted, wanted.page - 1) if start else "",
        after=_address(wanted, wanted.page + 1) if start + PER_PAGE < len(files) else "",
        faults=tuple(map(str, sources.faults)),
    )


def newest(root: Path, wanted: Wanted, files: tuple[Path, ...]) -> tuple[Path, ...]:
    """The sources whose names have the query in them, those changed last, or translated, first."""
    found = [path for path in files if wanted.query.lower() in path.stem]
    changed = {path: _changed(root, path, wanted.tag) for path in found}
    return tuple(sorted(found, key=lambda path: (-changed[path], path.name)))


def on_page(files: tuple[Path, ...], wanted: Wanted) -> tuple[Path, ...]:
    """Those that the page has."""
    return files[(wanted.page - 1) * PER_PAGE : wanted.page * PER_PAGE]


def _changed(root: Path, path: Path, tag: str) -> int:
    catalog = f"{root}/{catalog_path(tag, path.stem)}"
    return max(file_seen(str(path))[1], file_seen(catalog)[1])


def _row(project: Project, path: Path, tag: str, now: dt.datetime) -> Row:
    slug = path.stem
    href = f"/{page_path(tag, None, slug)}"
    try:
        release = load(project, path)
        if is_embargoed(release, now):
            return Row(slug=slug, href=href, note=EMBARGOED, until=release.embargo)
        catalog = read_catalog(project.root, tag, slug)
    except WorkflowError as fault:
        return Row(slug=slug, href=href, fault=str(fault))
    states = Counter(unit.state for unit in catalog.units) if catalog else Counter[State]()
    return Row(
        slug=slug,
        title=release.title,
        lang=release.language,
        href=f"/{page_path(tag, release.date, slug)}",
        accepted=states[State.REVIEWED],
        fuzzy=states[State.TRANSLATED],
        empty=states[State.INITIAL],
        note="" if catalog else "no catalogue yet: workflow sync",
    )


def _address(wanted: Wanted, page: int) -> str:
    asked = {"q": wanted.query} if wanted.query else {}
    return f"/{index_path(wanted.tag)}?{urlencode({**asked, 'page': page})}"
