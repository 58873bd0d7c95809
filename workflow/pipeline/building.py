"""One build on its way: its folder is filled, verified as a whole, and shown or thrown away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workflow.model import Issue, Page, Severity
from workflow.pipeline.outlets import feed_pages, map_pages
from workflow.pipeline.plans import Plan
from workflow.pipeline.rendering import STYLE, Done, Making, Work, render_all
from workflow.pipeline.searching import make_search, old_indexes
from workflow.pipeline.secrets_proof import embargoed, find_leaks
from workflow.stages.addresses import ROOT
from workflow.stages.cross_check import bound_to, cross_check
from workflow.stages.verify import verify
from workflow.stages.verify_files import verify_files
from workflow.stores.build_files import (
    close_build,
    discard_build,
    read_page,
    reuse_page,
    write_page,
)
from workflow.stores.builds import show_build
from workflow.stores.checksums import file_checksum, read_sums, write_sums
from workflow.stores.project import Project
from workflow.stores.schemas import read_schemas
from workflow.stores.site import Key, Manifest, Record, write_manifest
from workflow.stores.snapshots import keep_snapshots
from workflow.stores.templates import read_theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What became of a build."""

    records: dict[Key, Record]
    rendered: int = 0
    pages: int = 0
    changed: bool = False
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A folder that nobody sees yet, and what is to be put into it."""

    project: Project
    base: Path
    folder: Path
    plan: Plan
    before: Manifest
    after: Manifest
    instead_of: int
    resume: bool
    now: dt.datetime
    hidden: frozenset[str]

    def put_online(self, stale: Sequence[Key], built: Built) -> Built:
        """Make it and show it, or throw it away with what is wrong with it."""
        try:
            rendered, sums, issues = self.make(stale)
            if issues:
                discard_build(self.folder)
                return replace(built, rendered=0, issues=tuple(issues))
            self._keep_words()
            files = write_sums(self.base, self.after.build, sums)
            write_manifest(self.base, replace(self.after, files=files))
            # Nobody goes back to a draft, and what came under embargo since is in the old ones.
            keep = 1 if self.plan.site.draft else self.project.settings.keep
            show_build(
                self.base,
                self.after.build,
                instead_of=self.instead_of,
                keep=keep,
                resume=self.resume,
            )
        except BaseException:
            discard_build(self.folder)
            raise
        return replace(built, rendered=rendered, changed=True)

    def make(self, stale: Sequence[Key]) -> tuple[int, dict[str, str], list[Issue]]:
        """Fill the folder. How many releases were rendered, the checksum of every file, and what
        keeps the build offline."""
        is_refilled = any(self.folder.iterdir())
        keys = self._to_render(set(stale))
        lists = [one for one in self.plan.lists if not self._is_taken_over(one.path)]
        files = frozenset((ROOT, STYLE, *self.plan.paths()))
        done = render_all(self._work(files), keys=keys, lists=lists)
        done.append(self._outlets(files))
        old, _ = read_sums(self.base, self.before.build)
        found = self._search(old)
        issues = sorted(
            (i for result in (*done, found) for i in result.issues), key=lambda i: i.path
        )
        made = {path: one for result in done for path, one in result.sums.items()}
        sums = self._sums(made, files, old) | found.sums
        done.append(found)
        if is_refilled:
            close_build(self.folder, sums)
        issues += self._together(done, sums)
        issues += self._leaks(sorted(made))
        if self.plan.site.draft:  # a draft may lead nowhere yet, and still must be seen
            issues = [issue for issue in issues if issue.severity is Severity.CRITICAL]
        return len(keys), sums, issues

    def _work(self, files: frozenset[str]) -> Work:
        return Work(
            project=self.project,
            base=self.base,
            folder=self.folder,
            site=self.plan.site,
            making=Making(build=self.after.build, moment=self.after.made),
            files=files,
            leaf=self.plan.leaf,
        )

    def _to_render(self, stale: Collection[Key]) -> list[Key]:
        """The releases to be rendered; the others are taken over, with what stands by them."""
        keys = []
        for key in self.plan.online:
            taken = [key not in stale and self._take_over(path) for path in self.plan.paths_of(key)]
            if not all(taken):
                keys.append(key)
        return keys

    def _keep_words(self) -> None:
        known = {record.snapshot for record in self.before.records.values()}
        named = {record.snapshot for record in self.plan.online.values()}
        keep_snapshots(self.base, named - known)

    def _outlets(self, others: frozenset[str]) -> Done:
        """Write feeds and sitemaps; ``others`` are the paths of all files but the sitemaps."""
        site = self.plan.site
        if not site.url or site.draft:
            return Done()
        theme = read_theme(self.project.root, self.project.settings)
        maps, check = map_pages(self.plan.groups, self.plan.lists, self.plan.news, theme, site)
        files = others | {page.path for page in maps}
        sums = self._write(maps)
        schemas = read_schemas()
        issues = [*check(files, schemas)]
        for feed in self.plan.feeds:
            taken = [self._is_taken_over(path) for path in feed.paths]
            if not all(taken):
                made = feed_pages(feed, self.base, theme, site)
                sums.update(self._write(made))
                listed = [record.path for record in feed.records]
                for page in made:
                    issues += verify_files([page], listed, files, site, schemas=schemas)
        return Done(issues=tuple(issues), sums=sums)

    def _search(self, old: Mapping[str, str]) -> Done:
        """Write what readers search by. It is made of what is online and nothing else.

        ``old`` are the checksums of the build before."""
        if not (parts := self.plan.searches):
            return Done()
        taken = old_indexes(
            old,
            [
                part.folder
                for part in parts
                if self.before.lists.get(part.folder) == self.after.lists[part.folder]
                and self.before.shown == self.after.shown
            ],
        )
        return make_search(
            self.project.root,
            self.base,
            self.folder,
            parts,
            theme=read_theme(self.project.root, self.project.settings),
            site=self.plan.site,
            taken=taken,
            build=self.before.build,
        )

    def _sums(
        self, made: Mapping[str, str], files: Collection[str], old: Mapping[str, str]
    ) -> dict[str, str]:
        """The checksum of every file: of what was made, and of what was taken over."""
        return {
            path: made.get(path) or old.get(path) or file_checksum(self.folder / path)
            for path in {*files, *made}
        }

    def _together(self, done: Iterable[Done], files: Collection[str]) -> Iterable[Issue]:
        """What is wrong between the pages made and those taken over, which are read again."""
        facts = {path: fact for result in done for path, fact in result.facts.items()}
        url = self.plan.site.url
        for path in sorted(bound_to(facts) & set(files)):
            content = read_page(self.folder, path)
            if content is not None:
                facts[path] = verify(Page(path=path, content=content), url=url)[1]
        return cross_check(facts, files)

    def _leaks(self, paths: Sequence[str]) -> Iterable[Issue]:
        """What is under embargo and shows all the same in the files made."""
        secrets = embargoed(self.project, self.hidden, self.now)
        return find_leaks(
            self.project,
            self.base,
            self.folder,
            self.after.records.values(),
            paths=paths,
            secrets=secrets,
        )

    def _write(self, pages: Iterable[Page]) -> dict[str, str]:
        return {page.path: write_page(self.folder, page.path, page.content) for page in pages}

    def _is_taken_over(self, path: str) -> bool:
        """A list or feed that shows what it showed before."""
        is_same = self.before.lists.get(path) == self.after.lists[path]
        return is_same and self.before.shown == self.after.shown and self._take_over(path)

    def _take_over(self, path: str) -> bool:
        return reuse_page(self.base, self.before.build, self.folder, path)
