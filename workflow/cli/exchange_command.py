"""``workflow exchange``."""

from pathlib import Path

import click

from workflow.cli.output import format_option, print_faults, print_outcome
from workflow.pipeline.exchange import hand_out_files, take_back_files
from workflow.plugins import Outcome
from workflow.stages.take_back import Fate
from workflow.stores.project import open_project, wanted_languages


@click.group("exchange")
def command() -> None:
    """Give catalogues to translators as files of their tools, and take the files back.

    A file is one release in one language, as XLIFF or as a table. It may come back late: every
    unit is compared with the catalogue as it is now, and nothing that a person wrote is lost.
    """


@command.command("export")
@click.option("--lang", "tag", required=True, metavar="TAG", help="The translator's language.")
@click.option("--format", "name", required=True, metavar="FORMAT", help="See below.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the files; without it, exchange/ in the newsroom.",
)
@click.option(
    "--all/--open",
    "everything",
    default=True,
    help="Every unit (the usual), or only those that nobody has accepted.",
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.pass_obj
def export_command(
    where: Path,
    tag: str,
    name: str,
    output: Path | None,
    everything: bool,
    slugs: tuple[str, ...],
) -> int:
    """Write <slug>.<tag>.<suffix> for each release, or for those named.

    FORMAT is xliff21, xliff12, csv or xlsx. A file that was worked on and not yet taken back is
    not overwritten.
    """
    project = open_project(where)
    wanted_languages(project, (tag,))
    report = hand_out_files(
        project, tag, name, only=slugs, output=output, is_open_only=not everything
    )
    print_faults(report.faults)
    for path in report.written:
        click.echo(path)
    for warning in report.warnings:
        click.secho(warning, fg="yellow", err=True)
    done = f", {len(report.finished)} with nothing open" if report.finished else ""
    click.echo(f"{tag}: {len(report.written)} files{done}", err=True)
    return 2 if report.faults else 0


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would be taken, change nothing.")
@click.option(
    "--accept", is_flag=True, help="Every target was reviewed: none stays fuzzy for its state."
)
@format_option
@click.pass_obj
def import_command(
    where: Path, files: tuple[Path, ...], dry_run: bool, accept: bool, output_format: str
) -> int:
    """Take files back into their catalogues.

    A line for each unit that was held, or taken with a reservation: file:line: severity: what.
    Exit code 1 when one was held.
    """
    project = open_project(where)
    report = take_back_files(project, files, dry_run=dry_run, is_accepted=accept)
    print_faults(report.faults)
    print_outcome(
        Outcome(issues=tuple(report.issues), faults=tuple(map(str, report.faults))),
        output_format=output_format,
    )
    for path in report.written:
        click.echo(f"{'would change' if dry_run else 'changed'} {path}", err=True)
    counts = ", ".join(f"{report.counts[fate]} {fate}" for fate in Fate)
    click.echo(f"{len(files)} files: {counts}", err=True)
    return report.exit_code
