"""The shared memory, on a real PostgreSQL that the tests start for themselves."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.newsrooms import RELEASE, make_newsroom, translate, write_release
from tests.test_memory import MET, NOW, drafted, put
from workflow.cli import workflow
from workflow.errors import SettingsError, StoreError
from workflow.pipeline.memory import (
    open_memory,
    open_server,
    reach_server,
    seen_by,
    share_memory,
)
from workflow.pipeline.sync import sync
from workflow.plugins import Memory
from workflow.settings import parse_settings
from workflow.stores.memory.connecting import connected
from workflow.stores.memory.rare import searches
from workflow.stores.project import Project, open_project

SECRET = RELEASE.replace("section: news", "embargo: 2130-01-01T00:00:00Z")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """The folder of a server's socket: short, for the path of a socket may not be long."""
    pytest.importorskip("pg8000")
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        pytest.skip("no PostgreSQL under /usr/lib/postgresql")
    as_nobody = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    if as_nobody and shutil.which("runuser") is None:
        pytest.skip("initdb refuses root, and there is no runuser")
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        home = Path(name)
        if as_nobody:
            shutil.chown(home, "nobody")
        data, bin_ = str(home / "data"), programs[-1]
        start = [str(bin_ / "pg_ctl"), "-D", data, "-w", "-l", str(home / "log")]
        options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
        quiet = {"check": True, "capture_output": True, "timeout": 120, "cwd": home}
        init = [str(bin_ / "initdb"), "-D", data, "-U", "tm", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*as_nobody, *init, "--locale=C.UTF-8"], **quiet)
        subprocess.run([*as_nobody, *start, "-o", options, "start"], **quiet)
        try:
            yield home
        finally:
            subprocess.run([*as_nobody, *start, "-m", "immediate", "stop"], **quiet)


@pytest.fixture
def url(folder: Path) -> str:
    address = f"postgres://tm@/postgres?host={folder}"
    connection = connected(address)
    connection.run("DROP TABLE IF EXISTS workflow_units, workflow_origins, workflow_words")
    connection.close()
    return address


def newsroom(root: Path, url: str, **releases: str) -> Project:
    project = make_newsroom(root, settings=f'[memory]\nurl = "{url}"\n')
    for slug, text in releases.items():
        write_release(project, slug, text)
    sync(project)
    for slug in releases:
        translate(project, slug)
    return project


def memory(project: Project, slug: str = "") -> Memory:
    index = open_memory(project, "en", "ru")[0]
    return seen_by(index, reach_server(project, "en", "ru"), slug, NOW)


def test_what_one_shares_another_finds(tmp_path: Path, url: str):
    here, there = newsroom(tmp_path / "a", url, met=RELEASE), newsroom(tmp_path / "b", url)
    assert share_memory(here, "en", "ru")[0].sent == 1
    seen = memory(there)
    near = MET.replace("Bishkek", "Almaty")
    local = open_memory(here, "en", "ru")[0].seen_by("", NOW)
    assert seen.exact([MET, "unknown"]) == local.exact([MET])
    assert seen.like(near, floor=75, most=5) == local.like(near, floor=75, most=5)
    assert seen.like("Nothing of the kind", floor=75, most=5) == ()
    write_release(there, "another", RELEASE)
    sync(there)
    assert drafted(there) == 5


def test_sharing_again_sends_only_what_changed_and_takes_off_what_is_gone(tmp_path: Path, url: str):
    here = newsroom(tmp_path, url, one=RELEASE, two=RELEASE)
    assert share_memory(here, "en", "ru")[0].sent == 2
    assert share_memory(here, "en", "ru")[0].sent == 0
    put(here, "one", (MET, "Иначе"))
    (tmp_path / "locales/ru/releases/two.po").unlink()
    done = share_memory(here, "en", "ru")[0]
    assert (done.sent, done.withdrawn) == (1, 1)
    server = open_server(here, "en", "ru")
    assert server is not None
    assert [pair.target for pair in server.exact([MET])[MET]] == ["Иначе"]


def test_nothing_secret_is_sent_and_what_becomes_secret_is_taken_off(tmp_path: Path, url: str):
    here = newsroom(tmp_path, url, met=SECRET)
    assert share_memory(here, "en", "ru")[0].sent == 0
    write_release(here, "met", RELEASE)
    assert share_memory(here, "en", "ru")[0].sent == 1
    write_release(here, "met", RELEASE.replace("section: news", "confidential: true"))
    assert share_memory(here, "en", "ru")[0].withdrawn == 1


def test_for_a_secret_release_the_server_is_never_asked(tmp_path: Path, url: str):
    share_memory(newsroom(tmp_path / "a", url, met=RELEASE), "en", "ru")
    there = newsroom(tmp_path / "b", url, secret=SECRET.replace("Bishkek", "Osh"), open=RELEASE)
    (tmp_path / "b/locales/ru/releases/open.po").unlink()
    assert memory(there, "secret").exact([MET]) == {}
    assert memory(there, "open").exact([MET])


def test_what_is_here_counts_for_releases_that_are_here(tmp_path: Path, url: str):
    here = newsroom(tmp_path, url, met=RELEASE)
    share_memory(here, "en", "ru")
    put(here, "met", (MET, "Новее"))
    assert [pair.target for pair in memory(here).exact([MET])[MET]] == ["Новее"]
    assert [pair.target for _, pair in memory(here).like(MET, floor=90, most=5)] == ["Новее"]


def test_any_characters_go_there_and_back(tmp_path: Path, url: str):
    here = newsroom(tmp_path, url)
    odd = "It's :x \\ “R&D” %s <b>$1</b> & 'words' | ! :* ә ң"
    put(here, "odd", (odd, "’;DROP TABLE workflow_units;-- ү"))
    share_memory(here, "en", "ru")
    server = open_server(here, "en", "ru")
    assert server is not None
    assert server.exact([odd])[odd][0].target == "’;DROP TABLE workflow_units;-- ү"
    assert server.like(odd, floor=90, most=1)[0][0] == 100


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ([], []),
        ([("a", 9)], ["'a'"]),
        ([("a", 80), ("b", 80), ("c", 900)], ["'a' | 'b' | 'c'"]),
        ([("a", 900), ("b", 901)], ["'a' | 'b'"]),
        ([("a", 900), ("b", 901), ("c", 902)], ["'a' & 'b' | 'a' & 'c' | 'b' & 'c'", "'a' | 'b'"]),
        ([("it's", 2), ("\\", 3)], ["'it''s' | '\\\\'"]),
    ],
)
def test_rare_words_are_looked_for_alone_and_others_together(
    known: list[tuple[str, int]], wanted: list[str]
):
    assert list(searches(known)) == wanted


def test_the_rarest_word_may_be_the_one_that_differs(tmp_path: Path, url: str, monkeypatch):
    """As in a large memory: no word is so rare that it is looked for alone."""
    monkeypatch.setattr("workflow.stores.memory.rare._FEW", 0)
    here = newsroom(tmp_path, url)
    texts = [f"The council of ministers met in the capital on day {n}" for n in range(9)]
    put(here, "many", *((text, f"Перевод {n}") for n, text in enumerate(texts)))
    put(here, "odd", ("A zebra and a quagga were seen", "Зебра"))
    share_memory(here, "en", "ru")
    server = open_server(here, "en", "ru")
    assert server is not None
    hits = server.like("The council of zebra met in the capital on quagga 7", floor=70, most=1)
    assert [pair.source for _, pair in hits] == [texts[7]]


def test_the_command_says_what_it_sent(tmp_path: Path, url: str):
    newsroom(tmp_path, url, met=RELEASE)
    words = ["--project", str(tmp_path), "memory", "share"]
    result = CliRunner().invoke(workflow, words, standalone_mode=False)
    assert result.stderr == "ru: 1 releases sent, 0 taken off\n"


def test_a_server_that_is_not_there_is_one_line(tmp_path: Path):
    pytest.importorskip("pg8000")
    project = newsroom(tmp_path, f"postgres://tm@/x?host={tmp_path}")
    with pytest.raises(StoreError, match="the shared memory cannot be used"):
        open_server(project, "en", "ru")


def test_drafting_and_searching_go_on_without_a_server_and_say_so_in_one_line(tmp_path: Path):
    pytest.importorskip("pg8000")
    there = f"postgres://tm@/x?host={tmp_path}"
    newsroom(tmp_path, there, met=RELEASE)
    write_release(open_project(tmp_path), "again", RELEASE)
    sync(open_project(tmp_path))
    drafting = invoke(tmp_path, "pretranslate")
    assert drafting.return_value == 0
    assert drafting.stderr.count("shared memory cannot be used") == 1
    assert "going on with the memory of this machine" in drafting.stderr
    assert "ru: 5 from memory" in drafting.stderr
    searching = invoke(tmp_path, "memory", "search", "--lang", "ru", MET)
    assert searching.return_value == 0
    assert searching.stderr.count("\n") == 1
    assert "going on with the memory of this machine" in searching.stderr


def test_a_server_that_goes_away_in_the_middle_ends_nothing(tmp_path: Path, url: str):
    share_memory(newsroom(tmp_path / "a", url, met=RELEASE), "en", "ru")
    here = newsroom(tmp_path / "b", url, own=RELEASE.replace("Bishkek", "Osh"))
    shared = reach_server(here, "en", "ru")
    index = open_memory(here, "en", "ru")[0]
    seen = seen_by(index, shared, "", NOW)
    assert seen.exact([MET])
    assert shared.server is not None
    shared.server.close()
    assert seen.exact([MET]) == {}
    assert [pair.origin for _, pair in seen.like(MET, floor=75, most=1)] == ["own"]
    assert shared.lost.endswith("going on with the memory of this machine")


def invoke(root: Path, *words: str) -> Result:
    return CliRunner().invoke(workflow, ["--project", str(root), *words], standalone_mode=False)


@pytest.mark.parametrize(
    "address",
    ["postgres://me:word@host/tm", "postgres://host/tm?password=word", "http://host/", "host"],
)
def test_an_address_with_a_password_is_refused(address: str):
    with pytest.raises(SettingsError, match=r"memory\.url"):
        parse_settings(f'[memory]\nurl = "{address}"\n')


def test_the_password_comes_from_pgpass_unless_others_can_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from workflow.stores.memory.connecting import password_for

    file = tmp_path / "pgpass"
    file.write_text("other:5432:tm:me:no\nhost:*:tm:me:se\\:cret\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    monkeypatch.delenv("PGPASSWORD", raising=False)
    assert password_for("host", port=5432, database="tm", user="me") == "se:cret"
    assert password_for("host", port=5432, database="tm", user="you") is None
    file.chmod(0o644)
    assert password_for("host", port=5432, database="tm", user="me") is None
    monkeypatch.setenv("PGPASSWORD", "given")
    assert password_for("host", port=5432, database="tm", user="me") == "given"
