"""What a verb says, in a line each, of the embargo, the corrections and the withdrawal."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.model import Catalog, Release
from workflow.stages.segment import WITHDRAWAL_KEY, is_note
from workflow.stores.catalogs import read_catalog
from workflow.stores.project import Project


def say(project: Project, release: Release) -> Iterator[str]:
    """The lines. Raises what ``read_catalog`` raises."""
    if release.embargo:
        yield f"{release.path}: nothing of it goes out before {release.embargo}"
    if not release.corrections and release.withdrawn is None:
        return
    tags = project.settings.languages
    catalogs = [(tag, read_catalog(project.root, tag, release.slug)) for tag in tags]
    if release.corrections and release.withdrawn is None:
        left = [tag for tag, catalog in catalogs if catalog and _lacks_note(catalog)]
        count = len(release.corrections)
        what = f"{count} correction{'s' if count > 1 else ''}, the newest of "
        what += f"{release.corrections[-1].date}"
        yield f"{release.path}: {what}{_waiting(left, 'held back until its note is accepted in')}"
    if release.withdrawn is not None:
        left = [tag for tag, catalog in catalogs if catalog and _lacks_reason(catalog)]
        what = "in standard words until its note is accepted in"
        yield f"{release.path}: withdrawn{_waiting(left, what)}"


def _lacks_note(catalog: Catalog) -> bool:
    return any(is_note(unit.key) and not unit.is_accepted for unit in catalog.units)


def _lacks_reason(catalog: Catalog) -> bool:
    return any(unit.key == WITHDRAWAL_KEY and not unit.is_accepted for unit in catalog.units)


def _waiting(tags: list[str], what: str) -> str:
    return f"; {what} {', '.join(tags)}" if tags else ""
