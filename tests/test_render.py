"""Pages: dates, languages and words as readers meet them."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from posixpath import dirname, join, normpath

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.newsrooms import NOW, make_newsroom, translate, write_release
from tests.strategies import letters
from workflow.errors import TemplateError
from workflow.languages import language
from workflow.model import (
    Alternate,
    Block,
    BlockKind,
    Code,
    CodeKind,
    Entry,
    Listing,
    Page,
    Passage,
    Release,
    Site,
    Text,
)
from workflow.pipeline.orders import Order
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.settings import Settings
from workflow.stages.addresses import index_path, page_path
from workflow.stages.render import render_list, render_release, render_root
from workflow.stages.verify import verify
from workflow.stores.templates import builtin_strings, missing_strings, read_theme, theme_files
from workflow.theme import Theme

ROOT = Path(__file__).parents[1]
TAGS = ("en", "ru", "kk", "ky")
SITE = Site(
    name="CSTO Press Office",
    url="",
    languages=(("en", "English"), ("ru", "Русский"), ("kk", "Қазақша"), ("ky", "Кыргызча")),
    draft=False,
    source_language="en",
)
DAY = dt.date(2024, 7, 25)
LANGUAGES = SITE.languages
THEME = read_theme(ROOT, Settings())
RELEASE = Release(
    slug="a",
    title="A <b> & title",
    language="ru",
    date=dt.date(2024, 7, 5),
    section="events",
    summary='A "summary"',
    blocks=(Block(kind=BlockKind.PARAGRAPH, text=Text("5 < 6 & 7")),),
)


def render_index(tag: str, entries: Sequence[Entry], theme: Theme, site: Site) -> Page:
    indexes = tuple(
        Alternate(tag=tag, autonym=name, path=index_path(tag)) for tag, name in site.languages
    )
    path = index_path(tag)
    listing = Listing(path=path, head=path, tag=tag, entries=tuple(entries), alternates=indexes)
    return render_list(listing, theme, site)


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


def site(*, url: str = "", draft: bool = False) -> Site:
    return Site(
        name="CSTO Press Office", url=url, languages=LANGUAGES, draft=draft, source_language="en"
    )


def alternates(*tags: str) -> tuple[Alternate, ...]:
    return tuple(
        Alternate(tag=tag, autonym=language(tag).autonym, path=page_path(tag, DAY, "council"))
        for tag in tags
    )


def release(tag: str = "ru", title: str = "Title", **more: object) -> Release:
    return Release(slug="council", title=title, language=tag, date=DAY, **more)  # type: ignore[arg-type]


def shown(
    one: Release, *tags: str, of: Site = SITE, theme: Theme = THEME, source: str = "en"
) -> str:
    path = page_path(one.language, one.date, one.slug)
    others = alternates(*(tags or (one.language,)))
    page = render_release(one, theme, of, path=path, alternates=others, source_language=source)
    assert page.path == path
    return page.content


def entry(slug: str, title: str = "T", **more: object) -> Entry:
    values = {"summary": "", "section": "", "date": DAY} | more
    return Entry(slug=slug, title=title, path=page_path("ru", DAY, slug), **values)  # type: ignore[arg-type]


def test_kyrgyz_months_are_possessed_after_a_year_in_the_genitive():
    months = "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры"
    for number, month in enumerate(months.split(), 1):
        dated = replace(release("ky"), date=dt.date(2024, number, 5))
        assert f">2024-жылдын 5-{month}</time>" in shown(dated)
    house = read_theme(ROOT, Settings(dates={"ky": "y-'ж'. d-MMMM"}))
    assert ">2024-ж. 25-июль</time>" in shown(release("ky"), theme=house)


@given(title=letters, words=letters, summary=letters)
def test_no_character_of_a_text_becomes_markup(title: str, words: str, summary: str):
    blocks = (Block(kind=BlockKind.PARAGRAPH, text=Text(words)),)
    one = release(title=title, summary=summary, section=title, blocks=blocks)
    content = shown(one)
    plain = shown(
        release(
            title="t",
            summary="s",
            section="n",
            blocks=(Block(kind=BlockKind.PARAGRAPH, text=Text("w")),),
        )
    )
    if title and summary:  # an empty one has no element
        assert content.count("<") == plain.count("<")
    assert verify(Page(path="ru/a/b/c/index.html", content=content))[0] == ()


@given(st.sampled_from(["<b>x</b>", "</title><script>", '"><img src=x onerror=y>', "{{ 7*7 }}"]))
def test_names_of_the_site_and_of_sections_are_escaped_too(evil: str):
    bad = Site(name=evil, url="", languages=LANGUAGES, draft=True, source_language="en")
    pages = [
        render_index("ru", [entry("a", evil, section=evil, summary=evil)], THEME, bad),
        render_root(THEME, bad),
    ]
    for page in pages:
        assert verify(page)[0] == ()
        assert "<" not in evil or evil not in page.content
        assert "49" not in page.content


def test_every_link_of_every_page_leads_to_a_page_of_the_site():
    pages = [shown(release(tag), *TAGS) for tag in TAGS]
    paths = [page_path(tag, DAY, "council") for tag in TAGS]
    pages += [render_index(tag, [entry("council")], THEME, SITE).content for tag in TAGS]
    paths += [index_path(tag) for tag in TAGS]
    pages.append(render_root(THEME, SITE).content)
    paths.append("index.html")
    known = {*paths, "style.css"}
    for path, content in zip(paths, pages, strict=True):
        for address in html.document_fromstring(content).xpath("//@href"):
            assert not address.startswith("/")
            if not address.startswith("#"):
                assert normpath(join(dirname(path), address)) in known


def test_the_switcher_and_the_head_name_what_exists_and_nothing_else():
    content = shown(release("ru"), "en", "ru")
    tree = html.document_fromstring(content)
    assert tree.xpath("//nav//a/@hreflang") == ["en"]
    assert tree.xpath("//nav//a/@lang") == ["en"]
    assert tree.xpath("//nav//*[@aria-current]/text()") == ["Русский"]
    assert tree.xpath("//link[@rel='alternate']/@hreflang") == ["en", "ru", "x-default"]
    assert "<nav" not in shown(release("ru"))
    assert "canonical" not in content


def test_x_default_is_the_language_a_release_was_written_in_when_that_is_there():
    def default(content: str) -> list[str]:
        return html.document_fromstring(content).xpath("//link[@hreflang='x-default']/@href")

    assert default(shown(release("ru"), "en", "ru", source="ru")) == ["index.html"]
    assert default(shown(release("ru"), "ru", "kk")) == []


def test_with_an_address_canonical_and_alternates_are_absolute():
    content = shown(release("ru"), "en", "ru", of=site(url="https://e.org/press"))
    assert '<link rel="canonical" href="https://e.org/press/ru/news/2024/council/">' in content
    assert 'hreflang="en" href="https://e.org/press/en/news/2024/council/">' in content


def test_a_draft_says_so_to_readers_and_to_robots():
    content = shown(release("ky"), of=site(draft=True))
    assert "Каралама: жарыялоого арналган эмес." in content
    assert '<meta name="robots" content="noindex' in content
    assert "noindex" not in shown(release("ky"))


def test_what_is_not_translated_is_marked_and_the_reader_is_told():
    blocks = (Block(kind=BlockKind.PARAGRAPH, text=Text("p")),)
    content = shown(release("kk", "t", summary="s", blocks=blocks, untranslated=frozenset({-1, 0})))
    assert '<h1 lang="en">t</h1>' in content
    assert '<p class="summary">s</p>' in content
    assert '<p lang="en">p</p>' in content
    assert "Бұл мәтіннің бір бөлігі әлі аударылмаған" in content
    assert 'role="note"' not in shown(release("kk", "t", blocks=blocks))


def test_the_policy_lets_in_the_hosts_of_pictures_only_where_there_are_some():
    def policy(target: str) -> str:
        code = Code(kind=CodeKind.IMAGE, start=0, end=1, target=target)
        block = Block(kind=BlockKind.PARAGRAPH, text=Text("\ufffc", (code,)))
        found = re.search(r"img-src ([^;]*);", shown(release(blocks=(block,))))
        assert found
        return found[1]

    assert policy("a.png") == "'self'"
    assert policy("https://img.example.org/a.png") == "'self' https://img.example.org"
    assert policy("https://x;script-src */a.png") == "'self'"
    assert policy("http://example.org/a.png") == "'self'"


def test_an_index_keeps_its_order_and_an_empty_one_says_so():
    content = render_index("ru", [entry("b", "Второй"), entry("a", "Первый")], THEME, SITE).content
    assert content.index("Второй") < content.index("Первый")
    assert "пока ничего не опубликовано" in render_index("ru", [], THEME, SITE).content


def test_the_root_offers_every_language_in_its_own_words():
    tree = html.document_fromstring(render_root(THEME, SITE).content)
    assert tree.xpath("//main//li/a/text()") == ["English", "Русский", "Қазақша", "Кыргызча"]
    assert tree.xpath("//main//li/@lang") == list(TAGS)
    assert "ЖККУнун басма сөз кызматы" in tree.xpath("//main//li/span/text()")


@pytest.mark.parametrize(
    ("template", "line", "what"),
    [
        ("\n{{ release.titel }}", 2, "titel"),
        ("\n\n{{ 1 / 0 }}", 3, "division"),
        ("{{ 'a' + 1 }}", 1, "concatenate"),
        ("\n{% include 'no.html' %}", 2, "no.html"),
        ("\n{% extends 'release.html' %}", None, ""),
        ("\n{% endif %}", 2, "endif"),
    ],
)
def test_a_fault_of_a_template_has_its_file_and_line(tmp_path, template, line, what):
    project = make_newsroom(tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "release.html").write_text(template, encoding="utf-8")
    theme = read_theme(project.root, project.settings)
    with pytest.raises(TemplateError) as caught:
        shown(release("ru"), theme=theme)
    assert caught.value.path == "templates/release.html"
    assert what in caught.value.what
    assert line is None or caught.value.line == line


@pytest.mark.parametrize(
    ("tag", "locale"), [("en", "en_GB"), ("ru", "ru_RU"), ("kk", "kk_KZ"), ("ky", "ky_KG")]
)
def test_a_language_has_its_territory_for_open_graph(tag: str, locale: str):
    assert language(tag).locale == locale


def test_a_summary_that_is_translated_in_part_is_marked_and_described_nowhere():
    one = release("kk", summary="Бір. Two.", untranslated=frozenset({-2}))
    content = shown(replace(one, passages=(Passage(block=-2, start=5, end=9),)))
    assert '<p class="summary">Бір. <span lang="en">Two.</span></p>' in content
    assert 'name="description"' not in content
