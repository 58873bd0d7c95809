"""``.workflow/``: what can be worked out again, kept to save the time. Safe to delete."""

from __future__ import annotations

import json
import stat
from hashlib import blake2b
from pathlib import Path
from typing import Any

from workflow.errors import StoreError
from workflow.stores.files import write_atomic

FOLDER = ".workflow"

_LARGEST = 128 * 1024 * 1024  # bytes of a sealed file


def read_derived(root: Path, name: str) -> dict[str, Any]:
    """The values kept under ``name``; empty when there are none that can be read."""
    try:
        data = json.loads((root / FOLDER / f"{name}.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def write_derived(root: Path, name: str, data: dict[str, Any]) -> None:
    """Keep ``data`` under ``name``. A disk that refuses costs time later, nothing else."""
    _write(root / FOLDER / f"{name}.json", _bytes(data))


def read_sealed(root: Path, name: str, *, made_from: str) -> Any:
    """What `write_sealed` kept under ``name`` and the same ``made_from``; else None.

    A file that was cut short, edited, or made from something else is as good as none: what is in
    it is not even looked at.
    """
    path = root / FOLDER / f"{name}.sealed"
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            return None
        seal, _, body = path.read_bytes().partition(b"\n")
        return json.loads(body) if seal == _seal(made_from, body) else None
    except (OSError, ValueError, RecursionError):
        return None


def write_sealed(root: Path, name: str, data: Any, *, made_from: str) -> None:
    """Keep ``data`` under ``name``; ``made_from`` is a fingerprint of all that it depends on.

    The seal says that nothing was changed since. It can only be forged by one who knows all of
    ``made_from``: begin it with `workflow.stores.program.program`, which no two machines share.
    """
    body = _bytes(data)
    if len(body) < _LARGEST:
        _write(root / FOLDER / f"{name}.sealed", _seal(made_from, body) + b"\n" + body)


def _seal(made_from: str, body: bytes) -> bytes:
    digest = blake2b(f"{made_from}\n".encode("utf-8", "surrogatepass"), digest_size=24)
    digest.update(body)
    return digest.hexdigest().encode()


def _bytes(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8", "surrogatepass")


def _write(path: Path, data: bytes) -> None:
    try:
        write_atomic(path, data)
    except StoreError:
        return
