"""After a source was edited: which old translation does a unit get, beside msgmerge, in one run.

    python benchmarks/merge.py [UNITS...]

A catalogue of UNITS units (2,000 and 20,000 unless told), one in ten of them edited: a few words
and numbers replaced, three in ten of these cut short. For each tool: seconds, and how many of the
edited units got the translation of the unit that they were.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newsroom import sentence

from workflow.languages import language
from workflow.model import Catalog, Role, Segment, Text, Unit
from workflow.stages.merge import merge
from workflow.stores.po import Fields, Layout, format_entry, parse

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def edited(rng: random.Random, text: str) -> str:
    words = text.split()
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(words))
        words[at] = rng.choice(("new", "other", str(rng.randint(1, 999)), f"{words[at]}s"))
    return " ".join(words[: max(3, len(words) - 4)] if rng.random() < 0.3 else words)


def ours(old: list[str], new: list[str]) -> list[str]:
    units = tuple(Unit(key=f"k{n}", source=text, target=f"T{n}") for n, text in enumerate(old))
    segments = [
        Segment(key=f"n{n}", role=Role.PARAGRAPH, text=Text(text), block=0, start=0, end=0)
        for n, text in enumerate(new)
    ]
    catalog = Catalog(slug="a", language="kk", units=units)
    english = language("en")
    merged = merge(catalog, segments, is_source=False, notes={}, source_rules=english)
    return [unit.target for unit in merged.units]


def msgmerge(old: list[str], new: list[str]) -> list[str]:
    folder = Path(tempfile.mkdtemp())
    for name, texts, mark in (("old.po", old, "T{}"), ("new.pot", new, "")):
        entries = (
            format_entry(Fields(source=text, targets=(mark.format(n),)), layout=Layout())
            for n, text in enumerate(texts)
        )
        (folder / name).write_text("\n".join([HEAD, *entries]), encoding="utf-8")
    command = ["msgmerge", "-q", "--previous", folder / "old.po", folder / "new.pot"]
    done = subprocess.run(command, capture_output=True, check=True)
    found = {e.fields.source: e.fields.target for e in parse(done.stdout.decode(), path="")}
    return [found[text] for text in new]


def main() -> None:
    for size in [int(word) for word in sys.argv[1:]] or [2000, 20000]:
        rng = random.Random(3)
        old = list(dict.fromkeys(sentence(rng) for _ in range(size)))
        new = [edited(rng, text) if rng.random() < 0.1 else text for text in old]
        true = {n: f"T{n}" for n, (a, b) in enumerate(zip(old, new, strict=True)) if a != b}
        for name, run in (("ours", ours), ("msgmerge --previous", msgmerge)):
            start = time.perf_counter()
            targets = run(old, new)
            seconds = time.perf_counter() - start
            right = sum(targets[n] == target for n, target in true.items())
            print(
                f"{size:6} units  {name:20} {seconds:6.2f} s  {right} of {len(true)} as they were"
            )


if __name__ == "__main__":
    main()
