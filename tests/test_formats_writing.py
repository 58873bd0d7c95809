from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflow.formats._inline import Line
from workflow.formats._order import normal
from workflow.formats._writing import _groups, _html
from workflow.formats.markdown import FORMAT, write
from workflow.model import Block, BlockKind, CodeKind, Release, Text

ALPHABET = [
    *"ab Яәң 1234 .,:;!?-–—+=*_`~#|\\/<>&()[]{}%$@^'\"«»",
    "\xa0",
    "\u2009",
    "\u2028",
    "\u200b",
    "\xad",
    "\ufeff",
    "\u0338",
    "\u0301",
    "😀",
    "&amp;",
    "<b>",
    "</p>",
    "<!-- -->",
    "&#42;",
    "https://example.org",
    "1. ",
    "- ",
    "# ",
    "> ",
    "    ",
    "```",
    "---",
    "| - |",
    "{{< x >}}",
]
WORDS = st.lists(st.sampled_from(ALPHABET), min_size=1, max_size=8).map("".join)
ADDRESSES = (
    WORDS.map(lambda words: unicodedata.normalize("NFC", words.strip()))
    .filter(lambda words: words and not words[0].isspace())
    .map(lambda words: words if ":" not in words else f"https://x.kg/{words}")
)
SPANS = (CodeKind.BOLD, CodeKind.ITALIC, CodeKind.CODE, CodeKind.LINK)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Texts as a reader leaves them: collapsed white space, tidy codes, NFC."""
    line = Line()
    fill(draw, line, depth=0)
    text = line.take()
    if not text.plain.strip() or not unicodedata.is_normalized("NFC", text.plain):
        return Text("plain")
    return text


def fill(draw: st.DrawFn, line: Line, *, depth: int) -> None:
    for _ in range(draw(st.integers(1, 3))):
        step = draw(st.sampled_from(["words", "words", "span", "span", "break", "image"]))
        if step == "words":
            line.add(draw(WORDS))
        elif step == "break":
            line.stand(CodeKind.BREAK)
        elif step == "image":
            label = unicodedata.normalize("NFC", draw(WORDS)).strip()
            line.stand(CodeKind.IMAGE, target=draw(ADDRESSES), label=label)
        elif depth < 3:
            kind = draw(st.sampled_from(SPANS))
            target = draw(ADDRESSES) if kind is CodeKind.LINK else ""
            if line.open(kind, target):
                fill(draw, line, depth=depth + 1)
                line.close(kind)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    kind = draw(st.sampled_from(list(BlockKind)))
    if kind is BlockKind.VERBATIM:
        plain = unicodedata.normalize("NFC", draw(st.lists(WORDS).map("\n".join))).strip("\n")
        return Block(kind=kind, text=Text(plain if plain.strip() else "x"))
    block = Block(kind=kind, text=draw(texts()))
    if kind is BlockKind.HEADING:
        return replace(block, level=draw(st.integers(2, 6)))
    first, level = draw(st.booleans()), draw(st.integers(1, 3))
    if kind is BlockKind.QUOTE:
        return replace(block, level=level, first=first)
    if kind is BlockKind.ITEM:
        ordered, continued = draw(st.booleans()), draw(st.booleans())
        return replace(block, level=level, first=first, ordered=ordered, continued=continued)
    if kind is BlockKind.CELL:
        row, column = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        return replace(block, first=first, row=row, column=column, header=draw(st.booleans()))
    return block


def read_blocks(source: str) -> tuple[Block, ...]:
    release = FORMAT.read(source.encode(), path="x.md", slug="x").release
    return tuple(replace(block, line=0) for block in release.blocks)


def release_of(*made: Block) -> Release:
    return Release(slug="x", title="T", language="en", blocks=made)


@given(texts(), st.sampled_from([BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL]))
@settings(max_examples=300, deadline=None)
def test_reading_what_was_written_gives_the_same_text(text: Text, kind: BlockKind) -> None:
    wanted = normal([Block(kind=kind, text=text)])
    assert read_blocks(write(release_of(*wanted))) == wanted


@given(st.lists(blocks(), max_size=7))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_reading_what_was_written_gives_the_same_blocks(made: list[Block]) -> None:
    wanted = normal(made)
    assert read_blocks(write(release_of(*wanted))) == wanted


@given(st.lists(blocks(), max_size=7))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_way_out_in_html_blocks_gives_the_same_blocks_too(made: list[Block]) -> None:
    wanted = normal(made)
    body = "\n\n".join(_html(group) for group in _groups(wanted))
    assert read_blocks(f"---\ntitle: T\n---\n\n{body}") == wanted


@given(st.lists(blocks(), max_size=5))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_writing_what_was_read_changes_no_byte(made: list[Block]) -> None:
    once = write(release_of(*normal(made)))
    release = FORMAT.read(once.encode(), path="x.md", slug="x").release
    assert write(release) == once


@pytest.mark.parametrize(
    "body",
    [
        "A **bold** word, *italic*, `code` and a [link](https://example.org/a_b?c=1).",
        "## A heading: R&D",
        "- one\n- two\n  - deeper\n  - still\n- three",
        "1. first\n2. second",
        "- one\n\n  more of one\n\n- two",
        "- a\n\n<!-- -->\n\n- b",
        "> Said he.\n>\n> And more.",
        "| Drug | kg |\n| --- | --- |\n| Hashish | 61.5 |",
        "A snake_case word, 5 * 3 and 1 < 2.",
        "<figcaption>Almaty, 15 September</figcaption>",
        "```\nx = 1\n\n    y\n```",
        "One line\\\nand another.",
    ],
)
def test_plain_markdown_is_written_as_people_write_it(body: str) -> None:
    release = FORMAT.read(body.encode(), path="x.md", slug="x", strict=False).release
    written = write(release).partition("---\n\n")[2].strip("\n")
    assert written.replace("\\*", "*") == body


def test_front_matter_comes_in_a_fixed_order_and_is_read_back() -> None:
    release = Release(
        slug="a-b",
        formerly=("old-name", "older-name"),
        title="Operation \"Channel\": 'results' # 1",
        language="kk",
        date=dt.date(2024, 7, 25),
        section="news",
        summary="Қысқаша: бәрі жақсы",
        embargo="2024-07-25T10:00+06:00",
        status="withheld",
        confidential=True,
    )
    written = write(release)
    keys = [line.partition(":")[0] for line in written.splitlines() if ":" in line]
    assert keys == [
        "title",
        "slug",
        "formerly",
        "date",
        "language",
        "section",
        "summary",
        "embargo",
        "status",
        "confidential",
    ]
    assert FORMAT.read(written.encode(), path="", slug="other").release == release


def test_empty_fields_are_not_written() -> None:
    assert write(Release(slug="x", title="No", language="")) == "---\ntitle: 'No'\nslug: x\n---\n\n"
