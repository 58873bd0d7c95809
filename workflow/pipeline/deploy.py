"""``workflow deploy``: bring what readers see to where they are served from.

New files go first, then the lists that name them, then feeds and sitemaps, so that nothing leads
to what is not there yet. The list of what has arrived goes last, with its checksums; the next time
only what differs is sent. A run that stops goes on where it was, from a journal on this machine.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workflow.errors import UsageError
from workflow.pipeline.newsroom import refuse_kept
from workflow.pipeline.publish import site_base
from workflow.settings import Place
from workflow.stages.addresses import ROBOTS
from workflow.stores.builds import build_folder, shown_build
from workflow.stores.checksums import format_sums, parse_sums, read_sums
from workflow.stores.journal import Journal
from workflow.stores.object_store import ObjectTarget
from workflow.stores.project import Project
from workflow.stores.site import read_manifest
from workflow.stores.targets import FolderTarget, RsyncTarget, Target

LIST = ".deployed.sha256"
_KEPT = ("sources", "locales", "templates", ".git", ".workflow")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """What a deployment has changed, or would change."""

    name: str
    to: str
    sent: tuple[str, ...]
    """In the order they go."""
    same: int
    """Files that were there already."""
    left: tuple[str, ...] = ()
    """Files of earlier builds that are still there."""
    deleted: tuple[str, ...] = ()


def deploy(
    project: Project,
    name: str = "",
    *,
    dry_run: bool = False,
    prune: bool = False,
    progress: Progress | None = None,
) -> Deployed:
    """Bring the build that readers see to the target ``name``, or to the only one there is.

    ``prune`` deletes afterwards what earlier deployments brought and no page leads to any more;
    files that came another way are never touched. Raises `UsageError` for no such target.
    """
    name, place = _wanted(project, name)
    base = site_base(project, draft=False)
    build = shown_build(base)
    sums, _ = read_sums(base, build)
    if not sums:
        raise UsageError("nothing is online that has checksums", hint="workflow publish --all")
    target = _target(project, place)
    before = parse_sums(target.read(LIST) or b"")
    there = {**before, **Journal.read(project.root, name, place.to)}
    goes = _goes(project, {path: one for path, one in sums.items() if there.get(path) != one})
    sent = tuple(path for paths in goes for path in paths)
    stale = tuple(sorted(there.keys() - sums.keys()))
    if not dry_run and (before != sums or stale):
        load = _Load(folder=build_folder(base, build), sums=sums, goes=goes)
        with Journal.opened(project.root, name, place.to) as journal:
            load.send(target, journal, progress)
        target.write(LIST, format_sums({**there, **sums}))
        if prune and stale:
            target.delete(stale)
            target.write(LIST, format_sums(sums))
        Journal.forget(project.root, name)
    return Deployed(
        name=name,
        to=place.to,
        sent=sent,
        same=len(sums) - len(sent),
        left=() if prune else stale,
        deleted=stale if prune else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Load:
    """Files on their way: three goes, each of which needs the one before."""

    folder: Path
    sums: Mapping[str, str]
    goes: tuple[tuple[str, ...], ...]

    def send(self, target: Target, journal: Journal, progress: Progress | None) -> None:
        """Send them, noting each that has arrived."""
        total = sum(map(len, self.goes))
        for number, path in enumerate(self._arriving(target), 1):
            journal.note(path, self.sums[path])
            if progress:
                progress(number, total)

    def _arriving(self, target: Target) -> Iterator[str]:
        for paths in self.goes:
            yield from target.put(self.folder, paths)


def _goes(project: Project, paths: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Pages of releases and what they need; lists of them; feeds and sitemaps."""
    manifest = read_manifest(site_base(project, draft=False))
    pages = {path for r in manifest.records.values() for path in (r.path, *r.former)}
    goes: tuple[list[str], ...] = ([], [], [])
    for path in sorted(paths):
        is_outlet = path.endswith((".xml", "/feed.json")) or path == ROBOTS
        is_list = path.endswith(".html") and path not in pages
        goes[2 if is_outlet else 1 if is_list else 0].append(path)
    return tuple(map(tuple, goes))


def _wanted(project: Project, name: str) -> tuple[str, Place]:
    places = project.settings.targets
    known = ", ".join(sorted(places))
    if not places:
        raise UsageError("no place to deploy to", hint='[deploy.web] to = "…" in workflow.toml')
    if not name and len(places) > 1:
        raise UsageError("which target?", hint=f"--target; there are {known}")
    name = name or next(iter(places))
    if name not in places:
        raise UsageError(f"no target “{name}”", hint=f"workflow.toml has {known}")
    return name, places[name]


def _target(project: Project, place: Place) -> Target:
    if place.kind == "rsync":
        return RsyncTarget(place.to)
    if place.kind == "store":
        return ObjectTarget.of(place.to, place.endpoint)
    folder = project.root / place.to
    output = project.root / project.settings.output
    if folder.resolve().is_relative_to(output.resolve()):
        raise UsageError(f"“{place.to}” is where builds are kept", hint="name another folder")
    refuse_kept(project, folder, names=_KEPT, hint="name another folder")
    return FolderTarget(folder)
