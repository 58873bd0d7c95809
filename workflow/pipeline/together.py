"""All languages at once, or none: what the house wants of releases that were under embargo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workflow.model import Issue, Release, Severity
from workflow.pipeline.records import Judged
from workflow.settings import Settings
from workflow.stores.site import Manifest

WAITING = "waiting"
"""The verdict of a language that is ready where another is not."""


def is_together(release: Release, settings: Settings) -> bool:
    """Whether ``release`` goes out for the first time in all languages or in none."""
    return settings.together == "always" or (
        settings.together == "embargo" and release.embargo > ""
    )


def hold_together(
    judged: Iterable[Judged], before: Manifest, languages: Sequence[str]
) -> list[Judged]:
    """``judged``, where a language that has never been online waits for those that are not ready.

    What was online once is left alone: there is nothing to be early for any more.
    """
    judged = list(judged)
    own: dict[str, dict[str, bool]] = defaultdict(dict)
    for one in judged:
        if one.together:
            own[one.record.slug][one.record.tag] = bool(one.record.snapshot)
    missing = {slug: not_out(slug, out, before, languages) for slug, out in own.items()}
    return [
        _waiting(one, missing[one.record.slug])
        if one.together and missing[one.record.slug] and _is_first(one, before)
        else one
        for one in judged
    ]


def not_out(
    slug: str, ready: Mapping[str, bool], before: Manifest, languages: Iterable[str]
) -> tuple[str, ...]:
    """The languages in which a release is neither ``ready`` nor online."""
    records = {tag: before.records.get((tag, slug)) for tag in languages}
    return tuple(
        tag
        for tag, record in records.items()
        if not ready.get(tag) and not (record and (record.snapshot or record.first))
    )


def _is_first(one: Judged, before: Manifest) -> bool:
    record = before.records.get((one.record.tag, one.record.slug))
    return one.record.verdict == "published" and not (record and record.first)


def _waiting(one: Judged, missing: Sequence[str]) -> Judged:
    what = f"ready, and waits for {', '.join(missing)}: all languages go out together"
    reason = Issue(check="together", severity=Severity.MAJOR, message=what, path=one.source)
    record = replace(one.record, verdict=WAITING, reasons=(reason,), snapshot="", words="")
    return replace(one, record=replace(record, title="", summary="", section="", date=""))
