"""The SQLite file of an index: its tables, and whether a file is one of ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_FORMAT = 1
_APPLICATION = 0x574D454D  # WMEM
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE releases (
    slug TEXT PRIMARY KEY, stamp TEXT NOT NULL, section TEXT NOT NULL,
    embargo TEXT NOT NULL, state TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE files (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, digest TEXT NOT NULL,
    origin TEXT NOT NULL, imported INTEGER NOT NULL
);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, markup TEXT NOT NULL, words TEXT
);
CREATE INDEX texts_by_hash ON texts (hash);
CREATE TABLE units (
    file INTEGER NOT NULL, place INTEGER NOT NULL, text INTEGER NOT NULL, target TEXT NOT NULL,
    key TEXT NOT NULL, role TEXT NOT NULL, before INTEGER NOT NULL, after INTEGER NOT NULL,
    section TEXT NOT NULL, changed TEXT NOT NULL, reviewed INTEGER NOT NULL, part INTEGER NOT NULL,
    PRIMARY KEY (file, place)
) WITHOUT ROWID;
CREATE INDEX units_by_text ON units (text);
CREATE TABLE fresh (text INTEGER PRIMARY KEY);
"""
"""``texts``: every source text once, and those beside them; ``words``: what likeness is measured
on, where that is not the markup itself. ``part``: a sentence of a unit.
``fresh``: texts that the table of sketches does not have yet."""


def connect(path: Path, *, made_by: str) -> tuple[sqlite3.Connection, bool]:
    """An index that ``made_by`` may use, and whether there was one and it was damaged.

    What is no such index is taken away and begun anew. Raises `sqlite3.Error` when the disk does
    not allow that. Only for those who hold the lock.
    """
    damaged = False
    if path.exists():
        try:
            found = _open(path)
            if _is_ours(found, made_by):
                return found, False
            found.close()
        except sqlite3.OperationalError as fault:
            if not is_damage(fault):
                raise
            damaged = True
        except sqlite3.DatabaseError:
            damaged = True
        remove(path)
    return create(path, made_by=made_by), damaged


def create(path: Path | None, *, made_by: str) -> sqlite3.Connection:
    """A new, empty index; without a path, in memory."""
    new = _open(path)
    new.execute(f"PRAGMA application_id = {_APPLICATION}")
    new.execute(f"PRAGMA user_version = {_FORMAT}")
    new.executescript(f"BEGIN; {_TABLES} COMMIT;")
    new.execute("INSERT INTO meta VALUES ('made by', ?)", (made_by,))
    return new


def remove(path: Path) -> None:
    """Take an index away, and the tables of sketches that belong to it."""
    for file in (path, path.with_name(f"{path.name}-journal"), *path.parent.glob(f"{path.stem}.*")):
        if file.suffix != ".lock":
            file.unlink(missing_ok=True)


def is_damage(fault: sqlite3.DatabaseError) -> bool:
    """Whether the file is not what it should be; else the disk or another program refused."""
    code = getattr(fault, "sqlite_errorcode", None)
    refused = (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOMEM,
    )
    return code is None or code & 0xFF not in refused


def _open(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path or ":memory:", timeout=60, isolation_level=None)
    connection.execute("PRAGMA cache_size = -65536")  # KiB
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _is_ours(connection: sqlite3.Connection, made_by: str) -> bool:
    with closing(connection.cursor()) as cursor:
        marks = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version")
        ]
        if marks != [_APPLICATION, _FORMAT]:
            return False
        found = cursor.execute("SELECT value FROM meta WHERE name = 'made by'").fetchone()
        return bool(found == (made_by,))
