"""``locales/<tag>/decisions/<slug>.jsonl``: what people decided of issues, a line each.

The lines are committed: a waiver is the work of a person, and the next clone has to know it.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workflow.errors import StoreError
from workflow.model import Waiver
from workflow.stores.files import write_atomic

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FIELDS = ("check", "key", "source", "target", "reason", "who", "when")
_LARGEST = 5 * 1024 * 1024  # bytes


def decisions_path(tag: str, slug: str) -> str:
    """Where the decisions of a release live, relative to the project."""
    return f"locales/{tag}/decisions/{slug}.jsonl"


def read_waivers(root: Path, tag: str, slug: str) -> tuple[Waiver, ...]:
    """The waivers of a release in one language, in the order of the file.

    Raises `StoreError` with the line of what is none.
    """
    path = decisions_path(tag, slug)
    file = root / path
    try:
        if file.stat().st_size > _LARGEST:
            raise StoreError("larger than 5 MB", path=path, hint="is it a list of decisions?")
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as fault:
        raise StoreError(f"cannot be read: {type(fault).__name__}", path=path) from None
    return tuple(_waiver(line, path, n) for n, line in enumerate(lines, 1) if line.strip())


def add_waiver(root: Path, tag: str, slug: str, waiver: Waiver) -> None:
    """Put a waiver behind the others. A file that cannot be read is not written."""
    path = decisions_path(tag, slug)
    read_waivers(root, tag, slug)
    file = root / path
    before = file.read_bytes() if file.exists() else b""
    gap = b"\n" if before and not before.endswith(b"\n") else b""
    data = {
        name: value
        for name, value in asdict(waiver).items()
        if value and name not in ("path", "line")
    }
    line = json.dumps({"decision": "waive", **data}, ensure_ascii=False)
    write_atomic(file, before + gap + line.encode("utf-8") + b"\n")


def _waiver(line: str, path: str, number: int) -> Waiver:
    try:
        data: dict[str, Any] = json.loads(line)
        if data.get("decision") != "waive":
            raise ValueError("decision is “waive”")
        fields = {name: str(data[name]) for name in _FIELDS}
        about, until = str(data.get("about", "")), str(data.get("until", ""))
        if until and not _DATE.fullmatch(until):
            raise ValueError("until is a date, as 2027-01-31")
        return Waiver(**fields, about=about, until=until, path=path, line=number)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        missing = f"{fault} is missing" if isinstance(fault, KeyError) else str(fault)
        raise StoreError(
            f"not a decision: {missing[:80]}", path=path, line=number, hint="take the line out"
        ) from None
