"""``workflow explain term:ID FILE:LINE``: why a term was found in a unit, or was not."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workflow.errors import UsageError
from workflow.languages import language
from workflow.markup import parse_text
from workflow.model import Catalog, Concept, ConceptStatus, Issue, Release, Unit, Waiver
from workflow.pipeline.judge import all_checks
from workflow.pipeline.newsroom import file_named, language_of, list_sources, load, source_named
from workflow.stages.at_source import segments_at
from workflow.stages.check import check
from workflow.stages.check_source import source_catalog
from workflow.stages.segment import segment
from workflow.stages.waive import waive
from workflow.stores.catalog_lines import unit_at
from workflow.stores.catalogs import catalog_path, read_catalog
from workflow.stores.decisions import read_waivers
from workflow.stores.glossary import read_glossary
from workflow.stores.project import Project
from workflow.stores.sources import SOURCES, source_text
from workflow.terminology.matching import preferred
from workflow.terminology.trace import Trace, trace

_CHECK = "terms"
_PLACE = re.compile(r"(?P<name>.+?):(?P<line>\d+)(?::\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An issue of the concept, and the decision that says it is none."""

    issue: Issue
    waiver: Waiver | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One unit, seen by one concept."""

    concept: str
    path: str
    line: int
    key: str
    state: str
    source: Trace
    target: Trace
    rule: str
    """What the concept asks of this language."""
    judged: tuple[Judged, ...]
    """Empty: it passes."""


def explain_term(
    project: Project, name: str, place: str, *, tags: Sequence[str] = ()
) -> tuple[Explained, ...]:
    """The unit at ``place`` (PATH:LINE of a catalogue), or the units of that block of a source in
    each of ``tags``. Raises `UsageError` for a concept or a place that there is not."""
    concepts = read_glossary(project.root, project.settings.languages)
    concept = _concept(name, concepts)
    path, line = _place(project, place)
    parts = path.parts
    if len(parts) == 4 and (parts[0], parts[2]) == ("locales", "releases"):
        found = _in_catalog(project, path, line)
    elif len(parts) == 2 and parts[0] == SOURCES:
        found = list(_of_source(project, path, line, tags))
    else:
        what = f"{path.as_posix()} is neither a catalogue nor a source"
        raise UsageError(what, hint="locales/ru/releases/x.po:42, or sources/x.md:7")
    if not found:
        raise UsageError(
            f"no unit at line {line} of {path.as_posix()}",
            hint="any line of an entry, or of a block of the source; workflow sync makes units",
        )
    source = language_of(project, list_sources(project), found[0][0].slug)
    return tuple(
        _explained(project, catalog, unit, source, concept, concepts) for catalog, unit in found
    )


def _concept(name: str, concepts: Sequence[Concept]) -> Concept:
    found = next((concept for concept in concepts if concept.id == name), None)
    if found is None:
        near = difflib.get_close_matches(name, [concept.id for concept in concepts], n=1)
        hint = f"did you mean {near[0]}?" if near else "workflow glossary list shows them"
        raise UsageError(f"no concept “{name}” in the glossary", hint=hint)
    return found


def _place(project: Project, place: str) -> tuple[Path, int]:
    """The file, relative to the project, and the line."""
    found = _PLACE.fullmatch(place)
    if found is None or int(found["line"]) < 1:
        raise UsageError(f"“{place}” is no place", hint="FILE:LINE, as workflow check prints it")
    return file_named(project, found["name"]).relative_to(project.root), int(found["line"])


def _in_catalog(project: Project, path: Path, line: int) -> list[tuple[Catalog, Unit]]:
    tag, slug = path.parts[1], path.stem
    known = tag in project.settings.languages and path.suffix == ".po"
    catalog = read_catalog(project.root, tag, slug) if known else None
    if catalog is None:
        raise UsageError(f"no catalogue {path.as_posix()}", hint="workflow status lists them")
    unit = unit_at(project.root, catalog, line)
    return [(catalog, unit)] if unit else []


def _of_source(
    project: Project, path: Path, line: int, tags: Sequence[str]
) -> Iterator[tuple[Catalog, Unit]]:
    release = load(project, source_named(project, path.as_posix()))
    segments = segment(release, paragraphs=project.settings.unit == "paragraph")
    keys = [piece.key for piece in segments_at(segments, line, _text(project, release))]
    written = source_catalog(release, segments)
    own = [(written, unit) for unit in written.units if unit.key in keys]
    others = [tag for tag in tags or project.settings.languages if tag != release.language]
    found = []
    for tag in others:
        catalog = read_catalog(project.root, tag, release.slug)
        units = {unit.key: unit for unit in catalog.units} if catalog else {}
        found += [(catalog, units[key]) for key in keys if catalog and key in units]
    if release.language in tags or not found:
        yield from own
    yield from found


def _text(project: Project, release: Release) -> str:
    return source_text(project.root, release.path)


def _explained(
    project: Project,
    catalog: Catalog,
    unit: Unit,
    source: str,
    concept: Concept,
    concepts: tuple[Concept, ...],
) -> Explained:
    sides = [
        trace(parse_text(text).plain, concept, concepts=concepts, language=language(name))
        for text, name in ((unit.source, source), (unit.target, catalog.language))
    ]
    return Explained(
        concept=concept.id,
        path=catalog.path or catalog_path(catalog.language, catalog.slug),
        line=unit.target_line or unit.line,
        key=unit.key,
        state=unit.state,
        source=sides[0],
        target=sides[1],
        rule=_rule(project, concept, catalog.language),
        judged=tuple(_judged(project, catalog, unit, source, concept, concepts)),
    )


def _rule(project: Project, concept: Concept, tag: str) -> str:
    term = preferred(concept, tag)
    if _CHECK in project.settings.disabled:
        return "the check is off in workflow.toml"
    if concept.status is ConceptStatus.RETIRED:
        return "the concept is retired: nothing looks for it"
    if term is None:
        return f"no preferred term in {tag}: nothing can be missing"
    if term.keep or term.match == "exact":
        return f"“{term.text}” stays as it is: to lack it altogether is hard"
    return f"“{term.text}” may inflect: to lack it is advice"


def _judged(
    project: Project,
    catalog: Catalog,
    unit: Unit,
    source: str,
    concept: Concept,
    concepts: tuple[Concept, ...],
) -> Iterator[Judged]:
    alone = replace(catalog, units=(unit,))
    issues = check(
        alone,
        [rule for rule in all_checks(project.settings) if rule.name == _CHECK],
        source=language(source),
        target=language(catalog.language),
        concepts=concepts,
        severities=project.settings.severities,
    ).issues
    waivers = read_waivers(project.root, catalog.language, catalog.slug)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    for issue in issues:
        if issue.about == concept.id:
            held = [
                w for w in waivers if issue not in waive(alone, [issue], [w], today=today).issues
            ]
            yield Judged(issue=issue, waiver=held[0] if held else None)
