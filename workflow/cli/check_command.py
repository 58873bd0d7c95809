"""``workflow check``."""

from pathlib import Path

import click

from workflow.cli.output import format_option, print_faults, print_issues
from workflow.model import Severity
from workflow.pipeline.check import check_catalogs
from workflow.stores.project import open_project, wanted_languages


@click.command("check")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.option("--release", "only", multiple=True, metavar="SLUG", help="Only this release.")
@format_option
@click.pass_obj
def command(where: Path, tags: tuple[str, ...], only: tuple[str, ...], output_format: str) -> int:
    """Report what is wrong with the translations.

    An issue is a line: file:line: severity: message [check]. Exit code 1 when one reaches the gate
    of workflow.toml.
    """
    project = open_project(where)
    report = check_catalogs(project, wanted_languages(project, tags), only=only)
    print_faults(report.faults)
    print_issues(report.issues, output_format=output_format)
    counts = ", ".join(
        f"{sum(issue.severity is level for issue in report.issues)} {level.name.lower()}"
        for level in reversed(Severity)
    )
    click.echo(f"{report.catalogs} catalogues: {counts}", err=True)
    return report.exit_code
