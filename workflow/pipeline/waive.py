"""``workflow waive`` and ``workflow waivers``: issues that a person says are none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.errors import UsageError
from workflow.model import Catalog, Issue, Waiver
from workflow.pipeline.checking import Checking
from workflow.pipeline.newsroom import Sources, list_sources, load
from workflow.pipeline.places import locate
from workflow.stages.check_source import is_of_source
from workflow.stages.waive import text_hash, waive
from workflow.stores.catalogs import list_catalogs, read_catalog
from workflow.stores.decisions import add_waiver, read_waivers
from workflow.stores.project import Project
from workflow.stores.sources import SOURCES

_SOURCE = re.compile(
    rf"(?:.*/)?{SOURCES}/(?P<name>(?P<slug>[\w-]+)\.\w+):(?P<line>\d+)(?::(?P<column>\d+))?"
)
_PLACE = re.compile(
    r"(?:.*/)?locales/(?P<tag>[\w-]+)/releases/(?P<slug>[\w-]+)\.po:(?P<line>\d+)"
    r"(?::(?P<column>\d+))?"
)


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
    catalog, issues, at = _looked_at(project, place)
    issue = _issue_at(issues, at, name)
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
    add_waiver(project.root, catalog.language, catalog.slug, waiver)
    return waiver


def list_waivers(project: Project, tags: Sequence[str]) -> Iterator[Listed]:
    """Every waiver of ``tags``, each with what is wrong with it, if anything."""
    checking = Checking(project, is_whole=False)
    sources = list_sources(project)
    for tag in tags:
        for slug in sorted({*list_catalogs(project.root, tag), *sources.files}):
            waivers = read_waivers(project.root, tag, slug)
            seen = _seen(checking, sources, tag, slug) if waivers else ()
            faults = {
                issue.line: issue.message for issue in _untidy(seen, waivers, today=checking.today)
            }
            for waiver in waivers if seen else ():
                yield Listed(waiver=waiver, fault=faults.get(waiver.line, ""))


_Seen = tuple[Catalog, tuple[Issue, ...]]
"""Texts, and what is wrong with them before anything is waived."""


def _untidy(seen: Sequence[_Seen], waivers: Sequence[Waiver], *, today: str) -> Iterator[Issue]:
    """What is wrong with waivers of all of ``seen``: of a source, or of its catalogue."""
    for catalog, issues in seen:
        is_written = catalog.path.startswith(f"{SOURCES}/")
        own = [one for one in waivers if len(seen) == 1 or is_of_source(one) == is_written]
        for issue in waive(catalog, issues, own, today=today).issues:
            if issue.check == "waivers":
                yield issue


def _looked_at(project: Project, place: str) -> tuple[Catalog, tuple[Issue, ...], tuple[int, int]]:
    """The texts that a place belongs to, their issues before anything is waived, line and column.

    A source is the catalogue of its own words.
    """
    checking = Checking(project, is_whole=False)
    sources = list_sources(project)
    hint = "the beginning of the line that workflow check prints: locales/ru/releases/x.po:42"
    if found := _SOURCE.fullmatch(place):
        path = sources.files.get(found["slug"])
        if path is None or path.name != found["name"]:
            raise UsageError(f"no release in {SOURCES}/{found['name']}", hint="see the path")
        seen = checking.as_written(load(project, path))
    else:
        found = _PLACE.fullmatch(place)
        if found is None or found["tag"] not in project.settings.languages:
            raise UsageError(f"“{place}” is no place of an issue", hint=hint)
        tag, slug = found["tag"], found["slug"]
        catalogs = [one for one in _seen(checking, sources, tag, slug) if ".po" in one[0].path]
        if not catalogs:
            raise UsageError(f"no catalogue “{slug}” in {tag}", hint="see the path")
        catalog, issues = catalogs[0]
        seen = catalog, locate(project.root, issues)
    return (*seen, (int(found["line"]), int(found["column"] or 0)))


def _seen(checking: Checking, sources: Sources, tag: str, slug: str) -> list[_Seen]:
    """What there is of a release in a language: its catalogue, and what it was written from."""
    project = checking.project
    path = sources.files.get(slug)
    catalog = read_catalog(project.root, tag, slug)
    source, seen = project.settings.source_language, []
    if path is not None:
        release = load(project, path)
        source = release.language
        if source == tag:
            seen = [checking.as_written(release)]
    if catalog is not None and seen:
        seen.append((catalog, checking.mended(catalog).issues))
    elif catalog is not None:
        seen.append((catalog, checking.target(catalog, source).issues))
    return seen


def _issue_at(issues: Sequence[Issue], at: tuple[int, int], name: str) -> Issue:
    line, column = at
    here = [i for i in issues if i.line == line and column in (0, i.column)]
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
