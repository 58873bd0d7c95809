"""Syllables of Kazakh and Kyrgyz words; words that are never cut."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.languages import language
from workflow.languages.hyphenation import breaks, hyphenation
from workflow.model import Code, CodeKind, Style, Text
from workflow.stages.typeset import set_text

STYLE = Style(hyphenate=True)
HOME = Path(__file__).parent / "hyphenation"


def words(tag: str) -> list[str]:
    lines = (HOME / f"{tag}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def cut(text: str, tag: str) -> str:
    assert "-" not in text
    return set_text(Text(text), tag, STYLE).plain.replace("\u00ad", "-")


def syllables(word: str, tag: str) -> str:
    rules = hyphenation(tag)
    assert rules is not None
    places = breaks(word, rules)
    return "".join("-" * (at in places) + letter for at, letter in enumerate(word))


@pytest.mark.parametrize(
    ("tag", "word"), [(tag, word) for tag in ("kk", "ky") for word in words(tag)]
)
def test_a_word_is_cut_between_its_syllables(tag: str, word: str):
    assert syllables(word.replace("-", ""), tag) == word


def test_there_are_words_enough():
    assert all(len(words(tag)) > 60 for tag in ("kk", "ky"))


@pytest.mark.parametrize(
    "text",
    [
        "ҰҚШҰ елдері",
        "ИНТЕРПОЛДЫҢ",
        "ынтымақ тасу",  # seven letters, four
        "https://мекеме.қз/ынтымақтастық",
        "сайт ынтымақтастық.қаз",
        "ынтымақтастық@мекеме.қаз",
        "#ынтымақтастық",
        "2024ынтымақтастық",
        "іс\u2011шаралардың",
        "Жұмабаев’ынтымақтастық",
        "Secretariat",
        "А.Сатыбалдиевтің",
    ],
)
def test_what_is_no_ordinary_long_word_is_left_whole(text: str):
    assert cut(text, "kk") == text


def test_words_joined_by_a_hyphen_are_left_whole():
    text = Text("көз-қарастарымыз қауіп-қатерлердің")
    assert set_text(text, "kk", STYLE) == text


def test_a_word_is_cut_whatever_is_bold_in_it_and_code_is_not():
    bold = Code(kind=CodeKind.BOLD, start=0, end=7)
    code = Code(kind=CodeKind.CODE, start=14, end=27)
    found = set_text(Text("ынтымақтастық ынтымақтастық", (bold, code)), "kk", STYLE)
    assert found.plain.replace("\u00ad", "-") == "ын-ты-мақ-тас-тық ынтымақтастық"
    assert found.plain[found.codes[0].start : found.codes[0].end] == "ын\u00adты\u00adмақ\u00ad"
    assert found.plain[found.codes[1].start : found.codes[1].end] == "ынтымақтастық"


@pytest.mark.parametrize("tag", ["en", "ru"])
def test_a_language_that_browsers_can_cut_gets_no_soft_hyphens(tag: str):
    text = Text("responsibility ответственность")
    assert set_text(text, tag, STYLE) is text


@given(st.sampled_from(["kk", "ky"]), st.data())
def test_whatever_the_letters_each_piece_has_a_vowel_and_two_letters_at_the_ends(
    tag: str, data: st.DataObject
):
    rules = hyphenation(tag)
    assert rules is not None
    word = data.draw(st.text(sorted(language(tag).alphabet), min_size=1, max_size=20))
    pieces = syllables(word, tag).split("-")
    assert "".join(pieces) == word
    if len(pieces) > 1:
        assert len(pieces[0]) >= 2 <= len(pieces[-1])
        assert all(set(piece) & rules.vowels for piece in pieces)
        assert not any(piece[0] in rules.signs for piece in pieces[1:])


@given(st.text("аыуоэиүөйьъюяқғктмн ", max_size=60), st.sampled_from(["kk", "ky"]))
def test_a_text_that_has_its_soft_hyphens_gets_no_more(plain: str, tag: str):
    once = set_text(Text(plain), tag, STYLE)
    assert set_text(once, tag, STYLE) == once
    assert once.plain.replace("\u00ad", "") == plain
