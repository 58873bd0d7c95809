"""Blocks as HTML: every character escaped, every list closed, nothing that can run."""

import pytest
from hypothesis import given
from lxml import html

from tests.strategies import texts
from workflow.model import Block, BlockKind, Code, CodeKind, Page, Release, Text
from workflow.stages.body import body, inline
from workflow.stages.verify import verify


def release(*blocks: Block, untranslated: frozenset[int] = frozenset()) -> Release:
    return Release(slug="a", title="T", language="ru", blocks=blocks, untranslated=untranslated)


def shown(*blocks: Block) -> str:
    return body(release(*blocks), source_language="en")


def item(text: str, level: int = 1, **more: object) -> Block:
    return Block(kind=BlockKind.ITEM, text=Text(text), level=level, **more)  # type: ignore[arg-type]


@given(texts())
def test_the_words_are_all_there_and_no_markup_but_ours(text: Text):
    out = inline(text)
    tree = html.fragment_fromstring(f"<div>{out}</div>")
    allowed = {"div", "strong", "em", "code", "a", "br", "img"}
    assert {element.tag for element in tree.iter()} <= allowed
    words = text.plain.replace("\N{OBJECT REPLACEMENT CHARACTER}", "")
    assert "".join("".join(tree.itertext()).split()) == "".join(words.split())
    issues, _ = verify(Page(path="a.html", content=f"<div>{out}</div>"))
    assert [issue for issue in issues if "could run" not in issue.message] == []


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "\u2028javascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "http://[bad",
    ],
)
def test_an_address_that_could_run_is_left_out_and_its_words_stay(address: str):
    link = Text("here", (Code(kind=CodeKind.LINK, start=0, end=4, target=address),))
    assert inline(link) == "here"
    image = Text("\ufffc", (Code(kind=CodeKind.IMAGE, start=0, end=1, target=address),))
    assert inline(image) == ""


def test_an_attribute_cannot_be_left():
    link = Text(
        "x", (Code(kind=CodeKind.LINK, start=0, end=1, target='https://e.org/"onclick="x'),)
    )
    assert inline(link) == '<a href="https://e.org/&#34;onclick=&#34;x">x</a>'


def test_a_deeper_item_belongs_into_the_item_before_it():
    out = shown(item("a", first=True), item("b", 2, ordered=True, first=True), item("c"))
    assert out.replace("\n", "") == "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"


def test_a_list_that_begins_deep_is_well_formed():
    out = shown(item("a", 3, first=True), item("b"))
    assert verify(Page(path="a.html", content=out))[0] == ()


def test_a_second_paragraph_stays_in_its_item_and_a_new_list_is_a_list_of_its_own():
    out = shown(item("a", first=True), item("b", continued=True), item("c", first=True))
    assert out.replace("\n", "") == "<ul><li>a<p>b</p></li></ul><ul><li>c</li></ul>"


def test_tables_quotations_headings_captions_and_verbatim_text():
    def cell(text: str, row: int, column: int, **more: bool) -> Block:
        return Block(kind=BlockKind.CELL, text=Text(text), row=row, column=column, **more)

    out = shown(
        Block(kind=BlockKind.HEADING, text=Text("H"), level=1),
        cell("A", 0, 0, header=True, first=True),
        cell("B", 0, 1, header=True),
        cell("1", 1, 0),
        cell("2", 1, 1),
        Block(kind=BlockKind.CAPTION, text=Text("C")),
        Block(kind=BlockKind.QUOTE, text=Text("Q"), first=True),
        Block(kind=BlockKind.QUOTE, text=Text("R")),
        Block(kind=BlockKind.VERBATIM, text=Text("<x>\n  y")),
    )
    assert "<h2>H</h2>" in out
    assert '<tr><th scope="col">A</th><th scope="col">B</th></tr>' in out
    assert "<tr><td>1</td><td>2</td></tr>" in out
    assert '<p class="caption">C</p>' in out
    assert out.count("<blockquote>") == 1
    assert "<pre>&lt;x&gt;\n  y</pre>" in out


def test_a_block_in_the_source_language_says_so():
    blocks = (Block(kind=BlockKind.PARAGRAPH, text=Text("a")), item("b", first=True))
    out = body(release(*blocks, untranslated=frozenset({1})), source_language="en")
    assert "<p>a</p>" in out
    assert '<li lang="en">b' in out


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("<p>a", "<p> is never closed"),
        ("<p>a</b></p>", "</b> closes nothing"),
        ('<p onclick="x()">a</p>', "onclick that could run"),
        ('<a href="java\nscript:x()">a</a>', "href that could run"),
        ("<script>x()</script>", "a script"),
        ("<p>other</p>", "does not show “T”"),
    ],
)
def test_a_page_that_must_not_go_out_is_seen(content: str, what: str):
    issues, _ = verify(Page(path="ru/a.html", content=content), release())
    assert any(what in issue.message for issue in issues)


def test_links_inside_the_site_are_resolved_from_the_page():
    content = '<a href="../b/">x</a><a href="/c.html">y</a><a href="https://e.org/">z</a><a href="#n">n</a>'
    _, links = verify(Page(path="ru/a/index.html", content=content))
    assert links == {"ru/b/index.html", "c.html"}
