"""``workflow glossary impact``: what a change of the glossary does to units in every language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from workflow.errors import GlossaryError, UsageError, WorkflowError
from workflow.languages import language
from workflow.model import Catalog, Concept, Severity
from workflow.pipeline.judge import all_checks
from workflow.pipeline.pool import batched, workers
from workflow.plugins import Check
from workflow.settings import Settings
from workflow.stages.impact import Touched, impact, is_held, touched_by
from workflow.stores.catalogs import SOURCE_LANGUAGE, list_catalogs, read_catalog
from workflow.stores.decisions import read_waivers
from workflow.stores.git import is_repository, read_versions
from workflow.stores.glossary import GLOSSARY, glossary_bytes, parse_glossary, text_of
from workflow.stores.project import Project
from workflow.terminology.changes import ConceptChange, GlossaryChange, changes_between

_BATCH = 50  # catalogues


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedIn:
    """What is touched in one catalogue."""

    path: str
    language: str
    slug: str
    units: tuple[Touched, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactReport:
    """What a change of the glossary does."""

    changes: tuple[ConceptChange, ...]
    catalogs: tuple[TouchedIn, ...]
    faults: tuple[WorkflowError, ...]
    gate: Severity
    remark: str = ""
    """What it was compared with, where that is not what one would expect."""

    @property
    def exit_code(self) -> int:
        """0 nothing new at the gate · 1 a unit that is held back by it · 2 something unreadable."""
        if self.faults:
            return 2
        touched = (one for catalog in self.catalogs for one in catalog.units)
        return int(any(is_held(one, self.gate) for one in touched))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    catalogs: tuple[TouchedIn, ...]
    faults: tuple[WorkflowError, ...]


def show_impact(project: Project, tags: Sequence[str], *, revision: str = "HEAD") -> ImpactReport:
    """Judge what the glossary on disk changes against the one of ``revision``. Writes nothing."""
    after = text_of(glossary_bytes(project.root))
    before, remark = committed_glossary(project, revision)
    change = glossary_change(before, after, project.settings.languages, revision)
    places = [(tag, slug) for tag in tags for slug in list_catalogs(project.root, tag)]
    results: list[_Result] = []
    if any(change.concerned.values()):
        work = partial(_judge_batch, project, before, after)
        with workers(project.settings.jobs, len(places)) as pool:
            results = list(pool.map(work, batched(places, _BATCH)))
    return ImpactReport(
        changes=change.changes,
        catalogs=tuple(found for result in results for found in result.catalogs),
        faults=tuple(fault for result in results for fault in result.faults),
        gate=project.settings.gate,
        remark=remark,
    )


def committed_glossary(project: Project, revision: str) -> tuple[str, str]:
    """The text of the glossary in ``revision``, and a remark where there is none.

    Raises `UsageError` for a revision that is none, once there are commits.
    """
    if not is_repository(project.root):
        return "", "no git repository here: compared with an empty glossary"
    try:
        versions = read_versions(project.root, revision, [GLOSSARY])
    except UsageError:
        if revision != "HEAD":
            raise
        return "", "nothing is committed yet: compared with an empty glossary"
    if GLOSSARY not in versions:
        return "", f"no glossary in {revision}: compared with an empty one"
    return text_of(versions[GLOSSARY]), ""


@lru_cache(maxsize=8)
def glossary_change(
    before: str, after: str, languages: tuple[str, ...], revision: str = ""
) -> GlossaryChange:
    """What lies between two texts of a glossary. A pair is read once in a process, for the
    indexes of terms hang on the very concepts."""
    new = parse_glossary(after, languages)
    try:
        old = parse_glossary(before, languages) if before != after else new
    except GlossaryError as fault:
        where = f"{revision}:{GLOSSARY}" if revision else GLOSSARY
        raise GlossaryError(
            fault.what, path=where, line=fault.line, hint="compare with another revision: --since"
        ) from None
    return changes_between(old, new, languages)


def concepts_of(text: str, languages: tuple[str, ...]) -> tuple[Concept, ...]:
    """What a glossary's text spells, read once in a process. Raises `GlossaryError`."""
    return glossary_change(text, text, languages).after


def touched_units(
    project: Project, catalog: Catalog, change: GlossaryChange
) -> tuple[Touched, ...]:
    """What ``change`` does to one catalogue. Raises `StoreError` for waivers that are none."""
    settings = project.settings
    source, target = language(source_tag(catalog, settings)), language(catalog.language)
    if next(touched_by(catalog, change, source=source, target=target), None) is None:
        return ()
    return impact(
        catalog,
        change,
        terms_check(settings),
        source=source,
        target=target,
        severities=settings.severities,
        waivers=read_waivers(project.root, catalog.language, catalog.slug),
        today=dt.datetime.now(dt.UTC).date().isoformat(),
    )


def terms_check(settings: Settings) -> tuple[Check, ...]:
    """The check that asks the glossary, where it is on."""
    found = (rule for rule in all_checks(settings) if rule.name == "terms")
    return tuple(rule for rule in found if isinstance(rule, Check))


def source_tag(catalog: Catalog, settings: Settings) -> str:
    """The language that a catalogue says its release is written in, or the newsroom's own."""
    tag = dict(catalog.header).get(SOURCE_LANGUAGE, "")
    return tag if tag in settings.languages else settings.source_language


def _judge_batch(
    project: Project, before: str, after: str, places: Sequence[tuple[str, str]]
) -> _Result:
    change = glossary_change(before, after, project.settings.languages)
    found, faults = [], []
    for tag, slug in places:
        try:
            catalog = read_catalog(project.root, tag, slug)
            units = touched_units(project, catalog, change) if catalog else ()
        except WorkflowError as fault:
            faults.append(fault)
            continue
        if catalog is not None and units:
            found.append(TouchedIn(path=catalog.path, language=tag, slug=slug, units=units))
    return _Result(catalogs=tuple(found), faults=tuple(faults))
