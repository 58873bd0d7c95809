"""Which files a page of a preview depends on, and whether one of them has changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from workflow.pipeline.fingerprints import fingerprint
from workflow.pipeline.preview_list import Wanted, newest, on_page
from workflow.stores.catalogs import catalog_path
from workflow.stores.decisions import decisions_path
from workflow.stores.files import seen
from workflow.stores.glossary import GLOSSARY
from workflow.stores.project import SETTINGS
from workflow.stores.sources import SOURCES, source_files
from workflow.stores.templates import theme_files


def watched(root: Path, wanted: Wanted) -> tuple[Path, ...]:
    """The files, there or not, that what is ``wanted`` is made from; the theme's apart."""
    files = source_files(root)
    if not wanted.slug:
        folders = (root / SOURCES, (root / catalog_path(wanted.tag, "x")).parent)
        rows = on_page(newest(root, wanted, files), wanted)
        catalogs = (root / catalog_path(wanted.tag, path.stem) for path in rows)
        return (root / SETTINGS, *folders, *rows, *catalogs)
    own = tuple(path for path in files if path.stem == wanted.slug)
    return (
        root / SETTINGS,
        root / GLOSSARY,
        *(own if len(own) == 1 else (root / SOURCES,)),
        root / catalog_path(wanted.tag, wanted.slug),
        root / decisions_path(wanted.tag, wanted.slug),
    )


def mark_of(root: Path, files: Iterable[Path]) -> str:
    """Of ``files`` and the theme's: another when one of them has changed, come or gone."""
    return fingerprint(*(f"{path} {seen(str(path))[0]}" for path in (*files, *theme_files(root))))
