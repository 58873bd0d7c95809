"""``workflow check``."""

from pathlib import Path

import click

from workflow.cli.output import format_option, print_faults, print_outcome
from workflow.errors import UsageError
from workflow.model import Severity
from workflow.pipeline.check import check_catalogs
from workflow.pipeline.judge import all_checks
from workflow.pipeline.report import refuse_place, write_report
from workflow.plugins import Outcome
from workflow.stores.project import open_project, wanted_languages


@click.command("check")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.option("--release", "only", multiple=True, metavar="SLUG", help="Only this release.")
@click.option(
    "--report",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write DIR/index.html too, a page to look through the issues.",
)
@click.option(
    "--report-lang",
    "report_tag",
    metavar="TAG",
    help="Language of that page; without it, the newsroom's source language.",
)
@click.option("--evidence", is_flag=True, help="Tell how each term was recognised.")
@format_option
@click.pass_obj
def command(
    where: Path,
    tags: tuple[str, ...],
    only: tuple[str, ...],
    folder: Path | None,
    report_tag: str | None,
    evidence: bool,
    output_format: str,
) -> int:
    """Report what is wrong with the translations.

    An issue is a line: file:line: severity: message [check]. Exit code 1 when one reaches the gate
    of workflow.toml.
    """
    project = open_project(where)
    wanted = wanted_languages(project, tags)
    shown_in = report_tag or project.settings.source_language
    if folder is not None:
        refuse_place(project, folder, shown_in)
    elif report_tag:
        raise UsageError("--report-lang is for --report", hint="--report out/")
    report = check_catalogs(project, wanted, only=only)
    print_faults(report.faults)
    outcome = Outcome(
        issues=report.issues,
        waived=report.waived,
        checks=all_checks(project.settings),
        gate=report.gate,
        faults=tuple(map(str, report.faults)),
    )
    print_outcome(outcome, output_format=output_format, evidence=evidence)
    counts = ", ".join(
        f"{sum(issue.severity is level for issue in report.issues)} {level.name.lower()}"
        for level in reversed(Severity)
    )
    click.echo(f"{report.catalogs} catalogues: {counts}", err=True)
    if folder is not None:
        file, secrets = write_report(project, report, folder, tags=wanted, tag=shown_in)
        click.echo(f"report: {file}", err=True)
        for secret in secrets:
            click.secho(f"{file}: {secret}; keep it safe", fg="yellow", err=True)
    return report.exit_code
