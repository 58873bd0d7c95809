"""PO syntax: nothing of a file is lost, and what is no PO is said with its line."""

from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.errors import CatalogError
from workflow.stores.po import Fields, Layout, format_entry, parse

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
    assert header.is_header
    assert live.fields == Fields(
        context="k",
        source="After",
        targets=("После",),
        previous_context="old",
        previous_source="Before",
        comments=(" said by a person",),
        notes=(" paragraph",),
        references=(" sources/a.md",),
        flags=("fuzzy", "ai"),
    )
    assert (live.line, live.target_line) == (14, 15)
    assert gone.obsolete
    assert gone.fields == Fields(source="gone", targets=("нет",), previous_source="older")
    assert (gone.line, gone.target_line) == (20, 21)
    assert tail.fields.source is None


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


@given(st.text(st.characters(codec="utf-8")), st.sampled_from((0, 79, 40)))
def test_a_written_string_is_read_back(text: str, width: int):
    raw = format_entry(Fields(source="x", targets=(text,)), layout=Layout(width=width))
    (entry,) = parse(raw, path="a.po")
    assert entry.fields.target == text


def test_fields_are_split_at_line_ends_only():
    fields = Fields(source="a" * 200, targets=("a\nb\n",))
    assert format_entry(fields, layout=Layout()) == (
        f'msgid "{"a" * 200}"\nmsgstr ""\n"a\\n"\n"b\\n"\n'
    )


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
            (e.fields.source, e.fields.target)
            for e in entries
            if e.fields.source and e.fields.plural is None and not e.obsolete
        ]
        others = [
            (e.msgid, e.msgstr) for e in theirs if not e.msgid_plural and not e.obsolete and e.msgid
        ]
        if ours == others:
            seen += 1
    assert seen > 100
