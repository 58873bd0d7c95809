"""Foreign releases lose what is not their own, and say what is missing."""

from __future__ import annotations

import datetime as dt

import pytest

from workflow.formats.markdown import FORMAT as MARKDOWN
from workflow.formats.text import FORMAT as TEXT
from workflow.stages.boilerplate import learn
from workflow.stages.clean import Cleaned, clean, has_words
from workflow.stages.recognise import recognise


def markdown(text: str, *, path: str = "x.md", boilerplate: tuple[str, ...] = ()) -> Cleaned:
    reading = MARKDOWN.read(text.encode("utf-8"), path=path, slug="", strict=False)
    return clean(reading, path=path, default_language="en", boilerplate=boilerplate)


def text(words: str) -> Cleaned:
    reading = TEXT.read(words.encode("utf-8"), path="x.txt", slug="", strict=False)
    return clean(reading, path="x.txt", default_language="en")


def bodies(cleaned: Cleaned) -> list[str]:
    return [block.text.plain for block in cleaned.release.blocks]


def checks(cleaned: Cleaned) -> list[str]:
    return [issue.check for issue in cleaned.issues]


@pytest.mark.parametrize("end", ["###", "==", "###==", " ###\n\n==\n", "\n\n-30-\n", "\n\n# # #"])
def test_marks_at_the_end_go_even_when_they_have_grown_onto_a_word(end: str) -> None:
    cleaned = text(f"Title: A title\nDate: May 1, 2024\nContent:\nThe law was passed.{end}")
    assert bodies(cleaned) == ["The law was passed."]
    assert [line for line, _ in cleaned.dropped][:1] in ([4], [6])
    assert cleaned.issues == ()


def test_navigation_goes_from_both_ends_and_stays_inside() -> None:
    cleaned = markdown(
        "---\ntitle: T\ndate: 2024-05-01\n---\nGo back\n\nOne.\n\nPrint\n\nTwo.\n\n"
        "[Share this](https://x.org)\n\n## Related news\n"
    )
    assert bodies(cleaned) == ["One.", "Print", "Two."]
    assert cleaned.dropped == ((5, "Go back"), (13, "Share this"), (15, "Related news"))


def test_a_heading_with_nothing_under_it_goes() -> None:
    cleaned = markdown("---\ntitle: T\ndate: 2024-05-01\n---\nOne.\n\n## Video\n")
    assert bodies(cleaned) == ["One."]
    assert cleaned.dropped == ((7, "Video"),)


def test_code_is_left_alone() -> None:
    cleaned = markdown("---\ntitle: T\ndate: 2024-05-01\n---\nOne.\n\n```\n==\n```\n")
    assert bodies(cleaned) == ["One.", "=="]


def test_boilerplate_of_the_house_goes_wherever_it_stands() -> None:
    cleaned = markdown(
        "---\ntitle: T\ndate: 2024-05-01\n---\nOne.\n\n*Press*  service\n\nTwo.\n",
        boilerplate=("press service",),
    )
    assert bodies(cleaned) == ["One.", "Two."]
    assert cleaned.dropped == ((7, "Press service"),)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("  A   title. ", "A title"),
        ("A title in the U.S.", "A title in the U.S."),
        ("Why?", "Why?"),
    ],
)
def test_a_title_is_tidied(written: str, title: str) -> None:
    assert markdown(f"---\ntitle: '{written}'\n---\nOne.").release.title == title


def test_a_missing_title_is_made_of_the_text_and_reported_once() -> None:
    cleaned = markdown("---\ndate: 2024-05-01\n---\nThe law was passed. It is long.\n")
    assert cleaned.release.title == "The law was passed"
    assert checks(cleaned) == ["import-title"]
    assert cleaned.issues[0].line == 4


def test_a_missing_date_is_taken_from_the_file_name_and_reported() -> None:
    cleaned = markdown("---\ntitle: T\n---\nOne.\n", path="a/2013-01-01/posts_2014-05-12-x.md")
    assert cleaned.release.date == dt.date(2014, 5, 12)
    assert checks(cleaned) == ["import-date"]


def test_a_missing_date_is_taken_from_the_first_sentences() -> None:
    cleaned = text("Title: T\nDate: 2024\nContent:\nOne.\n\nIt was on May 1, 2024. So.\n")
    assert cleaned.release.date == dt.date(2024, 5, 1)
    assert [(issue.check, issue.line) for issue in cleaned.issues] == [("import-date", 6)]


def test_a_date_further_down_is_not_guessed_for_a_single_release() -> None:
    cleaned = markdown("---\ntitle: T\n---\nOne.\n\nTwo.\n\nIt was on May 1, 2024.\n")
    assert cleaned.release.date is None
    assert checks(cleaned) == ["import-date"]


@pytest.mark.parametrize("body", ["", "###\n", "Go back\n\nPrint\n", "```\nx = 1\n```\n"])
def test_a_body_without_words_is_reported_once(body: str) -> None:
    cleaned = markdown(f"---\ntitle: T\ndate: 2024-05-01\n---\n{body}")
    assert not has_words(cleaned.release)
    assert checks(cleaned) == ["import-body"]


def test_words_that_run_together_are_one_issue_a_release() -> None:
    cleaned = text(
        "Title: T\nDate: May 1, 2024\nContent:\nIn June 2024,Congresswoman X (NY-14)submitted a "
        "bill.\n\nIt was read.The bill passed.\n"
    )
    assert checks(cleaned) == ["import-glued"]
    assert "“2024,Congresswoman” and 2 more places" in cleaned.issues[0].message


@pytest.mark.parametrize("word", ["Notify.gov", "beta.Notify.gov", "https://x.org/a.Bcd", "a.m."])
def test_an_address_is_no_word_that_runs_together(word: str) -> None:
    assert text(f"Title: T\nDate: May 1, 2024\nContent:\nSee {word} now.\n").issues == ()


@pytest.mark.parametrize(
    "words",
    [
        "He said “yes ‘and’ no”.",
        "It’s the agency’s “day”.",
        "The operation “Channel-A1b” and the ship “Channel-Ccc”.",
        "In the .NET world.",
        "This year will be good.",
        "We met. We met. We met.",
    ],
)
def test_what_is_right_is_not_suspected(words: str) -> None:
    assert text(f"Title: T\nDate: May 1, 2024\nContent:\n{words}\n").issues == ()


def test_lines_that_recur_at_the_edges_of_texts_are_learned() -> None:
    texts = [[f"Body {number}.", *"abcdef", "Press service", "Go back"] for number in range(6)]
    assert learn(texts) == ("Press service", *"abcdef")


@pytest.mark.parametrize(
    ("files", "recurring", "learned"),
    [(10, 4, ()), (10, 5, ("X y",)), (201, 10, ()), (200, 10, ("X y",))],
)
def test_a_line_must_recur_in_five_files_and_in_five_per_cent(
    files: int, recurring: int, learned: tuple[str, ...]
) -> None:
    texts = [[f"{n}", "X  y" if n < recurring else "-"] for n in range(files)]
    assert learn(texts) == learned


def test_long_lines_and_marks_are_not_learned() -> None:
    assert learn([["w" * 81, "---", "###", "12", "Print"]] * 9) == ()


@pytest.mark.parametrize(
    ("words", "default", "tag"),
    [
        ("The talks began", "en", "en"),
        ("Переговоры начались", "en", "ru"),
        ("Переговоры с CSTO и UNODC начались в Алматы", "en", "ru"),
        ("Қауіпсіздік мәселелері бойынша келіссөздер басталды " * 9, "en", "kk"),
        ("Коопсуздук маселелери боюнча сүйлөшүүлөр башталды жаңы " * 9, "en", "ky"),
        ("Переговоры начались " * 20, "ky", "ru"),
        ("Переговоры начались", "ky", "ky"),
        ("The talks began", "ru", "ru"),
        ("12 345", "en", "en"),
    ],
)
def test_a_language_is_told_by_its_letters(words: str, default: str, tag: str) -> None:
    assert recognise(words, default=default, languages=("en", "ru", "kk", "ky")) == tag
