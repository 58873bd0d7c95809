"""Plans → files of a build that nobody sees yet, over processes; each page is verified."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from workflow.model import Alternate, Issue, Listing, Moments, Page, Release, Site
from workflow.pipeline.pool import batched, workers
from workflow.stages.provenance import provenance_page
from workflow.stages.render import render_list, render_redirect, render_release, render_root
from workflow.stages.verify import Facts, verify
from workflow.stores.project import Project
from workflow.stores.site import write_page
from workflow.stores.snapshots import read_provenance, read_snapshot
from workflow.stores.templates import read_asset, read_theme
from workflow.theme import Theme

STYLE = "style.css"
_BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """The page of a release, to be rendered."""

    snapshot: str
    path: str
    former: tuple[str, ...]
    """Where redirects to it stand."""
    moments: Moments
    alternates: tuple[Alternate, ...]
    canonical: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What verification found on pages, and what is to be known of them together."""

    issues: tuple[Issue, ...] = ()
    facts: dict[str, Facts] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    """The checksum of each file written, by path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """Which build the pages are made for, and when."""

    build: int
    moment: str
    """In UTC."""


def render_all(
    project: Project,
    base: Path,
    folder: Path,
    site: Site,
    *,
    making: Making,
    leaves: Sequence[Leaf],
    lists: Sequence[Listing],
) -> list[Done]:
    """Render into ``folder``: releases with their redirects and provenance, lists, the root and
    the style."""
    work = partial(_render_batch, project, base, folder, site, making)
    tasks: list[Leaf | Listing] = [*leaves, *lists]
    with workers(project.settings.jobs, len(tasks)) as pool:
        done = list(pool.map(work, batched(tasks, _BATCH)))
    theme = read_theme(project.root, project.settings)
    done.append(_written([(render_root(theme, site), None)], folder, site))
    done.append(Done(sums={STYLE: write_page(folder, STYLE, read_asset(project.root, STYLE))}))
    return done


def _render_batch(
    project: Project,
    base: Path,
    folder: Path,
    site: Site,
    making: Making,
    tasks: Sequence[Leaf | Listing],
) -> Done:
    theme = read_theme(project.root, project.settings)
    make: Callable[[Leaf | Listing], Iterable[tuple[Page, Release | None]]] = partial(
        _pages, base, theme, site, making
    )
    return _written((pair for task in tasks for pair in make(task)), folder, site)


def _pages(
    base: Path, theme: Theme, site: Site, making: Making, task: Leaf | Listing
) -> Iterable[tuple[Page, Release | None]]:
    if isinstance(task, Listing):
        yield render_list(task, theme, site), None
        return
    release = read_snapshot(base, task.snapshot)
    page = render_release(
        release,
        theme,
        site,
        path=task.path,
        alternates=task.alternates,
        source_language=release.original,
        moments=task.moments,
        canonical=task.canonical,
    )
    yield page, release
    if not site.draft:
        line = read_provenance(base, task.snapshot)
        yield provenance_page(line, page, moment=making.moment, build=making.build), None
    for path in task.former:
        yield render_redirect(path, release.language, task.path, theme, site), None


def _written(pages: Iterable[tuple[Page, Release | None]], folder: Path, site: Site) -> Done:
    issues: list[Issue] = []
    facts: dict[str, Facts] = {}
    sums: dict[str, str] = {}
    for page, release in pages:
        if page.path.endswith(".html"):
            found, facts[page.path] = verify(page, release, url=site.url)
            issues.extend(found)
        sums[page.path] = write_page(folder, page.path, page.content)
    return Done(issues=tuple(issues), facts=facts, sums=sums)
