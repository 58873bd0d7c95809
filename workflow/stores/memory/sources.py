"""What an index is made of: catalogues and imported memories, and what releases say of secrecy."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from workflow.errors import StoreError, WorkflowError
from workflow.memories.tmx_reading import read
from workflow.memories.values import IMPORTED, Refused, Translation, remembered
from workflow.model import Catalog, Remembered
from workflow.slugs import is_slug
from workflow.stores.catalogs import SOURCE_LANGUAGE, catalog_of, catalog_path
from workflow.stores.charsets import read_po
from workflow.stores.files import TICK, seen
from workflow.stores.sources import read_source, source_files

MEMORIES = "locales/memory"
"""Where imported memories are, relative to the project."""

OPEN, CONFIDENTIAL, CLOSED = "open", "confidential", "closed"
"""Whom a release is open to: all; confidential ones; itself only, as what cannot be read."""

_KEPT = 100_000
"""Releases of which it is kept in mind what they say: the indexes of a newsroom ask in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Of which newsroom, and of which pair of its languages, an index is."""

    root: Path
    source: str
    target: str
    languages: tuple[str, ...]
    default: str
    """The language of a release that does not say."""
    accepted: Callable[[Catalog], Iterable[Remembered]]
    """What a memory takes from a catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A file with translations."""

    path: str
    """Relative to the project."""
    name: str
    """What its texts are said to come from."""
    imported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrecy:
    """What the source of a release says that its texts cannot."""

    section: str = ""
    embargo: str = ""
    state: str = OPEN


def origins(scope: Scope) -> Iterator[Origin]:
    """The files of the scope, in order."""
    folder = f"{scope.root}/locales/{scope.target}/releases"
    for slug in sorted(_stems(folder, ".po")):
        if is_slug(slug):
            yield Origin(path=catalog_path(scope.target, slug), name=slug)
    for path in memory_files(scope.root):
        shown = path.relative_to(scope.root).as_posix()
        yield Origin(path=shown, name=f"{IMPORTED}{path.stem}", imported=True)


def memory_files(root: Path) -> tuple[Path, ...]:
    """The imported memories, in order."""
    return tuple(
        root / MEMORIES / f"{stem}.tmx" for stem in sorted(_stems(f"{root}/{MEMORIES}", ".tmx"))
    )


def read_memory(
    path: Path, *, shown: str, languages: tuple[str, ...]
) -> Iterator[Translation | Refused]:
    """The units of a TMX file, named ``shown``. Raises `ExchangeError` or `StoreError`."""
    try:
        with path.open("rb") as file:
            yield from read(file, shown, languages=languages)
    except OSError as fault:
        what = f"cannot be read: {fault.strerror}"
        raise StoreError(what, path=shown, hint="see name and rights of the file") from None


def usable_units(path: Path, *, shown: str, languages: tuple[str, ...]) -> Iterator[Translation]:
    """What `read_memory` gives, without what was refused."""
    for unit in read_memory(path, shown=shown, languages=languages):
        if isinstance(unit, Translation):
            yield unit


def stamp(path: Path | str) -> str:
    """What the file system says of a file; empty of one that may still change unseen."""
    mark, newest = seen(str(path))
    return "" if newest > time.time_ns() - TICK else mark


def file_digest(path: Path, *, shown: str) -> str:
    """The `digest` of a file's bytes. Raises `StoreError`."""
    try:
        with path.open("rb") as file:
            return digest(iter(lambda: file.read(1 << 20), b""))
    except OSError as fault:
        raise StoreError(f"cannot be read: {fault.strerror}", path=shown) from None


def digest(pieces: Iterable[bytes]) -> str:
    """A hash of bytes that come in pieces."""
    hashed = blake2b(digest_size=12)
    for piece in pieces:
        hashed.update(piece)
    return hashed.hexdigest()


def pairs(scope: Scope, origin: Origin) -> Iterator[tuple[Remembered, bool]]:
    """What a file remembers, and whether it is only a sentence out of a unit.

    Raises `WorkflowError` when it cannot be read.
    """
    if origin.imported:
        yield from ((pair, False) for pair in _imported(scope, origin))
        return
    file = read_po(scope.root, origin.path)
    if file is None:
        return
    catalog = catalog_of(file, tag=scope.target, slug=origin.name)
    header = dict(catalog.header)
    if (header.get(SOURCE_LANGUAGE) or scope.default) != scope.source:
        return
    saved = header.get("po-revision-date", "")[:10]
    changed = saved if saved[:1].isdigit() else ""
    whole = {(unit.key, unit.source) for unit in catalog.units}
    for pair in scope.accepted(catalog):
        yield replace(pair, changed=pair.changed or changed), (pair.key, pair.source) not in whole


def releases(scope: Scope) -> Iterator[tuple[str, str, tuple[Path, ...]]]:
    """(slug, stamp, files) of every release in ``sources/``."""
    files: dict[str, tuple[Path, ...]] = {}
    for path in source_files(scope.root):
        files[path.stem] = (*files.get(path.stem, ()), path)
    for slug, paths in files.items():
        marks = [stamp(path) for path in paths]
        yield slug, "/".join(marks) if all(marks) else "", paths


def secrecy(scope: Scope, paths: tuple[Path, ...], mark: str) -> Secrecy:
    """What cannot be read, or not without guessing, is closed.

    ``mark`` is the stamp of `releases`: files are read once for each, whichever index asks.
    """
    read_now = _secrecy if mark else _secrecy.__wrapped__
    return read_now(scope.root, paths, scope.default, mark)


@functools.lru_cache(maxsize=_KEPT)
def _secrecy(root: Path, paths: tuple[Path, ...], default: str, _mark: str) -> Secrecy:
    try:
        (path,) = paths
        release = read_source(root, path, default_language=default)
    except (WorkflowError, ValueError):
        return Secrecy(state=CLOSED)
    if release.slug != path.stem or release.status != "usable":
        state = CLOSED
    else:
        state = CONFIDENTIAL if release.confidential else OPEN
    return Secrecy(section=release.section, embargo=release.embargo, state=state)


def _imported(scope: Scope, origin: Origin) -> Iterator[Remembered]:
    name = origin.name.removeprefix(IMPORTED)
    units = usable_units(scope.root / origin.path, shown=origin.path, languages=scope.languages)
    return remembered(units, name=name, source=scope.source, target=scope.target)


def _stems(folder: str, suffix: str) -> list[str]:
    try:
        names = os.listdir(folder)  # noqa: PTH208  # a Path each would cost more than the call
    except OSError:
        return []
    return [name.removesuffix(suffix) for name in names if name.endswith(suffix) and name[0] != "."]
