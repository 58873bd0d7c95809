"""An address, a path or a file, as a person gives it → the build and the file of the site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from workflow.errors import UsageError
from workflow.pipeline.publish import site_base
from workflow.stores.builds import list_builds, shown_build
from workflow.stores.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file of the site."""

    build: int
    path: str
    """From the root of the site."""


def locate(project: Project, text: str) -> Place:
    """The file that ``text`` means: an address, a path from the root of the site, or a file.

    Raises `UsageError` for what is outside of the site.
    """
    base = site_base(project, draft=False)
    shown = shown_build(base)
    if not shown:
        raise UsageError("nothing is online yet", hint="workflow publish --all")
    on_disk = _file(base, text)
    if on_disk is not None:
        return on_disk
    path = _path(text, project.settings.site_url)
    parts = path.split("/")
    if ".." in parts or "." in parts or "\\" in path or "\0" in path:
        raise UsageError(f"“{text}” is no address of this site")
    return Place(build=shown, path=path)


def _file(base: Path, text: str) -> Place | None:
    """The place of a file or folder on disk, in whatever build it is."""
    try:
        path = Path(text).resolve()
        is_there = path.exists()
    except (OSError, ValueError, RuntimeError):
        return None
    home = base.resolve()
    if not is_there or path == home or not path.is_relative_to(home):
        return None
    folder, number, *rest = [*path.relative_to(home).parts, ""]
    if folder == "draft":
        raise UsageError("a page of a draft: nobody has accepted it", hint="workflow publish")
    if folder != "releases" or not number.isdigit() or int(number) not in list_builds(base):
        raise UsageError(f"“{text}” is no page of the site")
    within = "/".join(part for part in rest if part)
    return Place(build=int(number), path=_page(f"{within}/" if path.is_dir() else within))


def _path(text: str, url: str) -> str:
    """The file behind an address or a path."""
    parts = urlsplit(text)
    if parts.scheme or parts.netloc:
        address = text.partition("#")[0].partition("?")[0]
        if not url or not f"{address}/".startswith(f"{url}/"):
            raise UsageError(
                f"“{text}” is no address of this site",
                hint=f"it is at {url}" if url else "it has none: site_url in workflow.toml",
            )
        return _page(unquote(address.removeprefix(url)))
    return _page(unquote(parts.path))


def _page(path: str) -> str:
    """The page that a server shows for a path."""
    name = path.removeprefix("/")
    is_file = "." in name.rpartition("/")[2]
    return name if is_file else f"{name.rstrip('/')}/index.html".removeprefix("/")
