"""``workflow sync``: sources → catalogues of every language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from workflow.errors import WorkflowError
from workflow.languages import language
from workflow.model import Catalog, Concept, Release
from workflow.pipeline.checking import Checking
from workflow.pipeline.diff import find_damage
from workflow.pipeline.fingerprints import (
    house_fingerprint,
    release_fingerprint,
    release_marks,
)
from workflow.pipeline.learned import remembering
from workflow.pipeline.newsroom import Sources, list_sources, load, once
from workflow.pipeline.pool import workers
from workflow.pipeline.recheck import glossaries_of, kept_of, marked
from workflow.pipeline.rewriting import rewrite_catalog
from workflow.pipeline.saying import say
from workflow.settings import Settings
from workflow.stages.annotate import annotate
from workflow.stages.damage import Damage
from workflow.stages.merge import merge
from workflow.stages.segment import segment
from workflow.stores.catalogs import SOURCE_LANGUAGE, catalog_path, list_catalogs
from workflow.stores.derived import read_derived, write_derived
from workflow.stores.glossary import glossary_bytes, read_glossary, text_of
from workflow.stores.project import Project

_DERIVED = "sync"
"""What was up to date when: a release whose files are as they were then is not read again."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What sync did."""

    releases: int
    written: tuple[str, ...]
    """Catalogues that changed, relative to the project."""
    orphans: tuple[str, ...]
    """Catalogues whose release is no longer in sources; they are left as they are."""
    told: tuple[str, ...]
    """What is to be known of embargoes, corrections and withdrawals, a line each; of the releases
    that were read."""
    damages: tuple[tuple[str, Damage], ...]
    """(catalogue, what a tool did to it) pairs, as it was before this run."""
    faults: tuple[WorkflowError, ...]
    at_source: tuple[tuple[str, int], ...] = ()
    """(source, how many issues of its own words reach the gate) pairs, of what was looked at."""
    marked: tuple[tuple[str, int], ...] = ()
    """(language, units marked to be looked at again since the glossary changed) pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A source, and the texts of the glossary as it was last marked by and as it is."""

    path: Path
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    written: tuple[str, ...] = ()
    marked: tuple[tuple[str, int], ...] = ()
    faults: tuple[WorkflowError, ...] = ()
    told: tuple[str, ...] = ()
    hard: int = 0
    """Issues of the source's own words that reach the gate."""
    mark: str = ""
    """What the files of the release looked like as they were read, or written."""


def sync(
    project: Project,
    *,
    only: tuple[str, ...] = (),
    dry_run: bool = False,
    progress: Progress | None = None,
) -> SyncReport:
    """Bring the catalogues up to date. Running it again writes nothing."""
    sources = list_sources(project, only=only)
    house = house_fingerprint(project.root, project.settings)
    known = read_derived(project.root, _DERIVED)
    before = known.get("seen") if known.get("house") == house else None
    seen: dict[str, str] = dict(before) if isinstance(before, dict) else {}
    wanted = {
        slug: path
        for slug, path in sources.files.items()
        if seen.get(slug, "") != _fingerprint(project, slug, path) or not seen.get(slug)
    }
    damages = find_damage(project, wanted)
    concepts = read_glossary(project.root, project.settings.languages)
    glossary = text_of(glossary_bytes(project.root))
    judged = glossaries_of(known.get("glossaries"), project, glossary)
    work = partial(_sync_one, project, dry_run)
    tasks = [
        _Task(path=path, before=judged.of(slug), after=glossary) for slug, path in wanted.items()
    ]
    done: list[_Done] = []
    with (
        remembering(project, concepts, [project.settings.source_language] if wanted else []),
        workers(project.settings.jobs, len(wanted)) as pool,
    ):
        for count, result in enumerate(pool.map(work, tasks, chunksize=8), 1):
            done.append(result)
            if progress:
                progress(count, len(wanted))
    if wanted and not dry_run:
        for (slug, path), result in zip(wanted.items(), done, strict=True):
            now = _fingerprint(project, slug, path)
            seen[slug] = now if now == result.mark and not result.faults else ""
        read = [slug for slug, result in zip(wanted, done, strict=True) if not result.faults]
        judged = judged.after(read, sources.files, glossary, is_all=not only)
        seen = {slug: mark for slug, mark in seen.items() if mark}
        kept = {"house": house, "seen": seen, "glossaries": kept_of(judged)}
        if known != kept:
            write_derived(project.root, _DERIVED, kept)
    return SyncReport(
        releases=len(sources.files),
        written=tuple(sorted(path for result in done for path in result.written)),
        orphans=_orphans(project, sources) if not only else (),
        told=tuple(line for result in done for line in result.told),
        damages=damages,
        faults=once((*sources.faults, *(fault for result in done for fault in result.faults))),
        at_source=tuple(
            (path.relative_to(project.root).as_posix(), result.hard)
            for path, result in zip(wanted.values(), done, strict=True)
            if result.hard
        ),
        marked=_summed(project, done),
    )


def _fingerprint(project: Project, slug: str, path: Path) -> str:
    return release_fingerprint(project.root, path, project.settings.languages, slug)


def _sync_one(project: Project, dry_run: bool, task: _Task) -> _Done:
    checking = Checking(project)
    tags = project.settings.languages
    marks = release_marks(project.root, task.path, tags, task.path.stem)
    try:
        release = load(project, task.path)
    except WorkflowError as fault:
        return _Done(faults=(fault,))
    written: list[str] = []
    faults: list[WorkflowError] = []
    counts: list[tuple[str, int]] = []
    issues = checking.written(release, []).issues  # what check and publish say of decisions
    for tag in tags:
        change = _Change(project, release, tag, checking.concepts, task)
        try:
            if rewrite_catalog(
                project.root,
                tag,
                release.slug,
                change,
                source_language=release.language,
                dry_run=dry_run,
            ):
                written.append(catalog_path(tag, release.slug))
                counts.append((tag, change.marked))
        except WorkflowError as fault:
            faults.append(fault)
    after = release_marks(project.root, task.path, tags, release.slug)
    ours = [catalog_path(tag, release.slug) in written for tag in tags]
    mark = "/".join(b if own else a for a, b, own in zip(marks, after, [False, *ours], strict=True))
    told = () if faults else tuple(say(project, release))
    hard = sum(issue.severity >= project.settings.gate for issue in issues)
    return _Done(
        written=tuple(written),
        faults=tuple(faults),
        told=told,
        hard=hard,
        mark=mark,
        marked=tuple(counts),
    )


class _Change:
    """What sync does to one catalogue, and how many units it marked when it last did."""

    def __init__(
        self,
        project: Project,
        release: Release,
        tag: str,
        concepts: Sequence[Concept],
        task: _Task,
    ) -> None:
        self.project = project
        self.glossaries = task.before, task.after
        self.update = partial(_updated, release, tag, concepts, project.settings)
        self.marked = 0

    def __call__(self, before: Catalog | None) -> Catalog:
        made = self.update(before)
        new = marked(self.project, made, *self.glossaries)
        self.marked = sum(u.fuzzy for u in new.units) - sum(u.fuzzy for u in made.units)
        return new


def _updated(
    release: Release,
    tag: str,
    concepts: Sequence[Concept],
    settings: Settings,
    before: Catalog | None,
) -> Catalog:
    """The catalogue as it must be for ``release`` as it is now."""
    catalog = before or Catalog(slug=release.slug, language=tag)
    segments = segment(release, paragraphs=settings.unit == "paragraph")
    notes = annotate(segments, source=release.language, target=catalog.language, concepts=concepts)
    merged = merge(
        catalog,
        segments,
        is_source=catalog.language == release.language,
        notes=notes,
        source_rules=language(release.language),
        keep_typography=settings.keep_typography,
    )
    header = tuple(
        (name, release.language if name == SOURCE_LANGUAGE else value)
        for name, value in merged.header or ((SOURCE_LANGUAGE, ""),)
    )
    return replace(merged, slug=release.slug, header=header)


def _summed(project: Project, done: Sequence[_Done]) -> tuple[tuple[str, int], ...]:
    counts = dict.fromkeys(project.settings.languages, 0)
    for result in done:
        for tag, number in result.marked:
            counts[tag] += number
    return tuple((tag, number) for tag, number in counts.items() if number)


def _orphans(project: Project, sources: Sources) -> tuple[str, ...]:
    return tuple(
        f"locales/{tag}/releases/{slug}.po"
        for tag in project.settings.languages
        for slug in list_catalogs(project.root, tag)
        if slug not in sources.files
    )
