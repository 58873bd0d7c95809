"""Search: a page is found by any form of its words."""

from __future__ import annotations

import shutil
import sys
from collections import defaultdict
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import permutations
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from tests.newsrooms import NOW, RELEASE, make_newsroom, translate, write_release
from workflow.errors import StoreError
from workflow.languages import language
from workflow.model import Block, BlockKind, Passage, Release, Text
from workflow.morphology import Morphology, load
from workflow.pipeline.orders import Order, PublishReport
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.stages.searchable import searchable
from workflow.stages.segment import TITLE
from workflow.stores.project import Project

DATA = Path(__file__).parents[2] / "shared" / "data" / "morphology"


def morphology(tag: str) -> Morphology:
    return load(language(tag).inflection.strategy, tag)


def finds(asked: str, roots: frozenset[str]) -> bool:
    """How Pagefind looks a word up: it finds longer words, and failing these, its own beginnings."""
    return any(root.startswith(asked) or asked.startswith(root) for root in roots)


@pytest.mark.parametrize(
    ("tag", "asked", "written"),
    [
        ("kk", "пункттің", "пунктінде"),
        ("kk", "кітабымызды", "кітап"),
        ("kk", "кітапқа", "кітабын"),
        ("kk", "халқымыздың", "халық"),
        ("kk", "халықтар", "халқы"),
        ("kk", "қазақстанда", "қазақстанның"),
        ("ky", "китебибизди", "китепке"),
        ("ky", "мүлкүн", "мүлк"),
        ("ky", "уюмунун", "уюмдар"),
        ("ky", "кыргызстандагы", "кыргызстандын"),
        ("ru", "человек", "люди"),
        ("ru", "ребёнок", "дети"),
        ("en", "foot", "feet"),
    ],
)
def test_a_word_is_found_by_another_form_of_it(tag: str, asked: str, written: str):
    assert finds(asked, morphology(tag).roots(written))


@pytest.mark.parametrize(
    ("tag", "asked", "written"),
    [
        ("kk", "қала", "қалқан"),
        ("kk", "балық", "балаға"),
        ("ky", "таш", "тамга"),
        ("ky", "он", "оң"),
    ],
)
def test_a_word_is_not_found_by_one_that_begins_like_it(tag: str, asked: str, written: str):
    assert not any(asked.startswith(root) for root in morphology(tag).roots(written))


def forms(tag: str, name: str) -> list[set[str]]:
    """The forms of each word of the development data that has several."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in (DATA / f"{tag}.{name}.tsv").read_text(encoding="utf-8").splitlines():
        label, lemma, form, *_ = line.split("\t")
        if label == "1" and " " not in lemma:
            found[lemma.lower()] |= {lemma.lower(), form.lower()}
    return [several for several in found.values() if len(several) > 1]


@pytest.mark.skipif(not DATA.is_dir(), reason="the development data is not here (../shared)")
@pytest.mark.parametrize(
    ("tag", "name", "floor"),
    [
        ("kk", "udclean", 0.99),
        ("kk", "unimorph", 0.99),
        ("ky", "udclean", 0.98),
        ("ky", "apgold", 0.97),
    ],
)
def test_nearly_all_forms_find_one_another(tag: str, name: str, floor: float):
    roots = morphology(tag).roots
    pairs = [pair for several in forms(tag, name)[:150] for pair in permutations(several, 2)]
    found = sum(finds(asked, roots(written)) for asked, written in pairs)
    assert found / len(pairs) >= floor
    plain = sum(written.startswith(asked) or asked.startswith(written) for asked, written in pairs)
    assert plain / len(pairs) < 0.75  # what a search that knows no endings would find


def assembled(**changes: object) -> Release:
    made = Release(
        slug="x",
        title="Кеңес отырысы",
        language="kk",
        original="en",
        summary="Қысқаша",
        blocks=(
            Block(kind=BlockKind.PARAGRAPH, text=Text("Кітабын оқыды. It was late.")),
            Block(kind=BlockKind.PARAGRAPH, text=Text("Whole paragraph in English.")),
        ),
        untranslated=frozenset({0, 1}),
        passages=(Passage(block=0, start=15, end=27),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_what_is_left_in_the_source_language_is_not_found_under_another():
    page = searchable(assembled(), morphology("kk").roots, day="2024")
    assert "Кітабын оқыды." in page
    assert "кітап" in page
    assert "English" not in page
    assert "late" not in page
    assert (
        "Кеңес"
        not in searchable(
            assembled(untranslated=frozenset({TITLE})), morphology("kk").roots, day=""
        ).partition("</h1>")[0]
    )


def test_no_word_of_a_release_is_markup_in_the_index():
    page = searchable(
        assembled(title='<script>alert(1)</script>"'),
        lambda word: frozenset(('"><svg', word)),
        day="",
    )
    assert "<script" not in page
    assert "&lt;script" in page
    assert '"><svg' not in page


SETTINGS = "[publish]\nsearch = true\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two releases of two years in en and ru, with a search."""
    made = make_newsroom(tmp_path, settings=SETTINGS)
    write_release(made)
    write_release(made, "older", RELEASE.replace("2024-07-25", "2021-07-25"))
    sync(made)
    for slug in ("council-met", "older"):
        for tag in ("en", "ru"):
            translate(made, slug, tag)
    return made


def go(project: Project, **changes: object) -> PublishReport:
    order = Order(now=NOW, tags=project.settings.languages)
    return publish(project, replace(order, **changes))  # type: ignore[arg-type]


def files(project: Project) -> dict[str, int]:
    """The files of the search with what tells one from a copy."""
    root = (project.root / "site/current").resolve()
    found = [*root.glob("*/search/**/*"), *root.glob("search.js")]
    return {p.relative_to(root).as_posix(): p.stat().st_ino for p in found if p.is_file()}


def test_each_year_of_a_language_has_an_index_and_each_page_leads_to_the_search(project: Project):
    assert go(project).issues == ()
    names = {name.rpartition("/")[0] for name in files(project) if name.endswith("pagefind.js")}
    assert names == {f"{tag}/search/{year}" for tag in ("en", "ru") for year in ("2021", "2024")}
    page = (project.root / "site/current/ru/search/index.html").read_text(encoding="utf-8")
    assert 'data-parts="2024 2021"' in page
    assert "script-src 'self' 'wasm-unsafe-eval'" in page
    release = project.root / "site/current/ru/news/2024/council-met/index.html"
    text = release.read_text(encoding="utf-8")
    assert 'href="../../../search/index.html"' in text
    assert "script-src" not in text


def test_only_the_index_of_a_year_that_changed_is_made_again(project: Project):
    go(project)
    before = files(project)
    translate(project, "council-met", "ru", **{"headline": "Совет собрался снова"})
    assert go(project).changed
    after = files(project)
    same = {name for name in after if before.get(name) == after[name]}
    assert {name for name in after if name.startswith(("en/search/20", "ru/search/2021"))} <= same
    assert not any(name.startswith("ru/search/2024/index/") for name in same)
    assert not go(project).changed


def test_what_is_withdrawn_or_secret_is_found_no_more(project: Project):
    go(project)
    write_release(project, "older", RELEASE.replace("section:", "withdrawn: true\nsection:"))
    go(project)
    assert {name.split("/")[2] for name in files(project) if name.startswith("ru/search/2")} == {
        "2024"
    }
    secret = RELEASE.replace("section:", "embargo: 2030-01-01T10:00+05:00\nsection:")
    write_release(project, "council-met", secret)
    go(project)
    assert files(project) == {}


def test_drafts_have_no_search(project: Project):
    go(project, draft=True)
    assert not list((project.root / "site/draft").rglob("search*"))


def test_without_pagefind_one_line_says_how_to_get_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "pagefind.index", None)
    with pytest.raises(StoreError) as fault:
        go(project)
    assert str(fault.value).startswith("workflow.toml: publish.search needs Pagefind")
    assert "workflow[search]" in str(fault.value)
    assert not (project.root / "site").exists()


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_a_browser_finds_a_release_by_another_form_of_a_word(project: Project):
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
    go(project)
    handler = partial(Quiet, directory=str(project.root / "site/current"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with playwright.sync_playwright() as tool:
            browser = tool.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-quic"]
            )
            page = browser.new_page()
            faults: list[str] = []
            page.on("pageerror", lambda fault: faults.append(str(fault)))
            page.goto(f"http://127.0.0.1:{server.server_port}/ru/search/?q=Бишкеком")
            page.wait_for_selector(".results a")
            links = page.locator(".results a").evaluate_all("found => found.map(a => a.href)")
            page.fill("#words", "небывальщина")
            page.locator(".found", has_text=" 0").wait_for()
            browser.close()
        server.shutdown()
    assert faults == []
    paths = sorted(urlsplit(link).path for link in links)
    assert paths == [
        "/ru/news/2021/older/index.html",
        "/ru/news/2024/council-met/index.html",
    ]


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""
