"""GitHub's workflow commands: annotations beside the changed lines.

GitHub shows ten annotations of a level a step and drops the rest without a word, so the worst come
first and a last line says how many there are.
Source: GitHub Docs, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections.abc import Iterator

from workflow.model import Issue, Severity
from workflow.plugins import Outcome, Output

_LEVELS = {Severity.MINOR: "warning", Severity.MAJOR: "error", Severity.CRITICAL: "error"}
_SHOWN = 10  # annotations of one level a step


def _write(outcome: Outcome) -> Iterator[str]:
    issues = sorted(outcome.issues, key=lambda issue: -issue.severity)
    for issue in issues:
        yield f"::{_LEVELS[issue.severity]} {_place(issue)}::{_message(_text(issue))}"
    for level in sorted(set(_LEVELS.values())):
        count = sum(_LEVELS[issue.severity] == level for issue in issues)
        if count > _SHOWN:
            yield f"::notice::{count} {level}s were found; GitHub shows the first {_SHOWN}"


def _text(issue: Issue) -> str:
    suggestion = f" → {issue.suggestion}" if issue.suggestion.strip() else ""
    return f"{issue.message}{suggestion} [{issue.check}]"


def _place(issue: Issue) -> str:
    fields = {"file": _property(issue.path), "line": str(max(issue.line, 1))}
    if issue.column:
        fields |= {"col": str(issue.column), "endLine": str(issue.end_line)}
    if issue.column and issue.line == issue.end_line:  # columns are for one line only
        fields["endColumn"] = str(issue.end_column)
    return ",".join(f"{name}={value}" for name, value in fields.items())


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


OUTPUT = Output(name="github", write=_write)
