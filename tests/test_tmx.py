"""TMX: what other tools write is read, what we write comes back, and nothing in a file harms."""

import contextlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import texts
from workflow.errors import ExchangeError
from workflow.markup import format_text
from workflow.memories.tags import known_tag
from workflow.memories.tmx_reading import read
from workflow.memories.tmx_writing import write
from workflow.memories.values import Refused, Translation, remembered

LANGUAGES = ("en", "ru", "kk", "ky")
HEAD = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'


def tmx(body: str, *, head: str = HEAD, srclang: str = "en-US", version: str = "1.4") -> bytes:
    header = f'<header srclang="{srclang}" datatype="html"/>'
    return f'{head}<tmx version="{version}">{header}\n<body>\n{body}\n</body></tmx>'.encode()


def tu(
    source: str, target: str, *, inner: str = "", attributes: str = "", tag: str = "ru-RU"
) -> str:
    return (
        f"<tu {attributes}>{inner}"
        f'<tuv xml:lang="en-US"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="{tag}"><seg>{target}</seg></tuv></tu>'
    )


def units(data: bytes) -> list[Translation | Refused]:
    return list(read(io.BytesIO(data), "x.tmx", languages=LANGUAGES))


def one(body: str) -> Translation:
    (found,) = units(tmx(body))
    assert isinstance(found, Translation), found
    return found


def refused(body: str) -> Refused:
    (found,) = units(tmx(body))
    assert isinstance(found, Refused), found
    return found


def test_regions_are_dropped_and_the_doctype_is_passed_over():
    found = one(tu("The council met.", "Совет собрался."))
    assert found.texts == (("en", "The council met."), ("ru", "Совет собрался."))
    assert found.source_language == "en"
    assert found.line == 5


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("ru-RU", "ru"),
        ("RU_ru", "ru"),
        ("EN", "en"),
        ("kk-Cyrl-KZ", "kk"),
        ("kk-Latn-KZ", ""),
        ("ky-KG", "ky"),
        ("de", ""),
        ("rus", ""),
    ],
)
def test_a_tag_is_brought_to_the_newsrooms(written: str, tag: str):
    assert known_tag(written, LANGUAGES) == tag


def test_a_newsroom_with_regions_keeps_them_apart():
    assert known_tag("en-GB", ("en", "en-GB")) == "en-GB"
    assert known_tag("en-US", ("en", "en-GB")) == "en"


def test_codes_become_unit_markup():
    native = '<bpt i="1" x="1">&lt;b&gt;</bpt>met<ept i="1">&lt;/b&gt;</ept>'
    typed = '<bpt i="7" type="bold">{\\b </bpt>собрался<ept i="7">}</ept><ph type="lb"/>да'
    found = one(tu(f"It {native}", typed))
    assert found.texts == (("en", "It <b>met</b>"), ("ru", "<b>собрался</b><br/>да"))


def test_a_link_keeps_its_address_and_a_highlight_its_type():
    link = '<bpt i="1">&lt;a href="https://e.org/"&gt;</bpt>here<ept i="1">&lt;/a&gt;</ept>'
    found = one(tu(link, '<hi type="italic">здесь</hi><hi> и там</hi>'))
    assert found.texts[0][1] == '<a href="https://e.org/">here</a>'
    assert found.texts[1][1] == "<i>здесь</i> и там"


def test_formatting_that_we_have_no_code_for_is_dropped_and_the_words_stay():
    source = '<bpt i="1">{\\ul </bpt>one<ept i="1">}</ept> <it pos="begin">&lt;b&gt;</it>two'
    assert one(tu(source, "раз два")).texts[0][1] == "one two"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("Page <ph>{0}</ph>", "en-US: a code stands for something that is not in the file"),
        ("R&nbsp;D", "en-US: an entity that nobody declares"),
        ('<bpt i="1" type="bold"/>x', "en-US: a code is begun and never ends"),
        ("<b>x</b>", "en-US: <b> has no place in a seg"),
        ("  ", "a text is empty"),
    ],
)
def test_a_unit_that_would_lose_words_is_refused_with_its_line(source: str, why: str):
    found = refused(tu(source, "х"))
    assert (found.why, found.line, found.foreign) == (why, 5, False)


def test_a_broken_unit_does_not_hide_the_next():
    body = "\n".join(
        [
            '<tu><tuv xml:lang="en"><seg>alone</seg></tuv></tu>',
            "<tu><tuv><seg>x</seg></tuv><tuv/></tu>",
            '<tu><tuv xml:lang="en"/><tuv xml:lang="ru"><seg>x</seg></tuv></tu>',
            tu("fine", "хорошо"),
            tu("not ours", "nicht unser", tag="de"),
        ]
    )
    found = units(tmx(body))
    assert [u.why if isinstance(u, Refused) else u.texts[0][1] for u in found] == [
        "a tu with fewer than two languages",
        "a tuv without xml:lang",
        "en: a tuv without seg",
        "fine",
        "in other languages",
    ]
    assert [u.line for u in found] == [5, 6, 7, 8, 9]
    assert isinstance(found[-1], Refused)
    assert found[-1].foreign


def test_what_tools_say_of_a_unit_is_read():
    omegat = (
        '<prop type="file">a.docx</prop><prop type="prev">Before</prop>'
        '<prop type="next">After</prop>'
    )
    attributes = 'changedate="20240725T101500Z" changeid="aigerim" usagecount="3"'
    found = one(tu("a", "б", inner=omegat, attributes=attributes))
    assert (found.before, found.after, found.origin) == ("Before", "After", "a.docx")
    assert (found.changed, found.author, found.used) == ("2024-07-25T10:15:00Z", "aigerim", 3)
    assert not found.reviewed
    memoq = '<prop type="x-context-pre">&lt;seg&gt;Vor&lt;/seg&gt;</prop>'
    assert one(tu("a", "б", inner=memoq)).before == "Vor"
    trados = '<prop type="x-ConfirmationLevel">ApprovedTranslation</prop>'
    assert one(tu("a", "б", inner=trados)).reviewed


def test_any_source_language_and_old_attributes_are_understood():
    body = '<tu><tuv lang="RU"><seg>да</seg></tuv><tuv lang="EN"><seg>yes</seg></tuv></tu>'
    (found,) = units(tmx(body, srclang="*all*", version="1.1"))
    assert isinstance(found, Translation)
    assert found.source_language == ""
    (pair,) = remembered(iter([found]), name="old", source="en", target="ru")
    assert (pair.source, pair.target, pair.origin, pair.imported) == ("yes", "да", "tmx:old", True)


def test_the_other_way_round_is_of_use_but_not_reviewed():
    found = Translation(
        texts=(("ru", "да"), ("en", "yes")), source_language="ru", before="х", reviewed=True
    )
    (pair,) = remembered(iter([found]), name="m", source="en", target="ru")
    assert (pair.source, pair.before, pair.reviewed) == ("yes", "", False)
    assert not list(remembered(iter([found]), name="m", source="en", target="kk"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not well-formed XML"),
        (b"hello", "not well-formed XML"),
        (b"<xliff/>", "its root is <xliff>, not <tmx>"),
        (tmx(tu("a", "b"))[:-30], "x.tmx:5: not well-formed XML"),
        (
            tmx("", head='<!DOCTYPE tmx [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'),
            "its DOCTYPE declares entities",
        ),
        (
            tmx("", head='<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
            "its DOCTYPE declares entities",
        ),
        (b"<tmx>" + b"<a>" * 300, "not well-formed XML"),
    ],
)
def test_what_is_no_tmx_is_one_line(data: bytes, message: str):
    with pytest.raises(ExchangeError) as fault:
        units(data)
    assert message in str(fault.value)


def test_a_dtd_beside_the_file_is_never_read(tmp_path: Path):
    (tmp_path / "tmx14.dtd").write_text('<!ENTITY nbsp "READ">', encoding="utf-8")
    path = tmp_path / "x.tmx"
    path.write_bytes(tmx(tu("a&nbsp;b", "б")))
    with path.open("rb") as file:
        (found,) = read(file, str(path), languages=LANGUAGES)
    assert isinstance(found, Refused)


def test_utf_16_is_read():
    data = tmx(tu("yes", "да"), head="").decode().encode("utf-16")
    assert isinstance(units(data)[0], Translation)


names = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=9
)
markups = (
    texts()
    .map(format_text)
    .filter(lambda markup: bool(markup) and markup == markup.strip())
    .filter(lambda markup: not {"\ufffe", "\uffff"} & set(markup))  # XML 1.0 has no place for them
)
stamps = st.one_of(
    st.just(""), st.datetimes().map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}Z".rjust(20, "0"))
)
translations = st.builds(
    Translation,
    texts=st.tuples(markups, markups).map(lambda two: (("en", two[0]), ("ru", two[1]))),
    source_language=st.sampled_from(["en", "ru", ""]),
    role=st.sampled_from(["headline", ""]),
    section=names.map(str.strip),
    author=names.map(lambda name: "".join(name.split())),
    used=st.integers(0, 999),
    changed=stamps,
    before=markups,
    reviewed=st.booleans(),
)


@given(st.lists(translations, max_size=3))
def test_what_is_written_is_read_again(wanted: list[Translation]):
    data = b"".join(write(wanted, source="en"))
    back = [u for u in units(data) if isinstance(u, Translation)]
    assert [replace(unit, line=0) for unit in back] == wanted


@given(st.binary(max_size=200))
def test_no_bytes_are_a_traceback(data: bytes):
    with contextlib.suppress(ExchangeError):
        units(b"<tmx><body>" + data)
