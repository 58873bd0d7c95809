"""What the words of a published page were made from, and how far each unit had come."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.model.units import State


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMark:
    """A file as it was. ``git cat-file -p`` and the id of git give the very bytes again."""

    path: str
    """Relative to the project."""
    sha256: str
    git: str
    """The name that git gives to these bytes (a blob's SHA-1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMark:
    """A unit as it was when the release was judged."""

    key: str
    state: State
    target: str = ""
    """Hash of the accepted target; empty where there was none, and readers see the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverMark:
    """A decision that held. Who took it and why is nobody's business outside the newsroom."""

    check: str
    key: str
    about: str = ""
    """One concept of several; empty for all that the check looks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What stands behind the published words of one release in one language."""

    slug: str
    language: str
    original: str
    """The language it was written in."""
    source: FileMark
    catalogue: FileMark
    glossary: FileMark | None
    """None where the newsroom has no glossary."""
    program: str
    """The version that judged it."""
    gate: str
    """The severity from which an issue would have held it back."""
    checks: tuple[str, ...]
    waivers: tuple[WaiverMark, ...] = ()
    units: tuple[UnitMark, ...] = ()
