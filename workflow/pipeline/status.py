"""``workflow status``: how far every release is in every language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from workflow.errors import WorkflowError
from workflow.markup import plain_text
from workflow.model import Release, State
from workflow.pipeline.checking import Checking
from workflow.pipeline.judge import judge
from workflow.pipeline.newsroom import list_sources, load, once
from workflow.pipeline.publish import site_base
from workflow.pipeline.together import WAITING, is_together, not_out
from workflow.stages.recheck import is_marked
from workflow.stores.catalogs import read_catalog
from workflow.stores.decisions import read_waivers
from workflow.stores.project import Project
from workflow.stores.site import Manifest, read_manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One release in one language. Counts are units; ``words`` are source words."""

    accepted: int = 0
    fuzzy: int = 0
    empty: int = 0
    marked: int = 0
    """Of the fuzzy ones, those that a person has to look at since the glossary changed."""
    words: int = 0
    """Words of the units that no person has accepted."""
    verdict: str = "held"
    """What publish would say: see `Record.verdict`; or unreadable."""
    online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One release."""

    slug: str
    title: str
    date: dt.date | None
    cells: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """The whole newsroom."""

    rows: tuple[Row, ...]
    faults: tuple[WorkflowError, ...]


def status(project: Project, tags: tuple[str, ...], *, now: dt.datetime) -> StatusReport:
    """Count. Reads everything, writes nothing."""
    sources = list_sources(project)
    manifest = read_manifest(site_base(project, draft=False))
    faults = list(sources.faults)
    checking = Checking(project)
    rows = []
    for slug, path in sources.files.items():
        try:
            release = load(project, path)
        except WorkflowError as fault:
            faults.append(fault)
            continue
        cells = []
        for tag in tags:
            try:
                cell = _cell(checking, release, tag, now, faults)
            except WorkflowError as fault:
                faults.append(fault)
                cell = Cell(verdict="unreadable")
            record = manifest.records.get((tag, slug))
            is_online = record is not None and bool(record.snapshot)
            cells.append((tag, replace(cell, online=is_online)))
        if is_together(release, project.settings) and set(tags) == set(project.settings.languages):
            cells = _together(slug, cells, manifest)
        rows.append(Row(slug=slug, title=release.title, date=release.date, cells=tuple(cells)))
    rows.sort(key=lambda row: (row.date or dt.date.min, row.slug), reverse=True)
    return StatusReport(rows=tuple(rows), faults=once(faults))


def _together(slug: str, cells: list[tuple[str, Cell]], before: Manifest) -> list[tuple[str, Cell]]:
    """``cells``, where one that is ready waits for those that are not."""
    ready = {tag: cell.verdict == "published" for tag, cell in cells}
    if not not_out(slug, ready, before, ready):
        return cells
    return [
        (tag, replace(cell, verdict=WAITING) if ready[tag] and not cell.online else cell)
        for tag, cell in cells
    ]


def _cell(
    checking: Checking,
    release: Release,
    tag: str,
    now: dt.datetime,
    faults: list[WorkflowError],
) -> Cell:
    project = checking.project
    catalog = read_catalog(project.root, tag, release.slug)
    units = catalog.units if catalog else ()
    states = [unit.state for unit in units]
    verdict = judge(
        release,
        catalog,
        tag,
        settings=project.settings,
        concepts=checking.concepts,
        checks=checking.checks,
        now=now,
        draft=False,
        waivers=read_waivers(project.root, tag, release.slug),
        written=checking.written(release, faults).issues if tag == release.language else (),
    )
    return Cell(
        accepted=states.count(State.REVIEWED),
        fuzzy=states.count(State.TRANSLATED),
        empty=states.count(State.INITIAL),
        marked=sum(unit.state is State.TRANSLATED and is_marked(unit) for unit in units),
        words=sum(len(plain_text(u.source).split()) for u in units if not u.is_accepted),
        verdict=verdict.outcome,
    )
