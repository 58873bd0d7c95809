"""rollback: readers get an earlier whole build in one step, and nothing undoes that by itself."""

import datetime as dt
import json
import shutil
import threading
from pathlib import Path

import pytest

from tests.newsrooms import NOW, RELEASE, make_newsroom, translate, write_release
from tests.test_cli import run
from workflow.errors import StoreError
from workflow.pipeline.orders import Order
from workflow.pipeline.publish import publish
from workflow.pipeline.rollback import rollback
from workflow.pipeline.sync import sync
from workflow.stores.builds import Rollback, list_builds, roll_back, shown_build
from workflow.stores.project import Project
from workflow.stores.site import read_manifest

PAGE = "ru/news/2024/council-met/index.html"


def newsroom(root: Path, *headlines: str) -> Project:
    """A build for each headline."""
    project = make_newsroom(root, settings='site_url = "https://e.org"\n')
    write_release(project)
    sync(project)
    for headline in headlines:
        translate(project, headline=headline)
        assert run(root, "publish", "--all").returncode == 0
    return project


def online(root: Path, path: str = PAGE) -> str:
    return (root / "site/current" / path).read_text(encoding="utf-8")


def test_readers_get_the_build_before_and_are_told_what_they_see(tmp_path: Path):
    project = newsroom(tmp_path, "Верный заголовок", "Неверный заголовок")
    write_release(project, "other", RELEASE.replace("council", "board"))
    sync(project)
    translate(project, "other")
    run(tmp_path, "publish", "--all")
    done = run(tmp_path, "rollback")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("readers now see build 2, made on 20")
    assert "  ru other: no longer online" in lines
    assert "Неверный" in online(tmp_path)
    done = run(tmp_path, "rollback", "1", "--reason", "a wrong name")
    assert "  ru council-met: with its earlier words" in done.stdout
    assert "Верный" in online(tmp_path)
    assert (tmp_path / "site/current").readlink().name == "000001"


def test_a_publish_that_runs_by_itself_does_not_undo_it(tmp_path: Path):
    newsroom(tmp_path, "Верный заголовок", "Неверный заголовок")
    run(tmp_path, "rollback", "--reason", "a wrong name")
    for words in (["--all"], ["--lang", "ru"], ["--all", "--fresh"]):
        done = run(tmp_path, "publish", *words)
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert "took readers back to build 1, from 2, on 20" in done.stderr
        assert ": a wrong name (" in done.stderr
        assert "workflow publish --resume" in done.stderr
    assert "Верный" in online(tmp_path)
    assert run(tmp_path, "publish", "--all", "--draft").returncode == 0
    done = run(tmp_path, "publish", "--all", "--dry-run")
    assert "readers still see build 1" in done.stderr
    assert "1 of 2 pages would be made" in done.stderr


def test_when_the_cause_is_mended_publishing_goes_on_from_there_and_says_so(tmp_path: Path):
    project = newsroom(tmp_path, "Верный заголовок", "Неверный заголовок")
    run(tmp_path, "rollback", "--reason", "a wrong name")
    translate(project, headline="Исправленный заголовок")
    done = run(tmp_path, "publish", "--all", "--resume")
    assert done.returncode == 0
    assert "going on from build 1, where " in done.stdout
    assert done.stdout.count(": a wrong name") == 1
    assert "Исправленный" in online(tmp_path)
    assert (tmp_path / "site/current").readlink().name == "000003"
    done = run(tmp_path, "publish", "--all")
    assert done.returncode == 0
    assert "going on" not in done.stdout


def test_it_is_over_even_when_there_is_nothing_else_to_publish(tmp_path: Path):
    project = newsroom(tmp_path, "Верный заголовок", "Неверный заголовок")
    run(tmp_path, "rollback")
    translate(project, headline="Верный заголовок")
    assert "going on from build 1" in run(tmp_path, "publish", "--all", "--resume").stdout
    assert not (tmp_path / "site/rollback.json").exists()
    assert run(tmp_path, "publish", "--all").returncode == 0


def test_a_build_that_fails_does_not_end_it(tmp_path: Path):
    newsroom(tmp_path, "Верный заголовок", "Неверный заголовок")
    run(tmp_path, "rollback")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/root.html").write_text("<p>", encoding="utf-8")
    assert run(tmp_path, "publish", "--all", "--resume").returncode == 1
    assert run(tmp_path, "publish", "--all").returncode == 2
    assert "Верный" in online(tmp_path)


def test_what_went_out_first_in_a_later_build_keeps_its_address_and_id(tmp_path: Path):
    project = newsroom(tmp_path, "Заголовок")
    write_release(project, "other", RELEASE.replace("council", "board"))
    sync(project)
    translate(project, "other")
    run(tmp_path, "publish", "--all")
    before = read_manifest(tmp_path / "site").records["ru", "other"]
    run(tmp_path, "rollback")
    text = RELEASE.replace("council", "board").replace("2024-07-25", "2023-07-25", 1)
    write_release(project, "other", text)
    run(tmp_path, "publish", "--all", "--resume")
    after = read_manifest(tmp_path / "site").records["ru", "other"]
    assert (after.path, after.id, after.first) == (before.path, before.id, before.first)


def test_the_list_shows_what_is_kept_and_what_readers_see(tmp_path: Path):
    newsroom(tmp_path, *(f"Заголовок {letter}" for letter in "абвгдеж"))
    lines = run(tmp_path, "rollback", "--list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["→", "6", "5", "4", "3"]
    assert all(line.endswith("2 pages of releases") for line in lines)
    run(tmp_path, "rollback", "4", "--reason", "why not")
    lines = run(tmp_path, "rollback", "--list").stdout.splitlines()
    assert lines[3].startswith("→      4")
    assert lines[-1].endswith(": why not")
    run(tmp_path, "rollback", "7")  # forward again is a rollback too
    assert "Заголовок ж" in online(tmp_path)
    kept = sorted(path.name for path in (tmp_path / "site/manifests").iterdir())
    assert kept == [f"{n:06}.{kind}" for n in range(3, 8) for kind in ("json", "sha256")]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["9"], "there is no build 9 (on disk: 1, 2, 3)"),
        (["3"], "build 3 is what readers see"),
        (["2"], "build 2 lacks ru/news/2024/council-met/index.html"),
        (["1"], "the record of build 1 is gone"),
        (["0"], "0 is not in the range"),
    ],
)
def test_only_a_whole_build_can_be_shown(tmp_path: Path, words: list[str], what: str):
    newsroom(tmp_path, "Один", "Два", "Три")
    (tmp_path / "site/releases/000002" / PAGE).unlink()
    (tmp_path / "site/manifests/000001.json").unlink()
    done = run(tmp_path, "rollback", *words)
    assert done.returncode == 2
    assert what in done.stderr
    assert (tmp_path / "site/current").readlink().name == "000003"
    assert run(tmp_path, "publish", "--all").returncode == 0


def test_without_an_earlier_build_there_is_no_way_back(tmp_path: Path):
    make_newsroom(tmp_path)
    assert "nothing is online yet" in run(tmp_path, "rollback").stderr
    newsroom(tmp_path, "Один")
    assert "there is no build before 1" in run(tmp_path, "rollback").stderr


def test_a_build_of_an_earlier_version_can_be_shown(tmp_path: Path):
    newsroom(tmp_path, "Один", "Два")
    (tmp_path / "site/manifests/000001.sha256").unlink()
    manifest = tmp_path / "site/manifests/000001.json"
    data = json.loads(manifest.read_bytes())
    old = {key: value for key, value in data.items() if key not in ("made", "files")}
    manifest.write_text(json.dumps({**old, "version": 2}), encoding="utf-8")
    assert "made by an earlier version" in run(tmp_path, "rollback", "--list").stdout
    assert run(tmp_path, "rollback").returncode == 0
    assert "Один" in online(tmp_path)
    assert run(tmp_path, "publish", "--all", "--resume").returncode == 0
    assert run(tmp_path, "verify").returncode == 0


def test_a_publish_that_runs_meanwhile_shows_nothing(tmp_path: Path):
    project = newsroom(tmp_path, "Верный заголовок", "Неверный заголовок")
    translate(project, headline="Новый заголовок")

    def go_back(done: int, total: int) -> None:
        rollback(project, 1, reason="meanwhile", now=NOW)

    order = Order(tags=("ru",), now=NOW, progress=go_back)
    with pytest.raises(StoreError, match="readers were given another build meanwhile"):
        publish(project, order)
    assert "Верный" in online(tmp_path)
    assert list_builds(tmp_path / "site") == (1, 2)
    assert run(tmp_path, "publish", "--all").returncode == 2
    assert run(tmp_path, "publish", "--all", "--resume").returncode == 0
    assert "Новый" in online(tmp_path)
    assert run(tmp_path, "verify").returncode == 0


def test_of_many_at_the_link_at_once_each_sees_what_it_changes(tmp_path: Path):
    newsroom(tmp_path, "Один", "Два", "Три")
    base = tmp_path / "site"
    won: list[int] = []

    def go(build: int) -> None:
        made = Rollback(build=build, left=3, when="", who="", reason="")
        try:
            roll_back(base, made)
        except StoreError:
            return
        won.append(build)

    threads = [threading.Thread(target=go, args=(number % 2 + 1,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [shown_build(base)]
    assert json.loads((base / "rollback.json").read_bytes())["build"] == won[0]


def test_a_site_whose_folder_was_deleted_is_made_again_whole(tmp_path: Path):
    project = newsroom(tmp_path, "Один")
    translate(project, headline="Два")
    path = tmp_path / "locales/ru/releases/council-met.po"
    path.write_text(path.read_text().replace('msgstr "первый пункт"', 'msgstr ""'))
    shutil.rmtree(tmp_path / "site/releases/000001")
    assert run(tmp_path, "publish", "--all").returncode == 1
    assert "Один" in online(tmp_path)  # held back: its last words, from their snapshot
    assert run(tmp_path, "verify").returncode == 0


def test_a_record_of_a_rollback_that_is_damaged_is_one_line(tmp_path: Path):
    newsroom(tmp_path, "Один", "Два")
    run(tmp_path, "rollback")
    (tmp_path / "site/rollback.json").write_text("{", encoding="utf-8")
    done = run(tmp_path, "publish", "--all")
    assert done.returncode == 2
    assert "the record of a rollback is damaged" in done.stderr


def test_a_page_taken_over_partly_leaves_the_old_build_as_it_was(tmp_path: Path):
    project = newsroom(tmp_path, "Один")
    old = tmp_path / "site/releases/000001"
    before = (old / PAGE).read_bytes()
    (old / PAGE).with_name("provenance.json").unlink()
    translate(project, tag="en", headline="Another")
    later = NOW + dt.timedelta(days=900)
    publish(project, Order(tags=("en",), now=later))
    assert (old / PAGE).read_bytes() == before
    assert (tmp_path / "site/current" / PAGE).with_name("provenance.json").is_file()
