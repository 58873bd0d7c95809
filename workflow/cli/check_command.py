"""``workflow check``."""

from pathlib import Path

import click

from workflow.cli.output import format_option, print_faults, print_outcome
from workflow.errors import UsageError
from workflow.model import Severity
from workflow.pipeline.check import check_catalogs, check_sources
from workflow.pipeline.judge import all_checks
from workflow.pipeline.newsroom import source_named
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
@click.argument("files", nargs=-1, metavar="[SOURCE]...")
@click.pass_obj
def command(
    where: Path,
    tags: tuple[str, ...],
    only: tuple[str, ...],
    folder: Path | None,
    report_tag: str | None,
    evidence: bool,
    output_format: str,
    files: tuple[str, ...],
) -> int:
    """Report what is wrong with the translations, and with the releases as they are written.

    With files of sources/, only with those releases as they are written. An issue is a line:
    file:line:column: severity: message [check]. Exit code 1 when one reaches the gate of
    workflow.toml.
    """
    project = open_project(where)
    wanted = wanted_languages(project, tags)
    shown_in = report_tag or project.settings.source_language
    if folder is not None:
        refuse_place(project, folder, shown_in)
    elif report_tag:
        raise UsageError("--report-lang is for --report", hint="--report out/")
    if files and (tags or only):
        raise UsageError(
            "a source is checked in its own language", hint="without --lang, --release"
        )
    report = (
        check_sources(project, [source_named(project, name) for name in files])
        if files
        else check_catalogs(project, wanted, only=only)
    )
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
    click.echo(f"{report.sources} sources, {report.catalogs} catalogues: {counts}", err=True)
    if folder is not None:
        file, secrets = write_report(project, report, folder, tags=wanted, tag=shown_in)
        click.echo(f"report: {file}", err=True)
        for secret in secrets:
            click.secho(f"{file}: {secret}; keep it safe", fg="yellow", err=True)
    return report.exit_code
