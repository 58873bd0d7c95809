"""Does the time of every stage grow with the text, and no faster? ``python -m benchmarks.growth``

For each kind of text: milliseconds of each stage at a size and at twice that size (the best of
three), and their ratio where it is long enough to be told. A ratio above 2.5 is marked.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from workflow.formats.markdown import FORMAT
from workflow.markup import format_text, parse_text
from workflow.model import Catalog, Style, Unit
from workflow.stages.assemble import assemble
from workflow.stages.body import body
from workflow.stages.segment import segment
from workflow.stages.typeset import typeset

_SIZE = 4_000
_RUNS = 3
_TELLING = 0.02  # seconds; what is shorter is noise
_MOST = 2.5

TEXTS: dict[str, Callable[[int], str]] = {
    "sentences": lambda n: "One two three. " * n,
    "paragraphs": lambda n: "".join(f"Paragraph {i} is here.\n\n" for i in range(n)),
    "links": lambda n: "".join(f"[a{i}](https://e.org/{i}) b " for i in range(n)),
    "bold": lambda n: "**a** b " * n,
    "items": lambda n: "".join(f"- item {i}\n" for i in range(n)),
    "cells": lambda n: "|a|b|\n|---|---|\n" + "".join(f"|{i}|x|\n" for i in range(n)),
    "images": lambda n: "![a](https://e.org/x.png) " * n,
    "one word": lambda n: "a" * n * 10,
    "brackets": lambda n: "[" * n,
    "stars": lambda n: "*a **b " * n,
    "ticks": lambda n: "".join("`" * (i % 50) + "a" for i in range(n)),
    "entities": lambda n: "&amp;&#x41; " * n,
    "quotation marks": lambda n: "«a «b " * n,
    "abbreviations": lambda n: "т.е. г. И. " * n,
    "angles": lambda n: "<a " * n,
    "elements": lambda n: "<div>" * n,
    "line breaks": lambda n: "a  \n" * n,
}


def main() -> None:
    """Print a line for each kind of text."""
    for name, text in TEXTS.items():
        once, twice = _best(text(_SIZE)), _best(text(2 * _SIZE))
        print(f"{name:16}", "  ".join(_told(stage, once[stage], twice[stage]) for stage in once))


def _told(stage: str, once: float, twice: float) -> str:
    if twice < _TELLING:
        return f"{stage} {twice * 1000:.0f}"
    ratio = twice / once
    return f"{stage} {once * 1000:.0f}→{twice * 1000:.0f} {ratio:.1f}{'!' * (ratio > _MOST)}"


def _best(text: str) -> dict[str, float]:
    runs = [_run(text) for _ in range(_RUNS)]
    return {stage: min(run[stage] for run in runs) for stage in runs[0]}


def _run(text: str) -> dict[str, float]:
    """Seconds by stage."""
    marks = [("", time.process_time())]

    def done(stage: str) -> None:
        marks.append((stage, time.process_time()))

    data = f"---\ntitle: T\nlanguage: en\n---\n{text}".encode()
    release = FORMAT.read(data, path="a.md", slug="a").release
    done("read")
    segments = segment(release)
    done("segment")
    spelled = [format_text(one.text) for one in segments]
    for markup in spelled:
        parse_text(markup)
    done("markup")
    units = tuple(
        Unit(key=one.key, source=words, target=words)
        for one, words in zip(segments, spelled, strict=True)
    )
    shown = assemble(release, segments, Catalog(slug="a", language="en", units=units))
    done("assemble")
    shown = typeset(replace(shown, language="en"), Style(), source_language="en")
    done("typeset")
    body(shown, source_language="en")
    done("body")
    return {stage: end - marks[at][1] for at, (stage, end) in enumerate(marks[1:])}


if __name__ == "__main__":
    main()
