"""Pages × catalogues: each unit that readers see is the accepted target of today.

Of a release that is held back, readers see what its snapshot keeps, and the page is held to that.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from workflow.errors import WorkflowError
from workflow.markup import parse_text
from workflow.model import Catalog, Issue, Provenance, Release, Unit, UnitMark
from workflow.pipeline.file_proof import differs
from workflow.pipeline.judge import is_embargoed
from workflow.pipeline.newsroom import list_sources, load
from workflow.stages.assemble import assemble
from workflow.stages.provenance import provenance_of, unit_mark
from workflow.stages.segment import segment
from workflow.stages.typeset import folded
from workflow.stages.verify import shown_words
from workflow.stores.build_files import read_page
from workflow.stores.catalogs import read_catalog
from workflow.stores.project import Project
from workflow.stores.site import Record
from workflow.stores.snapshots import read_provenance, read_snapshot


def compare(
    project: Project,
    base: Path,
    folder: Path,
    changed: Collection[str],
    now: dt.datetime,
    records: Sequence[Record],
) -> list[Issue]:
    """Differences between the pages of ``records`` and their catalogues.

    ``changed`` are the pages that are no longer what was published: their units are looked for.
    """
    sources = list_sources(project).files
    found: list[Issue] = []
    release: Release | None = None
    for record in records:
        try:
            if release is None or release.slug != record.slug:
                path = sources.get(record.slug)
                release = load(project, path) if path else None
            found.extend(_differences(project, base, record, release, now))
            if record.path in changed:
                found.extend(_lost(project, base, folder, record))
        except WorkflowError as fault:
            found.append(differs(fault.path or record.path, fault.what, line=fault.line or 0))
    return found


def _differences(
    project: Project, base: Path, record: Record, release: Release | None, now: dt.datetime
) -> Iterator[Issue]:
    """What the catalogue has otherwise than the snapshot."""
    if release and not release.withdrawn and is_embargoed(release, now):
        yield differs(record.path, f"is online, and {record.slug} is under embargo")
        return
    if record.verdict != "published" or release is None:
        return
    catalog = read_catalog(project.root, record.tag, record.slug)
    if catalog is None:
        yield differs(record.path, "is online, and its catalogue is gone")
        return
    segments = segment(release, paragraphs=project.settings.unit == "paragraph")
    if _says(assemble(release, segments, catalog)) == _says(read_snapshot(base, record.snapshot)):
        return
    made = _provenance(base, record)
    units = [*_moved(record, catalog, made)] if made else []
    yield from units or [
        differs(record.path, f"has other words than {release.path} with {catalog.path} give now")
    ]


def _moved(record: Record, catalog: Catalog, made: Provenance) -> Iterator[Issue]:
    """The units that are no longer what they were when the page was made."""
    now = {unit.key: unit for unit in catalog.units}
    for mark in made.units:
        unit = now.get(mark.key)
        if unit is None:
            what = f"unit {mark.key} is on the page, and no longer in {catalog.path}"
            yield differs(record.path, what, key=mark.key)
        elif unit_mark(unit) != mark:
            what = f"unit {mark.key} is {_then(mark)} on the page, and {_state(unit)} here"
            yield differs(catalog.path, what, key=mark.key, line=unit.target_line or unit.line)


def _then(mark: UnitMark) -> str:
    return "accepted with other words" if mark.target else "not accepted"


def _state(unit: Unit) -> str:
    return "accepted" if unit.is_accepted else f"not accepted ({unit.state})"


def _lost(project: Project, base: Path, folder: Path, record: Record) -> Iterable[Issue]:
    """The units whose accepted words a changed page does not show."""
    made, catalog = _provenance(base, record), read_catalog(project.root, record.tag, record.slug)
    content = read_page(folder, record.path)
    if made is None or catalog is None or content is None:
        return
    words = shown_words(content)
    marks = {mark.key: mark for mark in made.units}
    for unit in catalog.units:
        is_same = unit.is_accepted and unit_mark(unit) == marks.get(unit.key)
        if is_same and folded(parse_text(unit.target).plain) not in words:
            place = f"{catalog.path}:{unit.target_line or unit.line}"
            what = f"the accepted words of unit {unit.key} ({place}) are not on the page"
            yield differs(record.path, what, key=unit.key)


def _provenance(base: Path, record: Record) -> Provenance | None:
    line = read_provenance(base, record.snapshot)
    try:
        return provenance_of(json.loads(line)) if line else None
    except (ValueError, KeyError, TypeError):
        return None


def _says(release: Release) -> tuple[object, ...]:
    """The words of a release and their shape, whatever else is known of it."""
    blocks = tuple((block.kind, block.text) for block in release.blocks)
    return (release.title, release.summary, blocks, release.corrections)
