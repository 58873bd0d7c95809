"""The catalogues and git: merging by unit, showing what changed, naming what a tool did."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.newsrooms import make_newsroom, write_release
from workflow.cli import workflow
from workflow.errors import UsageError
from workflow.languages import language
from workflow.model import Catalog, Unit
from workflow.pipeline.diff import diff
from workflow.pipeline.doctor import doctor
from workflow.pipeline.sync import sync
from workflow.stages.compare import ChangeKind, compare
from workflow.stages.damage import damage
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.git import _command, has_driver, install_driver, read_versions
from workflow.stores.merge_driver import merge_files
from workflow.stores.project import Project

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

SOURCE = "---\ntitle: One\n---\n\nFirst sentence. Second sentence. Third sentence.\n"


def newsroom(root: Path) -> Project:
    project = make_newsroom(root, languages='["en", "kk", "ru"]')
    write_release(project, "one", SOURCE)
    return project


def git(root: Path, *arguments: str, check: bool = True) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert not check or done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = newsroom(tmp_path)
    sync(project)
    (tmp_path / ".gitattributes").write_text("locales/**/*.po merge=workflow-po\n")
    git(tmp_path, "init", "-q", "-b", "main")
    install_driver(tmp_path)
    command = f"{shlex.quote(sys.executable)} -m workflow merge-driver %O %A %B %P"
    git(tmp_path, "config", "merge.workflow-po.driver", command)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "start")
    return project


def translate(project: Project, tag: str = "kk", **targets: str) -> None:
    """Give targets by the first word of the source."""
    catalog = read_catalog(project.root, tag, "one")
    assert catalog is not None
    units = tuple(
        replace(unit, target=targets.get(unit.source.split()[0], unit.target), fuzzy=False)
        for unit in catalog.units
    )
    write_catalog(project.root, replace(catalog, units=units), source_language="en")


def on_branch(project: Project, name: str, **targets: str) -> None:
    git(project.root, "checkout", "-q", "-b", name, "main")
    translate(project, **targets)
    git(project.root, "commit", "-q", "-a", "-m", name)


def targets(project: Project, tag: str = "kk") -> list[str]:
    catalog = read_catalog(project.root, tag, "one")
    assert catalog is not None
    return [unit.target for unit in catalog.units]


def test_two_branches_that_translate_neighbours_merge_without_a_conflict(project: Project):
    on_branch(project, "aigul", First="Бірінші сөйлем.")
    on_branch(project, "daniyar", Second="Екінші сөйлем.")
    git(project.root, "merge", "-q", "-m", "both", "aigul")
    assert targets(project) == ["", "Бірінші сөйлем.", "Екінші сөйлем.", ""]


def test_a_conflict_of_one_unit_is_reported_by_git_and_still_a_catalogue(project: Project):
    on_branch(project, "aigul", First="Бірінші сөйлем.", Third="Үшінші сөйлем.")
    on_branch(project, "daniyar", First="Алғашқы сөйлем.")
    said = git(project.root, "merge", "-q", "-m", "both", "aigul", check=False)
    assert "locales/kk/releases/one.po" in said
    assert "translated on both sides" in said
    catalog = read_catalog(project.root, "kk", "one")
    assert catalog is not None
    first = catalog.units[1]
    assert (first.target, first.fuzzy) == ("Алғашқы сөйлем.", True)
    assert first.comments == ("conflict: Бірінші сөйлем.",)
    assert catalog.units[3].target == "Үшінші сөйлем."
    assert "one.po" in git(project.root, "diff", "--name-only", "--diff-filter=U")


def test_a_source_edit_and_a_correction_of_the_old_target_meet_in_the_new_unit(project: Project):
    translate(project, First="Бірінші сөйлем.")
    git(project.root, "commit", "-q", "-a", "-m", "translated")
    on_branch(project, "correction", First="Бірінші түзетілген сөйлем.")
    git(project.root, "checkout", "-q", "-b", "edit", "main")
    source = project.root / "sources" / "one.md"
    source.write_text(SOURCE.replace("First sentence", "First edited sentence"))
    sync(project)
    git(project.root, "commit", "-q", "-a", "-m", "edited")
    git(project.root, "merge", "-q", "-m", "both", "correction")
    catalog = read_catalog(project.root, "kk", "one")
    assert catalog is not None
    assert catalog.units[1].source == "First edited sentence."
    assert catalog.units[1].target == "Бірінші түзетілген сөйлем."
    assert catalog.units[1].fuzzy
    assert sync(project).written == ()


def test_the_driver_is_installed_once_and_missed_by_the_doctor(tmp_path: Path):
    project = newsroom(tmp_path)
    with pytest.raises(UsageError, match="no git repository"):
        install_driver(project.root)
    git(tmp_path, "init", "-q")
    assert not has_driver(tmp_path)
    assert any("merge-driver --install" in remark.mend for remark in doctor(tmp_path))
    done = CliRunner().invoke(workflow, ["--project", str(tmp_path), "merge-driver", "--install"])
    assert done.exit_code == 0
    assert has_driver(tmp_path)
    assert not install_driver(tmp_path)
    assert not any("merge-driver --install" in remark.mend for remark in doctor(tmp_path))


def test_the_driver_called_in_a_wrong_way_says_how(tmp_path: Path):
    done = CliRunner().invoke(workflow, ["merge-driver", "a", "b"])
    assert isinstance(done.exception, UsageError)
    assert "--install" in str(done.exception)


def test_a_version_that_is_no_po_leaves_ours_alone(tmp_path: Path):
    for name, text in (("o", ""), ("a", 'msgid "x"\nmsgstr "y"\n'), ("b", "no po\n")):
        (tmp_path / name).write_text(text)
    args = ["merge-driver", *(str(tmp_path / name) for name in "oab"), "locales/kk/releases/a.po"]
    done = CliRunner().invoke(workflow, args)
    assert "locales/kk/releases/a.po:1: “no po” is not PO" in str(done.exception)
    assert (tmp_path / "a").read_text() == 'msgid "x"\nmsgstr "y"\n'


def test_diff_shows_units_and_not_lines(project: Project):
    translate(project, First="Бірінші сөйлем.")
    git(project.root, "commit", "-q", "-a", "-m", "translated")
    path = project.root / "locales/kk/releases/one.po"
    translate(project, First="Бірінші қысқа сөйлем.", Third="Үшінші сөйлем.")
    done = CliRunner().invoke(workflow, ["--project", str(project.root), "diff", "--lang", "kk"])
    assert done.exit_code == 0
    assert "target Бірінші{+ қысқа+} сөйлем." in done.output
    assert "target, empty → accepted" in done.output
    assert "1 catalogues, 2 units differ" in done.output
    line = path.read_text().splitlines().index('msgid "First sentence."') + 1
    assert f"locales/kk/releases/one.po:{line}: target, accepted" in done.output
    args = ["--project", str(project.root), "diff", "--output-format", "jsonl"]
    data = [json.loads(row) for row in CliRunner().invoke(workflow, args).stdout.splitlines()]
    assert [row["kind"] for row in data] == ["target", "target"]
    assert data[0]["target"] == ["Бірінші сөйлем.", "Бірінші қысқа сөйлем."]


def test_diff_knows_a_new_catalogue_and_one_that_cannot_be_read(project: Project):
    (project.root / "sources/two.md").write_text("---\ntitle: Two\n---\n\nNew.\n")
    sync(project)
    (project.root / "locales/ru/releases/one.po").write_text("no po\n")
    report = diff(project, ("kk", "ru"))
    assert [(c.path, len(c.changes)) for c in report.catalogs] == [
        ("locales/kk/releases/two.po", 2),
        ("locales/ru/releases/two.po", 2),
    ]
    assert "one.po:1" in str(report.faults[0])
    assert diff(project, ("kk",), only=("one",)).catalogs == ()
    with pytest.raises(UsageError, match="no revision"):
        diff(project, ("kk",), revision="no-such-branch")
    with pytest.raises(UsageError, match="no revision"):
        read_versions(project.root, "--output=x", ["a"])


def test_diff_needs_a_repository(tmp_path: Path):
    with pytest.raises(UsageError, match="no git repository"):
        diff(newsroom(tmp_path), ("kk",))


def test_diff_warns_of_what_a_tool_did(project: Project):
    path = project.root / "locales/kk/releases/one.po"
    text = path.read_text()
    path.write_text(text.replace("nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;"))
    args = ["--project", str(project.root), "diff"]
    done = CliRunner().invoke(workflow, args, standalone_mode=False)
    assert done.return_value == 1
    assert "Plural-Forms was changed to nplurals=1; plural=0" in done.stderr
    assert "→ Plural-Forms: nplurals=2; plural=(n != 1)" in done.stderr


KK = language("kk")
HEADER = (
    ("language", "kk"),
    ("content-type", "text/plain; charset=UTF-8"),
    ("plural-forms", f"{KK.plural_forms};"),
)


def catalogue(*units: Unit, **fields: object) -> Catalog:
    lined = tuple(
        replace(unit, line=unit.line or 10 * n, target_line=10 * n + 1)
        for n, unit in enumerate(units, 1)
    )
    made = Catalog(slug="one", language="kk", units=lined, header=HEADER, path="a.po", stamp="x")
    return replace(made, **fields)  # type: ignore[arg-type]


UNITS = tuple(
    Unit(
        key=f"k{n}", source=f"Text {n}.", target=f"Мәтін {n}.", fuzzy=True, previous_source=f"T {n}"
    )
    for n in range(4)
)


def said(after: Catalog, before: Catalog | None = None) -> list[str]:
    return [found.what for found in damage(before or catalogue(*UNITS), after, KK)]


def test_a_translator_at_work_does_no_damage():
    accepted = replace(UNITS[0], fuzzy=False, previous_source=None)
    mended = replace(UNITS[1], target="Басқа.", fuzzy=False, previous_source=None)
    assert said(catalogue(accepted, mended, *UNITS[2:])) == []


def test_each_kind_of_damage_is_named():
    unread = [replace(unit, fuzzy=False, previous_source=None) for unit in UNITS]
    assert "4 of 4 fuzzy marks are gone" in said(catalogue(*unread))[0]
    emptied = [replace(unit, target="", fuzzy=False) for unit in UNITS[:2]]
    assert said(catalogue(*emptied, *UNITS[2:])) == ["2 units lost the translation"]
    forgotten = replace(UNITS[0], previous_source=None)
    assert said(catalogue(forgotten, *UNITS[1:])) == ["1 unit lost the previous source (#|)"]
    copies = [replace(unit, target=unit.source) for unit in UNITS]
    assert said(catalogue(*copies)) == ["in 4 units the translation is a copy of the source"]
    keyless = [replace(unit, key="") for unit in UNITS]
    assert said(catalogue(*keyless)) == ["4 units lost or changed the key (msgctxt)"]
    assert said(catalogue(*reversed(UNITS))) == ["the units are in another order"]
    old = catalogue(*UNITS, obsolete=(Unit(key="x", source="Gone.", target="Жоқ."),))
    assert said(catalogue(*UNITS), old) == ["1 unit kept as obsolete (#~) are gone"]


def test_damage_to_the_header_is_named():
    assert said(catalogue(*UNITS, header=())) == ["the header is gone"]
    assert said(catalogue(*UNITS, header=HEADER[:1])) == [
        "header fields are gone: content-type, plural-forms"
    ]
    other = (("language", "kk"), ("content-type", "text/plain; charset=KOI8-R"), HEADER[2])
    assert said(catalogue(*UNITS, header=other)) == [
        "the charset was changed from text/plain; charset=UTF-8 to text/plain; charset=KOI8-R"
    ]


def test_compare_finds_a_unit_again_by_what_it_says_it_was():
    before = catalogue(*UNITS)
    edited = Unit(key="new", source="Text 0, edited.", target="Мәтін 0.", previous_source="Text 0.")
    noted = replace(UNITS[2], comments=("тексердім",))
    doubted = replace(UNITS[3], fuzzy=False)
    after = catalogue(edited, noted, doubted, Unit(key="fresh", source="Fresh."))
    assert [(change.kind, change.unit.key) for change in compare(before, after)] == [
        (ChangeKind.SOURCE, "new"),
        (ChangeKind.COMMENT, "k2"),
        (ChangeKind.STATE, "k3"),
        (ChangeKind.ADDED, "fresh"),
        (ChangeKind.REMOVED, "k1"),
    ]


def test_sync_tells_what_a_tool_did_before_it_mends_what_it_can(project: Project):
    translate(project, First="Бірінші.", Second="Екінші.", Third="Үшінші.")
    git(project.root, "commit", "-q", "-a", "-m", "translated")
    path = project.root / "locales/kk/releases/one.po"
    header, *units = path.read_text().split("\n\n")
    path.write_text(
        "\n\n".join([header, *sorted(units, key=lambda raw: raw.partition("msgid")[2])]).rstrip(
            "\n"
        )
        + "\n"
    )
    done = CliRunner().invoke(workflow, ["--project", str(project.root), "sync"])
    assert "one.po: the units are in another order" in done.stderr
    assert "→ workflow sync puts them back" in done.stderr
    assert git(project.root, "status", "--porcelain", "locales") == ""
    again = CliRunner().invoke(workflow, ["--project", str(project.root), "sync"])
    assert "another order" not in again.stderr


def test_a_version_that_cannot_be_read_leaves_marks_and_not_our_version_alone(project: Project):
    root = project.root
    git(root, "config", "merge.workflow-po.driver", _command())
    on_branch(project, "aigul", First="Бірінші сөйлем.")
    git(root, "checkout", "-q", "-b", "broken", "main")
    path = root / "locales/kk/releases/one.po"
    path.write_text(path.read_text().replace('msgid "First', "msgid First", 1))
    git(root, "commit", "-q", "-a", "-m", "broken")
    said = git(root, "merge", "-q", "-m", "both", "aigul", check=False)
    assert "quotation mark missing" in said
    assert "Бірінші сөйлем." in path.read_text()
    assert "one.po" in git(root, "diff", "--name-only", "--diff-filter=U")


def test_a_catalogue_converted_on_one_branch_is_written_in_the_charset_it_names(tmp_path: Path):
    def text(charset: str, first: str, second: str) -> bytes:
        header = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n'
        units = f'\nmsgid "a"\nmsgstr "{first}"\n\nmsgid "b"\nmsgstr "{second}"\n'
        return (header + units).encode(charset)

    versions = {
        "base": text("windows-1251", "Раз", ""),
        "ours": text("windows-1251", "Раз", "Два"),
        "theirs": text("UTF-8", "Бір ә", ""),
    }
    for name, data in versions.items():
        (tmp_path / name).write_bytes(data)
    merge_files(*(tmp_path / name for name in versions), path="a.po")
    assert (tmp_path / "ours").read_bytes() == text("UTF-8", "Бір ә", "Два")


def test_the_driver_runs_us_and_no_folder_of_the_repository(project: Project):
    root = project.root
    git(root, "config", "merge.workflow-po.driver", _command())
    (root / "workflow").mkdir()
    (root / "workflow/__init__.py").write_text("")
    (root / "workflow/__main__.py").write_text("raise SystemExit(0)")
    on_branch(project, "aigul", First="Бірінші сөйлем.")
    on_branch(project, "daniyar", Second="Екінші сөйлем.")
    git(root, "merge", "-q", "-m", "both", "aigul")
    assert targets(project) == ["", "Бірінші сөйлем.", "Екінші сөйлем.", ""]


def test_a_driver_that_cannot_start_leaves_marks(project: Project):
    root = project.root
    lost = _command().replace(_command().split(" merge-driver")[0], "/nowhere/workflow")
    git(root, "config", "merge.workflow-po.driver", lost)
    on_branch(project, "aigul", First="Бірінші сөйлем.")
    on_branch(project, "daniyar", First="Алғашқы сөйлем.")
    git(root, "merge", "-q", "-m", "both", "aigul", check=False)
    text = (root / "locales/kk/releases/one.po").read_text()
    assert "<<<<<<<" in text
    assert "Бірінші сөйлем." in text
    assert "Алғашқы сөйлем." in text


def test_install_asks_for_the_driver_where_nobody_did(tmp_path: Path):
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitattributes").write_bytes(b"*.bin binary")
    assert install_driver(tmp_path)
    assert (tmp_path / ".gitattributes").read_text() == (
        "*.bin binary\nlocales/**/*.po merge=workflow-po\n"
    )
    assert not install_driver(tmp_path)


def test_versions_are_read_past_what_is_no_file(tmp_path: Path):
    (tmp_path / "a.po").mkdir()
    (tmp_path / "a.po/x").write_text("x")
    (tmp_path / "b.po").write_text("b\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "all")
    names = ["a.po", "missing.po", "b.po"]
    assert read_versions(tmp_path, "HEAD", names) == {"b.po": b"b\n"}


def test_what_people_do_is_no_damage():
    moved = (UNITS[2], *UNITS[:2], UNITS[3])
    assert said(catalogue(*moved)) == []
    assert said(catalogue(replace(UNITS[0], target=""), *UNITS[1:])) == []
    twice = replace(UNITS[0], key="k0.2")
    assert said(catalogue(twice, *UNITS[1:])) == []
    old = catalogue(*UNITS, obsolete=(Unit(key="x", source="Back.", target="Ескі."),))
    back = Unit(key="x", source="Back.", target="Жаңа.")
    assert said(catalogue(*UNITS, back), old) == []


def test_keys_in_git_are_found_by_their_lines_and_never_said(tmp_path: Path):
    make_newsroom(tmp_path)
    key = "279a2e9d-83b3-c416-7e2d-f721593e42a0:fx"
    hexadecimal = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    files = {
        ".env": f"# ours\nDEEPL_KEY={key}\n",
        "news.env": "A=b\n",
        ".env.example": "DEEPL_KEY=\n",
        "templates/base.html": f'<img src="a.{hexadecimal}.png">\n<!-- subscription_key: {hexadecimal} -->\n',
        ".github/workflows/publish.yml": "env:\n  KEY: sk-ant-api03-a1B2c3D4e5F6g7H8i9J0\n",
        "sources/met.md": f"---\ntitle: Met\ndate: 2024-07-25\n---\n\nThe key: {hexadecimal}\n",
        "untracked.toml": f'key = "{key}"\n',
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", *(name for name in files if name != "untracked.toml"))
    found = [remark for remark in doctor(tmp_path) if remark.about == "keys"]
    assert [remark.what for remark in found] == [
        ".env is in git, where everybody with a clone reads its keys",
        ".env:2: a key of DeepL stands in git",
        ".github/workflows/publish.yml:2: a key of a language model stands in git",
        "news.env is in git, where everybody with a clone reads its keys",
        "templates/base.html:2: a key of some service stands in git",
    ]
    assert all(remark.serious and remark.mend for remark in found)
    assert not any(key[:8] in remark.mend for remark in found)
