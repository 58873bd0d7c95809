"""``workflow why``: what stands behind a published page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from workflow.errors import UsageError
from workflow.model import FileMark, Issue, Provenance, Waiver, WaiverMark
from workflow.pipeline.page_places import locate
from workflow.pipeline.publish import site_base
from workflow.stages.provenance import (
    FILE,
    provenance_of,
    provenance_path,
    unit_mark,
    waiver_marks,
)
from workflow.stores.build_files import read_page
from workflow.stores.builds import build_folder, shown_build
from workflow.stores.catalogs import catalog_path, read_catalog
from workflow.stores.checksums import mark_file, read_sums
from workflow.stores.decisions import read_waivers
from workflow.stores.git import commit_with
from workflow.stores.project import Project
from workflow.stores.site import Manifest, Record, read_manifest

_SAME, _CHANGED, _GONE = "the same", "changed since", "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBehind:
    """A file that the page was made from."""

    mark: FileMark
    now: str
    """What became of it: the same, changed since, gone."""
    commit: str
    """Where git has it as it was: revision and date; empty where git has never seen it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitBehind:
    """A unit of the page."""

    key: str
    state: str
    """As it was when the page was made."""
    path: str
    line: int
    """Where it is in the catalogue now; 0: it is no longer there."""
    now: str
    """What became of its target: the same, changed since, gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverBehind:
    """A decision that held when the page was made."""

    mark: WaiverMark
    decision: Waiver | None
    """As the file of decisions has it now; None: it is no longer there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What stands behind an address."""

    path: str
    kind: str
    """release, redirect, gone or other."""
    what: str
    """In one line."""
    build: int
    """The build that was looked at."""
    is_shown: bool
    target: str = ""
    """Of a redirect: where the release is."""
    verdict: str = ""
    reasons: tuple[Issue, ...] = ()
    """What keeps newer words of it back."""
    made: str = ""
    """The moment the page was made (UTC)."""
    made_in: int = 0
    """The build it was made for; later ones took it over."""
    provenance: Provenance | None = None
    files: tuple[FileBehind, ...] = ()
    waivers: tuple[WaiverBehind, ...] = ()
    units: tuple[UnitBehind, ...] = ()


def why(project: Project, text: str) -> Behind:
    """What stands behind ``text``: an address, a path from the root of the site, or a file.

    Raises `UsageError` for what is no page of this site, as far as its manifest knows.
    """
    place = locate(project, text)
    base = site_base(project, draft=False)
    manifest = read_manifest(base, place.build)
    is_shown = place.build == shown_build(base)
    path = _page(place.path)
    record = _found(manifest, path)
    behind = Behind(path=path, kind="other", what="", build=place.build, is_shown=is_shown)
    if record is None:
        return _other(behind, read_sums(base, place.build)[0])
    if not record.snapshot:
        what = f"{record.slug} is not online in {record.tag}: {record.verdict}"
        return replace(behind, kind="gone", what=what, verdict=record.verdict)
    proof = read_page(build_folder(base, place.build), provenance_path(record.path))
    behind = replace(
        behind,
        kind="release",
        what=f"{record.slug} in {record.tag}{', withdrawn: its notice' * record.withdrawn}",
        verdict=record.verdict,
        reasons=record.reasons,
        **_details(project, proof or "{}", provenance_path(record.path)),
    )
    if path != record.path:
        what = f"a redirect: {record.slug} has moved to {record.path}"
        return replace(behind, kind="redirect", what=what, target=record.path)
    return behind


def _page(path: str) -> str:
    """The page that a provenance stands beside; any other file as it is."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/index.html" if name == FILE else path


def _found(manifest: Manifest, path: str) -> Record | None:
    """The release that stands at ``path``, or stood there; what is online comes first."""
    records = sorted(manifest.records.values(), key=lambda record: not record.snapshot)
    at_home = (record for record in records if record.path == path)
    moved = (record for record in records if path in record.former)
    return next(chain(at_home, moved), None)


def _other(behind: Behind, sums: Mapping[str, str]) -> Behind:
    if sums and behind.path not in sums:
        raise UsageError(
            f"“{behind.path}” is no page of build {behind.build}",
            hint="an address, a path as /ru/news/2024/x/, or a file of the site",
        )
    return replace(behind, what="a page without units of its own, made of what is online")


def _details(project: Project, content: str, path: str) -> dict[str, Any]:
    """What a ``provenance.json`` tells, and what became of it since."""
    try:
        data = json.loads(content)
        told = {"made": str(data.get("made", "")), "made_in": int(data.get("build", 0))}
        made = provenance_of(data) if "units" in data else None
    except (ValueError, KeyError, TypeError, AttributeError):
        hint = "workflow verify tells what else was changed"
        raise UsageError("this is no provenance", path=path, hint=hint) from None
    if made is None:
        return told
    marks = (made.source, made.catalogue, made.glossary)
    return {
        **told,
        "provenance": made,
        "files": tuple(_file(project, mark) for mark in marks if mark),
        "waivers": tuple(_waivers(project, made)),
        "units": tuple(_units(project, made)),
    }


def _file(project: Project, mark: FileMark) -> FileBehind:
    found = mark_file(project.root, mark.path)
    now = _GONE if found is None else _SAME if found == mark else _CHANGED
    return FileBehind(mark=mark, now=now, commit=commit_with(project.root, mark.git, mark.path))


def _units(project: Project, made: Provenance) -> Iterator[UnitBehind]:
    catalog = read_catalog(project.root, made.language, made.slug)
    units = {unit.key: unit for unit in catalog.units} if catalog else {}
    for mark in made.units:
        unit = units.get(mark.key)
        yield UnitBehind(
            key=mark.key,
            state=mark.state.value,
            path=catalog_path(made.language, made.slug),
            line=(unit.target_line or unit.line) if unit else 0,
            now=_GONE if unit is None else _SAME if unit_mark(unit) == mark else _CHANGED,
        )


def _waivers(project: Project, made: Provenance) -> Iterator[WaiverBehind]:
    known = read_waivers(project.root, made.language, made.slug) if made.waivers else ()
    by_mark = dict(zip(waiver_marks(known), known, strict=True))
    for mark in made.waivers:
        yield WaiverBehind(mark=mark, decision=by_mark.get(mark))
