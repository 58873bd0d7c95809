"""``workflow import``: foreign material → ``sources/<slug>.md``; nothing is overwritten."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workflow.errors import SourceError, StoreError, WorkflowError
from workflow.formats.markdown import write
from workflow.model import Issue, Release
from workflow.pipeline.foreign import Item, find_files, formats, read_bytes, read_items
from workflow.pipeline.import_report import ImportReport, Written
from workflow.settings import Settings
from workflow.slugs import slug_of, unique_slug
from workflow.stages.boilerplate import learn
from workflow.stores.files import write_atomic
from workflow.stores.imported import read_imported, write_imported
from workflow.stores.sources import SOURCES
from workflow.stores.toml import add_boilerplate

_SLUG_LINE = re.compile(rb"^slug: .*\n", re.MULTILINE)


def import_files(
    root: Path,
    settings: Settings,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    learn_boilerplate: bool = False,
) -> ImportReport:
    """Bring in ``paths`` (files or folders). The same input twice writes nothing new."""
    files, errors = find_files(paths)
    learned = _learned(files, settings) if learn_boilerplate else ()
    settings = replace(settings, boilerplate=(*settings.boilerplate, *learned))
    desk = _Desk(root=root, dry_run=dry_run, imported=read_imported(root), taken=_taken(root))
    try:
        _bring(files, settings, desk, errors)
    finally:
        # Also when a person stops it: what is written already must be known next time.
        _close(desk, learned, errors)
    return ImportReport(
        written=tuple(desk.written),
        skipped=tuple(desk.skipped),
        dropped=tuple(desk.dropped),
        issues=tuple(desk.issues),
        errors=tuple(errors),
        learned=learned,
    )


def _bring(
    files: Sequence[Path], settings: Settings, desk: _Desk, errors: list[WorkflowError]
) -> None:
    for path in files:
        try:
            items = read_items(path, settings)
        except WorkflowError as fault:
            errors.append(fault)
            continue
        try:
            for item in items:
                desk.put(item, path.as_posix())
        except SourceError as fault:
            errors.append(fault)
        except StoreError as fault:
            # The disk refuses: it would refuse the next file as well.
            errors.append(fault)
            return


def _close(desk: _Desk, learned: tuple[str, ...], errors: list[WorkflowError]) -> None:
    if desk.dry_run:
        return
    try:
        if desk.is_changed:
            write_imported(desk.root, desk.imported)
        if learned:
            add_boilerplate(desk.root, learned)
    except WorkflowError as fault:
        errors.append(fault)


@dataclass(slots=True, kw_only=True)
class _Desk:
    """One run: which slugs are taken, what was imported before, what was done."""

    root: Path
    dry_run: bool
    imported: dict[str, str]
    taken: set[str]
    is_changed: bool = False
    written: list[Written] = field(default_factory=list)
    skipped: list[Written] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def put(self, item: Item, shown: str) -> None:
        """Bring in one item, unless it was brought in before."""
        known = self.imported.get(item.identity)
        if known is not None:
            self.skipped.append(_written(replace(item.release, slug=known)))
            return
        if not item.is_empty:
            self._add(item)
        self.dropped.extend(f"{shown}:{line}: {text}" for line, text in item.dropped)
        self.issues.extend(replace(issue, path=issue.path or shown) for issue in item.issues)

    def _add(self, item: Item) -> None:
        wanted = item.slug or slug_of(item.release.title, item.release.language)
        slug = self._twin(item.release, wanted)
        is_there = bool(slug)
        while not slug:
            slug = self._save(replace(item.release, slug=unique_slug(wanted, self.taken)))
        self.imported[item.identity] = slug
        self.is_changed = True
        done = self.skipped if is_there else self.written
        done.append(_written(replace(item.release, slug=slug)))

    def _twin(self, release: Release, wanted: str) -> str:
        """The slug under which this very text is there, though the log does not know.

        A run that was killed leaves releases that it could not log.
        """
        slug, logged = wanted, frozenset(self.imported.values())
        for number in range(2, len(self.taken) + 3):
            if slug not in self.taken:
                return ""
            if slug not in logged and _is_same(self._path(slug), release):
                return slug
            slug = f"{wanted}-{number}"
        return ""

    def _save(self, release: Release) -> str:
        """The slug, or nothing when somebody took it a moment ago."""
        self.taken.add(release.slug)
        if not self.dry_run:
            try:
                data = write(release).encode("utf-8")
                write_atomic(self._path(release.slug), data, replace=False)
            except FileExistsError:
                return ""
        return release.slug

    def _path(self, slug: str) -> Path:
        return self.root / SOURCES / f"{slug}.md"


def _is_same(path: Path, release: Release) -> bool:
    try:
        there = path.read_bytes()
    except OSError:
        return False
    ours = write(replace(release, slug="x")).encode("utf-8")
    return _SLUG_LINE.sub(b"", there, count=1) == _SLUG_LINE.sub(b"", ours, count=1)


def _taken(root: Path) -> set[str]:
    """Names in ``sources/``, whatever their suffix, and slugs that releases had before.

    A deleted release may still have catalogues and a page; its slug is not given away.
    """
    try:
        names = {path.name.partition(".")[0] for path in (root / SOURCES).iterdir()}
    except FileNotFoundError:
        names = set()
    except OSError as fault:
        raise StoreError(f"cannot be read: {fault.strerror}", path=SOURCES) from None
    return names | set(read_imported(root).values())


def _learned(files: Sequence[Path], settings: Settings) -> tuple[str, ...]:
    """Lines that recur at the edges of bodies; what the files say of themselves is no body."""
    known = formats()
    texts = []
    for path in files:
        try:
            reader = known[path.suffix.lower()]
            release = reader.read(read_bytes(path), path="", slug="", strict=False).release
        except WorkflowError:
            continue  # it is reported when it is brought in
        texts.append([block.text.plain for block in release.blocks])
    return tuple(line for line in learn(texts) if line not in settings.boilerplate)


def _written(release: Release) -> Written:
    return Written(
        slug=release.slug,
        path=f"{SOURCES}/{release.slug}.md",
        title=release.title,
        date=release.date,
        section=release.section,
    )
