"""The site as readers walk through it: addresses, lists, redirects, languages."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.newsrooms import NOW, RELEASE, make_newsroom, translate, write_release
from workflow.model import Issue, Page, Site
from workflow.pipeline.doctor import doctor
from workflow.pipeline.lists import PER_PAGE, listings
from workflow.pipeline.orders import Order, PublishReport
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.stages.cross_check import bound_to, cross_check
from workflow.stages.verify import verify
from workflow.stores.project import Project
from workflow.stores.site import Record, read_manifest

URL = 'site_url = "https://e.org/press"\n'
SITE = Site(
    name="N", url="", languages=(("en", "English"), ("ru", "Русский")), draft=False,
    source_language="en",
)  # fmt: skip


def run(project: Project, **options: object) -> PublishReport:
    order = Order(tags=project.settings.languages, now=NOW)
    return publish(project, replace(order, **options))  # type: ignore[arg-type]


def ready(root: Path, *slugs: str, settings: str = "", **changes: str) -> Project:
    project = make_newsroom(root, settings=settings)
    for slug in slugs:
        write_release(project, slug, changes.get(slug.replace("-", "_"), RELEASE))
    sync(project)
    for slug in slugs:
        translate(project, slug)
    return project


def content(project: Project, path: str) -> str:
    return (project.root / "site/current" / path).read_text(encoding="utf-8")


def tree(project: Project, path: str) -> html.HtmlElement:
    return html.document_fromstring(content(project, path))


def is_there(project: Project, path: str) -> bool:
    return (project.root / "site/current" / path).is_file()


def titles(project: Project, path: str) -> list[str]:
    return tree(project, path).xpath("//ul[@class='releases']//h2/a/text()")


def record(number: int, tag: str = "en", **more: object) -> Record:
    values = {
        "slug": f"r{number:03}",
        "tag": tag,
        "snapshot": "x",
        "path": f"{tag}/news/2024/r{number:03}/index.html",
        "title": f"Release {number}",
        "date": f"2024-01-{number % 28 + 1:02}",
        "first": f"2024-03-01T00:{number // 60:02}:{number % 60:02}Z",
    }
    return Record(**{**values, **more})  # type: ignore[arg-type]


# Addresses


def test_a_page_stays_where_it_is_when_its_date_changes(tmp_path: Path):
    project = ready(tmp_path, "council-met")
    run(project)
    write_release(project, text=RELEASE.replace("2024-07-25", "2023-01-05", 1))
    assert run(project).exit_code == 0
    assert is_there(project, "ru/news/2024/council-met/index.html")
    assert not is_there(project, "ru/news/2023/council-met/index.html")
    assert 'datetime="2023-01-05"' in content(project, "ru/news/2024/council-met/index.html")
    run(project, fresh=True)
    assert is_there(project, "ru/news/2024/council-met/index.html")


def test_a_later_translation_joins_the_year_of_the_others(tmp_path: Path):
    project = ready(tmp_path, "council-met")
    run(project, tags=("en",))
    write_release(project, text=RELEASE.replace("2024-07-25", "2023-01-05", 1))
    run(project)
    assert is_there(project, "ru/news/2024/council-met/index.html")


@pytest.mark.parametrize("front", ["formerly: [council-met]", "formerly: council-met"])
def test_a_renamed_release_leaves_a_redirect_in_every_language(tmp_path: Path, front: str):
    project = ready(tmp_path, "council-met", settings=URL)
    run(project)
    before = read_manifest(tmp_path / "site").records["ru", "council-met"]
    (tmp_path / "sources/council-met.md").unlink()
    write_release(project, "council", RELEASE.replace("section:", f"{front}\nsection:"))
    sync(project)
    report = run(project)
    assert {r.slug for r in report.held} == {"council"}
    assert is_there(project, "ru/news/2024/council-met/index.html")
    assert "Совет собрался" in content(project, "ru/news/2024/council-met/index.html")
    translate(project, "council")
    assert run(project).gone == ()
    assert is_there(project, "ru/news/2024/council/index.html")
    moved = tree(project, "ru/news/2024/council-met/index.html")
    assert moved.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../council/index.html"]
    assert moved.xpath("//link[@rel='canonical']/@href") == [
        "https://e.org/press/ru/news/2024/council/"
    ]
    assert moved.xpath("//main//a/@href") == ["../council/index.html"]
    assert "council-met" not in content(project, "sitemap.xml")
    after = read_manifest(tmp_path / "site").records
    assert ("ru", "council-met") not in after
    assert after["ru", "council"].id == before.id
    assert after["ru", "council"].changed == ""
    assert not run(project).changed


def test_a_name_cannot_be_taken_from_a_release_that_has_it(tmp_path: Path):
    other = RELEASE.replace("section:", "formerly: [council-met]\nsection:")
    project = ready(tmp_path, "council-met", "other", other=other)
    report = run(project)
    assert report.exit_code == 2
    assert str(report.faults[0]).startswith("sources/other.md: formerly names “council-met”")
    assert is_there(project, "ru/news/2024/council-met/index.html")


def test_a_new_release_under_an_old_name_has_its_page_and_the_redirect_is_gone(tmp_path: Path):
    project = ready(tmp_path, "council-met")
    run(project)
    (tmp_path / "sources/council-met.md").unlink()
    write_release(project, "b", RELEASE.replace("section:", "formerly: council-met\nsection:"))
    sync(project)
    translate(project, "b")
    run(project)
    write_release(project, "b", RELEASE)
    write_release(project, "council-met", RELEASE.replace("The council met\n", "A new one\n"))
    sync(project)
    translate(project, "council-met", headline="Новый материал")
    assert run(project).exit_code == 0
    assert "Новый материал" in content(project, "ru/news/2024/council-met/index.html")


def test_a_release_that_waits_under_its_old_name_makes_room_for_a_new_one(tmp_path: Path):
    project = ready(tmp_path, "council-met")
    run(project)
    (tmp_path / "sources/council-met.md").unlink()
    write_release(project, "b", RELEASE.replace("section:", "formerly: council-met\nsection:"))
    sync(project)
    run(project)  # its catalogue is new: the old words stay where they were
    write_release(project, "b", RELEASE)
    write_release(project, "council-met", RELEASE.replace("The council met\n", "A new one\n"))
    sync(project)
    translate(project, "council-met", headline="Новый материал")
    run(project)
    assert "Новый материал" in content(project, "ru/news/2024/council-met/index.html")
    assert "Совет собрался" in content(project, "ru/news/2024/b/index.html")


# Lists


def test_there_is_a_list_for_each_section_and_year_and_no_other(tmp_path: Path):
    undated = RELEASE.replace("date: 2024-07-25\n", "").replace("news", "events")
    project = ready(tmp_path, "a", "b", b=undated)
    translate(project, "a", headline="")
    run(project, tags=("en",))
    translate(project, "b", headline="Круглый стол")
    run(project)
    assert titles(project, "en/news/index.html") == ["The council met"]
    assert titles(project, "en/events/index.html") == ["The council met"]
    assert tree(project, "ru/events/index.html").xpath("//h1/text()") == ["Мероприятия"]
    assert tree(project, "en/news/2024/index.html").xpath("//h1/text()") == ["Releases of 2024"]
    assert tree(project, "ru/news/undated/index.html").xpath("//h1/text()") == [
        "Материалы без даты"
    ]
    index = tree(project, "en/index.html")
    assert index.xpath("//nav[@class='doors']//a/@href") == [
        "events/index.html", "news/index.html", "news/2024/index.html", "news/undated/index.html",
    ]  # fmt: skip
    page = tree(project, "ru/news/undated/b/index.html")
    assert page.xpath("//a[@class='section']/@href") == ["../../../events/index.html"]


def test_the_switcher_of_a_list_names_only_languages_that_have_it(tmp_path: Path):
    events = RELEASE.replace("section: news", "section: events")
    project = ready(tmp_path, "a", "b", b=events)
    path = tmp_path / "locales/ru/releases/b.po"
    path.write_text(path.read_text().replace('msgstr "Совет собрался"', 'msgstr ""'))
    run(project)
    assert "hreflang" not in content(project, "en/events/index.html").replace("feed", "")
    assert tree(project, "en/news/index.html").xpath("//nav//a/@hreflang") == ["ru"]


@given(st.integers(0, 150))
def test_every_release_is_on_one_page_and_older_pages_are_full(count: int):
    pages = listings([record(n) for n in range(count)], SITE)
    index = [one for one in pages if one.head == "en/index.html"]
    shown = [entry.slug for one in index for entry in reversed(one.entries)]
    assert len(shown) == len(set(shown)) == count
    assert all(len(one.entries) == PER_PAGE for one in index if one.number)
    assert [one.number for one in index] == [*range(1, len(index)), 0]
    newest = index[-1]
    assert newest.path == "en/index.html"
    assert len(newest.entries) < 2 * PER_PAGE
    assert len(newest.entries) >= PER_PAGE or len(index) == 1


@given(st.integers(PER_PAGE, 100), st.integers(1, 3))
def test_a_new_release_changes_no_older_page_that_is_not_beside_it(count: int, more: int):
    old = [record(n, date="2024-01-01") for n in range(count)]
    new = [record(count + n, date="2024-01-01") for n in range(more)]
    before = {one.path: one for one in listings(old, SITE) if one.number}
    after = {one.path: one for one in listings([*old, *new], SITE) if one.number}
    for path, one in before.items():
        assert after[path].entries == one.entries
        assert (after[path].number, after[path].older) == (one.number, one.older)
    changed = [path for path, one in before.items() if after[path] != one]
    assert len(changed) <= len(after) - len(
        before
    )  # what was newest now has a newer neighbour, per list


def test_older_and_newer_pages_lead_to_each_other(tmp_path: Path):
    slugs = [f"r{number:02}" for number in range(2 * PER_PAGE + 1)]
    project = ready(tmp_path, *slugs)
    run(project)
    index = tree(project, "ru/index.html")
    assert index.xpath("//nav[@class='turn']/a/@href") == ["page/1/index.html"]
    assert len(titles(project, "ru/index.html")) == PER_PAGE + 1
    older = tree(project, "ru/page/1/index.html")
    assert older.xpath("//nav[@class='turn']/a/@href") == ["../../index.html"]
    assert older.xpath("//link[@hreflang]") == []
    assert older.xpath("//nav/ul[@class='languages']//a/@href") == ["../../../en/index.html"]
    assert "страница 1" in content(project, "ru/page/1/index.html")


def test_a_new_release_makes_anew_only_the_lists_it_is_in(tmp_path: Path):
    events = RELEASE.replace("section: news", "section: events").replace("2024", "2021")
    project = ready(tmp_path, "a", "b", b=events, settings=URL)
    run(project)
    write_release(project, "c")
    sync(project)
    translate(project, "c")
    assert run(project).rendered == 2
    kept = ["ru/events/index.html", "ru/news/2021/index.html", "ru/news/2024/a/index.html"]
    made = ["ru/index.html", "ru/news/index.html", "ru/news/2024/index.html", "ru/feed.xml"]
    for path, is_kept in [(p, True) for p in kept] + [(p, False) for p in made]:
        one, two = (tmp_path / f"site/releases/00000{n}" / path for n in (1, 2))
        assert (one.stat().st_ino == two.stat().st_ino) is is_kept, path


# What machines read


def test_structured_data_of_a_release_and_of_its_source(tmp_path: Path):
    project = ready(tmp_path, "council-met", settings=URL)
    run(project)
    page = tree(project, "ru/news/2024/council-met/index.html")
    data = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Совет собрался"
    assert data["inLanguage"] == "ru"
    assert data["url"] == "https://e.org/press/ru/news/2024/council-met/"
    assert data["datePublished"] == data["dateModified"] == "2024-07-25"
    english = "https://e.org/press/en/news/2024/council-met/"
    assert data["translationOfWork"]["@id"] == english
    source = tree(project, "en/news/2024/council-met/index.html")
    data = json.loads(source.xpath("//script/text()")[0])
    assert [work["inLanguage"] for work in data["workTranslation"]] == ["ru"]
    said = {m.get("property"): m.get("content") for m in page.xpath("//meta[@property]")}
    assert said["og:type"] == "article"
    assert said["og:locale"] == "ru_RU"
    assert said["og:locale:alternate"] == "en_GB"
    assert said["article:published_time"] == "2024-07-25"
    assert page.xpath("//link[@hreflang='x-default']/@href") == [english]


@given(st.text(alphabet="</script>!-&\"'\u2028\u2029 ab", max_size=30))
def test_no_headline_ends_the_data_block(words: str):
    from workflow.model import Moments, Release
    from workflow.stages.structured import news_article

    release = Release(slug="a", title=words, language="en")
    site = replace(SITE, url="https://e.org")
    moments = Moments(published="2024-07-25")
    data = news_article(release, site, path="en/a/index.html", translations=(), moments=moments)
    assert not set("<>&\u2028\u2029") & set(data)
    assert json.loads(data).get("headline", "") == words


def test_updated_moves_with_the_words_and_not_with_marks(tmp_path: Path):
    project = ready(tmp_path, "council-met", settings=URL)
    translate(project, headline='"Совет" собрался')
    run(project)
    path = "ru/news/2024/council-met/index.html"
    later = NOW + timedelta(days=1)
    translate(project, headline="«Совет» собрался")
    assert run(project, now=later).changed
    assert "«Совет» собрался" in content(project, path)
    assert 'dateModified": "2024-07-25"' in content(project, path)
    translate(project, headline="Совет собрался снова")
    run(project, now=later)
    assert 'dateModified": "2026-03-02T12:00:00Z"' in content(project, path)
    shown = tree(project, path).xpath("//p[contains(@class, 'updated')]")[0]
    assert shown.text_content() == "Обновлено: 2 марта 2026 года"
    assert "2026-03-02T12:00:00Z" in content(project, "ru/feed.xml")
    assert "2026-03-02" not in content(project, "en/feed.xml")


def test_without_an_address_there_are_no_feeds_and_doctor_says_so(tmp_path: Path):
    project = ready(tmp_path, "council-met")
    run(project)
    for path in ("sitemap.xml", "news-sitemap.xml", "robots.txt", "ru/feed.xml", "ru/feed.json"):
        assert not is_there(project, path)
    page = content(project, "ru/news/2024/council-met/index.html")
    assert "ld+json" not in page
    assert "og:" not in page
    assert any("no address" in remark.what for remark in doctor(tmp_path))


# Passages in the source language


def in_part(root: Path, share: float, *, settings: str = "") -> Project:
    policy = f"{settings}[publish.languages]\nru = {{ partial = {share} }}\n"
    project = ready(root, "council-met", settings=policy)
    path = root / "locales/ru/releases/council-met.po"
    text = path.read_text(encoding="utf-8")
    text = text.replace('msgstr "Он заслушал 12 100 докладов."', 'msgstr ""')
    path.write_text(text.replace('msgstr "первый пункт"', 'msgstr ""'), encoding="utf-8")
    return project


def test_from_its_share_on_a_release_goes_out_with_marked_passages(tmp_path: Path):
    project = in_part(tmp_path, 0.6, settings=URL)
    assert run(project).exit_code == 0
    page = content(project, "ru/news/2024/council-met/index.html")
    assert (
        '<p>Совет собрался в Бишкеке 25\u00a0июля 2024\u00a0года. <span lang="en">It heard 12,100 reports.'
        "</span></p>" in page
    )
    assert '<li lang="en">first item</li>' in page
    assert "<li>второй пункт</li>" in page
    assert 'role="note"' in page
    assert "&lt;span lang=&#34;en&#34;&gt;It heard" in content(project, "ru/feed.xml")
    assert not run(project).changed


def test_below_its_share_it_is_held_back(tmp_path: Path):
    project = in_part(tmp_path, 0.7)
    (held,) = run(project).held
    assert {reason.check for reason in held.reasons} == {"untranslated"}


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("25 июля 2024 года", "26 июля 2024 года", "numbers"),
        ('msgstr "Совет собрался"', 'msgstr ""', "untranslated"),
    ],
)
def test_what_is_at_fault_is_held_back_whatever_the_share(
    tmp_path: Path, old: str, new: str, check: str
):
    project = in_part(tmp_path, 0.1)
    path = tmp_path / "locales/ru/releases/council-met.po"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    (held,) = run(project).held
    assert check in {reason.check for reason in held.reasons}


def test_a_fault_in_a_draft_that_nobody_sees_holds_nothing_back(tmp_path: Path):
    project = in_part(tmp_path, 0.6)
    path = tmp_path / "locales/ru/releases/council-met.po"
    text = path.read_text(encoding="utf-8")
    start = text.rindex("msgctxt", 0, text.index('msgid "It heard'))
    at = text.index('msgstr ""', start)
    text = (
        f'{text[:start]}#, fuzzy\n{text[start:at]}msgstr "Он заслушал 9 докладов."{text[at + 9 :]}'
    )
    path.write_text(text, encoding="utf-8")
    assert run(project).exit_code == 0
    assert "9 докладов" not in content(project, "ru/news/2024/council-met/index.html")


def test_a_page_that_is_mostly_the_source_claims_to_be_no_translation(tmp_path: Path):
    project = in_part(tmp_path, 0.1, settings=URL)
    path = tmp_path / "locales/ru/releases/council-met.po"
    text = path.read_text(encoding="utf-8").replace('msgstr "второй пункт"', 'msgstr ""')
    path.write_text(text, encoding="utf-8")
    assert run(project).exit_code == 0
    page = tree(project, "ru/news/2024/council-met/index.html")
    english = "https://e.org/press/en/news/2024/council-met/"
    assert page.xpath("//link[@rel='canonical']/@href") == [english]
    assert page.xpath("//link[@hreflang]") == []
    assert page.xpath("//nav//a/@hreflang") == ["en"]
    assert json.loads(page.xpath("//script/text()")[0])["inLanguage"] == "en"
    source = content(project, "en/news/2024/council-met/index.html")
    assert "Русский" not in source
    assert "workTranslation" not in source
    assert "/ru/news/2024/council-met/" not in content(project, "sitemap.xml")
    assert not is_there(project, "ru/feed.xml")


# What is verified between pages


def facts(*pages: tuple[str, str]) -> tuple[Issue, ...]:
    known = {
        path: verify(Page(path=path, content=text), url="https://e.org")[1] for path, text in pages
    }
    assert bound_to(known) == frozenset()
    return cross_check(known, set(known))


def hreflang(tag: str, path: str) -> str:
    return f'<link rel="alternate" hreflang="{tag}" href="https://e.org/{path}">'


def test_translations_name_each_other_and_themselves():
    both = hreflang("en", "en/") + hreflang("ru", "ru/")
    assert facts(("en/index.html", both), ("ru/index.html", both)) == ()
    found = facts(("en/index.html", both), ("ru/index.html", hreflang("ru", "ru/")))
    assert [i.message for i in found] == [
        "hreflang ru leads to ru/index.html, which does not lead back"
    ]
    found = facts(("en/index.html", hreflang("ru", "ru/")), ("ru/index.html", both))
    assert "hreflang names other languages, and not the page itself" in [i.message for i in found]
    twice = both + hreflang("ru", "ru/")
    found = facts(("en/index.html", twice), ("ru/index.html", both))
    assert [i.message for i in found] == ["hreflang names ru more than once"]


def test_a_fragment_leads_to_a_place_that_is_there():
    found = facts(
        ("a.html", '<a href="b.html#x">x</a><a href="#y">y</a>'), ("b.html", '<p id="x"></p>')
    )
    assert [i.message for i in found] == ["a link leads to a.html#y, and there is no such place"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("<html><p></p></html>", "<html> does not name its language"),
        ('<html lang=""></html>', "<html> does not name its language"),
        ('<p id="a"></p><p id="a"></p>', "the id “a” occurs twice"),
    ],
)
def test_a_page_names_its_language_and_each_place_in_it_once(content: str, what: str):
    issues, _ = verify(Page(path="a.html", content=content))
    assert [issue.message for issue in issues] == [what]


def test_what_the_head_of_a_page_names_on_the_site_is_there():
    own = '<link rel="canonical" href="https://e.org/press/a/"><link rel="x" href="https://o.org/">'
    page = Page(path="b.html", content=own)
    _, found = verify(page, url="https://e.org/press")
    assert [issue.message for issue in cross_check({"b.html": found}, {"b.html"})] == [
        "a link leads to a/index.html, which is not in the site"
    ]
    assert cross_check({"b.html": found}, {"b.html", "a/index.html"}) == ()


def test_a_theme_that_breaks_reciprocity_is_caught(tmp_path: Path):
    project = ready(tmp_path, "council-met")
    base = (Path(__file__).parents[1] / "templates/base.html").read_text(encoding="utf-8")
    (tmp_path / "templates").mkdir()
    wrong = re.sub(
        r'hreflang="\{\{ other.tag \}\}" href="[^"]*">', 'hreflang="en" href="/en/">', base
    )
    (tmp_path / "templates/base.html").write_text(wrong, encoding="utf-8")
    report = run(project)
    assert any("hreflang names en more than once" in issue.message for issue in report.issues)
    assert not (tmp_path / "site/current").exists()


def test_words_in_a_data_block_are_not_words_on_the_page():
    from workflow.model import Release

    page = Page(path="a.html", content='<script type="application/ld+json">"Title"</script>')
    issues, _ = verify(page, Release(slug="a", title="Title", language="en"))
    assert [i.message for i in issues] == ["the page does not show “Title”"]
    broken = Page(path="a.html", content='<script type="application/ld+json">{</script>')
    assert [i.message for i in verify(broken)[0]] == ["a data block that is no JSON"]


def test_a_site_of_the_version_before_keeps_its_addresses(tmp_path: Path):
    project = ready(tmp_path, "council-met")
    run(project)
    path = tmp_path / "site/manifests/000001.json"
    data = json.loads(path.read_bytes())
    known = [
        "slug",
        "tag",
        "inputs",
        "verdict",
        "reasons",
        "snapshot",
        "page",
        "path",
        "title",
        "summary",
        "section",
        "date",
    ]
    named = [dict(zip(data["fields"], row, strict=True)) for row in data["records"]]
    old = [{key: one[key] for key in known} for one in named]
    old_data = {"version": 1, "house": "x", "shown": "x", "records": old}
    path.write_text(json.dumps(old_data), encoding="utf-8")
    write_release(project, text=RELEASE.replace("2024-07-25", "2023-01-05", 1))
    assert run(project).exit_code == 0
    assert is_there(project, "ru/news/2024/council-met/index.html")
