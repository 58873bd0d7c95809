"""The releases of a newsroom, judged: the first half of ``workflow publish``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from workflow.errors import WorkflowError
from workflow.model import Catalog, Issue, Release
from workflow.pipeline.checking import Checking
from workflow.pipeline.fingerprints import all_inputs, inputs_fingerprint
from workflow.pipeline.judge import Verdict, judge
from workflow.pipeline.learned import remembering
from workflow.pipeline.newsroom import Sources, load
from workflow.pipeline.orders import Order
from workflow.pipeline.pool import batched, equipped
from workflow.pipeline.proof import Desk, prove
from workflow.pipeline.records import Judged, record_of
from workflow.pipeline.together import WAITING, is_together
from workflow.stores.catalogs import read_catalog
from workflow.stores.decisions import read_waivers
from workflow.stores.glossary import read_glossary
from workflow.stores.project import Project
from workflow.stores.site import Manifest, Record

_BATCH = 25
_IN_TIME = ("embargoed", WAITING)  # what time itself can change
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A release that has to be judged again, and in which languages."""

    slug: str
    path: Path
    tags: tuple[str, ...]
    since: dt.datetime
    """When it first went out in any language; long ago: never. For it, no clock is behind that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    records: tuple[Judged, ...] = ()
    faults: tuple[WorkflowError, ...] = ()


def tasks_of(
    project: Project, order: Order, sources: Sources, before: Manifest, house: str
) -> Iterable[Task]:
    """What has to be judged again: what changed, and what time itself can change."""
    since = {} if order.draft else _since(before)
    known = before.records if before.house == house else {}
    originals = {key: record.original for key, record in known.items()}
    marks = all_inputs(project.root, sources.files, order.tags, originals=originals)
    for slug, inputs in marks:
        stale = tuple(t for t in order.tags if _is_stale(known.get((t, slug)), inputs[t]))
        first = since.get(slug, _NEVER)
        if stale:
            yield Task(slug=slug, path=sources.files[slug], tags=stale, since=first)


def judge_all(
    project: Project, order: Order, base: Path, tasks: Sequence[Task]
) -> tuple[list[Judged], list[WorkflowError]]:
    """The records of what was judged, and what could not be read."""
    if not tasks:
        return [], []
    records: list[Judged] = []
    faults: list[WorkflowError] = []
    equip = partial(_equip, project, replace(order, progress=None), base)
    batches = batched(tasks, _BATCH)
    concepts = read_glossary(project.root, project.settings.languages)
    with (
        # Before the workers start: they begin with what is known here.
        remembering(project, concepts, (*order.tags, project.settings.source_language)),
        equipped(equip, jobs=project.settings.jobs, tasks=len(tasks)) as judge_batches,
    ):
        for number, result in enumerate(judge_batches(batches), 1):
            records.extend(result.records)
            faults.extend(result.faults)
            if order.progress:
                order.progress(min(number * _BATCH, len(tasks)), len(tasks))
    return records, faults


def _is_stale(record: Record | None, inputs: str) -> bool:
    return record is None or record.verdict in _IN_TIME or record.inputs != inputs


def _since(before: Manifest) -> dict[str, dt.datetime]:
    found: dict[str, str] = {}
    for (_, slug), record in before.records.items():
        found[slug] = max(record.first, found.get(slug, ""))
    return {slug: dt.datetime.fromisoformat(first) for slug, first in found.items() if first}


def _equip(project: Project, order: Order, base: Path) -> Callable[[Sequence[Task]], _Result]:
    checking = Checking(project)
    desk = Desk.of(project, checking.checks, order)
    return partial(_judge_batch, project, order, base, checking, desk)


def _judge_batch(
    project: Project,
    order: Order,
    base: Path,
    checking: Checking,
    desk: Desk,
    tasks: Sequence[Task],
) -> _Result:
    records: list[Judged] = []
    faults: list[WorkflowError] = []
    for task in tasks:
        try:
            release = load(project, task.path)
        except WorkflowError as fault:
            faults.append(fault)
            continue
        if release.withdrawn and task.since != _NEVER:  # what was read is taken back at once
            release = replace(release, embargo="")
        written: tuple[Issue, ...] = ()
        if not order.draft and not release.withdrawn:
            written = checking.written(release, faults).issues
        hard = sum(issue.severity >= project.settings.gate for issue in written)
        # A withdrawal is everywhere, whatever languages were asked for.
        for tag in project.settings.languages if release.withdrawn else task.tags:
            try:
                # Before reading: a file that changes meanwhile is judged again next time.
                inputs = inputs_fingerprint(
                    project.root, task.path, tag, task.slug, original=release.language
                )
                catalog = _catalog(project, release, tag, faults)
                read = () if release.withdrawn else read_waivers(project.root, tag, task.slug)
                verdict = judge(
                    release,
                    catalog,
                    tag,
                    settings=project.settings,
                    concepts=checking.concepts,
                    checks=checking.checks,
                    now=max(order.now, task.since),
                    draft=order.draft,
                    waivers=read,
                    written=written,
                )
                proof = prove(desk, release, catalog, read) if verdict.release else ""
                said = _too_late(verdict, task)
                one = record_of(order, base, release, said, inputs, proof=proof)
                one = replace(one, record=replace(one.record, at_source=hard))
                records.append(replace(one, together=is_together(release, project.settings)))
            except WorkflowError as fault:
                faults.append(fault)
    return _Result(records=tuple(records), faults=tuple(faults))


def _catalog(
    project: Project, release: Release, tag: str, faults: list[WorkflowError]
) -> Catalog | None:
    """The catalogue. One that cannot be read is a fault, and keeps no withdrawn text online."""
    try:
        return read_catalog(project.root, tag, release.slug)
    except WorkflowError as fault:
        if release.withdrawn is None:
            raise
        faults.append(fault)
        return None


def _too_late(verdict: Verdict, task: Task) -> Verdict:
    """An embargo on what was online already, said as such."""
    if verdict.outcome != "embargoed" or task.since == _NEVER:
        return verdict
    (said,) = verdict.issues
    what = (
        f"{said.message}; it is too late: it was online from {task.since:%Y-%m-%d}, and now is "
        "not. Who has read it has it; withdrawn: puts a notice in its place"
    )
    return replace(verdict, issues=(replace(said, message=what),))
