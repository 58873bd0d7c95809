"""Pages as a careful typesetter would set them; catalogues and checks know nothing of it."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.newsrooms import NOW, RELEASE, make_newsroom, translate, write_release
from tests.strategies import texts
from workflow.checks import numbers, quotes, whitespace
from workflow.languages import language
from workflow.model import (
    Block,
    BlockKind,
    Code,
    CodeKind,
    Page,
    Passage,
    Release,
    Style,
    Text,
    Unit,
)
from workflow.pipeline.orders import Order
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.plugins import Pair
from workflow.stages.typeset import folded, set_text, set_words, typeset
from workflow.stages.verify import verify
from workflow.stores.catalogs import read_catalog
from workflow.stores.project import Project

AS_TYPED = Style()
HOUSE = Style(house_quotes=True)
TAGS = ("en", "ru", "kk", "ky")


def shown(text: str, tag: str, style: Style = AS_TYPED) -> str:
    """Each no-break blank as ``~``."""
    assert "~" not in text
    return set_words(text, tag, style).replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("ru", "Изъято 897 кг", "Изъято 897~кг"),
        ("ru", "в 12 100 случаях", "в 12~100 случаях"),
        ("ru", "1 234 567 человек", "1~234~567 человек"),
        ("ru", "в 2024 100 человек", "в 2024 100 человек"),
        ("ru", "25 июля 2024 года", "25~июля 2024~года"),
        ("ru", "к 2024 г. Москва", "к 2024~г. Москва"),
        ("ru", "в г. Бишкек", "в г.~Бишкек"),
        ("ru", "ст. 51 и № 5", "ст.~51 и №~5"),
        ("ru", "и т. д., и т. п.", "и т.~д., и т.~п."),
        ("ru", "и т. д. 5 раз", "и т.~д. 5 раз"),
        ("ru", "А. И. Храпов", "А.~И.~Храпов"),
        ("ru", "А.И. Храпов", "А.И.~Храпов"),
        ("ru", "Храпов А.И. сказал", "Храпов~А.И. сказал"),
        ("ru", "Дж. Смит", "Дж.~Смит"),
        ("ru", "генерал – министр — он", "генерал~– министр~— он"),
        ("ru", "Бишкек - столица", "Бишкек~— столица"),
        ("ru", "5 - 3", "5~- 3"),
        ("ru", "50 тыс. руб.", "50~тыс.~руб."),
        ("ru", "5 млн долл. США", "5~млн~долл. США"),
        ("ru", "в XX в.", "в XX~в."),
        ("ru", "5 в Москве, 5 с половиной", "5 в Москве, 5 с половиной"),
        ("ru", "62 % и 61,5 ‰", "62% и 61,5‰"),
        ("ru", "Да...", "Да…"),
        ("ru", "Да.... и ?..", "Да.... и ?.."),
        ("ru", "11-15 сентября", "11–15~сентября"),
        ("ru", "в 2023-2024 годах", "в 2023–2024~годах"),
        ("ru", "10-15 %", "10–15%"),
        ("ru", "тел. 22-33-44, № 10-12", "тел.~22-33-44, №~10-12"),
        ("ru", "2024-07-25 и 15-11 сентября", "2024-07-25 и 15-11~сентября"),
        ("ru", "12\u202f100 и 5\u2009кг", "12~100 и 5~кг"),
        ("ru", "проф. Иванов", "проф.~Иванов"),
        ("kk", "2024 жылғы 25 шілдеде", "2024~жылғы 25~шілдеде"),
        ("kk", "2023 ж. 15 қыркүйекте", "2023~ж. 15~қыркүйекте"),
        ("kk", "12 100 адам, 5 млн теңге", "12~100~адам, 5~млн~теңге"),
        ("kk", "т. б. және ж. б.", "т.~б. және ж.~б."),
        ("kk", "Канал - операция", "Канал~— операция"),
        ("kk", "Қ. К. Тоқаев", "Қ.~К.~Тоқаев"),
        ("kk", "11-15 қыркүйек", "11–15~қыркүйек"),
        ("ky", "2024-жылдын 25-июлунда", "2024-жылдын 25-июлунда"),
        ("ky", "2024-ж. 25-июль", "2024-ж. 25-июль"),
        ("ky", "25-27-июль", "25–27-июль"),
        ("ky", "12 100 сом, 7 жыл", "12~100~сом, 7~жыл"),
        ("ky", "С. Н. Жапаров", "С.~Н.~Жапаров"),
        ("ky", "Өнөктөш - биз", "Өнөктөш~— биз"),
        ("en", "25 July 2024, July 25", "25~July 2024, July~25"),
        ("en", "at 5 p.m., No. 5", "at 5~p.m., No.~5"),
        ("en", "Mr. Smith and J. R. Smith", "Mr.~Smith and J.~R.~Smith"),
        ("en", "12,100 kg — all - that", "12,100~kg~— all - that"),
    ],
)
def test_a_line_does_not_end_where_it_must_not(tag: str, text: str, expected: str):
    assert shown(text, tag) == expected


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("ru", 'операция "Канал"', "операция «Канал»"),
        ("ru", '"Газета "Труд" пишет"', "«Газета „Труд“ пишет»"),
        ("ru", "“Канал” и „Перехват“", "«Канал» и «Перехват»"),
        ("ru", "«А “б” в»", "«А „б“ в»"),
        ("kk", '“Канал" операциясы', '“Канал" операциясы'),
        ("kk", "“А «б» в”", "«А “б” в»"),
        ("ky", '"А "б" в" - деди', "«А „б“ в»~— деди"),
        ("en", 'He said: "A "b" c".', "He said: “A ‘b’ c”."),
        ("en", "the chiefs' and officer’s", "the chiefs' and officer’s"),
        ("ru", 'экран 5" и "Канал"', 'экран 5" и "Канал"'),
        ("ru", "«Мы встретились. Мы", "«Мы встретились. Мы"),
        ("ru", ' " ', ' " '),
    ],
)
def test_quotation_marks_are_the_houses_where_their_pairs_are_certain(
    tag: str, text: str, expected: str
):
    assert shown(text, tag, HOUSE) == expected


def test_quotation_marks_stay_as_they_were_typed_unless_the_house_decides():
    assert shown('"Канал" и «Перехват»', "ru") == '"Канал" и «Перехват»'


@pytest.mark.parametrize(
    "text",
    [
        "https://e.org/a...b?d=25-27%&x=№ 5"[:30],
        "press.office@e.org",
        "archive.2023-2024.zip",
        "www.e.org/25...",
        "#2023-2024",
    ],
)
def test_an_address_stays_as_it_is(text: str):
    assert shown(text, "ru", HOUSE) == text


def test_code_stays_as_it_is_and_the_words_around_it_do_not():
    code = Code(kind=CodeKind.CODE, start=0, end=12)
    found = set_text(Text("25 июля... 7 25 июля", (code,)), "ru", HOUSE)
    assert found == Text("25 июля... 7 25\u00a0июля", (code,))


def test_a_number_in_bold_holds_the_unit_behind_it():
    bold = Code(kind=CodeKind.BOLD, start=8, end=11)
    assert set_text(Text("изъяли: 897 кг", (bold,)), "ru", AS_TYPED) == Text(
        "изъяли: 897\u00a0кг", (bold,)
    )


def test_codes_stay_around_their_words_when_a_text_grows_shorter():
    link = Code(kind=CodeKind.LINK, start=10, end=15, target="https://e.org/")
    found = set_text(Text("Да... 5 % здесь", (link,)), "ru", AS_TYPED)
    assert found.plain == "Да… 5% здесь"
    assert found.plain[found.codes[0].start : found.codes[0].end] == "здесь"


def test_a_mark_that_is_half_in_bold_is_not_drawn_together():
    half = Code(kind=CodeKind.BOLD, start=0, end=3)
    assert set_text(Text("Да...", (half,)), "ru", AS_TYPED) == Text("Да...", (half,))


def test_every_part_of_a_release_is_set_by_the_custom_of_its_language():
    release = Release(
        slug="a",
        title="Встреча 25 июля",
        summary="Изъято 897 кг",
        language="ru",
        original="en",
        blocks=(
            Block(kind=BlockKind.PARAGRAPH, text=Text("Бишкек - столица")),
            Block(kind=BlockKind.PARAGRAPH, text=Text("Bishkek - capital, 25 July")),
            Block(kind=BlockKind.VERBATIM, text=Text("25 июля...")),
        ),
        untranslated=frozenset({1}),
    )
    found = typeset(release, AS_TYPED, source_language="en")
    assert found.title == "Встреча 25\u00a0июля"
    assert found.summary == "Изъято 897\u00a0кг"
    assert [block.text.plain for block in found.blocks] == [
        "Бишкек\u00a0— столица",
        "Bishkek - capital, 25\u00a0July",
        "25 июля...",
    ]


def test_a_passage_in_the_source_language_is_set_by_the_custom_of_the_source():
    plain = "Бишкек - столица... Bishkek - 25 July... Изъято 5 % - здесь"
    start, end = plain.index("Bishkek"), plain.index(" Изъято")
    bold = Code(kind=CodeKind.BOLD, start=plain.index("здесь"), end=len(plain))
    release = Release(
        slug="a",
        title="Т",
        language="ru",
        blocks=(Block(kind=BlockKind.PARAGRAPH, text=Text(plain, (bold,))),),
        untranslated=frozenset({0}),
        passages=(Passage(block=0, start=start, end=end),),
    )
    found = typeset(release, AS_TYPED, source_language="en")
    text = found.blocks[0].text
    assert text.plain.replace("\u00a0", "~") == (
        "Бишкек~— столица… Bishkek - 25~July… Изъято 5%~— здесь"
    )
    (passage,) = found.passages
    assert text.plain[passage.start : passage.end] == "Bishkek - 25\u00a0July…"
    assert text.plain[text.codes[0].start : text.codes[0].end] == "здесь"


def test_only_running_text_gets_soft_hyphens():
    word = "ынтымақтастық"
    kinds = [kind for kind in BlockKind if kind is not BlockKind.VERBATIM]
    release = Release(
        slug="a",
        title=word,
        summary=word,
        language="kk",
        blocks=tuple(Block(kind=kind, text=Text(word)) for kind in kinds),
    )
    found = typeset(release, Style(hyphenate=True), source_language="en")
    cut = {block.kind for block in found.blocks if "\u00ad" in block.text.plain}
    assert cut == {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE}
    assert found.title == found.summary == word


styles = st.builds(Style, house_quotes=st.booleans(), hyphenate=st.booleans())
pieces = st.sampled_from(
    [*'"«»“”„‘’. -–—%№…\u00a0\u202f\n', "...", "25", "12 100", "июля", "кг", "г.", "А.", "ст.", "July",
     "Храпов", "шілде", "июль", "т. д.", "млн", "ынтымақтастық", "2023-2024", "www.e.org", " - "]
)  # fmt: skip
strings = st.lists(pieces, max_size=14).map("".join)
any_text = st.one_of(texts(), strings.map(Text))


def letters_and_digits(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@given(any_text, st.sampled_from(TAGS), styles)
@example(Text("...2023-2024"), "en", Style())
def test_letters_and_digits_stay_and_setting_twice_is_setting_once(
    text: Text, tag: str, style: Style
):
    once = set_text(text, tag, style)
    assert letters_and_digits(once.plain) == letters_and_digits(text.plain)
    assert set_text(once, tag, style) == once
    assert folded(once.plain) == folded(text.plain)


@given(any_text, st.sampled_from(TAGS), styles)
def test_codes_cover_the_same_letters_as_before(text: Text, tag: str, style: Style):
    def covered(one: Text) -> list[tuple[CodeKind, str]]:
        return [
            (code.kind, letters_and_digits(one.plain[code.start : code.end])) for code in one.codes
        ]

    found = set_text(text, tag, style)
    assert covered(found) == covered(text)
    for code, before in zip(found.codes, text.codes, strict=True):
        assert (code.start < code.end) == (before.start < before.end)
        if code.kind is CodeKind.CODE:
            was = text.plain[before.start : before.end]
            assert found.plain[code.start : code.end] == was


@pytest.mark.parametrize("tag", ["ru", "kk", "ky"])
@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2009"])
def test_checks_see_no_difference_between_blanks(tag: str, blank: str):
    source = Text("12,100 kg of “x” on 25 July — 62%")
    target = Text(f"12{blank}100{blank}кг «x» 25{blank}июль{blank}— 62%")
    pair = Pair(
        unit=Unit(key="k", source=source.plain, target=target.plain),
        source=source,
        target=target,
        source_language=language("en"),
        target_language=language(tag),
    )
    for check in (numbers.CHECK, quotes.CHECK, whitespace.CHECK):
        assert list(check.find(pair)) == []


def test_a_page_is_set_and_its_catalogue_is_not(tmp_path: Path):
    project = make_newsroom(
        tmp_path,
        settings='site_url = "https://e.org"\n[publish]\ngate = "critical"\n[typography]\nhyphenate = true\n',
        languages='["en", "kk"]',
    )
    summary = "date: 2024-07-25\nsummary: We met on security"
    write_release(project, text=RELEASE.replace("date: 2024-07-25", summary))
    sync(project)
    translate(
        project,
        tag="kk",
        **dict.fromkeys(
            keys(project, "first item", "We met on security", "The council met"),
            "ынтымақтастық - 5 кг",
        ),
    )
    catalogue = (tmp_path / "locales/kk/releases/council-met.po").read_bytes()
    report = publish(project, Order(tags=("kk",), now=NOW))
    assert report.issues == ()
    page = (tmp_path / "site/current/kk/news/2024/council-met/index.html").read_text("utf-8")
    assert "<li>ын\u00adты\u00adмақ\u00adтас\u00adтық\u00a0— 5\u00a0кг</li>" in page
    head, _, _ = page.partition('<div class="body">')
    assert "\u00ad" not in head
    assert (tmp_path / "locales/kk/releases/council-met.po").read_bytes() == catalogue
    assert b"\xc2\xad" not in catalogue
    site = (tmp_path / "site/current").resolve()
    files = {
        path.name
        for path in site.rglob("*")
        if path.is_file() and "\u00ad" in path.read_text("utf-8")
    }
    assert files == {"index.html"}
    cut = [path for path in site.rglob("*.html") if "\u00ad" in path.read_text("utf-8")]
    assert [path.parent.name for path in cut] == ["council-met"]


def keys(project: Project, *of: str) -> list[str]:
    catalog = read_catalog(project.root, "kk", "council-met")
    assert catalog is not None
    return [unit.key for unit in catalog.units if unit.source in of]


def test_a_page_that_lost_a_word_is_still_seen():
    release = Release(
        slug="a",
        title="Т",
        language="ru",
        date=dt.date(2024, 7, 25),
        blocks=(Block(kind=BlockKind.PARAGRAPH, text=Text('Он - "сын"...')),),
    )
    good = Page(path="a.html", content="<h1>Т</h1><p>Он\u00a0— «сын»…</p>")
    assert verify(good, release)[0] == ()
    lost = Page(path="a.html", content="<h1>Т</h1><p>Он\u00a0— «син»…</p>")
    assert len(verify(lost, release)[0]) == 1
