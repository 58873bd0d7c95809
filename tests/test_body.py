"""Blocks as HTML: every character escaped, every list closed, nothing that can run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.strategies import texts
from workflow.model import Block, BlockKind, Code, CodeKind, Page, Passage, Release, Text
from workflow.stages.body import body
from workflow.stages.inline import inline
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


@given(texts(), st.data())
def test_passages_are_marked_and_no_word_is_lost(text: Text, data: st.DataObject):
    places = sorted(data.draw(st.sets(st.integers(0, len(text.plain)), max_size=6)))
    pairs = list(zip(places[::2], places[1::2], strict=False))
    passages = [Passage(block=0, start=start, end=end) for start, end in pairs]
    out = inline(text, passages, language="en")
    tree = html.fragment_fromstring(f"<div>{out}</div>")
    spans = tree.xpath("span[@lang='en']")
    plain = [text.plain[p.start : p.end].replace("\ufffc", "") for p in passages]
    assert ["".join(span.text_content().split()) for span in spans] == [
        "".join(one.split()) for one in plain
    ]
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
    _, facts = verify(Page(path="ru/a/index.html", content=content))
    assert facts.links == {("ru/b/index.html", ""), ("c.html", ""), ("ru/a/index.html", "n")}


def link(text: str, address: str) -> Text:
    return Text(text, (Code(kind=CodeKind.LINK, start=0, end=len(text), target=address),))


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://e.org/", "https://e.org/"),
        ("mailto:press@e.org", "mailto:press@e.org"),
        ("tel:+996312000000", "tel:+996312000000"),
        ("../a/index.html#n", "../a/index.html#n"),
        ("#n", "#n"),
        ("  https://e.org/a b\n", "https://e.org/a%20b"),
        ("https://e.org/\u200bx", "https://e.org/x"),
        ("/статья", "/статья"),
    ],
)
def test_an_address_that_may_stand_is_written_clean(address: str, written: str):
    assert inline(link("x", address)) == f'<a href="{written}">x</a>'


@pytest.mark.parametrize(
    "address",
    [
        "java\x00script:alert(1)",
        "\x01javascript:alert(1)",
        "java script:alert(1)",
        "java\u200bscript:alert(1)",
        "da\nta:text/html,x",
        "file:///etc/passwd",
        "blob:x",
        "//e.org/x",
        "/\\e.org/x",
        "",
        " \x00 ",
    ],
)
def test_nothing_hides_a_scheme(address: str):
    assert inline(link("x", address)) == "x"


@given(st.text(max_size=8), st.sampled_from(["javascript:", "data:", "vbscript:"]), st.data())
def test_no_noise_makes_a_scheme_pass(noise: str, scheme: str, data: st.DataObject):
    invisible = "".join(c for c in noise if not c.isprintable() or c.isspace())
    at = data.draw(st.integers(0, len(scheme)))
    assert inline(link("x", scheme[:at] + invisible + scheme[at:] + "x")) == "x"


def test_a_picture_without_encryption_is_left_out_and_the_words_around_it_stay():
    code = Code(kind=CodeKind.IMAGE, start=1, end=2, target="http://e.org/a.png", label="A map")
    assert inline(Text("a\ufffcb", (code,))) == "ab"


def test_a_link_in_a_link_is_words():
    inner = Code(kind=CodeKind.LINK, start=1, end=2, target="https://e.org/2")
    outer = Code(kind=CodeKind.LINK, start=0, end=3, target="https://e.org/1")
    assert inline(Text("abc", (outer, inner))) == '<a href="https://e.org/1">abc</a>'


def test_codes_that_cross_lose_and_double_no_letter():
    bold = Code(kind=CodeKind.BOLD, start=0, end=3)
    italic = Code(kind=CodeKind.ITALIC, start=1, end=5)
    out = inline(Text("abcdefg", (bold, italic)))
    assert html.fragment_fromstring(f"<div>{out}</div>").text_content() == "abcdefg"
    assert verify(Page(path="a.html", content=out))[0] == ()


def test_a_kind_of_list_of_its_own_is_a_list_of_its_own_on_every_level():
    out = shown(
        item("a", first=True),
        item("b", 2, first=True),
        item("c", 2, ordered=True),
        item("d", continued=True),
        item("e", ordered=True),
    ).replace("\n", "")
    assert out == (
        "<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol><p>d</p></li></ul><ol><li>e</li></ol>"
    )


def test_the_mark_of_an_item_does_not_speak_for_what_is_inside_it():
    blocks = (item("a", first=True), item("b", 2, first=True), item("c", continued=True))
    out = body(release(*blocks, untranslated=frozenset({0})), source_language="en")
    assert '<li><span lang="en">a</span>' in out
    assert out.count("lang=") == 1


def test_a_paragraph_that_has_lost_its_item_is_a_paragraph():
    assert shown(item("a", continued=True)) == "<p>a</p>"


def test_quotations_nest_and_a_new_one_stands_apart():
    def quote(text: str, level: int = 1, **more: bool) -> Block:
        return Block(kind=BlockKind.QUOTE, text=Text(text), level=level, **more)

    out = shown(
        quote("a", first=True), quote("b", 2, first=True), quote("c"), quote("d", first=True)
    )
    assert out.replace("\n", "") == (
        "<blockquote><p>a</p><blockquote><p>b</p></blockquote><p>c</p></blockquote>"
        "<blockquote><p>d</p></blockquote>"
    )


def test_empty_cells_keep_their_places_and_a_table_has_a_name():
    def cell(text: str, row: int, column: int, **more: bool) -> Block:
        return Block(kind=BlockKind.CELL, text=Text(text), row=row, column=column, **more)

    blocks = (
        cell("A", 0, 1, header=True, first=True),
        cell("B", 0, 2, header=True),
        cell("r", 1, 0, header=True),
        cell("2", 1, 2),
        cell("new", 0, 0, first=True),
    )
    out = body(release(*blocks), source_language="en", table_label='T"').replace("\n", "")
    assert '<thead><tr><td></td><th scope="col">A</th><th scope="col">B</th></tr></thead>' in out
    assert '<tr><th scope="row">r</th><td></td><td>2</td></tr>' in out
    assert out.count("<table>") == 2
    assert out.count('role="region" aria-label="T&#34;"') == 2


def test_a_picture_and_its_caption_are_one_figure():
    picture = Text("\ufffc", (Code(kind=CodeKind.IMAGE, start=0, end=1, target="a.png"),))
    out = shown(
        Block(kind=BlockKind.PARAGRAPH, text=picture),
        Block(kind=BlockKind.CAPTION, text=Text("C")),
        Block(kind=BlockKind.PARAGRAPH, text=picture),
    )
    assert '<figcaption class="caption">C</figcaption>' in out
    assert out.count("<figure>") == 1
    assert verify(Page(path="a.html", content=out))[0] == (), out


def test_preformatted_text_keeps_its_first_empty_line():
    out = shown(Block(kind=BlockKind.VERBATIM, text=Text("\na")))
    assert out == "<pre>\n\na</pre>"


@given(
    st.lists(
        st.builds(
            Block,
            kind=st.sampled_from(BlockKind),
            text=texts(),
            level=st.integers(-1, 40),
            ordered=st.booleans(),
            first=st.booleans(),
            continued=st.booleans(),
            row=st.integers(0, 3),
            column=st.integers(0, 3),
            header=st.booleans(),
        ),
        max_size=12,
    ),
    st.frozensets(st.integers(-2, 12)),
)
def test_whatever_the_blocks_every_element_is_closed_and_no_word_is_lost(
    blocks: list[Block], untranslated: frozenset[int]
):
    out = body(release(*blocks, untranslated=untranslated), source_language="en")
    page = Page(path="a.html", content=f"<h1>T</h1>{out}")
    assert verify(page, release(*blocks))[0] == ()
