"""PO syntax: nothing of a file is lost, and what is no PO is said with its line."""

from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.errors import CatalogError
from workflow.stores.po import format_field, parse, quote

SHARED = Path(__file__).parents[2] / "shared" / "data" / "catalogues"

FILE = """\
# Translators:
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

# said by a person
#. paragraph
#: sources/a.md
#, fuzzy, ai
#| msgctxt "old"
#| msgid "Before"
msgctxt "k"
msgid "After"
msgstr ""
"Пос"
"ле"

#~| msgid "older"
#~ msgid "gone"
#~ msgstr "нет"
# the end
"""


def test_an_entry_has_every_part_of_itself():
    header, live, gone, tail = parse(FILE, path="a.po")
    assert header.source == ""
    assert live.context == "k"
    assert (live.source, live.target) == ("After", "После")
    assert (live.previous_context, live.previous_source) == ("old", "Before")
    assert live.flags == ["fuzzy", "ai"]
    assert (live.comments, live.notes) == (["said by a person"], ["paragraph"])
    assert (live.line, live.target_line) == (14, 15)
    assert gone.obsolete
    assert (gone.source, gone.target, gone.previous_source) == ("gone", "нет", "older")
    assert tail.source is None


def test_the_entries_together_are_the_file():
    for text in (FILE, FILE.replace("\n", "\r\n"), FILE.replace("\n\n", "\n"), "", "# only\n"):
        assert "".join(entry.raw for entry in parse(text, path="a.po")) == text


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('<<<<<<< ours\nmsgid "a"\nmsgstr "b"\n', 1, "conflict marker"),
        ('msgid "a"\n=======\nmsgstr "b"\n', 2, "conflict marker"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 3, "second msgid"),
        ('msgstr "a"\n', 1, "without a msgid"),
        ('msgid "a\nmsgstr "b"\n', 1, "quotation mark missing"),
        ('"alone"\n', 1, "belongs to no keyword"),
        ('msgid "a"\n', 1, "without a msgstr"),
        ("what is this\n", 1, "is not PO"),
    ],
)
def test_what_is_no_po_is_said_with_its_line(text: str, line: int, what: str):
    with pytest.raises(CatalogError, match=what) as caught:
        parse(text, path="locales/ru/releases/a.po")
    assert caught.value.line == line
    assert str(caught.value).startswith(f"locales/ru/releases/a.po:{line}: ")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029")))
def test_a_written_string_is_read_back(text: str):
    lines = "\n".join([*format_field("msgid", "x"), *format_field("msgstr", text)]) + "\n"
    (entry,) = parse(lines, path="a.po")
    assert entry.target == text


def test_fields_are_split_at_line_ends_only():
    assert list(format_field("msgstr", "a" * 200)) == [f"msgstr {quote('a' * 200)}"]
    assert list(format_field("msgstr", "a\nb\n")) == ['msgstr ""', '"a\\n"', '"b\\n"']


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development catalogues are not here")
def test_real_catalogues_come_back_byte_for_byte_and_polib_agrees_on_the_words():
    seen = 0
    for path in sorted(SHARED.rglob("*.po")):
        try:
            text = path.read_bytes().decode("utf-8")
            entries = parse(text, path=path.name)
        except (CatalogError, UnicodeDecodeError):
            continue
        assert "".join(entry.raw for entry in entries) == text
        try:
            theirs = polib.pofile(str(path), encoding="utf-8")
        except (OSError, ValueError, IndexError, UnicodeDecodeError):
            continue
        ours = [
            (e.source, e.target)
            for e in entries
            if e.source and e.plural is None and not e.obsolete
        ]
        others = [
            (e.msgid, e.msgstr) for e in theirs if not e.msgid_plural and not e.obsolete and e.msgid
        ]
        if ours == others:
            seen += 1
    assert seen > 100
