"""``workflow check``: every issue of the catalogues, sources untouched."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from workflow.errors import WorkflowError
from workflow.languages import language
from workflow.model import Issue, Severity, Waiver
from workflow.pipeline.judge import all_checks
from workflow.pipeline.learned import remembering
from workflow.pipeline.newsroom import list_sources, load
from workflow.pipeline.places import locate
from workflow.stages.check import inspect
from workflow.stores.catalogs import list_catalogs, read_catalog
from workflow.stores.decisions import read_waivers
from workflow.stores.glossary import read_glossary
from workflow.stores.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """All that was found."""

    issues: tuple[Issue, ...]
    faults: tuple[WorkflowError, ...]
    gate: Severity
    catalogs: int
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
    """Check the catalogues of ``tags``; a catalogue without a source is checked too."""
    sources = list_sources(project, only=only)
    concepts = read_glossary(project.root, project.settings.languages)
    checks = all_checks(project.settings)
    languages, faults = {}, list(sources.faults)
    for slug, path in sources.files.items():
        try:
            languages[slug] = load(project, path).language
        except WorkflowError as fault:
            faults.append(fault)
    issues: list[Issue] = []
    waived: list[tuple[Issue, Waiver]] = []
    count = 0
    with remembering(project, concepts, (*languages.values(), *tags)):
        for tag in tags:
            for slug in list_catalogs(project.root, tag):
                if only and slug not in only:
                    continue
                try:
                    catalog = read_catalog(project.root, tag, slug)
                    waivers = read_waivers(project.root, tag, slug)
                except WorkflowError as fault:
                    faults.append(fault)
                    continue
                if catalog is None:
                    continue
                count += 1
                found = inspect(
                    catalog,
                    checks,
                    source=language(languages.get(slug, project.settings.source_language)),
                    target=language(tag),
                    concepts=concepts,
                    severities=project.settings.severities,
                    waivers=waivers,
                    today=dt.datetime.now(dt.UTC).date().isoformat(),
                )
                issues += found.issues
                waived += found.waived
    return CheckReport(
        issues=locate(project.root, issues),
        faults=tuple(faults),
        gate=project.settings.gate,
        catalogs=count,
        waived=tuple(waived),
    )
