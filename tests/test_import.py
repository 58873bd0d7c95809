"""import: foreign material in, nothing overwritten, every suspicion with its line."""

import datetime as dt
import os
from pathlib import Path

import pytest

from tests.newsrooms import make_newsroom, tree
from workflow.encoding import decode
from workflow.model import Block, BlockKind, Release, Text
from workflow.pipeline.import_report import ImportReport
from workflow.pipeline.imports import import_files
from workflow.pipeline.sync import sync
from workflow.plugins import Reading
from workflow.stages.boilerplate import is_remain, learn
from workflow.stages.clean import clean
from workflow.stages.split import split
from workflow.stores.project import Project, open_project

SHARED = Path(__file__).parents[2] / "shared"
DUMP = SHARED / "real" / "csto-news.txt"
RELEASES = SHARED / "data" / "releases"
needs_dump = pytest.mark.skipif(not DUMP.is_file(), reason="the real dump is not here")
needs_releases = pytest.mark.skipif(not RELEASES.is_dir(), reason="the real releases are not here")


def bring(project: Project, *paths: Path, **options: bool) -> ImportReport:
    return import_files(project.root, project.settings, paths, **options)


@pytest.fixture
def newsroom(tmp_path: Path) -> Project:
    return make_newsroom(tmp_path / "room")


@needs_dump
def test_the_real_dump_is_five_releases():
    dump = split(decode(DUMP.read_bytes())[0], path="d.txt")
    assert [(r.title, r.date, r.section, len(r.blocks)) for r in dump.items] == [
        (
            "Staff of the CSTO Secretariat met with graduates of Central Asian universities",
            dt.date(2024, 7, 25),
            "events",
            1,
        ),
        (
            "Allow me to thank the Russian presidency of the United Nations Security Council",
            None,
            "statements",
            2,
        ),
        (
            "The CSTO Secretary General Imangali Tasmagambetov took part in the debate",
            dt.date(2024, 7, 19),
            "events",
            1,
        ),
        (
            "Imangali Tasmagambetov told BELTA news agency correspondent",
            None,
            "interviews",
            1,
        ),
        (
            'The CSTO sub-regional anti-drug operation "Channel-Perekhvat" was held',
            dt.date(2023, 9, 15),
            "operations",
            13,
        ),
    ]
    assert dump.dropped == (
        (44, "Go back"),
        (46, "Back to the section"),
        (48, "Back to the all news"),
    )


@needs_dump
def test_every_suspicion_about_the_real_dump_has_its_line():
    dump = split(decode(DUMP.read_bytes())[0], path="d.txt")
    assert [(issue.line, issue.check) for issue in dump.issues] == [
        (2, "import-quotes"),
        (2, "import-title"),
        (5, "import-date"),
        (5, "import-title"),
        (10, "import-title"),
        (13, "import-date"),
        (13, "import-title"),
        (18, "import-relative"),
        (18, "import-repeat"),
        (34, "import-stray"),
        (36, "import-names"),
        (36, "import-quotes"),
        (42, "import-date"),
    ]
    said = {issue.check: issue.message for issue in dump.issues}
    assert "“Channel-Interception” is “Channel-Perekhvat” in line 18" in said["import-names"]
    assert said["import-stray"] == "a stray “.” before “Joint”: take it out"
    assert "The subregional anti-drug operation" in said["import-repeat"]


@needs_dump
def test_the_real_dump_twice_writes_nothing_new_even_after_an_edit(newsroom: Project):
    first = bring(newsroom, DUMP)
    assert len(first.written) == 5
    assert first.exit_code == 0
    path = newsroom.root / first.written[0].path
    path.write_text("---\ntitle: Mended by an editor\n---\n\nText.\n", encoding="utf-8")
    before = tree(newsroom.root)
    again = bring(newsroom, DUMP)
    assert (len(again.written), len(again.skipped)) == (0, 5)
    assert tree(newsroom.root) == before
    assert sync(newsroom).faults == ()


@needs_dump
def test_a_dry_run_shows_all_and_writes_nothing(newsroom: Project):
    before = tree(newsroom.root)
    report = bring(newsroom, DUMP, dry_run=True)
    assert len(report.written) == 5
    assert len(report.dropped) == 3
    assert tree(newsroom.root) == before


@needs_releases
def test_every_real_release_gives_a_title_a_body_and_a_date_or_says_what_is_missing(
    newsroom: Project,
):
    report = bring(newsroom, RELEASES)
    assert report.errors == ()
    count = sum(1 for path in RELEASES.rglob("*") if path.suffix in (".md", ".txt"))
    empty = [issue.path for issue in report.issues if issue.check == "import-body"]
    assert len(report.written) + len(empty) == count >= 400
    said = {(issue.path, issue.check) for issue in report.issues}
    undated = [item for item in report.written if item.date is None]
    told = [path for path, check in said if check == "import-date"]
    assert len(undated) <= len(told)
    assert len(undated) < 20
    for item in report.written:
        assert item.title.strip()
        text = (newsroom.root / item.path).read_text(encoding="utf-8")
        assert "\n###==" not in text
        assert "{{<" not in text
        assert "{% include" not in text
    faults = sync(newsroom).faults
    assert faults == ()
    again = bring(newsroom, RELEASES)
    assert (again.written, len(again.skipped)) == ((), len(report.written))


def test_nothing_that_exists_is_overwritten(newsroom: Project, tmp_path: Path):
    mine = newsroom.root / "sources" / "a-title.md"
    mine.write_text("mine", encoding="utf-8")
    foreign = tmp_path / "x.txt"
    foreign.write_text("Title: A title\n\nText.\n", encoding="utf-8")
    report = bring(newsroom, foreign)
    assert [item.slug for item in report.written] == ["a-title-2"]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_slug_never_comes_from_a_path(newsroom: Project, tmp_path: Path):
    foreign = tmp_path / "..evil name;rm.md"
    foreign.write_text(
        "---\ntitle: Есірткі\nslug: ../../etc/passwd\n---\n\nМәтін.\n", encoding="utf-8"
    )
    report = bring(newsroom, foreign)
    (item,) = report.written
    assert "/" not in item.slug
    assert (newsroom.root / "sources" / f"{item.slug}.md").is_file()


def test_an_old_encoding_is_read_and_named(newsroom: Project, tmp_path: Path):
    foreign = tmp_path / "old.txt"
    foreign.write_bytes("Title: Совет собрался\n\nВстреча прошла в Бишкеке.\n".encode("cp1251"))
    report = bring(newsroom, foreign)
    assert report.written[0].title == "Совет собрался"
    assert any("windows-1251" in issue.message for issue in report.issues)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.txt", bytes(range(256)) * 8, "a.txt"),
        ("a.pdf", b"%PDF", "no format reads this kind of file"),
        ("a.docx", b"not a zip", "a.docx"),
        ("missing.md", None, "cannot be read: No such file or directory"),
        ("empty.txt", b"", "no title"),
        ("a.html", b'<!DOCTYPE x [<!ENTITY a "b">]><html><title>&a;</title></html>', "a.html"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_the_others_come_in(
    newsroom: Project, tmp_path: Path, name: str, data: bytes | None, what: str
):
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    good = tmp_path / "good.txt"
    good.write_text("Title: Good\n\nText.\n", encoding="utf-8")
    report = bring(newsroom, bad, good)
    (error,) = report.errors
    assert what in str(error)
    assert "\n" not in str(error)
    assert report.exit_code == 2
    assert [item.title for item in report.written] == ["Good"]


def test_no_room_on_the_disk_leaves_nothing_half_written(
    newsroom: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    good = tmp_path / "good.txt"
    good.write_text("Title: Good\n\nText.\n", encoding="utf-8")
    before = tree(newsroom.root)

    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    report = bring(newsroom, good)
    assert "No space left on device" in str(report.errors[0])
    assert tree(newsroom.root) == before


def test_boilerplate_is_learned_and_kept_in_the_settings(tmp_path: Path):
    project = make_newsroom(tmp_path / "room", settings="# house rules\n")
    for number in range(8):
        text = f"Title: Release {number}\n\nText number {number} of a release.\n\nStay in touch!\n"
        (tmp_path / f"f{number}.txt").write_text(text, encoding="utf-8")
    paths = sorted(tmp_path.glob("f*.txt"))
    report = bring(project, *paths, learn_boilerplate=True)
    assert report.learned == ("Stay in touch!",)
    settings = (project.root / "workflow.toml").read_text(encoding="utf-8")
    assert "# house rules" in settings
    assert open_project(project.root).settings.boilerplate == ("Stay in touch!",)
    assert "Stay in touch" not in (project.root / "sources/release-3.md").read_text("utf-8")
    assert len(report.dropped) == 8


def test_what_recurs_in_few_files_is_not_boilerplate():
    assert learn([["Title", "Body", "End"]] * 4) == ()
    assert learn([["A" * 80, "x"]] * 9) == ("x",)


@pytest.mark.parametrize(
    "line",
    [
        "Go back",
        "Back to the all news",
        "« Read more",
        "###",
        "-30-",
        "==",
        "Share this",
        "Назад",
        "Вернуться в раздел",
        "Назад к списку",
        "Артка",
        "Print",
    ],
)
def test_a_remain_is_known_by_its_look(line: str):
    assert is_remain(line)


@pytest.mark.parametrize(
    "line",
    [
        "Back in Almaty, the headquarters went on with its work.",
        "Printers were seized.",
        "30",
        "Вернуться в строй смогли все сотрудники, сообщил штаб операции в понедельник утром.",
        "End of the line",
    ],
)
def test_a_sentence_is_no_remain(line: str):
    assert not is_remain(line)


def test_the_houses_own_lines_are_dropped_anywhere():
    def paragraph(text: str, line: int) -> Block:
        return Block(kind=BlockKind.PARAGRAPH, text=Text(text), line=line)

    blocks = (
        paragraph("Print", 1),
        paragraph("One.", 2),
        paragraph("Ad  here", 3),
        paragraph("Two.", 4),
        paragraph("###", 5),
    )
    release = Release(slug="a", title=" A  title ", language="", blocks=blocks)
    cleaned = clean(
        Reading(release=release), path="a", default_language="en", boilerplate=["ad here"]
    )
    assert [b.text.plain for b in cleaned.release.blocks] == ["One.", "Two."]
    assert cleaned.dropped == ((1, "Print"), (3, "Ad  here"), (5, "###"))
    assert (cleaned.release.title, cleaned.release.language) == ("A title", "en")


def test_a_release_without_a_body_is_reported():
    release = Release(slug="a", title="A", language="en", date=dt.date(2024, 7, 10))
    cleaned = clean(Reading(release=release), path="a", default_language="en")
    assert [issue.check for issue in cleaned.issues] == ["import-body"]


def test_words_that_run_together_are_one_issue_a_release():
    blocks = tuple(
        Block(kind=BlockKind.PARAGRAPH, text=Text("On July 10, 2024,Congress met."), line=n)
        for n in (3, 5, 7)
    )
    release = Release(slug="a", title="A", language="en", date=dt.date(2024, 7, 10), blocks=blocks)
    cleaned = clean(Reading(release=release), path="a", default_language="en")
    (issue,) = (issue for issue in cleaned.issues if issue.check == "import-glued")
    assert issue.line == 3
    assert "“2024,Congress” and 2 more places" in issue.message
