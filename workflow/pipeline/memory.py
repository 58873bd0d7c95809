"""``workflow memory``: what was translated before, asked and counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from workflow.errors import StoreError, UsageError
from workflow.languages import language
from workflow.model import Candidate
from workflow.pipeline.fingerprints import program_fingerprint
from workflow.pipeline.newsroom import list_sources
from workflow.plugins import Memory
from workflow.stages.leverage import Asked, Yardstick, rank
from workflow.stages.remember import accepted
from workflow.stores.glossary import read_glossary
from workflow.stores.memory import Counts, Index, Refreshed, Scope, count, open_index
from workflow.stores.memory.server import Server, Shared
from workflow.stores.memory.together import Reached, Together, without_server
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


def open_server(project: Project, source: str, target: str) -> Server | None:
    """The shared memory, where the newsroom has one. Raises `StoreError` when out of reach."""
    url = project.settings.memory_url
    pair = f"{source}-{target}"
    return Server(url, pair=pair, house=project.settings.name) if url else None


def reach_server(project: Project, source: str, target: str) -> Reached:
    """The shared memory for those who can do without it: it is an error of nobody's when it fails.

    ``lost`` of what comes back says why it is not asked, now or later.
    """
    try:
        return Reached(server=open_server(project, source, target))
    except StoreError as fault:
        return Reached(lost=without_server(fault))


def seen_by(index: Index, shared: Reached, slug: str, now: dt.datetime) -> Memory:
    """The memory as a release may see it; "" for anybody.

    For a release that others may not see the server is not asked: its texts stay on this machine.
    """
    here = index.seen_by(slug, now)
    if shared.server is None or (slug and slug in index.seen_by("", now).hidden):
        return here
    return Together(here=here, server=shared, own=frozenset(index.releases()))


def share_memory(project: Project, source: str, target: str) -> tuple[Shared, Refreshed]:
    """Bring the shared memory up to date with what others may see of this newsroom.

    Raises `UsageError` when there is none, `StoreError` when it is out of reach.
    """
    server = open_server(project, source, target)
    if server is None:
        hint = 'name one: [memory] url = "postgres://me@tm.example.org/memory" in workflow.toml'
        raise UsageError("the newsroom has no shared memory", hint=hint)
    index, refreshed = open_memory(project, source, target)
    hidden = index.seen_by("", dt.datetime.now(dt.UTC)).hidden
    origins = {slug: mark for slug, mark in index.releases().items() if slug not in hidden}
    try:
        return server.share(origins, index.of_release), refreshed
    finally:
        server.close()


def other_language(project: Project, source: str, target: str) -> str:
    """The language translated from: ``source``, or the newsroom's own. Raises `UsageError`."""
    found = source or project.settings.source_language
    if found == target:
        what = f"{target} is the language that is translated from"
        raise UsageError(what, hint="name another with --lang, or with --from the other one")
    return found


def search_memory(
    project: Project,
    index: Index,
    shared: Reached,
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
    seen = seen_by(index, shared, slug, dt.datetime.now(dt.UTC))
    by = Yardstick(
        source=language(index.scope.source),
        target=language(index.scope.target),
        concepts=read_glossary(project.root, project.settings.languages),
        floor=floor or project.settings.threshold,
    )
    for query in queries:
        yield query, rank(Asked(source=query), seen, by=by, most=most)


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
