from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from workflow.errors import SourceError
from workflow.model import Block, Release
from workflow.plugins import SourceFormat, discover

SHARED = Path(__file__).parents[2] / "shared"
RELEASES = SHARED / "data" / "releases"
FORMATS: dict[str, SourceFormat] = discover("workflow.formats", "FORMAT")
BY_SUFFIX = {suffix: one for one in FORMATS.values() for suffix in one.suffixes}

MARKDOWN = """---
title: Results
date: 2024-07-25
section: news
---

About 12,100 officers took part.

- police;
- customs.

1. first
2. second

> The dog shows the place.

The end.
"""

HTML = """<html><head><title>Results</title><meta name="date" content="2024-07-25">
<meta name="section" content="news"></head><body><h1>Results</h1>
<p>About 12,100 officers took part.</p><ul><li>police;</li><li>customs.</li></ul>
<ol><li>first</li><li>second</li></ol><blockquote><p>The dog shows the place.</p></blockquote>
<p>The end.</p></body></html>"""

TEXT = """Title: Results
Date: 2024-07-25
Section: news

About 12,100 officers
took part.

- police;
- customs.

1. first
2. second

> The dog shows
> the place.

The end.
"""

RICH_MARKDOWN = """---
title: Results
---

A **bold** and *slanted* [link](https://x.kg/a).

## Head

| Drug | kg |
| --- | --- |
| Hashish | 61.5 |
"""

RICH_HTML = """<title>Results</title><p>A <b>bold</b> and <em>slanted</em>
<a href="https://x.kg/a">link</a>.</p><h2>Head</h2><table><thead><tr><th>Drug</th><th>kg</th>
</tr></thead><tbody><tr><td>Hashish</td><td>61.5</td></tr></tbody></table>"""


def document() -> bytes:
    docx = pytest.importorskip("docx", reason="python-docx makes the fixture")
    pytest.importorskip("mammoth", reason="the docx extra is not installed")
    made: Any = docx.Document()
    for words, style in (
        ("Results", "Title"),
        ("Date: 2024-07-25", None),
        ("Section: news", None),
        ("About 12,100 officers took part.", None),
        ("police;", "List Bullet"),
        ("customs.", "List Bullet"),
        ("first", "List Number"),
        ("second", "List Number"),
        ("The dog shows the place.", "Quote"),
        ("The end.", None),
    ):
        made.add_paragraph(words, style=style)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(name: str, data: bytes) -> Release:
    return FORMATS[name].read(data, path="x", slug="x").release


def unplaced(release: Release) -> tuple[Block, ...]:
    return tuple(replace(block, line=0) for block in release.blocks)


def test_there_are_four_formats() -> None:
    assert sorted(FORMATS) == ["docx", "html", "markdown", "text"]
    assert sorted(BY_SUFFIX) == [".docx", ".htm", ".html", ".markdown", ".md", ".txt"]


@pytest.mark.parametrize("name", ["html", "text", "docx"])
def test_the_same_release_gives_the_same_blocks_in_every_format(name: str) -> None:
    wanted = read("markdown", MARKDOWN.encode())
    data = {"html": HTML.encode, "text": TEXT.encode, "docx": document}[name]()
    found = read(name, data)
    assert unplaced(found) == unplaced(wanted)
    assert (found.title, found.date, found.section) == ("Results", dt.date(2024, 7, 25), "news")


def test_markdown_and_html_give_the_same_codes_and_cells() -> None:
    assert unplaced(read("html", RICH_HTML.encode())) == unplaced(
        read("markdown", RICH_MARKDOWN.encode())
    )


def real_releases() -> Iterator[Path]:
    return (path for path in sorted(RELEASES.rglob("*")) if path.is_file())


@pytest.mark.skipif(not RELEASES.is_dir(), reason=f"{RELEASES} is not on this machine")
def test_every_real_release_gives_a_title_and_blocks_or_one_clear_line() -> None:
    read_ones = silent = nameless = 0
    for path in real_releases():
        try:
            reading = BY_SUFFIX[path.suffix].read(
                path.read_bytes(), path=path.name, slug="x", strict=False
            )
        except SourceError as error:
            nameless += error.path != path.name
            continue
        read_ones += 1
        assert reading.release.title, path
        # Some of the agencies' files are links with a summary and no text at all.
        told = any(issue.check == "import-body" for issue in reading.issues)
        silent += told
        assert reading.release.blocks or told, path
    assert nameless == 0
    assert read_ones > 390
    assert silent < 30


@pytest.mark.skipif(not RELEASES.is_dir(), reason=f"{RELEASES} is not on this machine")
def test_no_shortcode_is_left_in_the_text_of_a_real_release() -> None:
    for path in real_releases():
        release = (
            BY_SUFFIX[path.suffix]
            .read(path.read_bytes(), path=path.name, slug="x", strict=False)
            .release
        )
        words = "\n".join(b.text.plain for b in release.blocks if b.kind != "verbatim")
        assert "{{<" not in words, path
        assert "{%" not in words, path
