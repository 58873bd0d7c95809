"""Waivers: a person's word against a check's, for two texts and no others."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.newsrooms import NOW, make_newsroom, translate, write_release
from workflow.cli import workflow
from workflow.errors import StoreError, UsageError
from workflow.model import Catalog, Issue, Severity, Unit, Waiver
from workflow.pipeline.check import check_catalogs
from workflow.pipeline.orders import Order
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.pipeline.waive import list_waivers, waive_issue
from workflow.stages.waive import text_hash, waive
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.decisions import add_waiver, read_waivers
from workflow.stores.project import Project

UNIT = Unit(key="k", source="It heard 5 reports.", target="Он заслушал доклады.")
CATALOG = Catalog(slug="a", language="ru", units=(UNIT,))
ISSUE = Issue(check="numbers", severity=Severity.MAJOR, message="5 is missing", key="k")
WAIVER = Waiver(
    check="numbers",
    key="k",
    source=text_hash(UNIT.source),
    target=text_hash(UNIT.target),
    reason="round figure left out on purpose",
    who="Айгүл",
    when="2026-01-10",
    path="locales/ru/decisions/a.jsonl",
    line=1,
)


def left(waiver: Waiver, *issues: Issue, catalog: Catalog = CATALOG) -> list[str]:
    found = waive(catalog, issues or (ISSUE,), (waiver,), today="2026-02-01").issues
    return [issue.message for issue in found]


def test_a_waiver_holds_for_its_check_its_unit_and_its_texts():
    assert left(WAIVER) == []
    other = replace(ISSUE, check="quotes", message="another check")
    assert left(WAIVER, ISSUE, other) == ["another check"]
    term = replace(ISSUE, check="terms", about="csto", message="csto")
    assert left(replace(WAIVER, check="terms", about="csto"), term) == []
    assert "csto" in left(replace(WAIVER, check="terms", about="eag"), term)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"source": "0" * 12}, "its text has changed since"),
        ({"target": "0" * 12}, "its text has changed since"),
        ({"key": "gone"}, "its unit is gone"),
        ({"until": "2026-01-31"}, "it ran out on 2026-01-31"),
    ],
)
def test_a_waiver_that_no_longer_holds_is_said_and_the_issue_is_back(
    change: dict[str, str], why: str
):
    first, second = left(replace(WAIVER, **change))
    assert first == "5 is missing"
    assert why in second


def test_a_waiver_holds_on_its_last_day_and_one_that_nobody_needs_is_said():
    assert left(replace(WAIVER, until="2026-02-01")) == []
    (message,) = [i.message for i in waive(CATALOG, (), (WAIVER,), today="2026-02-01").issues]
    assert "nothing to waive any more" in message


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = make_newsroom(tmp_path)
    write_release(project)
    sync(project)
    translate(project)
    catalog = read_catalog(tmp_path, "ru", "council-met")
    assert catalog is not None
    units = tuple(
        replace(unit, target="Он заслушал доклады.") if "12,100" in unit.source else unit
        for unit in catalog.units
    )
    write_catalog(tmp_path, replace(catalog, units=units), source_language="en")
    return project


def place(project: Project) -> str:
    (issue,) = check_catalogs(project, ("ru",)).issues
    return f"{issue.path}:{issue.line}"


def published(project: Project) -> int:
    now = dt.datetime.now(dt.UTC)
    report = publish(project, Order(tags=("ru",), now=max(now, NOW)))
    return sum(record.verdict == "published" for record in report.records)


def test_what_is_waived_goes_out_and_comes_back_when_the_text_changes(project: Project):
    assert published(project) == 0
    where = place(project)
    waive_issue(project, where, "numbers", reason="left out on purpose", who="Айгүл")
    assert check_catalogs(project, ("ru",)).issues == ()
    assert published(project) == 1
    translate(project, **{})
    catalog = read_catalog(project.root, "ru", "council-met")
    assert catalog is not None
    units = tuple(
        replace(unit, target="Он заслушал все доклады.") if "12,100" in unit.source else unit
        for unit in catalog.units
    )
    write_catalog(project.root, replace(catalog, units=units), source_language="en")
    checks = {issue.check for issue in check_catalogs(project, ("ru",)).issues}
    assert checks == {"numbers", "waivers"}
    (listed,) = list_waivers(project, ("ru",))
    assert "its text has changed since" in listed.fault


def test_only_an_issue_that_is_there_can_be_waived(project: Project):
    where = place(project)
    words = {"reason": "r", "who": "w"}
    with pytest.raises(UsageError, match="no issue of quotes") as caught:
        waive_issue(project, where, "quotes", **words)
    assert caught.value.hint == "there is: numbers"
    with pytest.raises(UsageError, match="is no place"):
        waive_issue(project, "templates/a.md:1", "numbers", **words)
    with pytest.raises(UsageError, match=r"no release in sources/a\.md"):
        waive_issue(project, "sources/a.md:1", "numbers", **words)
    with pytest.raises(UsageError, match="no catalogue"):
        waive_issue(project, "locales/ru/releases/nothing.po:1", "numbers", **words)
    with pytest.raises(UsageError, match="no issue of untranslated"):
        waive_issue(project, where, "untranslated", **words)


def run(project: Project, *words: str) -> tuple[int, str, str]:
    args = ["--project", str(project.root), *words]
    done = CliRunner().invoke(workflow, args, standalone_mode=False)
    code = done.return_value if done.exception is None else 2
    return code, done.stdout, done.stderr + str(done.exception or "")


def test_the_commands_write_and_list_what_was_decided(project: Project):
    where = place(project)
    words = ("waive", where, "numbers", "--reason", "жоқ", "--by", "Айгүл", "--until")
    assert "is no date" in run(project, *words, "tomorrow")[2]
    assert run(project, *words, "2999-01-01")[0] == 0
    (line,) = (project.root / "locales/ru/decisions/council-met.jsonl").read_text().splitlines()
    assert (
        json.loads(line).items()
        >= {
            "decision": "waive",
            "check": "numbers",
            "reason": "жоқ",
            "who": "Айгүл",
            "until": "2999-01-01",
        }.items()
    )
    code, out, err = run(project, "waivers")
    assert code == 0
    assert "decisions/council-met.jsonl:1: numbers: жоқ (Айгүл, " in out
    assert "1 waivers, 0 to take out" in err
    translate(project)
    code, out, _ = run(project, "waivers")
    assert code == 1
    assert "its text has changed since" in out


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "not a decision"),
        ("[]", "not a decision"),
        ('{"decision": "accept"}', "decision is “waive”"),
        ('{"decision": "waive", "check": "numbers"}', "'key' is missing"),
        ("[" * 100_000, "not a decision"),
    ],
)
def test_a_broken_line_is_named_and_the_file_is_left_alone(tmp_path: Path, line: str, what: str):
    add_waiver(tmp_path, "ru", "a", WAIVER)
    path = tmp_path / "locales/ru/decisions/a.jsonl"
    assert read_waivers(tmp_path, "ru", "a") == (WAIVER,)
    path.write_text(path.read_text() + line + "\n")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=what) as caught:
        add_waiver(tmp_path, "ru", "a", WAIVER)
    assert caught.value.line == 2
    assert path.read_bytes() == before
