"""The memory: what is found, who may see it, and that the index is never anything but a help."""

import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from tests.newsrooms import RELEASE, make_newsroom, translate, tree, write_release
from workflow.cli import workflow
from workflow.model import Catalog, Remembered, Unit
from workflow.pipeline.memory import open_memory
from workflow.pipeline.pretranslate import pretranslate, session
from workflow.pipeline.sync import sync
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.memory import View
from workflow.stores.memory.sketches import make_sketches, texts_near
from workflow.stores.project import Project

NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
MET = "The council met in Bishkek on 25 July 2024."


def newsroom(root: Path, **releases: str) -> Project:
    """Releases by slug, all accepted."""
    project = make_newsroom(root)
    for slug, text in (releases or {"council-met": RELEASE}).items():
        write_release(project, slug, text)
    sync(project)
    for slug in releases or ["council-met"]:
        translate(project, slug)
    return project


def view(project: Project, slug: str = "", now: dt.datetime = NOW) -> View:
    return open_memory(project, "en", "ru")[0].seen_by(slug, now)


def put(project: Project, slug: str, *pairs: tuple[str, str], language: str = "ru") -> None:
    """A catalogue with these pairs accepted, whatever there was."""
    before = read_catalog(project.root, language, slug)
    units = tuple(Unit(key=f"k{n}", source=s, target=t) for n, (s, t) in enumerate(pairs))
    catalog = before or Catalog(slug=slug, language=language)
    write_catalog(project.root, replace(catalog, units=units), source_language="en")


def index_files(project: Project) -> list[str]:
    folder = project.root / ".workflow" / "memory"
    return sorted(path.suffix for path in folder.iterdir() if path.suffix != ".lock")


def drafted(project: Project) -> int:
    """How many units memory has drafted."""
    with session(project) as opened:
        return pretranslate(project, "ru", opened).memory


def run(project: Project, *words: str, text: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(
        workflow,
        ["--project", str(project.root), "memory", *words],
        input=text,
        standalone_mode=False,
    )
    if result.exception is not None:
        raise result.exception
    return result.return_value, result.stdout, result.stderr


def test_a_text_is_found_with_all_that_is_known_of_it(tmp_path: Path):
    project = newsroom(tmp_path)
    (found,) = view(project).exact([MET, "nothing"]).values()
    assert found == (
        Remembered(
            source=MET,
            target="Совет собрался в Бишкеке 25 июля 2024 года.",
            key=found[0].key,
            role="lead",
            before="The council met",
            after="It heard 12,100 reports.",
            origin="council-met",
            section="news",
        ),
    )
    assert found[0].key


def test_like_texts_come_best_first_and_the_very_text_is_among_them(tmp_path: Path):
    project = newsroom(tmp_path)
    same, near = view(project), MET.replace("Bishkek", "Almaty")
    assert [score for score, _ in same.like(MET, floor=75, most=3)] == [100]
    ((score, pair),) = same.like(near, floor=75, most=3)
    assert pair.source == MET
    assert score == int(fuzz.ratio(near, MET))
    assert same.like(near, floor=score + 1, most=3) == ()
    assert same.like("", floor=75, most=3) == ()


def test_likeness_is_that_of_the_words(tmp_path: Path):
    project = newsroom(tmp_path)
    put(project, "codes", ("Read <b>the rules</b> of the house", "Читайте <b>правила</b> дома"))
    ((score, pair),) = view(project).like("Read the rules of the house", floor=90, most=3)
    assert (score, pair.target) == (100, "Читайте <b>правила</b> дома")


def test_what_no_person_accepted_is_not_remembered(tmp_path: Path):
    project = newsroom(tmp_path)
    catalog = read_catalog(tmp_path, "ru", "council-met")
    assert catalog is not None
    units = tuple(replace(u, fuzzy=u.source == MET) for u in catalog.units)
    write_catalog(tmp_path, replace(catalog, units=units), source_language="en")
    assert view(project).exact([MET]) == {}
    assert view(project).exact(["It heard 12,100 reports."])


def test_a_release_in_another_language_is_of_another_memory(tmp_path: Path):
    project = make_newsroom(tmp_path, languages='["en", "ru", "kk"]')
    write_release(project, "po-russki", RELEASE.replace("section:", "language: ru\nsection:"))
    sync(project)
    catalog = read_catalog(tmp_path, "kk", "po-russki")
    assert catalog is not None
    units = tuple(replace(unit, target="Аударма") for unit in catalog.units)
    write_catalog(tmp_path, replace(catalog, units=units), source_language="ru")
    assert open_memory(project, "en", "kk")[0].seen_by("", NOW).exact([MET]) == {}
    assert open_memory(project, "ru", "kk")[0].seen_by("", NOW).exact([MET])


# --- who may see what


@pytest.mark.parametrize(
    ("line", "now", "is_seen"),
    [
        ("embargo: 2026-03-01T18:00:01+06:00", NOW, False),
        ("embargo: 2026-03-01T18:00:00+06:00", NOW, True),
        ("embargo: 2026-03-01T12:00:01Z", NOW + dt.timedelta(seconds=1), True),
        ("embargo: tomorrow", NOW, False),
        ("confidential: true", NOW, False),
        ("status: withheld", NOW, False),
        ("status: canceled", NOW, False),
        ("summary: harmless", NOW, True),
    ],
)
def test_a_secret_release_is_seen_by_itself_only(
    tmp_path: Path, line: str, now: dt.datetime, is_seen: bool
):
    project = newsroom(tmp_path)
    write_release(project, "council-met", RELEASE.replace("section: news", line))
    near = MET.replace("Bishkek", "Almaty")
    for slug, wanted in (("", is_seen), ("another", is_seen), ("council-met", True)):
        seen = view(project, slug, now)
        assert bool(seen.exact([MET])) is wanted
        assert bool(seen.like(near, floor=70, most=5)) is wanted


def test_confidential_releases_help_one_another(tmp_path: Path):
    secret = RELEASE.replace("section: news", "confidential: true")
    project = newsroom(tmp_path, one=secret, other=secret, open=RELEASE.replace("council", "board"))
    assert view(project, "other").exact([MET])
    assert view(project, "open").exact([MET]) == {}


def test_a_release_that_became_secret_is_so_in_every_memory(tmp_path: Path):
    project = make_newsroom(tmp_path, languages='["en", "ru", "kk"]')
    write_release(project)
    sync(project)
    translate(project)
    translate(project, tag="kk")
    for line, is_seen in (("section: news", True), ("status: withheld", False)):
        write_release(project, "council-met", RELEASE.replace("section: news", line))
        time.sleep(0.06)  # what was written longer ago is read once for all memories
        for tag in ("ru", "kk"):
            seen = open_memory(project, "en", tag)[0].seen_by("", NOW)
            assert bool(seen.exact([MET])) is is_seen


def test_what_is_secret_in_one_release_is_open_where_it_is_public_too(tmp_path: Path):
    secret = RELEASE.replace("section: news", "embargo: 2030-01-01T00:00:00Z")
    project = newsroom(tmp_path, secret=secret, public=RELEASE)
    (found,) = view(project).exact([MET]).values()
    assert [pair.origin for pair in found] == ["public"]


def test_secret_texts_do_not_crowd_out_open_ones(tmp_path: Path):
    project = newsroom(tmp_path, public=RELEASE, secret=RELEASE)
    write_release(
        project, "secret", RELEASE.replace("section: news", "embargo: 2030-01-01T00:00:00Z")
    )
    put(project, "secret", *((f"{MET} {'x' * (n % 7)}{n}", f"{n}") for n in range(100)))
    found = view(project).like(f"{MET} x1", floor=75, most=5)
    assert [pair.origin for _, pair in found] == ["public"]


def test_pretranslate_offers_nothing_secret(tmp_path: Path):
    secret = RELEASE.replace("section: news", "embargo: 2130-01-01T00:00:00Z")
    project = newsroom(tmp_path, secret=secret)
    write_release(project, "another", RELEASE)
    sync(project)
    assert drafted(project) == 0
    write_release(project, "secret", RELEASE)
    assert drafted(project) == 5


# --- the index follows the files


def test_a_change_is_seen_at_once_even_within_one_tick_of_the_clock(tmp_path: Path):
    project = newsroom(tmp_path)
    for number in range(20):
        put(project, "council-met", (MET, f"Перевод {number:02}"))
        (found,) = view(project).exact([MET]).values()
        assert [pair.target for pair in found] == [f"Перевод {number:02}"]


def test_a_file_of_the_same_size_and_date_is_still_noticed(tmp_path: Path):
    project = newsroom(tmp_path)
    path = tmp_path / "locales/ru/releases/council-met.po"
    view(project)
    old = path.stat()
    path.write_text(path.read_text("utf-8").replace("Бишкеке", "Бешкеке"), encoding="utf-8")
    os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert "Бешкеке" in view(project).exact([MET])[MET][0].target


def test_a_catalogue_that_is_gone_is_forgotten(tmp_path: Path):
    project = newsroom(tmp_path)
    assert view(project).exact([MET])
    (tmp_path / "locales/ru/releases/council-met.po").unlink()
    assert view(project).exact([MET]) == {}
    assert view(project).like(MET, floor=70, most=5) == ()


def test_an_unreadable_catalogue_is_told_every_time_and_hides_no_other(tmp_path: Path):
    project = newsroom(tmp_path, one=RELEASE, two=RELEASE)
    (tmp_path / "locales/ru/releases/one.po").write_text('msgid "x\n', encoding="utf-8")
    for _ in range(2):
        index, refreshed = open_memory(project, "en", "ru")
        assert [fault.path for fault in refreshed.faults] == ["locales/ru/releases/one.po"]
        (found,) = index.seen_by("", NOW).exact([MET]).values()
        assert [pair.origin for pair in found] == ["two"]


sources = st.lists(
    st.text(alphabet="abcdefgh ", min_size=1, max_size=30).map(str.strip).filter(bool),
    min_size=0,
    max_size=6,
)
steps = st.lists(
    st.tuples(st.sampled_from(["one", "two", "three"]), st.one_of(st.none(), sources)), max_size=5
)


@settings(max_examples=25)
@given(steps, sources)
def test_an_index_kept_up_to_date_is_one_made_from_scratch(
    edits: list[tuple[str, list[str] | None]], asked: list[str]
):
    with tempfile.TemporaryDirectory() as folder:
        project = make_newsroom(Path(folder))
        for slug, texts in edits:
            path = project.root / f"locales/ru/releases/{slug}.po"
            if texts is None:
                path.unlink(missing_ok=True)
            else:
                put(project, slug, *((text, text.upper()) for text in texts))
            view(project).like("abc def", floor=50, most=5)  # makes and keeps the sketches
        kept = view(project)
        wanted = [*asked, *(text for _, texts in edits for text in texts or ())]
        before = kept.exact(wanted), [kept.like(text, floor=50, most=9) for text in wanted]
        shutil.rmtree(project.root / ".workflow", ignore_errors=True)
        new = view(project)
        assert before == (new.exact(wanted), [new.like(text, floor=50, most=9) for text in wanted])


@settings(max_examples=50)
@given(
    st.lists(st.text(alphabet="abcde é", max_size=25), unique=True, max_size=40),
    st.text(alphabet="abcde é", max_size=25),
)
def test_of_few_texts_the_sketches_pass_over_none_that_is_like_enough(texts: list[str], asked: str):
    table = make_sketches((n, n, text) for n, text in enumerate(texts))
    near = texts_near([table], asked, floor=70, most=64)
    like = {n for n, text in enumerate(texts) if text and fuzz.ratio(asked, text) >= 70}
    assert like <= set(near) or not asked


# --- the index is only a help


@pytest.mark.parametrize("damage", ["empty", "noise", "cut", "foreign", "older", "folderless"])
def test_a_damaged_foreign_or_older_index_is_made_anew(tmp_path: Path, damage: str):
    project = newsroom(tmp_path)
    view(project).like(MET, floor=70, most=1)
    path = tmp_path / ".workflow/memory/en-ru.sqlite"
    data = path.read_bytes()
    if damage == "empty":
        path.write_bytes(b"")
    elif damage == "noise":
        path.write_bytes(b"no index" * 1000)
    elif damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "foreign":
        path.unlink()
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE units (x)")
        other.close()
    elif damage == "older":
        with sqlite3.connect(path) as ours:
            ours.execute("PRAGMA user_version = 0")
        ours.close()
    else:
        shutil.rmtree(path.parent)
    seen = view(project)
    assert seen.exact([MET])
    assert seen.like(MET, floor=70, most=1)


def test_damage_that_shows_only_when_asked_is_mended_too(tmp_path: Path):
    project = newsroom(tmp_path)
    seen = view(project)
    path = tmp_path / ".workflow/memory/en-ru.sqlite"
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 4096):  # every page but the first
        data[at : at + 200] = b"\xff" * 200
    path.write_bytes(data)
    assert seen.exact([MET])
    assert seen.like(MET, floor=70, most=1)


def test_sketches_that_are_gone_or_damaged_are_made_anew(tmp_path: Path):
    project = newsroom(tmp_path)
    view(project).like(MET, floor=70, most=1)
    (path,) = (tmp_path / ".workflow/memory").glob("*.npy")
    path.write_bytes(path.read_bytes()[:100])
    assert view(project).like(MET, floor=70, most=1)
    for file in (tmp_path / ".workflow/memory").glob("*.npy"):
        file.unlink()
    assert view(project).like(MET, floor=70, most=1)
    assert index_files(project) == [".npy", ".sqlite", ".txt"]


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path):
    project = newsroom(tmp_path)
    shutil.rmtree(tmp_path / ".workflow", ignore_errors=True)
    (tmp_path / ".workflow").write_text("a file stands here", encoding="utf-8")
    index, refreshed = open_memory(project, "en", "ru")
    assert "worked out anew" in refreshed.remark
    assert index.seen_by("", NOW).like(MET, floor=70, most=1)


def test_processes_that_begin_at_once_do_not_harm_one_another(tmp_path: Path):
    project = newsroom(tmp_path)
    for number in range(30):
        put(project, f"release-{number}", *((f"Text {number} of {n}", "т") for n in range(20)))
    shutil.rmtree(tmp_path / ".workflow", ignore_errors=True)
    words = ["-m", "workflow", "--project", str(tmp_path), "memory", "search", "--lang", "ru", MET]
    started = [
        subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    for process in started:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert "Совет собрался" in out.decode()
        assert err == b""
    assert index_files(project) == [".npy", ".sqlite", ".txt"]


# --- the command line


def test_search_prints_what_it_found_best_first(tmp_path: Path):
    project = newsroom(tmp_path)
    code, out, _ = run(project, "search", "--lang", "ru", MET.replace("Bishkek", "Almaty"))
    assert code == 0
    assert " fuzzy (council-met" in out.splitlines()[0]
    assert out.splitlines()[1:] == [f"    {MET}", "    Совет собрался в Бишкеке 25 июля 2024 года."]
    code, out, err = run(project, "search", "--lang", "ru", "Quite another matter altogether")
    assert (code, out, err) == (1, "", "nothing like it\n")


def test_search_reads_a_file_of_texts_and_prints_a_line_of_json_for_each(tmp_path: Path):
    project = newsroom(tmp_path)
    words = ("search", "--lang", "ru", "--batch", "-", "--output-format", "jsonl")
    code, out, _ = run(project, *words, text=f"{MET}\n\nquite unknown\n")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert found[0] | {"reason": ""} == {
        "query": MET,
        "class": "exact",
        "score": 100,
        "source": MET,
        "target": "Совет собрался в Бишкеке 25 июля 2024 года.",
        "origin": "council-met",
        "reason": "",
    }
    assert found[1] == {"query": "quite unknown", "class": None}


def test_an_export_comes_back_as_an_imported_memory(tmp_path: Path):
    project = newsroom(tmp_path / "a")
    file = tmp_path / "out.tmx"
    assert run(project, "export", str(file))[0] == 0
    other = newsroom(tmp_path / "b", another=RELEASE.replace("Bishkek", "Almaty"))
    code, out, err = run(other, "import", str(file), "--name", "csto")
    assert (code, out) == (0, "locales/memory/csto.tmx\n")
    assert err == "5 units (5 en, 5 ru), 0 not usable, 0 in other languages\n"
    (pair,) = view(other).exact([MET])[MET]
    assert (pair.origin, pair.imported, pair.reviewed) == ("tmx:csto", True, True)
    assert (pair.before, pair.section, pair.role) == ("The council met", "news", "lead")


def test_importing_twice_changes_nothing_and_never_overwrites_another_memory(tmp_path: Path):
    project = newsroom(tmp_path / "a")
    file = tmp_path / "out.tmx"
    run(project, "export", str(file))
    run(project, "import", str(file))
    before = tree(project.root)
    assert run(project, "import", str(file))[1] == ""
    assert tree(project.root) == before
    put(project, "council-met", (MET, "Иначе"))
    run(project, "export", str(file))
    with pytest.raises(Exception, match="a memory “out” is there and says something else"):
        run(project, "import", str(file))
    assert tree(project.root)["locales/memory/out.tmx"] == before["locales/memory/out.tmx"]
    assert run(project, "import", str(file), "--replace")[1] == "locales/memory/out.tmx\n"


def test_units_that_cannot_be_used_are_told_with_their_lines(tmp_path: Path):
    project = newsroom(tmp_path / "a")
    file = tmp_path / "x.tmx"
    file.write_text(
        '<tmx version="1.4"><header srclang="en"/><body>\n'
        '<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="ru"><seg/></tuv></tu>\n'
        '<tu><tuv xml:lang="en"><seg>b</seg></tuv><tuv xml:lang="ru"><seg>б</seg></tuv></tu>\n'
        '<tu><tuv xml:lang="en"><seg>c</seg></tuv><tuv xml:lang="de"><seg>c</seg></tuv></tu>\n'
        "</body></tmx>",
        encoding="utf-8",
    )
    code, out, err = run(project, "import", str(file))
    assert code == 1
    assert out == f"{file}:2: a text is empty\nlocales/memory/x.tmx\n"
    assert err == "1 units (1 en, 1 ru), 1 not usable, 1 in other languages\n"


def test_an_export_leaves_secrets_in_the_house_and_says_so(tmp_path: Path):
    token = "Zyxwvut marker"
    secret = RELEASE.replace("section: news", "embargo: 2130-01-01T00:00:00Z").replace(
        "first item", token
    )
    project = newsroom(tmp_path / "a", open=RELEASE, secret=secret)
    file = tmp_path / "out.tmx"
    code, _, err = run(project, "export", str(file))
    assert code == 0
    assert token not in file.read_text("utf-8")
    assert "secret: 5 units left out" in err
    assert f"{file}: 5 units" in err


def test_an_export_never_takes_the_place_of_what_the_newsroom_keeps(tmp_path: Path):
    project = newsroom(tmp_path)
    for name, message in (("locales/memory/x.tmx", "locales/ is for"), ("x.po", "does not end")):
        with pytest.raises(Exception, match=message):
            run(project, "export", str(tmp_path / name))


def test_stats_count_units_and_ambiguities(tmp_path: Path):
    project = newsroom(tmp_path, one=RELEASE, two=RELEASE)
    put(project, "two", (MET, "Иначе"), ("A. B. One more. And two.", "Раз. Два."))
    code, out, _ = run(project, "stats", "--output-format", "json")
    (pair,) = json.loads(out)["pairs"]
    assert code == 0
    assert (pair["units"], pair["releases"], pair["ambiguous"]) == (7, 2, 1)
    assert (pair["hidden"], pair["imported"]) == (0, {})
    assert pair["index_bytes"] > 0
    assert "  7 accepted units of 2 releases\n" in run(project, "stats")[1]
    assert ", up to date\n" in run(project, "stats")[1]


def test_clean_drops_the_index_and_tells_what_imports_say_otherwise(tmp_path: Path):
    project = newsroom(tmp_path / "a")
    file = tmp_path / "out.tmx"
    run(project, "export", str(file))
    run(project, "import", str(file))
    put(project, "council-met", (MET, "Иначе"), ("first item", "первый пункт"))
    before = tree(project.root)
    code, out, err = run(project, "clean")
    assert code == 1
    (line,) = out.splitlines()
    assert line.startswith("locales/memory/out.tmx:")
    assert line.endswith("accepted: “Иначе”")
    assert "locales/memory/out.tmx: 1 units that catalogues have word for word" in err
    assert tree(project.root) == before
    run(project, "clean", "--write")
    assert "первый пункт" not in (project.root / "locales/memory/out.tmx").read_text("utf-8")
    assert "второй пункт" in (project.root / "locales/memory/out.tmx").read_text("utf-8")
