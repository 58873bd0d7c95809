"""``workflow memory import``: a TMX file of somebody else becomes a memory of the newsroom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workflow import __version__
from workflow.errors import ExchangeError, UsageError
from workflow.memories.tmx_writing import write
from workflow.memories.values import Refused, Translation
from workflow.slugs import is_slug, slug_of
from workflow.stores.files import write_atomic
from workflow.stores.memory import MEMORIES, digest, file_digest, read_memory
from workflow.stores.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryImport:
    """What came in."""

    path: str
    """Where the memory is, relative to the project."""
    units: int
    languages: tuple[tuple[str, int], ...]
    """(tag, units that have a text in it) pairs, sorted."""
    foreign: int
    """Units of which the newsroom has not two languages."""
    refused: tuple[Refused, ...]
    """Units that cannot be used."""
    written: bool
    """False when the memory was there already, just so, or in a dry run."""


def import_memory(
    project: Project, file: Path, *, name: str = "", replace: bool = False, dry_run: bool = False
) -> MemoryImport:
    """Put ``file`` under ``locales/memory``, as TMX 1.4 in the languages of the newsroom.

    Raises `ExchangeError` when nothing of it can be used, `UsageError` when a memory of that name
    is there and says something else.
    """
    name = name or slug_of(file.stem, project.settings.source_language)
    if not is_slug(name):
        what = f"“{name}” cannot be the name of a memory"
        raise UsageError(what, hint="small Latin letters, digits and hyphens: --name ministry-2024")
    path = project.root / MEMORIES / f"{name}.tmx"
    tally = _Tally()
    new = digest(_written(project, file, tally))
    if not tally.units:
        what = f"no unit in two of {', '.join(project.settings.languages)}"
        raise ExchangeError(what, path=file.as_posix(), hint="see the xml:lang of its texts")
    before = file_digest(path, shown=path.as_posix()) if path.exists() else ""
    if before not in ("", new) and not replace:
        what = f"a memory “{name}” is there and says something else"
        raise UsageError(what, hint="--name gives another name, --replace puts this in its place")
    is_new = before != new and not dry_run
    if is_new:  # read once more: a large file is never in memory as a whole
        write_atomic(path, _written(project, file, _Tally()))
    return MemoryImport(
        path=f"{MEMORIES}/{name}.tmx",
        units=tally.units,
        languages=tuple(sorted(tally.languages.items())),
        foreign=tally.foreign,
        refused=tuple(tally.refused),
        written=is_new,
    )


class _Tally:
    """Counts units on their way."""

    def __init__(self) -> None:
        self.units = 0
        self.foreign = 0
        self.languages: Counter[str] = Counter()
        self.refused: list[Refused] = []

    def usable(self, units: Iterable[Translation | Refused]) -> Iterator[Translation]:
        for unit in units:
            if isinstance(unit, Translation):
                self.units += 1
                self.languages.update(tag for tag, _ in unit.texts)
                yield unit
            elif unit.foreign:
                self.foreign += 1
            else:
                self.refused.append(unit)


def _written(project: Project, file: Path, tally: _Tally) -> Iterator[bytes]:
    settings = project.settings
    units = read_memory(file, shown=file.as_posix(), languages=settings.languages)
    return write(tally.usable(units), source=settings.source_language, version=__version__)
