"""Names of territories and languages from CLDR: what is added, and what is the house's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.newsrooms import make_newsroom
from workflow.cli import workflow
from workflow.errors import UsageError
from workflow.glossaries.cldr import cldr_concepts
from workflow.languages import language
from workflow.model import Concept, ConceptStatus, Term, TermStatus
from workflow.pipeline.glossary_growth import seed
from workflow.stores.glossary import read_glossary
from workflow.stores.project import Project
from workflow.terminology.matching import find_terms

TAGS = ("en", "ru", "kk", "ky")
KINDS = ("territories", "languages")
HOUSE = """\
# Ours.
[[concept]]
id = "kyrgyzstan"
[concept.terms]
en = ["Kyrgyz Republic", { term = "Kyrgyzstan", status = "admitted" }]
ru = [{ term = "Кыргызстан" }, { term = "Киргизия", status = "forbidden" }]

[[concept]]
id = "burma"
status = "retired"
[concept.terms]
en = "Burma"
"""


@pytest.fixture
def newsroom(tmp_path: Path) -> Project:
    project = make_newsroom(tmp_path, languages='["en", "ru", "kk", "ky"]')
    (tmp_path / "locales/glossary.toml").write_text(HOUSE, encoding="utf-8")
    return project


def concepts_of(project: Project) -> dict[str, Concept]:
    return {concept.id: concept for concept in read_glossary(project.root, TAGS)}


def texts(concept: Concept) -> dict[str, list[str]]:
    return {tag: [term.text for term in terms] for tag, terms in concept.terms}


def test_a_seeded_name_is_an_unreviewed_proposal_of_cldr(newsroom: Project):
    grown = seed(newsroom, TAGS, KINDS)
    found = concepts_of(newsroom)
    assert set(found) == {"kyrgyzstan", "burma", *grown.added}
    turkey = found["territory-tr"]
    assert turkey.status is ConceptStatus.UNREVIEWED
    assert turkey.source.startswith("CLDR ")
    assert turkey.subject == "places"
    assert turkey.terms_in("ky") == (Term(text="Түркия", case="exact", pos="proper noun"),)
    russian = found["language-ru"]
    assert russian.subject == "general"
    assert texts(russian) == {
        "en": ["Russian"],
        "ru": ["русский"],
        "kk": ["орыс тілі", "орыс"],
        "ky": ["орусча", "орус тили", "орус"],
    }
    assert [term.pos for term in russian.terms_in("en")] == ["proper noun"]
    assert [term.pos for term in russian.terms_in("ru")] == [""]
    for name in grown.added:
        for tag in TAGS:
            terms = found[name].terms_in(tag)
            assert [t.status for t in terms[:1]] == [TermStatus.PREFERRED] * bool(terms)
            assert not any("(" in term.text for term in terms[:1])


def test_what_the_house_names_stays_its_own(newsroom: Project):
    seed(newsroom, TAGS, KINDS)
    found = concepts_of(newsroom)
    assert texts(found["kyrgyzstan"])["ru"] == ["Кыргызстан", "Киргизия"]
    assert "kk" not in texts(found["kyrgyzstan"])
    assert "territory-kg" not in found
    assert "territory-mm" not in found
    text = (newsroom.root / "locales/glossary.toml").read_text(encoding="utf-8")
    assert text.startswith(HOUSE)


def test_seeding_twice_is_seeding_once_and_what_a_person_did_to_a_name_stays(newsroom: Project):
    file = newsroom.root / "locales/glossary.toml"
    first = seed(newsroom, ("ru", "kk"), KINDS)
    assert first.added
    before = file.read_bytes()
    assert seed(newsroom, ("ru", "kk"), KINDS).added == ()
    assert file.read_bytes() == before
    edited = before.decode().replace("«Түркия»", "").replace('"Турция"', '"Турецкая Республика"')
    reviewed = edited.replace(
        'id = "territory-ge"\nsubject = "places"\nsource = "CLDR 47"\nstatus = "unreviewed"\n',
        'id = "territory-ge"\n',
    )
    assert reviewed != edited != before.decode()
    file.write_text(reviewed, encoding="utf-8")
    more = seed(newsroom, TAGS, KINDS)
    assert more.added == ()
    found = concepts_of(newsroom)
    assert texts(found["territory-tr"])["ru"] == ["Турецкая Республика"]
    assert texts(found["territory-tr"])["ky"] == ["Түркия"]
    assert "ky" not in texts(found["territory-ge"])
    assert seed(newsroom, TAGS, KINDS).terms == 0


def test_names_are_spelled_as_a_text_has_them():
    found = {c.id: texts(c) for c in cldr_concepts("en", ("ru", "kk", "ky"), KINDS)}
    assert found["territory-ba"]["en"] == ["Bosnia and Herzegovina", "Bosnia & Herzegovina"]
    assert found["territory-lc"]["en"] == ["Saint Lucia", "St. Lucia"]
    assert found["territory-mm"]["en"] == ["Myanmar", "Burma"]
    assert found["territory-mm"]["ru"] == ["Мьянма", "Бирма"]
    assert found["territory-cc"]["en"] == ["Cocos Islands", "Cocos (Keeling) Islands"]
    assert found["territory-hk"]["ru"] == ["Гонконг", "Гонконг (САР)"]
    assert found["territory-im"]["ru"] == ["остров Мэн", "о-в Мэн"]
    # A name that a bracket tells from another is none, and neither is one of two that are alike.
    assert "ru" not in found["territory-vi"]
    assert "territory-cd" not in found
    # Regions, unions, tests, languages that are named as a place, or as a common word.
    for name in ("territory-001", "territory-eu", "territory-xa", "territory-un", "language-na"):
        assert name not in found
    assert not {"language-den", "language-eve", "language-en_gb"} & set(found)
    assert max(len(names) for c in found.values() for names in c.values()) == 3


@pytest.mark.parametrize(
    ("tag", "text", "wanted"),
    [
        ("en", "a turkey in jordan, the chad, polish it", []),
        ("en", "Jordan's king; Chad; the Polish police", ["Jordan's", "Chad", "Polish"]),
        ("ru", "в Турции, Боснией и Герцеговиной, польского, на острове Мэн, из КНДР, чад и чада", ["Турции", "Боснией и Герцеговиной", "польского", "острове Мэн", "КНДР"]),
        ("kk", "Түркияның, Грузиядан, Малайзияға, ағылшын тілінде, поляк шекарашылары", ["Түркияның", "Грузиядан", "Малайзияға", "ағылшын тілінде", "поляк"]),
        ("ky", "Түркиянын, Өзбекстанда, Малайзияга, кытай тилинде, англисчеден", ["Түркиянын", "Өзбекстанда", "Малайзияга", "кытай тилинде", "англисчеден"]),
    ],
)  # fmt: skip
def test_the_names_are_found_inflected_and_common_words_are_no_names(
    tag: str, text: str, wanted: list[str]
):
    concepts = cldr_concepts("en", ("ru", "kk", "ky"), KINDS)
    assert [text[f.start : f.end] for f in find_terms(text, concepts, language(tag))] == wanted


def test_the_command_line(newsroom: Project):
    def run(*words: str):
        line = ["--project", str(newsroom.root), "glossary", "seed", *words]
        return CliRunner().invoke(workflow, line, standalone_mode=False)

    file = newsroom.root / "locales/glossary.toml"
    done = run("--what", "territories", "--lang", "ru", "--dry-run")
    assert (done.return_value, file.read_text(encoding="utf-8")) == (0, HOUSE)
    assert "territory-tr" in done.stdout.split()
    assert "language-" not in done.stdout
    assert done.stderr.startswith(f"would add {len(done.stdout.split())} concepts")
    assert run("--what", "languages", "--lang", "kk").stdout == ""
    assert set(texts(concepts_of(newsroom)["language-ru"])) == {"en", "kk"}
    assert isinstance(run("--what", "towns").exception, UsageError)
    assert isinstance(run("--lang", "de").exception, UsageError)
