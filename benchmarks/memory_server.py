"""The shared memory on a PostgreSQL: sending, exact and fuzzy look-ups, agreement with the truth.

    python benchmarks/memory_server.py DATA_FOLDER URL [UNITS]

The texts and the queries are those of ``benchmarks/memory.py``. The tables are those of a newsroom
that shares its memory, so give it a database of its own: what is there is dropped. Where UNITS are
there already, they are asked as they are. Agreement: the best answer is as like as the best of all
texts (rapidfuzz), among queries that have one at 70 % or more. Milliseconds are those of the clock,
of one client; the share of them that is the client's own work is told beside them.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

sys.path.insert(0, str(Path(__file__).parent))

from memory import FLOOR, make_texts

from workflow.model import Remembered
from workflow.stores.memory.connecting import connected
from workflow.stores.memory.server import Server

PART = 1000
HOUSE = "benchmark"


def main() -> None:
    """Send what is not there, ask, and compare."""
    texts, queries = make_texts(Path(sys.argv[1]), int((sys.argv[3:] or ["100000"])[0]))
    url = sys.argv[2]
    if held(url) != len(texts):
        send(url, texts)
    server = Server(url, pair="en-ru", house=HOUSE)
    server.like("warm up", floor=FLOOR, most=1)
    told("exact, one text", [clocked(lambda text=text: server.exact([text])) for text in queries])
    best: list[float] = []

    def ask(query: str) -> None:
        hits = server.like(query, floor=FLOOR, most=1)
        best.append(fuzz.ratio(query, hits[0][1].source) if hits else 0)

    own = time.process_time()
    told("fuzzy", [clocked(lambda query=query: ask(query)) for query in queries])
    print(f"of these the client's own: {(time.process_time() - own) / len(queries) * 1000:.1f} ms")
    part = queries[: 300 if len(texts) <= 100_000 else 100]
    truth = [process.extractOne(q, texts, scorer=fuzz.ratio, score_cutoff=FLOOR) for q in part]
    known = [(a, b[1]) for a, b in zip(best, truth, strict=False) if b]
    agreed = sum(abs(a - b) < 1e-9 for a, b in known) / len(known)
    print(f"agreement with rapidfuzz over all: {agreed:.3f} of {len(known)} queries that have one")


def clocked(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def told(what: str, seconds: list[float]) -> None:
    ranks = statistics.quantiles(seconds, n=20)
    p50, p95 = statistics.median(seconds) * 1000, ranks[-1] * 1000
    print(
        f"{what}: p50 {p50:.2f} ms, p95 {p95:.2f} ms, {len(seconds) / sum(seconds):,.0f} queries/s"
    )


def held(url: str) -> int:
    connection = connected(url)
    try:
        if connection.run("SELECT to_regclass('workflow_units')")[0][0] is None:
            return 0
        return int(connection.run("SELECT count(*) FROM workflow_units")[0][0])
    finally:
        connection.close()


def send(url: str, texts: list[str]) -> None:
    connection = connected(url)
    connection.run("DROP TABLE IF EXISTS workflow_units, workflow_origins, workflow_words")
    connection.close()
    parts = {f"r{at}": texts[at : at + PART] for at in range(0, len(texts), PART)}
    server = Server(url, pair="en-ru", house=HOUSE)
    seconds = clocked(
        lambda: server.share(
            dict.fromkeys(parts, "1"),
            lambda slug: [Remembered(source=t, target="Перевод", origin=slug) for t in parts[slug]],
        )
    )
    print(f"{len(texts):,} units sent in {seconds:.0f} s")
    connection = connected(url)
    connection.run("VACUUM ANALYZE")
    connection.close()


if __name__ == "__main__":
    main()
