from __future__ import annotations

import datetime as dt

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from workflow.dates import find_date, parse_date


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
