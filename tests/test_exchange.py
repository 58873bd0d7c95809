"""Exchange formats: what goes out comes back, and what comes back is not trusted."""

import contextlib
import csv
import io
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.strategies import letters, texts
from workflow.errors import ExchangeError, UsageError
from workflow.exchange._names import from_file_name
from workflow.exchange.table_csv import bare, neutral
from workflow.exchange.xlsx import escaped, unescaped
from workflow.markup import format_text, tidy
from workflow.model import Code, CodeKind, State, Text
from workflow.plugins import HandedUnit, Handout, Returned, discover

FORMATS = discover("workflow.exchange", "EXCHANGE")
XLIFF = ["xliff12", "xliff21"]
TABLES = ["csv", "xlsx"]
SCHEMAS = Path(__file__).parent / "schemas"

LINK = '<a href="https://example.org/?a=1&amp;b=2">'
SAMPLE = Handout(
    slug="council-met",
    language="kk",
    source_language="en",
    units=(
        HandedUnit(key="headline", source="The council met", role="headline"),
        HandedUnit(
            key="ab12cd34.2",
            source=f'A <b>bold <i>it</i></b> {LINK}link</a><br/>x <img src="/a.png" alt="Pic"/>',
            target='<a href="/kk/">сілтеме</a> <b>қалың</b>',
            state=State.TRANSLATED,
            role="lead",
            notes=("term: council → кеңес", "previous source: A <b>bold</b> link"),
            seal="translated:12345678",
        ),
        HandedUnit(
            key="77aa77aa", source="R&D < 5", target="=1+1", state=State.REVIEWED, seal="reviewed:x"
        ),
        HandedUnit(key="a foreign key", source="x", target="ы", state=State.TRANSLATED),
        HandedUnit(key="", source="no key"),
    ),
    path="locales/kk/releases/council-met.po",
)


def write(name: str, handout: Handout = SAMPLE) -> bytes:
    data: bytes = FORMATS[name].write(handout)
    return data


def read(name: str, data: bytes, path: str = "council-met.kk.xlf") -> Returned:
    returned: Returned = FORMATS[name].read(data, path)
    return returned


def facts(units) -> list[tuple[str, str, str, State, str]]:
    return [(u.key, u.source, u.target, u.state, u.seal) for u in units]


# -- round trips ---------------------------------------------------------------------------------

controls = st.text(
    alphabet=st.one_of(
        st.sampled_from("\x00\x01\x07\x0b\x0c\x1f\x7f\x85\ufffe\uffff\u2028\ufeff\t\n\r \u00a0"),
        st.sampled_from("\u202a\u202b\u202c\u2066\u2069\u200f🏔️👩‍👩‍👧é\u0301'=+-@_x0041_x005F_"),
    ),
    max_size=12,
)


@st.composite
def odd_texts(draw: st.DrawFn) -> str:
    """Canonical unit markup with nested codes and with characters that files dislike."""
    text = draw(texts())
    head, tail = Text(draw(controls)), Text(draw(controls))
    codes = tuple(code.moved(len(head.plain)) for code in text.codes)
    return format_text(tidy(Text(head.plain + text.plain + tail.plain, codes)))


any_texts = odd_texts()


@st.composite
def handouts(draw: st.DrawFn, markup=any_texts) -> Handout:
    units = []
    for number in range(draw(st.integers(1, 4))):
        source = draw(markup)
        target = draw(st.one_of(st.just(""), st.just(source), markup))
        states = [State.TRANSLATED, State.REVIEWED] if target else [State.INITIAL]
        units.append(
            HandedUnit(
                key=draw(st.sampled_from(["headline", f"{number:08x}", "a b", "<ключ>", ""])),
                source=source,
                target=target,
                state=draw(st.sampled_from(states)),
                role=draw(st.sampled_from(["", "lead"])),
                notes=tuple(draw(st.lists(letters, max_size=2))),
                seal=draw(st.sampled_from(["", "reviewed:1a2b3c4d"])),
            )
        )
    return Handout(
        slug="a-slug", language="kk", source_language="en", units=tuple(units), path="x.po"
    )


@pytest.mark.parametrize("name", [*XLIFF, *TABLES])
@settings(deadline=None)
@given(handouts())
def test_what_went_out_comes_back_the_same(name: str, handout: Handout):
    returned = read(name, write(name, handout), "x")
    assert facts(returned.units) == facts(handout.units)
    assert [unit.fault for unit in returned.units] == [""] * len(handout.units)
    assert (returned.slug, returned.language) == ("a-slug", "kk")


@pytest.mark.parametrize("name", TABLES)
@settings(deadline=None)
@given(handouts(st.one_of(controls, letters, st.sampled_from(["<b>open", "</i>", "&nbsp;", "'"]))))
def test_a_table_keeps_every_letter_of_any_markup(name: str, handout: Handout):
    assert facts(read(name, write(name, handout)).units) == facts(handout.units)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_units_are_the_same_bytes(name: str):
    assert write(name) == write(name)


def test_a_workbook_does_not_say_when_it_was_made():
    pytest.importorskip("openpyxl")
    with zipfile.ZipFile(io.BytesIO(write("xlsx"))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.read("docProps/core.xml").count(b">2000-01-01T00:00:00Z<") == 2


@pytest.mark.parametrize("name", FORMATS)
def test_every_line_of_a_file_is_known_when_it_comes_back(name: str):
    data = write(name)
    lines = [unit.line for unit in read(name, data).units]
    assert lines == sorted(set(lines))
    if name in XLIFF:
        for number in lines:
            assert b"unit" in data.splitlines()[number - 1]


@pytest.mark.parametrize("name", XLIFF)
def test_a_target_that_is_all_codes_and_spaces_keeps_them(name: str):
    target = format_text(
        Text(
            "  \n ",
            (Code(kind=CodeKind.BOLD, start=0, end=4), Code(kind=CodeKind.BREAK, start=2, end=3)),
        )
    )
    unit = HandedUnit(key="k", source=" a ", target=target, state=State.REVIEWED)
    handout = replace(SAMPLE, units=(unit,))
    assert read(name, write(name, handout)).units[0].target == target


# -- schemas -------------------------------------------------------------------------------------


def schema(file: str) -> etree.XMLSchema:
    class Local(etree.Resolver):
        def resolve(self, url, _id, context):
            if url.endswith("xml.xsd"):
                return self.resolve_filename(str(SCHEMAS / "xml.xsd"), context)
            return None

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(SCHEMAS / file, parser))


STRICT = {"xliff12": schema("xliff-core-1.2-strict.xsd"), "xliff21": schema("xliff_core_2.0.xsd")}


@pytest.mark.parametrize("name", XLIFF)
@settings(deadline=None)
@given(handouts())
def test_what_goes_out_is_valid(name: str, handout: Handout):
    for one in (SAMPLE, handout):
        root = etree.fromstring(write(name, one))
        STRICT[name].assertValid(root)
        for side in root.iter("{*}source", "{*}target"):
            ids = [code.get("id") for code in side.iter("{*}g", "{*}x", "{*}pc", "{*}ph")]
            assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", XLIFF)
def test_the_schema_sees_a_fault(name: str):
    root = etree.fromstring(
        write(name).replace(b"<source", b"<sauce").replace(b"</source", b"</sauce")
    )
    assert not STRICT[name].validate(root)


def test_version_2_1_says_so_in_the_namespace_of_2_0_and_its_data_are_there():
    root = etree.fromstring(write("xliff21"))
    assert root.get("version") == "2.1"
    assert etree.QName(root).namespace == "urn:oasis:names:tc:xliff:document:2.0"
    assert (root.get("srcLang"), root.get("trgLang")) == ("en", "kk")
    for unit in root.iter("{*}unit"):
        data = {entry.get("id") for entry in unit.iter("{*}data")}
        for code in unit.iter("{*}pc"):
            assert {code.get("dataRefStart"), code.get("dataRefEnd")} <= data


# -- what a translator sees ----------------------------------------------------------------------


def test_codes_of_1_2_are_typed_nested_and_keep_an_address():
    source = etree.fromstring(write("xliff12")).findall(".//{*}source")[1]
    bold, link, line, image = list(source)
    assert (bold.get("ctype"), bold[0].get("ctype")) == ("bold", "italic")
    assert link.get("equiv-text") == LINK
    assert (line.get("ctype"), image.get("ctype")) == ("lb", "image")
    assert "".join(source.itertext()) == "A bold it linkx "


def test_codes_of_2_1_keep_an_address_in_the_original_data():
    unit = etree.fromstring(write("xliff21")).findall(".//{*}unit")[1]
    data = {entry.get("id"): entry.text for entry in unit.iter("{*}data")}
    link = next(code for code in unit.iter("{*}pc") if code.get("type") == "link")
    assert data[link.get("dataRefStart")] == LINK
    assert {code.get("subType") for code in unit.iter("{*}pc", "{*}ph")} >= {
        "xlf:b",
        "xlf:i",
        "xlf:lb",
    }


def test_a_code_of_the_target_has_the_number_of_its_like_in_the_source():
    unit = etree.fromstring(write("xliff21")).findall(".//{*}unit")[1]
    source, target = unit.find(".//{*}source"), unit.find(".//{*}target")
    assert source[0].get("id") == target[1].get("id")  # <b>, moved behind the link
    assert target[0].get("id") not in {code.get("id") for code in source.iter("{*}pc", "{*}ph")}


@pytest.mark.parametrize("name", XLIFF)
def test_role_notes_and_previous_source_are_notes(name: str):
    unit = list(etree.fromstring(write(name)).iter("{*}trans-unit", "{*}unit"))[1]
    notes = [note.text for note in unit.iter("{*}note")]
    assert notes == ["lead", "term: council → кеңес", "previous source: A <b>bold</b> link"]


def test_states_of_1_2_are_its_own():
    root = etree.fromstring(write("xliff12"))
    states = [target.get("state") for target in root.iter("{*}target")]
    assert states[:2] == ["needs-review-translation", "signed-off"]
    assert [unit.get("approved") for unit in root.iter("{*}trans-unit")][:3] == [None, None, "yes"]


def test_a_spreadsheet_finds_the_columns_in_order_and_no_formula():
    data = write("csv")
    assert data.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert table[0] == [
        "key",
        "role",
        "source (en)",
        "target (kk)",
        "state",
        "note",
        "hash council-met.kk",
    ]
    assert table[3][3] == "'=1+1"
    assert data.count(b"\r\n") == 6


@given(st.text(alphabet="'=+-@\t\ra", max_size=6))
def test_no_cell_begins_a_formula_and_exactly_one_apostrophe_comes_off(cell: str):
    assert neutral(cell)[:1] not in tuple("=+-@\t\r")
    assert bare(neutral(cell)) == cell


@given(st.text(alphabet="_x0041F5\x07\r", max_size=16))
def test_what_excel_would_take_for_an_escape_is_escaped(cell: str):
    assert unescaped(escaped(cell)) == cell


def test_a_workbook_is_text_with_a_frozen_header_and_only_targets_and_states_open():
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(write("xlsx"))).active
    assert sheet["D4"].value == "=1+1"
    assert all(cell.data_type != "f" for row in sheet.rows for cell in row)
    assert all(cell.number_format == "@" for row in sheet.rows for cell in row)
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["G"].hidden
    assert sheet.protection.sheet
    assert [sheet[f"{column}2"].protection.locked for column in "ACDEG"] == [
        True,
        True,
        False,
        False,
        True,
    ]
    assert sheet["C2"].alignment.wrap_text


# -- what tools send back ------------------------------------------------------------------------


def test_a_link_that_lost_its_spelling_is_known_by_its_number():
    data = write("xliff12").decode()
    head, _, tail = data.partition('<target state="needs')
    body = tail.partition("</target>")[2]
    said = f'{head}<target><g id="3">сілтеме</g><g id="1" ctype="bold"/><x id="4"/></target>{body}'
    (unit,) = [u for u in read("xliff12", said.encode()).units if u.key == "ab12cd34.2"]
    assert unit.target == f"{LINK}сілтеме</a><br/>"
    assert unit.fault == ""
    assert unit.state is State.TRANSLATED


def unit_12(inner: str, attributes: str = "") -> Returned:
    text = (
        '<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><x:file '
        'original="s" target-language="kk" source-language="en" datatype="html"><x:body>'
        f'<x:group><x:trans-unit id="k" {attributes}>{inner}</x:trans-unit></x:group>'
        "</x:body></x:file></x:xliff>"
    )
    return read("xliff12", text.replace("<T", "<x:").replace("</T", "</x:").encode())


def unit_21(inner: str) -> Returned:
    text = (
        '<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" '
        f'trgLang="kk"><x:file id="f" original="s"><x:group id="g"><x:unit id="k">{inner}</x:unit>'
        "</x:group></x:file></x:xliff>"
    )
    return read("xliff21", text.replace("<T", "<x:").replace("</T", "</x:").encode())


def test_sentences_that_a_tool_marked_in_1_2_are_one_text_again():
    returned = unit_12(
        '<Tsource>A. <Tg id="1" ctype="bold">B</Tg>.</Tsource>'
        '<Tseg-source><Tmrk mtype="seg" mid="0">A.</Tmrk> <Tmrk mtype="seg" mid="1">'
        '<Tg id="1" ctype="bold">B</Tg>.</Tmrk></Tseg-source>'
        '<Ttarget><Tmrk mtype="seg" mid="0">А.</Tmrk> <Tmrk mtype="seg" mid="1">'
        '<Tg id="1">Б</Tg>.</Tmrk></Ttarget>'
        "<Talt-trans><Ttarget>nothing of ours</Ttarget></Talt-trans>"
    )
    (unit,) = returned.units
    assert (unit.source, unit.target) == ("A. <b>B</b>.", "А. <b>Б</b>.")


def test_segments_of_2_1_are_joined_in_the_order_of_the_target():
    returned = unit_21(
        '<ToriginalData><Tdata id="d1">&lt;b&gt;</Tdata></ToriginalData>'
        '<Tsegment state="final"><Tsource>A <Tsc id="1" dataRef="d1"/>b.</Tsource>'
        '<Ttarget order="3">Ә <Tsc id="1" dataRef="d1"/>б</Ttarget></Tsegment>'
        "<Tignorable><Tsource> </Tsource></Tignorable>"
        '<Tsegment state="reviewed"><Tsource><Tmrk id="m1" type="term">C</Tmrk>'
        '<Tec startRef="1"/></Tsource><Ttarget order="1">Ц</Ttarget></Tsegment>'
    )
    (unit,) = returned.units
    assert unit.source == "A <b>b. C</b>"
    assert unit.target == "Ц Ә б"
    assert unit.state is State.REVIEWED
    assert unit.fault == "a code is begun and never ends"


def test_a_code_that_a_tool_copied_is_the_one_it_copied():
    returned = unit_21(
        '<ToriginalData><Tdata id="d1">&lt;b&gt;</Tdata></ToriginalData>'
        '<Tsegment><Tsource><Tpc id="1" dataRefStart="d1">A</Tpc> b</Tsource><Ttarget>'
        '<Tpc id="1" dataRefStart="d1">Ә</Tpc> <Tpc id="2" copyOf="1">б</Tpc></Ttarget></Tsegment>'
    )
    assert returned.units[0].target == "<b>Ә</b> <b>б</b>"


def test_a_unit_is_as_far_as_its_slowest_segment():
    segments = (
        '<Tsegment state="final"><Tsource>A</Tsource><Ttarget>А</Ttarget></Tsegment>'
        "<Tsegment><Tsource>B</Tsource></Tsegment>"
    )
    (unit,) = unit_21(segments).units
    assert (unit.source, unit.target, unit.state) == ("AB", "А", State.TRANSLATED)
    assert unit.fault == "a part of it has no translation"


COPIES = {
    "xliff12": '<Tsource>a</Tsource><Ttarget state="new">a</Ttarget>',
    "xliff21": '<Tsegment state="initial"><Tsource>a</Tsource><Ttarget>a</Ttarget></Tsegment>',
}


def test_a_copy_of_the_source_that_a_tool_began_with_is_no_translation():
    assert unit_12(COPIES["xliff12"]).units[0].target == ""
    assert unit_21(COPIES["xliff21"]).units[0].target == ""
    assert unit_12(COPIES["xliff12"].replace("new", "final")).units[0].target == "a"
    assert unit_21(COPIES["xliff21"].replace("initial", "final")).units[0].target == "a"


WORKED_ON = Path(__file__).parent / "exchange"
CLOSED = ("77aa77aa", "=1+1", State.REVIEWED)


@pytest.mark.parametrize(
    ("file", "name", "expected"),
    [
        (
            "omegat.xlf",
            "xliff12",
            [
                ("headline", "Кеңес жиналды", State.TRANSLATED),
                (
                    "ab12cd34.2",
                    f"{LINK}Сілтеме</a> <b>қалың <i>көлбеу</i></b><br/>ы "
                    '<img src="/a.png" alt="Pic"/>',
                    State.TRANSLATED,
                ),
                ("77aa77aa", "", State.INITIAL),
                ("a foreign key", "", State.INITIAL),
                ("", "", State.INITIAL),
            ],
        ),
        (
            "translate-toolkit.12.xlf",
            "xliff12",
            [
                ("headline", "Кеңес жиналды", State.REVIEWED),
                ("ab12cd34.2", SAMPLE.units[1].source, State.TRANSLATED),
                CLOSED,
                ("a foreign key", "  жаңа «ә» & <5 ", State.TRANSLATED),
                ("", "кілтсіз", State.REVIEWED),
            ],
        ),
        (
            "translate-toolkit.21.xlf",
            "xliff21",
            [
                ("headline", "Кеңес жиналды", State.TRANSLATED),
                ("ab12cd34.2", SAMPLE.units[1].target, State.REVIEWED),
                CLOSED,
                ("a foreign key", "  жаңа «ә» & <5 ", State.TRANSLATED),
                ("", "кілтсіз", State.REVIEWED),
            ],
        ),
    ],
)
def test_what_a_tool_wrote_is_read(file: str, name: str, expected):
    """Files that OmegaT 3.6 and translate-toolkit 3.20 made of `SAMPLE`, byte for byte."""
    returned = read(name, (WORKED_ON / file).read_bytes(), file)
    assert [(u.key, u.target, u.state) for u in returned.units] == expected
    assert [u.source for u in returned.units] == [u.source for u in SAMPLE.units]
    assert {u.fault for u in returned.units} == {""}
    if file != "omegat.xlf":
        assert [u.seal for u in returned.units] == [u.seal for u in SAMPLE.units]


@pytest.mark.parametrize(
    ("attributes", "state", "expected"),
    [
        ('approved="yes"', "", State.REVIEWED),
        ('approved="yes"', 'state="translated"', State.REVIEWED),
        ('approved="yes"', 'state="needs-review-translation"', State.TRANSLATED),
        ('approved="no"', 'state="final"', State.TRANSLATED),
        ("", 'state="final"', State.REVIEWED),
        ("", 'state="signed-off"', State.REVIEWED),
        ("", 'state="translated"', State.TRANSLATED),
        ("", 'state="new"', State.TRANSLATED),
        ("", "", State.TRANSLATED),
    ],
)
def test_a_state_of_1_2_is_accepted_only_when_a_person_said_so(attributes, state, expected):
    inner = f"<Tsource>a</Tsource><Ttarget {state}>ә</Ttarget>"
    assert unit_12(inner, attributes).units[0].state is expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("", State.TRANSLATED),
        ('state="initial"', State.TRANSLATED),
        ('state="translated"', State.TRANSLATED),
        ('state="reviewed"', State.REVIEWED),
        ('state="final"', State.REVIEWED),
    ],
)
def test_a_state_of_2_1_is_accepted_from_reviewed_on(state: str, expected: State):
    inner = f"<Tsegment {state}><Tsource>a</Tsource><Ttarget>ә</Ttarget></Tsegment>"
    assert unit_21(inner).units[0].state is expected


@pytest.mark.parametrize(
    ("target", "said", "fault"),
    [
        ('<Tg id="9">ә</Tg>', "ә", "a code is not one of the source"),
        ('<Tbpt id="1" rid="1">&lt;b></Tbpt>ә<Tept id="2" rid="1">&lt;/b></Tept>', "<b>ә</b>", ""),
        ('<Tbx id="1" ctype="bold"/>ә<Tex id="1"/>', "<b>ә</b>", ""),
        ('<Tbx id="1" ctype="bold"/>ә', "ә", "a code is begun and never ends"),
        ('ә<Tex id="1"/>', "ә", "a code ends that was not begun"),
        (
            '<Tbx id="1" ctype="bold"/>ә<Tbx id="2" ctype="italic"/>б<Tex id="1"/>в<Tex id="2"/>',
            "<b>ә<i>б</i></b>в",
            "codes cross one another",
        ),
        ('<Tph id="1">&lt;br/></Tph>ә', "<br/>ә", ""),
        ('<Tit id="1" pos="open" ctype="italic"/>ә<Tit id="1" pos="close"/>', "<i>ә</i>", ""),
        ('<Tx id="1" ctype="x-character" equiv-text="U+ZZ"/>ә', "\ufffdә", ""),
        ('<Tx id="1" ctype="x-character" equiv-text="U+D800"/>ә', "\ufffdә", ""),
    ],
)
def test_codes_that_do_not_fit_are_said_and_never_lose_a_word(target, said, fault):
    (unit,) = unit_12(f"<Tsource>a</Tsource><Ttarget>{target}</Ttarget>").units
    assert (unit.target, unit.fault) == (said, fault)


@pytest.mark.parametrize("name", XLIFF)
def test_a_file_that_was_laid_out_anew_under_another_prefix_is_the_same(name: str):
    root = etree.fromstring(write(name))
    for element in list(root.iter("{*}note", "{*}notes")):
        if element.getparent() is not None:
            element.getparent().remove(element)
    space = etree.QName(root).namespace
    text = etree.tostring(root, encoding="unicode").replace(
        f'xmlns="{space}"', f'xmlns:q="{space}"'
    )
    names = {etree.QName(element).localname for element in root.iter()}
    for word in sorted(names, key=len, reverse=True):
        text = text.replace(f"<{word} ", f"<q:{word} ").replace(f"<{word}>", f"<q:{word}>")
        text = text.replace(f"<{word}/>", f"<q:{word}/>").replace(f"</{word}>", f"</q:{word}>")
    text = text.replace("><q:segment", ">\n\n\t<q:segment").replace("><q:target", ">\n\n<q:target")
    data = f"<?xml version='1.0' encoding='utf-16'?>{text}".encode("utf-16")
    assert facts(read(name, data).units) == facts(SAMPLE.units)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_that_excel_saved_its_own_way_is_read(encoding: str, delimiter: str):
    unit = HandedUnit(
        key="k",
        source="The council met in Bishkek; it was long",
        target="Совет собрался в Бишкеке, и это было долгое заседание",
        state=State.REVIEWED,
        seal="reviewed:1",
    )
    handout = replace(SAMPLE, language="ru", units=(unit,))
    table = list(csv.reader(io.StringIO(write("csv", handout).decode("utf-8-sig"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(table)
    returned = read("csv", out.getvalue().encode(encoding))
    assert facts(returned.units) == facts(handout.units)
    assert (returned.slug, returned.language) == ("council-met", "ru")


def test_letters_that_an_old_encoding_lost_are_noticed():
    text = "key,source,target,state\r\nk,The council of the region,?аза?стан к??есі жиын ?ткізді деп хабарлады,reviewed\r\n"
    (unit,) = read("csv", text.encode("cp1251")).units
    assert unit.fault.startswith("letters were lost")


def test_a_line_that_names_the_separator_is_passed_over_and_counted():
    returned = read("csv", b'sep=;\r\nkey;source;target\r\nk;a;"b\nc"\r\nl;d;e\r\n', "x.ru.csv")
    assert [(u.key, u.target, u.line) for u in returned.units] == [("k", "b\nc", 3), ("l", "e", 5)]
    assert (returned.slug, returned.language) == ("x", "ru")


def test_cells_that_excel_made_numbers_of_are_words_and_others_are_said():
    openpyxl = pytest.importorskip("openpyxl")
    import datetime as dt

    book = openpyxl.Workbook()
    book.active.append(["a sheet of my own"])
    sheet = book.create_sheet("work")
    sheet.append(["key", "source", "target", "state", "hash council-met.kk"])
    sheet.append(["k", "2024", 2024, "reviewed", ""])
    sheet.append(["l", "25 July", dt.datetime(2024, 7, 25), "reviewed", ""])
    sheet.append([None, None, None])
    sheet.append(["m", "b", "c", "ok", ""])
    out = io.BytesIO()
    book.save(out)
    units = read("xlsx", out.getvalue()).units
    assert [(u.key, u.target, u.state, u.line) for u in units] == [
        ("k", "2024", State.REVIEWED, 2),
        ("l", "2024-07-25 00:00:00", State.REVIEWED, 3),
        ("m", "c", State.TRANSLATED, 5),
    ]
    assert [u.fault for u in units] == ["", "a cell is no text but datetime", ""]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/council-met.kk.xlf", ("council-met", "kk")),
        ("council-met.kk (1).csv", ("council-met", "kk")),
        ("C:\\x\\council-met.zh-Hant_final.xlsx", ("council-met", "zh-Hant")),
        ("council-met.csv", ("", "")),
        ("../../etc.kk.csv", ("etc", "kk")),
        ("report.russian.csv", ("", "")),
    ],
)
def test_a_file_name_tells_release_and_language(path: str, expected: tuple[str, str]):
    assert from_file_name(path) == expected


# -- what nobody vouches for ---------------------------------------------------------------------

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'


@pytest.mark.parametrize("name", XLIFF)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_with_its_line(name: str, encoding: str):
    text = write(name).decode().partition("?>\n")[2]
    data = f'<?xml version="1.0" encoding="{encoding}"?>\n{BOMB}{text}'.encode(encoding)
    for look in (FORMATS[name].read, FORMATS[name].claims):
        with pytest.raises(ExchangeError, match=r"^a\.xlf:2: declares a DOCTYPE"):
            look(data, "a.xlf")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not well-formed XML"),
        (b"<xliff", "not well-formed XML"),
        (b"<html/>", "no XLIFF that can be read: <html>"),
        (b"<xliff/>", "no XLIFF that can be read"),
        (b"\x00\x01\x02", "not"),
        (b"<?xml version='1.0' encoding='no-such'?><xliff/>", "not"),
        (b"<xliff version='2.0'><file/><file/></xliff>", "holds 2 files"),
        (b"<a>" * 5000 + b"</a>" * 5000, "not well-formed XML"),
    ],
)
@pytest.mark.parametrize("name", XLIFF)
def test_what_is_no_xliff_is_one_line(name: str, data: bytes, what: str):
    with pytest.raises(ExchangeError, match=r"^a\.xlf:?\d*: ") as caught:
        read(name, data, "a.xlf")
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_segment_without_a_source_and_a_sea_of_codes_are_refused():
    with pytest.raises(ExchangeError, match="has no source"):
        unit_12("<Ttarget>x</Ttarget>")
    with pytest.raises(ExchangeError, match="a segment has no source"):
        unit_21("<Tsegment><Ttarget>x</Ttarget></Tsegment>")
    with pytest.raises(ExchangeError, match="more than 1000 inline codes"):
        unit_12("<Tsource>" + '<Tg id="1" ctype="bold">a</Tg>' * 1001 + "</Tsource>")


@pytest.mark.parametrize("name", XLIFF)
def test_an_address_that_xml_cannot_hold_is_refused_with_a_way_out(name: str):
    unit = HandedUnit(key="k", source='<a href="/\x07">x</a>')
    with pytest.raises(ExchangeError, match=r"U\+0007.*export as csv"):
        write(name, replace(SAMPLE, units=(unit,)))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no column “source”"),
        (b"a,b\n1,2\n", "no column “source”"),
        (b"key,source\n1,2\n", "no column “target”"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"source,target\na," + b"x" * 200_000, "not a table"),
        (b"source,target\na," + b"<b>" * 1001, "more than 1000 inline codes"),
        (b"\xff\xfe\x00", "binary"),
    ],
)
def test_what_is_no_table_is_one_line(data: bytes, what: str):
    with pytest.raises(ExchangeError, match=r"^a\.csv") as caught:
        read("csv", data, "a.csv")
    assert what in str(caught.value)


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def rebuilt(data: bytes, name: str, change) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    return archive(**{**parts, name: change(parts[name])})


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda _: b"", "not an XLSX workbook"),
        (lambda _: b"PK\x03\x04 broken", "not an XLSX workbook"),
        (lambda data: data[: len(data) // 2], "not an XLSX workbook"),
        (lambda _: archive(x=b"nothing"), "damaged"),
        (lambda data: rebuilt(data, SHEET, lambda _: b"<worksheet"), "damaged"),
        (lambda data: rebuilt(data, SHEET, lambda xml: BOMB.encode() + xml), "declares a DOCTYPE"),
        (
            lambda data: rebuilt(data, SHEET, lambda _: BOMB.encode("utf-16")),
            "declares a DOCTYPE",
        ),
        (lambda _: archive(x=b"\x00" * 30_000_000), "unpacks to far more than it holds"),
        (
            lambda data: rebuilt(data, SHEET, lambda xml: xml.replace(b"source (en)", b"sauce")),
            "no column “source”",
        ),
    ],
)
def test_what_is_no_workbook_is_one_line(make, what: str):
    pytest.importorskip("openpyxl")
    with pytest.raises(ExchangeError, match=r"^a\.xlsx") as caught:
        read("xlsx", make(write("xlsx")), "a.xlsx")
    assert what in str(caught.value)


def test_a_workbook_that_lies_about_its_size_is_refused():
    pytest.importorskip("openpyxl")
    data = bytearray(archive(x=b"\x00" * 30_000_000))
    size = (30_000_000).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(ExchangeError, match="not an XLSX workbook"):
        read("xlsx", bytes(data), "a.xlsx")


def test_a_text_that_no_cell_can_hold_is_refused():
    pytest.importorskip("openpyxl")
    unit = HandedUnit(key="k", source="x" * 40_000)
    with pytest.raises(ExchangeError, match="longer than a cell of Excel"):
        write("xlsx", replace(SAMPLE, units=(unit,)))


def test_without_openpyxl_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("openpyxl")
    data = write("xlsx")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    for act in (lambda: write("xlsx"), lambda: read("xlsx", data)):
        with pytest.raises(UsageError, match=r"pip install 'workflow\[xlsx\]'"):
            act()


@pytest.mark.parametrize("name", [*XLIFF, "csv"])
@settings(deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_never_a_traceback(name: str, data: st.DataObject):
    whole = bytearray(write(name))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        cut = data.draw(st.integers(0, 40))
        whole[at : at + cut] = data.draw(st.binary(max_size=6))
    with contextlib.suppress(ExchangeError):
        read(name, bytes(whole))
