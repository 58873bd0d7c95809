"""``workflow publish``: judge, render, verify, and put the whole site online in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from workflow.errors import StoreError, UsageError, WorkflowError
from workflow.pipeline.fingerprints import house_fingerprint, shown_fingerprint
from workflow.pipeline.judging import judge_all, tasks_of
from workflow.pipeline.newsroom import Sources, list_sources, once
from workflow.pipeline.orders import Order, PublishReport
from workflow.pipeline.pages import build_site, is_up_to_date, nothing_built
from workflow.pipeline.records import remembered, settle
from workflow.pipeline.searching import refuse_search
from workflow.pipeline.together import hold_together
from workflow.stores.builds import (
    Rollback,
    build_folder,
    lift_rollback,
    list_builds,
    read_rollback,
    shown_build,
)
from workflow.stores.project import Project
from workflow.stores.site import Key, Manifest, Record, read_manifest

REHEARSAL = ".workflow/rehearsal"
"""Where text under embargo may be looked at: a folder that is never committed and never served."""


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
    tasks = list(tasks_of(project, order, sources, before, house))
    faults: list[WorkflowError] = []
    if not tasks and before.house == house and is_up_to_date(before, shown, order.now):
        told, built = before.records, nothing_built(before)
    else:
        judged, faults = judge_all(project, order, base, tasks)
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


def _is_secret(record: Record, order: Order) -> bool:
    """Whether not even the name may stand in a manifest."""
    return record.verdict == "embargoed" and (order.draft or not record.first)


def _gone(known: Sources, records: Mapping[Key, Record]) -> tuple[str, ...]:
    online = {record.slug for record in records.values() if record.snapshot}
    return tuple(sorted(online - set(known.files)))
