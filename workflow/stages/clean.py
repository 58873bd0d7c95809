"""A foreign release as a format read it → the release without what is not its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workflow.languages import Language
from workflow.languages import language as language_of
from workflow.model import BlockKind, Issue, Release, Severity
from workflow.plugins import Reading
from workflow.stages.boilerplate import Dropped, without_remains
from workflow.stages.deduce import date_of, headline_of, section_of
from workflow.stages.suspect import suspect

_DATED_NAME = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_FINAL_STOP = re.compile(r"(?<=[^\W\d_]{4})\.\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A release, the remains that were left out, and what looks wrong."""

    release: Release
    dropped: tuple[Dropped, ...]
    issues: tuple[Issue, ...]


def clean(
    reading: Reading, *, path: str, default_language: str, boilerplate: Sequence[str] = ()
) -> Cleaned:
    """Drop remains at the edges of the body, and boilerplate of the house anywhere.

    A title that is missing is made of the text, a missing date is taken from the file's name or
    from the first sentences; both are reported.
    """
    issues = list(reading.issues)
    blocks, dropped = without_remains(reading.release.blocks, boilerplate=boilerplate)
    release = replace(
        reading.release,
        title=_FINAL_STOP.sub("", " ".join(reading.release.title.split())),
        language=reading.release.language or default_language,
        blocks=blocks,
    )
    rules = language_of(release.language)
    release = _titled(release, issues, path, rules)
    release = _dated(release, issues, path, rules)
    _want_words(release, issues, path)
    if not release.section:
        release = replace(release, section=section_of(release.title, blocks, rules))
    issues.extend(suspect(release, path=path))
    issues.sort(key=lambda issue: (issue.line, issue.check))
    return Cleaned(release=release, dropped=dropped, issues=tuple(issues))


def has_words(release: Release) -> bool:
    """Whether there is anything to read under the title."""
    return any(
        block.kind is not BlockKind.VERBATIM and any(map(str.isalnum, block.text.plain))
        for block in release.blocks
    )


def _titled(release: Release, issues: list[Issue], path: str, rules: Language) -> Release:
    if release.title or not release.blocks:
        return release
    block = release.blocks[0]
    title = headline_of(block.text.plain, rules)
    message = f"no title: “{title}” is made of the text; write a better one"
    _say(issues, "import-title", message, path, block.line)
    return replace(release, title=title)


def _dated(release: Release, issues: list[Issue], path: str, rules: Language) -> Release:
    if release.date is not None:
        return release
    date, where, line = _named_date(path), "the file's name", 1
    if date is None:
        found = date_of(release.title, release.blocks, rules, line=1)
        # Further down a single release names days of all kinds.
        if found is not None and not found.is_guess:
            date, where, line = found.date, "the first sentences", found.line
    if date is not None:
        _say(issues, "import-date", f"{date} is taken from {where}: check date:", path, line)
    elif not any(issue.check == "import-date" for issue in issues):
        _say(issues, "import-date", "no date: write date: into it", path, 1, Severity.MAJOR)
    return replace(release, date=date)


def _named_date(path: str) -> dt.date | None:
    """The date in the last part of the path, as site generators write it."""
    found = _DATED_NAME.search(path.rpartition("/")[2])
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _want_words(release: Release, issues: list[Issue], path: str) -> None:
    if not has_words(release):
        message = "there is no text under the title; nothing is imported"
        _say(issues, "import-body", message, path, 1, Severity.MAJOR)


def _say(
    issues: list[Issue],
    check: str,
    message: str,
    path: str,
    line: int,
    severity: Severity = Severity.MINOR,
) -> None:
    """Say it in the place of what the format said of the same thing."""
    issues[:] = [issue for issue in issues if issue.check != check]
    issues.append(Issue(check=check, severity=severity, message=message, path=path, line=line))
