"""``sources/`` → releases. A release's slug is its file's name unless its front matter says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from workflow.encoding import decode
from workflow.errors import SourceError, StoreError
from workflow.model import Release
from workflow.plugins import SourceFormat, discover
from workflow.slugs import is_slug
from workflow.stores.files import inside

SOURCES = "sources"
_LARGEST = 20 * 1024 * 1024  # bytes


def source_files(root: Path) -> tuple[Path, ...]:
    """The files under ``sources/`` that some format reads, sorted; hidden ones are left out."""
    folder = root / SOURCES
    if not folder.is_dir():
        return ()
    suffixes = set(_formats())
    return tuple(
        sorted(
            (
                path
                for path in folder.iterdir()
                if path.suffix.lower() in suffixes and not path.name.startswith((".", "~"))
            ),
            key=lambda path: path.name,  # paths compare part by part, names do not
        )
    )


def read_source(root: Path, path: Path, *, default_language: str) -> Release:
    """The release in a file. Raises `SourceError` or `StoreError`, with the file's name."""
    shown = path.relative_to(root).as_posix()
    inside(root, shown)  # what a link leads to outside is not ours to publish
    try:
        if path.stat().st_size > _LARGEST:
            raise SourceError("larger than 20 MB", path=shown, hint="is it really a release?")
        data = path.read_bytes()
    except OSError as fault:
        raise StoreError(
            f"cannot be read: {fault.strerror}", path=shown, hint="see the file's rights"
        ) from None
    release = parse_source(data, path=shown)
    return replace(release, language=release.language or default_language)


def source_text(root: Path, path: str) -> str:
    """What a source says as it is written; empty where it is no text, or gone."""
    try:
        return decode((root / path).read_bytes())[0]
    except (OSError, SourceError):
        return ""


def parse_source(data: bytes, *, path: str) -> Release:
    """The release in ``data``; ``path`` chooses the format and names the slug."""
    name = Path(path)
    release = _formats()[name.suffix.lower()].read(data, path=path, slug=name.stem).release
    if not is_slug(release.slug):
        raise SourceError(
            f"“{release.slug}” cannot be part of an address",
            path=path,
            hint="small Latin letters, digits and hyphens; rename the file or give it a slug:",
        )
    if not release.title.strip():
        raise SourceError("no title", path=path, line=1, hint="add title: to its first lines")
    return release


def _formats() -> dict[str, SourceFormat]:
    return _BY_SUFFIX


_BY_SUFFIX: dict[str, SourceFormat] = {
    suffix: plugin
    for plugin in discover("workflow.formats", "FORMAT").values()
    for suffix in plugin.suffixes
}
