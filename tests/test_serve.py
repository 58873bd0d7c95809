"""``workflow serve``: what a page shows, to whom it is shown, and that it follows the files."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

import polib
import pytest
from babel.messages.extract import extract_from_dir
from lxml import html

from tests.newsrooms import RELEASE, make_newsroom, translate, tree, write_release
from workflow.model import Code, CodeKind, Role, State, Style, Text
from workflow.pipeline.check import check_catalogs
from workflow.pipeline.newsroom import list_sources, load
from workflow.pipeline.plans import site_of
from workflow.pipeline.preview import preview
from workflow.pipeline.preview_list import PER_PAGE, Wanted
from workflow.pipeline.sync import sync
from workflow.preview.server import PreviewServer
from workflow.stages.assemble import assemble
from workflow.stages.render import render_release
from workflow.stages.segment import segment
from workflow.stages.typeset import typeset
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project, open_project
from workflow.stores.templates import read_theme

HOME = Path(__file__).parents[1] / "workflow" / "preview"
PAGE = "/ru/news/2024/council-met/index.html"
CANARY = "Zhar-kanareika"
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    text: str


class Reader:
    """A browser that has opened the address."""

    def __init__(self, server: PreviewServer) -> None:
        self.server = server
        self.cookie = f"{server.cookie}={server.key}"

    def ask(self, address: str, method: str = "GET", **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=60)
        try:
            connection.request(method, address, headers={"Cookie": self.cookie, **headers})
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.headers), answer.read().decode())
        finally:
            connection.close()

    def changed(self, page: str, seen: str) -> bool:
        answer = self.ask(f"/_changes?{urlencode({'page': page, 'seen': seen})}")
        return bool(json.loads(answer.text)["changed"])


@contextmanager
def reading(project: Project, *, editor: str = "none") -> Iterator[Reader]:
    with PreviewServer(project.root, 0, home="ru", editor=editor) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Reader(server)
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A release whose second sentence is a draft and whose last item is missing."""
    project = make_newsroom(tmp_path, languages='["en", "ru", "kk", "ky"]')
    write_release(project)
    sync(project)
    translate(project)
    catalog = read_catalog(project.root, "ru", "council-met")
    assert catalog is not None
    units = list(catalog.units)
    units[2] = replace(units[2], fuzzy=True, target="Он заслушал 13 000 докладов.")
    units[4] = replace(units[4], target="")
    write_catalog(project.root, replace(catalog, units=tuple(units)), source_language="en")
    return project


def units_of(text: str) -> dict[str, html.HtmlElement]:
    tree = html.document_fromstring(text)
    return {element.get("data-unit"): element for element in tree.xpath("//*[@data-unit]")}


def seen_in(text: str) -> str:
    found = re.search(r'data-seen="(\w+)"', text)
    assert found
    return found[1]


def po(project: Project, tag: str = "ru", slug: str = "council-met") -> Path:
    return project.root / f"locales/{tag}/releases/{slug}.po"


# What a page shows


def test_every_unit_is_marked_with_its_state_and_what_is_missing_has_its_language(
    project: Project,
):
    with reading(project) as reader:
        text = reader.ask(PAGE).text
    shown = [
        (e.text_content(), e.get("data-state"), e.get("lang")) for e in units_of(text).values()
    ]
    assert shown == [
        ("Совет собрался", "reviewed", None),
        ("Совет собрался в Бишкеке 25\xa0июля 2024\xa0года.", "reviewed", None),
        ("Он заслушал 13\xa0000 докладов.", "translated", None),
        ("первый пункт", "reviewed", None),
        ("second item", "initial", "en"),
    ]
    assert "<style" not in text
    assert not re.search(r"<script(?! src=)", text)


def test_a_unit_tells_its_place_in_the_catalogue_and_its_issues(project: Project):
    with reading(project) as reader:
        text = reader.ask(PAGE).text
    lines = po(project).read_text(encoding="utf-8").splitlines()
    cards = html.document_fromstring(text).xpath("//article[@data-key]")
    assert [card.get("data-key") for card in cards] == list(units_of(text))
    for card in cards:
        path, _, line = card.xpath(".//p[@class='place']/code/text()")[0].rpartition(":")
        assert path == "locales/ru/releases/council-met.po"
        assert lines[int(line) - 1].startswith("msgstr")
    assert "[numbers]" in cards[2].text_content()
    assert "13 000" in lines[int(cards[2].xpath(".//code/text()")[0].rpartition(":")[2]) - 1]


def test_the_source_language_tells_what_is_wrong_with_the_text_as_it_is_written(project: Project):
    text = RELEASE + "\nThe council met in Bishkek on 25 July 2024.\n"
    write_release(project, text=text)
    sync(project)
    found = check_catalogs(project, ("en",)).issues
    assert found
    with reading(project) as reader:
        page = html.document_fromstring(reader.ask(PAGE.replace("/ru/", "/en/")).text)
    shown = " ".join(page.xpath("//ul[@class='issues']//text()"))
    for issue in found:
        assert issue.message in shown
        assert f"{issue.path}:{issue.line}" in shown


def test_an_editor_is_led_to_the_line(project: Project):
    with reading(project, editor="vscode") as reader:
        text = reader.ask(PAGE).text
    links = html.document_fromstring(text).xpath("//p[@class='place']/a/@href")
    assert len(links) == 5
    assert links[0].startswith(f"vscode://file{project.root.resolve().as_posix()}/locales/ru/")
    assert re.search(r"\.po:\d+$", links[0])


def test_a_unit_that_the_catalogue_has_not_got_says_what_brings_it(project: Project):
    write_release(project, text=RELEASE + "\nA new sentence.\n")
    with reading(project) as reader:
        cards = html.document_fromstring(reader.ask(PAGE).text).xpath("//article[@data-key]")
    assert "workflow sync" in cards[5].text_content()


def test_a_release_without_any_catalogue_is_shown_in_its_own_language(project: Project):
    po(project, "kk").unlink()
    with reading(project) as reader:
        answer = reader.ask(PAGE.replace("ru", "kk"))
        listed = reader.ask("/kk/index.html").text
    assert answer.status == 200
    assert {e.get("data-state") for e in units_of(answer.text).values()} == {"initial"}
    assert "каталог әлі жоқ: workflow sync" in listed


def test_the_page_is_the_theme_of_the_newsroom(project: Project):
    folder = project.root / "templates"
    folder.mkdir()
    (folder / "release.html").write_text(
        '<head></head><body><i class="own">{{ release.title }}</i>{{ body }}</body>',
        encoding="utf-8",
    )
    with reading(project) as reader:
        text = reader.ask(PAGE).text
    assert '<i class="own">Совет собрался</i>' in text
    assert len(units_of(text)) == 4
    assert text.index("<workflow-preview") < text.index("</body>")


def test_markup_in_a_target_does_not_run(project: Project):
    catalog = read_catalog(project.root, "ru", "council-met")
    assert catalog is not None
    payload = "</template></workflow-preview><script>alert(1)</script>\"'"
    units = tuple(
        replace(u, target=payload, fuzzy=True, comments=(payload,)) for u in catalog.units
    )
    write_catalog(project.root, replace(catalog, units=units), source_language="en")
    with reading(project) as reader:
        text = reader.ask(PAGE).text
    assert "<script>" not in text
    assert text.count("</workflow-preview>") == 1


def test_a_withdrawn_release_is_its_notice(project: Project):
    text = RELEASE.replace(
        "section: news", "section: news\nwithdrawn: {date: 2024-08-01, note: Wrong.}"
    )
    write_release(project, text=text)
    sync(project)
    with reading(project) as reader:
        answer = reader.ask(PAGE)
    (card,) = html.document_fromstring(answer.text).xpath("//article[@data-key]")
    assert (answer.status, card.get("data-key")) == (200, "withdrawal")
    for word in ("12,100", "13 000", "13\xa0000", "Бишкек", "second item"):
        assert word not in answer.text


def test_the_passages_of_units_are_their_targets_even_when_typeset(project: Project):
    release = load(project, project.root / "sources/council-met.md")
    catalog = read_catalog(project.root, "ru", "council-met")
    assert catalog is not None
    segments = segment(release)
    shown = assemble(release, segments, catalog, draft=True, units=True)
    for one in (shown, typeset(shown, Style(hyphenate=True), source_language="en")):
        texts = {-1: one.title, **{n: block.text.plain for n, block in enumerate(one.blocks)}}
        words = [texts[p.block][p.start : p.end].replace("\xa0", " ") for p in one.passages]
        targets = {unit.key: unit.target or unit.source for unit in catalog.units}
        assert words == [targets[p.unit] for p in one.passages]
        assert [p.unit for p in one.passages] == [
            s.key for s in sorted(segments, key=lambda s: s.block)
        ]
        assert [p.state for p in one.passages].count(State.INITIAL) == 1


def test_marks_change_no_word_of_the_sample_newsroom():
    project = open_project(Path(__file__).parents[1])
    theme = read_theme(project.root, project.settings)
    for path in list_sources(project).files.values():
        release = load(project, path)
        segments = segment(release)
        for tag in project.settings.languages:
            catalog = read_catalog(project.root, tag, release.slug)
            assert catalog is not None
            plain, marked = (
                render_release(
                    assemble(release, segments, catalog, draft=True, units=units),
                    theme,
                    site_of(project.settings, draft=True),
                    path="a/b/c/d/index.html",
                    alternates=(),
                    source_language=release.language,
                ).content
                for units in (False, True)
            )
            words = [html.document_fromstring(text).text_content() for text in (plain, marked)]
            assert words[0] == words[1], (path.stem, tag)
            shown = {s.key for s in segments if s.block >= -2}
            assert set(units_of(marked)) == shown
            assert "data-unit" not in plain


def test_codes_that_go_over_the_edge_of_a_unit_are_closed_in_it(project: Project):
    release = load(project, project.root / "sources/council-met.md")
    block = release.blocks[0]
    bold = Code(kind=CodeKind.BOLD, start=4, end=len(block.text.plain) - 2)
    text = Text(block.text.plain, (bold,))
    release = replace(release, blocks=(replace(block, text=text), *release.blocks[1:]))
    source = project.root / "sources/council-met.md"
    words = source.read_text(encoding="utf-8").replace("council met in", "**council met in")
    source.write_text(words.replace("12,100 reports.", "12,100 reports**."), encoding="utf-8")
    with reading(project) as reader:
        text_shown = reader.ask(PAGE.replace("/ru/", "/en/")).text
    spans = [e for e in units_of(text_shown).values() if e.getparent().tag == "p"]
    assert [len(span.findall("strong")) for span in spans] == [1, 1]


# Lists


def test_the_list_tells_how_far_every_release_is(project: Project):
    with reading(project) as reader:
        rows = html.document_fromstring(reader.ask("/ru/index.html").text).xpath("//tbody/tr")
    (row,) = rows
    assert [cell.text for cell in row.findall("td")] == ["60", "1", "1"]
    assert row.xpath(".//a/@href") == [PAGE]


def test_a_list_of_a_thousand_reads_the_files_of_one_page_only(tmp_path: Path):
    project = make_newsroom(tmp_path)
    for number in range(1000):
        write_release(project, f"release-{number}")
    with opened(tmp_path) as files:
        shown = preview(tmp_path, Wanted(tag="ru"), now=NOW)
    assert shown.is_whole
    assert len([name for name in files if "/sources/" in name]) == PER_PAGE
    assert len(files) <= 2 * PER_PAGE + 20
    rows = html.document_fromstring(shown.content).xpath("//tbody/tr")
    assert len(rows) == PER_PAGE
    with reading(project) as reader:
        last = html.document_fromstring(reader.ask("/ru/?page=25").text)
        assert len(last.xpath("//tbody/tr")) == PER_PAGE
        assert last.xpath("//a[@rel='prev']")
        assert not last.xpath("//a[@rel='next']")
        found = html.document_fromstring(reader.ask("/ru/?q=release-77").text)
        assert len(found.xpath("//tbody/tr")) == 11


_opened: list[list[str]] = []


def _listen(event: str, about: tuple[object, ...]) -> None:
    if event == "open" and _opened:
        _opened[0].append(str(about[0]))


@contextmanager
def opened(root: Path) -> Iterator[list[str]]:
    """The files under ``root`` that are opened meanwhile."""
    if not getattr(sys, "_workflow_listens", False):
        sys.addaudithook(_listen)
        sys._workflow_listens = True  # type: ignore[attr-defined]
    found: list[str] = []
    _opened.append(found)
    yield found
    _opened.clear()
    found[:] = [name for name in found if name.startswith(str(root))]


def test_what_was_changed_last_comes_first(project: Project):
    write_release(project, "another")
    with reading(project) as reader:
        first = html.document_fromstring(reader.ask("/ru/").text).xpath("//tbody//small/text()")
        time.sleep(0.02)
        po(project).write_bytes(po(project).read_bytes() + b"\n")
        second = html.document_fromstring(reader.ask("/ru/").text).xpath("//tbody//small/text()")
    assert (first, second) == (["another", "council-met"], ["council-met", "another"])


def test_nothing_is_written(project: Project):
    before = tree(project.root)
    with reading(project) as reader:
        for address in ("/", "/ru/", PAGE, "/style.css", "/kk/news/2024/nothing/"):
            reader.ask(address)
    assert tree(project.root) == before


# To whom


def test_only_who_has_the_key_is_answered(project: Project):
    with reading(project) as reader:
        for cookie in ("", f"{reader.server.cookie}=wrong", "workflow-1=x; ;;", "é"):
            for address in ("/", PAGE, "/_changes?page=/ru/", "/?key=", "/?key=wrong"):
                answer = reader.ask(address, Cookie=cookie)
                assert answer.status == 403
                assert "Совет" not in answer.text
        opened = reader.ask(reader.server.address.split(str(reader.server.server_port))[1])
    assert (opened.status, opened.headers["Location"]) == (303, "/")
    kept = opened.headers["Set-Cookie"]
    assert kept.startswith(reader.cookie)
    assert "HttpOnly" in kept
    assert "SameSite=Strict" in kept


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", ""]
)
def test_another_host_is_refused(project: Project, host: str):
    with reading(project) as reader:
        answer = reader.ask(PAGE, Host=host)
    assert answer.status == 421
    assert "Совет" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_what_would_change_something_is_refused(project: Project, method: str):
    with reading(project) as reader:
        answer = reader.ask(PAGE, method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_head_has_the_headers_and_no_body(project: Project):
    with reading(project) as reader:
        answer, whole = reader.ask(PAGE, "HEAD"), reader.ask(PAGE)
    assert answer.text == ""
    assert answer.headers["Content-Length"] == str(len(whole.text.encode()))


def test_every_answer_forbids_to_be_kept_found_framed_or_to_run_foreign_scripts(project: Project):
    with reading(project) as reader:
        for address in ("/", PAGE, "/ru/", "/nothing", "/style.css", "/ru/news/2024/nothing/"):
            headers = reader.ask(address).headers
            assert headers["Cache-Control"] == "no-store"
            assert "noindex" in headers["X-Robots-Tag"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            policy = headers["Content-Security-Policy"]
            for part in (
                *("default-src 'none'", "script-src 'self'", "style-src 'self'"),
                *("frame-ancestors 'none'", "base-uri 'none'"),
            ):
                assert part in policy
            assert "unsafe" not in policy
            assert "Server" not in headers or "Python" not in headers["Server"]


def test_no_address_leads_to_another_file(project: Project):
    (project.root / "secret.txt").write_text(CANARY, encoding="utf-8")
    (project.root.parent / "secret.md").write_text(f"# {CANARY}", encoding="utf-8")
    ways = [
        *("/secret.txt", "/../secret.txt", "/%2e%2e/secret.md", "/_preview/../secret.txt"),
        *("/_preview/server.py", "/_preview/..%2fserver.py", "//etc/passwd", "/workflow.toml"),
        *("/ru/news/2024/..%2f..%2fsecret/", "/ru/news/2024/%2e%2e/index.html", "/ru%00/"),
        *("/..%2f/index.html", "/xx/index.html", "/ru/news/2024/council-met%00/", "/\udce9"),
    ]
    with reading(project) as reader:
        for way in ways:
            line = way.encode("utf-8", "surrogateescape").decode("latin-1")
            answer = reader.ask(re.sub(r"[^ -~]", "%E9", line))
            assert answer.status in (303, 404, 500), way
            assert CANARY not in answer.text
            assert "root:" not in answer.text
            assert "Error" not in answer.text, way
        assert reader.ask(f"/_changes?page={'../' * 5}etc/passwd&seen=x").status == 404


def test_not_a_byte_under_embargo_is_shown(project: Project):
    text = RELEASE.replace("section: news", "section: news\nembargo: 2999-01-01T00:00Z")
    text = text.replace("The council", f"{CANARY} council").replace("first", CANARY)
    write_release(project, "a-secret", text.replace("Z\n", "+00:00\n"))
    sync(project)
    translate(project, "a-secret")
    with reading(project) as reader:
        for broken in (False, True):
            if broken:
                path = po(project, slug="a-secret")
                path.write_text(f'{path.read_text(encoding="utf-8")}msgid "{CANARY}', "utf-8")
            for tag in project.settings.languages:
                page = reader.ask(f"/{tag}/news/2024/a-secret/index.html")
                for shown in (page, reader.ask(f"/{tag}/index.html")):
                    assert CANARY not in shown.text
                    assert CANARY.lower() not in shown.text.lower()
                    assert "2999-01-01" in shown.text
        assert "Под эмбарго" in reader.ask("/ru/news/2024/a-secret/").text


def test_an_embargo_that_cannot_be_read_hides_too(project: Project):
    text = RELEASE.replace("section: news", "section: news\nembargo: 2999-01-01T00:00+00:00")
    write_release(project, text=text.replace("The council met in", f"{CANARY} in"))
    source = project.root / "sources/council-met.md"
    whole = source.read_text(encoding="utf-8")
    with reading(project) as reader:
        for moment in ("2999-01-01T00:00", "soon", "2999-13-01T00:00Z", "2999-01-01"):
            source.write_text(whole.replace("2999-01-01T00:00+00:00", moment), encoding="utf-8")
            for address in (PAGE, "/ru/index.html"):
                assert CANARY not in reader.ask(address).text


def test_a_confidential_release_says_so_and_asks_nobody_for_pictures(project: Project):
    picture = "\n![seal](https://elsewhere.example/seal.png)\n"
    write_release(project, text=RELEASE + picture)
    with reading(project) as reader:
        open_policy = reader.ask(PAGE).headers["Content-Security-Policy"]
        secret = RELEASE.replace("section: news", "section: news\nconfidential: true")
        write_release(project, text=secret + picture)
        answer = reader.ask(PAGE)
    assert "https://elsewhere.example" in open_policy
    assert "https://elsewhere.example" not in answer.headers["Content-Security-Policy"]
    assert "confidential" in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"


# It follows the files


def test_an_edited_catalogue_changes_the_page(project: Project):
    with reading(project) as reader:
        before = reader.ask(PAGE).text
        text = po(project).read_text(encoding="utf-8")
        po(project).write_text(text.replace("первый пункт", "пункт первый"), encoding="utf-8")
        assert reader.changed(PAGE, seen_in(before))
        after = reader.ask(PAGE).text
    assert "пункт первый" in after
    assert seen_in(after) != seen_in(before)


@pytest.mark.parametrize(
    "file",
    [
        *("workflow.toml", "sources/council-met.md", "locales/glossary.toml"),
        *("templates/release.html", "locales/ru/site.po", "locales/ru/decisions/council-met.jsonl"),
    ],
)
def test_a_page_that_waits_is_told_of_every_file_it_is_made_of(project: Project, file: str):
    with reading(project) as reader:
        seen = seen_in(reader.ask(PAGE).text)
        told: list[bool] = []
        wait = threading.Thread(target=lambda: told.append(reader.changed(PAGE, seen)))
        wait.start()
        time.sleep(0.1)
        assert not told
        path = project.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as out:
            out.write("\n")
        wait.join(20)
    assert told == [True]


def test_a_page_is_not_told_of_other_releases(project: Project):
    with reading(project) as reader:
        seen = seen_in(reader.ask(PAGE).text)
        listed = seen_in(reader.ask("/ru/").text)
        write_release(project, "another")
        assert reader.changed("/ru/", listed)
        assert seen_in(reader.ask(PAGE).text) == seen


def test_who_waits_is_let_go_when_the_server_ends(project: Project):
    told: list[bool] = []
    with reading(project) as reader:
        seen = seen_in(reader.ask(PAGE).text)
        wait = threading.Thread(target=lambda: told.append(reader.changed(PAGE, seen)))
        wait.start()
        time.sleep(0.2)
    wait.join(20)
    assert told == [False]


# What is broken


def said(answer: Reply) -> str:
    assert answer.status == 500
    assert "Traceback" not in answer.text
    (line,) = html.document_fromstring(answer.text).xpath("//ul[@class='faults']//code")
    return str(line.text_content())


def test_what_is_broken_is_one_line_with_its_place_and_the_server_goes_on(project: Project):
    whole = po(project).read_text(encoding="utf-8")
    settings = project.root / "workflow.toml"
    with reading(project) as reader:
        po(project).write_text(whole.replace('msgstr "перв', 'msgstr "перв"й', 1), "utf-8")
        line = 1 + po(project).read_text(encoding="utf-8").split('"перв"й')[0].count("\n")
        answer = reader.ask(PAGE)
        assert said(answer).startswith(f"locales/ru/releases/council-met.po:{line}: ")
        assert f"council-met.po:{line}: " in reader.ask("/ru/").text
        po(project).write_text(whole, encoding="utf-8")
        assert reader.changed(PAGE, seen_in(answer.text))
        assert reader.ask(PAGE).status == 200

        template = project.root / "templates/release.html"
        template.parent.mkdir()
        template.write_text("<p>\n{{ nothing.of.it }}", encoding="utf-8")
        assert said(reader.ask(PAGE)).startswith("templates/release.html:2: ")
        template.write_text("<p>\n{% if %}", encoding="utf-8")
        assert said(reader.ask(PAGE)).startswith("templates/release.html:2: ")
        template.unlink()

        kept = settings.read_text(encoding="utf-8")
        settings.write_text(kept + "\n[nonsense\n", encoding="utf-8")
        assert said(reader.ask(PAGE)).startswith("workflow.toml")
        assert said(reader.ask("/ru/")).startswith("workflow.toml")
        settings.write_text(kept.replace(', "ky"', ""), encoding="utf-8")
        assert "“ky”" in said(reader.ask("/ky/"))
        settings.write_text(kept, encoding="utf-8")

        glossary = project.root / "locales/glossary.toml"
        glossary.write_text("[[concept]]\nid = 1\n", encoding="utf-8")
        assert said(reader.ask(PAGE)).startswith("locales/glossary.toml")
        glossary.unlink()
        (project.root / "sources/council-met.html").write_text("<h1>x</h1>", encoding="utf-8")
        assert "is taken by" in said(reader.ask(PAGE))
        (project.root / "sources/council-met.html").unlink()
        assert "no release" in said(reader.ask("/ru/news/2024/nothing/"))
        assert reader.ask(PAGE).status == 200


def test_a_port_that_is_taken_is_one_line(project: Project):
    with PreviewServer(project.root, 0, home="ru") as server:
        done = subprocess.run(
            [*run(project), "--port", str(server.server_port)], capture_output=True, text=True
        )
    assert done.returncode == 2
    assert done.stderr.startswith("error: port ")
    assert done.stderr.count("\n") == 1


def run(project: Project) -> list[str]:
    program = [sys.executable, "-m", "workflow", "--project", str(project.root)]
    return [*program, "serve", "--no-browser"]


def test_the_command_prints_its_address_on_one_line_and_ends_well(project: Project):
    with subprocess.Popen(
        [*run(project), "--lang", "ky"], stdout=subprocess.PIPE, text=True
    ) as done:
        assert done.stdout
        line = done.stdout.readline()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/\?key=\S+)\n", line)
        assert found
        connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
        connection.request("GET", found[2])
        answer = connection.getresponse()
        answer.read()
        connection.request("GET", "/", headers={"Cookie": answer.headers["Set-Cookie"]})
        assert connection.getresponse().headers["Location"] == "/ky/index.html"
        connection.close()
        done.send_signal(signal.SIGINT)
        assert done.wait(20) == 0
        assert done.stdout.read() == ""


# Words


@pytest.mark.parametrize("tag", ["ru", "kk", "ky"])
def test_every_word_of_the_overlay_is_translated(tag: str):
    known = {entry.msgid for entry in polib.pofile(str(HOME / f"{tag}.po")).translated_entries()}
    found = {
        message
        for _, _, message, _, _ in extract_from_dir(
            HOME, method_map=[("**.html", "jinja2.ext:babel_extract")]
        )
    }
    wanted = {
        *found,
        *(role.value for role in Role),
        *("critical", "major", "minor", "accepted", "to be looked at", "missing"),
        *("This cannot be shown.", "no catalogue yet: workflow sync"),
        "Under embargo: nothing of it is shown before",
    }
    assert known == wanted
