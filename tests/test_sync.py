"""sync: sources → catalogues, twice is once, and what is wrong is one clear line."""

import os
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

import workflow.pipeline.sync as sync_module
from tests.newsrooms import RELEASE, make_newsroom, translate, tree, write_release
from workflow.errors import UsageError
from workflow.pipeline.sync import sync
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project


def units(root: Path, tag: str = "ru", slug: str = "council-met"):
    catalog = read_catalog(root, tag, slug)
    assert catalog is not None
    return catalog.units


def test_every_language_gets_a_catalogue_and_its_own_a_copy(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project)
    report = sync(project)
    assert report.written == (
        "locales/en/releases/council-met.po",
        "locales/ru/releases/council-met.po",
    )
    assert [unit.source for unit in units(tmp_path)] == [
        "The council met",
        "The council met in Bishkek on 25 July 2024.",
        "It heard 12,100 reports.",
        "first item",
        "second item",
    ]
    assert {unit.target for unit in units(tmp_path)} == {""}
    assert all(u.target == u.source and not u.fuzzy for u in units(tmp_path, "en"))


def test_running_it_again_writes_nothing(tmp_path: Path):
    project = make_newsroom(tmp_path, languages='["en", "ru", "kk", "ky"]')
    write_release(project)
    write_release(project, "b", RELEASE.replace("council", "committee"))
    sync(project)
    translate(project)
    before = tree(tmp_path)
    assert sync(project).written == ()
    assert tree(tmp_path) == before


def test_gettext_accepts_every_catalogue(tmp_path: Path):
    if not shutil.which("msgfmt"):
        pytest.skip("gettext is not installed")
    project = make_newsroom(tmp_path, languages='["en", "ru", "kk", "ky"]')
    write_release(project)
    for path in sync(project).written:
        command = ["msgfmt", "-c", "-o", "/dev/null", str(tmp_path / path)]
        assert subprocess.run(command, capture_output=True, text=True).returncode == 0


def test_an_edited_sentence_is_fuzzy_and_the_rest_stays_accepted(tmp_path: Path):
    project = make_newsroom(tmp_path)
    path = write_release(project)
    sync(project)
    translate(project)
    path.write_text(RELEASE.replace("12,100", "12,300"), encoding="utf-8")
    sync(project)
    found = {unit.source: unit for unit in units(tmp_path)}
    changed = found.pop("It heard 12,300 reports.")
    assert changed.fuzzy
    assert changed.previous_source == "It heard 12,100 reports."
    assert changed.target == "Он заслушал 12 100 докладов."
    assert all(unit.is_accepted for unit in found.values())


def test_an_editors_english_survives_and_waits_when_the_source_moves_on(tmp_path: Path):
    project = make_newsroom(tmp_path)
    path = write_release(project)
    sync(project)
    catalog = read_catalog(tmp_path, "en", "council-met")
    assert catalog is not None
    mended = tuple(
        replace(u, target="It heard some 12,100 reports.") if "12,100" in u.source else u
        for u in catalog.units
    )
    write_catalog(tmp_path, replace(catalog, units=mended), source_language="en")
    sync(project)
    assert units(tmp_path, "en")[2].target == "It heard some 12,100 reports."
    path.write_text(RELEASE.replace("12,100", "12,300"), encoding="utf-8")
    sync(project)
    unit = units(tmp_path, "en")[2]
    assert (unit.target, unit.fuzzy) == ("It heard some 12,100 reports.", True)


def test_a_release_that_is_gone_leaves_its_catalogues(tmp_path: Path):
    project = make_newsroom(tmp_path)
    path = write_release(project)
    sync(project)
    path.unlink()
    report = sync(project)
    assert report.orphans == (
        "locales/en/releases/council-met.po",
        "locales/ru/releases/council-met.po",
    )
    assert units(tmp_path)


def test_the_glossary_is_told_to_the_translator(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project)
    (tmp_path / "locales" / "glossary.toml").write_text(
        '[[concept]]\nid = "council"\n[concept.terms]\nen = "council"\nru = "совет"\n',
        encoding="utf-8",
    )
    sync(project)
    assert units(tmp_path)[1].notes == ("lead", "term: council → совет")
    assert units(tmp_path)[3].notes == ("list item", "after: It heard 12,100 reports.")


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("broken.md", b"---\ntitle: [x\n---\n\nText.\n", "sources/broken.md:"),
        ("open.md", b"---\ntitle: x\n\nText.\n", "sources/open.md:1: "),
        ("key.md", b"---\ntitle: x\nsecton: news\n---\n\nText.\n", "section"),
        ("date.md", b"---\ntitle: x\ndate: soon\n---\n\nText.\n", "sources/date.md:3: "),
        ("none.md", b"Text without a title.\n", "title"),
        ("binary.md", bytes(range(256)) * 40, "sources/binary.md: "),
        ("binary.docx", b"PK\x03\x04nonsense", "sources/binary.docx: "),
        ("UPPER case.md", RELEASE.encode(), "cannot be part of an address"),
        ("lang.md", b"---\ntitle: x\nlanguage: de\n---\n\nText.\n", "not a language of this"),
        ("embargo.md", b"---\ntitle: x\nembargo: tomorrow\n---\n\nText.\n", "embargo.md:3: "),
    ],
)
def test_a_bad_source_is_one_line_and_the_others_go_on(
    tmp_path: Path, name: str, data: bytes, what: str
):
    project = make_newsroom(tmp_path)
    write_release(project)
    (tmp_path / "sources" / name).write_bytes(data)
    report = sync(project)
    (fault,) = report.faults
    assert what in str(fault)
    assert "\n" not in str(fault)
    assert fault.hint or fault.line
    assert len(report.written) == 2
    assert (tmp_path / "sources" / name).read_bytes() == data


def test_two_files_with_one_slug_are_both_left_out(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project)
    (tmp_path / "sources" / "council-met.txt").write_text("Title: x\n\nText.\n", encoding="utf-8")
    report = sync(project)
    assert report.written == ()
    assert "council-met.txt: the slug “council-met” is taken by council-met.md" in str(
        report.faults[0]
    )


def test_conflict_markers_stop_one_catalogue_only_and_nothing_is_overwritten(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project)
    write_release(project, "other", RELEASE.replace("council", "committee"))
    sync(project)
    path = tmp_path / "locales/ru/releases/council-met.po"
    damaged = path.read_text(encoding="utf-8").replace(
        'msgstr ""\n\n#. list',
        '<<<<<<< HEAD\nmsgstr ""\n=======\nmsgstr "x"\n>>>>>>> b\n\n#. list',
        1,
    )
    path.write_text(damaged, encoding="utf-8")
    write_release(project, "other", RELEASE.replace("council", "board"))
    report = sync(project)
    (fault,) = report.faults
    assert "conflict marker" in str(fault)
    assert fault.line == damaged[: damaged.index("<<<<")].count("\n") + 1
    assert path.read_text(encoding="utf-8") == damaged
    assert report.written == ("locales/en/releases/other.po", "locales/ru/releases/other.po")


def test_no_room_on_the_disk_leaves_every_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    project = make_newsroom(tmp_path)
    path = write_release(project)
    sync(project)
    translate(project)
    path.write_text(RELEASE.replace("12,100", "12,300"), encoding="utf-8")
    before = tree(tmp_path)

    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    report = sync(project)
    assert tree(tmp_path) == before
    assert len(report.faults) == 2
    assert "No space left on device" in str(report.faults[0])


def test_a_release_that_does_not_exist_is_a_wrong_call(tmp_path: Path):
    with pytest.raises(UsageError, match="no release “x”"):
        sync(make_newsroom(tmp_path), only=("x",))


def test_a_dry_run_writes_nothing(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project)
    before = tree(tmp_path)
    assert len(sync(project, dry_run=True).written) == 2
    assert tree(tmp_path) == before


def test_many_releases_are_shared_out_to_processes_with_the_same_result(tmp_path: Path):
    project = make_newsroom(tmp_path)
    for number in range(30):
        write_release(project, f"r{number}", RELEASE.replace("12,100", str(number)))
    seen: list[tuple[int, int]] = []
    report = sync(project, progress=lambda done, total: seen.append((done, total)))
    assert len(report.written) == 60
    assert seen[-1] == (30, 30)
    assert sync(project).written == ()


def test_a_newsroom_goes_to_paragraphs_and_back_without_a_second_look(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project)
    sync(project)
    translate(project)
    before = read_catalog(tmp_path, "ru", "council-met")
    whole = make_newsroom(tmp_path, settings='unit = "paragraph"\n')
    assert sync(whole).written == (
        "locales/en/releases/council-met.po",
        "locales/ru/releases/council-met.po",
    )
    catalog = read_catalog(tmp_path, "ru", "council-met")
    assert catalog is not None
    assert [(unit.source, unit.target, unit.fuzzy) for unit in catalog.units[1:2]] == [
        (
            "The council met in Bishkek on 25 July 2024. It heard 12,100 reports.",
            "Совет собрался в Бишкеке 25 июля 2024 года. Он заслушал 12 100 докладов.",
            False,
        )
    ]
    assert sync(whole).written == ()
    sync(make_newsroom(tmp_path))
    after = read_catalog(tmp_path, "ru", "council-met")
    assert before is not None
    assert after is not None
    assert [replace(u, line=0, target_line=0) for u in after.units] == [
        replace(u, line=0, target_line=0) for u in before.units
    ]


def test_what_did_not_change_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    project = make_newsroom(tmp_path)
    write_release(project)
    write_release(project, "other")
    sync(project)
    time.sleep(0.06)  # files of the last 50 ms may change unseen, and are read again
    sync(project)
    read: list[str] = []
    load = sync_module.load
    monkeypatch.setattr(
        sync_module, "load", lambda project, path: read.append(path.stem) or load(project, path)
    )
    sync(project)
    assert read == []
    write_release(project, "other", RELEASE.replace("12,100", "12,300"))
    assert len(sync(project).written) == 2
    assert read == ["other"]
    catalog = tmp_path / "locales/ru/releases/council-met.po"
    catalog.write_text(catalog.read_text().replace('msgid "first item"', 'msgid "1st item"'))
    assert sync(project).written == ("locales/ru/releases/council-met.po",)
    assert "council-met" in read
    (tmp_path / "locales/glossary.toml").write_text(
        '[[concept]]\nid = "c"\n[concept.terms]\nen = [{ term = "council" }]\nru = [{ term = "совет" }]\n'
    )
    assert "#. term: council → совет" in _synced(project, "council-met")
    (tmp_path / ".workflow/sync.json").write_text("not json")
    assert sync(project).written == ()


def _synced(project: Project, slug: str) -> str:
    sync(project)
    return (project.root / f"locales/ru/releases/{slug}.po").read_text()


def test_a_release_that_cannot_be_read_is_told_every_time(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project, text="no title\n")
    for _ in range(3):
        assert len(sync(project).faults) == 1
        time.sleep(0.06)


def test_what_is_saved_while_sync_runs_is_seen_by_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    project = make_newsroom(tmp_path)
    write_release(project)
    sync(project)
    time.sleep(0.06)
    catalog = tmp_path / "locales/ru/releases/council-met.po"
    write = sync_module.release_marks
    calls = []

    def slow(*args: object) -> tuple[str, ...]:
        marks = write(*args)  # type: ignore[arg-type]
        if not calls:  # a translator's program takes a key away after we have looked
            calls.append(1)
            catalog.write_text(catalog.read_text().replace('msgctxt "headline"\n', ""))
        return marks

    monkeypatch.setattr(sync_module, "release_marks", slow)
    sync(project)
    time.sleep(0.06)
    assert sync(project).faults == ()
    assert 'msgctxt "headline"' in catalog.read_text()


def test_a_release_whose_language_is_mended_loses_the_copies_nobody_translated(tmp_path: Path):
    project = make_newsroom(tmp_path)
    path = write_release(project)
    sync(project)
    assert all(unit.is_accepted for unit in units(tmp_path, "en"))
    path.write_text(path.read_text().replace("title:", "language: ru\ntitle:"))
    sync(project)
    assert not any(unit.target for unit in units(tmp_path, "en"))
    assert all(unit.is_accepted for unit in units(tmp_path, "ru"))
    for tag in ("en", "ru"):
        text = (tmp_path / f"locales/{tag}/releases/council-met.po").read_text()
        assert '"X-Source-Language: ru\\n"' in text
    catalog = read_catalog(tmp_path, "en", "council-met")
    assert catalog is not None
    same = replace(catalog.units[0], target=catalog.units[0].source)
    mended = replace(catalog, units=(same, *catalog.units[1:]))
    write_catalog(tmp_path, mended, source_language="ru")
    assert sync(project).written == ()
    assert units(tmp_path, "en")[0].is_accepted  # a person may translate a name by itself


def test_a_translator_is_told_the_term_and_what_not_to_write(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project)
    (tmp_path / "locales/glossary.toml").write_text(
        '[[concept]]\nid = "bishkek"\n[concept.terms]\nen = "Bishkek"\n'
        'ru = [{ term = "Бишкек" }, { term = "Фрунзе", status = "forbidden" }]\n'
    )
    sync(project)
    assert units(tmp_path)[1].notes == ("lead", "term: Bishkek → Бишкек (not Фрунзе)")
