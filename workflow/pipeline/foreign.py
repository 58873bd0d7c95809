"""A foreign file → the releases in it: bytes, encoding, format, and the stage that fits."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workflow.encoding import decode
from workflow.errors import SourceError, StoreError, WorkflowError
from workflow.model import Issue, Release, Severity
from workflow.plugins import Reading, SourceFormat, discover
from workflow.settings import Settings
from workflow.slugs import is_slug
from workflow.stages.boilerplate import Dropped
from workflow.stages.clean import clean, has_words
from workflow.stages.recognise import recognise
from workflow.stages.split import Dump, split
from workflow.stores.imported import data_hash, item_hash

LARGEST = 20 * 1024 * 1024  # bytes

_TEXTS = ("text", "markdown", "html")
_LABELLED = re.compile(
    r"\s*(?:title|headline|date|slug|заголовок|дата|тақырып|аталышы)\s*:", re.IGNORECASE
)
_HINT = "see name and rights of the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One release that a file holds."""

    release: Release
    identity: str
    """Hash of what came in; see `workflow.stores.imported`."""
    slug: str = ""
    """The slug the file itself gives, if it gives one that can be used."""
    dropped: tuple[Dropped, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def is_empty(self) -> bool:
        """There is nothing to import."""
        return not has_words(self.release)


def find_files(paths: Sequence[Path]) -> tuple[list[Path], list[WorkflowError]]:
    """The files to import: those named, and in folders those that some format reads.

    Hidden files and links to folders are left out; what is named twice is read once.
    """
    known = formats()
    files: dict[Path, None] = {}
    errors: list[WorkflowError] = []
    for path in paths:
        if path.is_dir():
            files.update(dict.fromkeys(_walk(path, known)))
        elif path.suffix.lower() in known:
            files[path] = None
        else:
            hint = f"known: {', '.join(sorted(known))}"
            what = "no format reads this kind of file" if path.exists() else "no such file"
            errors.append(SourceError(what, path=path.as_posix(), hint=hint))
    return list(files), errors


def read_items(path: Path, settings: Settings) -> list[Item]:
    """The releases in ``path``. Raises `SourceError` or `StoreError`, with the path."""
    shown = path.as_posix()
    data = read_bytes(path)
    reader = formats()[path.suffix.lower()]
    if reader.name not in _TEXTS:
        return [_single(reader, data, shown, settings, identity=data_hash(data), issues=())]
    try:
        text, encoding = decode(data)
    except SourceError as fault:
        raise SourceError(fault.what, path=shown, hint=fault.hint) from None
    issues = _encoding(shown, encoding)
    if reader.name == "text" and not _LABELLED.match(text):
        tag, told = _language(text, shown, settings)
        dump = split(text, path=shown, language=tag, boilerplate=settings.boilerplate)
        if len(dump.items) > 1:
            return list(_several(dump, (*issues, *told)))
    return [_single(reader, data, shown, settings, identity=item_hash(text), issues=issues)]


def read_bytes(path: Path) -> bytes:
    """The content of a file of reasonable size. Raises `SourceError` or `StoreError`."""
    shown = path.as_posix()
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise SourceError("not a file", path=shown, hint="a device or a pipe cannot be read")
        if found.st_size > LARGEST:
            raise SourceError("larger than 20 MB", path=shown, hint="is it really a release?")
        return path.read_bytes()
    except OSError as fault:
        what = f"cannot be read: {fault.strerror}"
        raise StoreError(what, path=shown, hint=_HINT) from None


def formats() -> dict[str, SourceFormat]:
    """Suffix → format."""
    found: dict[str, SourceFormat] = discover("workflow.formats", "FORMAT")
    return {suffix: plugin for plugin in found.values() for suffix in plugin.suffixes}


def _walk(folder: Path, known: dict[str, SourceFormat]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if Path(name).suffix.lower() in known and not name.startswith((".", "~")):
                yield Path(place) / name


def _single(
    reader: SourceFormat,
    data: bytes,
    shown: str,
    settings: Settings,
    *,
    identity: str,
    issues: tuple[Issue, ...],
) -> Item:
    reading, told = _placed(
        reader.read(data, path=shown, slug="", strict=False), shown=shown, settings=settings
    )
    cleaned = clean(
        reading,
        path=shown,
        default_language=settings.source_language,
        boilerplate=settings.boilerplate,
    )
    if not cleaned.release.title:
        raise SourceError("no title and no text", path=shown, hint="is it really a release?")
    return Item(
        release=cleaned.release,
        identity=identity,
        slug=cleaned.release.slug if is_slug(cleaned.release.slug) else "",
        dropped=cleaned.dropped,
        issues=(*issues, *told, *cleaned.issues),
    )


def _placed(
    reading: Reading, *, shown: str, settings: Settings
) -> tuple[Reading, tuple[Issue, ...]]:
    """The reading in a language of this newsroom. Raises `SourceError` when it is in another."""
    release = reading.release
    if not release.language:
        words = " ".join([release.title, *(block.text.plain for block in release.blocks)])
        tag, told = _language(words, shown, settings)
        return replace(reading, release=replace(release, language=tag)), told
    if release.language not in settings.languages:
        raise SourceError(
            f"written in “{release.language}”, which is not a language of this newsroom",
            path=shown,
            hint="add it to languages in workflow.toml, or mend it in the file",
        )
    return reading, ()


def _several(dump: Dump, issues: tuple[Issue, ...]) -> Iterator[Item]:
    """Each item of a dump with what was said of its own lines."""
    begin = 0
    for number, release in enumerate(dump.items, 1):
        is_last = number == len(dump.items)
        end = max((block.line for block in release.blocks), default=begin)
        said = (i for i in dump.issues if begin < i.line <= end or (is_last and i.line > end))
        gone = (d for d in dump.dropped if begin < d[0] <= end or (is_last and d[0] > end))
        words = [release.title, *(block.text.plain for block in release.blocks)]
        if any(
            issue.check == "import-title" and begin < issue.line <= end for issue in dump.issues
        ):
            words = words[1:]  # a derived title says nothing new, and its rules may change
        yield Item(
            release=release,
            identity=item_hash("\n".join(words)),
            dropped=tuple(gone),
            issues=(*(issues if number == 1 else ()), *said),
        )
        begin = end


def _language(text: str, shown: str, settings: Settings) -> tuple[str, tuple[Issue, ...]]:
    default = settings.source_language
    tag = recognise(text, default=default, languages=settings.languages)
    if tag == default:
        return tag, ()
    message = f"taken for {tag} by its letters: check language:"
    return tag, (_issue("import-language", shown, message),)


def _encoding(shown: str, name: str) -> tuple[Issue, ...]:
    if name in ("utf-8", "utf-8-sig"):
        return ()
    message = f"read as {name}, written as UTF-8: see whether it reads well"
    return (_issue("import-encoding", shown, message),)


def _issue(check: str, shown: str, message: str) -> Issue:
    return Issue(check=check, severity=Severity.MINOR, message=message, path=shown, line=1)
