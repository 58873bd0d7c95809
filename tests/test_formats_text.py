from __future__ import annotations

import datetime as dt

import pytest

from workflow.errors import SourceError
from workflow.formats.text import FORMAT
from workflow.model import BlockKind
from workflow.plugins import Reading


def read(text: str, *, strict: bool = True) -> Reading:
    return FORMAT.read(text.encode(), path="x.txt", slug="x", strict=strict)


def shapes(text: str) -> list[tuple[str, str]]:
    return [(str(b.kind), b.text.plain) for b in read(f"Title: T\n\n{text}").release.blocks]


def test_labels_up_to_a_blank_line_are_metadata() -> None:
    release = read("TITLE: A: b\nDate: 2024-07-22\nsection: events\n\nBody: text.\n").release
    assert (release.title, release.date, release.section) == (
        "A: b",
        dt.date(2024, 7, 22),
        "events",
    )
    assert [block.text.plain for block in release.blocks] == ["Body: text."]


def test_russian_labels_are_known() -> None:
    release = read(
        "Заголовок: Итоги\nДата: 2024-07-22\nРаздел: новости\nЯзык: ru\n\nТекст."
    ).release
    assert (release.title, release.section, release.language) == ("Итоги", "новости", "ru")
    assert release.date == dt.date(2024, 7, 22)


def test_every_label_before_content_is_metadata() -> None:
    text = "Title: T\nDate: May 2, 2024\nIssues: Energy\n\nDesk: North\n\nContent:\nFirst.\n\nEnd."
    reading = read(text, strict=False)
    assert reading.metadata == {"issues": "Energy", "desk": "North"}
    assert [block.text.plain for block in reading.release.blocks] == ["First.", "End."]
    assert [block.line for block in reading.release.blocks] == [8, 10]


def test_text_after_the_content_label_on_its_line_is_body() -> None:
    assert read("Title: T\nContent: First.\nMore.").release.blocks[0].text.plain == "First. More."


def test_a_first_line_alone_is_the_title() -> None:
    release = read("Results of the operation\n\nText.").release
    assert (release.title, len(release.blocks)) == ("Results of the operation", 1)


@pytest.mark.parametrize("text", ["A sentence.\n\nText.", "Two lines\nof text\n\nmore"])
def test_a_first_line_that_reads_as_text_is_no_title(text: str) -> None:
    reading = read(text, strict=False)
    assert reading.release.title == ""
    assert [issue.check for issue in reading.issues] == ["import-title"]
    assert len(reading.release.blocks) == 2
    with pytest.raises(SourceError, match="no title"):
        read(text)


def test_lines_of_a_paragraph_are_joined() -> None:
    assert shapes("one\n  two\tthree\n\n\nfour") == [
        ("paragraph", "one two three"),
        ("paragraph", "four"),
    ]


@pytest.mark.parametrize("mark", ["-", "*", "•", "—"])
def test_lines_with_a_mark_are_items(mark: str) -> None:
    assert shapes(f"{mark} one\n{mark} two\n  goes on") == [
        ("item", "one"),
        ("item", "two goes on"),
    ]


def test_numbered_lines_are_ordered_items_and_a_new_list() -> None:
    blocks = read("Title: T\n\n- a\n- b\n\n1. c\n2) d").release.blocks
    assert [(b.text.plain, b.ordered, b.first) for b in blocks] == [
        ("a", False, True),
        ("b", False, False),
        ("c", True, True),
        ("d", True, False),
    ]


def test_a_paragraph_where_only_some_lines_have_a_mark_is_a_paragraph() -> None:
    assert shapes("in the years\n- well") == [("paragraph", "in the years - well")]


def test_lines_after_an_angle_bracket_are_a_quotation() -> None:
    assert shapes("> a\n> b\n>\n> c") == [("quote", "a b"), ("quote", "c")]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("Title: T\nDate: soon\n\nx", 2, "not a date"),
        ("Title: T\n\nContent:\nx\n", 0, ""),
        ("Title: T\nLanguage: english\n\nx", 2, "language"),
        ("Title: T\nStatus: secret\n\nx", 2, "status"),
        ("Title: T\nEmbargo: tomorrow\n\nx", 2, "embargo"),
    ],
)
def test_what_a_label_cannot_mean_is_an_error_with_its_line(
    text: str, line: int, what: str
) -> None:
    if not what:
        assert read(text).release.title == "T"
        return
    with pytest.raises(SourceError, match=what) as caught:
        read(text)
    assert caught.value.line == line


def test_an_embargo_that_nobody_can_read_stops_foreign_material_too() -> None:
    with pytest.raises(SourceError, match="time zone"):
        read("Title: T\nEmbargo: 2024-07-25 10:00\n\nx", strict=False)


def test_an_empty_file_has_no_title() -> None:
    with pytest.raises(SourceError, match="no title"):
        read("")
    assert read("", strict=False).release.blocks == ()


def test_a_quotation_is_not_an_item() -> None:
    assert read("Title: T\n\n> a").release.blocks[0].kind is BlockKind.QUOTE
