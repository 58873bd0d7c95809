"""``sources/.imported.jsonl``: what was brought in, a line each: hash of the input → slug.

It is committed, because nothing else can tell that an input was here before: the release may have
been mended, renamed or deleted since, and a cache in ``.workflow/`` is lost with the next clone.
What is hashed is what came in (`item_hash`), never what it became, so that neither a new rule of
cleaning nor a newly learned line of boilerplate makes old input look new.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from workflow.errors import StoreError
from workflow.stores.files import write_atomic

LOG = "sources/.imported.jsonl"


def item_hash(text: str) -> str:
    """The identity of an item: a hash of its words; how they are set in lines does not count."""
    return blake2b(" ".join(text.split()).encode("utf-8"), digest_size=12).hexdigest()


def data_hash(data: bytes) -> str:
    """The identity of an input that is not text."""
    return blake2b(data, digest_size=12).hexdigest()


def read_imported(root: Path) -> dict[str, str]:
    """Hash → slug of all that was imported before."""
    try:
        lines = (root / LOG).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as fault:
        raise StoreError(f"cannot be read: {type(fault).__name__}", path=LOG) from None
    found = {}
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            found[str(entry["item"])] = str(entry["slug"])
        except (ValueError, KeyError, TypeError):
            raise StoreError(
                "not a line of the log", path=LOG, line=number, hint="take the line out"
            ) from None
    return found


def write_imported(root: Path, imported: Mapping[str, str]) -> None:
    """Keep the log, sorted by slug."""
    entries = sorted(imported.items(), key=lambda pair: (pair[1], pair[0]))
    lines = [json.dumps({"item": item, "slug": slug}) for item, slug in entries]
    write_atomic(root / LOG, "".join(f"{line}\n" for line in lines).encode("utf-8"))
