"""The one way a file is written: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from workflow.errors import StoreError

TEMPORARY = ".workflow-tmp"
"""How the names of unfinished files end; a killed process may leave one behind."""

TICK = 50_000_000
"""Nanoseconds; clocks that date files tick every 1 to 10 milliseconds."""

_MANY = 64  # files; each costs a turn of the disk

_HINTS = {
    errno.ENOSPC: "make room on the disk; nothing was changed",
    errno.EDQUOT: "make room in the quota; nothing was changed",
    errno.EACCES: "check the rights of the folder",
    errno.EPERM: "check the rights of the folder",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "the name is too long for this disk",
    errno.ENOTDIR: "a file stands where a folder is wanted",
    errno.EEXIST: "a file stands where a folder is wanted",
    errno.EISDIR: "a folder stands where the file is wanted",
}

_NO_LINKS = frozenset((errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK))
"""What a file system says that knows no hard links (FAT, some network shares)."""


def write_atomic(
    path: Path,
    data: bytes | Iterable[bytes],
    *,
    replace: bool = True,
    lasting: bool = True,
    last_look: Callable[[], None] | None = None,
) -> None:
    """Put ``data`` into ``path``: temporary file beside it, flush, fsync, rename, fsync.

    ``data`` may come in pieces; what making them raises leaves all as it was, and so does what
    ``last_look`` raises. That is called when only the rename is left.
    ``lasting=False`` leaves both fsyncs to `make_lasting`, for one of many files.
    ``replace=False`` never overwrites: `FileExistsError` when anything of that name is there. A
    refusal of the disk is a `StoreError`, and leaves the old file and no temporary one. The mode
    of a file that is replaced is kept; a symbolic link is replaced, never written through.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{TEMPORARY}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(temporary, data, mode=_mode(path), lasting=lasting)
        if last_look is not None:
            last_look()
        if replace:
            temporary.replace(path)
        elif not _name_anew(temporary, path):
            raise FileExistsError(errno.EEXIST, "is there already", str(path))
        if lasting:
            _sync_folder(path.parent)
    except OSError as fault:
        if not replace and isinstance(fault, FileExistsError) and path.parent.is_dir():
            raise
        raise StoreError(
            f"cannot be written: {fault.strerror or fault}",
            path=str(path),
            hint=_HINTS.get(fault.errno or 0, "nothing was changed"),
        ) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def make_lasting(paths: Sequence[Path]) -> None:
    """Wait until files that were written without it are on the disk for good.

    Many at once are quicker than one after another, where the system can say when that is done.
    Raises `StoreError` when the disk refuses.
    """
    if len(paths) > _MANY and sys.platform == "linux":
        os.sync()
        return
    for path in paths:
        try:
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as fault:
            raise StoreError(f"cannot be kept: {fault.strerror}", path=str(path)) from None
    for folder in sorted({path.parent for path in paths}):
        _sync_folder(folder)


def seen(path: str) -> tuple[str, int]:
    """What the file system says of a file, ``-`` of none, and when it changed last (nanoseconds).

    Equal marks, the same file, unless it changed less than `TICK` before the look.
    """
    try:
        found = os.stat(path)  # noqa: PTH116  # a Path each would cost more than the call
    except OSError:
        return "-", 0
    text = f"{found.st_ino:x}.{found.st_size:x}.{found.st_mtime_ns:x}.{found.st_ctime_ns:x}"
    return text, max(found.st_mtime_ns, found.st_ctime_ns)


def inside(root: Path, relative: str) -> Path:
    """``root/relative``, resolved.

    `StoreError` when it leads out of ``root``, by its own words or through a symbolic link.
    """
    try:
        base = root.resolve()
        path = (base / relative).resolve()
    except (OSError, ValueError, RuntimeError):  # a circle of links, or a name with a zero byte
        raise StoreError("is not a path that can be used", path=relative) from None
    if not path.is_relative_to(base):
        raise StoreError(
            "leads out of the project", path=relative, hint="name a file inside the project"
        )
    return path


def _write(path: Path, data: bytes | Iterable[bytes], *, mode: int | None, lasting: bool) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        if mode is not None:
            # The mode given to open() would lose what the umask takes away.
            os.fchmod(file.fileno(), mode)
        file.writelines((data,) if isinstance(data, bytes) else data)
        file.flush()
        if lasting:
            os.fsync(file.fileno())


def _mode(path: Path) -> int | None:
    """The mode of the file that stands there; none for a new file, which gets the usual one."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return stat.S_IMODE(found.st_mode) if stat.S_ISREG(found.st_mode) else None


def _name_anew(temporary: Path, path: Path) -> bool:
    """Give the file its name; false when the name is taken. A link never overwrites."""
    try:
        os.link(temporary, path, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        # Without hard links the name is reserved first; the file is empty for a moment.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        try:
            temporary.replace(path)
        except OSError:
            path.unlink(missing_ok=True)
            raise
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as fault:
        if fault.errno not in (errno.EINVAL, errno.EOPNOTSUPP):  # this disk cannot sync folders
            raise
    finally:
        os.close(descriptor)
