"""``workflow memory clean``: the indexes away, and what of imported memories nobody needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from workflow import __version__
from workflow.errors import WorkflowError
from workflow.memories.tmx_writing import write
from workflow.memories.values import Translation
from workflow.model import Remembered
from workflow.pipeline.memory import open_memory
from workflow.plugins import Memory
from workflow.stores.files import write_atomic
from workflow.stores.memory import drop_indexes, memory_files, usable_units
from workflow.stores.project import Project, wanted_targets

_SHOWN = 60
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryClean:
    """What was taken away, and what could be."""

    freed: int
    """Bytes of the indexes that were there."""
    duplicates: tuple[tuple[str, int], ...]
    """(memory, units) that say what catalogues say."""
    conflicts: tuple[str, ...]
    """Units that say something else than catalogues, a line each."""
    written: tuple[str, ...]
    """Memories that were rid of their duplicates."""
    faults: tuple[WorkflowError, ...]


def clean_memory(project: Project, *, is_writing: bool = False) -> MemoryClean:
    """Drop the indexes, and find what in the imported memories catalogues have themselves.

    ``is_writing`` takes out the units that say in all their languages what catalogues say. What
    says something else is for people to decide. Only languages translated from the newsroom's own
    are looked at.
    """
    freed = drop_indexes(project.root)
    files = memory_files(project.root)
    views = _views(project) if files else {}
    found: dict[str, _Found] = {}
    faults: list[WorkflowError] = []
    written = []
    for path in files:
        shown = path.relative_to(project.root).as_posix()
        try:
            units = usable_units(path, shown=shown, languages=project.settings.languages)
            found[shown] = _compared(units, views, project)
            if found[shown].duplicates and is_writing:
                _write_without(found[shown].duplicates, project, path, shown)
                written.append(shown)
        except WorkflowError as fault:
            faults.append(fault)
    return MemoryClean(
        freed=freed,
        duplicates=tuple((name, len(f.duplicates)) for name, f in found.items() if f.duplicates),
        conflicts=tuple(
            f"{name}:{line}: {what}" for name, f in found.items() for line, what in f.conflicts
        ),
        written=tuple(written),
        faults=tuple(faults),
    )


@dataclass(slots=True)
class _Found:
    duplicates: set[int] = field(default_factory=set)
    """Lines of units."""
    conflicts: list[tuple[int, str]] = field(default_factory=list)
    """(line, what) pairs."""


def _views(project: Project) -> dict[str, Memory]:
    now, source = dt.datetime.now(dt.UTC), project.settings.source_language
    return {
        tag: open_memory(project, source, tag)[0].seen_by("", now)
        for tag in wanted_targets(project)
    }


def _compared(
    units: Iterator[Translation], views: Mapping[str, Memory], project: Project
) -> _Found:
    source = project.settings.source_language
    found = _Found()
    while part := list(islice(units, _AT_ONCE)):
        asked = [unit.text_in(source) for unit in part]
        known = {tag: view.exact(asked) for tag, view in views.items()}
        for unit, ours in zip(part, asked, strict=True):
            others = [(tag, text) for tag, text in unit.texts if tag != source]
            verdicts = [
                _verdict(text, known[tag].get(ours, ())) if ours else "" for tag, text in others
            ]
            if all(verdict is None for verdict in verdicts):
                found.duplicates.add(unit.line)
            for (tag, text), accepted in zip(others, verdicts, strict=True):
                if accepted:
                    found.conflicts.append((unit.line, _told(ours, tag, text, accepted)))
    return found


def _verdict(text: str, pairs: Iterable[Remembered]) -> str | None:
    """None when ``text`` is accepted, what is accepted in its place, or "" for nothing."""
    targets = [pair.target for pair in pairs if not pair.imported]
    return None if text in targets else next(iter(targets), "")


def _told(source: str, tag: str, text: str, accepted: str) -> str:
    return f"“{_short(source)}” is {tag} “{_short(text)}”; accepted: “{_short(accepted)}”"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _write_without(lines: set[int], project: Project, path: Path, shown: str) -> None:
    units = usable_units(path, shown=shown, languages=project.settings.languages)
    kept = (unit for unit in units if unit.line not in lines)
    write_atomic(path, write(kept, source=project.settings.source_language, version=__version__))
