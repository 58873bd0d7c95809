"""What a reader can search: an index a year and language, and a page that asks them."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workflow.dates import write_date
from workflow.errors import StoreError
from workflow.languages import language
from workflow.model import Door, Page, Site
from workflow.morphology import load
from workflow.pipeline.fingerprints import fingerprint
from workflow.pipeline.outlets import Groups
from workflow.pipeline.rendering import Done
from workflow.settings import Settings
from workflow.stages.addresses import SEARCH_SCRIPT, search_part, search_path, year_of, year_path
from workflow.stages.render import render_search
from workflow.stages.searchable import searchable
from workflow.stages.verify import verify
from workflow.stores.build_files import reuse_page, write_page
from workflow.stores.checksums import file_checksum
from workflow.stores.search_index import can_index, write_index
from workflow.stores.site import Record
from workflow.stores.snapshots import read_snapshot
from workflow.stores.templates import read_asset
from workflow.theme import Theme

_WORDS = 1 << 16  # remembered with their roots: the vocabulary of some years


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The releases of a year in a language, as one index has them."""

    tag: str
    year: str
    records: tuple[Record, ...]

    @property
    def folder(self) -> str:
        """Where the index is."""
        return search_part(self.tag, self.year)

    @property
    def print(self) -> str:
        """Fingerprint of all that can be found by it."""
        return fingerprint(*(f"{record.snapshot} {record.path}" for record in self.records))


def parts_of(groups: Groups, site: Site) -> tuple[Part, ...]:
    """The indexes of a site, the newest years first; none where nobody wants a search."""
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for records in groups.values():
        for record in records:
            if record.tag in site.searches:
                found[record.tag, year_of(record.path)].append(record)
    return tuple(
        Part(tag=tag, year=year, records=tuple(sorted(found[tag, year], key=lambda r: r.path)))
        for tag, year in sorted(found, reverse=True)
    )


def old_indexes(sums: Mapping[str, str], folders: Collection[str]) -> dict[str, dict[str, str]]:
    """Of the checksums of a build, those of the indexes in ``folders``, by folder."""
    found: dict[str, dict[str, str]] = {folder: {} for folder in folders}
    for path, one in sums.items():
        folder = "/".join(path.split("/", 3)[:3])
        if folder in found:
            found[folder][path] = one
    return found


def refuse_search(settings: Settings) -> None:
    """Raise `StoreError` where a search is wanted and cannot be made, before any work is done."""
    if settings.search and not can_index():
        what = "publish.search needs Pagefind"
        raise StoreError(what, path="workflow.toml", hint="pip install 'workflow[search]'")


def make_search(
    root: Path,
    base: Path,
    folder: Path,
    parts: Iterable[Part],
    *,
    theme: Theme,
    site: Site,
    taken: Mapping[str, Mapping[str, str]],
    build: int,
) -> Done:
    """Write the indexes and the pages into ``folder``.

    ``taken`` has, by its folder, the files and checksums of each index that is as it was in
    ``build``.
    """
    done: dict[str, list[Part]] = defaultdict(list)
    sums: dict[str, str] = {}
    for part in parts:
        done[part.tag].append(part)
        files = taken.get(part.folder, {})
        if not files or not all(reuse_page(base, build, folder, path) for path in files):
            _index(part, base, folder, theme)
            files = {
                path.relative_to(folder).as_posix(): file_checksum(path)
                for path in sorted((folder / part.folder).rglob("*"))
                if path.is_file()
            }
        sums |= files
    pages = [_page(tag, of_tag, theme, site) for tag, of_tag in done.items()]
    if pages:
        script = read_asset(root, SEARCH_SCRIPT)
        sums[SEARCH_SCRIPT] = write_page(folder, SEARCH_SCRIPT, script)
    found = {page.path: verify(page, url=site.url) for page in pages}
    return Done(
        issues=tuple(issue for issues, _ in found.values() for issue in issues),
        facts={path: facts for path, (_, facts) in found.items()},
        sums=sums | {page.path: write_page(folder, page.path, page.content) for page in pages},
    )


def _index(part: Part, base: Path, folder: Path, theme: Theme) -> None:
    rules = language(part.tag)
    releases = ((r.path, read_snapshot(base, r.snapshot)) for r in part.records)
    pages = (
        (
            path,
            searchable(
                release,
                _roots(part.tag),
                day=write_date(release.date, rules, theme.dates[part.tag]) if release.date else "",
            ),
        )
        for path, release in releases
    )
    write_index(folder / part.folder, pages, tag=part.tag)


@functools.cache
def _roots(tag: str) -> functools._lru_cache_wrapper[frozenset[str]]:
    """What a word may be found by, remembered."""
    morphology = load(language(tag).inflection.strategy, tag)
    return functools.lru_cache(_WORDS)(morphology.roots)


def _page(tag: str, parts: Iterable[Part], theme: Theme, site: Site) -> Page:
    years = tuple(Door(name=part.year, path=year_path(tag, part.year)) for part in parts)
    return render_search(tag, years, theme, site)


def search_pages(parts: Iterable[Part]) -> frozenset[str]:
    """The files of a site's search but for the indexes."""
    tags = {part.tag for part in parts}
    return frozenset((*map(search_path, tags), SEARCH_SCRIPT) if tags else ())
