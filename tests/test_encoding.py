from __future__ import annotations

import pytest

from workflow.encoding import decode
from workflow.errors import SourceError

RUSSIAN = "Сегодня в Москве прошла встреча с выпускниками."
KAZAKH = "Бүгін Астанада қауіпсіздік кеңесінің отырысы өтті."


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1251", "windows-1251"),
        ("koi8-r", "koi8-r"),
        ("cp866", "cp866"),
    ],
)
@pytest.mark.parametrize(
    "text", [RUSSIAN, "Привет, мир", "СЕКРЕТАРИАТ ОДКБ СООБЩАЕТ", "Изъято 61,5 кг гашиша (РФ)."]
)
def test_a_short_russian_text_is_read_in_every_usual_encoding(
    text: str, codec: str, name: str
) -> None:
    assert decode(text.encode(codec)) == (text, name)


@pytest.mark.parametrize("text", [KAZAKH, "Қазақстан мен Қырғызстан бірлескен оқу-жаттығу өткізді"])
def test_a_short_kazakh_text_in_kz1048_is_not_taken_for_windows_1251(text: str) -> None:
    assert decode(text.encode("kz1048")) == (text, "kz1048")


def test_typography_of_windows_1251_survives() -> None:
    text = "Операция «Канал-Перехват» — № 5… “итоги”"
    assert decode(text.encode("cp1251")) == (text, "windows-1251")


def test_belarusian_letters_are_not_taken_for_kazakh() -> None:
    text = "Беларусь і Казахстан падпісалі ўгоду аб супрацоўніцтве"
    assert decode(text.encode("cp1251")) == (text, "windows-1251")


@pytest.mark.parametrize("text", ["Café déjà vu “quoted” naïve", "It’s 5° — “so”"])
def test_western_text_is_called_western(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, "windows-1252")


def test_line_ends_become_one_kind_and_letters_are_composed() -> None:
    assert decode("a\r\nb\rc\nи\u0306".encode())[0] == "a\nb\nc\nй"


def test_no_break_space_is_kept_and_marks_inside_are_dropped() -> None:
    assert decode("1\xa0000\ufeff kg".encode())[0] == "1\xa0000 kg"


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"") == ("", "utf-8")


def test_a_text_cut_in_the_middle_of_a_letter_is_still_utf_8() -> None:
    assert decode(RUSSIAN.encode()[:31])[1] == "utf-8"


def test_a_stray_byte_in_utf_8_is_an_error_with_its_line_and_not_gibberish() -> None:
    with pytest.raises(SourceError, match="broken") as caught:
        decode(f"{RUSSIAN}\n{RUSSIAN}".encode() + b"\xff" + RUSSIAN.encode())
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x06\x00",
        bytes(range(256)),
        b"text with \x01 inside",
        b"\xff\xfea",
        b"%PDF-1.4\n\xe2\xe3\xcf\xd3\x00\x01\x02\x03",
    ],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="binary"):
        decode(data)
