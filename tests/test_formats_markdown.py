from __future__ import annotations

import datetime as dt
import time

import pytest

from workflow.errors import SourceError
from workflow.formats.markdown import FORMAT
from workflow.markup import format_text
from workflow.model import Block
from workflow.plugins import Reading


def read(text: str, *, strict: bool = True) -> Reading:
    return FORMAT.read(text.encode(), path="x.md", slug="x", strict=strict)


def blocks(body: str, *, strict: bool = True) -> tuple[Block, ...]:
    return read(f"---\ntitle: T\n---\n{body}", strict=strict).release.blocks


def shapes(body: str, *, strict: bool = True) -> list[tuple[str, str]]:
    return [(str(b.kind), format_text(b.text)) for b in blocks(body, strict=strict)]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: 'Results: all'\ndate: 2024-07-25\nlanguage: kk\nsection: news\n---\n",
        "---\ntitle: 'Results: all'\ndate: 2024-07-25 10:00:00 +0600\nlanguage: kk\n"
        "section: news\n---\n",
        '+++\ntitle = "Results: all"\ndate = 2024-07-25\nlanguage = "kk"\nsection = "news"\n+++\n',
        '+++\ntitle = "Results: all"\ndate = 2024-07-25T10:00:00Z\nlanguage = "kk"\n'
        'section = "news"\n+++\n',
    ],
)
def test_front_matter_is_yaml_or_toml(front: str) -> None:
    release = read(f"{front}\nText.\n").release
    assert (release.title, release.date) == ("Results: all", dt.date(2024, 7, 25))
    assert (release.language, release.section, release.slug) == ("kk", "news", "x")
    assert [block.text.plain for block in release.blocks] == ["Text."]


@pytest.mark.parametrize("title", ["No", "2024", "1_000", "0x1F", "2024-07-25", "null and void"])
def test_a_title_that_looks_like_another_type_stays_as_written(title: str) -> None:
    assert read(f"---\ntitle: {title}\n---\nx").release.title == title


@pytest.mark.parametrize("written", ["[one, the-other]", "one, the-other", "one the-other one"])
def test_former_names_are_a_list_or_a_line(written: str) -> None:
    assert read(f"---\ntitle: T\nformerly: {written}\n---\nx").release.formerly == (
        "one",
        "the-other",
    )


def test_embargo_status_and_confidential_are_kept_as_written() -> None:
    front = "title: T\nembargo: 2024-07-25T10:00+06:00\nstatus: withheld\nconfidential: true"
    release = read(f"---\n{front}\n---\nx").release
    assert release.embargo == "2024-07-25T10:00+06:00"
    assert (release.status, release.confidential) == ("withheld", True)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("---\ntitle: T\n\nText.", 1, "never closed"),
        ("---\ntitle: T\nsumary: x\n---\n", 3, "did you mean “summary”"),
        ("---\ntitle: T\nlayout: post\n---\n", 3, "unknown key “layout”"),
        ("---\ntitle: T: U\n---\n", 2, "front matter cannot be read"),
        ("---\ntitle: T\ntags: [a\n---\n", 4, "front matter cannot be read"),
        ("---\ntitle: T\ntitle: U\n---\n", 3, "there twice"),
        ("---\ntitel: T\n---\n", 2, "did you mean “title”"),
        ("---\n- a\n---\n", 2, "key: value"),
        ("---\ntitle: T\ndate: 2024-13-45\n---\n", 3, "not a date"),
        ("---\ntitle: T\ndate: July 25, 2024\n---\n", 3, "not a date"),
        ("---\ntitle: T\nlanguage: Russian\n---\n", 3, "not a language tag"),
        ("---\ntitle: T\nstatus: draft\n---\n", 3, "no status"),
        ("---\ntitle: T\nembargo: 2024-07-25 10:00\n---\n", 3, "time zone"),
        ("---\ntitle: T\nembargo:\n---\n", 3, "time zone"),
        ("---\ntitle: T\nconfidential: maybe\n---\n", 3, "confidential"),
        ("---\ntitle: T\nslug: ../x\n---\n", 3, "slug"),
        ("---\ntitle: T\nformerly: [../x]\n---\n", 3, "“../x” cannot be a slug"),
        ("---\ntitle: T\nformerly: [[a]]\n---\n", 3, "a list of slugs"),
        ("---\ntitle: T\nformerly: {a: b}\n---\n", 3, "a list of slugs"),
        ("---\ntitle: [a, b]\n---\n", 2, "one line"),
        ("---\ndate: 2024-07-25\n---\n", 1, "no title"),
        ("+++\ntitle = 'T'\ndate = soon\n+++\n", 3, "front matter cannot be read"),
        ("+++\ntitle = 'T'\ntitel = 'U'\n+++\n", 3, "did you mean “title”"),
        ("---\ntitle: &a T\nsummary: *a\n---\n", 3, "aliases"),
        (f"---\ntitle: T\nx: {'[' * 40}{']' * 40}\n---\n", 3, "too deep"),
        (f"---\ntitle: {'T' * 70_000}\n---\n", 1, "64 KB"),
        ("---\ntitle: !!python/object/apply:os.system [id]\n---\n", 2, "cannot be read"),
        ("---\ntitle: T\n? [a]\n: b\n---\n", 3, "cannot be read"),
    ],
)
def test_broken_front_matter_is_an_error_with_the_line_of_the_file(
    text: str, line: int, what: str
) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read(text)
    assert (caught.value.path, caught.value.line) == ("x.md", line)


def test_a_yaml_bomb_is_refused_at_once() -> None:
    rows = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    rows += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    begun = time.perf_counter()
    with pytest.raises(SourceError, match="aliases"):
        read("---\n" + "\n".join(rows) + "\n---\nx", strict=False)
    assert time.perf_counter() - begun < 1


def test_foreign_front_matter_is_read_with_good_will() -> None:
    reading = read(
        "---\nlayout: post\ntitle: T &amp; [U](http://x.kg)\ndate: 'Thursday, May 02, 2024'\n"
        "excerpt: You&#8217;re *right*\ntags: [a, b]\nslug: a_b/c\nlanguage: english\n---\nx",
        strict=False,
    )
    release = reading.release
    assert (release.title, release.summary, release.slug) == ("T & U", "You’re right", "a-b-c")
    assert release.date == dt.date(2024, 5, 2)
    assert reading.metadata == {"layout": "post", "tags": ["a", "b"]}
    assert [(issue.check, issue.line) for issue in reading.issues] == [("import-language", 8)]


@pytest.mark.parametrize(
    ("line", "status"),
    [("draft: true", "withheld"), ("published: false", "withheld"), ("status: publish", "usable")],
)
def test_drafts_of_other_tools_are_withheld(line: str, status: str) -> None:
    release = read(f"---\ntitle: T\n{line}\n---\nx", strict=False).release
    assert release.status == status


def test_an_unreadable_foreign_date_is_an_issue_with_its_line() -> None:
    reading = read("---\ntitle: T\ndate: soon\n---\nx", strict=False)
    assert reading.release.date is None
    assert [(issue.check, issue.line) for issue in reading.issues] == [("import-date", 3)]


def test_without_front_matter_the_first_heading_is_the_title_of_foreign_material() -> None:
    release = read("# Results\n\nText.", strict=False).release
    assert release.title == "Results"
    assert [block.text.plain for block in release.blocks] == ["Text."]
    with pytest.raises(SourceError, match="no title"):
        read("# Results\n\nText.")


def test_the_body_gives_every_kind_of_block_with_its_line() -> None:
    body = (
        "Lead\nof two lines.\n\n## Head\n\n- one\n- two\n  1. deep\n\n> said\n\n"
        "| a | b |\n| - | - |\n| c | d |\n\n```\nx\n```\n\n<figcaption>cap</figcaption>\n\nend\n"
    )
    found = [(str(block.kind), block.text.plain, block.line) for block in blocks(body)]
    assert found == [
        ("paragraph", "Lead of two lines.", 4),
        ("heading", "Head", 7),
        ("item", "one", 9),
        ("item", "two", 10),
        ("item", "deep", 11),
        ("quote", "said", 13),
        ("cell", "a", 15),
        ("cell", "b", 15),
        ("cell", "c", 17),
        ("cell", "d", 17),
        ("verbatim", "x", 19),
        ("caption", "cap", 23),
        ("paragraph", "end", 25),
    ]


@pytest.mark.parametrize(
    ("body", "markup"),
    [
        ("**a** *b* `c` [d](/e_f)", '<b>a</b> <i>b</i> <code>c</code> <a href="/e_f">d</a>'),
        ("a  \nb\\\nc", "a<br/>b<br/>c"),
        ("![Map](/m.png)", '<img src="/m.png" alt="Map"/>'),
        ("<https://x.kg/а>", '<a href="https://x.kg/а">https://x.kg/а</a>'),
        ("[a](javascript:alert)", "a"),
        ("a <span onclick='x'>b</span><script>alert(1)</script> c", "a b c"),
        ("~~a~~ &copy; &nbsp;b", "~~a~~ © \xa0b"),
        ("R&D \\*a\\*", "R&D *a*"),
    ],
)
def test_inline_markdown_and_allowed_html_become_codes(body: str, markup: str) -> None:
    assert shapes(body) == [("paragraph", markup)]


def test_shortcodes_stay_where_files_are_ours() -> None:
    assert shapes("a {{< b >}} c") == [("paragraph", "a {{< b >}} c")]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('{{< img src="a.png" alt="A *map*" >}}', [("caption", "A *map*")]),
        ('{% image src="a" alt="x" caption="Cap" %}', [("caption", "Cap")]),
        ('{% include "f.html",\n  image: "/a",\n  caption: "Cap" %}', [("caption", "Cap")]),
        ("{{< note >}}Read this.{{< /note >}}", [("paragraph", "Read this.")]),
        ('see [the post]({{< ref "a.md" >}}) now', [("paragraph", "see the post now")]),
        ('see [it]({{ "/a/" | url }}) now', [("paragraph", "see it now")]),
        ('<a href="{{ site.url }}/x">here</a> a', [("paragraph", "here a")]),
        ("{% comment %}hidden{% endcomment %}\n\na", [("paragraph", "a")]),
        ("{% raw %}a{% endraw %}", [("paragraph", "a")]),
        ("{{< tweet 123 >}}\n\na", [("paragraph", "a")]),
        ("{{% box %}}\n\na\n\n{{% /box %}}", [("paragraph", "a")]),
        ("```\n{{ x }}\n```", [("verbatim", "{{ x }}")]),
        ('## Why? {{< img src=a alt="A picture" >}}', [("heading", "Why?")]),
        ('![A map]({{ "/a.png" | url }})', [("caption", "A map")]),
        ('* {{< img src=a alt="A & b" >}}', [("item", "A & b")]),
    ],
)
def test_shortcodes_of_foreign_files_go_and_their_words_stay(
    body: str, found: list[tuple[str, str]]
) -> None:
    assert shapes(body, strict=False) == found


def test_every_shortcode_is_reported_once_a_kind_and_line_and_lines_keep_their_numbers() -> None:
    body = "a {{< b >}}{{< b >}} {{< c >}}\n\n{% d\n  e %}\n\nlast"
    reading = read(f"---\ntitle: T\n---\n{body}", strict=False)
    assert [(issue.check, issue.line) for issue in reading.issues] == [
        ("import-shortcode", 4),
        ("import-shortcode", 4),
        ("import-shortcode", 6),
    ]
    assert reading.release.blocks[-1].line == 9


@pytest.mark.parametrize(
    "text", ["{{<" * 5000, "{% " * 5000, "<img {{" * 2000, "![a](" * 5000, "<a {{ x }} " * 1000]
)
def test_half_open_shortcodes_do_not_hang_the_reader(text: str) -> None:
    begun = time.perf_counter()
    read(f"---\ntitle: T\n---\n{text}", strict=False)
    assert time.perf_counter() - begun < 5


def test_deep_nesting_does_not_topple_the_reader() -> None:
    for mark in ("> ", "- ", "**a ", "["):
        read(f"---\ntitle: T\n---\n{mark * 2000}x")


def test_crlf_and_a_byte_order_mark_change_nothing() -> None:
    text = "---\ntitle: T\n---\n\na\nb\n\n- c\n"
    marked = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert FORMAT.read(marked, path="x.md", slug="x") == read(text)
