"""``workflow rollback``: give readers an earlier build again, in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workflow.errors import UsageError
from workflow.pipeline.publish import site_base
from workflow.pipeline.records import written
from workflow.stores.builds import (
    Rollback,
    build_folder,
    list_builds,
    read_rollback,
    roll_back,
    shown_build,
)
from workflow.stores.checksums import read_sums
from workflow.stores.git import user_name
from workflow.stores.project import Project
from workflow.stores.site import Key, Manifest, manifest_path, read_manifest

_SOMEBODY = "somebody"
_LIST = "workflow rollback --list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A build on disk."""

    number: int
    made: str
    """The moment (UTC); empty: an earlier version made it."""
    pages: int
    """Releases in it, each language by itself."""
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What a way back has changed for readers. Each is (tag, slug), sorted."""

    rollback: Rollback
    made: str
    gone: tuple[Key, ...]
    """What is no longer there."""
    back: tuple[Key, ...]
    """What had been taken down and is there again."""
    earlier: tuple[Key, ...]
    """What has earlier words."""


def builds_of(project: Project) -> tuple[tuple[Build, ...], Rollback | None]:
    """The builds on disk, the newest first, and the rollback that holds."""
    base = site_base(project, draft=False)
    shown = shown_build(base)
    found = []
    for number in reversed(list_builds(base)):
        manifest = read_manifest(base, number)
        build = Build(
            number=number,
            made=manifest.made,
            pages=len(_online(manifest)),
            is_shown=number == shown,
        )
        found.append(build)
    return tuple(found), read_rollback(base)


def rollback(project: Project, build: int | None, *, reason: str, now: dt.datetime) -> Back:
    """Show ``build``, or the one before what is shown; then nothing goes out until it is lifted.

    Raises `UsageError` for a build that is not there, is not whole, or is shown already.
    """
    base = site_base(project, draft=False)
    shown = shown_build(base)
    target = _wanted(base, build, shown)
    before, after = read_manifest(base), read_manifest(base, target)
    _refuse_broken(base, after)
    made = Rollback(
        build=target,
        left=shown,
        when=written(now),
        who=user_name(project.root) or _SOMEBODY,
        reason=reason,
    )
    roll_back(base, made)
    old, new = _online(before), _online(after)
    return Back(
        rollback=made,
        made=after.made,
        gone=_sorted(old.keys() - new.keys()),
        back=_sorted(new.keys() - old.keys()),
        earlier=_sorted(key for key in old.keys() & new.keys() if old[key] != new[key]),
    )


def _wanted(base: Path, build: int | None, shown: int) -> int:
    """The number of the build to go back to."""
    known = list_builds(base)
    if not shown:
        raise UsageError("nothing is online yet", hint="workflow publish --all")
    if build is None:
        earlier = [number for number in known if number < shown]
        if not earlier:
            raise UsageError(f"there is no build before {shown}, which is online", hint=_LIST)
        return earlier[-1]
    if build not in known:
        kept = ", ".join(map(str, known)) or "none"
        raise UsageError(f"there is no build {build}", hint=f"on disk: {kept}")
    if build == shown:
        raise UsageError(f"build {build} is what readers see", hint=_LIST)
    return build


def _refuse_broken(base: Path, manifest: Manifest) -> None:
    """Raise `UsageError` for a build that lacks its record or a file."""
    folder = build_folder(base, manifest.build)
    if not manifest_path(base, manifest.build).is_file():
        raise UsageError(f"the record of build {manifest.build} is gone", hint=_LIST)
    sums, _ = read_sums(base, manifest.build)
    paths = sorted(sums or {r.path for r in manifest.records.values() if r.snapshot})
    missing = [path for path in paths if not (folder / path).is_file()]
    if missing:
        more = f" and {len(missing) - 1} more" if missing[1:] else ""
        raise UsageError(f"build {manifest.build} lacks {missing[0]}{more}", hint=_LIST)


def _online(manifest: Manifest) -> dict[Key, str]:
    return {key: record.snapshot for key, record in manifest.records.items() if record.snapshot}


def _sorted(keys: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(sorted(keys))
