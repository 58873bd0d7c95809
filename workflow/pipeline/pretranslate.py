"""``workflow pretranslate``: empty units get a draft from memory, then from an engine."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial

from workflow.errors import WorkflowError
from workflow.languages import language
from workflow.model import Candidate, Catalog, MatchClass, Release
from workflow.pipeline.asking import Asked, House, Job, ask
from workflow.pipeline.judge import all_checks
from workflow.pipeline.memory import open_memory, reach_server, seen_by
from workflow.pipeline.newsroom import Sources, list_sources, load
from workflow.pipeline.rewriting import rewrite_catalog
from workflow.pipeline.session import Planned, Session
from workflow.stages.fill import fill
from workflow.stages.leverage import Yardstick, leverage
from workflow.stores.answers import open_answers
from workflow.stores.catalogs import read_catalog
from workflow.stores.glossary import read_glossary
from workflow.stores.memory import Index
from workflow.stores.memory.together import Reached
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
    empty: tuple[str, ...] = ()
    """Why units are empty that an engine was asked for, a line each."""
    remarks: tuple[str, ...] = ()
    """Why no engine was asked, or why one stopped."""
    planned: tuple[Planned, ...] = ()
    """In a dry run: what would be sent where."""
    shortage: tuple[str, ...] = ()
    """And the budgets that have no room for that, a line each."""
    faults: tuple[WorkflowError, ...] = ()


@contextmanager
def session(
    project: Project,
    *,
    now: dt.datetime | None = None,
    dry_run: bool = False,
    fresh: bool = False,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> Iterator[Session]:
    """One run over any number of languages: what it may spend, and what was answered before."""
    with open_answers(project.root) as answers:
        yield Session(
            settings=project.settings,
            answers=answers,
            now=now or dt.datetime.now(dt.UTC),
            dry_run=dry_run,
            fresh=fresh,
            step=step,
        )


def pretranslate(
    project: Project, tag: str, run: Session, *, only: tuple[str, ...] = ()
) -> PretranslateReport:
    """Fill the empty units of one language. What a person wrote is never touched."""
    settings = project.settings
    sources = list_sources(project, only=only)
    faults: list[WorkflowError] = list(sources.faults)
    pairs = _pairs(project, tag, sources, faults)
    used = {release.language for release, _ in pairs}
    indexes, known = _indexes(project, tag, used, faults, run)
    house = House(
        concepts=read_glossary(project.root, settings.languages), checks=all_checks(settings)
    )
    counts = {"memory": 0, "engine": 0, "left": 0}
    classes: Counter[MatchClass] = Counter()
    written: list[str] = []
    empty: list[str] = []
    for release, catalog in pairs:
        by = Yardstick(
            source=language(release.language),
            target=language(tag),
            concepts=house.concepts,
            floor=settings.threshold,
        )
        memory = seen_by(*indexes[release.language], release.slug, run.now)
        offers = leverage(catalog, memory, by=by, section=release.section)
        filled = fill(catalog, offers)
        counts["memory"] += _filled(catalog, filled)
        classes.update(offer.match for offer in offers)
        if any(not unit.target for unit in filled.units):
            elsewhere = partial(_elsewhere, project, release, tag)
            asked = ask(run, Job(release=release, catalog=filled, house=house, elsewhere=elsewhere))
            empty += _told(filled, asked)
            offers = (*offers, *asked.candidates)
            counts["engine"] += len(asked.candidates)
            counts["left"] += len(asked.left)
        try:
            if _write(project, release, catalog, offers, dry_run=run.dry_run):
                written.append(catalog.path)
        except WorkflowError as fault:
            faults.append(fault)
    return PretranslateReport(
        language=tag,
        classes=tuple((match.value, classes[match]) for match in MatchClass if classes[match]),
        written=tuple(written),
        empty=tuple(empty),
        remarks=(*known, *_lost(indexes, run), *_remarks(run, tag)),
        planned=tuple(run.planned.values()),
        shortage=run.shortage(),
        faults=tuple(faults),
        **counts,
    )


def _remarks(run: Session, tag: str) -> tuple[str, ...]:
    settings = run.settings
    if not any(settings.pairs.get(f"{settings.source_language}-{tag}", settings.engines)):
        return ("no engine configured: memory only ([engine] order in workflow.toml)",)
    return tuple(dict.fromkeys((*run.remarks, *run.out.values())))


def _told(catalog: Catalog, asked: Asked) -> Iterator[str]:
    lines = {unit.key: unit.line for unit in catalog.units}
    for key, why in asked.left.items():
        if why:
            yield f"{catalog.path}:{lines[key]}: left empty: {why}"


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


def _indexes(
    project: Project, tag: str, sources: set[str], faults: list[WorkflowError], run: Session
) -> tuple[dict[str, tuple[Index, Reached]], tuple[str, ...]]:
    """The memory by language of the source, and what people should know of it.

    Each reads the same catalogues, so the first one tells what is wrong with them.
    """
    found = {}
    remarks: dict[str, None] = {}
    for source in sorted(sources | {project.settings.source_language} - {tag}):
        index, refreshed = open_memory(project, source, tag)
        away = Reached(lost=run.lost)
        found[source] = index, away if run.lost else reach_server(project, source, tag)
        run.lost = found[source][1].lost
        remarks |= dict.fromkeys(filter(None, (refreshed.remark,)))
        if len(found) == 1:
            faults.extend(refreshed.faults)
    return found, tuple(remarks)


def _lost(indexes: Mapping[str, tuple[Index, Reached]], run: Session) -> tuple[str, ...]:
    """Why the shared memory was not asked, or not for all; it is not tried again in this run."""
    run.lost = next((shared.lost for _, shared in indexes.values() if shared.lost), run.lost)
    return (run.lost,) if run.lost else ()


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


def _elsewhere(project: Project, release: Release, tag: str) -> list[Catalog]:
    """The catalogues of a release in the other languages that can be read."""
    found = []
    for other in project.settings.languages:
        with suppress(WorkflowError):
            catalog = read_catalog(project.root, other, release.slug) if other != tag else None
            found += [catalog] if catalog else []
    return found


def _filled(before: Catalog, after: Catalog) -> int:
    return sum(
        not old.target and bool(new.target)
        for old, new in zip(before.units, after.units, strict=True)
    )
