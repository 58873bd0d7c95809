"""``workflow import``."""

from pathlib import Path

import click

from workflow.cli.output import format_option, print_faults, print_outcome
from workflow.pipeline.imports import import_files
from workflow.plugins import Outcome
from workflow.stores.project import open_project


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show it all, write nothing.")
@click.option("--learn", is_flag=True, help="Keep lines that recur over many files as boilerplate.")
@format_option
@click.pass_obj
def command(
    where: Path,
    files: tuple[Path, ...],
    dry_run: bool,
    learn: bool,
    output_format: str,
) -> int:
    """Turn foreign material into releases under sources/.

    FILES may be Markdown, text, HTML, DOCX, a dump of several items, or folders of these. Nothing
    that exists is overwritten; the same input twice writes nothing new.
    """
    project = open_project(where)
    report = import_files(
        project.root, project.settings, files, dry_run=dry_run, learn_boilerplate=learn
    )
    print_faults(report.errors)
    print_outcome(
        Outcome(issues=tuple(report.issues), faults=tuple(map(str, report.errors))),
        output_format=output_format,
    )
    for place in report.dropped:
        click.echo(f"dropped {place}", err=True)
    for item in report.written:
        click.echo(f"{'would write' if dry_run else 'wrote'} {item.path}: {item.title}", err=True)
    for line in report.learned:
        click.echo(f"learned boilerplate: {line}", err=True)
    skipped = len(report.skipped)
    click.echo(
        f"{len(report.written)} releases, {skipped} there already, "
        f"{len(report.dropped)} lines dropped, {len(report.issues)} to look at",
        err=True,
    )
    return report.exit_code
