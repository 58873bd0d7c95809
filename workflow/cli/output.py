"""How issues and faults are printed: stdout carries data, stderr talks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from typing import Any

import click

from workflow.errors import WorkflowError
from workflow.model import Issue, Severity
from workflow.plugins import Outcome, Output, discover
from workflow.stages.damage import Damage

SCREEN = 8  # lines of one kind
OUTPUTS: dict[str, Output] = discover("workflow.outputs", "OUTPUT")
_COLOURS = {Severity.MINOR: "yellow", Severity.MAJOR: "red", Severity.CRITICAL: "red"}

format_option = click.option(
    "--output-format",
    type=click.Choice(("text", *OUTPUTS)),
    default="text",
    help="How to print what was found.",
)


def issue_line(issue: Issue, *, evidence: bool = False) -> str:
    """``path:line:column: severity: message [check]``, with how it was recognised if asked."""
    name = issue.severity.name.lower()
    why = f" ({issue.evidence})" if evidence and issue.evidence else ""
    return f"{issue.place}: {name}: {issue.advice}{why} [{issue.check}]"


def print_issues(issues: Iterable[Issue], *, evidence: bool = False) -> None:
    """Print issues for people, on stdout."""
    for issue in issues:
        click.secho(issue_line(issue, evidence=evidence), fg=_COLOURS[issue.severity])


def print_outcome(outcome: Outcome, *, output_format: str, evidence: bool = False) -> None:
    """Print what was found, on stdout. ``evidence`` is for people; programs always get it."""
    if output_format == "text":
        print_issues(outcome.issues, evidence=evidence)
        return
    for line in OUTPUTS[output_format].write(outcome):
        click.echo(line)


def print_faults(faults: Iterable[WorkflowError]) -> None:
    """Print what could not be read or used, a line each, on stderr."""
    for fault in faults:
        click.secho(f"error: {fault}", fg="red", err=True)


def print_at_source(found: Sequence[tuple[str, int]]) -> None:
    """Print how many hard issues sources have as they are written, a line each, on stderr."""
    for path, count in found[:SCREEN]:
        what = "1 hard issue" if count == 1 else f"{count} hard issues"
        text = f"{path}: {what} in the text as it is written: workflow check {path}"
        click.secho(text, fg="yellow", err=True)
    if len(found) > SCREEN:
        click.secho(f"… and in {len(found) - SCREEN} more sources: workflow check", err=True)


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

    try:
        yield step
    finally:
        if shown:
            click.echo("\r\033[K", nl=False, err=True)


Step = Callable[[int, int], None]
