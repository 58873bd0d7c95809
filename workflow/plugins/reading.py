"""The socket of source formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from workflow.model import Issue, Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a source format made of a file."""

    release: Release
    metadata: Mapping[str, object] = field(default_factory=dict)
    """What the file said about itself and `Release` has no field for."""
    issues: tuple[Issue, ...] = ()
    """What looked wrong on the way, with lines of the file."""


class SourceFormat(Protocol):
    """A way to write a release. Reading is pure: bytes in, `Reading` out."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, *, path: str, slug: str, strict: bool = True) -> Reading:
        """Read a release.

        ``strict`` is for files under ``sources/``: an unknown key, a missing title or a date that
        is none raises `SourceError` with path and line. Otherwise (foreign material) the same
        becomes an `Issue`, and the title may be empty.
        """
