"""What is wrong with a release as it is written, told before anybody translates it."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.newsrooms import NOW, make_newsroom, translate
from workflow.cli import workflow
from workflow.errors import UsageError
from workflow.model import Block, BlockKind, Issue, Release, Severity, Text
from workflow.pipeline.check import check_catalogs, check_sources
from workflow.pipeline.explain import explain_term
from workflow.pipeline.orders import Order
from workflow.pipeline.publish import publish
from workflow.pipeline.status import status
from workflow.pipeline.sync import sync
from workflow.pipeline.waive import list_waivers, waive_issue
from workflow.stages.at_source import at_source
from workflow.stages.segment import segment
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project

GLOSSARY = """\
[[concept]]
id = "operation-canal"
[concept.terms]
en = [{ term = "Channel-Perekhvat" }, { term = "Channel-Interception", status = "forbidden" }]
ru = [{ term = "Канал-Перехват" }]

[[concept]]
id = "drugs"
[concept.terms]
en = [{ term = "narcotic drugs" }, { term = "dope", status = "deprecated" }]
"""
MD = """\
---
title: The operation is over
date: 2024-07-25
summary: "What “Channel-Interception” has brought."
---

The **operation** [Channel-Perekhvat](https://example.org/Channel-Interception)
ended on Monday, and
Channel-Interception was a success.
No dope was found.
"""
HTML = """\
<html><head><title>The operation is over</title></head><body>
<p>The operation has ended.</p>
<p>Officers said that
&laquo;Channel-Interception&raquo; was a success.</p>
</body></html>
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make_newsroom(tmp_path)
    (tmp_path / "locales/glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    write(made, "a.md", MD)
    return made


def write(project: Project, name: str, text: str) -> Path:
    path = project.root / "sources" / name
    path.write_text(text, encoding="utf-8")
    return path


def places(issues: tuple[Issue, ...], check: str = "terms") -> list[tuple[int, int, int, int]]:
    found = [issue for issue in issues if issue.check == check]
    return [(one.line, one.column, one.end_line, one.end_column) for one in found]


def run(project: Project, *words: str) -> Result:
    arguments = ["--project", str(project.root), *words]
    return CliRunner().invoke(workflow, arguments, standalone_mode=False)


def test_a_forbidden_term_of_a_source_is_hard_at_its_words_before_there_is_a_catalogue(
    project: Project,
):
    report = check_catalogs(project, ("en",))
    assert (report.sources, report.catalogs, report.exit_code) == (1, 0, 1)
    hard = [issue for issue in report.issues if issue.severity is Severity.MAJOR]
    assert {issue.path for issue in report.issues} == {"sources/a.md"}
    assert places(tuple(hard)) == [(4, 17, 4, 37), (9, 1, 9, 21)]
    assert [issue.suggestion for issue in hard] == ["Channel-Perekhvat"] * 2
    assert hard[0].evidence == "Channel-Interception (citation form)"
    (advice,) = [issue for issue in report.issues if issue.about == "drugs"]
    assert (advice.severity, advice.line, advice.column) == (Severity.MINOR, 10, 4)


def test_a_source_says_the_same_after_sync_and_its_catalogue_does_not_repeat_it(project: Project):
    before = check_catalogs(project, ("en",)).issues
    sync(project)
    assert check_catalogs(project, ("en",)).issues == before
    assert [
        i for i in check_catalogs(project, ("ru",)).issues if i.path.startswith("sources")
    ] == []


@pytest.mark.parametrize(
    ("name", "text", "at"),
    [
        ("b.html", HTML, (4, 8, 4, 28)),
        ("b.txt", "It is over\n\nIt ended.\n\nThe Channel-Interception\nended.\n", (5, 5, 5, 25)),
    ],
)
def test_each_format_has_the_place_of_the_words(
    project: Project, name: str, text: str, at: tuple[int, ...]
):
    report = check_sources(project, [write(project, name, text)])
    assert places(report.issues) == [at]


def test_a_word_document_is_counted_in_paragraphs(project: Project):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("The operation is over", style="Title")
    for text in ("It ended.", "So Channel-Interception ended."):
        document.add_paragraph(text)
    data = io.BytesIO()
    document.save(data)
    path = project.root / "sources/c.docx"
    path.write_bytes(data.getvalue())
    assert places(check_sources(project, [path]).issues) == [(3, 4, 3, 24)]
    found = explain_term(project, "operation-canal", "sources/c.docx:3")
    assert [one.path for one in found] == ["sources/c.docx"]


@given(st.lists(st.text("ab *_[]().,\n", min_size=1, max_size=30), min_size=1, max_size=4))
def test_a_place_is_in_the_file_whatever_stands_there(parts: list[str]):
    text = "\n\n".join(["title", *(f"x{part}y" for part in parts)])
    blocks = tuple(
        Block(kind=BlockKind.PARAGRAPH, text=Text(f"x{part}y"), line=1) for part in parts
    )
    release = Release(slug="a", title="title", language="en", blocks=blocks, path="sources/a.md")
    segments = segment(release)
    issues = [
        Issue(check="c", severity=Severity.MINOR, message="m", key=one.key, end=len(one.text.plain))
        for one in segments
    ]
    lines = text.split("\n")
    for issue in at_source(issues, release, segments, text=text):
        assert 1 <= issue.line <= len(lines)
        assert 0 <= issue.column <= len(lines[issue.line - 1]) + 1
        assert (issue.column == 0) == (issue.end_line == 0)


def test_files_may_be_named_and_only_they_are_checked(project: Project):
    write(project, "b.md", MD.replace("Interception", "Perekhvat").replace("dope", "harm"))
    found = run(project, "check", "sources/b.md")
    assert (found.return_value, found.stdout) == (0, "")
    found = run(project, "check", "sources/a.md", "--output-format", "github")
    assert found.return_value == 1
    assert "file=sources/a.md,line=9,col=1,endLine=9,endColumn=21::" in found.stdout
    found = run(project, "check", "sources/a.md", "--output-format", "json")
    assert {issue["path"] for issue in json.loads(found.stdout)["issues"]} == {"sources/a.md"}
    for wrong in (("sources/c.md",), ("sources/a.md", "--lang", "ru"), ("../a.md",)):
        assert isinstance(run(project, "check", *wrong).exception, UsageError)


def test_a_waiver_of_a_source_is_kept_with_its_language_and_bound_to_its_words(project: Project):
    path = "sources/a.md"
    words = {"reason": "the name of the park", "who": "Айгүл"}
    with pytest.raises(UsageError, match="no issue of terms"):
        waive_issue(project, f"{path}:9:4", "terms", **words)
    waive_issue(project, f"{path}:9:1", "terms:operation-canal", **words)
    assert (project.root / "locales/en/decisions/a.jsonl").is_file()
    report = check_catalogs(project, ("en",))
    assert places(tuple(i for i in report.issues if i.severity is Severity.MAJOR)) == [
        (4, 17, 4, 37)
    ]
    assert len(report.waived) == 1
    sync(project)
    assert check_catalogs(project, ("en",)).issues == report.issues
    assert [one.fault for one in list_waivers(project, ("en",))] == [""]
    write(project, "a.md", MD.replace("was a success", "was no success"))
    found = check_catalogs(project, ("en",)).issues
    assert [issue.check for issue in found] == ["terms", "terms", "terms", "waivers"]


def test_a_waiver_of_a_mended_copy_and_one_of_the_source_do_not_call_each_other_idle(
    project: Project,
):
    sync(project)
    catalog = read_catalog(project.root, "en", "a")
    assert catalog is not None
    units = tuple(
        replace(unit, target=f"{unit.source}  x Channel-Interception")
        if "dope" in unit.source
        else unit
        for unit in catalog.units
    )
    write_catalog(project.root, replace(catalog, units=units), source_language="en")
    mended = [i for i in check_catalogs(project, ("en",)).issues if i.path.endswith(".po")]
    assert {issue.check for issue in mended} == {"terms", "whitespace"}
    blank = next(issue for issue in mended if issue.check == "whitespace")
    words = {"reason": "r", "who": "w"}
    waive_issue(project, f"{blank.path}:{blank.line}:{blank.column}", "whitespace", **words)
    waive_issue(project, "sources/a.md:9", "terms:operation-canal", **words)
    left = check_catalogs(project, ("en",)).issues
    assert "waivers" not in {issue.check for issue in left}
    assert "whitespace" not in {issue.check for issue in left}
    assert [one.fault for one in list_waivers(project, ("en",))] == ["", ""]


def published(project: Project) -> dict[str, str]:
    now = max(dt.datetime.now(dt.UTC), NOW)
    report = publish(project, Order(tags=("en", "ru"), now=now))
    assert report.faults == ()
    return {record.tag: record.verdict for record in report.records}


def test_a_hard_issue_of_a_source_holds_back_its_own_language_alone(project: Project):
    write(project, "a.md", "---\ntitle: It is over\n---\n\nChannel-Interception is over.\n")
    sync(project)
    catalog = read_catalog(project.root, "ru", "a")
    assert catalog is not None
    names = {u.key: "Операция «Канал-Перехват»." for u in catalog.units if "Channel" in u.source}
    translate(project, "a", **names)
    assert published(project) == {"en": "held", "ru": "published"}
    cells = dict(status(project, ("en", "ru"), now=NOW).rows[0].cells)
    assert {tag: cell.verdict for tag, cell in cells.items()} == {"en": "held", "ru": "published"}
    translate(project, "a", "en", **dict.fromkeys(names, "Channel-Perekhvat."))
    assert published(project) == {"en": "published", "ru": "published"}
    assert check_catalogs(project, ("en",)).exit_code == 1


def test_sync_and_publish_count_hard_issues_of_a_source_and_say_how_to_see_them(project: Project):
    line = "sources/a.md: 2 hard issues in the text as it is written: workflow check sources/a.md"
    assert line in run(project, "sync").stderr
    for _ in range(2):
        assert line in run(project, "publish", "--lang", "ru").stderr
    for place in ("sources/a.md:4", "sources/a.md:9"):
        words = {"reason": "r", "who": "w"}
        waive_issue(project, place, "terms:operation-canal", **words)
    assert "hard issue" not in run(project, "publish", "--lang", "ru").stderr


def test_translators_are_told_what_a_wrong_word_of_the_source_means(project: Project):
    sync(project)
    catalog = read_catalog(project.root, "ru", "a")
    assert catalog is not None
    notes = next(unit.notes for unit in catalog.units if "success" in unit.source)
    wrong = "the source is wrong: “Channel-Interception” is forbidden, “Channel-Perekhvat” is meant"
    assert wrong in notes
    assert "term: Channel-Perekhvat → Канал-Перехват" in notes
    notes = next(unit.notes for unit in catalog.units if "dope" in unit.source)
    assert "the source is wrong: “dope” is deprecated, “narcotic drugs” is meant" in notes
    own = read_catalog(project.root, "en", "a")
    assert own is not None
    assert not any("wrong" in note for unit in own.units for note in unit.notes)


def test_a_term_is_explained_in_a_source_that_has_no_catalogue_yet(project: Project):
    (first, second) = explain_term(project, "operation-canal", "sources/a.md:7")
    assert (first.path, first.line) == ("sources/a.md", 7)
    assert [one.issue.severity for one in first.judged] == [Severity.MAJOR]
    assert second.judged == ()
    found = run(project, "explain", "term:operation-canal", "sources/a.md:7:4")
    assert "verdict: hard" in found.stdout
    sync(project)
    tags = {one.target.tag for one in explain_term(project, "operation-canal", "sources/a.md:7")}
    assert tags == {"ru"}
    own = explain_term(project, "operation-canal", "sources/a.md:7", tags=("en",))
    assert {one.path for one in own} == {"sources/a.md"}


def test_the_report_shows_a_source_once_and_how_to_waive_its_issues(project: Project):
    found = run(project, "check", "--lang", "en", "--report", str(project.root / "out"))
    assert found.return_value == 1
    page = html.fromstring((project.root / "out/index.html").read_bytes())
    articles = page.xpath("//article")
    assert len(articles) == 3
    assert [len(one.xpath(".//p[@class='text']")) for one in articles] == [1, 1, 1]
    assert articles[1].xpath(".//mark/text()") == ["Channel-Perekhvat", "Channel-Interception"]
    assert "workflow waive sources/a.md:9:1 terms:operation-canal" in articles[1].text_content()


def test_a_release_in_another_language_is_judged_in_that_language(project: Project):
    text = "---\ntitle: Операция\nlanguage: ru\n---\n\nСотрудники МКШ прибыли,, и ушли.\n"
    path = write(project, "r.md", text)
    found = check_sources(project, [path]).issues
    assert {issue.check for issue in found} == {"abbreviations", "marks"}
    assert [
        i.path for i in check_catalogs(project, ("en",)).issues if i.path == "sources/r.md"
    ] == []


def test_a_switched_off_check_and_the_severity_of_the_house_hold_for_sources(tmp_path: Path):
    project = make_newsroom(
        tmp_path, settings='[checks]\nrepeated = "off"\nabbreviations = "major"\n'
    )
    twice = "The members of the ICH met in Almaty."
    path = write(project, "a.md", f"---\ntitle: The ICH met\n---\n\n{twice}\n\n{twice}\n")
    (issue,) = check_sources(project, [path]).issues
    assert (issue.check, issue.severity) == ("abbreviations", Severity.MAJOR)


def test_the_note_of_a_correction_may_name_the_figure_that_was_wrong(project: Project):
    text = (
        "---\ntitle: 21 officers came\ndate: 2024-07-25\n"
        "corrections:\n- date: 2024-07-26\n  type: correction\n  note: It was said that 12 officers came\n"
        "---\n\nThey met.\n\nA talk followed.\n"
    )
    assert check_sources(project, [write(project, "n.md", text)]).issues == ()
    wrong = text.replace("A talk followed", "All 12 officers spoke of Channel-Interception")
    found = check_sources(project, [write(project, "n.md", wrong)]).issues
    assert [(issue.check, issue.line) for issue in found] == [("figures", 2), ("terms", 12)]
