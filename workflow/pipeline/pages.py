"""Records → a build of the site: pages that did not change are taken over, the rest is rendered."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from workflow.languages import language
from workflow.model import Issue, Page, Severity
from workflow.pipeline.fingerprints import fingerprint
from workflow.pipeline.pool import workers
from workflow.stages.render import (
    Alternate,
    Entry,
    Site,
    render_index,
    render_release,
    render_root,
)
from workflow.stages.verify import verify
from workflow.stores.project import Project
from workflow.stores.site import (
    Manifest,
    Record,
    discard_build,
    open_build,
    reuse_page,
    show_build,
    write_manifest,
    write_page,
)
from workflow.stores.snapshots import read_snapshot
from workflow.stores.templates import read_style, read_theme

_BATCH = 50
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What became of a build."""

    records: dict[Key, Record]
    rendered: int = 0
    pages: int = 0
    changed: bool = False
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    issues: tuple[Issue, ...] = ()
    links: dict[str, frozenset[str]] = field(default_factory=dict)


def build_site(
    project: Project,
    base: Path,
    before: Manifest,
    after: Manifest,
    *,
    draft: bool,
    dry_run: bool,
) -> Built:
    """Make the build that ``after`` describes and put it online, unless it is online already.

    Nothing is shown that fails verification: the build is thrown away and its issues returned.
    """
    site = site_of(project, draft=draft)
    records = _with_fingerprints(after)
    online = {key: record for key, record in records.items() if record.snapshot}
    stale = [key for key in sorted(online) if _is_stale(key, online[key], before, after)]
    removed = {k for k, r in before.records.items() if r.snapshot} - set(online)
    nothing_new = not stale and not removed and before.shown == after.shown and before.build > 0
    if nothing_new or dry_run:
        if not dry_run and records != before.records:
            write_manifest(base, replace(after, build=before.build, records=records))
        return Built(
            records=records, rendered=len(stale), pages=len(online), changed=not nothing_new
        )
    if removed:  # a page may lead to one that is gone: look at all of them again
        stale = sorted(online)
    manifest = replace(after, records=records)
    return _build(project, base, site, before, manifest, stale)


def site_of(project: Project, *, draft: bool) -> Site:
    """What every page knows about the site."""
    settings = project.settings
    return Site(
        name=settings.name,
        url=settings.site_url,
        languages=tuple((tag, language(tag).autonym) for tag in settings.languages),
        draft=draft,
        source_language=settings.source_language,
    )


def _build(
    project: Project, base: Path, site: Site, before: Manifest, after: Manifest, stale: list[Key]
) -> Built:
    folder = open_build(base, after.build)
    online = {key: record for key, record in after.records.items() if record.snapshot}
    try:
        for key in sorted(set(online) - set(stale)):
            if not reuse_page(base, before.build, folder, online[key].path):
                stale.append(key)  # noqa: PERF401  # the call does the work, the list is the rest
        done = _render_all(project, base, folder, site, online, stale)
        done.append(_render_lists(project, folder, site, online))
        issues = [issue for result in done for issue in result.issues]
        issues.extend(_dead_links(folder, done))
        if site.draft:  # a draft may lead nowhere yet, and still must be seen
            issues = [issue for issue in issues if issue.severity is Severity.CRITICAL]
        if issues:
            discard_build(folder)
            return Built(records=after.records, pages=len(online), issues=tuple(issues))
        write_manifest(base, after)
        show_build(base, after.build, keep=project.settings.keep)
    except BaseException:
        discard_build(folder)
        raise
    return Built(records=after.records, rendered=len(stale), pages=len(online), changed=True)


def _in_order(records: Iterable[Record], site: Site) -> tuple[Record, ...]:
    """As the newsroom orders its languages."""
    place = {tag: index for index, (tag, _) in enumerate(site.languages)}
    return tuple(sorted(records, key=lambda record: place.get(record.tag, len(place))))


def _render_all(
    project: Project,
    base: Path,
    folder: Path,
    site: Site,
    online: Mapping[Key, Record],
    stale: Sequence[Key],
) -> list[_Done]:
    translations = _translations(online)
    tasks = [(online[key], _in_order(translations[key[1]], site)) for key in stale]
    batches = [tuple(tasks[at : at + _BATCH]) for at in range(0, len(tasks), _BATCH)]
    work = partial(_render_batch, project, base, folder, site)
    with workers(project.settings.jobs, len(tasks)) as pool:
        return list(pool.map(work, batches))


def _render_batch(
    project: Project,
    base: Path,
    folder: Path,
    site: Site,
    tasks: Sequence[tuple[Record, tuple[Record, ...]]],
) -> _Done:
    theme = read_theme(project.root, project.settings)
    issues: list[Issue] = []
    links: dict[str, frozenset[str]] = {}
    for record, translations in tasks:
        release = read_snapshot(base, record.snapshot)
        page = render_release(
            release,
            theme,
            site,
            path=record.path,
            alternates=tuple(_alternate(other) for other in translations),
            source_language=release.original,
        )
        found, links[page.path] = verify(page, release)
        issues.extend(found)
        write_page(folder, page.path, page.content)
    return _Done(issues=tuple(issues), links=links)


def _render_lists(
    project: Project, folder: Path, site: Site, online: Mapping[Key, Record]
) -> _Done:
    """The index of every language, the root, and the style sheet."""
    theme = read_theme(project.root, project.settings)
    pages: list[Page] = []
    for tag, _ in site.languages:
        entries = [_entry(record) for (of, _), record in sorted(online.items()) if of == tag]
        entries.sort(key=lambda entry: (entry.date or dt.date.min, entry.slug), reverse=True)
        pages.append(render_index(tag, tuple(entries), theme, site))
    pages.append(render_root(theme, site))
    issues: list[Issue] = []
    links = {}
    for page in pages:
        found, links[page.path] = verify(page)
        issues.extend(found)
        write_page(folder, page.path, page.content)
    write_page(folder, "style.css", read_style(project.root))
    return _Done(issues=tuple(issues), links=links)


def _dead_links(folder: Path, done: Iterable[_Done]) -> Iterable[Issue]:
    known: dict[str, bool] = {}
    for result in done:
        for path, targets in result.links.items():
            for target in sorted(targets):
                if target not in known:
                    known[target] = not target.startswith("..") and (folder / target).is_file()
                if not known[target]:
                    yield Issue(
                        check="page",
                        severity=Severity.MAJOR,
                        message=f"a link leads to {target}, which is not in the site",
                        path=path,
                    )


def _with_fingerprints(manifest: Manifest) -> dict[Key, Record]:
    translations = _translations(
        {key: record for key, record in manifest.records.items() if record.snapshot}
    )
    records = {}
    for key, record in manifest.records.items():
        others = [f"{r.tag}:{r.path}" for r in translations.get(record.slug, ())]
        page = fingerprint(record.snapshot, *others) if record.snapshot else ""
        records[key] = replace(record, page=page)
    return records


def _is_stale(key: Key, record: Record, before: Manifest, after: Manifest) -> bool:
    old = before.records.get(key)
    return (
        before.shown != after.shown
        or old is None
        or old.page != record.page
        or old.path != record.path
    )


def _translations(online: Mapping[Key, Record]) -> dict[str, tuple[Record, ...]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for _, record in sorted(online.items()):
        found[record.slug].append(record)
    return {slug: tuple(records) for slug, records in found.items()}


def _alternate(record: Record) -> Alternate:
    return Alternate(tag=record.tag, autonym=language(record.tag).autonym, path=record.path)


def _entry(record: Record) -> Entry:
    return Entry(
        slug=record.slug,
        title=record.title,
        summary=record.summary,
        section=record.section,
        date=dt.date.fromisoformat(record.date) if record.date else None,
        path=record.path,
    )
