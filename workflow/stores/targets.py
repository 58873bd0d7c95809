"""Where a site is deployed to: a folder, or another machine through rsync. See `object_store`."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from workflow.errors import StoreError, UsageError
from workflow.stores.files import inside, write_atomic

_RSYNC = ("rsync", "--checksum", "--times", "--chmod=D755,F644", "--mkpath", "--protect-args")
_NOT_THERE = 23  # "some files could not be transferred"
_LISTED = ("--from0", "--files-from=-")


class Target(Protocol):
    """A place that readers are served from. Each refusal of it is a `StoreError`."""

    def read(self, path: str) -> bytes | None:
        """A file of the target; None when it is not there."""

    def put(self, folder: Path, paths: Sequence[str]) -> Iterator[str]:
        """Bring ``paths`` of ``folder`` there, in their order; yield each that has arrived."""

    def write(self, path: str, data: bytes) -> None:
        """Put one file there that is in no folder."""

    def delete(self, paths: Sequence[str]) -> None:
        """Take ``paths`` away; one that is not there is no fault."""


@dataclass(frozen=True, slots=True)
class FolderTarget:
    """A folder of this machine, mounted or not. A file appears whole or not at all."""

    root: Path

    def read(self, path: str) -> bytes | None:
        """See `Target.read`."""
        try:
            return inside(self.root, path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise StoreError(f"cannot be read: {fault.strerror}", path=path) from None

    def put(self, folder: Path, paths: Sequence[str]) -> Iterator[str]:
        """See `Target.put`."""
        for path in paths:
            self.write(path, (folder / path).read_bytes())
            yield path

    def write(self, path: str, data: bytes) -> None:
        """See `Target.write`."""
        write_atomic(inside(self.root, path), data)

    def delete(self, paths: Sequence[str]) -> None:
        """See `Target.delete`. Folders that became empty go with their files."""
        for path in paths:
            file = inside(self.root, path)
            file.unlink(missing_ok=True)
            for parent in file.relative_to(self.root.resolve()).parents:
                folder = self.root / parent
                if parent == Path() or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()


@dataclass(frozen=True, slots=True)
class RsyncTarget:
    """A place as rsync names it: ``host:folder``, ``rsync://host/module``, or a folder."""

    to: str

    def read(self, path: str) -> bytes | None:
        """See `Target.read`."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "file"
            done = _run(("--", self._place(path), str(file)))
            if done.returncode == _NOT_THERE:
                return None
            _refuse(done)
            return file.read_bytes()

    def put(self, folder: Path, paths: Sequence[str]) -> Iterator[str]:
        """See `Target.put`."""
        if paths:
            _refuse(_run((*_LISTED, "--", f"{folder}/", self._place()), names=paths))
        yield from paths

    def write(self, path: str, data: bytes) -> None:
        """See `Target.write`."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "file"
            file.write_bytes(data)
            _refuse(_run(("--", str(file), self._place(path))))

    def delete(self, paths: Sequence[str]) -> None:
        """See `Target.delete`."""
        with tempfile.TemporaryDirectory() as empty:
            for path in paths:  # the folders are to stay, the files in them are missing
                (Path(empty) / path).parent.mkdir(parents=True, exist_ok=True)
            words = ("--delete-missing-args", *_LISTED, "--", f"{empty}/", self._place())
            _refuse(_run(words, names=paths))

    def _place(self, path: str = "") -> str:
        return f"{self.to.rstrip('/')}/{path}"


def _run(words: Sequence[str], *, names: Sequence[str] = ()) -> subprocess.CompletedProcess[bytes]:
    """rsync with fixed arguments, no shell; ``names`` are the files it is told of."""
    if shutil.which("rsync") is None:
        raise UsageError("no rsync on this machine", hint="install rsync, or use another target")
    return subprocess.run(  # noqa: S603  # no shell; places come behind --
        [*_RSYNC, *words], input="\0".join(names).encode(), capture_output=True, check=False
    )


def _refuse(done: subprocess.CompletedProcess[bytes]) -> None:
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        said = lines[0] if lines else f"exit code {done.returncode}"
        raise StoreError(f"rsync failed: {said}", hint="run it again: it goes on where it stopped")
