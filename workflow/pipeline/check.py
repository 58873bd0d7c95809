"""``workflow check``: every issue of sources and catalogues; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workflow.errors import WorkflowError
from workflow.model import Issue, Release, Severity, Waiver
from workflow.pipeline.checking import Checking
from workflow.pipeline.learned import remembering
from workflow.pipeline.newsroom import list_sources, load, once
from workflow.pipeline.places import locate
from workflow.stages.waive import Settled
from workflow.stores.catalogs import list_catalogs, read_catalog
from workflow.stores.decisions import read_waivers
from workflow.stores.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """All that was found."""

    issues: tuple[Issue, ...]
    faults: tuple[WorkflowError, ...]
    gate: Severity
    catalogs: int = 0
    sources: int = 0
    waived: tuple[tuple[Issue, Waiver], ...] = ()
    """What a person decided is no issue."""

    @property
    def exit_code(self) -> int:
        """0 nothing at the gate · 1 an issue reaches it · 2 something is unreadable."""
        if self.faults:
            return 2
        return 1 if any(issue.severity >= self.gate for issue in self.issues) else 0


def check_catalogs(
    project: Project, tags: tuple[str, ...], *, only: tuple[str, ...] = ()
) -> CheckReport:
    """Check what there is in ``tags``: catalogues, and releases in the language they are written
    in, which need no catalogue. A catalogue without a source is checked too."""
    sources = list_sources(project, only=only)
    checking = Checking(project)
    releases, faults = _loaded(project, sources.files.values())
    spoken = {one.language for one in releases.values()}
    with remembering(project, checking.concepts, (*spoken, *tags)):
        own = {slug: one for slug, one in releases.items() if one.language in tags}
        found = {(one.language, slug): [checking.written(one, faults)] for slug, one in own.items()}
        catalogs = 0
        for tag, slug in _places(project, tags, only):
            settled = _checked(checking, tag, slug, releases.get(slug), faults)
            catalogs += settled is not None
            if settled is not None:
                found.setdefault((tag, slug), []).append(settled)
    places = sorted(found, key=lambda place: (tags.index(place[0]), place[1]))
    report = _report(
        project, [one for place in places for one in found[place]], (*sources.faults, *faults)
    )
    return replace(report, catalogs=catalogs, sources=len(own))


def _checked(
    checking: Checking,
    tag: str,
    slug: str,
    release: Release | None,
    faults: list[WorkflowError],
) -> Settled | None:
    """The issues of a catalogue; None where it cannot be read, which goes to ``faults``."""
    project = checking.project
    try:
        catalog = read_catalog(project.root, tag, slug)
        waivers = read_waivers(project.root, tag, slug)
    except WorkflowError as fault:
        faults.append(fault)
        return None
    if catalog is None:
        return None
    if release is not None and release.language == tag:
        return checking.mended(catalog, waivers)
    source = release.language if release else project.settings.source_language
    return checking.target(catalog, source, waivers)


def check_sources(project: Project, paths: Sequence[Path]) -> CheckReport:
    """Check releases as they are written, and nothing else. ``paths`` are files of sources/."""
    checking = Checking(project)
    releases, faults = _loaded(project, paths)
    settled = [checking.written(release, faults) for release in releases.values()]
    return replace(_report(project, settled, faults), sources=len(releases))


def _report(
    project: Project, settled: Sequence[Settled], faults: Iterable[WorkflowError]
) -> CheckReport:
    return CheckReport(
        issues=locate(project.root, (issue for one in settled for issue in one.issues)),
        faults=once(faults),
        gate=project.settings.gate,
        waived=tuple(pair for one in settled for pair in one.waived),
    )


def _loaded(
    project: Project, paths: Iterable[Path]
) -> tuple[dict[str, Release], list[WorkflowError]]:
    """The releases by slug, and what is unreadable."""
    releases: dict[str, Release] = {}
    faults: list[WorkflowError] = []
    for path in paths:
        try:
            releases[path.stem] = load(project, path)
        except WorkflowError as fault:
            faults.append(fault)
    return releases, faults


def _places(
    project: Project, tags: tuple[str, ...], only: tuple[str, ...]
) -> list[tuple[str, str]]:
    """(language, slug) of the catalogues on disk."""
    places = [(tag, slug) for tag in tags for slug in list_catalogs(project.root, tag)]
    return [(tag, slug) for tag, slug in places if not only or slug in only]
