"""``workflow memory``: what was translated before, asked and counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from workflow.errors import UsageError
from workflow.languages import language
from workflow.model import Candidate
from workflow.pipeline.fingerprints import program_fingerprint
from workflow.pipeline.newsroom import list_sources
from workflow.plugins import Memory
from workflow.stages.leverage import Asked, Yardstick, rank
from workflow.stages.remember import accepted
from workflow.stores.glossary import read_glossary
from workflow.stores.memory import Counts, Index, Refreshed, Scope, count, open_index
from workflow.stores.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryStats:
    """The memory of a pair of languages, and its index."""

    source: str
    target: str
    counts: Counts
    size: int
    """Bytes of the index on disk."""
    refreshed: Refreshed


def open_memory(project: Project, source: str, target: str) -> tuple[Index, Refreshed]:
    """The memory of a pair of languages, with what has changed since it was asked last."""
    settings = project.settings
    scope = Scope(
        root=project.root,
        source=source,
        target=target,
        languages=settings.languages,
        default=settings.source_language,
        accepted=partial(accepted, source=language(source), target=language(target)),
    )
    made_by = "/".join((program_fingerprint(), settings.source_language, *settings.languages))
    return open_index(scope, made_by=made_by)


def other_language(project: Project, source: str, target: str) -> str:
    """The language translated from: ``source``, or the newsroom's own. Raises `UsageError`."""
    found = source or project.settings.source_language
    if found == target:
        what = f"{target} is the language that is translated from"
        raise UsageError(what, hint="name another with --lang, or with --from the other one")
    return found


def search_memory(
    project: Project,
    memory: Index,
    queries: Iterable[str],
    *,
    slug: str = "",
    floor: int = 0,
    most: int = 5,
) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
    """(query, what the memory offers) pairs, as the release ``slug`` may see it, or anybody.

    ``floor`` is the least likeness in per cent; 0: that of the newsroom.
    """
    if slug:
        list_sources(project, only=(slug,))
    seen = memory.seen_by(slug, dt.datetime.now(dt.UTC))
    by = Yardstick(
        source=language(memory.scope.source),
        target=language(memory.scope.target),
        concepts=read_glossary(project.root, project.settings.languages),
        floor=floor or project.settings.threshold,
    )
    for query in queries:
        yield query, offers(query, seen, by=by, most=most)


def offers(query: str, memory: Memory, *, by: Yardstick, most: int) -> tuple[Candidate, ...]:
    """The best translations of ``query``, one for each different target."""
    return rank(Asked(source=query), memory, by=by, most=most)


def memory_stats(project: Project, source: str, target: str) -> MemoryStats:
    """The memory of a pair of languages in numbers, brought up to date before."""
    index, refreshed = open_memory(project, source, target)
    hidden = index.seen_by("", dt.datetime.now(dt.UTC)).hidden
    index.tables()
    return MemoryStats(
        source=source,
        target=target,
        counts=count(index.ask, hidden),
        size=index.size,
        refreshed=refreshed,
    )
