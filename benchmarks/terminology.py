"""Finding 5,000 terms in 100,000 segments: ours, one regex a term, one regex of all, in one run.

    python benchmarks/terminology.py DATA_FOLDER [SEGMENTS]

Terms are the lemmas of the morphology data, segments those of the treebanks, repeated as often as
it takes. The peers find citation forms only: Weblate looks for each term by itself, as a word
between boundaries (measured on a share of the segments), an alternation looks for all at once.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
import time
from pathlib import Path

from workflow.languages import language
from workflow.model import Concept, Term
from workflow.terminology.matching import find_terms

TERMS = 5000
SETS = {
    "ru": ("ru.unimorph", "ru.ud"),
    "kk": ("kk.unimorph", "kk.ud"),
    "ky": ("ky.ud", "ky.apgold"),
}


def lemmas(folder: Path, tag: str) -> list[str]:
    found: dict[str, None] = {}
    for name in SETS[tag]:
        for line in (folder / "morphology" / f"{name}.tsv").read_text("utf-8").splitlines():
            lemma = line.split("\t")[1]
            if len(lemma) > 2:
                found[lemma] = None
    pairs = (f"{a} {b}" for a, b in zip(found, list(found)[7:], strict=False))
    return list(dict.fromkeys([*found, *pairs]))[:TERMS]


def segments(folder: Path, tag: str, count: int) -> list[str]:
    lines = (folder / "segmentation" / f"{tag}.treebank.jsonl").read_text("utf-8").splitlines()
    found = [text for line in lines for text in json.loads(line)["segments"]]
    return list(itertools.islice(itertools.cycle(found), count))


def rate(count: int, start: float) -> float:
    return count / (time.process_time() - start)


def main() -> None:
    folder = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    for tag in SETS:
        terms, texts = lemmas(folder, tag), segments(folder, tag, count)
        rules = language(tag)
        concepts = tuple(
            Concept(id=f"c{n}", terms=((tag, (Term(text=text),)),)) for n, text in enumerate(terms)
        )
        start = time.process_time()
        find_terms(texts[0], concepts, rules)
        ready = time.process_time() - start
        start = time.process_time()
        first = sum(len(find_terms(text, concepts, rules)) for text in texts[: count // 10])
        cold = rate(count // 10, start)
        start = time.process_time()
        hits = sum(len(find_terms(text, concepts, rules)) for text in texts)
        warm = rate(count, start)
        every = re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", re.IGNORECASE)
        share = texts[: max(count // 100, 100)]
        start = time.process_time()
        exact = sum(len(every.findall(text)) for text in share)
        one = rate(len(share), start)
        each = [re.compile(rf"\b{re.escape(term)}\b", re.IGNORECASE) for term in terms]
        share = share[: max(count // 2000, 20)]
        start = time.process_time()
        for text in share:
            for pattern in each:
                pattern.search(text)
        by_term = rate(len(share), start)
        print(
            f"{tag}: {len(terms)} terms, ready in {ready:.2f} s; {cold:,.0f} segments/s cold,"
            f" {warm:,.0f} warm ({hits} found, {first} in the first tenth);"
            f" alternation {one:,.0f} ({exact} found, {warm / one:.0f} x);"
            f" a regex a term {by_term:,.1f} ({warm / by_term:,.0f} x)"
        )


if __name__ == "__main__":
    main()
