"""PO syntax: nothing of a file is lost, and what is no PO is said with its line."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.errors import CatalogError
from workflow.stores.charsets import decode_po, encode_po
from workflow.stores.po import (
    Entry,
    Fields,
    Layout,
    format_entry,
    layout_of,
    parse,
    refuse_duplicates,
    rewrite,
)

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


NO_CHARSET = {
    # msgfmt takes bytes of no charset for ASCII of some kind; whose letters are they?
    "gettext-tools_tests_testdata_xg-po-4.po",
    "src_test_resources_data_tmx_TMXComplianceKit_ExportTest1D.po",
    "src_test_resources_data_tmx_TMXComplianceKit_ExportTest1D_fr.po",
    "tests_translate_tools_data_pocount_syntax_errors_f43.tgif.fr.po",
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development catalogues are not here")
def test_real_catalogues_come_back_byte_for_byte_or_are_refused_where_msgfmt_refuses():
    same = 0
    refused = []
    for path in sorted(SHARED.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        try:
            file = decode_po(data, path=path.name)
            entries = parse(file.text, path=path.name, charset=file.charset)
            refuse_duplicates(entries, path=path.name)
        except CatalogError as fault:
            refused.append((path, fault))
            continue
        text = "".join(entry.raw for entry in entries)
        assert encode_po(text, file=file, path=path.name) == data
        same += 1
    assert same > 1000
    for path, fault in refused:
        assert fault.line or "charset" in fault.what, fault
        if shutil.which("msgfmt") and path.suffix != ".mo" and path.name not in NO_CHARSET:
            command = ["msgfmt", "-o", os.devnull, str(path)]
            assert subprocess.run(command, capture_output=True, check=False).returncode, fault


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development catalogues are not here")
def test_polib_reads_the_same_words():
    agree, seen = 0, 0
    for path in sorted(SHARED.rglob("*.po")):
        try:
            entries = parse(path.read_bytes().decode("utf-8"), path=path.name)
            theirs = polib.pofile(str(path), encoding="utf-8")
        except (CatalogError, OSError, ValueError, IndexError, UnicodeDecodeError):
            continue
        ours = [
            (e.fields.source, e.fields.target)
            for e in entries
            if e.fields.source and e.fields.plural is None and not e.obsolete
        ]
        others = [
            (e.msgid, e.msgstr) for e in theirs if not e.msgid_plural and not e.obsolete and e.msgid
        ]
        seen += 1
        agree += ours == others
    assert agree > 0.97 * seen > 500


def one(text: str, **values: str) -> Entry:
    (entry,) = parse(text, path="a.po", **values)
    assert entry.raw == text
    return entry


def test_plural_entries_are_read_with_every_form():
    entry = one('msgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] "a"\nmsgstr[1] ""\n"b"\n')
    assert entry.fields == Fields(source="%d file", plural="%d files", targets=("a", "b"))
    old = one(
        '#, fuzzy\n#| msgid "x msgstr[0]"\n#| msgid_plural "y"\nmsgid "p"\nmsgid_plural "ps"\n'
        'msgstr[0] "\\"msgstr[1] \\""\nmsgstr[1] ""\n'
    )
    assert (old.fields.previous_source, old.fields.previous_plural) == ("x msgstr[0]", "y")
    assert old.fields.targets == ('"msgstr[1] "', "")


@pytest.mark.parametrize(
    "text",
    [
        'msgid"a"\nmsgstr"b"\n',
        '  msgid  "a"\n\tmsgstr "b"\n',
        'msgid "a"\n# between\nmsgstr "b"\n',
        'msgid ""  "a"\nmsgstr "b" # behind\n',
        '# said\n\n \nmsgid "a"\n\nmsgstr "b"\n',
        'msgid "a"\r\nmsgstr "b"\r\n',
        'msgid "a"\nmsgstr "b"',
        '#~ msgid "a"\n#~ msgstr "b"\n',
        '#~ # said\n#~ msgid ""\n#~ "a"\n#~ msgstr "b"\n',
        '#~msgid "a"\n#~msgstr "b"\n',
    ],
)
def test_every_spelling_that_gettext_reads_is_read_and_kept(text: str):
    entry = one(text)
    assert (entry.fields.source, entry.fields.target) == ("a", "b")
    assert entry.line == next(n for n, line in enumerate(text.split("\n"), 1) if "msgid" in line)
    assert entry.target_line == next(
        n for n, line in enumerate(text.split("\n"), 1) if "msgstr" in line
    )


def test_escapes_are_read_and_numeric_ones_are_bytes_of_the_charset():
    entry = one('msgid "\\t\\\\n\\"\\a"\nmsgstr "\\320\\226\\xd0\\xb0\\\\101"\n')
    assert entry.fields.source == '\t\\n"\a'
    assert entry.fields.target == "Жа\\101"
    assert one('msgid "a"\nmsgstr "\\346"\n', charset="koi8-r").fields.target == "Ф"


def test_a_domain_line_stands_by_itself():
    entries = parse('domain "one"\nmsgid "a"\nmsgstr "b"\n\ndomain "two"\n', path="a.po")
    assert [(entry.fields.domain, entry.fields.source) for entry in entries] == [
        ("one", None),
        (None, "a"),
        ("two", None),
    ]
    text = 'msgid "a"\nmsgstr "b"\n\ndomain "two"\nmsgid "a"\nmsgstr "c"\n'
    refuse_duplicates(parse(text, path="a.po"), path="a.po")
    with pytest.raises(CatalogError, match="the entry of line 1 stands here again"):
        refuse_duplicates(parse(text.replace('domain "two"\n', ""), path="a.po"), path="a.po")


def test_flags_are_told_apart_by_commas_and_spaces():
    entry = one('#, fuzzy,c-format range: 0..3\n#, ai  reviewed\nmsgid "a"\nmsgstr ""\n')
    assert entry.fields.flags == ("fuzzy", "c-format", "range: 0..3", "ai", "reviewed")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', 3, r"msgstr\[0\] is wanted"),
        ('msgid "a"\nmsgstr[0] "c"\n', 2, "msgid_plural is missing"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n', 3, r"where msgstr\[0\] is due"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[2] "d"\n', 4, r"msgstr\[1\] is due"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[0] "d"\n', 4, r"msgstr\[1\] is due"),
        ('msgid[0] "a"\nmsgstr "b"\n', 1, "only msgstr has a number"),
        ('msgid "a\\q"\nmsgstr "b"\n', 1, "is no escape of PO"),
        ('msgid "a\\xzz"\nmsgstr "b"\n', 1, "is no escape of PO"),
        ('msgid "a"\nmsgstr "\\320"\n', 2, "is no character of utf-8"),
        ('msgid "a"\nmsgstr "b" c\n', 2, "quotation mark missing"),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3, "msgstr without a msgid"),
        ('msgctxt "a"\n', 1, "without a msgstr"),
        ("# x\n||||||| base\n", 2, "conflict marker"),
        ('msgid "a"\nmsgstr "b"\n>>>>>>> theirs\n', 3, "conflict marker"),
    ],
)
def test_what_gettext_refuses_is_refused_with_its_line(text: str, line: int, what: str):
    with pytest.raises(CatalogError, match=what) as caught:
        parse(text, path="a.po")
    assert caught.value.line == line


GETTEXT = pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext is not installed")
CHARS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Co", "Cs", "Zl", "Zp"))
PROSE = st.text(
    st.one_of(
        st.sampled_from('абвгдежәғқңөұүһі    ...,,;:!?-–—«»“”„()[]/%№$€°0123456789\u00a0\n\t\\"'),
        CHARS,
    ),
    min_size=1,
    max_size=300,
).map(lambda text: text.lstrip("\n") or "x")
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


@GETTEXT
@pytest.mark.parametrize("width", [79, 60, 0])
@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(PROSE, PROSE), min_size=20, max_size=20))
def test_a_new_entry_is_written_as_gettext_writes_it(width: int, pairs: list[tuple[str, str]]):
    entries = [
        Fields(context=str(n), source=source, targets=(target,))
        for n, (source, target) in enumerate(pairs)
    ]
    ours = [format_entry(fields, layout=Layout(width=width)) for fields in entries]
    command = ["msgcat", *(["-w", str(width)] if width else ["--no-wrap"]), "-"]
    text = "\n".join([HEAD, *(format_entry(fields, layout=Layout()) for fields in entries)])
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    theirs = [entry.raw.lstrip("\n") for entry in parse(done.stdout.decode(), path="a.po")]
    assert ours == theirs[1:]


@given(
    st.lists(st.tuples(PROSE, PROSE), min_size=1, max_size=6),
    st.sampled_from((0, 79, 100)),
    st.sampled_from(("\n", "\r\n")),
    PROSE,
    st.data(),
)
def test_of_a_changed_entry_only_the_changed_lines_are_written(
    pairs: list[tuple[str, str]], width: int, newline: str, target: str, data: st.DataObject
):
    layout = Layout(width=width, newline=newline)
    fields = [
        Fields(
            context=str(n),
            source=source,
            targets=(translation,),
            comments=(" said", "#odd"),
            notes=(" note",),
            references=(" a.md:1",),
            flags=("ai",),
        )
        for n, (source, translation) in enumerate(pairs)
    ]
    text = newline.join(format_entry(one, layout=layout) for one in fields)
    entries = parse(text, path="a.po")
    entry = data.draw(st.sampled_from(entries))
    wanted = replace(entry.fields, targets=(target,), flags=("fuzzy", "ai"))
    raw = rewrite(entry, wanted, layout=layout_of(entries))
    assert parse(raw, path="a.po")[0].fields == wanted
    before, after = (part.split("msgstr")[0] for part in (entry.raw, raw))
    assert after == before.replace("#, ai", "#, fuzzy, ai")


@pytest.mark.parametrize("width", [0, 60, 79, 100])
def test_the_width_of_a_file_is_seen_in_its_lines(width: int):
    long = "Есірткіге қарсы операция аясында мүше мемлекеттердің құзыретті органдары жұмыс істеді. "
    fields = [Fields(source=f"{n} {long * 3}", targets=(long * n,)) for n in range(1, 5)]
    text = "\n".join(format_entry(one, layout=Layout(width=width)) for one in fields)
    assert layout_of(parse(text, path="a.po")).width == width


def test_a_file_that_shows_no_width_is_not_wrapped():
    assert layout_of(parse('msgid "a"\nmsgstr "b"\n', path="a.po")).width == 0
    assert layout_of([]).width == 0
    old = '#~ msgid ""\n#~ "a "\n#~ "b"\n#~ msgstr ""\n#~ "c "\n#~ "d"\n'
    assert layout_of(parse(old, path="a.po")).width == 0
    odd = '#| msgid ""\n#| "a "\n#| "b"\nmsgid "c"\nmsgstr ""\n'
    assert layout_of(parse(odd, path="a.po")).width in (0, 79)


def test_a_comment_behind_a_string_is_not_lost_when_the_string_changes():
    entry = one('msgid "a"\nmsgstr "b" # keep me\n')
    raw = rewrite(entry, replace(entry.fields, targets=("c",)), layout=Layout())
    assert raw == '# keep me\nmsgid "a"\nmsgstr "c"\n'


def test_a_new_kind_of_line_goes_where_gettext_puts_it():
    entry = one('\n#: a.md\nmsgid "a"\nmsgstr "b"\n')
    wanted = replace(
        entry.fields, comments=(" said",), flags=("fuzzy",), previous_source="z", context="k"
    )
    assert rewrite(entry, wanted, layout=Layout()) == (
        '\n# said\n#: a.md\n#, fuzzy\n#| msgid "z"\nmsgctxt "k"\nmsgid "a"\nmsgstr "b"\n'
    )
    bare = one('msgid "a"\nmsgstr "b"\n')
    assert rewrite(bare, replace(bare.fields, targets=("c",)), layout=Layout()).endswith('"c"\n')


def test_references_are_filled_into_lines_and_isolated_names_stay_whole():
    fields = Fields(
        source="a", targets=("",), references=(" " + " ".join(f"file{n}.md:{n}" for n in range(9)),)
    )
    first, second = format_entry(fields, layout=Layout()).split("\n")[:2]
    assert first.startswith("#: file0.md:0 ")
    assert len(first) <= 79
    assert second.startswith("#: ")
    name = "\u2068two words.md:1\u2069"
    assert f"#: {name}\n" in format_entry(
        replace(fields, references=(f" {name}",)), layout=Layout()
    )


def test_a_very_long_string_takes_no_more_than_its_time():
    texts = ["a" * 1_000_000, '\\"' * 400_000, "слово " * 160_000, "«" * 300_000]
    for text in texts:
        raw = format_entry(Fields(source="x", targets=(text,)), layout=Layout(width=79))
        assert one(raw).fields.target == text
    broken = 'msgid "x"\nmsgstr "' + '\\"' * 400_000
    with pytest.raises(CatalogError, match="quotation mark"):
        parse(broken, path="a.po")
