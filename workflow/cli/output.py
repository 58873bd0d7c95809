"""How issues and faults are printed: stdout carries data, stderr talks."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import click

from workflow.errors import WorkflowError
from workflow.model import Issue, Severity
from workflow.stages.damage import Damage

FORMATS = ("text", "json", "jsonl", "github")
_COLOURS = {Severity.MINOR: "yellow", Severity.MAJOR: "red", Severity.CRITICAL: "red"}
_LEVELS = {Severity.MINOR: "warning", Severity.MAJOR: "error", Severity.CRITICAL: "error"}

format_option = click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default="text",
    help="How to print what was found.",
)


def issue_line(issue: Issue, *, evidence: bool = False) -> str:
    """``path:line: severity: message [check]``, with how it was recognised if asked."""
    place = ":".join(str(part) for part in (issue.path, issue.line or "") if part)
    name = issue.severity.name.lower()
    suggestion = f" → {issue.suggestion}" if issue.suggestion.strip() else ""
    why = f" ({issue.evidence})" if evidence and issue.evidence else ""
    return f"{place}: {name}: {issue.message}{suggestion}{why} [{issue.check}]"


def print_issues(
    issues: Iterable[Issue], *, output_format: str = "text", evidence: bool = False
) -> None:
    """Print issues on stdout. ``evidence`` is for text; the data formats always have it."""
    if output_format == "json":
        data = [_data(issue) for issue in issues]
        click.echo(json.dumps({"version": 1, "issues": data}, ensure_ascii=False, indent=2))
        return
    for issue in issues:
        if output_format == "jsonl":
            click.echo(json.dumps(_data(issue), ensure_ascii=False))
        elif output_format == "github":
            click.echo(_annotation(issue))
        else:
            click.secho(issue_line(issue, evidence=evidence), fg=_COLOURS[issue.severity])


def print_faults(faults: Iterable[WorkflowError]) -> None:
    """Print what could not be read or used, a line each, on stderr."""
    for fault in faults:
        click.secho(f"error: {fault}", fg="red", err=True)


def print_damages(damages: Iterable[tuple[str, Damage]]) -> None:
    """Print what tools did to catalogues, each with what mends it, on stderr."""
    for path, found in damages:
        place = f"{path}:{found.line}" if found.line else path
        click.secho(f"warning: {place}: {found.what}", fg="yellow", err=True)
        click.echo(f"         → {found.mend}", err=True)


@contextmanager
def progress(label: str) -> Any:
    """A bar on a terminal, after a second; nothing elsewhere."""
    started = time.monotonic()
    shown = False

    def step(done: int, total: int) -> None:
        nonlocal shown
        if sys.stderr.isatty() and time.monotonic() - started > 1:
            shown = True
            width = 30 * done // max(total, 1)
            bar = "█" * width + "░" * (30 - width)
            click.echo(f"\r{label} {bar} {done}/{total}", nl=False, err=True)

    yield step
    if shown:
        click.echo("\r\033[K", nl=False, err=True)


Step = Callable[[int, int], None]


def _data(issue: Issue) -> dict[str, Any]:
    return {**asdict(issue), "severity": issue.severity.name.lower()}


def _annotation(issue: Issue) -> str:
    text = f"{issue.message} [{issue.check}]"
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(char, code)
    return f"::{_LEVELS[issue.severity]} file={issue.path},line={max(issue.line, 1)}::{text}"
