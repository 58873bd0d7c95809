"""``sources/.imported.jsonl``: what was brought in, a line each: hash of the item → slug.

It is committed, because a cache would not do: after an editor has mended an imported release, or
in another clone, nothing else tells that the same input was here before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from workflow.errors import StoreError
from workflow.stores.files import write_atomic

_LOG = "sources/.imported.jsonl"


def item_hash(text: str) -> str:
    """The identity of an item: a hash of the release it becomes, its slug left out."""
    return blake2b(text.encode("utf-8"), digest_size=12).hexdigest()


def read_imported(root: Path) -> dict[str, str]:
    """Hash → slug of all that was imported before."""
    try:
        lines = (root / _LOG).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as fault:
        raise StoreError(f"cannot be read: {type(fault).__name__}", path=_LOG) from None
    found = {}
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            found[str(entry["item"])] = str(entry["slug"])
        except (ValueError, KeyError, TypeError):
            raise StoreError(
                "not a line of the log", path=_LOG, line=number, hint="take the line out"
            ) from None
    return found


def write_imported(root: Path, imported: Mapping[str, str]) -> None:
    """Keep the log, sorted by slug."""
    entries = sorted(imported.items(), key=lambda pair: (pair[1], pair[0]))
    lines = [json.dumps({"item": item, "slug": slug}) for item, slug in entries]
    write_atomic(root / _LOG, ("\n".join(lines) + "\n").encode("utf-8"))
