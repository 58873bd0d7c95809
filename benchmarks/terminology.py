"""Terms of 5,000 concepts in 100,000 segments: speed, start-up and memory, beside the peers' ways.

    python benchmarks/terminology.py DATA_FOLDER [SEGMENTS]

Terms are the lemmas of the morphology data (of English, words of the texts but for the 200 most
frequent), 3,000 at most, and pairs of them; segments are as long as the sentences of the treebanks
and news, but cut anywhere, so that hardly a text comes twice. Sources and targets are not
translations of one another: nearly every term of a source is reported as missing, which costs more
than a real newsroom would.

Four tables, all of one run. Compare what stands in one line; the machine may be busy.

1. One language, one process, seconds of CPU. "ready" is the index; "cold" the first time that every
   segment is met, with that index and all that has to be loaded; "warm" the second time. The
   peers find citation forms only and are measured on a share of the segments: "alternation" looks
   for all terms at once with one regular expression, "a regex a term" is Weblate's way, each term
   by itself between word boundaries, ignoring case.
2. Both sides, two processes, each with one half: what the terms check does for a source and a
   target, beside the alternation of both languages. Pairs a second of CPU of one process, and of
   wall time of both. "x" is the alternation's CPU against ours.
3. What terminology adds to `workflow check --release … --lang …`, a process of its own: seconds of
   CPU, the middle of five runs, less those without a glossary. "new" begins without `.workflow/`,
   "next release" knows the words of another release only, "again" knows them all.
4. The whole check, and a publication with two processes, of a newsroom with 5,000 concepts and 200
   releases in four languages: seconds, and the most memory that its processes held together
   (proportional set size).
"""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import newsroom

from workflow.checks.terms import CHECK
from workflow.languages import language
from workflow.model import Concept, Term, Text, Unit
from workflow.plugins import Pair
from workflow.terminology.matching import find_terms

ROOT = Path(__file__).parents[1]
TERMS = 5000
SETS = {
    "ru": ("ru.unimorph", "ru.ud"),
    "kk": ("kk.unimorph", "kk.ud"),
    "ky": ("ky.ud", "ky.apgold"),
}
RELEASES = ("anti-drug-operation-channel-perekhvat-results", "accreditation-rules-for-journalists")
_VOID = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def lemmas(folder: Path, tag: str) -> list[str]:
    """TERMS terms, the lemmas first, then pairs of them."""
    found: dict[str, None] = {}
    for name in SETS.get(tag, ()):
        for line in (folder / "morphology" / f"{name}.tsv").read_text("utf-8").splitlines():
            found[line.split("\t")[1]] = None
    if tag not in SETS:
        words = Counter(word for each in sentences(folder, tag) for word in each)
        common = {word for word, _ in words.most_common(200)}
        found = dict.fromkeys(
            word for word in words if re.fullmatch("[a-z]{4,}", word) and word not in common
        )
    single = [lemma for lemma in found if len(lemma) > 2][: TERMS * 3 // 5]
    pairs = (f"{a} {b}" for far in range(7, 99) for a, b in zip(single, single[far:], strict=False))
    return list(itertools.islice(dict.fromkeys([*single, *pairs]), TERMS))


def sentences(folder: Path, tag: str) -> list[list[str]]:
    """The words of each sentence of the treebank and of the parallel news."""
    lines = (folder / "segmentation" / f"{tag}.treebank.jsonl").read_text("utf-8").splitlines()
    found = [text for line in lines for text in json.loads(line)["segments"]]
    lines = (folder / "parallel" / "news-4way.jsonl").read_text("utf-8").splitlines()
    return [text.split() for text in (*found, *(json.loads(line)[tag] for line in lines))]


def segments(folder: Path, tag: str, count: int) -> list[str]:
    """``count`` segments as long as sentences, each from any place of the text."""
    rng = random.Random(1)
    found = sentences(folder, tag)
    words = [word for sentence in found for word in sentence]
    sizes = [len(sentence) for sentence in found]
    starts = (rng.randrange(len(words)) for _ in range(count))
    return [" ".join(words[start : start + rng.choice(sizes)]) for start in starts]


def glossary(terms: dict[str, list[str]]) -> tuple[Concept, ...]:
    return tuple(
        Concept(
            id=f"c{n}", terms=tuple((tag, (Term(text=terms[tag][n]),)) for tag in sorted(terms))
        )
        for n in range(TERMS)
    )


def spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def every(terms: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", re.IGNORECASE)


def one_language(
    tag: str, terms: list[str], texts: list[str], concepts: tuple[Concept, ...]
) -> None:
    rules = language(tag)
    ready = spent(lambda: find_terms("x", concepts, rules))
    cold = ready + spent(lambda: sum(len(find_terms(text, concepts, rules)) for text in texts))
    warm = spent(lambda: sum(len(find_terms(text, concepts, rules)) for text in texts))
    share = texts[: max(len(texts) // 100, 100)]
    pattern = every(terms)
    alternation = spent(lambda: [pattern.findall(text) for text in share]) / len(share)
    few = share[: max(len(texts) // 2000, 20)]
    each = [re.compile(rf"\b{re.escape(term)}\b", re.IGNORECASE) for term in terms]
    by_term = spent(lambda: [one.search(text) for text in few for one in each]) / len(few)
    rate = len(texts) / warm
    hits = sum(len(find_terms(text, concepts, rules)) for text in share) / len(share)
    print(
        f"{tag}  {hits:.1f} terms a segment; ready {ready:4.2f} s, cold {cold:4.1f} s,"
        f" warm {warm:4.1f} s: {rate:6,.0f} segments/s\n"
        f"    alternation {1 / alternation:5,.0f} ({rate * alternation:.0f} x, on {len(share)}),"
        f" a regex a term {1 / by_term:3,.0f} ({rate * by_term:,.0f} x, on {len(few)})",
        flush=True,
    )


def checked(concepts: tuple[Concept, ...], tag: str, both: Sequence[tuple[str, str]]) -> float:
    def pair(source: str, target: str) -> Pair:
        return Pair(
            unit=Unit(key="k", source=source, target=target),
            source=Text(source),
            target=Text(target),
            source_language=language("en"),
            target_language=language(tag),
            concepts=concepts,
        )

    pairs = [pair(*texts) for texts in both]
    return spent(lambda: sum(len(list(CHECK.find(pair))) for pair in pairs))


def both_sides(
    tag: str,
    concepts: tuple[Concept, ...],
    both: list[tuple[str, str]],
    terms: dict[str, list[str]],
) -> None:
    """Two processes, forked where the words are known already: warm."""
    global _ours, _theirs  # what is forked need not be sent
    en, other = every(terms["en"]), every(terms[tag])
    _ours = lambda half: checked(concepts, tag, half)  # noqa: E731
    _theirs = lambda half: spent(lambda: [(en.findall(a), other.findall(b)) for a, b in half])  # noqa: E731
    checked(concepts, tag, both)
    seconds, wall = in_two(_run_ours, both)
    share = both[: max(len(both) // 100, 100)]
    peers, _ = in_two(_run_theirs, share)
    ours, theirs = seconds / len(both), peers / len(share)
    print(
        f"en+{tag}  {1 / ours:7,.0f} pairs/s a process, {len(both) / wall:7,.0f} both; alternation"
        f" {1 / theirs:5,.0f} ({theirs / ours:3.0f} x, on {len(share)})",
        flush=True,
    )


_ours: Callable[[Sequence[tuple[str, str]]], float]
_theirs: Callable[[Sequence[tuple[str, str]]], float]


def _run_ours(half: Sequence[tuple[str, str]]) -> float:
    return _ours(half)


def _run_theirs(half: Sequence[tuple[str, str]]) -> float:
    return _theirs(half)


def in_two(
    work: Callable[[Sequence[tuple[str, str]]], float], items: Sequence[tuple[str, str]]
) -> tuple[float, float]:
    """Seconds of CPU of both processes, and of the clock."""
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(max_workers=2, mp_context=context) as pool:
        start = time.perf_counter()
        seconds = sum(pool.map(work, (items[::2], items[1::2])))
        return seconds, time.perf_counter() - start


def as_toml(concepts: tuple[Concept, ...]) -> str:
    rows = []
    for concept in concepts:
        rows.append(f'[[concept]]\nid = "{concept.id}"\n[concept.terms]')
        for tag, terms in concept.terms:
            rows.append(f"{tag} = [{{ term = {json.dumps(terms[0].text, ensure_ascii=False)} }}]")
    return "\n".join(rows) + "\n"


def start_up(concepts: tuple[Concept, ...]) -> None:
    root = Path(tempfile.mkdtemp())
    for name in ("sources", "locales", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "workflow.toml", root)
    file = root / "locales" / "glossary.toml"
    glossaries = {"none": "", "sample": file.read_text("utf-8"), "5,000": as_toml(concepts)}

    def check(tag: str, release: str) -> float:
        words = [sys.executable, "-m", "workflow", "check", "--release", release, "--lang", tag]
        before = os.times()
        subprocess.run(words, cwd=root, env={**os.environ, "PYTHONPATH": str(ROOT)}, **_VOID)  # type: ignore[call-overload]
        after = os.times()
        return sum(after[2:4]) - sum(before[2:4])

    for tag in SETS:
        seen: dict[str, list[float]] = {}
        for _, (name, text) in itertools.product(range(5), glossaries.items()):
            file.write_text(text, "utf-8")
            shutil.rmtree(root / ".workflow", ignore_errors=True)
            for step, release in (("new", 0), ("next release", 1), ("again", 0)):
                seen.setdefault(f"{name} {step}", []).append(check(tag, RELEASES[release]))
        middle = {what: statistics.median(each) for what, each in seen.items()}
        for name in ("sample", "5,000"):
            added = (
                f"{step} {middle[f'{name} {step}'] - middle[f'none {step}']:5.2f} s"
                for step in ("new", "next release", "again")
            )
            print(f"{tag}  {name:7} glossary: {', '.join(added)}", flush=True)
    shutil.rmtree(root)


def whole(concepts: tuple[Concept, ...], texts: dict[str, list[str]]) -> None:
    root = Path(tempfile.mkdtemp())
    subprocess.run([sys.executable, "-m", "workflow", "init", str(root)], check=True, **_VOID)  # type: ignore[call-overload]
    for number in range(200):
        body = "\n\n".join(texts["en"][number * 30 : number * 30 + 30])
        head = f"---\ntitle: Release {number}\ndate: 2024-01-01\nsection: news\n---\n\n"
        (root / "sources" / f"release-{number:03}.md").write_text(head + body, "utf-8")
    (root / "locales" / "glossary.toml").write_text(as_toml(concepts), "utf-8")
    newsroom.run(root, "sync")
    for tag in SETS:
        targets = itertools.cycle(texts[tag])
        for path in sorted((root / "locales" / tag / "releases").glob("*.po")):
            head, *entries = path.read_text("utf-8").split('\nmsgstr ""\n\n')
            filled = (
                f"{entry}\nmsgstr {json.dumps(next(targets), ensure_ascii=False)}\n\n"
                for entry in entries[:-1]
            )
            path.write_text(f'{head}\nmsgstr ""\n\n{"".join(filled)}{entries[-1]}', "utf-8")
    shutil.rmtree(root / ".workflow")
    for words in (("check",), ("check",), ("publish", "--all", "--dry-run")):
        newsroom.run(root, *words)
    shutil.rmtree(root)


def main() -> None:
    folder = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    tags = ("en", *SETS)
    terms = {tag: lemmas(folder, tag) for tag in tags}
    texts = {tag: segments(folder, tag, count) for tag in tags}
    concepts = glossary(terms)
    print(f"1. {TERMS:,} concepts, {count:,} segments of one language")
    for tag in tags:
        one_language(tag, terms[tag], texts[tag], concepts)
    print("2. Both sides of a unit, two processes")
    for tag in SETS:
        both = list(zip(texts["en"], texts[tag], strict=True))
        both_sides(tag, concepts, both, terms)
    print("3. Added to the check of one release")
    start_up(concepts)
    print("4. The whole check of 200 releases in four languages, twice, and a publication")
    whole(concepts, texts)


if __name__ == "__main__":
    main()
