"""Verdicts → records of the manifest: what is online, where, since when."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workflow.errors import SourceError, WorkflowError
from workflow.model import Issue, Moments, Release
from workflow.pipeline.fingerprints import words_fingerprint
from workflow.pipeline.judge import Verdict
from workflow.pipeline.newsroom import Sources
from workflow.pipeline.orders import Order
from workflow.settings import Settings
from workflow.stages.addresses import page_path, permanent_id, slug_in, year_of
from workflow.stages.assemble import own_summary
from workflow.stores.site import Key, Manifest, Record
from workflow.stores.snapshots import write_snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was decided, and what the source says of its past."""

    record: Record
    formerly: tuple[str, ...]
    source: str
    """The file, for faults."""
    together: bool = False
    """It goes out for the first time in all languages or in none; see `pipeline.together`."""


def record_of(
    order: Order, base: Path, release: Release, verdict: Verdict, inputs: str, *, proof: str = ""
) -> Judged:
    """A verdict as a record. The words that may go out are kept as a snapshot, with ``proof``; no
    others are."""
    snapshot = words = ""
    if verdict.release is not None:
        snapshot = "dry-run"
        if not order.dry_run:
            snapshot = write_snapshot(base, verdict.release, provenance=proof)
        words = words_fingerprint(verdict.release)
    shown = verdict.release or Release(slug=release.slug, title="", language=verdict.tag)
    record = Record(
        slug=release.slug,
        tag=verdict.tag,
        inputs=inputs,
        verdict=verdict.outcome,
        reasons=_reasons(verdict.issues),
        snapshot=snapshot,
        path=page_path(verdict.tag, release.date, release.slug),
        title=shown.title,
        summary=own_summary(shown),
        section=shown.section,
        date=shown.date.isoformat() if shown.date else "",
        words=words,
        original=release.language,
        share=verdict.share,
        corrected=max((one.date.isoformat() for one in shown.corrections), default=""),
        withdrawn=shown.withdrawn is not None,
    )
    return Judged(record=record, formerly=release.formerly, source=release.path)


def settle(
    judged: Iterable[Judged], before: Manifest, sources: Sources, settings: Settings, order: Order
) -> tuple[dict[Key, Record], list[WorkflowError]]:
    """The records after this run, and what is said of the past that cannot be.

    A release that was online keeps its address, its id and the day it went out. One that says
    what it was called before takes over what is online under that name.
    """
    records = {**before.records}
    faults: dict[str, WorkflowError] = {}
    years = {r.slug: year_of(r.path) for r in before.records.values() if r.first or r.snapshot}
    for one in judged:
        record = one.record
        old = before.records.get((record.tag, record.slug))
        for slug in one.formerly:
            if slug in sources.files:
                faults[one.source] = _still_there(one, slug)
                continue
            past = records.pop((record.tag, slug), None)
            old = old if old and (old.first or old.snapshot) else past or old
        known = [years[slug] for slug in (record.slug, *one.formerly) if slug in years]
        records[record.tag, record.slug] = _settled(record, old, order, year="".join(known[:1]))
    apart = _apart({key: _named(record, settings, order) for key, record in records.items()})
    return apart, list(faults.values())


def remembered(record: Record) -> Record:
    """What is to be known of a release that was online when all the rest is forgotten."""
    return replace(record, inputs="", verdict="held", reasons=(), snapshot="", page="")


def moments(record: Record) -> Moments:
    """When a release that is online went out.

    The day it names, where that is past; else the moment it was published.
    """
    is_past = record.date and (not record.first or record.date < record.first[:10])
    published = record.date if is_past else record.first
    updated = max(record.changed, record.corrected)
    return Moments(published=published, updated=updated if updated > published else "")


def written(moment: dt.datetime) -> str:
    """A moment as it is kept: in UTC, to the second."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _settled(record: Record, old: Record | None, order: Order, *, year: str) -> Record:
    """A release that is held back keeps online what was online; one under embargo does not."""
    record = _with_past(record, old, order, year=year)
    if record.withdrawn and not order.draft and not (old and (old.first or old.snapshot)):
        return replace(record, snapshot="", first="")  # nobody has seen what could be taken back
    if record.snapshot or old is None or not old.snapshot or order.draft:
        return record
    if record.verdict in ("embargoed", "canceled"):
        return record
    return replace(
        record,
        snapshot=old.snapshot,
        path=old.path,
        former=old.former,
        title=old.title,
        summary=old.summary,
        section=old.section,
        date=old.date,
        page=old.page,
        share=old.share,
        corrected=old.corrected,
        withdrawn=old.withdrawn,
    )


def _with_past(record: Record, old: Record | None, order: Order, *, year: str) -> Record:
    now = written(order.now)
    place = page_path(record.tag, None, record.slug, year=year) if year else record.path
    if old is None or not (old.first or old.snapshot):
        return replace(record, path=place, first=now if record.snapshot else "")
    stays = slug_in(old.path) == record.slug
    is_edited = record.words and old.words and record.words != old.words
    return replace(
        record,
        path=old.path if stays else place,
        former=tuple(p for p in dict.fromkeys((*old.former, old.path)) if p != place)
        if not stays
        else old.former,
        id=old.id,
        first=old.first or now,
        changed=now if is_edited else old.changed,
        words=record.words or old.words,
    )


def _apart(records: dict[Key, Record]) -> dict[Key, Record]:
    """With no two at one address: who waits at a former address makes room for its namesake."""
    own = {r.path for r in records.values() if r.path and slug_in(r.path) == r.slug}
    return {
        key: replace(r, path=page_path(r.tag, None, r.slug, year=year_of(r.path)))
        if r.path in own and slug_in(r.path) != r.slug
        else r
        for key, r in records.items()
    }


def _named(record: Record, settings: Settings, order: Order) -> Record:
    """With an id, as soon as there is an address to make it of."""
    if record.snapshot and not record.first:
        record = replace(record, first=written(order.now))
    if record.id or not record.first or not settings.site_url:
        return record
    return replace(record, id=permanent_id(settings.site_url, record.path, record.first))


def _still_there(one: Judged, slug: str) -> SourceError:
    return SourceError(
        f"formerly names “{slug}”, which is a release of its own",
        path=one.source,
        hint="take it out of formerly, or delete the other file",
    )


def _reasons(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The first issue of each check, saying how many more there are like it.

    What was accepted until the glossary changed is not like what nobody has accepted yet.
    """
    counts = Counter(map(_likeness, issues))
    first = {_likeness(issue): issue for issue in reversed(issues)}
    return tuple(
        replace(issue, message=f"{issue.message} (and {counts[like] - 1} more)")
        if counts[like] > 1
        else issue
        for like, issue in sorted(first.items(), key=lambda item: issues.index(item[1]))
    )


def _likeness(issue: Issue) -> tuple[str, bool]:
    return issue.check, bool(issue.about)
