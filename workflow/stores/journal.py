"""``.workflow/deploy-NAME``: what has arrived at a target since its own list was written.

A run that is killed leaves it behind, and the next one goes on from there. Its first line names the
place, so that it says nothing of another one. Safe to delete: the files are sent again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from workflow.errors import StoreError
from workflow.stores.checksums import format_sums, parse_sums
from workflow.stores.derived import FOLDER


@dataclass(frozen=True, slots=True)
class Journal:
    """An open journal."""

    file: IO[bytes]

    @classmethod
    def read(cls, root: Path, name: str, place: str) -> dict[str, str]:
        """The checksums of what has arrived at ``place``, by path."""
        try:
            first, _, rest = _path(root, name).read_bytes().partition(b"\n")
        except OSError:
            return {}
        return parse_sums(rest) if first == place.encode() else {}

    @classmethod
    @contextmanager
    def opened(cls, root: Path, name: str, place: str) -> Iterator[Self]:
        """The journal of ``place``, to be written on."""
        known = cls.read(root, name, place)
        path = _path(root, name)
        try:
            path.parent.mkdir(exist_ok=True)
            with path.open("wb") as file:
                file.write(place.encode() + b"\n" + format_sums(known))
                yield cls(file)
        except OSError as fault:
            raise StoreError(f"cannot be written: {fault.strerror}", path=str(path)) from None

    def note(self, path: str, checksum: str) -> None:
        """A file has arrived."""
        self.file.write(format_sums({path: checksum}))
        self.file.flush()

    @staticmethod
    def forget(root: Path, name: str) -> None:
        """The target has its own list now."""
        _path(root, name).unlink(missing_ok=True)


def _path(root: Path, name: str) -> Path:
    return root / FOLDER / f"deploy-{name}"
