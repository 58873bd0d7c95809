"""Published text, kept by content: ``<output>/snapshots/<aa>/<hash>.json`` holds one `Release`.

Its second line says what the words were made from; that is no part of the content it is kept by. A
page can be made again from its snapshot when only its surroundings change, and a release that
is held back keeps its last published words, whatever its catalogue says meanwhile.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from workflow.errors import StoreError
from workflow.model import (
    Block,
    BlockKind,
    Code,
    CodeKind,
    Correction,
    CorrectionType,
    Passage,
    Release,
    State,
    Text,
    Withdrawal,
)
from workflow.stores.files import make_lasting, write_atomic


def write_snapshot(base: Path, release: Release, *, provenance: str = "") -> str:
    """Keep ``release``; the name to ask for it with. Equal releases are kept once.

    ``provenance`` is a line, and what was kept of an equal release makes room for it. A new one
    stays through a loss of power once `keep_snapshots` was called.
    """
    text = json.dumps(release, ensure_ascii=False, sort_keys=True, default=_plain)
    data = text.encode("utf-8")
    name = blake2b(data, digest_size=16).hexdigest()
    data += b"\n" + provenance.encode("utf-8")
    path = _path(base, name)
    try:
        kept = path.read_bytes()
    except OSError:
        kept = b""
    if kept != data:
        # What is there already, a build that is online may need: it is never left to chance.
        write_atomic(path, data, lasting=bool(kept))
    return name


def keep_snapshots(base: Path, names: Iterable[str]) -> None:
    """See to it that snapshots just written are there for good."""
    make_lasting([path for name in sorted(names) if (path := _path(base, name)).exists()])


def read_snapshot(base: Path, name: str) -> Release:
    """The release kept under ``name``. Raises `StoreError` when it is gone or damaged."""
    path = _path(base, name)
    try:
        words, _, _ = path.read_bytes().partition(b"\n")
        return _release(json.loads(words))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreError(
            f"a published text is gone or damaged ({type(fault).__name__})",
            path=str(path),
            hint="publish with --fresh to make the site anew from the catalogues",
        ) from None


def read_provenance(base: Path, name: str) -> str:
    """What the release kept under ``name`` was made from; empty where nobody knows."""
    try:
        return _path(base, name).read_bytes().partition(b"\n")[2].decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def is_whole(base: Path, name: str) -> bool:
    """Whether the words under ``name`` are those that were kept."""
    try:
        words = _path(base, name).read_bytes().partition(b"\n")[0]
    except OSError:
        return False
    return blake2b(words, digest_size=16).hexdigest() == name


def forget_snapshots(base: Path, keep: set[str]) -> None:
    """Delete the snapshots that no kept build needs."""
    for path in base.glob("snapshots/??/*.json"):
        if path.stem not in keep:
            path.unlink(missing_ok=True)


def _path(base: Path, name: str) -> Path:
    return base / "snapshots" / name[:2] / f"{name}.json"


def _plain(value: Any) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    # A release and its parts; `dataclasses.asdict` would copy every value of tens of thousands.
    return {name: getattr(value, name) for name in value.__slots__}


def _release(data: dict[str, Any]) -> Release:
    blocks = tuple(
        Block(**{**block, "kind": BlockKind(block["kind"]), "text": _text(block["text"])})
        for block in data["blocks"]
    )
    date = dt.date.fromisoformat(data["date"]) if data["date"] else None
    read = {
        "blocks": blocks,
        "date": date,
        "untranslated": frozenset(data["untranslated"]),
        "passages": tuple(map(_passage, data.get("passages", ()))),
        "formerly": tuple(data.get("formerly", ())),
        "corrections": tuple(map(_correction, data.get("corrections", ()))),
        "withdrawn": _withdrawal(data.get("withdrawn")),
    }
    return Release(**{**data, **read})


def _correction(data: dict[str, Any]) -> Correction:
    date = dt.date.fromisoformat(data["date"])
    return Correction(type=CorrectionType(data["type"]), date=date, note=data["note"])


def _withdrawal(data: dict[str, Any] | None) -> Withdrawal | None:
    if data is None:
        return None
    date = dt.date.fromisoformat(data["date"]) if data["date"] else None
    return Withdrawal(date=date, note=data["note"])


def _passage(data: dict[str, Any]) -> Passage:
    return Passage(**{**data, "state": State(data.get("state", State.INITIAL))})


def _text(data: dict[str, Any]) -> Text:
    codes = tuple(Code(**{**code, "kind": CodeKind(code["kind"])}) for code in data["codes"])
    return Text(data["plain"], codes)
