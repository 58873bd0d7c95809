from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.slugs import RESERVED, is_slug, slug_of, unique_slug


@pytest.mark.parametrize(
    ("language", "text", "slug"),
    [
        ("ru", "Операция «Канал-Перехват»: итоги", "operatsiya-kanal-perekhvat-itogi"),
        ("ru", "Жёлтый ёж объехал щит", "zhyoltyy-yozh-obekhal-shchit"),
        ("kk", "Қазақстанның жаңа өңірі, һәм әлем", "qazaqstannyn-zhana-oniri-ham-alem"),
        ("kk", "Ұлттық үн, ғылым, ішкі хат", "ulttyq-un-gylym-ishki-hat"),
        ("ky", "Жогорку Кеңештин төрагасы", "jogorku-kengeshtin-toragasy"),
        ("ky", "Чүй өрөөнү", "chuy-oroonu"),
        ("en", "Æther’s café: naïve & free", "aethers-cafe-naive-and-free"),
        ("en", "CSTO встреча", "csto-vstrecha"),
        ("ky-KG", "Жаңы", "jangy"),
        ("en", "№ 5 — 61.5%", "no-5-61-5"),
    ],
)
def test_titles_become_ascii(language: str, text: str, slug: str) -> None:
    assert slug_of(text, language) == slug


def test_letters_in_two_pieces_are_spelled_like_whole_ones() -> None:
    assert slug_of("Чуи\u0306", "ru") == slug_of("Чуй", "ru")


def test_a_long_title_is_cut_at_a_word() -> None:
    slug = slug_of("The International Coordination Headquarters of the operation reports", "en")
    assert slug == "the-international-coordination-headquarters-of-the-operation"


@pytest.mark.parametrize("text", ["", "!!!", "北京", "...", "../../"])
def test_a_title_without_letters_is_a_release(text: str) -> None:
    assert slug_of(text, "en") == "release"


@given(st.text(), st.sampled_from(["en", "ru", "kk", "ky", ""]))
def test_every_made_slug_is_a_slug(text: str, language: str) -> None:
    slug = slug_of(text, language)
    assert is_slug(slug)
    assert len(slug) <= 80


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_reserved_names_are_neither_made_nor_accepted(name: str) -> None:
    assert not is_slug(name)
    assert is_slug(slug_of(name, "en"))


@pytest.mark.parametrize(
    "text", ["", "A", "a_b", "-a", "a-", "a--b", "a/b", "..", "a.b", "é", "a\n", "a" * 81]
)
def test_other_texts_are_no_slugs(text: str) -> None:
    assert not is_slug(text)


def test_a_taken_slug_gets_the_next_free_number() -> None:
    assert unique_slug("a", set()) == "a"
    assert unique_slug("a", {"a"}) == "a-2"
    assert unique_slug("a", {"a", "a-2", "a-3"}) == "a-4"


def test_a_number_never_makes_a_slug_too_long() -> None:
    longest = "a" * 80
    assert is_slug(unique_slug(longest, {longest}))
