"""Plans → files of a build that nobody sees yet, over processes; each page is verified."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from pathlib import Path

from workflow.model import Alternate, Issue, Listing, Moments, Page, Release, Site
from workflow.pipeline.pool import batched, equipped
from workflow.stages.cross_check import cross_check, open_ends
from workflow.stages.provenance import provenance_page
from workflow.stages.render import render_list, render_redirect, render_release, render_root
from workflow.stages.verify import Facts, verify
from workflow.stores.build_files import write_page
from workflow.stores.project import Project
from workflow.stores.site import Key
from workflow.stores.snapshots import read_provenance, read_snapshot
from workflow.stores.templates import read_asset, read_theme
from workflow.theme import Theme

STYLE = "style.css"
_BATCH = 12  # releases, each in all its languages


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
    """What verification found on pages, and what is to be known of those with open ends."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What pages are made of, and where they go; each process has it once."""

    project: Project
    base: Path
    folder: Path
    site: Site
    making: Making
    files: frozenset[str]
    """What is known to be in the site."""
    leaf: Callable[[Key], Leaf]


def render_all(work: Work, *, keys: Sequence[Key], lists: Sequence[Listing]) -> list[Done]:
    """Render releases with their redirects and provenance, lists, the root and the style."""
    # The languages of a release together: they name one another, and are checked on the spot.
    tasks: list[Key | Listing] = [*sorted(keys, key=itemgetter(1, 0)), *lists]
    batches = batched(tasks, _BATCH * len(work.site.languages))
    with equipped(partial(_equip, work), jobs=work.project.settings.jobs, tasks=len(tasks)) as made:
        done = list(made(batches))
    theme = read_theme(work.project.root, work.project.settings)
    done.append(_written([(render_root(theme, work.site), None)], work))
    style = write_page(work.folder, STYLE, read_asset(work.project.root, STYLE))
    done.append(Done(sums={STYLE: style}))
    return done


def _equip(work: Work) -> Callable[[Sequence[Key | Listing]], Done]:
    return partial(_render_batch, work, read_theme(work.project.root, work.project.settings))


def _render_batch(work: Work, theme: Theme, tasks: Sequence[Key | Listing]) -> Done:
    return _written((pair for task in tasks for pair in _pages(task, theme, work)), work)


def _pages(task: Key | Listing, theme: Theme, work: Work) -> Iterable[tuple[Page, Release | None]]:
    if isinstance(task, Listing):
        yield render_list(task, theme, work.site), None
        return
    leaf = work.leaf(task)
    release = read_snapshot(work.base, leaf.snapshot)
    page = render_release(
        release,
        theme,
        work.site,
        path=leaf.path,
        alternates=leaf.alternates,
        source_language=release.original,
        moments=leaf.moments,
        canonical=leaf.canonical,
    )
    yield page, release
    if not work.site.draft:
        line, making = read_provenance(work.base, leaf.snapshot), work.making
        yield provenance_page(line, page, moment=making.moment, build=making.build), None
    for path in leaf.former:
        yield render_redirect(path, release.language, leaf.path, theme, work.site), None


def _written(pages: Iterable[tuple[Page, Release | None]], work: Work) -> Done:
    issues: list[Issue] = []
    facts: dict[str, Facts] = {}
    sums: dict[str, str] = {}
    for page, release in pages:
        if page.path.endswith(".html"):
            found, facts[page.path] = verify(page, release, url=work.site.url)
            issues.extend(found)
        sums[page.path] = write_page(work.folder, page.path, page.content)
    ends = open_ends(facts, work.files)
    issues += [one for one in cross_check(facts, work.files) if one.path not in ends]
    return Done(issues=tuple(issues), facts=ends, sums=sums)
