"""Other people's tools open and save our catalogues: nothing accepted is lost, damage is named.

Each tool that is not installed is skipped: GNU gettext, translate-toolkit, polib, Babel, OmegaT.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.newsrooms import make_newsroom, write_release
from workflow.model import Catalog, Unit
from workflow.pipeline.diff import diff
from workflow.pipeline.sync import sync
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project

PATH = "locales/kk/releases/one.po"
SOURCE = "\n\n".join(
    [
        "---\ntitle: The council met in Almaty\n---",
        "The Coordination Council met in Almaty on <b>25 July 2024</b>. It heard three reports.",
        "“We act together,” the chairman said. Nobody was absent, and the next meeting was set for "
        "the spring of the following year in the capital of the host state, as the charter asks.",
        "- first item, which is short\n- second item, which is short as well",
    ]
)
TARGETS = {
    "The council met in Almaty": "Кеңес Алматыда жиналды",
    "The Coordination Council met in Almaty on <b>25 July 2024</b>.": "Үйлестіру кеңесі "
    "<b>2024 жылғы 25 шілдеде</b> Алматыда жиналды.",
    "first item, which is short": "бірінші тармақ, ол қысқа",
}
DRAFTS = {
    "It heard three reports.": "Үш баяндама тыңдалды.",
    "“We act together,” the chairman said.": "«Бірге әрекет етеміз», – деді төраға.",
    "second item, which is short as well": "екінші тармақ, ол да қысқа",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    project = make_newsroom(tmp_path, languages='["en", "kk"]')
    write_release(project, "one", SOURCE + "\n")
    sync(project)
    catalog = read_catalog(tmp_path, "kk", "one")
    assert catalog is not None
    units = tuple(_worked_on(unit) for unit in catalog.units)
    gone = Unit(key="old", source="A sentence that is gone.", target="Жоқ болған сөйлем.")
    work = replace(catalog, units=units, obsolete=(gone,))
    write_catalog(tmp_path, work, source_language="en")
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "work")):
        author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *author, *command], cwd=tmp_path, check=True)
    return project


def _worked_on(unit: Unit) -> Unit:
    if unit.source in TARGETS:
        return replace(unit, target=TARGETS[unit.source], comments=("тексерілді: Айгүл",))
    if unit.source in DRAFTS:
        return replace(
            unit,
            target=DRAFTS[unit.source],
            fuzzy=True,
            previous_source=f"{unit.source} Before.",
            comments=("pretranslated: memory, 90 % alike, from two",),
        )
    return unit


def accepted(catalog: Catalog) -> dict[str, str]:
    return {unit.source: unit.target for unit in catalog.units if unit.is_accepted}


def named(project: Project) -> list[str]:
    report = diff(project, ("kk",))
    assert report.faults == ()
    return [found.what for catalog in report.catalogs for found in catalog.damages]


def mended(project: Project) -> Catalog:
    """The catalogue once sync has been over it."""
    assert sync(project).faults == ()
    assert sync(project).written == ()
    catalog = read_catalog(project.root, "kk", "one")
    assert catalog is not None
    assert [unit.key for unit in catalog.obsolete] == ["old"]
    return catalog


def gettext(*command: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        if shutil.which(command[0]) is None:
            pytest.skip("GNU gettext is not installed")
        subprocess.run([*command, "-o", str(path), str(path)], check=True, capture_output=True)

    return run


def msgmerge(path: Path) -> None:
    if shutil.which("msgmerge") is None:
        pytest.skip("GNU gettext is not installed")
    template = path.with_suffix(".pot")
    command = ["msgattrib", "--no-obsolete", "--clear-fuzzy", "--clear-previous", str(path)]
    done = subprocess.run(command, check=True, capture_output=True)
    template.write_bytes(done.stdout)
    command = ["msgmerge", "--previous", "-q", "-U", "--backup=none", str(path), str(template)]
    subprocess.run(command, check=True, capture_output=True)
    template.unlink()


def toolkit(path: Path) -> None:
    po = pytest.importorskip("translate.storage.pypo", reason="translate-toolkit is not installed")
    store = po.pofile.parsefile(str(path))
    store.updateheader(add=True, X_Generator="Translate Toolkit 3")
    store.save()


def polib(path: Path) -> None:
    import polib as library

    library.pofile(str(path)).save(str(path))


QUIET = {
    "msgcat": gettext("msgcat"),
    "msgcat, unwrapped": gettext("msgcat", "--no-wrap"),
    "msgmerge": msgmerge,
    "translate-toolkit": toolkit,
    "polib": polib,
}


@pytest.mark.parametrize("tool", QUIET)
def test_a_tool_that_knows_po_leaves_every_word_and_state(project: Project, tool: str):
    before = read_catalog(project.root, "kk", "one")
    assert before is not None
    QUIET[tool](project.root / PATH)
    assert named(project) == []
    after = mended(project)
    assert accepted(after) == accepted(before)
    said = [[(u.source, u.target, u.fuzzy, u.comments) for u in c.units] for c in (before, after)]
    assert said[0] == said[1]


def test_a_tool_that_sorts_is_named_and_the_order_mended(project: Project):
    before = read_catalog(project.root, "kk", "one")
    assert before is not None
    gettext("msgcat", "--sort-output")(project.root / PATH)
    assert named(project) == ["the units are in another order"]
    after = mended(project)
    assert [unit.key for unit in after.units] == [unit.key for unit in before.units]
    assert accepted(after) == accepted(before)


def test_previous_sources_that_a_tool_dropped_are_named(project: Project):
    gettext("msgattrib", "--clear-previous")(project.root / PATH)
    assert named(project) == ["3 units lost the previous source (#|)"]


def test_fuzzy_marks_dropped_wholesale_are_named(project: Project):
    gettext("msgattrib", "--clear-fuzzy")(project.root / PATH)
    assert any(what.startswith("3 of 3 fuzzy marks are gone") for what in named(project))


def test_babel_writes_a_catalogue_anew_and_what_it_lost_is_named(project: Project):
    from babel.messages.pofile import read_po, write_po

    path = project.root / PATH
    before = read_catalog(project.root, "kk", "one")
    assert before is not None
    with path.open("rb") as file:
        catalog = read_po(file, locale="kk")
    with path.open("wb") as file:
        write_po(file, catalog)
    what = named(project)
    assert "3 units lost the previous source (#|)" in what
    assert any("header fields are gone" in line for line in what)
    assert accepted(before).items() <= accepted(mended(project)).items()


OMEGAT_PROJECT = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>EN</source_lang><target_lang>KK</target_lang>
<sentence_seg>false</sentence_seg>
</project></omegat>
"""


@pytest.mark.skipif(shutil.which("omegat") is None, reason="OmegaT is not installed")
def test_what_omegat_does_to_a_catalogue_is_named_and_nothing_accepted_is_lost(
    project: Project, tmp_path_factory: pytest.TempPathFactory
):
    path = project.root / PATH
    before = read_catalog(project.root, "kk", "one")
    assert before is not None
    work = tmp_path_factory.mktemp("omegat")
    for folder in ("source", "target", "tm", "omegat", "glossary", "dictionary"):
        (work / folder).mkdir()
    (work / "omegat.project").write_text(OMEGAT_PROJECT)
    shutil.copy(path, work / "source" / "one.po")
    command = ["omegat", str(work), "--mode=console-translate", f"--config-dir={work / 'config'}"]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    shutil.copy(work / "target" / "one.po", path)
    what = named(project)
    assert any("lost the translation" in line or "fuzzy marks are gone" in line for line in what)
    after = mended(project)
    assert accepted(before).items() <= accepted(after).items()
