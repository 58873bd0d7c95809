"""A small newsroom on disk, for tests of the verbs."""

import datetime as dt
from pathlib import Path

from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project, open_project

NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)

RELEASE = """\
---
title: The council met
date: 2024-07-25
section: news
---

The council met in Bishkek on 25 July 2024. It heard 12,100 reports.

- first item
- second item
"""


def make_newsroom(root: Path, *, settings: str = "", languages: str = '["en", "ru"]') -> Project:
    (root / "sources").mkdir(parents=True, exist_ok=True)
    (root / "locales").mkdir(exist_ok=True)
    text = f'[newsroom]\nname = "Test Office"\nlanguages = {languages}\n{settings}'
    (root / "workflow.toml").write_text(text, encoding="utf-8")
    return open_project(root)


def write_release(project: Project, slug: str = "council-met", text: str = RELEASE) -> Path:
    path = project.root / "sources" / f"{slug}.md"
    path.write_text(text, encoding="utf-8")
    return path


TARGETS = {
    "The council met": "Совет собрался",
    "The council met in Bishkek on 25 July 2024.": "Совет собрался в Бишкеке 25 июля 2024 года.",
    "It heard 12,100 reports.": "Он заслушал 12 100 докладов.",
    "It heard 12,300 reports.": "Он заслушал 12 300 докладов.",
    "first item": "первый пункт",
    "second item": "второй пункт",
}


def translate(project: Project, slug: str = "council-met", tag: str = "ru", **changes: str) -> None:
    """Accept a target for every unit, as a translator would."""
    from dataclasses import replace

    catalog = read_catalog(project.root, tag, slug)
    assert catalog is not None
    units = tuple(
        replace(
            unit,
            target=changes.get(unit.key) or TARGETS.get(unit.source) or f"Перевод: {unit.source}",
            fuzzy=False,
        )
        for unit in catalog.units
    )
    write_catalog(project.root, replace(catalog, units=units), source_language="en")


def tree(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and modification time, but for what can be worked out again."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".workflow" not in path.parts
    }
