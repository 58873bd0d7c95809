"""The proof that nothing under embargo is in the files of a build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from workflow.errors import WorkflowError
from workflow.model import Catalog, Issue, Severity
from workflow.pipeline.judge import is_embargoed
from workflow.pipeline.newsroom import list_sources, load
from workflow.pipeline.pool import batched, workers
from workflow.stages.leaks import Secret, leaks, said, secrets_of, words_of
from workflow.stores.build_files import read_page
from workflow.stores.catalogs import read_catalog
from workflow.stores.project import Project
from workflow.stores.site import Record
from workflow.stores.snapshots import read_snapshot

_BATCH = 50


def embargoed(
    project: Project, slugs: Collection[str] | None, now: dt.datetime
) -> tuple[Secret, ...]:
    """The texts of those of ``slugs`` that are under embargo at ``now``; None: of all sources.

    A file that cannot be read is left out: nothing of it can have come into a page either.
    """
    if slugs is not None and not slugs:
        return ()
    files = list_sources(project).files
    found: list[Secret] = []
    for slug in sorted(files.keys() if slugs is None else files.keys() & slugs):
        with suppress(WorkflowError):
            release = load(project, files[slug])
            if is_embargoed(release, now) and not release.withdrawn:
                found.extend(secrets_of(release, _catalogs(project, slug)))
    return tuple(found)


def find_leaks(
    project: Project,
    base: Path,
    folder: Path,
    records: Iterable[Record],
    *,
    paths: Sequence[str],
    secrets: Sequence[Secret],
) -> tuple[Issue, ...]:
    """Where ``paths`` in ``folder`` show a secret. What is online says, it may say.

    A sentence that a public release has in common with a secret one is its own, on its own page
    and wherever that release is listed. The issue names a unit and never its words.
    """
    if not secrets:
        return ()
    online = [record for record in records if record.snapshot]
    with workers(project.settings.jobs, len(paths)) as pool:
        work = partial(_search, folder, secrets)
        found = [hit for hits in pool.map(work, batched(paths, _BATCH)) for hit in hits]
    return tuple(
        _issue(path, secret) for path, secret in found if not _is_public(base, online, path, secret)
    )


def _catalogs(project: Project, slug: str) -> Iterable[Catalog]:
    for tag in project.settings.languages:
        with suppress(WorkflowError):
            if catalog := read_catalog(project.root, tag, slug):
                yield catalog


def _search(
    folder: Path, secrets: Sequence[Secret], paths: Sequence[str]
) -> list[tuple[str, Secret]]:
    contents = ((path, read_page(folder, path)) for path in paths)
    return [(path, one) for path, content in contents for one in leaks(content or "", secrets)]


def _is_public(base: Path, online: Iterable[Record], path: str, secret: Secret) -> bool:
    own = [record for record in online if record.path == path]
    if own:
        return any(secret.letters in words_of(read_snapshot(base, r.snapshot)) for r in own)
    if any(secret.letters in said([r.title, r.summary]) for r in online):
        return True
    of_tag = [record for record in online if path.startswith(f"{record.tag}/feed.")]
    return any(secret.letters in words_of(read_snapshot(base, r.snapshot)) for r in of_tag)


def _issue(path: str, secret: Secret) -> Issue:
    return Issue(
        check="embargo",
        severity=Severity.CRITICAL,
        message=f"shows unit {secret.key} of {secret.slug}, which is under embargo",
        path=path,
        key=secret.key,
    )
