"""JUnit XML, as CI servers read it: a suite a catalogue, a case an issue.

What does not reach the gate is told in the case without failing it. A suite without a fault has
one case that passes. There is no standard; this is the part that Jenkins, GitLab and GitHub
reporters share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from workflow.model import Issue, Severity
from workflow.plugins import Outcome, Output
from workflow.stages.xml_text import xml_text


def _write(outcome: Outcome) -> Iterator[str]:
    failing = sum(issue.severity >= outcome.gate for issue in outcome.issues)
    total = len(outcome.issues) + len(outcome.faults) or 1
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites tests="{total}" failures="{failing}" errors="{len(outcome.faults)}">'
    for path, group in groupby(sorted(outcome.issues, key=_path), key=_path):
        yield from _suite(path, tuple(group), outcome.gate)
    if outcome.faults:
        yield from _faults(outcome.faults)
    if not outcome.issues and not outcome.faults:
        yield '<testsuite name="workflow check" tests="1" failures="0" errors="0">'
        yield '<testcase classname="workflow" name="nothing is wrong"/>'
        yield "</testsuite>"
    yield "</testsuites>"


def _path(issue: Issue) -> str:
    return issue.path


def _suite(path: str, issues: Sequence[Issue], gate: Severity) -> Iterator[str]:
    failing = sum(issue.severity >= gate for issue in issues)
    yield f'<testsuite name={_quoted(path)} tests="{len(issues)}" failures="{failing}" errors="0">'
    for issue in issues:
        name = f"{issue.check}:{issue.about}" if issue.about else issue.check
        text = f"{issue.place}: {issue.advice}"
        yield f"<testcase classname={_quoted(path)} name={_quoted(f'{name} {issue.place}')}>"
        if issue.severity >= gate:
            yield f'<failure type="{issue.severity.name.lower()}">{xml_text(text)}</failure>'
        else:
            yield f"<system-out>{xml_text(text)}</system-out>"
        yield "</testcase>"
    yield "</testsuite>"


def _faults(faults: Sequence[str]) -> Iterator[str]:
    yield f'<testsuite name="unreadable" tests="{len(faults)}" failures="0" errors="{len(faults)}">'
    for fault in faults:
        yield f'<testcase classname="workflow" name={_quoted(fault)}>'
        yield f"<error message={_quoted(fault)}/>"
        yield "</testcase>"
    yield "</testsuite>"


def _quoted(text: str) -> str:
    return f'"{xml_text(text)}"'


OUTPUT = Output(name="junit", write=_write)
