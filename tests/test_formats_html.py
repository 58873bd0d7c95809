from __future__ import annotations

import datetime as dt

import pytest

from workflow.errors import SourceError
from workflow.formats.html import FORMAT
from workflow.markup import format_text
from workflow.model import Block, BlockKind
from workflow.plugins import Reading


def read(body: str, *, strict: bool = False) -> Reading:
    return FORMAT.read(body.encode(), path="x.html", slug="x", strict=strict)


def shapes(body: str) -> list[tuple[str, int, str]]:
    """Kind, level and text in unit markup of every block of a body."""
    blocks = read(f"<title>T</title><body>{body}</body>").release.blocks
    return [(str(block.kind), block.level, format_text(block.text)) for block in blocks]


def only(body: str) -> Block:
    (block,) = read(f"<title>T</title><body>{body}</body>").release.blocks
    return block


def test_metadata_comes_from_meta_tags_the_heading_and_the_language_of_the_page() -> None:
    reading = read(
        """<!DOCTYPE html><html lang="ru-RU"><head><title>Итоги | ОДКБ</title>
        <meta property="article:published_time" content="2024-07-25T10:00:00+03:00">
        <meta name="section" content="news"><meta name="description" content="Кратко.">
        <meta name="viewport" content="width=device-width"></head>
        <body><h1>Итоги</h1><p>Текст.</p></body></html>""",
        strict=True,
    )
    release = reading.release
    assert (release.title, release.language, release.date) == (
        "Итоги",
        "ru-RU",
        dt.date(2024, 7, 25),
    )
    assert (release.section, release.summary) == ("news", "Кратко.")
    assert [block.text.plain for block in release.blocks] == ["Текст."]
    assert reading.metadata == {"viewport": "width=device-width"}


def test_a_name_of_ours_goes_before_a_name_of_theirs() -> None:
    page = '<meta property="og:title" content="B"><meta name="title" content="A"><h1>B</h1>x'
    release = read(page).release
    assert release.title == "A"
    assert [block.text.plain for block in release.blocks] == ["B", "x"]


def test_the_only_article_is_the_release_and_the_rest_of_the_page_is_not() -> None:
    page = "<body><p>menu</p><article><h1>T</h1><p>text</p></article><aside>more</aside></body>"
    assert [block.text.plain for block in read(page).release.blocks] == ["text"]


def test_chrome_scripts_and_comments_are_dropped() -> None:
    body = (
        "<header>site</header><nav>menu</nav><script>alert(1)</script><style>p{}</style>"
        "<p>kept<!-- not --> too</p><form>send<button>now</button></form>"
        "<iframe src='http://x.kg'>frame</iframe><footer>contacts</footer>"
    )
    assert shapes(body) == [("paragraph", 1, "kept too")]


def test_who_is_quoted_stands_in_the_footer_of_a_quotation() -> None:
    body = "<blockquote><p>Yes.</p><footer>The minister</footer></blockquote>"
    assert [text for _, _, text in shapes(body)] == ["Yes.", "The minister"]


def test_headings_lists_quotations_and_captions_keep_their_shape() -> None:
    body = """<h2>A</h2><h3>B</h3><ul><li>one<ol><li>deep</li></ol></li><li>two</li></ul>
    <blockquote><p>q1</p><p>q2</p></blockquote>
    <figure><img src="/a.png" alt="A"><figcaption>c</figcaption></figure><pre>x\n  y</pre>"""
    assert shapes(body) == [
        ("heading", 2, "A"),
        ("heading", 3, "B"),
        ("item", 1, "one"),
        ("item", 2, "deep"),
        ("item", 1, "two"),
        ("quote", 1, "q1"),
        ("quote", 1, "q2"),
        ("paragraph", 1, '<img src="/a.png" alt="A"/>'),
        ("caption", 1, "c"),
        ("verbatim", 1, "x\n  y"),
    ]


def test_two_lists_are_two_and_a_second_paragraph_continues_its_item() -> None:
    page = "<title>T</title><ul><li><p>a</p><p>more</p><li>b</ul><ul><li>c</ul>"
    blocks = read(page).release.blocks
    found = [(block.text.plain, block.first, block.continued) for block in blocks]
    assert found == [
        ("a", True, False),
        ("more", False, True),
        ("b", False, False),
        ("c", True, False),
    ]


def test_cells_know_their_row_column_and_header() -> None:
    page = (
        "<title>T</title><table><caption>Seized</caption><thead><tr><th>Drug<th>kg</thead>"
        "<tr><td>Hashish<td>61.5<tr><td colspan=2>all<tr><td></td><td>x</table>"
    )
    caption, *cells = read(page).release.blocks
    assert caption.kind is BlockKind.CAPTION
    assert [(c.text.plain, c.row, c.column, c.header) for c in cells] == [
        ("Drug", 0, 0, True),
        ("kg", 0, 1, True),
        ("Hashish", 1, 0, False),
        ("61.5", 1, 1, False),
        ("all", 2, 0, False),
        ("x", 3, 1, False),
    ]
    assert [c.first for c in cells] == [True, False, False, False, False, False]


def test_paragraphs_inside_a_cell_are_its_lines() -> None:
    block = only("<table><tr><td><p>one</p><p>two</p></td></tr></table>")
    assert format_text(block.text) == "one<br/>two"


def test_a_page_built_of_tables_is_read_as_paragraphs() -> None:
    body = "<table><tr><td><h2>A</h2><p>b</p></td></tr></table>"
    assert shapes(body) == [("heading", 2, "A"), ("paragraph", 1, "b")]


@pytest.mark.parametrize(
    ("body", "markup"),
    [
        ("<p><strong>a</strong> <em>b</em> <cite>c</cite>", "<b>a</b> <i>b</i> <i>c</i>"),
        ("<p>see <a href=' /x '>here</a>", 'see <a href="/x">here</a>'),
        ("<p><b><strong>a</strong></b>", "<b>a</b>"),
        ("<p>a <b> b </b> c", "a <b>b </b>c"),
        ("<p>a<br> b<br>", "a<br/>b"),
        ("<p>  a\n  b\t c ", "a b c"),
        ("<p>1&nbsp;000&nbsp; kg", "1\xa0000\xa0 kg"),
        ("<p><span>a</span><sub>2</sub> <u>b</u> <q>c</q>", "a2 b c"),
        ("<p><a name=x>a</a> <a href=''>b</a>", "a b"),
        ("<p>a<wbr>b &amp; c &lt;d", "ab & c &lt;d"),
        ("<p><a href='java\nscript:alert(1)'>a</a>", "a"),
    ],
)
def test_inline_content_is_read_as_a_browser_shows_it(body: str, markup: str) -> None:
    assert format_text(only(body).text) == markup


def test_a_code_around_paragraphs_is_a_code_in_each() -> None:
    assert [text for _, _, text in shapes("<b>a<div>c</div></b>")] == ["<b>a</b>", "<b>c</b>"]


def test_bare_text_between_blocks_is_not_lost() -> None:
    body = "a<p>b</p>c<div>d<ul>e<li>f</li>g</ul>h</div>i"
    assert "".join(text for _, _, text in shapes(body)) == "abcdefghi"


def test_blocks_know_their_lines() -> None:
    blocks = read(
        "<title>T</title>\n<p>a</p>\n\n<p>\nb <b>c</b></p>\n<ul>\n<li>d</ul>"
    ).release.blocks
    assert [block.line for block in blocks] == [2, 4, 7]


def test_a_picture_held_in_the_page_is_left_out_and_reported() -> None:
    reading = read("<title>T</title><p>a</p>\n<img src='data:image/png;base64,AA' alt='Map'>")
    assert [(issue.check, issue.line) for issue in reading.issues] == [("import-image", 2)]
    assert "Map" in reading.issues[0].message


def test_no_title_is_an_error_or_an_issue() -> None:
    with pytest.raises(SourceError, match="no title"):
        read("<p>a</p>", strict=True)
    assert [issue.check for issue in read("<p>a</p>").issues] == ["import-title"]


@pytest.mark.parametrize(
    "page",
    [
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>',
        '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><p>&b;</p>',
        "<p>a</p><!ENTITY x 'y'>",
    ],
)
def test_entities_of_its_own_are_refused(page: str) -> None:
    with pytest.raises(SourceError, match="entities") as caught:
        read(page)
    assert (caught.value.path, caught.value.line) == ("x.html", 1)


def test_an_unknown_entity_stays_as_it_is_written() -> None:
    assert only("<p>&xxe; a").text.plain == "&xxe; a"


@pytest.mark.parametrize("page", ["", "   \n", "<!-- -->", "<!DOCTYPE html>"])
def test_an_empty_page_is_an_error_only_when_strict(page: str) -> None:
    with pytest.raises(SourceError):
        read(page, strict=True)


def test_a_tower_of_elements_does_not_topple_the_reader() -> None:
    for tag in ("div", "b", "ul><li", "blockquote", "span", "table><tr><td"):
        opening = f"<{tag}>" * 3000
        try:
            release = read(f"<title>T</title><p>before</p>{opening}deep").release
        except SourceError:
            continue
        assert release.blocks[0].text.plain == "before"


def test_an_xml_declaration_and_a_stale_charset_do_no_harm() -> None:
    page = '<?xml version="1.0" encoding="cp1251"?><meta charset="koi8-r"><title>Итог</title><p>Да'
    assert read(page).release.title == "Итог"


def test_a_page_in_windows_1251_is_read() -> None:
    page = "<title>Итоги операции</title><p>Сегодня прошла встреча.</p>".encode("cp1251")
    release = FORMAT.read(page, path="x.html", slug="x", strict=False).release
    assert release.blocks[0].text.plain == "Сегодня прошла встреча."


def test_a_binary_file_is_refused_with_its_path() -> None:
    with pytest.raises(SourceError, match="binary") as caught:
        FORMAT.read(b"\x00\x01\x02", path="x.html", slug="x")
    assert caught.value.path == "x.html"
