"""The memory at 100,000 or a million units: building, asking, following a change, and the peers.

    python benchmarks/memory.py DATA_FOLDER [UNITS] [FOLDER]

Texts are real English sentences and variants of them with words changed, so that there are near
ones at every likeness; queries are variants of variants. The catalogues are made in FOLDER (kept
when it is named). In the same run the same queries are answered by rapidfuzz over all texts, whose
best answer is the truth, and a share of them by translate-toolkit's matcher where it is installed
(up to 100,000 units: it keeps them all in mind). Agreement: the best answer is as like as the best
of all, among queries that have one at 70 % or more. Seconds are those of the processor.
"""

from __future__ import annotations

import datetime as dt
import html
import itertools
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from rapidfuzz import fuzz, process

from workflow.pipeline.memory import open_memory
from workflow.stores.project import Project, open_project

FLOOR = 70
QUERIES = 300
BY_PEER = 30
SETTINGS = '[newsroom]\nlanguages = ["en", "ru"]\n'
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"X-Source-Language: en\\n"\n\n'
)


def real_sentences(folder: Path) -> list[str]:
    found: list[str] = []
    for line in (folder / "segmentation/en.treebank.jsonl").read_text("utf-8").splitlines():
        found += json.loads(line)["segments"]
    for name in ("news-4way", "announcements-en-ru"):
        lines = (folder / f"parallel/{name}.jsonl").read_text("utf-8").splitlines()
        found += [json.loads(line)["en"] for line in lines]
    return [text for text in dict.fromkeys(map(html.unescape, found)) if 15 < len(text) < 600]


def variant(text: str, vocabulary: list[str], rng: random.Random, share: float) -> str:
    """``text`` with about that share of its words changed, left out or followed by another."""
    words = text.split()
    for place in range(len(words)):
        chance = rng.random()
        if chance < share * 0.7:
            words[place] = rng.choice(vocabulary)
        elif chance < share * 0.85:
            words[place] = ""
        elif chance < share:
            words[place] += f" {rng.choice(vocabulary)}"
    return " ".join(filter(None, words))


def make_texts(folder: Path, count: int) -> tuple[list[str], list[str]]:
    rng = random.Random(1)
    base = real_sentences(folder)
    vocabulary = list(dict.fromkeys(itertools.chain.from_iterable(text.split() for text in base)))
    texts = dict.fromkeys(base)
    while len(texts) < count:
        share = rng.choice((0.2, 0.4, 0.6, 0.8, 0.9))
        texts[variant(rng.choice(base), vocabulary, rng, share)] = None
    known = list(texts)[:count]
    shares = (0.02, 0.05, 0.1, 0.2, 0.3)
    queries = [
        variant(rng.choice(known), vocabulary, rng, rng.choice(shares)) for _ in range(QUERIES)
    ]
    return known, queries


def write_catalogues(root: Path, texts: list[str], size: int) -> None:
    folder = root / "locales/ru/releases"
    folder.mkdir(parents=True)
    for start in range(0, len(texts), size):
        entries = (
            f'#. paragraph\nmsgctxt "k{n}"\nmsgid {quoted(text)}\n'
            f"msgstr {quoted(f'Перевод: {text}')}\n"
            for n, text in enumerate(texts[start : start + size])
        )
        path = folder / f"release-{start // size}.po"
        path.write_text(HEADER + "\n".join(entries), encoding="utf-8")


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def ask(root: Path, file: Path) -> None:
    """In a process of its own: rates, best scores and the memory used, as JSON."""
    data = json.loads(file.read_text("utf-8"))
    now = dt.datetime.now(dt.UTC)
    view = open_memory(open_project(root), "en", "ru")[0].seen_by("", now)
    view.like("warm up", floor=FLOOR, most=1)
    scores = []
    start = time.process_time()
    for query in data["queries"]:
        found = view.like(query, floor=FLOOR, most=1)
        scores.append(fuzz.ratio(query, found[0][1].source) if found else 0)
    seconds = time.process_time() - start
    view.exact(["warm up"])
    exact = min(timed(lambda part=part: view.exact(part)) for part in data["releases"])
    rss = most_resident()
    print(json.dumps({"seconds": seconds, "scores": scores, "exact": exact, "rss": rss}))


def most_resident() -> float:
    """MB; what getrusage says is that of the parent when it was larger."""
    status = Path("/proc/self/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")


def report_build(project: Project) -> None:
    index = open_memory(project, "en", "ru")[0]
    index.tables()


def toolkit(texts: Iterable[str]) -> Callable[[str], object] | None:
    try:
        from translate.search.match import matcher
        from translate.storage.po import pofile
    except ImportError:
        return None
    store = pofile()
    for text in texts:
        unit = store.UnitClass(text)
        unit.target = "x"
        store.addunit(unit)
    found = matcher(store, max_candidates=1, min_similarity=FLOOR, max_length=2000)
    matches: Callable[[str], object] = found.matches
    return matches


def compare(project: Project, texts: list[str], queries: list[str]) -> None:
    """Both on the same queries, in turns: what else the machine does meets both."""
    theirs = toolkit(texts)
    if theirs is None:
        return
    view = open_memory(project, "en", "ru")[0].seen_by("", dt.datetime.now(dt.UTC))
    view.like("warm up", floor=FLOOR, most=1)
    ratios = []
    for start in range(0, BY_PEER * 3, BY_PEER):
        part = queries[start : start + BY_PEER]
        slow = timed(lambda part=part: [theirs(query) for query in part])
        quick = timed(lambda: [view.like(query, floor=FLOOR, most=1) for query in queries])
        theirs_rate, our_rate = len(part) / slow, len(queries) / quick
        ratios.append(our_rate / theirs_rate)
        print(f"translate-toolkit {theirs_rate:,.1f}, ours {our_rate:,.0f} queries/s")
    print(f"ours is quicker {', '.join(f'{ratio:,.0f}' for ratio in sorted(ratios))} times")


def main() -> None:
    if sys.argv[1] == "--ask":
        ask(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    data = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    texts, queries = make_texts(data, count)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(folder)
        size = 50 if count <= 100_000 else 100
        if not (root / "workflow.toml").exists():
            root.mkdir(parents=True, exist_ok=True)
            (root / "workflow.toml").write_text(SETTINGS, encoding="utf-8")
            write_catalogues(root, texts, size)
            time.sleep(0.1)
        run(root, texts, queries, size)


def run(root: Path, texts: list[str], queries: list[str], size: int) -> None:
    project = open_project(root)
    print(f"{len(texts):,} units in {-(-len(texts) // size):,} catalogues")
    print(f"building: {timed(lambda: report_build(project)):.1f} s")
    index = open_memory(project, "en", "ru")[0]
    print(f"index: {index.size / 1e6:.0f} MB")
    idle = min(timed(lambda: open_memory(project, "en", "ru")) for _ in range(3))
    path = root / "locales/ru/releases/release-7.po"
    path.write_text(path.read_text("utf-8").replace("Перевод", "Перевод иной", 1), "utf-8")
    time.sleep(0.1)
    changed = timed(lambda: report_build(project))
    print(f"opening: {idle * 1000:.0f} ms; with one catalogue changed {changed * 1000:.0f} ms")
    file = root / "queries.json"
    releases = [texts[start : start + 50] for start in range(0, 1000, 50)]
    file.write_text(json.dumps({"queries": queries, "releases": releases}), encoding="utf-8")
    words = [sys.executable, __file__, "--ask", str(root), str(file)]
    ours = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    print(f"a release of 50 units, exact: {ours['exact'] * 1000:.1f} ms")
    rate = len(queries) / ours["seconds"]
    print(f"fuzzy: {rate:,.0f} queries/s; {ours['rss']:.0f} MB resident in a process that asks")
    best: list[float] = []
    part = queries[: 300 if len(texts) <= 100_000 else 100]

    def brute() -> None:
        for query in part:
            hit = process.extractOne(query, texts, scorer=fuzz.ratio, score_cutoff=FLOOR)
            best.append(hit[1] if hit else 0)

    seconds = timed(brute)
    known = [(a, b) for a, b in zip(ours["scores"], best, strict=False) if b]
    agreed = sum(abs(a - b) < 1e-9 for a, b in known) / len(known)
    print(f"agreement with rapidfuzz over all: {agreed:.3f} of {len(known)} queries that have one")
    print(f"rapidfuzz over all: {len(part) / seconds:,.1f} queries/s")
    if len(texts) <= 100_000:
        compare(project, texts, queries)


if __name__ == "__main__":
    main()
