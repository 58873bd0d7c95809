"""The glossary as other tools' files, and theirs merged into it: nothing that is there changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.newsrooms import make_newsroom, tree
from workflow.cli import workflow
from workflow.errors import ExchangeError, GlossaryError, UsageError, WorkflowError
from workflow.glossaries import po, table, tbx
from workflow.glossaries.merging import merge
from workflow.glossaries.writing import write_into
from workflow.model import PARTS_OF_SPEECH, Concept, ConceptStatus, Term, TermStatus
from workflow.pipeline import glossary_growth as verbs
from workflow.pipeline.glossary import export_glossary, import_glossary, list_concepts
from workflow.stores.glossary import parse_glossary
from workflow.stores.project import Project

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "ru", "kk")
GLOSSARY = """\
# The terms of the house.

[[concept]]
id = "csto"
subject = "organisations"
definition = "The security organisation."
note = "Long form first."
[concept.terms]
en = [
    { term = "CSTO", abbreviation = true },  # as on its site
    { term = "Collective Security Treaty Organization", status = "admitted" }
]
ru = [{ term = "ОДКБ", abbreviation = true, forms = ["одэкабэ"] }, { term = "ДКБ", status = "forbidden" }]

# drugs

[[concept]]
id = "mdma"
[concept.terms]
en = "MDMA"
ru = { term = "MDMA", keep = true }
"""
TBX_2 = """\
<?xml version='1.0' encoding='UTF-8'?>
<martif type="TBX-Basic" xml:lang="en">
  <martifHeader><fileDesc><sourceDesc><p>sample</p></sourceDesc></fileDesc></martifHeader>
  <text><body>
    <termEntry id="c5">
      <descrip type="subjectField">law</descrip>
      <descripGrp>
        <descrip type="definition">A written
          agreement.</descrip>
        <admin type="source">the charter</admin>
      </descripGrp>
      <langSet xml:lang="en-US">
        <tig><term>treaty</term>
          <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
        <ntig><termGrp><term>pact</term>
          <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termGrp></ntig>
      </langSet>
      <langSet xml:lang="ru">
        <tig><term>договор</term><note>plural: договоры</note></tig>
      </langSet>
      <langSet xml:lang="de"><tig><term>Vertrag</term></tig></langSet>
    </termEntry>
  </body></text>
</martif>
"""
TBX_3 = """\
<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
     xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
  <text><body>
    <conceptEntry id="c6">
      <min:subjectField>law</min:subjectField>
      <langSec xml:lang="en">
        <basic:definition>A decision that binds.</basic:definition>
        <termSec><term>resolution</term>
          <min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus>
          <basic:termType>acronym</basic:termType></termSec>
      </langSec>
    </conceptEntry>
  </body></text>
</tbx>
"""
WEBLATE = """\
msgid ""
msgstr ""
"Language: ru_RU\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

# say it with care
#. The security organisation.
#, terminology
msgid "CSTO"
msgstr "ОДКБ"

#, forbidden
msgctxt "old"
msgid "CSTO"
msgstr "ДКБ"

#, read-only
msgid "MDMA"
msgstr "MDMA"

#, fuzzy
msgid "charter"
msgstr "хартия"

#~ msgid "gone"
#~ msgstr "ушло"
"""
BOMB = """\
<?xml version="1.0"?>
<!DOCTYPE tbx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<tbx><text><body><conceptEntry><langSec xml:lang="en"><termSec><term>&c;</term></termSec>
</langSec></conceptEntry></body></text></tbx>
"""

LAUGHS = BOMB.replace(
    '<!ENTITY a "ha">',
    '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30)),
)

words = st.text("абвәіңabcXYZ0 -=+@'\"&<>;,#:", min_size=1, max_size=15).map(
    lambda text: " ".join(f"w{text}".split() if text[0] not in "=+-@'" else f"{text}w".split())
)
remarks = st.one_of(st.just(""), words)


@st.composite
def concepts(draw: st.DrawFn) -> tuple[Concept, ...]:
    ids = draw(
        st.lists(
            st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,3})?", fullmatch=True),
            unique=True,
            max_size=4,
        )
    )
    return tuple(
        Concept(
            id=name,
            subject=draw(remarks),
            definition=draw(remarks),
            note=draw(remarks),
            status=draw(st.sampled_from(ConceptStatus)),
            terms=tuple((tag, draw(_terms())) for tag in ("en", "ru")),
        )
        for name in ids
    )


def _terms() -> st.SearchStrategy[tuple[Term, ...]]:
    term = st.builds(
        Term,
        text=words,
        status=st.sampled_from(TermStatus),
        match=st.sampled_from(["inflected", "exact", "regex"]),
        case=st.sampled_from(["smart", "exact", "any"]),
        forms=st.lists(words, max_size=2).map(tuple),
        abbreviation=st.booleans(),
        keep=st.booleans(),
        pos=st.sampled_from(["", *PARTS_OF_SPEECH]),
        head=remarks,
    )
    return st.lists(term, min_size=1, max_size=3, unique_by=lambda t: t.text).map(tuple)


def unplaced(found: tuple[Concept, ...]) -> list[Concept]:
    return [replace(concept, line=0) for concept in found]


@given(concepts())
def test_tbx_holds_everything(written: tuple[Concept, ...]):
    assert unplaced(tbx.read(tbx.write(written, "g", source="en"), "g")) == list(written)


@given(concepts(), st.sampled_from(",\t"))
def test_a_table_holds_everything_but_where_a_form_comes_from(
    written: tuple[Concept, ...], mark: str
):
    data = table.write(written, "g", delimiter=mark)
    assert unplaced(table.read(data, "g", source="en")) == list(written)


@given(concepts())
def test_a_po_glossary_holds_terms_statuses_and_what_is_kept(written: tuple[Concept, ...]):
    data = po.write(written, "g", source="en", target="ru")
    found = po.read(data, "g", source="en")
    plain = [
        replace(c, terms=tuple((tag, tuple(map(_bare, terms))) for tag, terms in c.terms))
        for c in written
    ]
    assert unplaced(found) == plain


def _bare(term: Term) -> Term:
    match = "regex" if term.match == "regex" else "inflected"
    facts = {"match": match, "pos": term.pos, "head": term.head}
    return Term(text=term.text, status=term.status, keep=term.keep, **facts)


@given(st.binary(max_size=60), st.sampled_from(["tbx", "csv", "po"]))
def test_no_bytes_end_in_a_traceback(data: bytes, kind: str):
    said = []
    for whole in (data, b'msgid ""\nmsgstr "' + data, b"<tbx><text><body>" + data):
        try:
            if kind == "tbx":
                tbx.read(whole, "g")
            elif kind == "po":
                po.read(whole, "g", source="en", target="ru")
            else:
                table.read(whole, "g", source="en", target="ru")
        except WorkflowError as fault:
            said.append(str(fault))
    assert all(len(line.splitlines()) == 1 for line in said)


def test_a_forbidden_term_comes_back_as_forbidden():
    concept = Concept(
        id="a", terms=(("en", (Term(text="x", status=TermStatus.FORBIDDEN, keep=True),)),)
    )
    data = tbx.write((concept,), "g", source="en")
    assert b"deprecatedTerm-admn-sts" in data
    assert b"<note>status: forbidden</note>" in data
    assert unplaced(tbx.read(data, "g")) == [concept]


def test_tbx_of_version_2_is_read():
    (concept,) = tbx.read(TBX_2.encode(), "g.tbx")
    assert (concept.id, concept.subject, concept.source) == ("c5", "law", "the charter")
    assert concept.definition == "A written agreement."
    assert concept.note == "plural: договоры"
    assert concept.terms_in("en-US") == (
        Term(text="treaty"),
        Term(text="pact", status=TermStatus.DEPRECATED),
    )


def test_tbx_of_version_3_in_style_dct_is_read():
    (concept,) = tbx.read(TBX_3.encode(), "g.tbx")
    assert (concept.subject, concept.definition) == ("law", "A decision that binds.")
    assert concept.terms_in("en") == (
        Term(text="resolution", status=TermStatus.ADMITTED, abbreviation=True),
    )


@pytest.mark.parametrize(
    ("said", "pos"),
    [("noun", "noun"), ("properNoun", "proper noun"), ("proper noun", "proper noun"), ("Adjective", "adjective"), ("other", ""), ("prep.", "")],
)  # fmt: skip
def test_parts_of_speech_of_other_tools_are_read_as_ours(said: str, pos: str):
    note = f'<termNote type="partOfSpeech">{said}</termNote></tig></langSet>'
    (concept,) = tbx.read(TBX_2.replace("</tig>\n      </langSet>", note, 1).encode(), "g.tbx")
    assert concept.terms_in("ru")[0].pos == pos
    dct = TBX_3.replace("</termSec>", f"<min:partOfSpeech>{said}</min:partOfSpeech></termSec>")
    (concept,) = tbx.read(dct.encode(), "g.tbx")
    assert concept.terms_in("en")[0].pos == pos


@pytest.mark.parametrize(
    ("kind", "said", "status"),
    [
        ("elementWorkingStatus", "workingElement", "unreviewed"),
        ("elementWorkingStatus", "starterElement", "unreviewed"),
        ("elementWorkingStatus", "archiveElement", "retired"),
        ("elementWorkingStatus", "consolidatedElement", "reviewed"),
        ("processStatus", "unprocessed", "unreviewed"),
        ("processStatus", "finalized", "reviewed"),
        ("processStatus", "something", "reviewed"),
    ],
)
def test_the_standing_of_an_entry_is_read_from_its_data_category(kind: str, said: str, status: str):
    admin = f'<admin type="{kind}">{said}</admin><langSet xml:lang="en-US">'
    text = TBX_2.replace('<langSet xml:lang="en-US">', admin)
    assert tbx.read(text.encode(), "g.tbx")[0].status == status
    written = tbx.write(
        (Concept(id="a", terms=(), status=ConceptStatus(status)),), "g", source="en"
    )
    assert (b"elementWorkingStatus" in written) == (status != "reviewed")


def test_a_table_from_before_there_were_parts_of_speech_is_read():
    old = "concept,subject,definition,lang,term,status,match,case,abbreviation,keep,forms,note\n"
    (concept,) = table.read(f"{old}a,,,en,x,,,,,,,\n".encode(), "g", source="en")
    assert concept == Concept(id="a", terms=(("en", (Term(text="x"),)),), line=2)


def test_what_comes_in_as_unreviewed_is_written_so_and_never_changes_what_is_there(
    newsroom: Project,
):
    head = "concept,concept_status,lang,term,pos,head,status,match\n"
    report, text = come(
        newsroom,
        f"{head}new,unreviewed,en,big word,noun,word,,\nnew,,en,w\\d,,,admitted,regex\n"
        "csto,retired,en,CSTO,noun,,,\nnew,,ru,с\\d,,,,regex\nnew,,ru,слово,,слова,,\n",
    )
    assert text == GLOSSARY + (
        '\n[[concept]]\nid = "new"\nstatus = "unreviewed"\n[concept.terms]\nen = [\n'
        '    { term = "big word", pos = "noun", head = "word" },\n'
        '    { term = \'w\\d\', status = "admitted", match = "regex" },\n]\n'
    ).replace("'w\\d'", '"w\\\\d"')
    said = [line.partition("g.csv:")[2] for line in report.conflicts]
    assert said == [
        "2: new.ru: a pattern is nothing to write: admitted, deprecated or forbidden is wanted; not taken",
        "2: new.ru: only a term of several words has a head to name; not taken",
        "4: csto: is reviewed here, not retired; ours is kept",
        "4: csto.en: “CSTO” has another pos here; ours is kept",
    ]


def test_what_the_house_forbids_is_not_taken_as_preferred(newsroom: Project):
    report, _ = come(
        newsroom,
        "concept,lang,term,status\nnew,ru,ДКБ,\nx,en,y,\nx,en,mdma,forbidden\nx,en,MDMA,forbidden\n",
    )
    said = [line.partition("g.csv:")[2] for line in report.conflicts]
    assert said == [
        "2: new.ru: “ДКБ” is preferred here, “csto” says the contrary; not taken",
        "3: x.en: “MDMA” is forbidden here, “mdma” says the contrary; not taken",
    ]
    assert report.added == ("x",)


def test_a_glossary_of_weblate_is_read():
    csto, mdma, charter = po.read(WEBLATE.encode(), "ru.po", source="en")
    assert csto.id == ""
    assert csto.terms_in("ru_RU") == (
        Term(text="ОДКБ"),
        Term(text="ДКБ", status=TermStatus.FORBIDDEN),
    )
    assert (csto.definition, csto.note) == ("The security organisation.", "say it with care")
    assert mdma.terms_in("en")[0].keep
    assert mdma.terms_in("ru_RU")[0].keep
    assert charter.terms == (("en", (Term(text="charter"),)),)


def test_a_flag_set_in_weblate_counts_more_than_our_older_comment():
    written = (
        Concept(
            id="a",
            terms=(
                ("en", (Term(text="x"),)),
                ("ru", (Term(text="ы", status=TermStatus.ADMITTED),)),
            ),
        ),
    )
    data = po.write(written, "g", source="en", target="ru").replace(
        b"msgctxt", b"#, forbidden\nmsgctxt"
    )
    (concept,) = po.read(data, "g", source="en")
    assert concept.terms_in("ru")[0].status is TermStatus.FORBIDDEN


@pytest.mark.parametrize(
    "data",
    [
        "CSTO\tОДКБ\tthe organisation\n# a remark\nCSTO\tДКБ\n".encode(),
        "source,target,comment\r\nCSTO,ОДКБ,the organisation\r\nCSTO,ДКБ,\r\n".encode("utf-8-sig"),
        "sep=;\nsource;target;translator_comments\nCSTO;ОДКБ;the organisation\nCSTO;ДКБ;\n".encode(
            "cp1251"
        ),
        "en,ru,note\nCSTO,ОДКБ,the organisation\nCSTO,ДКБ,\n".encode("utf-16"),
    ],
)
def test_plain_tables_are_read(data: bytes):
    (concept,) = table.read(data, "g", source="en", target="ru", languages=LANGUAGES)
    assert concept.terms == (
        ("en", (Term(text="CSTO"),)),
        ("ru", (Term(text="ОДКБ"), Term(text="ДКБ"))),
    )
    assert (concept.id, concept.note) == ("", "the organisation")


def test_formulas_are_neutral_in_the_file_and_themselves_again_when_read():
    terms = tuple(Term(text=text) for text in ("=1+1 a", "'=x", "@SUM a", "-minus", "+plus"))
    written = (Concept(id="a", terms=(("en", terms),)),)
    data = table.write(written, "g")
    assert b",'=1+1 a," in data
    assert b",''=x," in data
    assert unplaced(table.read(data, "g", source="en")) == list(written)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("g.tbx", BOMB, "g.tbx:2: declares a DOCTYPE"),
        ("g.tbx", BOMB.encode("utf-16"), "g.tbx:2: declares a DOCTYPE"),
        ("g.tbx", "<tbx><text><body>", "g.tbx:1: not well-formed XML"),
        ("g.tbx", "<html/>", "g.tbx:1: not TBX: <html> is around it"),
        (
            "g.tbx",
            TBX_2.replace("superseded", "odd"),
            "g.tbx:15: the status “oddTerm-admn-sts” is not known",
        ),
        ("g.tbx", TBX_2.replace("<term>treaty</term>", ""), "g.tbx:13: a term has no text"),
        ("g.tbx", TBX_2.replace(' xml:lang="ru"', ""), "g.tbx:18: a language section without"),
        ("g.tbx", "<tbx><text><body/></text></tbx>", "g.tbx: has no terms"),
        ("g.csv", "concept,lang,word\na,en,x\n", "g.csv:1: no column “term”"),
        ("g.csv", "lang,term,stauts\nen,x,\n", "g.csv:1: the column “stauts” is not known"),
        ("g.csv", "lang,term,status\nen,x,odd\n", "g.csv:2: status “odd” is not known"),
        ("g.csv", "lang,term,keep\nen,x,odd\n", "g.csv:2: keep “odd” is not known"),
        ("g.csv", "lang,term\nen,\n", "g.csv:2: a term or its language is missing"),
        ("g.csv", "lang,term\nen,a,b\n", "g.csv:2: 3 cells, but 2 columns"),
        ("g.csv", "a,b,c,d\n", "g.csv:1: no column “lang”"),
        ("g.ru.csv", "a,b\nc,d,e,f\n", "g.ru.csv:2: 4 columns"),
        ("g.csv", "a,b\n", "g.csv:1: the table does not say what language"),
        ("g.csv", "", "g.csv: empty"),
        (
            "g.csv",
            "lang,term\nru,о?кб и другие слова\n".encode("cp1251"),
            "g.csv:2: letters were lost",
        ),
        ("g.csv", b"\x00\x01\x02", "g.csv: the file is binary"),
        ("g.csv", "lang,term\nen,a\0b\n", "g.csv: the file is binary"),
        ("g.csv", b"\xff\xfe\x00", "g.csv: the file is binary"),
        ("g.csv", 'lang,term\nen,"' + "x,\n" * 100_000, "g.csv:2: not a table"),
        ("g.csv", 'lang,term\nen,"x\nen,y\n', "g.csv:2: a quotation mark before a text is never"),
        ("g.csv", "lang,term,pos\nen,x,nuon\n", "g.csv:2: pos “nuon” is not known"),
        ("g.csv", "lang,term,concept_status\nen,x,y\n", "g.csv:2: concept_status “y” is not"),
        ("g.tbx", "<tbx><text><body>" + "<a>" * 100_000, "g.tbx:1: not well-formed XML"),
        ("g.tbx", "<tbx>" + "x" * 11_000_000 + "</tbx>", "g.tbx:1: not well-formed XML"),
        ("g.tbx", LAUGHS, "g.tbx:2: declares a DOCTYPE"),
        (
            "g.tbx",
            '<!DOCTYPE tbx SYSTEM "file:///etc/passwd"><tbx/>',
            "g.tbx:1: declares a DOCTYPE",
        ),
        (
            "g.tbx",
            '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/">%x;]><tbx/>',
            "g.tbx:1: declares",
        ),
        ("g.csv", "lang,term\nen," + "x" * 200_000, "g.csv:2: not a table"),
        ("g.po", "no po\n", "g.po: not a PO file"),
        ("g.po", 'msgid "a"\nmsgstr "b"\nodd\n', "g.po:3: not well-formed PO"),
        ("g.po", 'msgid "a"\nmsgstr "b"\n', "g.po:1: the header does not say the language"),
        ("g.xlsx", "PK", "g.xlsx: no glossary format reads it"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_line(
    newsroom: Project, monkeypatch, name: str, data: str | bytes, what: str
):
    monkeypatch.chdir(newsroom.root)
    Path(name).write_bytes(data.encode() if isinstance(data, str) else data)
    before = tree(newsroom.root)
    with pytest.raises(ExchangeError) as caught:
        import_glossary(newsroom, Path(name))
    assert str(caught.value).startswith(what)
    assert "\n" not in str(caught.value)
    assert tree(newsroom.root) == before


def test_a_large_file_is_refused(newsroom: Project):
    data = b" " * (20 * 1024 * 1024 + 1)
    for read in (
        tbx.read,
        lambda d, p: table.read(d, p, source="en"),
        lambda d, p: po.read(d, p, source="en"),
    ):
        with pytest.raises(ExchangeError, match="larger than 20 MB"):
            read(data, "g")


@pytest.fixture
def newsroom(tmp_path: Path) -> Project:
    project = make_newsroom(tmp_path, languages='["en", "ru", "kk"]')
    (tmp_path / "locales/glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    return project


def come(project: Project, data: str, name: str = "g.csv", **options: object):
    path = project.root.parent / name
    path.write_text(data, encoding="utf-8")
    report = import_glossary(project, path, **options)
    return report, (project.root / "locales/glossary.toml").read_text(encoding="utf-8")


def test_new_terms_go_behind_the_old_ones_and_new_concepts_to_the_end(newsroom: Project):
    data = (
        "concept,lang,term,status,keep\n"
        "csto,en,CSTO,,\ncsto,en,the Organization,admitted,\ncsto,ru,Организация,admitted,\n"
        "csto,kk,ҰҚШҰ,,\nmdma,en,MDMA,,\nmdma,en,ecstasy,admitted,\nmdma,ru,экстази,forbidden,\n"
        "treaty,en,treaty,,\ntreaty,ru,договор,,yes\ntreaty,ru,трактат,deprecated,\n"
    )
    report, text = come(newsroom, data)
    assert report.conflicts == ()
    assert (report.added, report.terms, report.exit_code) == (("treaty",), 5, 0)
    assert text == GLOSSARY.replace(
        'status = "admitted" }\n]',
        'status = "admitted" },\n    { term = "the Organization", status = "admitted" }\n]',
    ).replace(
        'status = "forbidden" }]\n',
        'status = "forbidden" }, { term = "Организация", status = "admitted" }]\nkk = [{ term = "ҰҚШҰ" }]\n',
    ).replace('"MDMA"\nru', '["MDMA", { term = "ecstasy", status = "admitted" }]\nru').replace(
        'ru = { term = "MDMA", keep = true }',
        'ru = [{ term = "MDMA", keep = true }, { term = "экстази", status = "forbidden" }]',
    ) + (
        '\n[[concept]]\nid = "treaty"\n[concept.terms]\nen = [{ term = "treaty" }]\n'
        'ru = [\n    { term = "договор", keep = true },\n    { term = "трактат", status = "deprecated" },\n]\n'
    )
    again, same = come(newsroom, data)
    assert (again.added, again.terms, same) == ((), 0, text)


def test_nothing_that_is_there_is_changed_and_each_conflict_is_a_line(newsroom: Project):
    data = (
        "concept,lang,term,status,case,definition,forms\n"
        "csto,ru,ДКБ,preferred,,Another.,\ncsto,en,CSTO,,exact,,\n"
        "csto,ru,одэкабэ,forbidden,,,\ncsto,de,OVKS,,,,\ncsto,ru,—,admitted,,,\n"
        "mdma,en,something else,,,,\nnew,en,word,,,,\nnew,ru,слово,forbidden,,,\n"
    )
    report, text = come(newsroom, data)
    assert (
        text == GLOSSARY + '\n[[concept]]\nid = "new"\n[concept.terms]\nen = [{ term = "word" }]\n'
    )
    said = [line.partition("g.csv:")[2] for line in report.conflicts]
    assert said == [
        "2: “OVKS”: “de” is not a language of this newsroom; not taken",
        "2: csto: another definition; ours is kept",
        "2: csto.en: “CSTO” has another case here; ours is kept",
        "2: csto.ru: “ДКБ” is forbidden here, not preferred; ours is kept",
        "2: csto.ru: “одэкабэ” would be both used and forbidden; not taken",
        "2: csto.ru: “—” has no word that a text could have; not taken",
        "7: “mdma” has no term in common with the file's concept of this id; not taken",
        "8: new: no preferred term in ru; its terms in ru were not taken",
    ]
    assert report.exit_code == 1


def test_a_nameless_concept_is_found_by_its_source_term(newsroom: Project):
    report, text = come(newsroom, "csto\tҰҚШҰ\nsummit meeting\tсаммит\nсаммит\tx\n", "g.kk.txt")
    assert report.added == ("summit-meeting", "sammit")
    assert 'kk = [{ term = "ҰҚШҰ" }]\n\n# drugs' in text


def test_a_nameless_concept_that_could_be_two_is_told_and_never_made_again(newsroom: Project):
    come(newsroom, "concept,lang,term\nbank,en,bank\nshore,en,bank\nshore,ru,берег\n")
    report, text = come(newsroom, "en,ru\nbank,берег\nbank,банк\n")
    assert report.added == ()
    assert [line.partition("g.csv:")[2] for line in report.conflicts] == [
        "2: “bank” is a term of bank, shore, and the file names none; not taken"
    ]
    first, text = come(newsroom, "en,ru\n,саммит\n")
    again, same = come(newsroom, "en,ru\n,саммит\n")
    assert (first.added, again.added, same) == (("sammit",), (), text)


def test_a_dry_run_writes_nothing(newsroom: Project):
    report, text = come(newsroom, "a\tб\n", "g.txt", tag="ru", dry_run=True)
    assert (report.added, text) == (("a",), GLOSSARY)


def test_a_newsroom_without_a_glossary_gets_one(newsroom: Project):
    (newsroom.root / "locales/glossary.toml").unlink()
    report, text = come(newsroom, TBX_2, "g.tbx")
    assert report.added == ("c5",)
    assert text.startswith('[[concept]]\nid = "c5"\nsubject = "law"\n')


def test_line_ends_and_the_mark_of_the_file_are_kept(newsroom: Project):
    file = newsroom.root / "locales/glossary.toml"
    file.write_bytes(b"\xef\xbb\xbf" + GLOSSARY.replace("\n", "\r\n").encode())
    come(
        newsroom,
        "concept,lang,term,status\ncsto,en,CSTO,\ncsto,en,the Organization,admitted\nnew,en,x,\n",
    )
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# The terms")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.endswith(b'en = [{ term = "x" }]\r\n')


def test_a_broken_glossary_and_one_saved_meanwhile_are_left_alone(newsroom: Project, monkeypatch):
    file = newsroom.root / "locales/glossary.toml"
    real = verbs.write_into

    def meanwhile(*args):
        file.write_text(GLOSSARY + "# mine\n", encoding="utf-8")
        return real(*args)

    monkeypatch.setattr(verbs, "write_into", meanwhile)
    with pytest.raises(WorkflowError, match="was saved meanwhile"):
        come(newsroom, "en,ru\na,б\n")
    assert file.read_text(encoding="utf-8").endswith("# mine\n")
    file.write_text("[[concept]]\nid = 'X'\n", encoding="utf-8")
    with pytest.raises(GlossaryError):
        come(newsroom, "en,ru\na,б\n")


@pytest.mark.parametrize(
    "text",
    [
        '[[concept]]\nid = "a"\n[[concept.terms.en]]\nterm = "CSTO"\n',
        '[[concept]]\nid = "a"\nterms.en = ["CSTO"]\n',
        'concept = [{ id = "a", terms = { en = ["CSTO"] } }]\n',
        '[[concept]]\nid = "a"\n[concept.terms.en]\nterm = "CSTO"\n',
    ],
)
def test_other_ways_to_write_toml_are_added_to_or_left_alone(newsroom: Project, text: str):
    file = newsroom.root / "locales/glossary.toml"
    file.write_text(text, encoding="utf-8")
    try:
        come(newsroom, "concept,lang,term\na,en,CSTO\na,en,Org\na,ru,ОДКБ\nb,en,x\n")
    except GlossaryError as fault:
        told = str(fault)
        assert file.read_text(encoding="utf-8") == text, told
    else:
        one, two = list_concepts(newsroom)
        assert [len(one.terms_in(tag)) for tag in ("en", "ru")] == [2, 1]
        assert two.id == "b"


@given(concepts())
def test_what_is_merged_is_a_glossary_and_merging_twice_is_merging_once(came: tuple[Concept, ...]):
    known = parse_glossary(GLOSSARY, LANGUAGES)
    merged = merge(known, came, source="en", languages=LANGUAGES)
    text = write_into(GLOSSARY, merged, LANGUAGES)
    found = parse_glossary(text, LANGUAGES)
    assert [(c.id, c.terms) for c in found] == [(c.id, c.terms) for c in merged.concepts]
    again = merge(found, came, source="en", languages=LANGUAGES)
    assert write_into(text, again, LANGUAGES) == text


@pytest.mark.parametrize("name", ["tbx", "csv", "tsv", "po"])
def test_the_sample_glossary_goes_out_and_comes_back_as_it_is(tmp_path: Path, name: str):
    project = make_newsroom(tmp_path / "a", languages='["en", "ru", "kk", "ky"]')
    whole = (ROOT / "locales/glossary.toml").read_bytes()
    (project.root / "locales/glossary.toml").write_bytes(whole)
    file = tmp_path / f"g.{name}"
    export_glossary(project, file, name, tag="ky" if name == "po" else "")
    report = import_glossary(project, file)
    assert (report.added, report.terms, report.conflicts) == ((), 0, ())
    assert (project.root / "locales/glossary.toml").read_bytes() == whole
    empty = make_newsroom(tmp_path / "b", languages='["en", "ru", "kk", "ky"]')
    import_glossary(empty, file)
    ids = [concept.id for concept in list_concepts(empty)]
    assert ids == [concept.id for concept in list_concepts(project)]


def test_an_export_never_takes_the_place_of_what_is_kept(newsroom: Project):
    for path, name, tag in (
        (newsroom.root / "locales/ru/site.po", "po", "ru"),
        (newsroom.root / "g.toml", "csv", ""),
        (newsroom.root / "g.po", "po", ""),
        (newsroom.root / "g.po", "po", "en"),
    ):
        with pytest.raises(UsageError):
            export_glossary(newsroom, path, name, tag=tag)


def test_the_command_line(newsroom: Project):
    def run(*words: str):
        line = ["--project", str(newsroom.root), "glossary", *words]
        return CliRunner().invoke(workflow, line, standalone_mode=False)

    done = run("list")
    assert done.stdout == "csto\ten: CSTO\tru: ОДКБ\nmdma\ten: MDMA\tru: MDMA\n"
    file = newsroom.root / "g.po"
    done = run("export", "--format", "po", "--lang", "ru", str(file))
    assert done.return_value == 0
    assert "2 concepts" in done.stderr
    text = file.read_text(encoding="utf-8").replace('msgstr "ОДКБ"', 'msgstr "ОДКБ!!"')
    file.write_text(text.replace("Another", "x"), encoding="utf-8")
    done = run("import", "--dry-run", str(file))
    assert (done.return_value, done.stdout) == (0, "")
    assert "1 new terms of others" in done.stderr
    assert isinstance(run("import", "--lang", "en", str(file)).exception, UsageError)
