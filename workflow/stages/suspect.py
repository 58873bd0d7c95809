"""A release as it was brought in → what an editor should look at before it is translated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.languages import language
from workflow.languages.sentences import sentences
from workflow.model import Block, Issue, Release, Severity

_STRAY = re.compile(r"\A\s*([.,;:])\s*(\w[^\s]*)")
_NAME = re.compile(r"[\"“«„]([^\W\d_]+)-([^\W\d_]+)[\"”»“]")
_STYLES = {"straight": '"', "curly": "“”", "single": "‘", "angle": "«»"}
_RUN = 6  # words two sentences must share in a row to be called a repetition
_GLUED = re.compile(r"[^\W\d_]{2}[,;:”)][A-ZА-ЯЁ“][a-zа-яё]|\d,[A-ZА-ЯЁ][a-zа-яё]")
_RELATIVE = re.compile(r"\b(?:this year|this month|в этом году|биылғы|быйылкы)\b", re.IGNORECASE)


def suspect(release: Release, *, path: str) -> tuple[Issue, ...]:
    """Suspicions, each with the line of the file it stands in. Nothing is changed."""
    found: list[tuple[str, int, str]] = []
    for block in release.blocks:
        found.extend(_stray(block))
        found.extend(_repeated(block, release.language))
        found.extend(_relative(block))
    found.extend(_two_names(release))
    found.extend(_styles(release))
    found.extend(_glued(release))
    return tuple(
        Issue(check=check, severity=Severity.MINOR, message=what, path=path, line=line)
        for check, line, what in found
    )


_Found = Iterator[tuple[str, int, str]]


def _stray(block: Block) -> _Found:
    match = _STRAY.match(block.text.plain)
    if match:
        yield "import-stray", block.line, f"a stray “{match[1]}” before “{match[2]}”: take it out"


def _repeated(block: Block, tag: str) -> _Found:
    """Two sentences of a paragraph of which one is, by half or more, the words of the other."""
    spans = sentences(block.text.plain, language(tag))
    texts = [block.text.plain[a:b] for a, b in spans]
    for index, text in enumerate(texts):
        for earlier in texts[:index]:
            run = _longest_run(earlier.lower().split(), text.lower().split())
            shorter = min(len(earlier.split()), len(text.split()))
            if run >= _RUN and run * 2 >= shorter:
                shown = " ".join(text.split()[:8])
                yield "import-repeat", block.line, f"“{shown}…” repeats what was said before it"


def _longest_run(one: list[str], other: list[str]) -> int:
    best = 0
    lengths = [0] * (len(other) + 1)
    for word in one:
        fresh = [0] * (len(other) + 1)
        for at, there in enumerate(other, 1):
            if word == there:
                fresh[at] = lengths[at - 1] + 1
                best = max(best, fresh[at])
        lengths = fresh
    return best


def _relative(block: Block) -> _Found:
    match = _RELATIVE.search(block.text.plain)
    if match:
        yield (
            "import-relative",
            block.line,
            f"“{match[0]}” will not be true for long: name the year",
        )


def _two_names(release: Release) -> _Found:
    """“Channel-Perekhvat” and “Channel-Interception”: one thing under two names."""
    first: dict[str, str] = {}
    texts = [(1, release.title), *((block.line, block.text.plain) for block in release.blocks)]
    for line, text in texts:
        for head, tail in _NAME.findall(text):
            name = first.setdefault(head.lower(), f"{head}-{tail}")
            if name.lower() != f"{head}-{tail}".lower():
                yield (
                    "import-names",
                    line,
                    f"“{head}-{tail}” here, “{name}” before: is it one thing under two names?",
                )


def _styles(release: Release) -> _Found:
    seen: dict[str, int] = {}
    for block in release.blocks:
        for style, marks in _STYLES.items():
            if any(mark in block.text.plain for mark in marks):
                seen.setdefault(style, block.line)
    if len(seen) > 1:
        styles = " and ".join(sorted(seen))
        yield "import-quotes", max(seen.values()), f"{styles} quotation marks: choose one style"


def _glued(release: Release) -> _Found:
    places = [block.line for block in release.blocks if _GLUED.search(block.text.plain)]
    if places:
        yield (
            "import-glued",
            places[0],
            f"words run together, here and in {len(places) - 1} other paragraphs: set the blanks",
        )
