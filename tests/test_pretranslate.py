"""pretranslate: memory first, an engine after, a person's words never."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.newsrooms import RELEASE, make_newsroom, translate, tree, write_release
from workflow.engines._deep import reach_of
from workflow.errors import UsageError
from workflow.pipeline.pretranslate import pretranslate
from workflow.pipeline.sync import sync
from workflow.plugins import EngineOptions, Reach, discover
from workflow.stores.catalogs import read_catalog, write_catalog

ANOTHER = RELEASE.replace("met in Bishkek", "met in Almaty")


class Service(BaseHTTPRequestHandler):
    """Speaks Google's page and LibreTranslate's JSON; what it was asked is kept."""

    asked: list[str] = []
    mode = "well"

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        text = query["q"][0]
        self.answer(text, f'<div class="result-container">{self.target(text)}</div>', "text/html")

    def do_POST(self):
        query = parse_qs(urlsplit(self.path).query)
        text = query["q"][0]
        body = json.dumps({"translatedText": self.target(text)})
        self.answer(text, body, "application/json")

    def target(self, text: str) -> str:
        return {"echo": text, "quota": "MYMEMORY WARNING: too much"}.get(
            self.mode, f"машина: {len(text)}"
        )

    def answer(self, text: str, body: str, kind: str) -> None:
        self.asked.append(text)
        self.send_response({"busy": 429, "broken": 500}.get(self.mode, 200))
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode("utf-8"))

    def log_message(self, *_words):
        pass


@contextmanager
def service(mode: str = "well") -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Handler", (Service,), {"mode": mode, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def engine_settings(name: str, url: str) -> str:
    return f'[engine]\norder = ["{name}"]\n[engines.{name}]\nendpoint = "{url}"\n'


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
    report = pretranslate(project, "ru")
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
    pretranslate(project, "ru")
    before = tree(tmp_path)
    report = pretranslate(project, "ru")
    assert tree(tmp_path) == before
    assert report.written == ()
    assert report.remark.startswith("no engine configured")


def test_a_draft_never_becomes_memory(tmp_path: Path):
    project = two_releases(tmp_path)
    pretranslate(project, "ru")
    write_release(
        project, "third", ANOTHER.replace("The council met\n", "The council met in Almaty\n")
    )
    sync(project)
    pretranslate(project, "ru")
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
    pretranslate(project, "ru")
    assert units(tmp_path)["The council met"].target == "Начато"


@pytest.mark.parametrize("name", ["google", "libre"])
def test_an_engine_fills_what_memory_cannot(tmp_path: Path, name: str):
    pytest.importorskip("deep_translator")
    with service() as (url, asked):
        project = make_newsroom(tmp_path, settings=engine_settings(name, url))
        write_release(project, "another", ANOTHER.replace("first item", "a **bold** item"))
        sync(project)
        report = pretranslate(project, "ru")
    assert (report.memory, report.engine, report.left) == (0, 4, 1)
    found = units(tmp_path)
    headline = found["The council met"]
    assert headline.target == "машина: 15"
    assert headline.fuzzy
    assert headline.comments == (f"pretranslated: engine {name}; nobody has read it",)
    assert found["a <b>bold</b> item"].target == ""
    assert sorted(asked) == sorted(s for s in found if "<b>" not in s)


@pytest.mark.parametrize("mode", ["busy", "broken"])
def test_an_engine_that_fails_is_one_line_without_the_text(
    tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("deep_translator")
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    with service(mode) as (url, _):
        project = make_newsroom(tmp_path, settings=engine_settings("libre", url))
        write_release(project, "another", ANOTHER)
        sync(project)
        report = pretranslate(project, "ru")
    assert report.engine == 0
    assert report.remark.startswith("libre: ")
    assert "council" not in report.remark


@pytest.mark.parametrize("mode", ["echo", "quota"])
def test_an_answer_that_is_no_translation_is_not_taken(tmp_path: Path, mode: str):
    pytest.importorskip("deep_translator")
    with service(mode) as (url, _):
        project = make_newsroom(tmp_path, settings=engine_settings("libre", url))
        write_release(project, "another", ANOTHER)
        sync(project)
        assert pretranslate(project, "ru").engine == 0


@pytest.mark.parametrize("line", ["embargo: 2020-01-01T00:00:00+06:00", "confidential: true"])
def test_a_secret_release_never_reaches_an_engine_off_the_machine(
    tmp_path: Path, line: str, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("deep_translator")
    monkeypatch.setattr("workflow.engines.libre.reach_of", lambda _url: Reach.PRIVATE)
    with service() as (url, asked):
        project = make_newsroom(tmp_path, settings=engine_settings("libre", url))
        write_release(project, "another", ANOTHER.replace("section: news", line))
        sync(project)
        assert pretranslate(project, "ru").engine == 0
    assert asked == []


def test_text_leaves_the_house_only_when_the_house_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("deep_translator")
    monkeypatch.setattr("workflow.engines.libre.reach_of", lambda _url: Reach.THIRD_PARTY)
    with service() as (url, asked):
        project = make_newsroom(tmp_path, settings=engine_settings("libre", url))
        write_release(project, "another", ANOTHER)
        sync(project)
        report = pretranslate(project, "ru")
        assert asked == []
        assert "third_parties = [" in report.remark
        allowed = replace(project, settings=replace(project.settings, third_parties=("libre",)))
        assert pretranslate(allowed, "ru").engine == 5


def test_how_far_an_address_is_is_looked_up():
    assert reach_of("http://127.0.0.1:5000/") is Reach.LOCAL
    assert reach_of("http://10.0.0.1/") is Reach.PRIVATE
    assert reach_of("http://no.such.host.invalid/") is Reach.THIRD_PARTY


def test_an_engine_nobody_knows_is_a_wrong_setting(tmp_path: Path):
    project = make_newsroom(tmp_path, settings='[engine]\norder = ["babelfish"]\n')
    write_release(project)
    sync(project)
    with pytest.raises(UsageError, match=r"unknown engine “babelfish” \(known: google, libre\)"):
        pretranslate(project, "ru")


def test_an_engine_that_is_not_ready_says_what_is_missing():
    libre = discover("workflow.engines", "ENGINE")["libre"]
    assert libre.ready(EngineOptions(), source="en", target="ru").startswith("no server named")


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
    pretranslate(project, "ru")
    (paragraph,) = [u for s, u in units(tmp_path, "fourth").items() if s.startswith("It heard")]
    assert paragraph.target == (
        "Он заслушал 12 100 докладов. Совет собрался в Бишкеке 25 июля 2024 года."
    )
    assert paragraph.fuzzy
    assert paragraph.comments == (
        "pretranslated: memory, 98 sentence by sentence, from council-met: each sentence is known",
    )
