"""``workflow memory export``: what people accepted, as a TMX file for other tools."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workflow import __version__
from workflow.errors import UsageError, WorkflowError
from workflow.memories.tmx_writing import write
from workflow.memories.values import IMPORTED, Translation
from workflow.model import Catalog
from workflow.pipeline.memory import open_memory
from workflow.pipeline.newsroom import refuse_kept
from workflow.stages.remember import accepted_units
from workflow.stores.catalogs import SOURCE_LANGUAGE, list_catalogs, read_catalog
from workflow.stores.files import write_atomic
from workflow.stores.memory import memory_files, usable_units
from workflow.stores.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryExport:
    """What went out."""

    units: int
    secret: tuple[tuple[str, int], ...]
    """(release, units left out): under embargo, confidential, withheld, or not to be read."""
    faults: tuple[WorkflowError, ...]


def export_memory(
    project: Project, file: Path, *, tags: Sequence[str], imported: bool = False
) -> MemoryExport:
    """Write what was accepted in the languages ``tags`` into ``file``, which may be there.

    What is under embargo, confidential or withheld stays in the house.
    """
    if file.suffix.lower() != ".tmx":
        raise UsageError(f"“{file.name}” does not end in .tmx", hint="memory.tmx")
    refuse_kept(project, file)
    going = _Going(project)
    source = project.settings.source_language
    write_atomic(
        file, write(going.units(tags, imported=imported), source=source, version=__version__)
    )
    return MemoryExport(
        units=going.count, secret=tuple(sorted(going.secret.items())), faults=tuple(going.faults)
    )


class _Going:
    """Units on their way out, and what was met on the way."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.count = 0
        self.secret: Counter[str] = Counter()
        self.faults: list[WorkflowError] = []

    def units(self, tags: Sequence[str], *, imported: bool) -> Iterator[Translation]:
        for tag in tags:
            index, refreshed = open_memory(self.project, self._source, tag)
            self.faults.extend(refreshed.faults)
            hidden, sections = index.seen_by("", dt.datetime.now(dt.UTC)).hidden, index.sections()
            for catalog in self._catalogs(tag):
                units = _accepted(catalog, self._source, sections.get(catalog.slug, ""))
                if catalog.slug in hidden:
                    self.secret[catalog.slug] += sum(1 for _ in units)
                else:
                    yield from self._counted(units)
        if imported:
            yield from self._counted(self._imported(tags))

    @property
    def _source(self) -> str:
        return self.project.settings.source_language

    def _counted(self, units: Iterator[Translation]) -> Iterator[Translation]:
        for unit in units:
            self.count += 1
            yield unit

    def _catalogs(self, tag: str) -> Iterator[Catalog]:
        for slug in list_catalogs(self.project.root, tag):
            try:
                catalog = read_catalog(self.project.root, tag, slug)
            except WorkflowError:
                continue  # the index has met it too, and said so
            if catalog is not None:
                yield catalog

    def _imported(self, tags: Sequence[str]) -> Iterator[Translation]:
        wanted = {self._source, *tags}
        for path in memory_files(self.project.root):
            shown = path.relative_to(self.project.root).as_posix()
            for unit in usable_units(path, shown=shown, languages=self.project.settings.languages):
                if len(wanted & dict(unit.texts).keys()) > 1:
                    yield unit if unit.origin else _named(unit, path.stem)


def _named(unit: Translation, name: str) -> Translation:
    return replace(unit, origin=f"{IMPORTED}{name}")


def _accepted(catalog: Catalog, default: str, section: str) -> Iterator[Translation]:
    source = dict(catalog.header).get(SOURCE_LANGUAGE) or default
    if source == catalog.language:
        return
    for unit in accepted_units(catalog, section=section):
        yield Translation(
            texts=((source, unit.source), (catalog.language, unit.target)),
            source_language=source,
            key=unit.key,
            role=unit.role,
            before=unit.before,
            after=unit.after,
            origin=unit.origin,
            section=unit.section,
            reviewed=unit.reviewed,
        )
