"""What is wrong with a text, and what was decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How much a fault costs the reader (MQM)."""

    MINOR = 1
    MAJOR = 2
    CRITICAL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something wrong with a text: where, what, how bad, and what would mend it."""

    check: str
    severity: Severity
    message: str
    path: str = ""
    line: int = 0
    """From 1; in a file without lines the paragraph, of which the title is the first."""
    column: int = 0
    """Of the first character that is meant, from 1, in characters; 0: the line as a whole."""
    end_line: int = 0
    end_column: int = 0
    """Where it ends: the column behind the last character."""
    key: str = ""
    start: int = 0
    end: int = 0
    """Span in the plain target (or, for a source check, the source); empty when it is all of it."""
    suggestion: str = ""
    """Text that may stand in the place of the span; empty where the tool cannot know."""
    about: str = ""
    """Which of several things a check looks for: the id of a concept; empty for most checks."""
    source_start: int = 0
    source_end: int = 0
    """Span in the plain source of what the issue rests on; empty where it rests on none."""
    evidence: str = ""
    """How it was recognised, as "операциясының = операция + POSS.3 GEN"."""

    @property
    def place(self) -> str:
        """``path:line:column``, as far as it is known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    @property
    def advice(self) -> str:
        """The message, and what may stand in the place of the span, where that is known."""
        return f"{self.message} → {self.suggestion}" if self.suggestion.strip() else self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A person's decision that an issue is none. It holds for these two texts and no others."""

    check: str
    key: str
    source: str
    """Hash of the unit's source when it was decided; see ``stages.waive``."""
    target: str
    reason: str
    who: str
    when: str
    """ISO date."""
    about: str = ""
    until: str = ""
    """ISO date of the last day it holds; empty: as long as the texts do."""
    path: str = ""
    line: int = 0
