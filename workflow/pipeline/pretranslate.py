"""``workflow pretranslate``: empty units get a draft from memory, then from an engine."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflow.errors import EngineError, UsageError, WorkflowError
from workflow.languages import language
from workflow.model import Candidate, Catalog, MatchClass, Release
from workflow.pipeline.newsroom import Sources, list_sources, load
from workflow.pipeline.rewriting import rewrite_catalog
from workflow.plugins import Engine, EngineOptions, Query, Reach, discover
from workflow.settings import Service, Settings
from workflow.stages.fill import fill
from workflow.stages.leverage import Yardstick, leverage
from workflow.stages.remember import remember
from workflow.stores.catalogs import list_catalogs, read_catalog
from workflow.stores.glossary import read_glossary
from workflow.stores.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class PretranslateReport:
    """What pretranslate did, for one language."""

    language: str
    memory: int = 0
    classes: tuple[tuple[str, int], ...] = ()
    """(class of match, units) pairs of those from memory, the best class first."""
    engine: int = 0
    left: int = 0
    """Units that are still empty."""
    written: tuple[str, ...] = ()
    remark: str = ""
    """Why no engine was asked, or why it stopped."""
    faults: tuple[WorkflowError, ...] = ()


def pretranslate(
    project: Project, tag: str, *, only: tuple[str, ...] = (), dry_run: bool = False
) -> PretranslateReport:
    """Fill the empty units of one language. What a person wrote is never touched."""
    sources = list_sources(project, only=only)
    faults: list[WorkflowError] = list(sources.faults)
    source, target = language(project.settings.source_language), language(tag)
    memory = remember(_readable(project, tag, faults), source=source, target=target)
    concepts = read_glossary(project.root, project.settings.languages)
    engine, remark = _engine(project.settings, source.tag, tag)
    counts = {"memory": 0, "engine": 0, "left": 0}
    classes: Counter[MatchClass] = Counter()
    written = []
    for release, catalog in _pairs(project, tag, sources, faults):
        by = Yardstick(
            source=language(release.language),
            target=target,
            concepts=concepts,
            floor=project.settings.threshold,
        )
        offers = leverage(catalog, memory, by=by, section=release.section)
        filled = fill(catalog, offers)
        counts["memory"] += _filled(catalog, filled)
        classes.update(offer.match for offer in offers)
        if engine is not None and any(not unit.target for unit in filled.units):
            try:
                answers = _ask(engine, project.settings, release, filled)
                asked = fill(filled, answers)
                counts["engine"] += _filled(filled, asked)
                filled, offers = asked, (*offers, *answers)
            except EngineError as fault:
                engine, remark = None, f"{fault}; the rest stays empty"
        counts["left"] += sum(not unit.target for unit in filled.units)
        try:
            if _write(project, release, catalog, offers, dry_run=dry_run):
                written.append(catalog.path)
        except WorkflowError as fault:
            faults.append(fault)
    return PretranslateReport(
        language=tag,
        classes=tuple((match.value, classes[match]) for match in MatchClass if classes[match]),
        written=tuple(written),
        remark=remark,
        faults=tuple(faults),
        **counts,
    )


def _write(
    project: Project,
    release: Release,
    catalog: Catalog,
    offers: Sequence[Candidate],
    *,
    dry_run: bool,
) -> bool:
    """Put the offers into the file as it is now: an engine takes its time, a translator may not."""
    return rewrite_catalog(
        project.root,
        catalog.language,
        catalog.slug,
        lambda now: fill(now or catalog, offers),
        source_language=release.language,
        dry_run=dry_run,
    )


def _readable(project: Project, tag: str, faults: list[WorkflowError]) -> list[Catalog]:
    found = []
    for slug in list_catalogs(project.root, tag):
        try:
            catalog = read_catalog(project.root, tag, slug)
        except WorkflowError as fault:
            faults.append(fault)
            continue
        if catalog is not None:
            found.append(catalog)
    return found


def _pairs(
    project: Project, tag: str, sources: Sources, faults: list[WorkflowError]
) -> list[tuple[Release, Catalog]]:
    """Releases with a catalogue that has empty units; a fault of the catalogue is known by now."""
    pairs = []
    for path in sources.files.values():
        try:
            release = load(project, path)
        except WorkflowError as fault:
            faults.append(fault)
            continue
        if release.language == tag:
            continue
        try:
            catalog = read_catalog(project.root, tag, release.slug)
        except WorkflowError:
            continue
        if catalog is not None and any(not unit.target for unit in catalog.units):
            pairs.append((release, catalog))
    return pairs


def _engine(settings: Settings, source: str, target: str) -> tuple[Engine | None, str]:
    """The first engine that can be asked, or why there is none."""
    order = settings.pairs.get(f"{source}-{target}", settings.engines)
    if not order:
        return None, "no engine configured: memory only ([engine] order in workflow.toml)"
    engines: Mapping[str, Engine] = discover("workflow.engines", "ENGINE")
    missing = []
    for name in order:
        if name not in engines:
            hint = f"known: {', '.join(sorted(engines))}"
            raise UsageError(f"unknown engine “{name}”", hint=hint)
        fault = engines[name].ready(engine_options(settings, name), source=source, target=target)
        if not fault:
            return engines[name], ""
        missing.append(f"{name}: {fault}")
    return None, f"{'; '.join(missing)}: memory only"


def _ask(engine: Engine, settings: Settings, release: Release, catalog: Catalog) -> list[Candidate]:
    """The engine's answers for the empty units, by key.

    A release under embargo, withheld or confidential never leaves the machine, whatever the
    settings say; any other leaves it only when the house allows it.
    """
    options = engine_options(settings, engine.name)
    reach = engine.reach(options)
    secret = release.confidential or release.embargo or release.status != "usable"
    allowed = engine.name in settings.third_parties
    if reach is not Reach.LOCAL and (secret or (reach is Reach.THIRD_PARTY and not allowed)):
        if secret:
            return []
        raise EngineError(
            f"{engine.name}: text would leave the house",
            hint=f'allow it: [engine] third_parties = ["{engine.name}"]',
        )
    queries = [Query(key=u.key, text=u.source) for u in catalog.units if not u.target]
    answers = engine.translate(
        queries, source=release.language, target=catalog.language, options=options
    )
    asked = {query.key for query in queries}
    return [
        Candidate(key=key, target=target, match=MatchClass.ENGINE, score=0, origin=engine.name)
        for key, target in answers
        if key in asked
    ]


def engine_options(settings: Settings, name: str) -> EngineOptions:
    """What the settings and the environment say to an engine."""
    service = settings.services.get(name, Service())
    key = os.environ.get(service.key_variable, "") if service.key_variable else ""
    return EngineOptions(endpoint=service.endpoint, key=key, model=service.model)


def _filled(before: Catalog, after: Catalog) -> int:
    return sum(
        not old.target and bool(new.target)
        for old, new in zip(before.units, after.units, strict=True)
    )
