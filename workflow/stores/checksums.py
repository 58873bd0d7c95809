"""``<output>/manifests/000007.sha256``: the checksum of every file of a build.

It is what ``sha256sum --check`` reads, so that anybody can prove a site without this program.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha1, sha256
from pathlib import Path

from workflow.errors import StoreError
from workflow.model import FileMark
from workflow.stores.files import write_atomic

_LINE = re.compile(r"([0-9a-f]{64})  ([^/\s].*)")


def sums_path(base: Path, build: int) -> Path:
    """Where the checksums of a build are."""
    return base / "manifests" / f"{build:06}.sha256"


def write_sums(base: Path, build: int, sums: Mapping[str, str]) -> str:
    """Keep the checksums of a build, by path; the checksum of their file."""
    data = format_sums(sums)
    write_atomic(sums_path(base, build), data)
    return checksum(data)


def read_sums(base: Path, build: int) -> tuple[dict[str, str], str]:
    """The checksums of a build by path, and that of their file; nothing where there are none."""
    try:
        data = sums_path(base, build).read_bytes()
        sums = parse_sums(data)
    except FileNotFoundError:
        return {}, ""
    except (OSError, UnicodeDecodeError) as fault:
        raise StoreError(
            f"cannot be read: {type(fault).__name__}",
            path=str(sums_path(base, build)),
            hint="publish with --fresh to make the site anew from the catalogues",
        ) from None
    return sums, checksum(data)


def format_sums(sums: Mapping[str, str]) -> bytes:
    """Checksums by path as lines, sorted."""
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode("utf-8")


def parse_sums(data: bytes) -> dict[str, str]:
    """What `format_sums` wrote, by path. A line that is torn, or leads out of the site, is none."""
    lines = data.decode("utf-8").split("\n")
    found = (_LINE.fullmatch(line) for line in lines)
    return {one[2]: one[1] for one in found if one and ".." not in one[2].split("/")}


def checksum(data: bytes) -> str:
    """SHA-256, as ``sha256sum`` prints it."""
    return sha256(data).hexdigest()


def file_checksum(path: Path) -> str:
    """The checksum of a file; empty for one that cannot be read."""
    try:
        return checksum(path.read_bytes())
    except OSError:
        return ""


def mark_file(root: Path, path: str) -> FileMark | None:
    """A file of the project as it is now; None when it is not there."""
    try:
        data = (root / path).read_bytes()
    except OSError:
        return None
    name = sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    return FileMark(path=path, sha256=checksum(data), git=name)
