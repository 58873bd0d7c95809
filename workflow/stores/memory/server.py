"""A memory that newsrooms or desks share: tables in PostgreSQL, asked as the index is.

An exact text is found by its hash; likely ones through the rarest of its words (`rare`), compared
letter by letter afterwards. Only what others may see is ever sent (see `share`).
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from workflow.model import Remembered
from workflow.stores.memory.connecting import connected, ended, told
from workflow.stores.memory.filling import comparable, text_hash
from workflow.stores.memory.rare import searches

_CAP = 2000
"""Texts with rare words that are compared."""
_CLOSE = 80
"""Likeness in per cent, from which nobody looks on for something better."""
_NAMES = tuple(field.name for field in fields(Remembered))
_COLUMNS = ", ".join(_NAMES)
_TABLES = """
CREATE TABLE IF NOT EXISTS workflow_origins (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, house text NOT NULL, pair text NOT NULL,
    name text NOT NULL, digest text NOT NULL, UNIQUE (house, pair, name)
);
CREATE TABLE IF NOT EXISTS workflow_units (
    origin_id bigint NOT NULL REFERENCES workflow_origins ON DELETE CASCADE, place int NOT NULL,
    pair text NOT NULL, hash bigint NOT NULL, plain text NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('simple', plain)) STORED,
    source text NOT NULL, target text NOT NULL, key text NOT NULL, role text NOT NULL,
    before text NOT NULL, after text NOT NULL, origin text NOT NULL, section text NOT NULL,
    changed text NOT NULL, imported bool NOT NULL, reviewed bool NOT NULL,
    PRIMARY KEY (origin_id, place)
);
CREATE INDEX IF NOT EXISTS workflow_units_hash ON workflow_units (hash);
CREATE INDEX IF NOT EXISTS workflow_units_words ON workflow_units USING gin (words);
CREATE TABLE IF NOT EXISTS workflow_words (
    pair text NOT NULL, word text NOT NULL, texts int NOT NULL, PRIMARY KEY (pair, word)
)
"""
_EXACT = f"""
SELECT {_COLUMNS} FROM workflow_units WHERE hash = ANY(CAST(:hashes AS bigint[])) AND pair = :pair
ORDER BY origin, place
"""  # noqa: S608
_KNOWN = """
SELECT word, texts FROM workflow_words WHERE pair = :pair
AND word = ANY(tsvector_to_array(to_tsvector('simple', :text))) ORDER BY texts, word
"""
_LIKE = """
SELECT DISTINCT hash, plain FROM (
    SELECT hash, plain FROM workflow_units WHERE pair = :pair
    AND words @@ CAST(:search AS tsquery) LIMIT :cap
) AS found
"""
_COUNT = """
INSERT INTO workflow_words
SELECT :pair, word, ndoc FROM ts_stat(
    'SELECT words FROM workflow_units WHERE pair = ' || quote_literal(:pair)
)
"""
_TYPES = {"place": "int", "hash": "bigint", "imported": "bool", "reviewed": "bool"}
_SENT = ("place", "hash", "plain", *_NAMES)
_ARRAYS = ", ".join(f"CAST(:{name} AS {_TYPES.get(name, 'text')}[])" for name in _SENT)
_INSERT = f"""
INSERT INTO workflow_units (origin_id, pair, {", ".join(_SENT)})
SELECT :origin_id, :pair, sent.* FROM unnest({_ARRAYS}) AS sent
"""  # noqa: S608

Read = Callable[[str], Iterable[Remembered]]
"""Slug → what may be sent of a release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What sharing did."""

    sent: int
    """Releases whose texts were sent."""
    withdrawn: int
    """Releases whose texts were taken off the server."""


class Server:
    """A connection to the shared memory of one pair of languages; a `workflow.plugins.Memory`."""

    def __init__(self, url: str, *, pair: str, house: str) -> None:
        """Raises `StoreError` when it cannot be reached, or the extra is not installed."""
        self.pair = pair
        self.house = house
        self._where = urlsplit(url).hostname or "PostgreSQL"
        self._connection = connected(url)
        self.close = weakref.finalize(self, ended, self._connection)
        """Ends the connection; so does forgetting it."""

    def exact(self, sources: Sequence[str]) -> Mapping[str, tuple[Remembered, ...]]:
        """See `workflow.plugins.Memory`."""
        hashes = {text_hash(text): text for text in sources}
        found: dict[str, list[Remembered]] = {}
        for pair in self._by_hash(list(hashes)):
            if hashes.get(text_hash(pair.source)) == pair.source:
                found.setdefault(pair.source, []).append(pair)
        return {text: tuple(found[text]) for text in dict.fromkeys(sources) if text in found}

    def like(self, source: str, *, floor: int, most: int) -> tuple[tuple[int, Remembered], ...]:
        """See `workflow.plugins.Memory`."""
        words = comparable(source)
        near: dict[int, str] = {}
        scored: list[tuple[str, float, int]] = []
        known = [(word, texts) for word, texts in self._ask(_KNOWN, text=words, pair=self.pair)]
        for search in searches(known):
            near |= dict(self._ask(_LIKE, search=search, pair=self.pair, cap=_CAP))
            scored = process.extract(words, near, scorer=fuzz.ratio, score_cutoff=floor, limit=most)
            if scored and scored[0][1] >= _CLOSE:
                break
        scores = {hashed: int(score) for _, score, hashed in scored}
        pairs = [(scores[text_hash(pair.source)], pair) for pair in self._by_hash(list(scores))]
        return tuple(sorted(pairs, key=lambda hit: (-hit[0], hit[1].source))[:most])

    def share(self, origins: Mapping[str, str], read: Read) -> Shared:
        """Bring the server up to date with ``origins``, slug → digest; ``read`` gives their texts.

        What it has of this house and is not among them is taken off: it became secret, or is gone.
        """
        with self._transaction():
            known = dict(
                self._ask(
                    "SELECT name, digest FROM workflow_origins "
                    "WHERE house = :house AND pair = :pair",
                    house=self.house,
                    pair=self.pair,
                )
            )
            gone = [name for name in known if name not in origins]
            new = [name for name, digest in origins.items() if known.get(name) != digest]
            for name in (*gone, *new):
                self._ask(
                    "DELETE FROM workflow_origins "
                    "WHERE house = :house AND pair = :pair AND name = :name",
                    house=self.house,
                    pair=self.pair,
                    name=name,
                )
            for name in new:
                self._send(name, origins[name], read(name))
            if gone or new:
                self._ask("DELETE FROM workflow_words WHERE pair = :pair", pair=self.pair)
                self._ask(_COUNT, pair=self.pair)
        return Shared(sent=len(new), withdrawn=len(gone))

    def _send(self, name: str, digest: str, pairs: Iterable[Remembered]) -> None:
        ((origin,),) = self._ask(
            "INSERT INTO workflow_origins (house, pair, name, digest) "
            "VALUES (:house, :pair, :name, :digest) RETURNING id",
            house=self.house,
            pair=self.pair,
            name=name,
            digest=digest,
        )
        rows = [
            (place, text_hash(pair.source), comparable(pair.source), *astuple(pair))
            for place, pair in enumerate(pairs)
        ]
        if rows:
            columns = dict(zip(_SENT, map(list, zip(*rows, strict=True)), strict=True))
            self._ask(_INSERT, origin_id=origin, pair=self.pair, **columns)

    def _by_hash(self, hashes: list[int]) -> list[Remembered]:
        rows = self._ask(_EXACT, hashes=hashes, pair=self.pair) if hashes else []
        return [Remembered(**dict(zip(_NAMES, row, strict=True))) for row in rows]

    def _ask(self, question: str, **values: object) -> list[list[Any]]:
        with told(self._where):
            return list(self._connection.run(question, **values) or [])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._ask("BEGIN")
        try:
            self._ask("SELECT pg_advisory_xact_lock(hashtext('workflow memory'))")
            for statement in _TABLES.split(";"):
                self._ask(statement)
            yield
        except BaseException:
            self._ask("ROLLBACK")
            raise
        self._ask("COMMIT")
