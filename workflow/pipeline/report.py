"""``workflow check --report``: what was found, as a page in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path, PurePosixPath

from workflow.errors import SettingsError, StoreError, UsageError, WorkflowError
from workflow.languages import language
from workflow.model import Catalog, Issue, Release, Segment
from workflow.pipeline.check import CheckReport
from workflow.pipeline.judge import all_checks
from workflow.pipeline.newsroom import list_sources, load, refuse_kept, secret
from workflow.stages.check_source import source_catalog
from workflow.stages.report import GENERATOR, PAGE, Inspected, Scope, report
from workflow.stages.segment import segment
from workflow.stores.catalogs import read_catalog
from workflow.stores.decisions import read_waivers
from workflow.stores.files import write_atomic
from workflow.stores.glossary import read_glossary
from workflow.stores.project import Project
from workflow.stores.sources import SOURCES
from workflow.stores.templates import read_own_theme

_KEPT = ("sources", "locales", "templates", ".workflow", ".git")
_OF_SOURCE = ""  # in place of a language: the text as it is written
_BEGINNING = 4096  # bytes of a report that hold its mark


def refuse_place(project: Project, folder: Path, tag: str) -> None:
    """Raise `UsageError` where no report may be, or for a language it is not in."""
    try:
        language(tag)
    except SettingsError as fault:
        raise UsageError(f"no report in “{tag}”", hint=fault.hint) from None
    kept = (*_KEPT, project.settings.output)
    refuse_kept(project, folder, names=kept, hint="name another folder: --report out/")
    _refuse_other_page(folder / PAGE)


def write_report(
    project: Project, found: CheckReport, folder: Path, *, tags: tuple[str, ...], tag: str
) -> tuple[Path, tuple[str, ...]]:
    """Write what ``found`` says of the languages ``tags`` into ``folder``, in the language ``tag``.

    Gives the file and the releases in it that are not for everybody, each with why. Raises
    `UsageError`, as `refuse_place` does, and writes nothing then.
    """
    refuse_place(project, folder, tag)
    inspected = tuple(_inspected(project, found.issues))
    scope = Scope(
        newsroom=project.settings.name,
        source_language=project.settings.source_language,
        tags=tags,
        catalogs=found.catalogs,
        gate=found.gate,
        checks=all_checks(project.settings),
        concepts=read_glossary(project.root, project.settings.languages),
        faults=tuple(map(str, found.faults)),
    )
    page = report(inspected, scope, read_own_theme("report", tag), tag=tag)
    file = folder / page.path
    write_atomic(
        file,
        page.content.encode("utf-8", "replace"),
        last_look=lambda: _refuse_other_page(file),
    )
    releases = {each.release.slug: each.release for each in inspected if each.release}
    secrets = ((slug, secret(release)) for slug, release in sorted(releases.items()))
    return file, tuple(f"{slug} is {why}" for slug, why in secrets if why)


def _inspected(project: Project, issues: Sequence[Issue]) -> Iterator[Inspected]:
    """The catalogues with issues, read again: most of a newsroom's have none."""
    sources = list_sources(project)
    releases: dict[str, Release | None] = {}
    for (tag, slug), group in groupby(issues, _place):
        if slug not in releases:
            releases[slug] = _release(project, sources.files.get(slug))
        release = releases[slug]
        is_source = tag == _OF_SOURCE and release is not None
        if is_source and release is not None:
            tag = release.language
            catalog = source_catalog(release, _segments(project, release))
        else:
            found = read_catalog(project.root, tag, slug)
            catalog = found or Catalog(slug=slug, language=tag)
        yield Inspected(
            catalog=catalog,
            source_language=release.language if release else project.settings.source_language,
            issues=tuple(group),
            waivers=read_waivers(project.root, tag, slug),
            release=release,
            is_source=is_source,
        )


def _segments(project: Project, release: Release) -> tuple[Segment, ...]:
    return segment(release, paragraphs=project.settings.unit == "paragraph")


def _place(issue: Issue) -> tuple[str, str]:
    """Language and slug: locales/<tag>/releases/<slug>.po, or its decisions; sources/<slug>.md."""
    path = PurePosixPath(issue.path)
    return _OF_SOURCE if path.parts[0] == SOURCES else path.parts[1], path.stem


def _release(project: Project, path: Path | None) -> Release | None:
    try:
        return load(project, path) if path else None
    except WorkflowError:
        return None  # one of the faults of the check


def _refuse_other_page(file: Path) -> None:
    try:
        with file.open("rb") as page:
            if GENERATOR.encode() in page.read(_BEGINNING):
                return
    except FileNotFoundError:
        return
    except OSError as fault:
        raise StoreError(f"cannot be read: {fault.strerror}", path=str(file)) from None
    raise UsageError(
        f"{file} is there and is no report of ours", hint="name another folder; it was not touched"
    )
