"""The command line as its users meet it: what is printed where, and the exit code."""

import contextlib
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from tests.newsrooms import RELEASE, make_newsroom, translate, tree, write_release
from workflow.cli import _COMMANDS, main
from workflow.pipeline.sync import sync


@dataclass
class Result:
    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *words: str, text: str = "") -> Result:
    """What ``workflow WORDS`` does in ``folder``, in this process."""
    out, err = io.StringIO(), io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), encoding="utf-8")
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.object(sys, "stdin", stdin),
        mock.patch.object(sys, "argv", ["workflow", *words]),
        pytest.raises(SystemExit) as caught,
    ):
        main()
    return Result(int(caught.value.code or 0), out.getvalue(), err.getvalue())


def test_the_module_runs_as_a_program(tmp_path: Path):
    command = [sys.executable, "-m", "workflow", "--version"]
    environment = {"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": ""}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "workflow 0.1.0\n")


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    project = make_newsroom(tmp_path)
    write_release(project)
    sync(project)
    translate(project)
    return tmp_path


def test_a_new_newsroom_works_at_once(tmp_path: Path):
    made = run(tmp_path, "init", "room")
    assert made.returncode == 0, made.stderr
    room = tmp_path / "room"
    published = run(room, "publish", "--lang", "en")
    assert published.returncode == 0, published.stderr
    assert "en: 1 published (1 new or changed), 0 held back" in published.stdout
    assert (room / "site/current/en/news/2026/welcome/index.html").is_file()
    assert run(room, "doctor").returncode == 0
    before = tree(room)
    again = run(tmp_path, "init", "room")
    assert again.returncode == 2
    assert "is a newsroom already" in again.stderr
    assert tree(room) == before


def test_init_keeps_what_is_there(tmp_path: Path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/welcome.md").write_text("mine", encoding="utf-8")
    made = run(tmp_path, "init", ".")
    assert "sources/welcome.md: was there" in made.stderr
    assert (tmp_path / "sources/welcome.md").read_text(encoding="utf-8") == "mine"


def test_help_names_every_command_and_each_explains_itself(tmp_path: Path):
    top = run(tmp_path, "--help")
    assert top.returncode == 0
    names = [
        line.split()[0] for line in top.stdout.split("Commands:")[1].splitlines() if line.strip()
    ]
    assert names == list(_COMMANDS)
    for name in names:
        told = run(tmp_path, name, "--help")
        assert told.returncode == 0, told.stderr
        assert told.stdout.startswith("Usage:")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("publsh",), "Did you mean “publish”?"),
        (("publish",), "error: which language? (--lang ru, or --all)"),
        (("publish", "--lang", "de"), "error: “de” is not a language of this newsroom"),
        (("publish", "--lang", "../ru"), "is not a language"),
        (("check", "--release", "nope"), "error: no release “nope” in sources/"),
        (("explain", "numbrs"), "error: no check “numbrs”"),
        (("segment", "--lang", "xx"), "error: no language data for “xx”"),
        (("check", "--output-format", "xml"), "Invalid value"),
    ],
)
def test_a_wrong_call_is_one_line_and_code_2(newsroom: Path, words: tuple[str, ...], what: str):
    result = run(newsroom, *words, text="")
    assert result.returncode == 2
    assert what in result.stderr
    assert "Traceback" not in result.stderr


def test_outside_a_newsroom_the_way_in_is_told(tmp_path: Path):
    result = run(tmp_path, "status")
    assert result.returncode == 2
    assert "workflow init DIR" in result.stderr


def test_all_faults_of_the_settings_are_told_at_once(newsroom: Path):
    (newsroom / "workflow.toml").write_text(
        '[newsroom]\nlangages = ["en"]\n[publish]\njobs = 0\n', encoding="utf-8"
    )
    result = run(newsroom, "status")
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("error: workflow.toml:2: ")
    assert "did you mean “languages”" in line
    assert "publish.jobs" in line


def test_check_prints_a_line_an_issue_and_its_code_is_the_gates(newsroom: Path):
    clean = run(newsroom, "check")
    assert (clean.returncode, clean.stdout) == (0, "")
    path = newsroom / "locales/ru/releases/council-met.po"
    text = path.read_text(encoding="utf-8").replace("12 100 докладов", "12,100 докладов ,")
    path.write_text(text, encoding="utf-8")
    before = text[: text.index("12,100 докладов")]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    found = run(newsroom, "check", "--lang", "ru")
    assert found.returncode == 1
    assert (
        f"locales/ru/releases/council-met.po:{line}:{column}: major: 12,100 is written as in the "
        "source; expected 12 100 → 12 100 [numbers]\n" in found.stdout
    )
    issues = json.loads(run(newsroom, "check", "--output-format", "json").stdout)["issues"]
    assert {issue["check"] for issue in issues} == {"numbers", "whitespace"}
    lines = run(newsroom, "check", "--output-format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == issues
    github = run(newsroom, "check", "--output-format", "github").stdout
    assert f"::error file=locales/ru/releases/council-met.po,line={line},col={column}," in github


def test_publish_says_on_one_screen_what_went_out_and_what_did_not(newsroom: Path):
    path = newsroom / "locales/ru/releases/council-met.po"
    text = path.read_text(encoding="utf-8").replace('msgstr "первый пункт"', 'msgstr ""')
    path.write_text(text, encoding="utf-8")
    result = run(newsroom, "publish", "--all")
    assert result.returncode == 1
    assert "en: 1 published (1 new or changed), 0 held back" in result.stdout
    assert "ru: 0 published (0 new or changed), 1 held back" in result.stdout
    assert "council-met: held back, not online" in result.stdout
    assert "not translated [untranslated] (unit " in result.stdout
    assert "workflow check --lang ru" in result.stdout


def test_a_broken_template_stops_publish_with_one_line(newsroom: Path):
    (newsroom / "templates").mkdir()
    (newsroom / "templates/release.html").write_text("{{ nothing.here }}", encoding="utf-8")
    result = run(newsroom, "publish", "--all")
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("error: templates/release.html:1: ")


def test_status_fits_every_release_into_a_line(newsroom: Path):
    write_release(make_newsroom(newsroom), "second", RELEASE)
    result = run(newsroom, "status")
    assert result.returncode == 0
    assert "council-met" in result.stdout
    assert "● 5/5" in result.stdout
    assert "ru: 1 of 2 may go out; 0 fuzzy, 0 empty, 0 words left" in result.stdout


def test_an_unreadable_source_is_told_and_the_code_is_2(newsroom: Path):
    (newsroom / "sources/bad.md").write_text("---\ntitle: x\n", encoding="utf-8")
    for words in (("sync",), ("check",), ("status",), ("publish", "--all"), ("pretranslate",)):
        result = run(newsroom, *words)
        assert result.returncode == 2, words
        assert "error: sources/bad.md:1: " in result.stderr
        assert "Traceback" not in result.stderr


def test_segment_prints_a_sentence_a_line_or_its_place(tmp_path: Path):
    text = "2023 ж. 15 қыркүйекте жиын өтті. Ол аяқталды.\n\nЖаңа абзац.\n"
    plain = run(tmp_path, "segment", "--lang", "kk", text=text)
    assert plain.stdout.splitlines() == [
        "2023 ж. 15 қыркүйекте жиын өтті.",
        "Ол аяқталды.",
        "Жаңа абзац.",
    ]
    placed = run(tmp_path, "segment", "--lang", "kk", "--output-format", "jsonl", text=text)
    for line in placed.stdout.splitlines():
        place = json.loads(line)
        assert text[place["start"] : place["end"]] == place["text"]
    text = "Бір.  Екі.\r\n \r\n\r\nҮш.\r\nТөрт."
    placed = run(tmp_path, "segment", "--lang", "kk", "--output-format", "jsonl", text=text)
    places = [json.loads(line) for line in placed.stdout.splitlines()]
    assert [place["text"] for place in places] == ["Бір.", "Екі.", "Үш.", "Төрт."]
    assert all(text[place["start"] : place["end"]] == place["text"] for place in places)


def test_explain_shows_examples(tmp_path: Path):
    listed = run(tmp_path, "explain").stdout
    assert "numbers" in listed
    shown = run(tmp_path, "explain", "numbers").stdout
    assert "passes:" in shown
    assert "61.5 kg" in shown


def test_doctor_names_what_is_wrong_with_what_mends_it(newsroom: Path):
    (newsroom / "locales/ru/releases/lost.po").write_bytes(
        (newsroom / "locales/ru/releases/council-met.po").read_bytes()
    )
    (newsroom / "locales/glossary.toml").write_text("[[concept]]\nid = 'X'\n", encoding="utf-8")
    result = run(newsroom, "doctor")
    assert result.returncode == 1
    assert "git rm locales/ru/releases/lost.po" in result.stdout
    assert "locales/glossary.toml:2" in result.stdout


def test_pretranslate_says_why_no_engine_was_asked(newsroom: Path):
    result = run(newsroom, "pretranslate", "--lang", "ru")
    assert result.returncode == 0
    assert "no engine configured: memory only" in result.stderr


def test_import_tells_what_it_wrote_dropped_and_suspects(newsroom: Path):
    foreign = newsroom.parent / "incoming.txt"
    foreign.write_text(
        "The council met on 5 May 2024\n\n\n.It met in Almaty.\n\nGo back\n\n\nAnother item, of 6 May 2024.\n",
        encoding="utf-8",
    )
    result = run(newsroom, "import", str(foreign))
    assert result.returncode == 0
    assert (
        f"{foreign}:4: minor: a stray “.” before “It”: take it out → It [import-stray]"
        in result.stdout
    )
    assert f"dropped {foreign}:6: Go back" in result.stderr
    assert (
        "wrote sources/the-council-met-on-5-may-2024.md: The council met on 5 May 2024"
        in result.stderr
    )
    assert "2 releases, 0 there already, 1 lines dropped" in result.stderr
    again = run(newsroom, "import", str(foreign), "--output-format", "json")
    assert "0 releases, 2 there already" in again.stderr
    assert json.loads(again.stdout)["version"] == 1


def test_sync_tells_what_changed_and_what_has_lost_its_release(newsroom: Path):
    write_release(make_newsroom(newsroom), text=RELEASE.replace("12,100", "12,300"))
    dry = run(newsroom, "sync", "--dry-run")
    assert "2 of 2 catalogues would change" in dry.stderr
    done = run(newsroom, "sync")
    assert done.stdout.splitlines() == [
        "locales/en/releases/council-met.po",
        "locales/ru/releases/council-met.po",
    ]
    (newsroom / "sources/council-met.md").unlink()
    lost = run(newsroom, "sync")
    assert "its release is no longer in sources/; kept as it is" in lost.stderr


def test_interrupting_is_code_130(newsroom: Path):
    with mock.patch("workflow.pipeline.status.list_sources", side_effect=KeyboardInterrupt):
        result = run(newsroom, "status")
    assert (result.returncode, result.stderr.strip()) == (130, "interrupted")


def test_glossary_match_tries_a_term_on_a_text(tmp_path: Path):
    done = run(tmp_path, "glossary", "match", "--lang", "ky", "уюм", "Уюмунун жыйыны")
    assert done.returncode == 0
    assert done.stdout == "уюм\tУюмунун жыйыны\tyes\tУюмунун\tУюмунун = уюм + POSS.3 GEN\n"
    text = "хатшы\tхатшының орынбасары\nхатшы\tхатшылыққа\nҰҚШҰ\tҰҚШҰ-ның жарғысы\n"
    done = run(tmp_path, "glossary", "match", "--lang", "kk", "--batch", "-", text=text)
    assert done.returncode == 1
    rows = [line.split("\t")[2:4] for line in done.stdout.splitlines()]
    assert rows == [["yes", "хатшының"], ["no", ""], ["yes", "ҰҚШҰ-ның"]]
    done = run(tmp_path, "glossary", "match", "--lang", "kk", "--batch", "-", text="no tab\n")
    assert done.returncode == 2
    assert "error: line 1: no tab" in done.stderr
    assert run(tmp_path, "glossary", "match", "--lang", "kk", "one").returncode == 2


def test_publish_says_what_went_out_in_part(tmp_path: Path):
    policy = "[publish.languages]\nru = { partial = 0.5 }\n"
    project = make_newsroom(tmp_path, settings=policy)
    write_release(project)
    sync(project)
    translate(project)
    path = tmp_path / "locales/ru/releases/council-met.po"
    text = path.read_text(encoding="utf-8").replace('msgstr "второй пункт"', 'msgstr ""')
    path.write_text(text, encoding="utf-8")
    done = run(tmp_path, "publish", "--lang", "ru")
    assert done.returncode == 0
    assert "ru: 1 published (1 new or changed), 0 held back\n" in done.stdout
    assert "  council-met: 80% of it translated, the rest marked\n" in done.stdout
