"""What was found, as other programs read it: SARIF, JUnit, annotations; and where it stands."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.newsrooms import make_newsroom, translate, write_release
from tests.strategies import letters, texts
from workflow.cli import workflow
from workflow.markup import format_text, parse_text, spans
from workflow.model import Catalog, Issue, Severity, Unit
from workflow.pipeline.places import locate
from workflow.pipeline.sync import sync
from workflow.plugins import Outcome, Output, discover
from workflow.stores.catalog_lines import target_places
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project

OUTPUTS: dict[str, Output] = discover("workflow.outputs", "OUTPUT")
SCHEMA = json.loads(
    (Path(__file__).parent / "schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")
)
CATALOG = "locales/ru/releases/council-met.po"
WRONG = "Он заслушал 12,100 докладов."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A newsroom with one issue that has a suggestion, in the Russian catalogue."""
    project = make_newsroom(tmp_path)
    write_release(project)
    sync(project)
    translate(project, tag="en")
    translate(project)
    put(project, "It heard 12,100 reports.", WRONG)
    return project


def put(project: Project, source: str, target: str) -> None:
    catalog = read_catalog(project.root, "ru", "council-met")
    assert catalog is not None
    units = tuple(
        replace(unit, target=target if unit.source == source else unit.target)
        for unit in catalog.units
    )
    write_catalog(project.root, replace(catalog, units=units), source_language="en")


def run(project: Project, *arguments: str) -> Result:
    return CliRunner().invoke(workflow, ["--project", str(project.root), *arguments])


def sarif(project: Project, *arguments: str) -> dict[str, Any]:
    data = json.loads(run(project, "check", "--output-format", "sarif", *arguments).stdout)
    jsonschema.validate(data, SCHEMA, cls=jsonschema.Draft4Validator)
    found: dict[str, Any] = data["runs"][0]
    return found


def words_at(path: Path, region: dict[str, int]) -> str:
    line = path.read_text(encoding="utf-8").split("\n")[region["startLine"] - 1]
    assert region["endLine"] == region["startLine"]
    return line[region["startColumn"] - 1 : region["endColumn"] - 1]


def test_sarif_says_where_to_the_character_and_by_which_rule(project: Project):
    found = sarif(project)
    (result,) = found["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert words_at(project.root / CATALOG, region) == "12,100"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == CATALOG
    rules = found["tool"]["driver"]["rules"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "numbers"
    assert result["level"] == "error"


def test_a_fix_of_sarif_put_into_the_file_mends_the_issue(project: Project):
    (result,) = sarif(project)["results"]
    ((replacement,),) = [
        change["replacements"] for fix in result["fixes"] for change in fix["artifactChanges"]
    ]
    region, path = replacement["deletedRegion"], project.root / CATALOG
    lines = path.read_text(encoding="utf-8").split("\n")
    line = lines[region["startLine"] - 1]
    lines[region["startLine"] - 1] = (
        line[: region["startColumn"] - 1]
        + replacement["insertedContent"]["text"]
        + line[region["endColumn"] - 1 :]
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    assert sarif(project)["results"] == []


def test_a_span_with_markup_inside_has_no_fix(project: Project):
    put(project, "It heard 12,100 reports.", "Он заслушал 12,<b>100</b> докладов.")
    results = [one for one in sarif(project)["results"] if one["ruleId"] == "numbers"]
    assert results
    assert not any("fixes" in one for one in results)


def test_what_was_waived_is_suppressed_with_its_reason_and_not_left_out(project: Project):
    (result,) = sarif(project)["results"]
    assert result["suppressions"] == []
    line = result["locations"][0]["physicalLocation"]["region"]["startLine"]
    done = run(project, "waive", f"{CATALOG}:{line}", "numbers", "--reason", "as agreed")
    assert done.exit_code == 0, done.output
    checked = run(project, "check", "--output-format", "sarif")
    assert checked.exit_code == 0
    (result,) = json.loads(checked.stdout)["runs"][0]["results"]
    (suppression,) = result["suppressions"]
    assert suppression["justification"] == "as agreed"
    assert "decisions/council-met.jsonl" in json.dumps(suppression["location"])


def test_a_fingerprint_stays_when_the_unit_moves_and_differs_between_units(project: Project):
    before = [one["partialFingerprints"] for one in sarif(project)["results"]]
    path = project.root / CATALOG
    path.write_text(path.read_text(encoding="utf-8").replace("\n\n", "\n\n\n"), encoding="utf-8")
    found = sarif(project)["results"]
    assert [one["partialFingerprints"] for one in found] == before
    put(project, "The council met in Bishkek on 25 July 2024.", "Совет собрался 25 июля 2025 года.")
    prints = [json.dumps(one["partialFingerprints"]) for one in sarif(project)["results"]]
    assert len(set(prints)) == len(prints) > 1


def test_a_file_that_cannot_be_read_is_an_error_of_the_run(project: Project):
    path = project.root / "locales/en/releases/council-met.po"
    path.write_text('msgid "a\n', encoding="utf-8")
    (invocation,) = sarif(project)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "locales/en/releases/council-met.po" in json.dumps(invocation)
    xml = etree.fromstring(run(project, "check", "--output-format", "junit").stdout.encode())
    assert xml.get("errors") == "1"


def test_sarif_keeps_to_the_number_of_results_that_are_taken():
    issue = Issue(check="numbers", severity=Severity.MINOR, message="m", path="a.po", line=1)
    worst = replace(issue, severity=Severity.CRITICAL, message="the worst")
    outcome = Outcome(issues=(issue,) * 25_000 + (worst,))
    found = json.loads("".join(OUTPUTS["sarif"].write(outcome)))["runs"][0]
    assert len(found["results"]) == 25_000
    assert found["results"][0]["message"]["text"] == "the worst"
    assert "25001 issues" in json.dumps(found["invocations"])


def test_junit_fails_what_reaches_the_gate_and_tells_the_rest(project: Project):
    put(project, "first item", "первый  пункт")
    done = run(project, "check", "--output-format", "junit")
    xml = etree.fromstring(done.stdout.encode())
    suites = {suite.get("name"): suite for suite in xml}
    assert list(suites) == [CATALOG]
    cases = {case.get("name", "").split(" ")[0]: case for case in suites[CATALOG]}
    assert cases["numbers"].find("failure") is not None
    assert cases["whitespace"].find("failure") is None
    assert "council-met.po" in (cases["whitespace"].findtext("system-out") or "")
    assert (xml.get("tests"), xml.get("failures")) == ("2", "1")


def test_junit_of_a_clean_newsroom_has_one_case_that_passes(project: Project):
    put(project, "It heard 12,100 reports.", "Он заслушал 12 100 докладов.")
    xml = etree.fromstring(run(project, "check", "--output-format", "junit").stdout.encode())
    assert [len(xml.findall(".//testcase")), len(xml.findall(".//failure"))] == [1, 0]


def test_annotations_say_how_many_are_not_shown():
    issue = Issue(check="numbers", severity=Severity.MAJOR, message="m", path="a.po", line=1)
    few = list(OUTPUTS["github"].write(Outcome(issues=(issue,) * 10)))
    many = list(OUTPUTS["github"].write(Outcome(issues=(issue,) * 11)))
    assert not any(line.startswith("::notice") for line in few)
    assert many[-1] == "::notice::11 errors were found; GitHub shows the first 10"


@given(st.text(), st.text(alphabet=st.characters(exclude_categories=("Cs",))))
def test_no_text_breaks_out_of_an_output(words: str, path: str):
    issue = Issue(
        check="terms",
        severity=Severity.MAJOR,
        message=words,
        suggestion=words,
        path=path,
        line=3,
        column=2,
        end_line=3,
        end_column=4,
        end=2,
    )
    outcome = Outcome(issues=(issue,), faults=(words,))
    xml = etree.fromstring("\n".join(OUTPUTS["junit"].write(outcome)).encode("utf-8", "replace"))
    assert len(xml.findall(".//testcase")) == 2
    assert all(
        len(line.splitlines()) <= 1 or "\n" not in line for line in OUTPUTS["github"].write(outcome)
    )
    jsonschema.validate(
        json.loads("".join(OUTPUTS["sarif"].write(outcome))),
        SCHEMA,
        cls=jsonschema.Draft4Validator,
    )


@given(letters | texts().map(format_text))
def test_every_plain_character_has_its_place_in_the_markup(markup: str):
    found, plain = spans(markup), parse_text(markup).plain
    assert len(found) == len(plain)
    assert all(
        parse_text(markup[start:end]).plain == plain[n]
        for n, (start, end) in enumerate(found)
        if markup[start] not in "<&" or end - start > 1
    )
    assert [start for start, _ in found] == sorted(start for start, _ in found)


@given(st.lists(letters | texts().map(format_text), min_size=1, max_size=4))
def test_every_character_of_a_target_has_its_place_in_the_file(
    tmp_path_factory: pytest.TempPathFactory, targets: list[str]
):
    root = tmp_path_factory.mktemp("places")
    units = tuple(
        Unit(key=f"k{n}", source=f"s{n}", target=target) for n, target in enumerate(targets)
    )
    write_catalog(root, Catalog(slug="a", language="ru", units=units), source_language="en")
    catalog = read_catalog(root, "ru", "a")
    assert catalog is not None
    lines = (root / catalog.path).read_text(encoding="utf-8").split("\n")
    places = target_places(root, catalog.path, {unit.target_line for unit in catalog.units})
    for unit in catalog.units:
        written = [lines[line - 1][a - 1 : b - 1] for line, a, b in places[unit.target_line]]
        assert len(written) == len(unit.target)
        assert all(
            one == char or (one[0] == "\\" and len(one) == 2)
            for one, char in zip(written, unit.target, strict=True)
        )


def test_an_issue_over_two_lines_of_the_file_ends_on_the_second(project: Project):
    put(project, "first item", "первое слово второе")
    path = project.root / CATALOG
    text = path.read_text(encoding="utf-8")
    wrapped = 'msgstr ""\n"первое "\n"слово второе"'
    path.write_text(text.replace('msgstr "первое слово второе"', wrapped), encoding="utf-8")
    catalog = read_catalog(project.root, "ru", "council-met")
    assert catalog is not None
    unit = next(unit for unit in catalog.units if unit.source == "first item")
    issue = Issue(
        check="x",
        severity=Severity.MINOR,
        message="m",
        path=catalog.path,
        key=unit.key,
        start=3,
        end=12,
    )
    (found,) = locate(project.root, (issue,))
    assert (found.line, found.column) == (unit.target_line + 1, 5)
    assert (found.end_line, found.end_column) == (unit.target_line + 2, 7)


def test_an_issue_of_a_catalogue_that_is_gone_or_odd_keeps_its_line(project: Project):
    issue = Issue(
        check="x", severity=Severity.MINOR, message="m", path=CATALOG, line=9, key="k", end=2
    )
    others = (
        replace(issue, path="locales/ru/releases/none.po"),
        replace(issue, path="locales/ru/decisions/council-met.jsonl"),
        replace(issue, key="no such unit"),
    )
    assert locate(project.root, others) == others
    path = project.root / CATALOG
    path.write_bytes(b"\xff\xfe" + path.read_bytes())
    assert locate(project.root, (issue,)) == (issue,)
    numeric = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    numeric += 'msgctxt "k"\nmsgid "a"\nmsgstr "\\320\\260\\320\\261"\n'
    path.write_text(numeric, encoding="utf-8")
    assert locate(project.root, (issue,)) == (issue,)
