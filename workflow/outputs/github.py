"""GitHub's workflow commands: annotations beside the changed lines.

GitHub shows ten annotations of a level a step and drops the rest without a word, so the worst come
first and a last line says how many there are.
Source: GitHub Docs, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections.abc import Iterator

from workflow.model import Issue, Severity
from workflow.plugins import Outcome, Output

LEVELS = {Severity.MINOR: "warning", Severity.MAJOR: "error", Severity.CRITICAL: "error"}
"""What GitHub and SARIF call a severity."""
_SHOWN = 10  # annotations of one level a step


def _write(outcome: Outcome) -> Iterator[str]:
    issues = sorted(outcome.issues, key=lambda issue: -issue.severity)
    for issue in issues:
        text = _message(f"{issue.advice} [{issue.check}]")
        yield f"::{LEVELS[issue.severity]} {_place(issue)}::{text}"
    for level in sorted(set(LEVELS.values())):
        count = sum(LEVELS[issue.severity] == level for issue in issues)
        if count > _SHOWN:
            yield f"::notice::{count} {level}s were found; GitHub shows the first {_SHOWN}"


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
