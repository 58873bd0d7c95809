"""An index on disk: opened, brought up to date, asked. One process writes at a time."""

from __future__ import annotations

import datetime as dt
import fcntl
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.errors import StoreError, WorkflowError
from workflow.model import Remembered
from workflow.stores.derived import FOLDER
from workflow.stores.memory.filling import refresh_files, refresh_releases
from workflow.stores.memory.looking import Row, View, hidden_releases, hidden_units, pairs_of
from workflow.stores.memory.schema import connect, create, is_damage, remove
from workflow.stores.memory.sources import Scope

if TYPE_CHECKING:
    from workflow.stores.memory.sketches import Sketches

_FEW = 4096
"""Rows that may come and go before the table of sketches is made anew, at the least."""
_DAMAGED = "the index of the memory was damaged; it was made anew"
_AGAIN = "run the command again, or begin anew: workflow memory clean"
_LIVING = """
SELECT id, hash, COALESCE(words, markup) FROM texts WHERE id IN (SELECT text FROM units)
"""
_FRESH = """
SELECT id, hash, COALESCE(words, markup) FROM texts WHERE id IN (SELECT text FROM fresh)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What was done to bring an index up to date."""

    files: int
    """Files that were read anew, or are gone."""
    faults: tuple[WorkflowError, ...] = ()
    """Files that could not be read; nothing of them is remembered."""
    remark: str = ""
    """What people should know of the index itself."""


def open_index(scope: Scope, *, made_by: str) -> tuple[Index, Refreshed]:
    """The index of a scope, up to date.

    ``made_by`` says what rows depend on besides files: the program. A disk that refuses costs
    time, nothing else: the index is in memory then. Raises `StoreError` when another program keeps
    the index busy.
    """
    folder = scope.root / FOLDER / "memory"
    path = folder / f"{scope.source}-{scope.target}.sqlite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(path):
            index = Index(scope, path, made_by=made_by)
            return index, index.refresh()
    except (OSError, sqlite3.DatabaseError) as fault:
        if getattr(fault, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise _busy(path) from None
        return _in_memory(scope, made_by)


def drop_indexes(root: Path) -> int:
    """Take all indexes away: how many bytes they had. Who uses one meanwhile makes it anew."""
    freed = 0
    for path in sorted((root / FOLDER / "memory").glob("*.sqlite")):
        with _lock(path):
            freed += size_of(path)
            remove(path)
    return freed


def size_of(path: Path) -> int:
    """Bytes of an index and its sketches."""
    files = (path, *path.parent.glob(f"{path.stem}.*.npy"), *path.parent.glob(f"{path.stem}.*.txt"))
    return sum(file.stat().st_size for file in files if file.exists())


class Index:
    """The memory of a pair of languages; `seen_by` is what it is asked through."""

    def __init__(self, scope: Scope, path: Path | None, *, made_by: str) -> None:
        """``path`` is None for an index in memory. Only for those who hold the lock."""
        self.scope = scope
        self.path = path
        self.made_by = made_by
        self.remark = ""
        self._tables: tuple[Sketches, ...] = ()
        self._views: dict[frozenset[str], View] = {}
        if path is None:
            self.db = create(None, made_by=made_by)
        else:
            self.db, damaged = connect(path, made_by=made_by)
            self.remark = _DAMAGED if damaged else ""

    def refresh(self) -> Refreshed:
        """Bring the rows up to date. Only for those who hold the lock."""
        try:
            files, faults = self._refreshed()
        except sqlite3.DatabaseError as fault:
            if self.path is None or not is_damage(fault):
                raise
            files, faults = self._begin_anew(self.path)
        return Refreshed(files=files, faults=tuple(faults), remark=self.remark)

    def seen_by(self, slug: str, now: dt.datetime) -> View:
        """The memory as the release ``slug`` may see it; "" for anybody."""
        hidden = hidden_releases(self.ask, slug, now)
        if hidden not in self._views:
            count = hidden_units(self.ask, hidden)
            self._views[hidden] = View(
                ask=self.ask, hidden=hidden, hidden_units=count, tables=self.tables
            )
        return self._views[hidden]

    def ask(self, question: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows that answer ``question``; an index that turns out damaged is made anew."""
        try:
            return self.db.execute(question, values).fetchall()
        except sqlite3.DatabaseError as fault:
            if self.path is None or not is_damage(fault):
                raise _busy(self.path) from None
            with _lock(self.path):
                self._begin_anew(self.path)
            return self.db.execute(question, values).fetchall()

    def releases(self) -> dict[str, str]:
        """Slug → hash of its catalogue."""
        return dict(self.ask("SELECT origin, digest FROM files WHERE NOT imported"))

    def sections(self) -> dict[str, str]:
        """Slug → section, as the sources of the releases say."""
        return dict(self.ask("SELECT slug, section FROM releases"))

    def of_release(self, slug: str) -> list[Remembered]:
        """What is remembered of a release, secret or not."""
        return pairs_of(self.ask, slug)

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return size_of(self.path) if self.path else 0

    def tables(self) -> Sequence[Sketches]:
        """The tables of sketches: a large one from the disk, and one of what came since."""
        if not self._tables:
            if self.path is None:
                self._tables = (self._make(_LIVING),)
            else:
                with _lock(self.path):
                    self._tables = self._found_or_made(self.path)
        return self._tables

    def _found_or_made(self, path: Path) -> tuple[Sketches, ...]:
        try:
            return self._on_disk(path)
        except sqlite3.DatabaseError as fault:
            if not is_damage(fault):
                raise _busy(path) from None
        self._begin_anew(path)
        return self._on_disk(path)

    def _refreshed(self) -> tuple[int, list[WorkflowError]]:
        with _transaction(self.db):
            refresh_releases(self.db, self.scope)
            return refresh_files(self.db, self.scope)

    def _begin_anew(self, path: Path) -> tuple[int, list[WorkflowError]]:
        self.db.close()
        remove(path)
        self.db = create(path, made_by=self.made_by)
        self.remark, self._tables = _DAMAGED, ()
        return self._refreshed()

    def _make(self, question: str) -> Sketches:
        from workflow.stores.memory.sketches import make_sketches  # numpy takes its time

        return make_sketches(self.db.execute(question))

    def _on_disk(self, path: Path) -> tuple[Sketches, ...]:
        from workflow.stores.memory.sketches import load_sketches

        meta: dict[str, str] = dict(self.db.execute("SELECT name, value FROM meta"))
        with suppress(OSError, ValueError):
            table = load_sketches(path.with_name(f"{path.stem}.{meta.get('sketches')}.npy"))
            if int(meta.get("moved", 0)) <= max(_FEW, table.table.shape[1] // 8):
                return table, self._make(_FRESH)
        return (self._write_tables(path, meta.get("sketches", "")),)

    def _write_tables(self, path: Path, old: str) -> Sketches:
        """The table of all texts, made and kept; texts that nothing needs any more go."""
        from workflow.stores.memory.sketches import save_sketches

        token = secrets.token_hex(6)
        table = self._make(_LIVING)
        try:
            save_sketches(table, path.with_name(f"{path.stem}.{token}.npy"))
        except StoreError:
            return table
        with _transaction(self.db):
            self.db.execute("DELETE FROM fresh")
            if old:
                self.db.execute(
                    "DELETE FROM texts WHERE id NOT IN (SELECT text FROM units UNION ALL "
                    "SELECT before FROM units UNION ALL SELECT after FROM units)"
                )
                for file in path.parent.glob(f"{path.stem}.{old}.*"):
                    file.unlink(missing_ok=True)
            rows = (("sketches", token), ("moved", "0"))
            self.db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)
        return table


def _in_memory(scope: Scope, made_by: str) -> tuple[Index, Refreshed]:
    index = Index(scope, None, made_by=made_by)
    index.remark = "the index of the memory cannot be kept on this disk; it is worked out anew"
    return index, index.refresh()


def _busy(path: Path | None) -> StoreError:
    shown = path.name if path else "the memory"
    return StoreError("cannot be read or is in use by another program", path=shown, hint=_AGAIN)


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Alone with the index: a damaged one is taken away and begun anew by one process only."""
    with path.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
