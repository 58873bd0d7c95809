"""Feeds and sitemaps: valid by schema, complete, and the same for the same clock."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import workflow
from tests.newsrooms import NOW, RELEASE, make_newsroom, translate, write_release
from workflow.model import Alternate, Moments, Page, Release, Site
from workflow.pipeline.orders import Order, PublishReport
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.stages.feed import LONGEST, Item, atom, json_feed
from workflow.stages.sitemap import Group, News, news_sitemap, recent, sitemaps
from workflow.stages.verify_files import verify_files
from workflow.stores.project import Project, open_project
from workflow.stores.schemas import read_schemas

SCHEMAS = Path(workflow.__file__).parent / "stores/schemas"
SITE = Site(
    name="N", url="https://e.org", languages=(("en", "English"), ("ru", "Русский")), draft=False,
    source_language="en",
)  # fmt: skip


def validate(content: str, schema: str) -> etree._Element:
    tree = etree.fromstring(content.encode())
    etree.RelaxNG(etree.parse(str(SCHEMAS / f"{schema}.rng"))).assertValid(tree)
    return tree


def newsroom(root: Path, *dates: str, settings: str = "") -> Project:
    project = make_newsroom(root, settings=f'site_url = "https://e.org"\n{settings}')
    for number, date in enumerate(dates):
        write_release(project, f"r{number}", RELEASE.replace("2024-07-25", date, 1))
    sync(project)
    for number in range(len(dates)):
        translate(project, f"r{number}")
    return project


def run(project: Project, **options: object) -> PublishReport:
    order = Order(tags=project.settings.languages, now=NOW)
    return publish(project, replace(order, **options))  # type: ignore[arg-type]


def content(project: Project, path: str) -> str:
    return (project.root / "site/current" / path).read_text(encoding="utf-8")


def item(words: str = "w", slug: str = "a", **more: str) -> Item:
    release = Release(slug=slug, title=words, summary=words, section=words, language="en")
    return Item(
        id=f"tag:e.org,2026-03-01:{slug}",
        path=f"en/news/2024/{slug}/index.html",
        moments=Moments(published="2024-07-25", **more),
        release=release,
        section=words,
    )


def test_the_atom_feed_of_a_language_is_valid_and_the_newest_thirty_whole(tmp_path: Path):
    project = newsroom(tmp_path, *(f"2024-01-{n % 28 + 1:02}" for n in range(LONGEST + 2)))
    run(project)
    feed = validate(content(project, "ru/feed.xml"), "atom")
    names = {"a": "http://www.w3.org/2005/Atom"}
    dates = feed.xpath("a:entry/a:published/text()", namespaces=names)
    assert len(dates) == LONGEST
    assert dates == sorted(dates, reverse=True)
    assert "2024-01-01T00:00:00Z" not in dates[:-2]
    text = feed.xpath("string(a:entry/a:content)", namespaces=names)
    assert "<p>Совет собрался в Бишкеке 25 июля 2024 года." in text
    data = json.loads(content(project, "ru/feed.json"))
    ids = feed.xpath("a:entry/a:id/text()", namespaces=names)
    assert [one["id"] for one in data["items"]] == ids
    assert len(set(ids)) == LONGEST


def test_the_json_feed_has_what_version_1_1_asks_for(tmp_path: Path):
    project = newsroom(tmp_path, "2024-07-25")
    run(project)
    data = json.loads(content(project, "ru/feed.json"))
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["title"] == "Test Office"
    assert data["feed_url"] == "https://e.org/ru/feed.json"
    assert data["home_page_url"] == "https://e.org/ru/"
    (one,) = data["items"]
    assert one["url"] == "https://e.org/ru/news/2024/r0/"
    assert one["id"].startswith("tag:e.org,2026-03-01:ru/news/2024/r0")
    assert one["date_published"] == one["date_modified"] == "2024-07-25T00:00:00Z"
    assert one["tags"] == ["новости"]
    assert "<li>первый пункт</li>" in one["content_html"]


def test_ids_of_feeds_and_entries_outlive_the_address_and_a_fresh_start(tmp_path: Path):
    project = newsroom(tmp_path, "2024-07-25", "2024-07-26")
    run(project)

    def ids() -> list[str]:
        tree = etree.fromstring(content(project, "ru/feed.xml").encode())
        return [str(one) for one in tree.xpath("//*[local-name()='id']/text()")]

    before = ids()
    settings = tmp_path / "workflow.toml"
    settings.write_text(settings.read_text().replace("https://e.org", "https://other.org"))
    project = open_project(tmp_path)
    run(project, now=NOW + dt.timedelta(days=400), fresh=True)
    assert ids() == before
    assert "https://other.org/ru/" in content(project, "ru/feed.xml")


@given(st.text(max_size=30).filter(str.strip))
def test_any_words_make_a_valid_feed_and_none_is_markup(words: str):
    one = item(f"w{words}")
    page = atom("en", [one], SITE, name="N", id="tag:e.org,2026-03-01:en/feed")
    validate(page.content, "atom")
    made = json_feed("en", [one], SITE, name="N")
    assert json.loads(made.content)["items"][0]["title"] == f"w{words}"
    files = {one.path, "en/index.html", "en/feed.xml", "en/feed.json"}
    for feed in (page, made):
        assert verify_files([feed], [one.path], files, SITE, schemas=read_schemas()) == ()


def test_the_sitemap_lists_each_page_once_with_its_real_translations(tmp_path: Path):
    project = newsroom(tmp_path, "2024-07-25", "2023-07-25")
    path = tmp_path / "locales/ru/releases/r1.po"
    path.write_text(path.read_text().replace('msgstr "Совет собрался"', 'msgstr ""'))
    run(project)
    tree = validate(content(project, "sitemap.xml"), "sitemap")
    found = {
        str(url[0].text): [str(link.get("hreflang")) for link in url if link.get("hreflang")]
        for url in tree
    }
    assert len(found) == len(tree)
    assert found["https://e.org/ru/news/2024/r0/"] == ["en", "ru", "x-default"]
    assert found["https://e.org/en/news/2023/r1/"] == []
    assert "https://e.org/ru/news/2023/r1/" not in found
    shown = {
        p.relative_to((tmp_path / "site/current").resolve()).as_posix().removesuffix("index.html")
        for p in (tmp_path / "site/current").resolve().rglob("*.html")
    }
    assert {one.removeprefix("https://e.org/") for one in found} == shown
    assert "Sitemap: https://e.org/sitemap.xml\n" in content(project, "robots.txt")


def test_beyond_the_limit_the_sitemap_is_an_index_of_parts():
    groups = [
        Group(pages=((Alternate(tag="en", autonym="", path=f"en/{n}/index.html"), ""),))
        for n in range(7)
    ]
    index, *parts = sitemaps(groups, SITE, most=3)
    assert [page.path for page in parts] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert len(validate(index.content, "sitemap")) == 3
    assert [len(validate(page.content, "sitemap")) for page in parts] == [3, 3, 1]
    listed = {f"en/{n}/index.html" for n in range(7)}
    files = listed | {page.path for page in parts}
    assert verify_files([index, *parts], listed, files, SITE, schemas=read_schemas()) == ()


def test_the_news_sitemap_has_two_days_and_ages_with_the_clock(tmp_path: Path):
    project = newsroom(tmp_path, "2026-03-01", "2026-02-28", "2026-02-20")
    run(project)
    tree = validate(content(project, "news-sitemap.xml"), "sitemap")
    assert sorted(str(url[0].text) for url in tree) == [
        f"https://e.org/{tag}/news/2026/r{n}/" for tag in ("en", "ru") for n in (0, 1)
    ]
    assert "<news:language>ru</news:language>" in content(project, "news-sitemap.xml")
    assert not run(project).changed
    assert run(project, now=NOW + dt.timedelta(days=1)).changed
    assert len(validate(content(project, "news-sitemap.xml"), "sitemap")) == 2
    run(project, now=NOW + dt.timedelta(days=3))
    assert len(validate(content(project, "news-sitemap.xml"), "sitemap")) == 0


def test_the_news_sitemap_takes_the_newest_thousand():
    news = [
        News(
            tag="ru",
            path=f"ru/{n}/index.html",
            title="Ж & <b>",
            published=f"2026-03-01T0{n % 10}:00:00Z",
        )
        for n in range(1005)
    ]
    chosen = recent(news, NOW)
    assert len(chosen) == 1000
    assert chosen[0].published == "2026-03-01T09:00:00Z"
    assert recent(reversed(news), NOW) == chosen
    validate(news_sitemap(chosen, SITE, names={"ru": "Имя"}).content, "sitemap")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("</feed>", "", "is not well formed"),
        ("/en/news/2024/a/", "/en/news/2024/b/", "lists en/news/2024/b/index.html, which does not"),
        ("/en/news/2024/a/", "/en/news/2024/b/", "lacks en/news/2024/a/index.html"),
        ("<updated>", "<updated>yesterday ", "is not well formed: not valid at line"),
        ("<entry>", "<entry><script/>", "is not well formed: not valid at line"),
        ('href="https://e.org/en/"', 'href="https://e.org/x/"', "leads to x/index.html"),
    ],
)
def test_a_feed_that_is_wrong_is_found_out(old: str, new: str, what: str):
    one = item()
    good = atom("en", [one], SITE, name="N", id="tag:e.org,2026-03-01:en/feed")
    files = {one.path, "en/index.html", "en/feed.xml"}
    assert verify_files([good], [one.path], files, SITE, schemas=read_schemas()) == ()
    bad = Page(path=good.path, content=good.content.replace(old, new))
    messages = [
        issue.message
        for issue in verify_files([bad], [one.path], files, SITE, schemas=read_schemas())
    ]
    assert any(message.startswith(what) for message in messages)


def test_an_embargoed_release_is_in_no_feed_and_no_sitemap_before_its_time(tmp_path: Path):
    project = newsroom(tmp_path, "2026-03-01", "2026-03-01")
    text = RELEASE.replace("section: news", "section: news\nembargo: 2026-03-01T18:01:00+06:00")
    write_release(project, "r1", text.replace("The council met\n", "Xenolith\n"))
    sync(project)
    translate(project, "r1")
    run(project)
    for path in (tmp_path / "site/current").resolve().rglob("*"):
        if path.is_file():
            assert "r1/" not in path.read_text(encoding="utf-8")
            assert "Xenolith" not in path.read_text(encoding="utf-8")
    run(project, now=NOW + dt.timedelta(hours=1))
    assert "en/news/2026/r1/" not in content(project, "en/feed.xml")
    assert "en/news/2024/r1/" in content(project, "en/feed.xml")
