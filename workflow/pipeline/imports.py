"""``workflow import``: foreign material → ``sources/<slug>.md``; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workflow.encoding import decode
from workflow.errors import SourceError, StoreError, WorkflowError
from workflow.formats.markdown import write
from workflow.model import Issue, Release, Severity
from workflow.pipeline.import_report import ImportReport, Written
from workflow.plugins import SourceFormat, discover
from workflow.settings import Settings
from workflow.slugs import is_slug, slug_of, unique_slug
from workflow.stages.boilerplate import learn
from workflow.stages.clean import clean
from workflow.stages.split import split
from workflow.stores.files import write_atomic
from workflow.stores.imported import item_hash, read_imported, write_imported
from workflow.stores.sources import source_files
from workflow.stores.toml import add_boilerplate

_LARGEST = 20 * 1024 * 1024  # bytes
_DATED_NAME = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_LABELLED = re.compile(r"\s*(?:title|headline|заголовок)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    release: Release
    wanted: str
    """The slug to try first."""


def import_files(
    root: Path,
    settings: Settings,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    learn_boilerplate: bool = False,
) -> ImportReport:
    """Bring in ``paths`` (files or folders). The same input twice writes nothing new."""
    files, errors = _files(paths)
    learned: tuple[str, ...] = ()
    if learn_boilerplate:
        learned = tuple(line for line in _learn(files) if line not in settings.boilerplate)
        settings = replace(settings, boilerplate=(*settings.boilerplate, *learned))
    session = _Session(root, settings, dry_run=dry_run)
    for path in files:
        try:
            session.bring(path)
        except WorkflowError as fault:
            errors.append(fault)
    session.close()
    if learned and not dry_run:
        add_boilerplate(root, learned)
    return ImportReport(
        written=tuple(session.written),
        skipped=tuple(session.skipped),
        dropped=tuple(session.dropped),
        issues=tuple(session.issues),
        errors=tuple(errors),
        learned=learned,
    )


class _Session:
    """One run: which slugs are taken, what was imported before, what was done."""

    def __init__(self, root: Path, settings: Settings, *, dry_run: bool) -> None:
        self.root = root
        self.settings = settings
        self.dry_run = dry_run
        self.formats = _formats()
        self.imported = read_imported(root)
        self.taken = {path.stem for path in source_files(root)}
        self.fresh = False
        self.written: list[Written] = []
        self.skipped: list[Written] = []
        self.dropped: list[str] = []
        self.issues: list[Issue] = []

    def bring(self, path: Path) -> None:
        """Bring in one file."""
        data = _bytes(path)
        for item in self.items(path, data):
            self.put(item)

    def items(self, path: Path, data: bytes) -> Iterator[_Item]:
        shown = path.as_posix()
        reader = self.formats[path.suffix.lower()]
        if reader.name in ("text", "markdown", "html"):
            text = self.text(shown, data)
        if reader.name == "text":
            dump = split(
                text,
                path=shown,
                language=self.settings.source_language,
                boilerplate=self.settings.boilerplate,
            )
            if len(dump.items) > 1 and not _LABELLED.match(text):
                self.tell(shown, dump.dropped, dump.issues)
                yield from (_Item(release=release, wanted="") for release in dump.items)
                return
        cleaned = clean(
            reader.read(data, path=shown, slug=slug_of(path.stem, "en"), strict=False),
            path=shown,
            default_language=self.settings.source_language,
            boilerplate=self.settings.boilerplate,
        )
        release, issues = _dated(cleaned.release, cleaned.issues, path)
        self.tell(shown, cleaned.dropped, issues)
        if not release.title:
            raise SourceError("no title", path=shown, hint="give the file one and import it again")
        own = release.slug if is_slug(release.slug) and release.slug != path.stem else ""
        yield _Item(release=release, wanted=own)

    def put(self, item: _Item) -> None:
        identity = item_hash(write(replace(item.release, slug="x")))
        known = self.imported.get(identity)
        if known in self.taken:
            self.skipped.append(_written(item.release, str(known)))
            return
        wanted = item.wanted or slug_of(item.release.title, item.release.language)
        slug = unique_slug(wanted, self.taken)
        release = replace(item.release, slug=slug)
        self.taken.add(slug)
        if not self.dry_run:
            self.write(release)
        self.imported[identity] = slug
        self.fresh = True
        self.written.append(_written(release, slug))

    def write(self, release: Release) -> None:
        path = self.root / "sources" / f"{release.slug}.md"
        try:
            write_atomic(path, write(release).encode("utf-8"), replace=False)
        except FileExistsError:
            raise StoreError("is there already; nothing was written", path=path.name) from None

    def close(self) -> None:
        """Remember what was brought in."""
        if self.fresh and not self.dry_run:
            write_imported(self.root, self.imported)

    def text(self, shown: str, data: bytes) -> str:
        """The text of a file; an encoding that had to be guessed is named."""
        try:
            text, name = decode(data)
        except SourceError as fault:
            raise SourceError(fault.what, path=shown, line=fault.line, hint=fault.hint) from None
        if name not in ("utf-8", "utf-8-sig"):
            self.issues.append(
                _issue("import-encoding", shown, 1, f"read as {name}; look whether it reads well")
            )
        return text

    def tell(self, shown: str, dropped: Iterable[tuple[int, str]], issues: Iterable[Issue]) -> None:
        self.dropped.extend(f"{shown}:{line}: {text}" for line, text in dropped)
        self.issues.extend(replace(issue, path=issue.path or shown) for issue in issues)


def _dated(
    release: Release, issues: tuple[Issue, ...], path: Path
) -> tuple[Release, tuple[Issue, ...]]:
    """A date in the file's name counts where the file itself has none."""
    found = _DATED_NAME.search(path.stem)
    if release.date is not None or found is None:
        return release, issues
    try:
        date = dt.date(*map(int, found.groups()))
    except ValueError:
        return release, issues
    kept = tuple(issue for issue in issues if issue.check != "import-date")
    said = _issue("import-date", path.as_posix(), 1, f"{date} is taken from the file's name")
    return replace(release, date=date), (*kept, said)


def _files(paths: Sequence[Path]) -> tuple[list[Path], list[WorkflowError]]:
    known = set(_formats())
    files: list[Path] = []
    errors: list[WorkflowError] = []
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.suffix.lower() in known)
            files.extend(sorted(file for file in inside if not file.name.startswith(".")))
        elif path.suffix.lower() in known:
            files.append(path)
        else:
            errors.append(
                SourceError(
                    "no format reads this kind of file",
                    path=path.as_posix(),
                    hint=f"known: {', '.join(sorted(known))}",
                )
            )
    return files, errors


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise SourceError("larger than 20 MB", path=path.as_posix(), hint="is it a release?")
        return path.read_bytes()
    except OSError as fault:
        raise StoreError(
            f"cannot be read: {fault.strerror}", path=path.as_posix(), hint="see name and rights"
        ) from None


def _learn(files: Sequence[Path]) -> tuple[str, ...]:
    texts = []
    for path in files:
        try:
            texts.append(decode(_bytes(path))[0].split("\n"))
        except WorkflowError:
            continue  # it is reported when it is brought in
    return learn(texts)


def _formats() -> dict[str, SourceFormat]:
    found: dict[str, SourceFormat] = discover("workflow.formats", "FORMAT")
    return {suffix: plugin for plugin in found.values() for suffix in plugin.suffixes}


def _written(release: Release, slug: str) -> Written:
    return Written(
        slug=slug,
        path=f"sources/{slug}.md",
        title=release.title,
        date=release.date,
        section=release.section,
    )


def _issue(check: str, path: str, line: int, message: str) -> Issue:
    return Issue(check=check, severity=Severity.MINOR, message=message, path=path, line=line)
