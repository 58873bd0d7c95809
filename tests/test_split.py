"""A scraped dump becomes releases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from workflow.languages import language
from workflow.model import BlockKind, Release, Severity
from workflow.stages.deduce import headline_of
from workflow.stages.split import Dump, split

REAL = Path(__file__).parents[2] / "shared" / "real" / "csto-news.txt"

BODY = "The talks began in Almaty and went on for the whole of the day with all members."


@pytest.fixture(scope="module")
def dump() -> Dump:
    if not REAL.is_file():
        pytest.skip(f"{REAL} is not on this machine")
    return split(REAL.read_text(encoding="utf-8"), path="csto-news.txt", language="en")


def bodies(release: Release) -> list[str]:
    return [block.text.plain for block in release.blocks]


def test_the_real_dump_is_five_releases(dump: Dump) -> None:
    assert [(item.title, item.date, item.section) for item in dump.items] == [
        (
            "Staff of the CSTO Secretariat met with graduates of Central Asian universities",
            dt.date(2024, 7, 25),
            "events",
        ),
        (
            "Allow me to thank the Russian presidency of the United Nations Security Council",
            None,
            "statements",
        ),
        (
            "The CSTO Secretary General Imangali Tasmagambetov took part in the debate",
            dt.date(2024, 7, 19),
            "events",
        ),
        ("Imangali Tasmagambetov told BELTA news agency correspondent", None, "interviews"),
        (
            'The CSTO sub-regional anti-drug operation "Channel-Perekhvat" was held',
            dt.date(2023, 9, 15),
            "operations",
        ),
    ]


def test_the_real_dump_loses_no_paragraph(dump: Dump) -> None:
    lines = REAL.read_text(encoding="utf-8").split("\n")
    left = {number for number, line in enumerate(lines, 1) if line.strip()}
    left -= {line for line, _ in dump.dropped} | {15}
    assert [[block.line for block in item.blocks] for item in dump.items] == [
        [2], [5, 7], [10], [13], [18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42],
    ]  # fmt: skip
    for item in dump.items:
        for block in item.blocks:
            assert block.text.plain == lines[block.line - 1].strip()
            left.remove(block.line)
    assert left == set()


def test_the_real_dump_drops_its_navigation_alone(dump: Dump) -> None:
    assert dump.dropped == (
        (44, "Go back"),
        (46, "Back to the section"),
        (48, "Back to the all news"),
    )


def test_the_real_dump_has_every_suspicion_with_its_line(dump: Dump) -> None:
    assert [(issue.line, issue.check, issue.suggestion) for issue in dump.issues] == [
        (2, "import-quotes", ""),
        (2, "import-title", ""),
        (5, "import-date", ""),
        (5, "import-title", ""),
        (10, "import-title", ""),
        (13, "import-date", ""),
        (13, "import-title", ""),
        (18, "import-relative", "2023"),
        (18, "import-repeat", ""),
        (34, "import-stray", "Joint"),
        (36, "import-names", "Channel-Perekhvat"),
        (36, "import-quotes", ""),
        (42, "import-date", ""),
    ]
    assert all(issue.path == "csto-news.txt" and "\n" not in issue.message for issue in dump.issues)


def test_what_is_suspected_in_the_real_dump_is_named(dump: Dump) -> None:
    said = {(issue.line, issue.check): issue for issue in dump.issues}
    assert (
        "“Channel-Interception” is “Channel-Perekhvat” in line 18"
        in said[36, "import-names"].message
    )
    assert said[18, "import-repeat"].severity is Severity.MAJOR
    assert said[42, "import-date"].message.startswith("2023-09-15 is a guess from this line")
    last = dump.items[4]
    for issue in dump.issues:
        block = next((block for block in last.blocks if block.line == issue.line), None)
        if block is not None and issue.end:
            words = block.text.plain[issue.start : issue.end]
            assert words in {
                ".Joint", "Channel-Interception", "“As margin notes”", "this year",
                'The subregional anti-drug operation "Channel-Perekhvat" was carried out in order '
                "to legalize drug profits.",
            }  # fmt: skip


def test_words_are_kept_as_written(dump: Dump) -> None:
    assert bodies(dump.items[4])[8] == (
        ".Joint efforts unmasked a large transnational organized criminal group."
    )


def test_two_blank_lines_end_an_item_and_one_does_not() -> None:
    dump = split(f"{BODY}\n\nMore of it.\n\n\n{BODY}\n")
    assert [len(item.blocks) for item in dump.items] == [2, 1]


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n", "\n\n\n\n"])
def test_a_title_belongs_to_what_is_under_it(gap: str) -> None:
    dump = split(f"{BODY}\n\n\nTalks on trade go on{gap}{BODY}\n")
    assert [item.title for item in dump.items][1] == "Talks on trade go on"
    assert bodies(dump.items[1]) == [BODY]


def test_each_item_has_its_own_title() -> None:
    dump = split(f"One thing\n\n{BODY}\n\n\nAnother thing\n\n{BODY}\n\n\nA third\n\n\n{BODY}\n")
    assert [item.title for item in dump.items] == ["One thing", "Another thing", "A third"]
    assert [bodies(item) for item in dump.items] == [[BODY]] * 3


def test_a_title_with_nothing_under_it_is_not_lost() -> None:
    dump = split(f"{BODY}\n\n\nTalks on trade go on\n")
    assert [bodies(item) for item in dump.items] == [[BODY], ["Talks on trade go on"]]
    dump = split(f"One thing\n\n\nAnother thing\n\n\n{BODY}\n")
    assert [item.title for item in dump.items] == ["One thing", "Another thing"]


def test_lists_and_quotations_are_read_as_in_a_plain_text_file() -> None:
    dump = split(f"{BODY}\n\n\n\n{BODY}\n\n- one\n- two\n\n> three\n")
    assert [(block.kind, block.line) for block in dump.items[1].blocks] == [
        (BlockKind.PARAGRAPH, 5),
        (BlockKind.ITEM, 7),
        (BlockKind.ITEM, 8),
        (BlockKind.QUOTE, 10),
    ]


@pytest.mark.parametrize(
    "line",
    ["###", "==", "-30-", "- END -", "Read more", "Read more »", "SHARE", "Share this article",
     "Print", "← Back", "Назад", "Вернуться в раздел", "Назад к списку", "Поделиться",
     "Версия для печати", "Просмотров: 1 234", "Артқа", "Артка"],
)  # fmt: skip
def test_remains_go_from_the_ends_of_every_item(line: str) -> None:
    dump = split(f"{line}\n\n{BODY}\n\n{line}\n\n\n{BODY}\n{line}\n")
    assert [bodies(item) for item in dump.items] == [[BODY], [BODY]]
    assert dump.dropped == ((1, line), (5, line), (9, line))


def test_a_word_of_a_button_inside_the_text_stays() -> None:
    dump = split(f"{BODY}\n\nBack\n\n{BODY}\n\n\n{BODY} Go back")
    assert dump.dropped == ()


def test_boilerplate_of_the_house_goes_wherever_it_stands_and_splits_nothing() -> None:
    text = f"{BODY}\n\nPress  service of the CSTO\n\n{BODY}\n"
    dump = split(text, boilerplate=["press service of the CSTO"])
    assert [bodies(item) for item in dump.items] == [[BODY, BODY]]
    assert dump.dropped == ((3, "Press  service of the CSTO"),)


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("The talks began. They went on.", "The talks began"),
        ("On 1 May 2024, staff met in Almaty to talk.", "Staff met in Almaty to talk"),
        ("Moscow, 1 May 2024 – The staff met in Almaty.", "The staff met in Almaty"),
        (
            "Members of “A and B with C in D” and of forty other bodies met for the first time in "
            "the history of the organisation.",
            "Members of “A and B with C in D” and of forty other bodies met for the first time",
        ),
        ("One " * 40, "One " * 21 + "One"),
    ],
)
def test_a_headline_is_made_of_the_texts_own_words(text: str, headline: str) -> None:
    assert headline_of(text, language("en")) == headline


def test_a_russian_dump_is_read_as_one() -> None:
    body = (
        "25 июля 2024 года сотрудники Секретариата ОДКБ встретились в Москве с выпускниками "
        "университетов Центральной Азии, которые участвуют в работе школы."
    )
    dump = split(f"{body}\n\n\n{body}\n\nНазад\n", language="ru")
    assert [(item.title, item.date, item.section, item.slug) for item in dump.items] == [
        (
            "25 июля 2024 года сотрудники Секретариата ОДКБ встретились в Москве",
            dt.date(2024, 7, 25),
            "events",
            "25-iyulya-2024-goda-sotrudniki-sekretariata-odkb-vstretilis",
        )
    ] * 2


@pytest.mark.parametrize("text", ["", "\n\n\n", "###\n", "Go back\n\n\n\nPrint"])
def test_a_dump_of_nothing_gives_nothing(text: str) -> None:
    assert split(text).items == ()
