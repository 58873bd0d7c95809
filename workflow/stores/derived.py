"""``.workflow/``: what can be worked out again, kept to save the time. Safe to delete."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workflow.errors import StoreError
from workflow.stores.files import write_atomic

FOLDER = ".workflow"


def read_derived(root: Path, name: str) -> dict[str, Any]:
    """The values kept under ``name``; empty when there are none that can be read."""
    try:
        data = json.loads((root / FOLDER / f"{name}.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def write_derived(root: Path, name: str, data: dict[str, Any]) -> None:
    """Keep ``data`` under ``name``. A disk that refuses costs time later, nothing else."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    try:
        write_atomic(root / FOLDER / f"{name}.json", text.encode("utf-8", "surrogatepass"))
    except StoreError:
        return
