"""``workflow publish``: judge, render, verify, and put the whole site online in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from workflow.errors import StoreError, UsageError, WorkflowError
from workflow.model import Catalog, Issue, Release
from workflow.pipeline.checking import Checking
from workflow.pipeline.fingerprints import (
    all_inputs,
    house_fingerprint,
    inputs_fingerprint,
    shown_fingerprint,
)
from workflow.pipeline.judge import Verdict, judge
from workflow.pipeline.learned import remembering
from workflow.pipeline.newsroom import Sources, list_sources, load, once
from workflow.pipeline.orders import Order, PublishReport
from workflow.pipeline.pages import build_site, is_up_to_date, nothing_built
from workflow.pipeline.pool import batched, equipped
from workflow.pipeline.proof import Desk, prove
from workflow.pipeline.records import Judged, record_of, remembered, settle
from workflow.pipeline.searching import refuse_search
from workflow.pipeline.together import WAITING, hold_together, is_together
from workflow.stores.builds import (
    Rollback,
    build_folder,
    lift_rollback,
    list_builds,
    read_rollback,
    shown_build,
)
from workflow.stores.catalogs import read_catalog
from workflow.stores.decisions import read_waivers
from workflow.stores.glossary import read_glossary
from workflow.stores.project import Project
from workflow.stores.site import Key, Manifest, Record, read_manifest

REHEARSAL = ".workflow/rehearsal"
"""Where text under embargo may be looked at: a folder that is never committed and never served."""
_BATCH = 25
_IN_TIME = ("embargoed", WAITING)  # what time itself can change
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    slug: str
    path: Path
    tags: tuple[str, ...]
    since: dt.datetime
    """When it first went out in any language; long ago: never. For it, no clock is behind that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    records: tuple[Judged, ...] = ()
    faults: tuple[WorkflowError, ...] = ()


def publish(project: Project, order: Order) -> PublishReport:
    """Bring the site up to date with what people have accepted. Reads catalogues, writes none.

    Raises `UsageError` where somebody has gone back to an earlier build and has not said that this
    is over: a publish that runs by itself must not undo it.
    """
    refuse_search(project.settings)
    base = site_base(project, draft=order.draft, rehearsal=order.rehearsal)
    rollback = read_rollback(base)
    if rollback and not (order.resume or order.dry_run):
        raise _held_by(rollback)
    online = shown_build(base)
    before = _before(base, online, order)
    house = house_fingerprint(project.root, project.settings)
    shown = shown_fingerprint(project.root, project.settings)
    sources = list_sources(project, only=order.only)
    known = list_sources(project) if order.only else sources
    tasks = list(_tasks(project, order, sources, before, house))
    faults: list[WorkflowError] = []
    if not tasks and before.house == house and is_up_to_date(before, shown, order.now):
        told, built = before.records, nothing_built(before)
    else:
        judged, faults = _judge_all(project, order, base, tasks)
        if not order.draft:
            judged = hold_together(judged, before, project.settings.languages)
        settled, unclear = settle(judged, before, known, project.settings, order)
        faults += unclear
        records = {key: r for key, r in settled.items() if not _is_secret(r, order)}
        build = max([before.build, online, *list_builds(base)]) + 1
        after = replace(before, build=build, house=house, shown=shown, records=records)
        hidden = frozenset(r.slug for r in settled.values() if r.verdict == "embargoed")
        built = build_site(project, base, before, after, order, instead_of=online, hidden=hidden)
        told = {**settled, **built.records}
    if rollback and not (order.dry_run or built.issues):
        lift_rollback(base)
    asked = [told[key] for key in sorted(told) if key[0] in order.tags and key[1] in sources.files]
    return PublishReport(
        languages=order.tags,
        records=tuple(asked),
        fresh=frozenset(
            key
            for key, record in built.records.items()
            if record.snapshot
            and (key not in before.records or before.records[key].snapshot != record.snapshot)
        ),
        gone=_gone(known, built.records),
        resumed=rollback,
        site=base.relative_to(project.root).as_posix() + "/current",
        rendered=built.rendered,
        pages=built.pages,
        changed=built.changed,
        issues=built.issues,
        faults=once((*sources.faults, *faults)),
        at_source=tuple(
            (sources.files[slug].relative_to(project.root).as_posix(), count)
            for slug, count in sorted({r.slug: r.at_source for r in asked}.items())
            if count
        ),
    )


def site_base(project: Project, *, draft: bool, rehearsal: bool = False) -> Path:
    """The folder of the site; drafts have one of their own, and so has a draft of another time."""
    if draft and rehearsal:
        return project.root / REHEARSAL
    base = project.root / project.settings.output
    return base / "draft" if draft else base


def _before(base: Path, online: int, order: Order) -> Manifest:
    """What is online. Made afresh, a release still keeps its address, its id and its dates.

    The same is known of what only a later build had, which readers were taken back from.
    """
    if order.fresh or order.rehearsal:
        try:
            return _past(_with_later(base, online))
        except StoreError:
            return Manifest()
    before = _with_later(base, online)
    # Whoever deleted the folder did not delete what was decided: all of it is made again.
    return before if build_folder(base, online).is_dir() else replace(before, build=0)


def _with_later(base: Path, online: int) -> Manifest:
    before = read_manifest(base)
    later = [build for build in list_builds(base) if build > online > 0]
    if not later:
        return before
    past = _past(read_manifest(base, later[-1]))
    known = {key: r for key, r in before.records.items() if r.first or key not in past.records}
    records, feeds = {**past.records, **known}, {**past.feeds, **before.feeds}
    return replace(before, records=records, feeds=feeds, until="")


def _past(manifest: Manifest) -> Manifest:
    """What is to be known of a build when all the rest is forgotten."""
    records = {key: remembered(record) for key, record in manifest.records.items()}
    return Manifest(records=records, feeds=manifest.feeds)


def _held_by(rollback: Rollback) -> UsageError:
    reason = f": {rollback.reason}" if rollback.reason else ""
    return UsageError(
        f"{rollback.who} took readers back to build {rollback.build}, from {rollback.left}, "
        f"on {rollback.when}{reason}",
        hint="nothing goes out until the cause is mended; then: workflow publish --resume",
    )


def _tasks(
    project: Project, order: Order, sources: Sources, before: Manifest, house: str
) -> Iterable[_Task]:
    """What has to be judged again: what changed, and what time itself can change."""
    since = {} if order.draft else _since(before)
    known = before.records if before.house == house else {}
    originals = {key: record.original for key, record in known.items()}
    marks = all_inputs(project.root, sources.files, order.tags, originals=originals)
    for slug, inputs in marks:
        stale = tuple(t for t in order.tags if _is_stale(known.get((t, slug)), inputs[t]))
        first = since.get(slug, _NEVER)
        if stale:
            yield _Task(slug=slug, path=sources.files[slug], tags=stale, since=first)


def _is_stale(record: Record | None, inputs: str) -> bool:
    return record is None or record.verdict in _IN_TIME or record.inputs != inputs


def _since(before: Manifest) -> dict[str, dt.datetime]:
    found: dict[str, str] = {}
    for (_, slug), record in before.records.items():
        found[slug] = max(record.first, found.get(slug, ""))
    return {slug: dt.datetime.fromisoformat(first) for slug, first in found.items() if first}


def _is_secret(record: Record, order: Order) -> bool:
    """Whether not even the name may stand in a manifest."""
    return record.verdict == "embargoed" and (order.draft or not record.first)


def _judge_all(
    project: Project, order: Order, base: Path, tasks: Sequence[_Task]
) -> tuple[list[Judged], list[WorkflowError]]:
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
        equipped(equip, jobs=project.settings.jobs, tasks=len(tasks)) as judge_all,
    ):
        for number, result in enumerate(judge_all(batches), 1):
            records.extend(result.records)
            faults.extend(result.faults)
            if order.progress:
                order.progress(min(number * _BATCH, len(tasks)), len(tasks))
    return records, faults


def _equip(project: Project, order: Order, base: Path) -> Callable[[Sequence[_Task]], _Result]:
    checking = Checking(project)
    desk = Desk.of(project, checking.checks, order)
    return partial(_judge_batch, project, order, base, checking, desk)


def _judge_batch(
    project: Project,
    order: Order,
    base: Path,
    checking: Checking,
    desk: Desk,
    tasks: Sequence[_Task],
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


def _too_late(verdict: Verdict, task: _Task) -> Verdict:
    """An embargo on what was online already, said as such."""
    if verdict.outcome != "embargoed" or task.since == _NEVER:
        return verdict
    (said,) = verdict.issues
    what = (
        f"{said.message}; it is too late: it was online from {task.since:%Y-%m-%d}, and now is "
        "not. Who has read it has it; withdrawn: puts a notice in its place"
    )
    return replace(verdict, issues=(replace(said, message=what),))


def _gone(known: Sources, records: Mapping[Key, Record]) -> tuple[str, ...]:
    online = {record.slug for record in records.values() if record.snapshot}
    return tuple(sorted(online - set(known.files)))
