"""Files → rows of an index. What did not change is not read again; what is gone leaves."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice

from workflow.errors import WorkflowError
from workflow.markup import plain_text
from workflow.model import Remembered
from workflow.stores.memory.sources import (
    Origin,
    Scope,
    file_digest,
    origins,
    pairs,
    releases,
    secrecy,
    stamp,
)

AT_ONCE = 500
"""Values in one question to SQLite."""

_PART = 2000
"""Units of a file that are written together: an imported memory may have millions."""


def text_hash(markup: str) -> int:
    """A hash of a text, as SQLite holds numbers: 64 bits with a sign."""
    data = blake2b(markup.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(data, "big", signed=True)


def comparable(markup: str) -> str:
    """The words of a text as likeness is measured: without codes, composed."""
    return unicodedata.normalize("NFC", plain_text(markup))


def batches(values: Iterable[int]) -> Iterator[tuple[str, list[int]]]:
    """``values`` in parts, each with the question marks that it needs."""
    rest = iter(values)
    while part := list(islice(rest, AT_ONCE)):
        yield ",".join("?" * len(part)), part


def changed_files(db: sqlite3.Connection, scope: Scope) -> tuple[list[Origin], list[str]]:
    """Files that may have changed since they were read, and the paths of those that are gone."""
    known = dict(db.execute("SELECT path, stamp FROM files"))
    changed = []
    for origin in origins(scope):
        before = known.pop(origin.path, "")
        if not before or before != stamp(f"{scope.root}/{origin.path}"):
            changed.append(origin)
    return changed, list(known)


def refresh_releases(db: sqlite3.Connection, scope: Scope) -> None:
    """Bring up to date what is known of secrecy."""
    known = dict(db.execute("SELECT slug, stamp FROM releases"))
    for slug, mark, paths in releases(scope):
        before = known.pop(slug, None)
        if before and before == mark:
            continue
        said = secrecy(scope, paths, mark)
        row = (slug, mark, said.section, said.embargo, said.state)
        db.execute("INSERT OR REPLACE INTO releases VALUES (?, ?, ?, ?, ?)", row)
    db.executemany("DELETE FROM releases WHERE slug = ?", ((slug,) for slug in known))


class Filler:
    """Writes the rows of files inside one transaction."""

    def __init__(self, db: sqlite3.Connection, scope: Scope) -> None:
        self.db = db
        self.scope = scope
        self.next_text = self._next("texts")
        self.next_file = self._next("files")
        self.moved = 0
        """Rows that came or went."""

    def read(self, origin: Origin) -> bool:
        """Read a file anew if its bytes are others; whether its rows changed.

        Raises `WorkflowError` for a file that cannot be read: then it has no rows.
        """
        mark = stamp(f"{self.scope.root}/{origin.path}")
        try:
            now = file_digest(self.scope.root / origin.path, shown=origin.path)
            known = self.db.execute(
                "SELECT id, digest FROM files WHERE path = ?", (origin.path,)
            ).fetchone()
            if known and known[1] == now:
                self.db.execute("UPDATE files SET stamp = ? WHERE id = ?", (mark, known[0]))
                return False
            self._write(origin, mark, now)
        except WorkflowError:
            self.forget(origin.path)
            raise
        return True

    def forget(self, path: str) -> None:
        """Take out the rows of a file."""
        for (file,) in self.db.execute("SELECT id FROM files WHERE path = ?", (path,)).fetchall():
            self.moved += self.db.execute("DELETE FROM units WHERE file = ?", (file,)).rowcount
            self.db.execute("DELETE FROM files WHERE id = ?", (file,))

    def _write(self, origin: Origin, mark: str, now: str) -> None:
        """The rows of a file in the place of those it had, a part at a time."""
        rows = pairs(self.scope, origin)
        part, ids, fresh = self._next_part(rows)
        self.forget(origin.path)
        file, self.next_file = self.next_file, self.next_file + 1
        row = (file, origin.path, mark, now, origin.name, origin.imported)
        self.db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", row)
        place = 0
        while part:
            self._add(file, place, part, ids)
            self.db.executemany("INSERT OR IGNORE INTO fresh VALUES (?)", ((t,) for t in fresh))
            place += len(part)
            part, ids, fresh = self._next_part(rows)
        self.moved += place

    def _next_part(
        self, rows: Iterator[tuple[Remembered, bool]]
    ) -> tuple[list[tuple[Remembered, bool]], dict[str, int], set[int]]:
        """Rows, the numbers of their texts, and of these the texts that no unit has yet."""
        part = list(islice(rows, _PART))
        ids = self._ids(part)
        texts = {ids[pair.source] for pair, _ in part}
        return part, ids, texts - self._alive(texts)

    def _add(
        self, file: int, place: int, part: Sequence[tuple[Remembered, bool]], ids: dict[str, int]
    ) -> None:
        self.db.executemany(
            "INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    file,
                    at,
                    ids[pair.source],
                    pair.target,
                    pair.key,
                    pair.role,
                    ids[pair.before],
                    ids[pair.after],
                    pair.section,
                    pair.changed,
                    pair.reviewed,
                    is_part,
                )
                for at, (pair, is_part) in enumerate(part, place)
            ),
        )

    def _ids(self, part: Sequence[tuple[Remembered, bool]]) -> dict[str, int]:
        """The number of each source text and of those beside it; one without gets the next."""
        texts = {text for pair, _ in part for text in (pair.source, pair.before, pair.after)}
        hashes = {text: text_hash(text) for text in sorted(texts)}
        known: dict[str, int] = {}
        for marks, some in batches(hashes.values()):
            question = f"SELECT markup, id FROM texts WHERE hash IN ({marks})"  # noqa: S608
            known.update(self.db.execute(question, some))
        new = [text for text in hashes if text not in known]
        for text in new:
            known[text], self.next_text = self.next_text, self.next_text + 1
        self.db.executemany(
            "INSERT INTO texts VALUES (?, ?, ?, ?)",
            ((known[text], hashes[text], text, _other(comparable(text), text)) for text in new),
        )
        return known

    def _alive(self, ids: set[int]) -> set[int]:
        found: set[int] = set()
        for marks, some in batches(ids):
            question = f"SELECT DISTINCT text FROM units WHERE text IN ({marks})"  # noqa: S608
            found.update(text for (text,) in self.db.execute(question, some))
        return found

    def _next(self, table: str) -> int:
        (last,) = self.db.execute(f"SELECT MAX(id) FROM {table}").fetchone()  # noqa: S608
        return (last or 0) + 1


def refresh_files(db: sqlite3.Connection, scope: Scope) -> tuple[int, list[WorkflowError]]:
    """Bring the rows of all files up to date: how many were read anew, and what was wrong."""
    changed, gone = changed_files(db, scope)
    filler = Filler(db, scope)
    faults: list[WorkflowError] = []
    count = len(gone)
    for path in gone:
        filler.forget(path)
    for origin in changed:
        try:
            count += filler.read(origin)
        except WorkflowError as fault:
            faults.append(fault)
    if filler.moved:
        _add_to_meta(db, "moved", filler.moved)
    return count, faults


def _other(text: str, than: str) -> str | None:
    return None if text == than else text


def _add_to_meta(db: sqlite3.Connection, name: str, count: int) -> None:
    found = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    total = count + (int(found[0]) if found else 0)
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, str(total)))
