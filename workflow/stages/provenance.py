"""Verdict → what is kept of its making, as JSON; and ``provenance.json``, which stands by the page.

It holds names, hashes and states, and no text: a unit that is not accepted shows as its key, which
is a hash of the source that readers see in its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from posixpath import basename, dirname
from typing import Any

from workflow.model import (
    FileMark,
    Page,
    Provenance,
    State,
    Unit,
    UnitMark,
    Waiver,
    WaiverMark,
)
from workflow.stages.waive import text_hash

FILE = "provenance.json"
_VERSION = 1
_FILES = ("source", "catalogue", "glossary")


def provenance_path(page: str) -> str:
    """Where the provenance of a page stands: beside it."""
    return f"{dirname(page)}/{FILE}"


def unit_mark(unit: Unit) -> UnitMark:
    """``unit`` as it is, without its texts."""
    target = text_hash(unit.target) if unit.is_accepted else ""
    return UnitMark(key=unit.key, state=unit.state, target=target)


def waiver_marks(waivers: Iterable[Waiver]) -> tuple[WaiverMark, ...]:
    """Waivers without what people said of them."""
    return tuple(WaiverMark(check=one.check, key=one.key, about=one.about) for one in waivers)


def provenance_line(made: Provenance) -> str:
    """``made`` as one line of JSON: what a snapshot keeps of it."""
    data: dict[str, Any] = {
        "release": made.slug,
        "language": made.language,
        "original": made.original,
        **{name: _file(getattr(made, name)) for name in _FILES},
        "program": made.program,
        "gate": made.gate,
        "checks": list(made.checks),
        "waivers": [[one.check, one.key, one.about] for one in made.waivers],
        "units": _by_state(made.units),
    }
    return _text(data)


def provenance_of(data: Mapping[str, Any]) -> Provenance:
    """What `provenance_line` wrote, or a ``provenance.json``.

    Raises `ValueError`, `KeyError` or `TypeError` for what is neither.
    """
    files = {name: FileMark(**data[name]) if data[name] else None for name in _FILES}
    if files["source"] is None or files["catalogue"] is None:
        raise ValueError("no source or no catalogue is named")
    return Provenance(
        slug=data["release"],
        language=data["language"],
        original=data["original"],
        source=files["source"],
        catalogue=files["catalogue"],
        glossary=files["glossary"],
        program=data["program"],
        gate=data["gate"],
        checks=tuple(data["checks"]),
        waivers=tuple(
            WaiverMark(check=check, key=key, about=about) for check, key, about in data["waivers"]
        ),
        units=tuple(
            UnitMark(key=key, state=State(state), target=target)
            for state, units in data["units"].items()
            for key, target in units.items()
        ),
    )


def provenance_page(line: str, page: Page, *, moment: str, build: int) -> Page:
    """``provenance.json`` for ``page``, made at ``moment`` (UTC) for ``build``.

    ``line`` is what its snapshot keeps; where it keeps none, only the page itself is named.
    """
    data = {
        "version": _VERSION,
        "page": basename(page.path),
        "sha256": sha256(page.content.encode("utf-8")).hexdigest(),
        "made": moment,
        "build": build,
        **(json.loads(line) if line else {}),
    }
    return Page(path=provenance_path(page.path), content=_text(data) + "\n")


def _by_state(units: Iterable[UnitMark]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for one in units:
        found.setdefault(one.state.value, {})[one.key] = one.target
    return found


def _file(mark: FileMark | None) -> dict[str, str] | None:
    return {"path": mark.path, "sha256": mark.sha256, "git": mark.git} if mark else None


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
