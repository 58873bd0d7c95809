"""A plan → a build of the site: files that did not change are taken over, the rest is made."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from workflow.pipeline.building import Build, Built
from workflow.pipeline.fingerprints import fingerprint
from workflow.pipeline.orders import Order
from workflow.pipeline.outlets import unchanged_until
from workflow.pipeline.plans import Plan, feed_ids, plan, with_fingerprints, with_lists
from workflow.pipeline.records import written
from workflow.stores.build_files import (
    open_build,
)
from workflow.stores.project import Project
from workflow.stores.site import Key, Manifest, write_manifest


def build_site(
    project: Project,
    base: Path,
    before: Manifest,
    after: Manifest,
    order: Order,
    *,
    instead_of: int,
    hidden: frozenset[str],
) -> Built:
    """Make the build that ``after`` describes and put it online, unless it is online already.

    ``instead_of`` is the build that readers see; when that changes meanwhile, it stays. ``hidden``
    are the slugs of what is under embargo.
    Nothing is shown that fails verification: the build is thrown away and its issues returned.
    """
    planned = plan(after.records, project.settings, order)
    records = with_fingerprints(after.records, planned)
    after = replace(
        after,
        records=records,
        news=fingerprint(repr(planned.news)),
        until=unchanged_until(planned.news),
    )
    stale = [key for key in planned.online if _is_stale(key, before, after)]
    built = Built(records=records, rendered=len(stale), pages=len(planned.online))
    is_new = bool(stale) or _is_otherwise_new(before, after, planned)
    if order.dry_run:
        return replace(built, changed=is_new)
    if not is_new:
        if (records, after.until) != (before.records, before.until):
            write_manifest(base, replace(after, build=before.build, lists=before.lists))
        return built
    feeds = feed_ids(planned, before.feeds, order)
    after = replace(after, feeds=feeds, made=written(order.now))
    planned = with_lists(planned, after.feeds)
    build = Build(
        project=project,
        base=base,
        folder=open_build(base, after.build),
        plan=planned,
        before=before,
        after=replace(after, lists=planned.prints()),
        instead_of=instead_of,
        resume=order.resume,
        now=order.now,
        hidden=hidden,
    )
    return build.put_online(stale, built)


def is_up_to_date(before: Manifest, shown: str, now: dt.datetime) -> bool:
    """Whether `build_site` would make nothing of what was shown ``before``, with no release judged
    anew; ``shown`` is the fingerprint of what every page depends on."""
    return before.build > 0 and before.shown == shown and written(now) < before.until


def nothing_built(before: Manifest) -> Built:
    """What becomes of a build that is online already."""
    pages = sum(bool(record.snapshot) for record in before.records.values())
    return Built(records=before.records, pages=pages)


def _is_otherwise_new(before: Manifest, after: Manifest, planned: Plan) -> bool:
    """The theme is another, a release has gone, or what was news is none any more."""
    removed = {key for key, r in before.records.items() if r.snapshot} - set(planned.online)
    is_same = (before.shown, before.news) == (after.shown, after.news)
    return bool(removed) or not is_same or before.build == 0


def _is_stale(key: Key, before: Manifest, after: Manifest) -> bool:
    old, new = before.records.get(key), after.records[key]
    return (
        before.shown != after.shown or old is None or (old.page, old.path) != (new.page, new.path)
    )
