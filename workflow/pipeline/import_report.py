"""What import answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from workflow.errors import WorkflowError
from workflow.model import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One release that was brought in, or was there already."""

    slug: str
    path: str
    title: str
    date: dt.date | None
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What import did."""

    written: tuple[Written, ...]
    skipped: tuple[Written, ...]
    """There already: the same item was imported before."""
    dropped: tuple[str, ...]
    """``path:line: text`` of the remains left out."""
    issues: tuple[Issue, ...]
    errors: tuple[WorkflowError, ...]
    learned: tuple[str, ...] = ()
    """Lines added to the boilerplate of workflow.toml."""

    @property
    def exit_code(self) -> int:
        """2 when a file could not be read or written; suspicions do not fail an import."""
        return 2 if self.errors else 0
