from __future__ import annotations

import datetime as dt

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from workflow.dates import find_date, parse_date, write_date
from workflow.dates.periods import write_days, write_month, write_year
from workflow.languages import language


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("July 10, 2024", (2024, 7, 10)),
        ("Thursday, May 02, 2024", (2024, 5, 2)),
        ("Washington, June 12, 2023", (2023, 6, 12)),
        ("2013-09-17 8:53:11 -0400", (2013, 9, 17)),
        ("2014-04-28T11:59:00-04:00", (2014, 4, 28)),
        ("25 июля 2024 года", (2024, 7, 25)),
        ("1-го мая 2023 г.", (2023, 5, 1)),
        ("2024-ж. 25-июль", (2024, 7, 25)),
        ("2024-жылдын 25-июлунда", (2024, 7, 25)),
        ("2024 жылғы 25 шілде", (2024, 7, 25)),
        ("2024 жылғы 25 шілдеде", (2024, 7, 25)),
        ("25 шілде 2024 жыл", (2024, 7, 25)),
        ("Sept. 5, 2020", (2020, 9, 5)),
        ("the 3rd of June 2021", (2021, 6, 3)),
        ("25.07.2024", (2024, 7, 25)),
        ("5/13/2014", (2014, 5, 13)),
        ("13/5/2014", (2014, 5, 13)),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, date: tuple[int, int, int]) -> None:
    assert parse_date(text) == dt.date(*date)


@pytest.mark.parametrize(
    "text",
    ["", "2024", "July 2024", "31 June 2023", "2024-13-45", "4/5/2014", "maybe 12, then 2024", "x"],
)
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "On 25 July 2024, staff met.", "25 July 2024"),
        ("ru", "Встреча прошла 25 июля 2024 года в Москве.", "25 июля 2024 года"),
        ("kk", "Кездесу 2024 жылғы 25 шілдеде өтті.", "2024 жылғы 25 шілдеде"),
        ("ky", "Жолугушуу 2024-жылдын 25-июлунда өттү.", "2024-жылдын 25-июлунда"),
        ("en", "from 11 to 15 September 2023 and 1 May 2024", "15 September 2023"),
    ],
)
def test_a_date_inside_a_text_comes_with_its_place(language: str, text: str, found: str) -> None:
    match = find_date(text, language)
    assert match is not None
    assert text[match.start : match.end] == found


def test_months_of_another_language_are_not_seen() -> None:
    assert find_date("25 июля 2024 года", "en") is None


@pytest.mark.parametrize("language", ["", "xx", "tlh", "../etc"])
def test_an_unknown_language_leaves_the_figures(language: str) -> None:
    match = find_date("July 1, 2024 or 2024-07-02", language)
    assert match is not None
    assert match.date == dt.date(2024, 7, 2)


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(["en", "ru", "kk", "ky"])
)
def test_every_date_of_the_calendar_is_read_back(date: dt.date, language: str) -> None:
    month = Locale.parse(language).months["format"]["wide"][date.month]
    assert parse_date(f"{date.day} {month} {date.year}", [language]) == date
    assert parse_date(f"{date:%Y}-{date.month}-{date.day}") == date


@pytest.mark.parametrize(
    ("tag", "month", "year"),
    [
        ("en", "July 2024", "2024"),
        ("ru", "июль 2024 года", "2024 год"),
        ("kk", "2024 жылғы шілде", "2024 жыл"),
        ("ky", "2024-жылдын июлу", "2024-жыл"),
    ],
)
def test_a_month_and_a_year_stand_alone_as_the_language_writes_them(
    tag: str, month: str, year: str
) -> None:
    day = dt.date(2024, 7, 25)
    assert write_month(day, language(tag)) == month
    assert write_year(day, language(tag)) == year


@pytest.mark.parametrize(
    ("tag", "last", "words"),
    [
        ("en", (2024, 7, 25), "25 July 2024"),
        ("en", (2024, 7, 27), "25–27 July 2024"),
        ("en", (2024, 8, 3), "25 July – 3 August 2024"),
        ("en", (2025, 1, 3), "25 July 2024 – 3 January 2025"),
        ("ru", (2024, 7, 27), "25–27 июля 2024 года"),
        ("ru", (2024, 8, 3), "25 июля – 3 августа 2024 года"),
        ("ru", (2025, 1, 3), "25 июля 2024 года – 3 января 2025 года"),
        ("kk", (2024, 7, 27), "2024 жылғы 25–27 шілде"),
        ("kk", (2024, 8, 3), "2024 жылғы 25 шілде – 3 тамыз"),
        ("kk", (2025, 1, 3), "2024 жылғы 25 шілде – 2025 жылғы 3 қаңтар"),
        ("ky", (2024, 7, 27), "2024-жылдын 25–27-июлу"),
        ("ky", (2024, 8, 3), "2024-жылдын 25-июлу – 3-августу"),
        ("ky", (2025, 1, 3), "2024-жылдын 25-июлу – 2025-жылдын 3-январы"),
    ],
)
def test_a_span_of_days_says_once_what_both_ends_share(
    tag: str, last: tuple[int, int, int], words: str
) -> None:
    first = dt.date(2024, 7, 25)
    assert write_days(first, dt.date(*last), language(tag)) == words
    assert write_days(dt.date(*last), first, language(tag)) == words


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)),
    st.sampled_from(["en", "ru", "kk", "ky"]),
)
def test_words_for_dates_have_nothing_of_the_tables_that_readers_do_not_write(
    first: dt.date, last: dt.date, tag: str
) -> None:
    rules = language(tag)
    for text in (
        write_date(first, rules),
        write_month(first, rules),
        write_year(first, rules),
        write_days(first, last, rules),
    ):
        assert not {"\u202f", "\u2009", ","} & set(text)
        assert str(first.year) in text
        # A month inside a sentence has no capital but in English.
        assert tag == "en" or text == text.lower()


@pytest.mark.parametrize("tag", ["en", "ru", "kk", "ky"])
def test_days_have_no_zero_before_them(tag: str) -> None:
    assert "05" not in write_date(dt.date(2024, 7, 5), language(tag))
