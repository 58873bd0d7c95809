"""The glossary's file: what it may say, where its faults are, and how it grows from the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.newsrooms import make_newsroom, tree
from workflow.checks.terms import CHECK
from workflow.cli import workflow
from workflow.errors import GlossaryError, UsageError, WorkflowError
from workflow.glossaries.places import lines_in
from workflow.languages import language
from workflow.markup import parse_text
from workflow.model import Concept, ConceptStatus, Role, Segment, Severity, Term, TermStatus, Unit
from workflow.pipeline import glossary_growth as growth
from workflow.pipeline.glossary import import_glossary, list_concepts
from workflow.plugins import Pair
from workflow.stages.annotate import annotate
from workflow.stores import glossary as store
from workflow.stores.glossary import parse_glossary, read_glossary
from workflow.stores.project import Project
from workflow.terminology.matching import find_terms

LANGUAGES = ("en", "ru", "kk")
GLOSSARY = '''\
# terms
[[concept]]
id = "council"
definition = """
[[concept]]
id = "x" """
[concept.terms]
en = [
    { term = "council" },  # [[concept]]
    { term = "body", status = "admitted" },
]
ru = { term = "совет", pos = "noun" }
kk = "кеңес"

[[ concept ]]  # the second
id = "bank"
status = "unreviewed"
terms.en = [{ term = "Eurasia bank", head = "bank" }, { term = 'EB-\\d{2}', status = "admitted", match = "regex" }]
[concept.terms.ru]
term = "Евразия банк"
head = "банк"
'''


def test_every_key_is_read():
    council, bank = parse_glossary(GLOSSARY, LANGUAGES)
    assert (council.line, bank.line) == (2, 15)
    assert council.status is ConceptStatus.REVIEWED
    assert bank.status is ConceptStatus.UNREVIEWED
    assert council.terms_in("ru") == (Term(text="совет", pos="noun"),)
    assert council.terms_in("kk") == (Term(text="кеңес"),)
    assert bank.terms_in("ru") == (Term(text="Евразия банк", head="банк"),)
    assert bank.terms_in("en") == (
        Term(text="Eurasia bank", head="bank"),
        Term(text=r"EB-\d{2}", status=TermStatus.ADMITTED, match="regex"),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('{ term = "council" }', '{ trem = "council" }', 9, "unknown key “trem”; did you mean “term”?"),
        ('"admitted" },', '"admited" },', 10, "“admited”: status is one of preferred, admitted, deprecated, forbidden; did you mean “admitted”?"),
        ('pos = "noun"', 'pos = "nuon"', 12, "did you mean “noun”?"),
        ('pos = "noun"', "pos = 3", 12, "pos “3”: pos is one of noun, proper noun, verb"),
        ('pos = "noun"', 'abbreviation = "yes"', 12, "abbreviation is true or false, without quotes"),
        ('pos = "noun"', 'forms = "x"', 12, "forms is a list of texts"),
        ('pos = "noun"', 'forms = ["x", 3]', 12, "forms is a list of texts"),
        ('pos = "noun"', 'head = "совет"', 12, "only a term of several words has a head"),
        ('head = "банк"', 'head = "банки"', 21, "“банки” is not a word of “Евразия банк”"),
        ('head = "bank"', 'head = "Eurasia bank"', 18, "is not a word of “Eurasia bank”"),
        ('"кеңес"', "3", 13, "council.kk: a term is a text, or a table with the key term"),
        ('"кеңес"', '" "', 13, "a term has no text"),
        ('"кеңес"', "[{ pos = 'noun' }]", 13, "a term has no text"),
        ('"кеңес"', f'"{"a" * 1001}"', 13, "is longer than 1000 characters"),
        ('kk = "кеңес"', 'kz = "кеңес"', 13, "council.kz: no language has this tag; did you mean “kk”?"),
        ('status = "unreviewed"', 'status = "retierd"', 17, "did you mean “retired”?"),
        ('status = "unreviewed"', "subject = ['law']", 17, "bank: subject is a text in quotes"),
        ('status = "unreviewed"', 'sujbect = "law"', 17, "did you mean “subject”?"),
        ('id = "bank"', "id = 3", 16, "“3” is no id"),
        ('id = "bank"', 'id = "council"', 16, "council: the id of line 2 again"),
        ('id = "bank"\n', "", 15, "a concept has no id"),
        ("terms.en = [", "terms = 3 #", 18, "bank: terms has a list for each language"),
        ("# terms\n", "# terms\nlanguages = 3\n", 2, "unknown key “languages”"),
        ("[[ concept ]]", "[[concepts]]", 15, "unknown key “concepts”; did you mean “concept”?"),
        ("'EB-\\d{2}'", '"EB-("', 18, "the pattern “EB-(” ends in the middle"),
        ('"admitted", match', '"preferred", match', 18, "a pattern is nothing to write"),
        ('match = "regex"', 'match = "regex", keep = true', 18, "keep says nothing of a pattern"),
        ('{ term = "body", status = "admitted"', '{ term = "co\u00aduncil", status = "forbidden"', 10, "“council” is both used and forbidden"),
        ('"совет", pos', '"—", pos', 12, "“—” has no word"),
        ("ru = {", "ru = { status = 'admitted',", 12, "no preferred term in ru"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_the_line_of_its_key(old: str, new: str, line: int, what: str):
    assert old in GLOSSARY
    text = GLOSSARY.replace(old, new, 1)
    if "concepts" in new or "terms = 3" in new:
        text = text.partition("[concept.terms.ru]")[0]
    with pytest.raises(GlossaryError) as caught:
        parse_glossary(text, LANGUAGES)
    assert f"line {line}: " in str(caught.value)
    assert what in str(caught.value)
    assert str(caught.value).count("line ") == 1 + what.count("line ")
    assert "\n" not in str(caught.value)


def test_all_faults_are_told_at_once_and_of_very_many_the_first_twenty():
    broken = GLOSSARY.replace("pos", "pso").replace('id = "bank"', 'id = "Bank"').replace(
        '"Eurasia bank"', '"…"'
    )  # fmt: skip
    with pytest.raises(GlossaryError) as caught:
        parse_glossary(broken, LANGUAGES)
    told = str(caught.value)
    assert [f"line {n}:" in told for n in (12, 16, 18)] == [True] * 3
    many = "".join(f'[[concept]]\nid = "c{n}"\nodd = 1\n' for n in range(50))
    with pytest.raises(GlossaryError) as caught:
        parse_glossary(many, LANGUAGES)
    assert str(caught.value).count("unknown key") == 20
    assert str(caught.value).endswith("; and 30 more")


@pytest.mark.parametrize(
    "text",
    [
        '[concept]\nid = "a"\n',
        'concept = "a"\n',
        'concept = ["a"]\n',
        "concept = [{ id = 'a', terms = { en = [[]] } }]\n",
        "concept = [{ id = 'a', terms = { en = { term = { a = 1 } } } }]\n",
        '[[concept]]\nid = "a{b}"\n',
        '[[concept]]\nid = "a"\nstatus = "{x}"\n',
        '[[concept]]\nid = "a"\n[concept.terms]\n"" = "x"\n',
    ],
)
def test_other_shapes_are_one_line_too(text: str):
    with pytest.raises(GlossaryError) as caught:
        parse_glossary(text, LANGUAGES)
    assert "\n" not in str(caught.value)


def test_what_one_concept_prefers_another_cannot_forbid():
    def text(status: str, word: str = "наркотик", about: str = "") -> str:
        return (
            f'[[concept]]\nid = "drug"\n{about}\n[concept.terms]\nru = ["лекарство", '
            f'{{ term = "{word}", status = "{status}" }}]\n'
            '[[concept]]\nid = "narcotic"\n[concept.terms]\nru = "наркотик"\n'
        )

    with pytest.raises(GlossaryError) as caught:
        parse_glossary(text("forbidden"), LANGUAGES)
    assert str(caught.value) == (
        "locales/glossary.toml:5: line 5: drug.ru: “наркотик” is forbidden here and preferred for "
        "“narcotic”"
    )
    for fine in (
        text("deprecated"),
        text("forbidden", "зелье"),
        text("forbidden", about='status = "unreviewed"'),
    ):
        assert len(parse_glossary(fine, LANGUAGES)) == 2


def test_terms_may_be_kept_in_a_language_that_is_published_later(tmp_path: Path):
    project = make_newsroom(tmp_path)
    text = '[[concept]]\nid = "a"\n[concept.terms]\nen = "x"\nuz = [{ term = "y", status = "forbidden" }]\n'
    (tmp_path / "locales/glossary.toml").write_text(text, encoding="utf-8")
    done = run(project, "list")
    assert done.stdout == "a\ten: x\n"
    assert "terms in uz, which this newsroom does not publish in" in done.stderr


@given(st.lists(st.sampled_from(
    ['k{n} = """a\n[[concept]]\n\\""" """', "k{n} = '''\n'''", "k{n} = [\n  1, # ]\n  [2,\n 3]]", "# [[concept]]",
     'k{n} = { a = 1, "b.c" = "}" }', "'k{n}'.b.\"c\" = 2024-01-01T00:00:00Z", 'k{n} = "\\"#"', ""]
), max_size=12), st.sampled_from(["", "[[concept]]\n"]))  # fmt: skip
def test_a_key_is_found_on_its_line_whatever_stands_before_it(parts: list[str], head: str):
    before = head + "\n".join(part.replace("{n}", str(n)) for n, part in enumerate(parts))
    text = f"{before}\nhere = [\n\n 5, {{ a = 1,\n b = 7 }}]\n" if "\n b" not in before else before
    text = text.replace(",\n b", ", b")  # an inline table is one line
    line = before.count("\n") + 2
    place = ("concept", 0, "here") if head else ("here",)
    found = lines_in(text, [place, (*place, 0), (*place, 1, "b")], table="concept")
    assert list(found.values()) == [line, line + 2, line + 2]


@pytest.mark.parametrize("head", ["[[ 'concept' ]]", '[["concept"]]', '[["con\\u0063ept"]]'])
def test_a_header_may_be_written_otherwise(head: str):
    text = f'{head}\nid = "a"\n\n{head}\nid = "B"\n'
    with pytest.raises(GlossaryError, match=":5: line 5: B: “B” is no id"):
        parse_glossary(text, LANGUAGES)
    assert [c.line for c in parse_glossary(text.replace("B", "b"), LANGUAGES)] == [1, 4]


def test_letters_in_two_pieces_are_letters():
    text = '[[concept]]\nid = "a"\n[concept.terms]\nru = { term = "за\u0438\u0306м", forms = ["е\u0308лка"] }\n'
    (concept,) = parse_glossary(text, LANGUAGES)
    assert concept.terms_in("ru") == (Term(text="за\u0439м", forms=("\u0451лка",)),)


# Hostile files.


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a = " + "[" * 100_000, "lists within lists without end"),
        ("a = " + "{ a = " * 100_000, "lists within lists without end"),
        ("[[concept]]\nid = 'a'\nnote = " + "[" * 400 + "]" * 400, "note is a text in quotes"),
        (".".join("a" * 10_000) + " = 1", "a key of too many parts"),
        ('"a" . ' * 10_000 + "b = 1", "a key of too many parts"),
        ("a = " + "1" * 5000, "not valid TOML"),
        ("a = '\0'", "not valid TOML"),
        ("a = 1\na = 1", "not valid TOML"),
        (f"[{'x' * 100_000}]\n" * 2, "not valid TOML: Cannot declare"),
        (f"{'x' * 100_000} = 1\n", "unknown key “xxx"),
        (f"[[concept]]\nid = '{'x' * 100_000}'\nnote = 3\n", "is no id"),
        (f"[[concept]]\nid = 'a'\n[concept.terms]\n{'x' * 100_000} = 3\n", "no language has"),
        ("".join(f"k{n} = 1\n" for n in range(20_000)), "and 19980 more"),
        ("[[concept]]\nid = 'a'\n" * 2000, "and 1979 more"),
        ("[[concept]]\nid = 'a'\nterms.en = [" + "3," * 20_000 + "]", "and 19980 more"),
    ],
)
def test_a_glossary_that_is_none_is_one_line(text: str, what: str):
    with pytest.raises(GlossaryError) as caught:
        parse_glossary(text, LANGUAGES)
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 3000


@pytest.mark.parametrize("depth", range(200, 1000, 37))
def test_no_depth_ends_in_a_traceback(depth: int):
    for start in ("a = ", "[[concept]]\nid = 'a'\nstatus = ", "[[concept]]\nid = 'a'\nterms.en = "):
        with pytest.raises(GlossaryError):
            parse_glossary(start + "[" * depth + "]" * depth, LANGUAGES)


def test_an_array_of_ten_million_is_refused_before_it_is_read():
    with pytest.raises(GlossaryError, match="more than 3000000 commas and lines"):
        parse_glossary("a = [" + "1," * 10_000_000 + "]", LANGUAGES)


@pytest.mark.parametrize("name", ["g.csv", "g.tsv", "g.tbx", "g.po", "g.toml"])
def test_a_line_of_a_gigabyte_is_refused_unread(tmp_path: Path, name: str):
    project = make_newsroom(tmp_path)
    file = tmp_path / ("locales/glossary.toml" if name == "g.toml" else name)
    with file.open("wb") as out:
        out.truncate(1 << 30)
    with pytest.raises(WorkflowError, match="larger than") as caught:
        list_concepts(project) if name == "g.toml" else import_glossary(project, file)
    assert "\n" not in str(caught.value)


def test_the_limits_hold_for_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    project = make_newsroom(tmp_path)
    (tmp_path / "locales/glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    monkeypatch.setattr(store, "LARGEST", 100)
    with pytest.raises(GlossaryError, match="larger than 0 MB"):
        read_glossary(project.root, LANGUAGES)
    monkeypatch.setattr(store, "MOST_PARTS", 10)
    with pytest.raises(GlossaryError, match="more than 10 commas"):
        parse_glossary(GLOSSARY, LANGUAGES)


# Status of a concept.


def pair(concepts: tuple[Concept, ...], source: str, target: str) -> Pair:
    return Pair(
        unit=Unit(key="k", source=source, target=target),
        source=parse_text(source),
        target=parse_text(target),
        source_language=language("en"),
        target_language=language("ru"),
        concepts=concepts,
    )


CONCEPT = Concept(
    id="state",
    terms=(
        ("en", (Term(text="state"),)),
        ("ru", (Term(text="Кыргызстан"), Term(text="Киргизия", status=TermStatus.FORBIDDEN))),
    ),
)
KEPT = Concept(
    id="mdma", terms=(("en", (Term(text="MDMA"),)), ("ru", (Term(text="MDMA", keep=True),)))
)


def severities(status: ConceptStatus) -> list[Severity | None]:
    concepts = tuple(replace(concept, status=status) for concept in (CONCEPT, KEPT))
    return [f.severity for f in CHECK.find(pair(concepts, "a state of MDMA", "в Киргизии"))]


def test_what_is_not_reviewed_holds_nothing_back_and_what_is_retired_is_not_looked_for():
    assert severities(ConceptStatus.REVIEWED) == [Severity.MAJOR] * 2
    assert severities(ConceptStatus.UNREVIEWED) == [Severity.MINOR] * 2
    assert severities(ConceptStatus.RETIRED) == []


def test_the_id_of_a_retired_concept_stays_taken():
    text = '[[concept]]\nid = "a"\nstatus = "retired"\n[[concept]]\nid = "a"\n'
    with pytest.raises(GlossaryError, match="the id of line 1 again"):
        parse_glossary(text, LANGUAGES)


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (ConceptStatus.REVIEWED, ["term: state → Кыргызстан (not Киргизия)"]),
        (ConceptStatus.UNREVIEWED, ["term: state → Кыргызстан (not Киргизия) (unreviewed)"]),
        (ConceptStatus.RETIRED, []),
    ],
)
def test_a_translator_is_told_that_nobody_has_reviewed_a_term(
    status: ConceptStatus, wanted: list[str]
):
    segment = Segment(
        key="k", role=Role.PARAGRAPH, text=parse_text("the state"), block=0, start=0, end=9
    )
    notes = annotate(
        [segment], source="en", target="ru", concepts=(replace(CONCEPT, status=status),)
    )
    assert [line for line in notes["k"] if line.startswith("term")] == wanted


# Heads.


@pytest.mark.parametrize(
    ("tag", "term", "head", "text", "wanted"),
    [
        ("ru", "Айыл Банк", "Банк", "Айыл Банку, Айыла Банка", ["Айыл Банку"]),
        ("ru", "Айыл Банк", "", "Айыл Банку, Айыла Банка", ["Айыла Банка"]),
        ("ru", "программа пресс-тур", "пресс-тур", "программа пресс-тура, программы пресс-тур", ["программа пресс-тура"]),
        ("kk", "операциясы «Канал»", "операциясы", "операциясының «Канал», операцияларында «Канал», операциясы «Каналдың»", ["операциясының «Канал", "операцияларында «Канал"]),
        ("kk", "операциясы «Канал»", "", "операциясының «Канал»", []),
        ("ky", "уюм ЖККУ", "уюм", "уюмдун ЖККУ, уюм ЖККУнун, уюм ЖККУ", ["уюмдун ЖККУ", "уюм ЖККУ"]),
        ("ky", "чоң уюм ЖККУ", "уюм", "чоң уюмдарга ЖККУ", ["чоң уюмдарга ЖККУ"]),
        ("en", "mission Kyrgyzstan", "mission", "two missions Kyrgyzstan", ["missions Kyrgyzstan"]),
        ("en", "mission Kyrgyzstan", "", "two missions Kyrgyzstan", []),
    ],
)  # fmt: skip
def test_the_head_that_is_named_takes_the_endings(
    tag: str, term: str, head: str, text: str, wanted: list[str]
):
    concepts = (Concept(id="c", terms=((tag, (Term(text=term, head=head),)),)),)
    found = [text[f.start : f.end] for f in find_terms(text, concepts, language(tag))]
    assert found == wanted


@pytest.mark.parametrize(
    ("tag", "term", "head", "features", "wanted"),
    [
        ("ru", "айыл банк", 1, "DAT", "айыл банку"),
        ("kk", "ұйым қауіпсіздігі", 0, "GEN", "ұйымның қауіпсіздігі"),
        ("ky", "уюм тууралуу", 0, "DAT", "уюмга тууралуу"),
        ("en", "mission kyrgyzstan", 0, "PL", "missions kyrgyzstan"),
    ],
)
def test_a_term_is_inflected_in_its_head(
    tag: str, term: str, head: int, features: str, wanted: str
):
    from workflow.morphology import load

    rules = load(language(tag).inflection.strategy, tag)
    assert rules.inflect(term.split(), features, head=head) == tuple(wanted.split())


# The command line.

PLAIN = GLOSSARY.replace("terms.en = ", "[concept.terms]\nen = ").replace(
    '[concept.terms.ru]\nterm = "Евразия банк"\nhead = "банк"\n',
    'ru = { term = "Евразия банк", head = "банк" }\n',
)


@pytest.fixture
def newsroom(tmp_path: Path) -> Project:
    project = make_newsroom(tmp_path, languages='["en", "ru", "kk"]')
    (tmp_path / "locales/glossary.toml").write_text(PLAIN, encoding="utf-8")
    return project


def run(project: Project, *words: str):
    line = ["--project", str(project.root), "glossary", *words]
    return CliRunner().invoke(workflow, line, standalone_mode=False)


def text_in(project: Project) -> str:
    return (project.root / "locales/glossary.toml").read_text(encoding="utf-8")


def test_a_concept_is_added_from_the_command_line(newsroom: Project):
    done = run(
        newsroom, "add", "ccbcd", "--subject", "organisations", "--definition", "A council.",
        "--note", "Long form first.", "--source", "its site", "--status", "unreviewed",
        "en=CCBCD", "en:admitted:head-council:noun=council heads|council's heads", "ru=КСОПН",
        "kk:case-any=кеңес у\u0308\u0438\u0306і".replace("у\u0308", "ү"), "kk:forbidden:word:match-exact=КСОПН",
        r"en:deprecated:match-regex=CC(A|B)CD?",
    )  # fmt: skip
    assert (done.return_value, done.stderr, done.stdout) == (0, "added ccbcd\n", "")
    assert text_in(newsroom) == PLAIN + (
        '\n[[concept]]\nid = "ccbcd"\nsubject = "organisations"\ndefinition = "A council."\n'
        'note = "Long form first."\nsource = "its site"\nstatus = "unreviewed"\n[concept.terms]\n'
        'en = [\n    { term = "CCBCD", abbreviation = true },\n'
        '    { term = "council heads", status = "admitted", pos = "noun", head = "council", '
        'forms = ["council\'s heads"] },\n'
        '    { term = "CC(A|B)CD?", status = "deprecated", match = "regex" },\n]\n'
        'ru = [{ term = "КСОПН", abbreviation = true }]\n'
        'kk = [\n    { term = "кеңес үйі", case = "any" },\n'
        '    { term = "КСОПН", status = "forbidden", match = "exact" },\n]\n'
    )


def test_terms_are_added_to_a_concept_that_is_there_and_once(newsroom: Project):
    done = run(newsroom, "add", "bank", "kk=банк", "en:admitted=E-bank")
    assert done.stderr == "added 2 terms to bank\n"
    text = text_in(newsroom)
    assert 'match = "regex" }, { term = "E-bank", status = "admitted" }]' in text
    assert text.startswith(PLAIN[:200])
    bank = parse_glossary(text, LANGUAGES)[1]
    assert bank.terms_in("kk") == (Term(text="банк"),)
    assert bank.status is ConceptStatus.UNREVIEWED
    done = run(newsroom, "add", "bank", "kk=банк")
    assert (done.return_value, done.stderr) == (0, "bank has all of it already\n")
    assert text_in(newsroom) == text


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["New One", "en=x"], "“New One” is no id"),
        (["new"], "no term is given"),
        (["new", "x"], "“x” is no term"),
        (["new", "en="], "“en=” is no term"),
        (["new", "en:forbiden=x"], "did you mean “forbidden”?"),
        (["new", "de=x"], "“de” is not a language of this newsroom"),
        (["new", "en=x", "ru:forbidden=y"], "no preferred term in ru"),
        (["new", "en=x", "en:forbidden=x"], "“x” is preferred here, not forbidden"),
        (["new", "en=x|y", "en:forbidden=y"], "“y” would be both used and forbidden"),
        (["new", "en:forbidden=council", "en=x"], "“council” is forbidden here, “council” says the contrary"),
        (["new", "en=…"], "has no word"),
        (["new", "en:head-y=x z"], "“y” is not a word of “x z”"),
        (["new", "en=x", "en:admitted:match-regex=x*"], "“*” has no end"),
        (["council", "--definition", "Another.", "en:admitted=x"], "council has another definition already"),
        (["bank", "--status", "reviewed", "en:admitted=x"], "bank has another status already"),
        (["council", "en:forbidden=council"], "“council” is preferred here, not forbidden"),
    ],
)  # fmt: skip
def test_what_the_glossary_cannot_hold_is_refused_whole(
    newsroom: Project, words: list[str], what: str
):
    before = tree(newsroom.root)
    done = run(newsroom, "add", *words)
    assert isinstance(done.exception, UsageError)
    assert what in str(done.exception)
    assert "\n" not in str(done.exception)
    assert tree(newsroom.root) == before


def test_a_glossary_saved_meanwhile_is_not_written_over(newsroom: Project, monkeypatch):
    file = newsroom.root / "locales/glossary.toml"
    real = growth.write_into

    def meanwhile(*args):
        file.write_text(PLAIN + "# mine\n", encoding="utf-8")
        return real(*args)

    monkeypatch.setattr(growth, "write_into", meanwhile)
    done = run(newsroom, "add", "new", "en=x")
    assert "was saved meanwhile" in str(done.exception)
    assert text_in(newsroom).endswith("# mine\n")


def test_a_newsroom_without_a_glossary_gets_one_and_the_help_shows_the_syntax(tmp_path: Path):
    project = make_newsroom(tmp_path)
    assert run(project, "add", "new", "en=x").return_value == 0
    assert read_glossary(project.root, ("en", "ru"))[0].id == "new"
    assert (
        "TAG[:FACT]…=TEXT[|FORM]…"
        in CliRunner().invoke(workflow, ["glossary", "add", "--help"]).output
    )
