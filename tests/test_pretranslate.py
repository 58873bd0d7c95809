"""pretranslate: memory first, an engine after, a person's words never."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.newsrooms import RELEASE, make_newsroom, translate, tree, write_release
from workflow.errors import UsageError
from workflow.pipeline.pretranslate import PretranslateReport, pretranslate, session
from workflow.pipeline.sync import sync
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project

ANOTHER = RELEASE.replace("met in Bishkek", "met in Almaty")


def pretranslated(project: Project, tag: str = "ru", **options: object) -> PretranslateReport:
    with session(project, **options) as run:
        return pretranslate(project, tag, run)


def units(root: Path, slug: str = "another"):
    catalog = read_catalog(root, "ru", slug)
    assert catalog is not None
    return {unit.source: unit for unit in catalog.units}


def two_releases(root: Path, settings: str = ""):
    project = make_newsroom(root, settings=settings)
    write_release(project)
    sync(project)
    translate(project)
    write_release(project, "another", ANOTHER)
    sync(project)
    return project


def test_what_was_accepted_elsewhere_comes_as_a_draft_with_its_origin(tmp_path: Path):
    project = two_releases(tmp_path)
    report = pretranslated(project)
    assert (report.memory, report.left) == (5, 0)
    assert report.classes[0] == ("in context", 2)
    assert sum(count for _, count in report.classes) == 5
    same = units(tmp_path)["It heard 12,100 reports."]
    assert same.target == "Он заслушал 12 100 докладов."
    assert same.fuzzy
    assert same.comments == (
        "pretranslated: memory, 101 partly in context, from council-met: "
        "same text, same unit after it",
    )
    near = units(tmp_path)["The council met in Almaty on 25 July 2024."]
    assert near.target == "Совет собрался в Бишкеке 25 июля 2024 года."
    assert near.previous_source == "The council met in Bishkek on 25 July 2024."
    assert near.comments == (
        "pretranslated: memory, 84 fuzzy, from council-met: name differs: “Bishkek” → “Almaty”",
    )
    in_context = units(tmp_path)["second item"]
    assert in_context.comments == (
        "pretranslated: memory, 102 in context, from council-met: "
        "same text between the same neighbours",
    )


def test_running_it_again_writes_nothing_and_says_why_no_engine_was_asked(tmp_path: Path):
    project = two_releases(tmp_path)
    pretranslated(project)
    before = tree(tmp_path)
    report = pretranslated(project)
    assert tree(tmp_path) == before
    assert report.written == ()
    assert report.remarks[0].startswith("no engine configured")


def test_a_draft_never_becomes_memory(tmp_path: Path):
    project = two_releases(tmp_path)
    pretranslated(project)
    write_release(
        project, "third", ANOTHER.replace("The council met\n", "The council met in Almaty\n")
    )
    sync(project)
    pretranslated(project)
    origins = [c for unit in units(tmp_path, "third").values() for c in unit.comments]
    assert origins
    assert not any("another" in origin for origin in origins)


def test_what_a_person_began_is_left_alone(tmp_path: Path):
    project = two_releases(tmp_path)
    catalog = read_catalog(tmp_path, "ru", "another")
    assert catalog is not None
    begun = tuple(
        replace(u, target="Начато", fuzzy=True) if u.key == "headline" else u for u in catalog.units
    )
    write_catalog(tmp_path, replace(catalog, units=begun), source_language="en")
    pretranslated(project)
    assert units(tmp_path)["The council met"].target == "Начато"


def test_an_engine_nobody_knows_is_a_wrong_setting(tmp_path: Path):
    project = make_newsroom(tmp_path, settings='[engine]\norder = ["babelfish"]\n')
    write_release(project)
    sync(project)
    with pytest.raises(UsageError, match=r"unknown engine “babelfish” \(known: apertium, .*"):
        pretranslated(project)


def test_paragraphs_and_sentences_help_each_other(tmp_path: Path):
    two_releases(tmp_path)
    project = make_newsroom(tmp_path, settings='unit = "paragraph"\n')
    write_release(
        project,
        "fourth",
        "---\ntitle: Fourth\n---\n\nIt heard 12,100 reports. "
        "The council met in Bishkek on 25 July 2024.\n",
    )
    sync(project)
    pretranslated(project)
    (paragraph,) = [u for s, u in units(tmp_path, "fourth").items() if s.startswith("It heard")]
    assert paragraph.target == (
        "Он заслушал 12 100 докладов. Совет собрался в Бишкеке 25 июля 2024 года."
    )
    assert paragraph.fuzzy
    assert paragraph.comments == (
        "pretranslated: memory, 98 sentence by sentence, from council-met: each sentence is known",
    )
