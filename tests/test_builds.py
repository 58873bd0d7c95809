"""Builds are quick to make, and never at the cost of one another."""

from datetime import timedelta
from html import escape
from pathlib import Path
from posixpath import relpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.newsrooms import NOW, make_newsroom, translate, write_release
from workflow.model import Page
from workflow.pipeline.orders import Order, PublishReport
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.pipeline.verify_site import verify_site
from workflow.stages.addresses import relative
from workflow.stages.plain_page import read_plain
from workflow.stages.verify import verify
from workflow.stores.project import Project

SITE = 'site_url = "https://news.example.org"\n'


def run(project: Project, days: int = 0) -> PublishReport:
    return publish(project, Order(tags=("en", "ru"), now=NOW + timedelta(days=days)))


def ready(root: Path, *slugs: str, settings: str = SITE) -> Project:
    project = make_newsroom(root, settings=settings)
    for slug in slugs:
        write_release(project, slug)
    sync(project)
    for slug in slugs:
        for tag in ("en", "ru"):
            translate(project, slug, tag)
    return project


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_build_in_the_folders_of_a_dropped_one_is_what_it_would_be_in_new_ones(tmp_path: Path):
    project = ready(tmp_path, "one", "two", "three")
    for number in range(6):
        translate(project, "one", headline=f"Заголовок {'абвгде'[number]}")
        run(project)
    assert (tmp_path / "site/.spare").is_dir()
    shown = {path.name: files(path) for path in (tmp_path / "site/releases").iterdir()}
    (project.root / "sources/three.md").write_text(
        "---\ntitle: Three\nstatus: canceled\n---\n\nA.\n"
    )
    translate(project, "two", headline="Другой заголовок")
    run(project)
    refilled = files(tmp_path / "site/current/")
    assert not any("/three/" in path for path in refilled)
    for name, content in shown.items():
        folder = tmp_path / "site/releases" / name
        assert not folder.exists() or files(folder) == content, "an earlier build has changed"
    proved = verify_site(project, tags=("en", "ru"), site=None, now=NOW)
    assert proved.differences == ()
    assert proved.files == len(refilled)
    publish(project, Order(tags=("en", "ru"), now=NOW, fresh=True))
    anew = files(tmp_path / "site/current/")
    assert anew.keys() == refilled.keys()
    # Provenance names the build that its page was made for.
    assert {path for path in anew if anew[path] != refilled[path]} <= {
        path for path in anew if path.endswith("/provenance.json")
    }


def test_a_house_that_keeps_one_build_has_nothing_else_on_disk(tmp_path: Path):
    project = ready(tmp_path, "one", settings=f"{SITE}\n[publish]\nkeep = 1\n")
    for number in range(3):
        translate(project, "one", headline=f"Заголовок {'абвгде'[number]}")
        run(project)
    assert not [path for path in tmp_path.rglob("*.html") if "000003" not in path.parts]


def test_with_nothing_changed_news_leaves_its_sitemap_in_time(tmp_path: Path):
    project = ready(tmp_path, "one")
    text = write_release(project, "one").read_text().replace("2024-07-25", "2026-03-01")
    write_release(project, "one", text)
    assert run(project).changed
    news = tmp_path / "site/current/news-sitemap.xml"
    assert "/ru/news/2026/one/" in news.read_text()
    assert not run(project, days=1).changed
    assert run(project, days=3).changed
    assert "/ru/news/2026/one/" not in news.read_text()
    again = run(project, days=30)
    assert not again.changed
    assert [(r.tag, r.verdict) for r in again.records] == [("en", "published"), ("ru", "published")]
    assert again.pages == 2


HTML = '<html lang="en">'
PARTS = st.sampled_from(["a", "b", "..", ".", "", "c.html"])


@given(path=st.lists(PARTS, max_size=5), folder=st.lists(st.sampled_from("ab"), max_size=4))
def test_from_a_folder_a_path_is_called_as_the_system_calls_it(path: list[str], folder: list[str]):
    there, here = "/".join(path), "/".join(folder)
    if there:
        assert relative(there, here) == relpath(there, here or ".")


@given(words=st.text(max_size=40), place=st.text(max_size=20))
def test_a_plain_page_is_read_as_the_whole_parser_reads_it(words: str, place: str):
    body = (
        f'<p id="{escape(place)}">{escape(words)}</p><br><a href="../{escape(place)}">x</a>'
        f'<link rel="alternate" hreflang="ru" href="https://news.example.org/ru/">'
        f'<script type="application/ld+json">{{"a": "&amp;"}}</script>'
    )
    plain = read_plain(f"<!doctype html>\n{HTML}{body}</html>")
    assert plain is not None
    assert plain.words == f"\n{words}x"
    one = verify(Page(path="a/b.html", content=f"<!doctype html>\n{HTML}{body}</html>"))
    other = verify(Page(path="a/b.html", content=f"<!DOCTYPE html>\n{HTML}{body}</html>"))
    assert one == other


@pytest.mark.parametrize(
    "body",
    ["<p>", "</p>", "<b><i></b></i>", "a < b", "<p class=x></p>", "<P></P>", "<title><b></b></title>",
     "<!-- -->", "<svg></svg>", '<p onclick="x"></p>', "<script>1</script>", "<p", "<br></br>"],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_whole_parser(body: str):
    assert read_plain(f"<!doctype html><html>{body}</html>") is None
