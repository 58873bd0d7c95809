"""``workflow verify``: prove that a site is what its catalogues say, file by file, unit by unit."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workflow.errors import UsageError
from workflow.model import Issue
from workflow.pipeline.file_proof import FileCheck, check_files, differs
from workflow.pipeline.pool import batched, workers
from workflow.pipeline.publish import site_base
from workflow.pipeline.secrets_proof import embargoed, find_leaks
from workflow.pipeline.unit_proof import compare
from workflow.stages.cross_check import cross_check
from workflow.stores.builds import build_folder, list_builds, shown_build
from workflow.stores.checksums import read_sums
from workflow.stores.project import Project
from workflow.stores.site import Manifest, Record, read_manifest

_BATCH = 50
_AGAIN = "publish with --fresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProof:
    """What was compared, and every difference, sorted by path."""

    build: int
    files: int
    releases: int
    """Each language by itself."""
    differences: tuple[Issue, ...]


def verify_site(
    project: Project, *, tags: tuple[str, ...], site: Path | None, now: dt.datetime
) -> SiteProof:
    """Compare ``site`` with the manifest, the snapshots and the catalogues of the newsroom.

    ``site`` is a build, or a copy of what is online, wherever it is; without it, what is online.
    Raises `UsageError` where there is nothing to compare.
    """
    base = site_base(project, draft=False)
    build, folder = _wanted(base, site)
    manifest = read_manifest(base, build)
    scope = None if set(tags) == set(project.settings.languages) else tags
    sums, own = read_sums(base, build)
    present = {path for path in _files(folder) if _is_in(path, scope)}
    wanted = {path: one for path, one in sums.items() if _is_in(path, scope)}
    online = {r.path: r for r in manifest.records.values() if r.snapshot and r.tag in tags}
    done = _checked(project, base, folder, online, wanted or dict.fromkeys(present, ""))
    facts = {path: fact for one in done for path, fact in one.facts.items()}
    secrets = embargoed(project, None, now)
    records = manifest.records.values()
    found = [
        *_of_list(manifest, sums, own, base),
        *(_extra(present, wanted) if wanted else ()),
        *(issue for one in done for issue in one.issues),
        *cross_check(facts, sums or present),
        *find_leaks(project, base, folder, records, paths=sorted(present), secrets=secrets),
        *_compared(project, base, folder, online, done, now),
    ]
    unique = dict.fromkeys(sorted(found, key=lambda i: (i.path, i.line, i.key, i.message)))
    return SiteProof(
        build=build, files=len(present), releases=len(online), differences=tuple(unique)
    )


def _wanted(base: Path, site: Path | None) -> tuple[int, Path]:
    """The build to compare with, and the folder to be compared."""
    shown = shown_build(base)
    if not shown:
        raise UsageError("nothing is online yet", hint="workflow publish --all")
    if site is None:
        return shown, build_folder(base, shown)
    folder = site.resolve()
    if folder == base.resolve():
        return shown, build_folder(base, shown)
    if not folder.is_dir():
        raise UsageError(f"“{site}” is no folder", hint="a build, or a copy of what is online")
    if folder.parent == (base / "releases").resolve():
        if folder.name.isdigit() and int(folder.name) in list_builds(base):
            return int(folder.name), folder
        raise UsageError(f"“{site}” is no finished build", hint="workflow rollback --list")
    return shown, folder


def _of_list(manifest: Manifest, sums: Mapping[str, str], own: str, base: Path) -> Iterator[Issue]:
    name = f"{base.name}/manifests/{manifest.build:06}"
    if not manifest.records:
        yield differs(f"{name}.json", f"the record of the build is gone: {_AGAIN}")
    if not sums:
        yield differs(f"{name}.sha256", f"there are no checksums to compare with: {_AGAIN}")
    elif own != manifest.files:
        yield differs(f"{name}.sha256", "is not the list of checksums that the manifest names")


def _files(folder: Path) -> Iterator[str]:
    """Everything in a folder, by path: a link to a folder counts as a file that is not ours."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(place) / name).relative_to(folder).as_posix()


def _is_in(path: str, tags: tuple[str, ...] | None) -> bool:
    """Whether a file belongs to one of ``tags``; None: to any, or to none."""
    return tags is None or path.partition("/")[0] in tags


def _extra(present: Collection[str], wanted: Collection[str]) -> Iterable[Issue]:
    yield from (differs(path, "is not there") for path in set(wanted) - set(present))
    yield from (differs(path, "was never published") for path in set(present) - set(wanted))


def _checked(
    project: Project,
    base: Path,
    folder: Path,
    online: Mapping[str, Record],
    sums: Mapping[str, str],
) -> list[FileCheck]:
    snapshots = {path: record.snapshot for path, record in online.items()}
    work = partial(check_files, base, folder, project.settings.site_url)
    tasks = [(path, sums[path], snapshots.get(path, "")) for path in sorted(sums)]
    with workers(project.settings.jobs, len(tasks)) as pool:
        return list(pool.map(work, batched(tasks, _BATCH)))


def _compared(
    project: Project,
    base: Path,
    folder: Path,
    online: Mapping[str, Record],
    done: Iterable[FileCheck],
    now: dt.datetime,
) -> Iterator[Issue]:
    changed = frozenset(path for one in done for path in one.changed)
    work = partial(compare, project, base, folder, changed, now)
    with workers(project.settings.jobs, len(online)) as pool:
        for issues in pool.map(work, batched(sorted(online.values(), key=_by_slug), _BATCH)):
            yield from issues


def _by_slug(record: Record) -> tuple[str, str]:
    return record.slug, record.tag
