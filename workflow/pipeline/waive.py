"""``workflow waive`` and ``workflow waivers``: issues that a person says are none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.errors import UsageError
from workflow.languages import language
from workflow.model import Catalog, Issue, Waiver
from workflow.pipeline.judge import all_checks
from workflow.pipeline.newsroom import language_of, list_sources
from workflow.stages.check import check
from workflow.stages.waive import text_hash, waive
from workflow.stores.catalogs import list_catalogs, read_catalog
from workflow.stores.decisions import add_waiver, read_waivers
from workflow.stores.glossary import read_glossary
from workflow.stores.project import Project

_PLACE = re.compile(r"(?:.*/)?locales/(?P<tag>[\w-]+)/releases/(?P<slug>[\w-]+)\.po:(?P<line>\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A waiver, and why it no longer holds."""

    waiver: Waiver
    fault: str


def waive_issue(
    project: Project, place: str, name: str, *, reason: str, who: str, until: str = ""
) -> Waiver:
    """Waive the issue of check ``name`` at ``place`` (PATH:LINE, as ``check`` prints it).

    ``name`` may be CHECK:CONCEPT where a check found several things. Raises `UsageError` when
    there is no such issue, or it is not one that anybody could waive.
    """
    found = _PLACE.fullmatch(place)
    if found is None or found["tag"] not in project.settings.languages:
        hint = "the beginning of the line that workflow check prints: locales/ru/releases/x.po:42"
        raise UsageError(f"“{place}” is no place of an issue", hint=hint)
    tag, slug = found["tag"], found["slug"]
    catalog = read_catalog(project.root, tag, slug)
    if catalog is None:
        raise UsageError(f"no catalogue “{slug}” in {tag}", hint="see the path")
    issue = _issue_at(_Checking(project).issues(catalog), int(found["line"]), name)
    unit = next(unit for unit in catalog.units if unit.key == issue.key)
    waiver = Waiver(
        check=issue.check,
        about=issue.about,
        key=issue.key,
        source=text_hash(unit.source),
        target=text_hash(unit.target),
        reason=reason,
        who=who,
        when=dt.datetime.now(dt.UTC).date().isoformat(),
        until=until,
    )
    add_waiver(project.root, tag, slug, waiver)
    return waiver


def list_waivers(project: Project, tags: Sequence[str]) -> Iterator[Listed]:
    """Every waiver of ``tags``, each with what is wrong with it, if anything."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    checking = _Checking(project)
    for tag in tags:
        for slug in list_catalogs(project.root, tag):
            waivers = read_waivers(project.root, tag, slug)
            catalog = read_catalog(project.root, tag, slug) if waivers else None
            if catalog is None:
                continue
            untidy = waive(catalog, checking.issues(catalog), waivers, today=today)
            faults = {issue.line: issue.message for issue in untidy if issue.check == "waivers"}
            for waiver in waivers:
                yield Listed(waiver=waiver, fault=faults.get(waiver.line, ""))


class _Checking:
    """What every catalogue of a run is checked with, read once."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.sources = list_sources(project)
        self.concepts = read_glossary(project.root, project.settings.languages)
        self.checks = [rule for rule in all_checks(project.settings) if not rule.about_state]

    def issues(self, catalog: Catalog) -> tuple[Issue, ...]:
        """What the checks say before anything is waived, but for unfinished units."""
        return check(
            catalog,
            self.checks,
            source=language(language_of(self.project, self.sources, catalog.slug)),
            target=language(catalog.language),
            concepts=self.concepts,
            severities=self.project.settings.severities,
        )


def _issue_at(issues: Sequence[Issue], line: int, name: str) -> Issue:
    here = [issue for issue in issues if issue.line == line]
    check_name, _, about = name.partition(":")
    fitting = [i for i in here if i.check == check_name and (not about or i.about == about)]
    if not fitting:
        known = ", ".join(dict.fromkeys(_name(issue) for issue in here))
        hint = f"there is: {known}" if known else "workflow check says what there is"
        raise UsageError(f"no issue of {name} at line {line} that could be waived", hint=hint)
    names = list(dict.fromkeys(_name(issue) for issue in fitting))
    if len(names) > 1:
        raise UsageError(
            f"{check_name} found several things there", hint=f"name one: {', '.join(names)}"
        )
    return fitting[0]


def _name(issue: Issue) -> str:
    return f"{issue.check}:{issue.about}" if issue.about else issue.check
