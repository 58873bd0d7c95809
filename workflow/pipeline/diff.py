"""``workflow diff``: what changed in the catalogues since a revision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from workflow.errors import UsageError, WorkflowError
from workflow.languages import language
from workflow.model import Catalog
from workflow.stages.compare import Change, compare
from workflow.stages.damage import Damage, damage
from workflow.stores.catalogs import catalog_of, catalog_path, read_catalog
from workflow.stores.charsets import decode_po
from workflow.stores.git import changed_files, is_repository, read_versions
from workflow.stores.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogDiff:
    """One catalogue that is not what it was."""

    path: str
    language: str
    slug: str
    changes: tuple[Change, ...]
    damages: tuple[Damage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffReport:
    """What diff found."""

    catalogs: tuple[CatalogDiff, ...]
    faults: tuple[WorkflowError, ...]


def diff(
    project: Project, tags: Sequence[str], *, revision: str = "HEAD", only: tuple[str, ...] = ()
) -> DiffReport:
    """Compare the catalogues on disk with ``revision``. `UsageError` where there is no git."""
    if not is_repository(project.root):
        raise UsageError("no git repository here", hint="diff compares with an earlier commit")
    wanted = {
        (tag, PurePosixPath(path).stem)
        for tag in tags
        for path in changed_files(project.root, revision, f"locales/{tag}/releases")
        if path.endswith(".po")
    }
    places = sorted((tag, slug) for tag, slug in wanted if not only or slug in only)
    return compare_with(project.root, places, revision=revision)


def find_damage(project: Project, slugs: Collection[str]) -> tuple[tuple[str, Damage], ...]:
    """(path, damage) pairs of the catalogues of ``slugs`` that differ from the last commit.

    Empty where there is no history to compare with.
    """
    if not slugs or not is_repository(project.root):
        return ()
    try:
        paths = [PurePosixPath(path) for path in changed_files(project.root, "HEAD", "locales")]
        places = [
            (tag, path.stem)
            for tag in project.settings.languages
            for path in paths
            if path.stem in slugs and path.as_posix() == catalog_path(tag, path.stem)
        ]
        report = compare_with(project.root, places)
    except UsageError:  # nothing has been committed yet
        return ()
    return tuple((found.path, one) for found in report.catalogs for one in found.damages)


def compare_with(
    root: Path, places: Sequence[tuple[str, str]], *, revision: str = "HEAD"
) -> DiffReport:
    """The catalogues of ``places``, (language, slug) pairs, beside their older versions."""
    paths = {catalog_path(tag, slug): (tag, slug) for tag, slug in places}
    versions = read_versions(root, revision, paths)
    found, faults = [], []
    for path, (tag, slug) in paths.items():
        nothing = Catalog(slug=slug, language=tag, path=path)
        try:
            old = nothing
            if path in versions:
                old = catalog_of(decode_po(versions[path], path=path), tag=tag, slug=slug)
            new = read_catalog(root, tag, slug) or nothing
        except WorkflowError as fault:
            faults.append(fault)
            continue
        changes = compare(old, new)
        damages = damage(old, new, language(tag)) if path in versions and new.stamp else ()
        if changes or damages:
            found.append(
                CatalogDiff(path=path, language=tag, slug=slug, changes=changes, damages=damages)
            )
    return DiffReport(catalogs=tuple(found), faults=tuple(faults))
