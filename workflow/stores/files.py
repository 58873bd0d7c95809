"""The one way a file is written: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from workflow.errors import StoreError

TEMPORARY = ".workflow-tmp"
"""How the names of unfinished files end."""

_HINTS = {
    errno.ENOSPC: "make room on the disk; nothing was changed",
    errno.EDQUOT: "make room in the quota; nothing was changed",
    errno.EACCES: "check the rights of the folder",
    errno.EPERM: "check the rights of the folder",
    errno.EROFS: "the disk is read-only",
}


def write_atomic(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Put ``data`` into ``path``: temporary file beside it, flush, fsync, rename, fsync.

    ``replace=False`` never overwrites: `FileExistsError` when the file is there. A refusal of the
    disk is a `StoreError`, and leaves the old file and no temporary one.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{TEMPORARY}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(temporary, data, mode=_mode(path))
        if replace:
            temporary.replace(path)
        else:
            os.link(temporary, path)
        _sync_folder(path.parent)
    except FileExistsError:
        raise
    except OSError as fault:
        raise StoreError(
            f"cannot be written: {fault.strerror}",
            path=str(path),
            hint=_HINTS.get(fault.errno or 0, "nothing was changed"),
        ) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def inside(root: Path, relative: str) -> Path:
    """``root/relative``, refused (`StoreError`) when it leads out of ``root``."""
    path = (root / relative).resolve()
    if not path.is_relative_to(root.resolve()):
        raise StoreError("leads out of the project", path=relative)
    return path


def _write(path: Path, data: bytes, *, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0o666


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
