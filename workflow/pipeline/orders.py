"""What publish is asked for, and what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from workflow.errors import WorkflowError
from workflow.model import Issue
from workflow.stores.builds import Rollback
from workflow.stores.site import Record

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """What went out, what did not, and why."""

    languages: tuple[str, ...]
    records: tuple[Record, ...]
    """One for each release and language asked for, sorted."""
    fresh: frozenset[tuple[str, str]]
    """(tag, slug) of the releases whose published words are new or changed."""
    gone: tuple[str, ...] = ()
    """Releases that are online and no longer in sources."""
    site: str = ""
    """Where the site is, relative to the project."""
    rendered: int = 0
    """Pages made anew."""
    pages: int = 0
    changed: bool = False
    """A new build is online (in a dry run: would be)."""
    issues: tuple[Issue, ...] = ()
    """What verification found; the build was not put online then."""
    faults: tuple[WorkflowError, ...] = ()
    resumed: Rollback | None = None
    """The rollback that this ends (in a dry run: that would have to be ended)."""
    at_source: tuple[tuple[str, int], ...] = ()
    """(source, how many issues of its own words reach the gate) pairs, those without left out."""

    @property
    def held(self) -> tuple[Record, ...]:
        """What the gate stopped, and what waits for another language."""
        return tuple(r for r in self.records if r.verdict in ("held", "waiting"))

    @property
    def unsaid(self) -> tuple[Record, ...]:
        """Notices of a withdrawal whose note is not translated."""
        return tuple(r for r in self.records if r.verdict == "withdrawn" and r.reasons)

    @property
    def exit_code(self) -> int:
        """0 all out · 1 something held back or the site not fit · 2 something unreadable."""
        if self.faults:
            return 2
        return 1 if self.held or self.unsaid or self.issues else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for."""

    tags: tuple[str, ...]
    now: dt.datetime
    only: tuple[str, ...] = ()
    draft: bool = False
    dry_run: bool = False
    rehearsal: bool = False
    """``now`` is not the real one: a draft goes into a folder that nobody shares."""
    fresh: bool = False
    """Forget what is online and make everything anew from the catalogues."""
    resume: bool = False
    """Somebody went back to an earlier build; this is over."""
    progress: Progress | None = field(default=None, compare=False)
