"""Two writers on one catalogue: nobody's words are lost, and the one who has to yield is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.newsrooms import make_newsroom, translate, write_release
from workflow.errors import StaleError
from workflow.model import Catalog
from workflow.pipeline.rewriting import rewrite_catalog
from workflow.pipeline.sync import sync
from workflow.stores.catalogs import read_catalog, write_catalog


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project = make_newsroom(tmp_path)
    write_release(project)
    sync(project)
    return tmp_path


def with_target(catalog: Catalog | None, index: int, target: str) -> Catalog:
    assert catalog is not None
    units = list(catalog.units)
    units[index] = replace(units[index], target=target)
    return replace(catalog, units=tuple(units))


def save(root: Path, index: int, target: str) -> None:
    """What a translator's program does while we are at work."""
    catalog = with_target(read_catalog(root, "ru", "council-met"), index, target)
    assert write_catalog(root, catalog, source_language="en")


def test_a_change_is_made_again_on_what_a_translator_saved_meanwhile(root: Path):
    calls = []

    def change(catalog: Catalog | None) -> Catalog:
        calls.append(1)
        if len(calls) == 1:
            save(root, 0, "Совет собрался")
        return with_target(catalog, 1, "Совет собрался в Бишкеке.")

    assert rewrite_catalog(root, "ru", "council-met", change, source_language="en")
    catalog = read_catalog(root, "ru", "council-met")
    assert catalog is not None
    assert [unit.target for unit in catalog.units[:2]] == [
        "Совет собрался",
        "Совет собрался в Бишкеке.",
    ]
    assert len(calls) == 2


def test_who_is_always_too_late_is_told_and_nothing_is_overwritten(root: Path):
    calls = []

    def change(catalog: Catalog | None) -> Catalog:
        calls.append(1)
        save(root, 0, f"Совет {len(calls)}")
        return with_target(catalog, 1, "Наше")

    with pytest.raises(StaleError, match=r"council-met\.po: another program has saved"):
        rewrite_catalog(root, "ru", "council-met", change, source_language="en")
    catalog = read_catalog(root, "ru", "council-met")
    assert catalog is not None
    assert [unit.target for unit in catalog.units[:2]] == ["Совет 3", ""]
    assert not list(root.rglob("*.workflow-tmp"))


def test_a_save_in_the_last_moment_is_seen_too(root: Path, monkeypatch: pytest.MonkeyPatch):
    from workflow.stores import files

    mine = with_target(read_catalog(root, "ru", "council-met"), 1, "Наше")
    write = files._write

    def slow(path: Path, data: bytes, *, mode: int | None, lasting: bool) -> None:
        monkeypatch.setattr(files, "_write", write)
        save(root, 0, "Их")
        write(path, data, mode=mode, lasting=lasting)

    monkeypatch.setattr(files, "_write", slow)
    with pytest.raises(StaleError):
        write_catalog(root, mine, source_language="en")
    catalog = read_catalog(root, "ru", "council-met")
    assert catalog is not None
    assert catalog.units[0].target == "Их"
    assert not list(root.rglob("*.workflow-tmp"))


def test_a_catalogue_that_appears_meanwhile_is_not_overwritten(root: Path):
    fresh = Catalog(slug="council-met", language="ru")
    with pytest.raises(StaleError):
        write_catalog(root, fresh, source_language="en")


def test_a_dry_run_and_a_change_that_changes_nothing_write_nothing(root: Path):
    path = root / "locales/ru/releases/council-met.po"
    before = path.read_bytes(), path.stat().st_mtime_ns

    def change(catalog: Catalog | None) -> Catalog:
        return with_target(catalog, 0, "Совет")

    args = (root, "ru", "council-met")
    assert rewrite_catalog(*args, change, source_language="en", dry_run=True)
    same = rewrite_catalog(
        *args, lambda now: now or Catalog(slug="a", language="ru"), source_language="en"
    )
    assert not same
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_sync_keeps_what_is_saved_while_it_works(root: Path, monkeypatch: pytest.MonkeyPatch):
    import workflow.pipeline.sync as sync_module

    project = make_newsroom(root)
    translate(project)
    write_release(project, text="---\ntitle: The council met\n---\n\nA new sentence.\n")
    merge = sync_module.merge
    saved = []

    def slow(catalog: Catalog, *args: object, **values: object) -> Catalog:
        if catalog.language == "ru" and not saved:
            saved.append(1)
            save(root, 0, "Совет собрался сегодня")
        return merge(catalog, *args, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(sync_module, "merge", slow)
    report = sync(project)
    assert report.faults == ()
    catalog = read_catalog(root, "ru", "council-met")
    assert catalog is not None
    assert catalog.units[0].target == "Совет собрался сегодня"
    assert catalog.units[1].source == "A new sentence."
