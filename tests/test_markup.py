"""Unit markup: what a translator sees, and what comes back."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import letters, texts
from workflow.markup import cut, format_text, join, parse_text, plain_text, tags
from workflow.model import Code, CodeKind, Text


@given(texts())
def test_what_is_written_is_read_back(text: Text):
    assert parse_text(format_text(text)) == text


@given(texts(), st.lists(st.integers(0, 120), max_size=4))
def test_cutting_and_joining_gives_the_text_back(text: Text, places: list[int]):
    edges = sorted({0, len(text.plain), *(min(p, len(text.plain)) for p in places)})
    pieces = [cut(text, a, b) for a, b in pairwise(edges)]
    assert join(pieces) == text


@given(letters)
def test_any_words_survive_as_words(words: str):
    assert parse_text(format_text(Text(words))).plain == words


@given(st.text(alphabet='<>/abi ="hrefimg&;lt#', max_size=60))
def test_reading_never_fails_and_is_stable(markup: str):
    text = parse_text(markup)
    assert parse_text(format_text(text)) == text
    assert plain_text(markup) == text.plain


def test_an_ampersand_of_a_name_stays_as_it_is():
    assert format_text(Text("R&D, a < b")) == "R&D, a < b"
    assert format_text(Text("&amp; and <b>")) == "&amp;amp; and &lt;b>"


def test_a_link_shows_its_address_to_the_translator():
    code = Code(kind=CodeKind.LINK, start=0, end=4, target="https://e.org/?a=1&b=2")
    written = format_text(Text("here", (code,)))
    assert written == '<a href="https://e.org/?a=1&amp;b=2">here</a>'
    assert tags(written) == ['<a href="https://e.org/?a=1&amp;b=2">', "</a>"]


def test_a_tag_without_its_partner_is_dropped_and_its_words_kept():
    assert parse_text("a <b>bold") == Text("a bold")
    assert parse_text("a</i> b").plain == "a b"


def test_codes_that_touch_grow_together():
    assert format_text(parse_text("<b>one</b><b> two</b>")) == "<b>one two</b>"
    assert format_text(parse_text("<b>one</b> <b>two</b>")) == "<b>one</b> <b>two</b>"
