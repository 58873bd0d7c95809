"""``workflow import``: foreign files become releases, once, and nothing is overwritten."""

from __future__ import annotations

import errno
import os
import re
import tomllib
from pathlib import Path

import pytest

from workflow.pipeline import foreign
from workflow.pipeline.import_report import ImportReport
from workflow.pipeline.imports import import_files
from workflow.settings import Settings, parse_settings
from workflow.stores import files as files_module
from workflow.stores.files import TEMPORARY
from workflow.stores.imported import LOG
from workflow.stores.sources import parse_source

SHARED = Path(__file__).parents[2] / "shared"
DUMP = SHARED / "real" / "csto-news.txt"
RELEASES = SHARED / "data" / "releases"

ONE = "---\ntitle: Talks on trade\ndate: 2024-05-01\n---\n\nThe talks went on for a day.\n"
RUSSIAN = (
    "Переговоры о торговле\n\nПереговоры о торговле начались 1 мая 2024 года в Алматы и "
    "продолжались весь день при участии всех членов организации.\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "newsroom"
    root.mkdir()
    (root / "workflow.toml").write_text(
        "# ours\n[import]\nboilerplate = []  # grows\n\n[publish]\njobs = 2\n", encoding="utf-8"
    )
    return root


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    root = tmp_path_factory.mktemp("newsroom")
    return root, import_files(root, Settings(), [RELEASES])


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def bring(root: Path, *paths: Path, dry_run: bool = False, learn: bool = False) -> ImportReport:
    settings = parse_settings((root / "workflow.toml").read_text(encoding="utf-8"))
    return import_files(root, settings, paths, dry_run=dry_run, learn_boilerplate=learn)


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def slugs(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / "sources").glob("*.md"))


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def refuse(code: int):
    def fail(*_args: object, **_options: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.skipif(not DUMP.is_file(), reason=f"{DUMP} is not on this machine")
class TestRealDump:
    def test_five_releases_are_written_and_can_be_read(self, root: Path) -> None:
        report = bring(root, DUMP)
        assert [item.slug for item in report.written] == [
            "staff-of-the-csto-secretariat-met-with-graduates-of-central",
            "allow-me-to-thank-the-russian-presidency-of-the-united",
            "the-csto-secretary-general-imangali-tasmagambetov-took-part",
            "imangali-tasmagambetov-told-belta-news-agency-correspondent",
            "the-csto-sub-regional-anti-drug-operation-channel-perekhvat",
        ]
        assert (report.errors, report.exit_code) == ((), 0)
        assert [place.rpartition(":")[0].rpartition(":")[2] for place in report.dropped] == [
            "44", "46", "48",
        ]  # fmt: skip
        assert len(report.issues) == 13
        for item in report.written:
            data = (root / item.path).read_bytes()
            release = parse_source(data, path=item.path)
            assert (release.slug, release.title, release.date) == (
                item.slug, item.title, item.date,
            )  # fmt: skip

    def test_the_second_time_nothing_is_written_and_nothing_said_again(self, root: Path) -> None:
        bring(root, DUMP)
        before = tree(root)
        report = bring(root, DUMP)
        assert (report.written, report.issues, report.dropped) == ((), (), ())
        assert len(report.skipped) == 5
        assert tree(root) == before

    def test_a_dump_that_has_grown_brings_what_is_new(self, root: Path, inbox: Path) -> None:
        bring(root, DUMP)
        before = tree(root)
        new = "Something new was said on 1 August 2024 in Moscow by the press service.\n\n\n"
        report = bring(root, written(inbox, "next.txt", new + DUMP.read_text(encoding="utf-8")))
        assert [item.title for item in report.written] == [
            "Something new was said on 1 August 2024 in Moscow by the press service"
        ]
        assert len(report.skipped) == 5
        del before[LOG]
        assert before.items() <= tree(root).items()

    def test_a_dry_run_says_it_all_and_writes_nothing(self, root: Path) -> None:
        before = tree(root)
        dry = bring(root, DUMP, dry_run=True, learn=True)
        assert tree(root) == before
        assert not (root / "sources").exists()
        real = bring(root, DUMP)
        assert (dry.written, dry.dropped, dry.issues) == (real.written, real.dropped, real.issues)


@pytest.mark.skipif(not RELEASES.is_dir(), reason=f"{RELEASES} is not on this machine")
class TestRealReleases:
    def test_each_is_written_or_has_one_line_that_says_why_not(
        self, brought: tuple[Path, ImportReport]
    ) -> None:
        root, report = brought
        files = [path for path in RELEASES.rglob("*") if path.is_file()]
        empty = [issue for issue in report.issues if issue.check == "import-body"]
        assert report.errors == ()
        assert len(report.written) + len(empty) == len(files) == 408
        assert len({issue.path for issue in empty}) == len(empty) == 24
        assert len(slugs(root)) == len(report.written)

    def test_each_has_a_title_and_a_body_without_remains(
        self, brought: tuple[Path, ImportReport]
    ) -> None:
        root, report = brought
        for item in report.written:
            data = (root / item.path).read_bytes()
            release = parse_source(data, path=item.path)
            assert release.title == item.title
            assert re.search(r"\w", release.title)
            assert any(re.search(r"\w", block.text.plain) for block in release.blocks), item.path
            last = release.blocks[-1].text.plain
            assert not re.search(r"(?:###|==)\s*\Z|\A(?:Share this|Print|Read more)\Z", last)
            prose = [
                b.text.plain for b in release.blocks if b.kind != "verbatim" and not b.text.codes
            ]
            assert not [words for words in prose if re.search(r"\{\{<|\{%", words)], item.path

    def test_each_has_a_date_or_a_line_that_says_it_has_none(
        self, brought: tuple[Path, ImportReport]
    ) -> None:
        _, report = brought
        without = [item for item in report.written if item.date is None]
        said = [issue for issue in report.issues if issue.check == "import-date"]
        assert len(without) == 11
        assert all(
            "is not a date" in issue.message for issue in said if "taken" not in issue.message
        )
        assert len([issue for issue in said if "taken" not in issue.message]) == 11

    def test_the_second_time_nothing_is_written(self, brought: tuple[Path, ImportReport]) -> None:
        root, first = brought
        before = tree(root)
        report = import_files(root, Settings(), [RELEASES])
        assert report.written == ()
        assert len(report.skipped) == len(first.written)
        assert tree(root) == before


class TestOnce:
    def test_edited_renamed_and_deleted_releases_do_not_come_back(
        self, root: Path, inbox: Path
    ) -> None:
        names = ("One", "Two", "Three")
        for name in names:
            written(inbox, f"{name}.md", ONE.replace("Talks", name).replace("day", name))
        bring(root, inbox)
        sources = root / "sources"
        (sources / "one-on-trade.md").write_text(ONE, encoding="utf-8")
        (sources / "two-on-trade.md").rename(sources / "second.md")
        (sources / "three-on-trade.md").unlink()
        before = tree(root)
        report = bring(root, inbox)
        assert (report.written, len(report.skipped)) == ((), 3)
        assert tree(root) == before

    def test_the_same_words_in_another_file_and_encoding_are_the_same_input(
        self, root: Path, inbox: Path
    ) -> None:
        bring(root, written(inbox, "a.txt", RUSSIAN))
        other = written(inbox, "b.txt", RUSSIAN.replace("\n", "\r\n").encode("cp1251"))
        assert bring(root, other).written == ()

    def test_new_boilerplate_does_not_make_old_input_new(self, root: Path, inbox: Path) -> None:
        for number in range(6):
            text = ONE.replace("Talks", f"Talks {number}") + "\nPress service of the house\n"
            written(inbox, f"{number}.md", text.replace("a day", f"{number} days"))
        bring(root, inbox)
        report = bring(root, inbox, learn=True)
        assert report.learned == ("Press service of the house",)
        assert (report.written, len(report.skipped)) == ((), 6)

    def test_a_run_that_was_killed_before_its_log_leaves_no_twins(
        self, root: Path, inbox: Path
    ) -> None:
        bring(root, written(inbox, "a.md", ONE))
        (root / LOG).unlink()
        report = bring(root, inbox)
        assert (report.written, len(report.skipped)) == ((), 1)
        assert slugs(root) == ["talks-on-trade"]
        assert (root / LOG).is_file()

    def test_a_file_named_twice_is_read_once(self, root: Path, inbox: Path) -> None:
        path = written(inbox, "a.md", ONE)
        assert len(bring(root, path, path, inbox).written) == 1


class TestNothingIsOverwritten:
    @pytest.mark.parametrize("suffix", [".md", ".docx", ".html"])
    def test_a_slug_in_use_gets_a_number(self, root: Path, inbox: Path, suffix: str) -> None:
        (root / "sources").mkdir()
        mine = written(root / "sources", f"talks-on-trade{suffix}", b"mine")
        report = bring(root, written(inbox, "a.md", ONE))
        assert [item.slug for item in report.written] == ["talks-on-trade-2"]
        assert mine.read_bytes() == b"mine"

    def test_a_file_that_appears_meanwhile_stays(
        self, root: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = os.link

        def link(source: Path, target: Path, **options: bool) -> None:
            monkeypatch.setattr(files_module.os, "link", real)
            target.write_bytes(b"mine")
            real(source, target, **options)

        monkeypatch.setattr(files_module.os, "link", link)
        report = bring(root, written(inbox, "a.md", ONE))
        assert [item.slug for item in report.written] == ["talks-on-trade-2"]
        assert (root / "sources" / "talks-on-trade.md").read_bytes() == b"mine"

    def test_a_slug_of_the_file_is_used_only_when_it_is_one(self, root: Path, inbox: Path) -> None:
        for name, slug in (("a", "own-slug"), ("b", "../../evil"), ("c", "/etc/passwd")):
            text = ONE.replace("title:", f"slug: {slug}\ntitle:").replace("a day", name)
            written(inbox, f"{name}.md", text)
        bring(root, inbox)
        assert "own-slug" in slugs(root)
        assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs(root))
        assert sorted(path.name for path in root.iterdir()) == ["sources", "workflow.toml"]


class TestBadInput:
    def test_what_cannot_be_read_is_one_line_each_and_the_rest_goes_on(
        self, root: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(foreign, "LARGEST", 5000)
        written(inbox, "binary.txt", bytes(range(256)) * 4)
        written(inbox, "broken.md", "---\ntitle: [\n---\nText.\n")
        written(inbox, "french.md", ONE.replace("title:", "language: fr\ntitle:"))
        written(inbox, "good.md", ONE)
        written(inbox, "huge.txt", "x" * 5001)
        report = bring(root, inbox, inbox / "gone.md", written(inbox, "page.pdf", b""))
        assert [item.slug for item in report.written] == ["talks-on-trade"]
        assert report.exit_code == 2
        said = "\n".join(str(fault) for fault in report.errors)
        assert len(report.errors) == len(said.split("\n")) == 6
        for name, what in (
            ("binary.txt", "the file is binary"),
            ("broken.md:", "front matter"),
            ("french.md", "“fr”, which is not a language of this newsroom"),
            ("huge.txt", "larger than 20 MB"),
            ("gone.md", "cannot be read: No such file"),
            ("page.pdf", "no format reads this kind of file"),
        ):
            assert re.search(rf"{name}.*{re.escape(what)}", said)

    def test_a_pipe_does_not_hang(self, root: Path, inbox: Path) -> None:
        os.mkfifo(inbox / "pipe.txt")
        assert "not a file" in str(bring(root, inbox).errors[0])

    def test_another_encoding_is_named_and_the_language_told_by_its_letters(
        self, root: Path, inbox: Path
    ) -> None:
        report = bring(root, written(inbox, "a.txt", RUSSIAN.encode("cp1251")))
        assert [(issue.check, issue.message.partition(",")[0]) for issue in report.issues] == [
            ("import-encoding", "read as windows-1251"),
            ("import-language", "taken for ru by its letters: check language:"),
            ("import-date", "2024-05-01 is taken from the first sentences: check date:"),
        ]
        release = (root / report.written[0].path).read_text(encoding="utf-8")
        assert report.written[0].slug == "peregovory-o-torgovle"
        assert "language: ru\n" in release

    def test_an_empty_body_is_said_and_not_written(self, root: Path, inbox: Path) -> None:
        report = bring(root, written(inbox, "a.md", "---\ntitle: T\ndate: 2024-05-01\n---\n"))
        assert (report.written, [issue.check for issue in report.issues]) == ((), ["import-body"])
        assert not (root / "sources").exists()

    @pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
    def test_a_disk_that_refuses_is_one_line_and_leaves_nothing(
        self, root: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch, code: int
    ) -> None:
        for number in range(3):
            written(inbox, f"{number}.md", ONE.replace("a day", f"{number} days"))
        before = tree(root)
        monkeypatch.setattr(files_module.os, "fsync", refuse(code))
        report = bring(root, inbox)
        assert (len(report.errors), report.exit_code, report.written) == (1, 2, ())
        assert os.strerror(code) in str(report.errors[0])
        assert tree(root) == before
        assert not list(root.rglob(f"*{TEMPORARY}"))
        monkeypatch.undo()
        assert len(bring(root, inbox).written) == 3

    def test_what_was_written_before_the_disk_was_full_is_not_written_again(
        self, root: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(3):
            written(inbox, f"{number}.md", ONE.replace("a day", f"{number} days"))
        real, calls = os.fsync, []

        def fsync(descriptor: int) -> None:
            calls.append(descriptor)
            if len(calls) > 2:  # one file and its folder
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            real(descriptor)

        monkeypatch.setattr(files_module.os, "fsync", fsync)
        assert len(bring(root, inbox).written) == 1
        monkeypatch.undo()
        report = bring(root, inbox)
        assert (len(report.written), len(report.skipped)) == (2, 1)
        assert len(slugs(root)) == 3

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_cannot_be_written_is_one_line(self, root: Path, inbox: Path) -> None:
        (root / "sources").mkdir(mode=0o500)
        report = bring(root, written(inbox, "a.md", ONE))
        assert "check the rights of the folder" in str(report.errors[0])

    def test_a_file_in_the_place_of_sources_is_one_line(self, root: Path, inbox: Path) -> None:
        written(root, "sources", b"")
        with pytest.raises(Exception, match="cannot be read: NotADirectoryError"):
            bring(root, written(inbox, "a.md", ONE))

    def test_a_damaged_log_stops_the_import_before_it_writes(self, root: Path, inbox: Path) -> None:
        (root / "sources").mkdir()
        written(root, LOG, "<<<<<<< ours\n")
        with pytest.raises(Exception, match=r"imported.jsonl:1: not a line of the log"):
            bring(root, written(inbox, "a.md", ONE))
        assert slugs(root) == []


class TestLearning:
    def test_what_recurs_is_kept_in_the_settings_and_their_comments_stay(
        self, root: Path, inbox: Path
    ) -> None:
        for number in range(6):
            text = ONE.replace("a day", f"{number} days") + '\nPress "service" of the house\n'
            written(inbox, f"{number}.md", text)
        report = bring(root, inbox, learn=True)
        assert report.learned == ('Press "service" of the house',)
        assert len(report.dropped) == 6
        text = (root / "workflow.toml").read_text(encoding="utf-8")
        assert tomllib.loads(text)["import"]["boilerplate"] == ['Press "service" of the house']
        assert text.startswith("# ours\n")
        assert "# grows" in text
        before = tree(root)
        assert bring(root, inbox, learn=True).learned == ()
        assert tree(root) == before

    def test_a_folder_is_read_in_order_without_hidden_and_foreign_files(
        self, root: Path, inbox: Path
    ) -> None:
        for name in ("b/2.md", "a/1.md", ".git/3.md", "a/.4.md", "a/5.png"):
            (inbox / name).parent.mkdir(exist_ok=True)
            written(inbox, name, ONE.replace("Talks", name[-4]))
        (inbox / "a" / "loop").symlink_to(inbox)
        assert [item.title for item in bring(root, inbox).written] == ["1 on trade", "2 on trade"]
