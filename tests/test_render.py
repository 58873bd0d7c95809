"""Pages: dates, languages and words as readers meet them."""

import datetime as dt
from pathlib import Path

import polib
import pytest
from lxml import html

from tests.newsrooms import NOW, make_newsroom, translate, write_release
from workflow.errors import TemplateError
from workflow.model import Block, BlockKind, Release, Text
from workflow.pipeline.orders import Order
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.settings import Settings
from workflow.stages.render import Alternate, Entry, Site, page_path, render_index, render_release
from workflow.stores.templates import builtin_strings, missing_strings, read_theme, theme_files

ROOT = Path(__file__).parents[1]
TAGS = ("en", "ru", "kk", "ky")
SITE = Site(
    name="CSTO Press Office",
    url="",
    languages=(("en", "English"), ("ru", "Русский"), ("kk", "Қазақша"), ("ky", "Кыргызча")),
    draft=False,
    source_language="en",
)
RELEASE = Release(
    slug="a",
    title="A <b> & title",
    language="ru",
    date=dt.date(2024, 7, 5),
    section="events",
    summary='A "summary"',
    blocks=(Block(kind=BlockKind.PARAGRAPH, text=Text("5 < 6 & 7")),),
)


def page(release: Release = RELEASE, tmp: Path = ROOT) -> str:
    theme = read_theme(tmp, Settings())
    path = page_path(release.language, release.date, release.slug)
    alternates = (Alternate(tag=release.language, autonym="x", path=path),)
    rendered = render_release(
        release, theme, SITE, path=path, alternates=alternates, source_language="en"
    )
    return rendered.content


@pytest.mark.parametrize(
    ("tag", "day", "words"),
    [
        ("en", dt.date(2024, 7, 25), "25 July 2024"),
        ("ru", dt.date(2024, 7, 25), "25 июля 2024 года"),
        ("kk", dt.date(2024, 7, 25), "2024 жылғы 25 шілде"),
        ("ky", dt.date(2024, 7, 25), "2024-жылдын 25-июлу"),
        ("ky", dt.date(2023, 9, 5), "2023-жылдын 5-сентябры"),
        ("ru", dt.date(2026, 3, 1), "1 марта 2026 года"),
        ("kk", dt.date(2026, 3, 1), "2026 жылғы 1 наурыз"),
    ],
)
def test_a_date_reads_as_the_language_writes_it(tag: str, day: dt.date, words: str):
    entry = Entry(slug="a", title="T", summary="", section="", date=day, path="x/index.html")
    content = render_index(tag, (entry,), read_theme(ROOT, Settings()), SITE).content
    assert f'<time datetime="{day.isoformat()}">{words}</time>' in content


def test_words_are_escaped_wherever_they_stand():
    content = page()
    assert "<h1>A &lt;b&gt; &amp; title</h1>" in content
    assert 'content="A &#34;summary&#34;"' in content
    assert "<p>5 &lt; 6 &amp; 7</p>" in content


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("ru", ("Пресс-служба ОДКБ", "мероприятия", "Все материалы", "К тексту")),
        ("kk", ("ҰҚШҰ баспасөз қызметі", "іс-шаралар", "Барлық материалдар")),
        ("ky", ("ЖККУнун басма сөз кызматы", "иш-чаралар", "Бардык материалдар")),
    ],
)
def test_the_themes_own_words_are_in_the_pages_language(tag: str, words: tuple[str, ...]):
    from dataclasses import replace

    content = page(replace(RELEASE, language=tag))
    for word in words:
        assert word in content


def test_a_page_runs_nothing_and_loads_nothing_from_elsewhere():
    tree = html.document_fromstring(page())
    assert tree.xpath("//script") == []
    assert tree.xpath("//@style") == []
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert tree.xpath("//link/@href") == ["../../../../style.css"]
    assert tree.xpath("//html/@lang") == ["ru"]
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("//main/@id") == ["content"]


def test_an_undated_release_has_a_place_too():
    assert page_path("kk", None, "a") == "kk/news/undated/a/index.html"


def test_every_string_of_the_theme_is_translated_into_every_language():
    assert missing_strings(ROOT, Settings()) == {}
    assert sorted(builtin_strings()) == sorted(TAGS)
    ids = [
        sorted(entry.msgid for entry in polib.pofile(str(ROOT / f"locales/{tag}/site.po")))
        for tag in TAGS
    ]
    assert ids[0] == ids[1] == ids[2] == ids[3]


def test_every_string_of_the_templates_is_in_the_catalogue():
    from babel.messages.extract import extract_from_dir

    found = {
        message
        for _, _, message, _, _ in extract_from_dir(
            ROOT / "templates", method_map=[("**.html", "jinja2")]
        )
    }
    known = {entry.msgid for entry in polib.pofile(str(ROOT / "locales/ru/site.po"))}
    assert found - {""} <= known


def test_a_newsroom_may_have_one_template_of_its_own(tmp_path: Path):
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "release.html").write_text(
        "{% extends 'base.html' %}{% block content %}Own: {{ release.title }}{% endblock %}",
        encoding="utf-8",
    )
    content = page(tmp=tmp_path)
    assert "Own: A &lt;b&gt;" in content
    assert "Пресс-служба ОДКБ" in content
    assert folder / "release.html" in theme_files(tmp_path)


def test_a_newsroom_may_have_words_of_its_own_and_a_broken_file_is_told(tmp_path: Path):
    path = tmp_path / "locales/ru/site.po"
    path.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    path.write_text(header + 'msgid "All releases"\nmsgstr "Весь архив"\n', encoding="utf-8")
    assert "Весь архив" in page(tmp=tmp_path)
    path.write_text(header + "msgid nonsense\n", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"locales/ru/site\.po"):
        page(tmp=tmp_path)


def test_the_switcher_keeps_the_order_of_the_newsroom(tmp_path: Path):
    project = make_newsroom(tmp_path, languages='["en", "ru", "kk", "ky"]')
    write_release(project)
    sync(project)
    for tag in ("ru", "kk", "ky"):
        translate(project, tag=tag, e5002beb="12 100")
    publish(project, Order(tags=TAGS, now=NOW))
    content = (tmp_path / "site/current/en/index.html").read_text(encoding="utf-8")
    tree = html.document_fromstring(content)
    names = [element.text for element in tree.xpath("//ul[@class='languages']//*[@lang]")]
    assert names == ["English", "Русский", "Қазақша", "Кыргызча"]
