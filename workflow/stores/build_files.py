"""The files of a build that nobody sees yet; `stores.site` tells where builds are.

A file that did not change is a hard link to that of the build before, and the folders are those of
a build that was dropped: to make tens of thousands of them takes longer than all the rest.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection
from pathlib import Path

from workflow.errors import StoreError
from workflow.stores.checksums import checksum

_SPARE = ".spare"
"""The folder of a build that was dropped, for the next one."""


def open_build(base: Path, build: int) -> Path:
    """A folder to build in; nobody sees it until `show_build`.

    It may hold the files of a build that was dropped: to make tens of thousands of folders takes
    longer than all the rest. What does not belong into it `close_build` takes out.
    """
    folder = base / "releases" / f".{build:06}"
    try:
        if folder.is_symlink():  # whoever put it there; nothing is written or taken away through it
            folder.unlink()
        elif folder.exists():
            shutil.rmtree(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            (base / _SPARE).rename(folder)
        except FileNotFoundError:
            folder.mkdir()
    except OSError as fault:
        raise StoreError(
            f"cannot be made: {fault.strerror}", path=str(folder), hint="see rights and room"
        ) from None
    return folder


def close_build(folder: Path, files: Collection[str]) -> None:
    """Take out of a build whatever is not among its ``files``, and folders without any."""
    skip = len(f"{folder}/")
    for place, _, names in os.walk(folder, topdown=False):
        unwanted = [name for name in names if f"{place}/{name}"[skip:] not in files]
        try:
            for name in unwanted:
                os.unlink(f"{place}/{name}")  # noqa: PTH108  # a Path each costs more
            if len(unwanted) == len(names):
                with contextlib.suppress(OSError):  # not empty
                    os.rmdir(place)  # noqa: PTH106
        except OSError as fault:
            raise _unwritten(place, fault) from None


def write_page(folder: Path, path: str, content: str) -> str:
    """Write one page of a build that nobody sees yet; its checksum."""
    data = content.encode("utf-8")
    target = f"{folder}/{path}"
    try:
        _make_folder(target.rpartition("/")[0])
        with contextlib.suppress(FileNotFoundError):
            os.unlink(target)  # noqa: PTH108  # it may be a link to a page of another build
        Path(target).write_bytes(data)
    except OSError as fault:
        raise _unwritten(target, fault) from None
    return checksum(data)


def read_page(folder: Path, path: str) -> str | None:
    """One page of a build as it was written; None when it is not there."""
    try:
        return (folder / path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def reuse_page(base: Path, build: int, folder: Path, path: str) -> bool:
    """Take a page over from ``build`` as it is; False when it is not there."""
    source, target = f"{base}/releases/{build:06}/{path}", f"{folder}/{path}"
    try:
        _make_folder(target.rpartition("/")[0])
        try:
            os.link(source, target)
        except FileExistsError:
            if not _is_same(source, target):
                os.unlink(target)  # noqa: PTH108
                return reuse_page(base, build, folder, path)
        except FileNotFoundError:
            return False
        except OSError:  # a file system without hard links, or one that has no more for this file
            with contextlib.suppress(FileNotFoundError):
                os.unlink(target)  # noqa: PTH108
            shutil.copyfile(source, target)
    except OSError:
        return False
    return True


def discard_build(folder: Path) -> None:
    """Take away a build that must not be shown."""
    shutil.rmtree(folder, ignore_errors=True)


def put_aside(build: Path) -> None:
    """Keep the folders of a dropped build for the next one; one build's are enough."""
    try:
        build.rename(build.parent.parent / _SPARE)
    except OSError:  # there is one
        shutil.rmtree(build, ignore_errors=True)


def _is_same(one: str, other: str) -> bool:
    """Whether two names are links to one file."""
    a, b = os.stat(one), os.stat(other)  # noqa: PTH116
    return (a.st_ino, a.st_dev) == (b.st_ino, b.st_dev)


def _unwritten(path: str, fault: OSError) -> StoreError:
    return StoreError(f"cannot be written: {fault.strerror}", path=path, hint="see rights and room")


def _make_folder(folder: str) -> None:
    """One call for the folder of a release, which is new and has a parent."""
    try:
        os.mkdir(folder)  # noqa: PTH102  # a Path each costs more than the call
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
