"""``workflow explain term:ID FILE:LINE`` and the evidence that findings carry."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.newsrooms import make_newsroom, translate, write_release
from workflow.checks.terms import CHECK
from workflow.cli import workflow
from workflow.errors import UsageError
from workflow.languages import language
from workflow.markup import parse_text
from workflow.model import Concept, Term, TermStatus, Unit
from workflow.pipeline.explain import explain_term
from workflow.pipeline.sync import sync
from workflow.pipeline.waive import waive_issue
from workflow.plugins import Finding, Pair
from workflow.stores.catalogs import read_catalog
from workflow.stores.project import Project
from workflow.terminology.evidence import evidence
from workflow.terminology.trace import Outcome, trace

GLOSSARY = """\
[[concept]]
id = "council"
[concept.terms]
en = [{ term = "council" }]
ru = [{ term = "совет" }, { term = "Совбез", status = "forbidden" }]

[[concept]]
id = "report"
[concept.terms]
en = [{ term = "report" }]
ru = [{ term = "доклад" }]
"""
CATALOG = "locales/ru/releases/council-met.po"
MET = "The council met in Bishkek on 25 July 2024."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make_newsroom(tmp_path)
    (tmp_path / "locales/glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    write_release(made)
    sync(made)
    catalog = read_catalog(made.root, "ru", "council-met")
    assert catalog is not None
    key = next(unit.key for unit in catalog.units if unit.source == MET)
    translate(made, **{key: "В Совбезе побывали в Бишкеке 25 июля 2024 года."})
    return made


def line_of(project: Project, text: str, path: str = CATALOG) -> int:
    lines = (project.root / path).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


def run(project: Project, *words: str) -> Result:
    return CliRunner().invoke(workflow, ["--project", str(project.root), *words])


def test_a_unit_is_told_of_from_any_line_of_its_entry(project: Project):
    first = line_of(project, "Совбезе")
    lines = (project.root / CATALOG).read_text(encoding="utf-8").split("\n")
    entry = range(first, 0, -1)
    begin = next(line for line in entry if not lines[line - 2].strip())
    for line in range(begin, first + 1):
        (told,) = explain_term(project, "council", f"{CATALOG}:{line}")
        assert told.source.text == MET
    with pytest.raises(UsageError, match="no unit at line"):
        explain_term(project, "council", f"{CATALOG}:1")
    with pytest.raises(UsageError, match="no unit at line"):
        explain_term(project, "council", f"{CATALOG}:{begin - 1}")


def test_the_verdict_is_that_of_the_check_with_its_suggestion(project: Project):
    place = f"{CATALOG}:{line_of(project, 'Совбезе')}"
    shown = run(project, "explain", "term:council", place).output
    assert "Совбезе = Совбез + LOC" in shown
    assert "named: 1 in the source, 1 in the target" in shown
    assert "verdict: hard, major: “Совбезе” is forbidden for “council”" in shown
    assert "suggestion: 2–9 of the target: совете" in shown
    assert "waived: no" in shown
    waive_issue(project, place, "terms:council", reason="a quotation", who="Айгүл")
    shown = run(project, "explain", "term:council", place).output
    assert "waived: locales/ru/decisions/council-met.jsonl:1, Айгүл: a quotation" in shown


def test_a_block_of_a_source_tells_of_all_its_units_in_all_languages(project: Project):
    line = line_of(project, "The council met in", "sources/council-met.md")
    told = explain_term(project, "council", f"sources/council-met.md:{line}")
    assert [unit.source.named for unit in told] == [1, 0]
    assert {unit.target.tag for unit in told} == {"ru"}
    (title,) = explain_term(project, "council", "sources/council-met.md:2")
    assert title.key == "headline"
    with pytest.raises(UsageError, match="no unit at line 6"):
        explain_term(project, "council", "sources/council-met.md:6")


def test_json_has_the_same(project: Project):
    place = f"{CATALOG}:{line_of(project, 'Совбезе')}"
    shown = run(project, "explain", "term:council", place, "--output-format", "json").output
    (unit,) = json.loads(shown)["units"]
    assert unit["judged"][0]["issue"]["suggestion"] == "совете"
    assert [one["outcome"] for one in unit["target"]["tried"]] == ["found"]


@pytest.mark.parametrize(
    ("name", "place", "what"),
    [
        ("counsil", f"{CATALOG}:20", "did you mean council"),
        ("council", "nothing", "is no place"),
        ("council", f"{CATALOG}:0", "is no place"),
        ("council", "../other.po:3", "is outside the newsroom"),
        ("council", "/etc/hosts:1", "is outside the newsroom"),
        ("council", "locales/glossary.toml:1", "neither a catalogue nor a source"),
        ("council", "locales/ru/releases/lost.po:1", "no catalogue"),
        ("council", "locales/xx/releases/council-met.po:1", "no catalogue"),
        ("council", "sources/lost.md:1", "no release"),
    ],
)
def test_what_is_not_there_is_one_line(project: Project, name: str, place: str, what: str):
    with pytest.raises(UsageError) as caught:
        explain_term(project, name, place)
    assert what in str(caught.value)


def traced(tag: str, text: str, *concepts: Concept) -> list[tuple[Outcome, str, str]]:
    found = trace(text, concepts[0], concepts=concepts, language=language(tag))
    return [(one.outcome, one.text, one.why) for one in found.tried]


def concept(tag: str, *terms: Term, name: str = "c") -> Concept:
    return Concept(id=name, terms=((tag, terms),))


def test_a_near_miss_is_told_with_its_reason():
    organ = concept("kk", Term(text="ұйым"))
    assert traced("kk", "ұйымдастыру", organ) == [
        (
            Outcome.REFUSED,
            "ұйымдастыру",
            "“ұйымдастыру” is no form of “ұйым”: “дастыру” is no ending",
        )
    ]
    border = concept("ru", Term(text="таможенный орган"))
    (miss,) = traced("ru", "таможенные посты", border)
    assert miss[2] == "“посты” is no form of “орган”"
    (miss,) = traced("ru", "таможенный, орган", border)
    assert miss[2] == "“,” stands between its words"
    (miss,) = traced("ru", "приказ таможенного", border)
    assert miss[2] == "the text ends before the term does"
    kept = concept("ru", Term(text="MDMA", match="exact", case="exact"))
    (miss,) = traced("ru", "изъяли mdma", kept)
    assert miss[2] == "the capitals of “MDMA” are missing"


def test_a_longer_term_that_hides_one_is_named():
    inner = concept("en", Term(text="Security Council"), name="inner")
    outer = concept("en", Term(text="UN Security Council"), name="outer")
    (one,) = traced("en", "the UN Security Council", inner, outer)
    assert one[0] is Outcome.HIDDEN
    assert "“UN Security Council” of outer has the place" in one[2]


def test_a_folded_word_is_shown_as_it_is_read():
    found = trace("СSTO", concept("en", Term(text="CSTO")), concepts=(), language=language("en"))
    assert [(token.written, token.read) for token in found.tokens] == [("СSTO", "CSTO")]


@pytest.mark.parametrize(
    ("written", "term", "features", "wanted"),
    [
        (
            "операциясының",
            Term(text="операция"),
            "POSS.3 GEN",
            "операциясының = операция + POSS.3 GEN",
        ),
        ("CSTO", Term(text="CSTO", abbreviation=True), "", "CSTO (abbreviation)"),
        ("СSTO", Term(text="CSTO"), "", "СSTO = CSTO (Latin and Cyrillic letters mixed)"),
        ("совет", Term(text="совет"), "", "совет (citation form)"),
        ("Совет", Term(text="совет"), "", "Совет = совет"),
        (
            "круглых столов",
            Term(text="круглый стол"),
            "PL GEN PL GEN",
            "круглых столов = круглый стол + PL GEN",
        ),
        ("Азии", Term(text="Азия", forms=("Азии",)), "", "Азии = Азия (listed form)"),
        ("со\u00adвет", Term(text="совет"), "", "совет (citation form, soft hyphens inside)"),
        ("A-1", Term(text=r"A-\\d", match="regex"), "", r"A-1 = pattern A-\\d"),
        ("Лиманске", Term(text="Лиманск"), "STEM", "Лиманске = Лиманск (the same stem)"),
    ],
)
def test_evidence_says_how_a_term_was_recognised(
    written: str, term: Term, features: str, wanted: str
):
    assert evidence(written, term, features) == wanted


def findings(source: str, target: str) -> list[Finding]:
    terms = (("en", (Term(text="drug"),)), ("ru", (Term(text="наркотик"),)))
    pair = Pair(
        unit=Unit(key="k", source=source, target=target),
        source=parse_text(source),
        target=parse_text(target),
        source_language=language("en"),
        target_language=language("ru"),
        concepts=(Concept(id="drug", terms=terms),),
    )
    return list(CHECK.find(pair))


def test_a_missing_term_points_at_the_first_place_of_the_source_that_is_not_met():
    source = "The drug was found, and the drugs were burned."
    (finding,) = findings(source, "Наркотик найден и сожжён.")
    assert source[finding.source_start : finding.source_end] == "drugs"
    assert finding.evidence == "drugs = drug + PL"
    assert (finding.start, finding.end, finding.suggestion) == (0, 0, "")
    (finding,) = findings(source, "Всё сожжено.")
    assert source[finding.source_start : finding.source_end] == "drug"
    assert finding.evidence == "drug (citation form); drugs = drug + PL"


def test_check_prints_evidence_when_asked_and_always_in_json(project: Project):
    assert "Совбез + LOC" not in run(project, "check").output
    assert "(Совбезе = Совбез + LOC) [terms]" in run(project, "check", "--evidence").output
    issues = json.loads(run(project, "check", "--output-format", "json").stdout)["issues"]
    (issue,) = [issue for issue in issues if issue["about"] == "council"]
    assert issue["evidence"] == "Совбезе = Совбез + LOC"


def test_a_term_whose_status_is_deprecated_is_advised_with_a_suggestion():
    council = concept(
        "ru", Term(text="совет"), Term(text="штаб", status=TermStatus.DEPRECATED), name="council"
    )
    text = parse_text("Заседание штаба")
    pair = Pair(
        unit=Unit(key="k", source="x", target=text.plain),
        source=parse_text("x"),
        target=text,
        source_language=language("en"),
        target_language=language("ru"),
        concepts=(council,),
    )
    (finding,) = CHECK.find(pair)
    assert finding.suggestion == "совета"
