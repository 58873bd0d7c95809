"""What engines have answered, and what was spent: ``.workflow/answers.sqlite``.

An answer is kept the moment it comes, so that a run that is cut off goes on where it was. What was
refused to be sent is recorded with lengths, never with a text.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from workflow.stores.derived import FOLDER

_FILE = "answers.sqlite"
_SCHEMA = """
create table if not exists answer (digest text primary key, engine text, slug text, target text);
create table if not exists spent (
    day text, engine text, characters integer, requests integer, cost real,
    primary key (day, engine));
create table if not exists refused (
    day text, engine text, slug text, texts integer, characters integer, why text,
    primary key (day, engine, slug, why));
"""
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What was sent."""

    characters: int = 0
    requests: int = 0
    cost: float = 0.0


class Answers:
    """An open store. One thread writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def known(self, digests: Sequence[str]) -> dict[str, str]:
        """The answers that are there, by digest."""
        found = {}
        for digest in digests:
            row = self._connection.execute(
                "select target from answer where digest = ?", (digest,)
            ).fetchone()
            if row and isinstance(row[0], str):
                found[digest] = row[0]
        return found

    def keep(self, digest: str, target: str, *, engine: str, slug: str) -> None:
        """Keep an answer, for good."""
        self._connection.execute(
            "insert or replace into answer values (?, ?, ?, ?)", (digest, engine, slug, target)
        )

    def spent(self, day: str) -> Spent:
        """What was sent on a day, to all engines together."""
        row = self._connection.execute(
            "select coalesce(sum(characters), 0), coalesce(sum(requests), 0),"
            " coalesce(sum(cost), 0.0) from spent where day = ?",
            (day,),
        ).fetchone()
        return Spent(characters=row[0], requests=row[1], cost=row[2])

    def spend(self, day: str, engine: str, spent: Spent) -> None:
        """Count what is about to be sent."""
        self._connection.execute(
            "insert into spent values (?, ?, ?, ?, ?) on conflict (day, engine) do update set"
            " characters = characters + excluded.characters,"
            " requests = requests + excluded.requests, cost = cost + excluded.cost",
            (day, engine, spent.characters, spent.requests, spent.cost),
        )

    def refuse(self, day: str, engine: str, slug: str, lengths: Sequence[int], why: str) -> None:
        """Record that texts were not sent."""
        self._connection.execute(
            "insert or replace into refused values (?, ?, ?, ?, ?, ?)",
            (day, engine, slug, len(lengths), sum(lengths), why),
        )

    def refusals(self) -> list[tuple[str, str, str, int, int, str]]:
        """(day, engine, slug, texts, characters, why), the oldest first."""
        return list(self._connection.execute("select * from refused order by day, slug, engine"))


def digest_of(*said: object) -> str:
    """The name of an answer: a hash of all that it depends on."""
    data = json.dumps(said, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()


@contextmanager
def open_answers(root: Path) -> Iterator[Answers]:
    """The store of a newsroom, new when there is none or none that can be read.

    Where the disk refuses, answers are kept for this run only.
    """
    connection = _opened(root / FOLDER / _FILE)
    try:
        yield Answers(connection)
    finally:
        connection.close()


def _opened(file: Path) -> sqlite3.Connection:
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
    for _ in range(2):
        try:
            return _prepared(sqlite3.connect(file, isolation_level=None, timeout=10))
        except sqlite3.OperationalError:
            break  # no place, or no right to write there
        except sqlite3.DatabaseError:
            with suppress(OSError):
                file.unlink()
    return _prepared(sqlite3.connect(":memory:", isolation_level=None))


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        version = connection.execute("pragma user_version").fetchone()[0]
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError("of another version")
        connection.executescript(f"pragma journal_mode = wal; {_SCHEMA}")
        connection.execute(f"pragma user_version = {_VERSION}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
