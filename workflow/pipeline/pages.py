"""A plan → a build of the site: files that did not change are taken over, the rest is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workflow.model import Issue, Page, Severity
from workflow.pipeline.fingerprints import fingerprint
from workflow.pipeline.orders import Order
from workflow.pipeline.outlets import feed_pages, map_pages
from workflow.pipeline.plans import Plan, feed_ids, plan, with_fingerprints, with_lists
from workflow.pipeline.rendering import STYLE, Done, Leaf, render_all
from workflow.stages.addresses import ROOT
from workflow.stages.cross_check import bound_to, cross_check
from workflow.stages.verify import verify
from workflow.stages.verify_files import verify_files
from workflow.stores.project import Project
from workflow.stores.site import (
    Key,
    Manifest,
    Record,
    discard_build,
    open_build,
    read_page,
    reuse_page,
    show_build,
    write_manifest,
    write_page,
)
from workflow.stores.templates import read_theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What became of a build."""

    records: dict[Key, Record]
    rendered: int = 0
    pages: int = 0
    changed: bool = False
    issues: tuple[Issue, ...] = ()


def build_site(
    project: Project, base: Path, before: Manifest, after: Manifest, order: Order
) -> Built:
    """Make the build that ``after`` describes and put it online, unless it is online already.

    Nothing is shown that fails verification: the build is thrown away and its issues returned.
    """
    planned = plan(after.records, project.settings, order)
    records = with_fingerprints(after.records, planned)
    after = replace(after, records=records, news=fingerprint(repr(planned.news)))
    stale = [key for key in planned.online if _is_stale(key, before, after)]
    built = Built(records=records, rendered=len(stale), pages=len(planned.online))
    is_new = bool(stale) or _is_otherwise_new(before, after, planned)
    if order.dry_run:
        return replace(built, changed=is_new)
    if not is_new:
        if records != before.records:
            write_manifest(base, replace(after, build=before.build, lists=before.lists))
        return built
    after = replace(after, feeds=feed_ids(planned, before.feeds, order))
    planned = with_lists(planned, after.feeds)
    build = _Build(
        project=project,
        base=base,
        folder=open_build(base, after.build),
        plan=planned,
        before=before,
        after=replace(after, lists=planned.prints()),
    )
    return build.put_online(stale, built)


def _is_otherwise_new(before: Manifest, after: Manifest, planned: Plan) -> bool:
    """The theme is another, a release has gone, or what was news is none any more."""
    removed = {key for key, r in before.records.items() if r.snapshot} - set(planned.online)
    is_same = (before.shown, before.news) == (after.shown, after.news)
    return bool(removed) or not is_same or before.build == 0


def _is_stale(key: Key, before: Manifest, after: Manifest) -> bool:
    old, new = before.records.get(key), after.records[key]
    return (
        before.shown != after.shown or old is None or (old.page, old.path) != (new.page, new.path)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    """A folder that nobody sees yet, and what is to be put into it."""

    project: Project
    base: Path
    folder: Path
    plan: Plan
    before: Manifest
    after: Manifest

    def put_online(self, stale: Sequence[Key], built: Built) -> Built:
        """Make it and show it, or throw it away with what is wrong with it."""
        try:
            rendered, issues = self.make(stale)
            if issues:
                discard_build(self.folder)
                return replace(built, rendered=0, issues=tuple(issues))
            write_manifest(self.base, self.after)
            # Nobody goes back to a draft, and what came under embargo since is in the old ones.
            keep = 1 if self.plan.site.draft else self.project.settings.keep
            show_build(self.base, self.after.build, keep=keep)
        except BaseException:
            discard_build(self.folder)
            raise
        return replace(built, rendered=rendered, changed=True)

    def make(self, stale: Sequence[Key]) -> tuple[int, list[Issue]]:
        """Fill the folder. How many releases were rendered, and what keeps the build offline."""
        leaves = self._leaves(set(stale))
        lists = [one for one in self.plan.lists if not self._is_taken_over(one.path)]
        done = render_all(
            self.project, self.base, self.folder, self.plan.site, leaves=leaves, lists=lists
        )
        issues = [issue for result in done for issue in result.issues]
        files, others = self._outlets()
        issues += [*others, *self._together(done, files)]
        if self.plan.site.draft:  # a draft may lead nowhere yet, and still must be seen
            issues = [issue for issue in issues if issue.severity is Severity.CRITICAL]
        return len(leaves), issues

    def _leaves(self, stale: Collection[Key]) -> list[Leaf]:
        """The releases to be rendered; the others are taken over, with what leads to them."""
        leaves = []
        for key, record in self.plan.online.items():
            paths = (record.path, *self.plan.redirects.get(key, ()))
            taken = [key not in stale and self._take_over(path) for path in paths]
            if not all(taken):
                leaves.append(self.plan.leaf(key))
        return leaves

    def _outlets(self) -> tuple[frozenset[str], Iterable[Issue]]:
        """Write feeds and sitemaps. The paths of all files, and what is wrong with these."""
        files = {ROOT, STYLE, *(one.path for one in self.plan.lists)}
        files.update(record.path for record in self.plan.online.values())
        files.update(path for paths in self.plan.redirects.values() for path in paths)
        files.update(path for feed in self.plan.feeds for path in feed.paths)
        site = self.plan.site
        if not site.url or site.draft:
            return frozenset(files), ()
        theme = read_theme(self.project.root, self.project.settings)
        pages, check = map_pages(self.plan.groups, self.plan.lists, self.plan.news, theme, site)
        files.update(self._write(pages))
        issues = [*check(files)]
        for feed in self.plan.feeds:
            taken = [self._is_taken_over(path) for path in feed.paths]
            if not all(taken):
                made = feed_pages(feed, self.base, theme, site)
                self._write(made)
                listed = [record.path for record in feed.records]
                issues += [i for page in made for i in verify_files([page], listed, files, site)]
        return frozenset(files), issues

    def _together(self, done: Iterable[Done], files: Collection[str]) -> Iterable[Issue]:
        """What is wrong between the pages made and those taken over, which are read again."""
        facts = {path: fact for result in done for path, fact in result.facts.items()}
        url = self.plan.site.url
        for path in sorted(bound_to(facts) & set(files)):
            content = read_page(self.folder, path)
            if content is not None:
                facts[path] = verify(Page(path=path, content=content), url=url)[1]
        return cross_check(facts, files)

    def _write(self, pages: Iterable[Page]) -> list[str]:
        for page in pages:
            write_page(self.folder, page.path, page.content)
        return [page.path for page in pages]

    def _is_taken_over(self, path: str) -> bool:
        """A list or feed that shows what it showed before."""
        is_same = self.before.lists.get(path) == self.after.lists[path]
        return is_same and self.before.shown == self.after.shown and self._take_over(path)

    def _take_over(self, path: str) -> bool:
        return reuse_page(self.base, self.before.build, self.folder, path)
