"""why, and the provenance beside each page: what a page was made from, and what became of that."""

import datetime as dt
import json
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tests.newsrooms import NOW, RELEASE, make_newsroom, translate, tree, write_release
from tests.test_cli import run
from workflow.pipeline.orders import Order
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.stages.waive import text_hash
from workflow.stores.project import Project

URL = "https://e.org/press"
HOME = "ru/news/2024/council-met"
PAGE, PROOF = f"{HOME}/index.html", f"{HOME}/provenance.json"
CATALOGUE = "locales/ru/releases/council-met.po"
GLOSSARY = """\
[[concept]]
id = "council"
definition = "The council."
[concept.terms]
en = ["council"]
ru = ["совет"]
"""


def newsroom(root: Path, settings: str = f'site_url = "{URL}"\n') -> Project:
    project = make_newsroom(root, settings=settings)
    (root / "locales/glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    write_release(project)
    sync(project)
    translate(project)
    return project


def go_out(project: Project, now: dt.datetime = NOW) -> None:
    publish(project, Order(tags=project.settings.languages, now=now))


def proof(root: Path, path: str = PROOF) -> dict:
    return json.loads((root / "site/current" / path).read_bytes())


def git(root: Path, *words: str) -> bytes:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@b", *words]
    return subprocess.run(command, cwd=root, check=True, capture_output=True).stdout


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# provenance.json


def test_each_page_of_a_release_has_its_provenance_beside_it(tmp_path: Path):
    go_out(newsroom(tmp_path))
    git(tmp_path, "init", "-q")
    data = proof(tmp_path)
    page = (tmp_path / "site/current" / PAGE).read_bytes()
    assert data["sha256"] == sha256(page).hexdigest()
    assert (data["version"], data["page"], data["build"]) == (1, "index.html", 1)
    assert data["made"] == "2026-03-01T12:00:00Z"
    assert (data["release"], data["language"], data["original"]) == ("council-met", "ru", "en")
    assert data["source"]["path"] == "sources/council-met.md"
    assert data["catalogue"]["path"] == CATALOGUE
    for name in ("source", "catalogue", "glossary"):
        file = tmp_path / data[name]["path"]
        assert data[name]["sha256"] == sha256(file.read_bytes()).hexdigest()
        assert git(tmp_path, "hash-object", str(file)).decode().strip() == data[name]["git"]
    assert data["units"]["reviewed"]["headline"] == text_hash("Совет собрался")
    assert "numbers" in data["checks"]
    assert "Совет" not in json.dumps(data, ensure_ascii=False)
    assert str(tmp_path) not in json.dumps(data)


def test_the_same_release_at_the_same_time_gives_the_same_provenance(tmp_path: Path):
    for name in ("a", "b"):
        go_out(newsroom(tmp_path / name))
    one, two = ((tmp_path / n / "site/current" / PROOF).read_bytes() for n in ("a", "b"))
    assert one == two


def test_nothing_changed_writes_nothing_and_a_page_taken_over_keeps_its_own(tmp_path: Path):
    project = newsroom(tmp_path)
    go_out(project)
    before = tree(tmp_path)
    go_out(project, NOW + dt.timedelta(days=9))
    assert tree(tmp_path) == before
    write_release(project, "other", RELEASE.replace("council", "board"))
    sync(project)
    translate(project, "other")
    go_out(project, NOW + dt.timedelta(days=9))
    assert proof(tmp_path)["build"] == 1
    assert proof(tmp_path, "ru/news/2024/other/provenance.json")["build"] == 2
    one, two = (tmp_path / f"site/releases/00000{n}" / PROOF for n in (1, 2))
    assert one.stat().st_ino == two.stat().st_ino


def test_a_unit_that_is_not_accepted_shows_as_its_state_alone(tmp_path: Path):
    shares = "[publish.languages]\nru = { partial = 0.5 }\n"
    project = newsroom(tmp_path, f'site_url = "{URL}"\n{shares}')
    change(tmp_path / CATALOGUE, 'msgstr "второй пункт"', 'msgstr ""')
    go_out(project)
    units = proof(tmp_path)["units"]
    assert list(units) == ["reviewed", "initial"]
    assert list(units["initial"].values()) == [""]


def test_a_waiver_shows_without_who_and_why(tmp_path: Path):
    project = newsroom(tmp_path)
    change(tmp_path / CATALOGUE, "12 100 докладов", "12 500 докладов")
    line = next(
        n for n, text in enumerate((tmp_path / CATALOGUE).read_text("utf-8").splitlines(), 1)
        if "12 500" in text
    )  # fmt: skip
    reason = "the minister said so in private"
    words = ["waive", f"{CATALOGUE}:{line}", "numbers", "--reason", reason]
    assert run(tmp_path, *words).returncode == 0
    go_out(project)
    data = proof(tmp_path)
    ((check, key, about),) = data["waivers"]
    assert (check, about) == ("numbers", "")
    assert key in data["units"]["reviewed"]
    assert "minister" not in json.dumps(data)
    done = run(tmp_path, "why", f"/{HOME}/")
    (waived,) = (text for text in done.stdout.splitlines() if text.startswith("waived"))
    assert waived.startswith(f"waived: numbers of unit {key}, locales/ru/decisions/")
    assert waived.endswith(reason)


def test_a_draft_has_no_provenance(tmp_path: Path):
    newsroom(tmp_path)
    run(tmp_path, "publish", "--all", "--draft")
    assert not list((tmp_path / "site/draft").rglob("provenance.json"))


# workflow why


@pytest.mark.parametrize(
    "place",
    [
        f"{URL}/{HOME}/", f"{URL}/{HOME}", f"{URL}/{PAGE}?utm=1#x", f"/{HOME}/", f"{HOME}", PAGE,
        f"/{PROOF}", f"site/current/{PAGE}", f"site/releases/000001/{HOME}", "/ru/news/2024/council%2Dmet/",
    ],
)  # fmt: skip
def test_a_page_is_found_by_address_path_or_file(tmp_path: Path, place: str):
    go_out(newsroom(tmp_path))
    done = run(tmp_path, "why", place)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == f"{PAGE}: council-met in ru (build 1, which readers see)"
    assert lines[1] == "made: 2026-03-01T12:00:00Z, for build 1 by workflow 0.1.0"
    assert lines[2].startswith("source: sources/council-met.md, the same (sha256 ")
    assert lines[3].startswith(f"catalogue: {CATALOGUE}, the same (sha256 ")
    assert lines[4].startswith("glossary: locales/glossary.toml, the same (sha256 ")
    assert lines[6] == "units: 5"
    places = [line.strip().split(": ")[0] for line in lines[7:]]
    text = (tmp_path / CATALOGUE).read_text(encoding="utf-8").splitlines()
    said = [text[int(place.rpartition(":")[2]) - 1] for place in places]
    assert said[0] == 'msgstr "Совет собрался"'
    assert all(line.startswith("msgstr") for line in said)


def test_git_names_the_revision_of_each_file_as_it_was(tmp_path: Path):
    project = newsroom(tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "sources", "locales")
    git(tmp_path, "commit", "-qm", "first")
    first = git(tmp_path, "log", "-1", "--format=%h").decode().strip()
    go_out(project)
    (tmp_path / "locales/glossary.toml").write_text(f"# new\n{GLOSSARY}", encoding="utf-8")
    git(tmp_path, "commit", "-qam", "second")
    lines = run(tmp_path, "why", PAGE).stdout.splitlines()
    assert (
        f", the same (sha256 {proof(tmp_path)['source']['sha256'][:12]}, git {first}, " in lines[2]
    )
    assert "glossary.toml, changed since (" in lines[4]
    assert f"git {first}, 20" in lines[4]


def test_what_became_of_each_unit_since_is_told(tmp_path: Path):
    project = newsroom(tmp_path)
    go_out(project)
    change(tmp_path / CATALOGUE, 'msgstr "первый пункт"', 'msgstr "пункт первый"')
    change(tmp_path / CATALOGUE, 'msgstr "второй пункт"', 'msgstr ""')
    run(tmp_path, "publish", "--all")
    lines = run(tmp_path, "why", PAGE).stdout.splitlines()
    assert lines[1] == "held: its newer words are held; these are the last that went out"
    assert "not translated [untranslated]" in lines[2]
    assert sum(line.endswith(": reviewed, changed since") for line in lines) == 2
    change(tmp_path / "sources/council-met.md", "- second item\n", "")
    sync(project)
    assert sum(line.endswith(": reviewed, gone") for line in run(tmp_path, "why", PAGE).stdout.splitlines()) == 1  # fmt: skip


def test_a_redirect_says_where_the_release_is_and_what_stands_behind_it(tmp_path: Path):
    project = newsroom(tmp_path)
    go_out(project)
    (tmp_path / "sources/council-met.md").unlink()
    write_release(
        project, "council", RELEASE.replace("section:", "formerly: council-met\nsection:")
    )
    sync(project)
    translate(project, "council")
    go_out(project)
    lines = run(tmp_path, "why", f"/{HOME}/").stdout.splitlines()
    assert lines[0].startswith(
        f"{PAGE}: a redirect: council has moved to ru/news/2024/council/index.html"
    )
    assert "source: sources/council.md" in lines[2]


@pytest.mark.parametrize(
    ("front", "verdict"),
    [("embargo: 2999-01-01T10:00:00Z", "embargoed")],
)
def test_what_was_taken_down_says_why(tmp_path: Path, front: str, verdict: str):
    project = newsroom(tmp_path)
    go_out(project)
    write_release(project, text=RELEASE.replace("section:", f"{front}\nsection:"))
    go_out(project)
    done = run(tmp_path, "why", f"{URL}/{HOME}/")
    assert (
        done.stdout
        == f"{PAGE}: council-met is not online in ru: {verdict} (build 2, which readers see)\n"
    )
    done = run(tmp_path, "why", f"site/releases/000001/{PAGE}")
    assert "council-met in ru (build 1, which readers do not see)" in done.stdout


def test_a_withdrawn_release_says_so_and_names_no_unit_but_its_note(tmp_path: Path):
    project = newsroom(tmp_path)
    go_out(project)
    write_release(project, text=RELEASE.replace("section:", "withdrawn: 2026-02-01\nsection:"))
    sync(project)
    go_out(project)
    lines = run(tmp_path, "why", f"/{HOME}/").stdout.splitlines()
    assert (
        lines[0] == f"{PAGE}: council-met in ru, withdrawn: its notice (build 2, which readers see)"
    )
    assert lines[-1] == "units: 0"
    assert proof(tmp_path)["units"] == {}
    assert run(tmp_path, "verify").returncode == 0


def test_lists_and_feeds_are_told_from_pages_that_are_not_there(tmp_path: Path):
    go_out(newsroom(tmp_path))
    for place in ("/", "/ru/", "ru/feed.xml", f"{URL}"):
        done = run(tmp_path, "why", place)
        assert "made of what is online (build 1" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("/ru/news/2024/none/", "is no page of build 1"),
        ("https://other.org/ru/", "is no address of this site (it is at https://e.org/press)"),
        ("https://e.org/presse/ru/", "is no address of this site"),
        ("/ru/../../secret", "is no address of this site"),
        ("/ru/%2e%2e/x", "is no address of this site"),
        ("/ru/\0", "is no address of this site"),
        ("site/draft/current/index.html", "a page of a draft"),
        ("site/manifests/000001.json", "is no page of the site"),
    ],
)
def test_what_is_no_page_is_one_line(tmp_path: Path, place: str, what: str):
    go_out(newsroom(tmp_path))
    run(tmp_path, "publish", "--all", "--draft")
    done = run(tmp_path, "why", place)
    assert done.returncode == 2
    assert what in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_program_can_read_it(tmp_path: Path):
    go_out(newsroom(tmp_path))
    data = json.loads(run(tmp_path, "why", PAGE, "--output-format", "json").stdout)
    assert (data["version"], data["kind"], data["verdict"]) == (1, "release", "published")
    assert data["units"][0] == {
        "key": "headline", "state": "reviewed", "path": CATALOGUE,
        "line": data["units"][0]["line"], "now": "the same",
    }  # fmt: skip
    assert data["provenance"]["source"]["path"] == "sources/council-met.md"


def test_a_page_of_an_earlier_version_says_that_nobody_knows(tmp_path: Path):
    go_out(newsroom(tmp_path))
    (tmp_path / "site/current" / PROOF).unlink()
    done = run(tmp_path, "why", PAGE)
    assert done.returncode == 0
    assert "nothing is known of its making" in done.stdout


def test_provenance_that_somebody_broke_is_one_line(tmp_path: Path):
    go_out(newsroom(tmp_path))
    path = tmp_path / "site/current" / PROOF
    path.unlink()
    path.write_text('{"units": 1}', encoding="utf-8")
    done = run(tmp_path, "why", PAGE)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {PROOF}: this is no provenance")
