"""``workflow sync``."""

from pathlib import Path

import click

from workflow.cli.output import print_at_source, print_damages, print_faults, progress
from workflow.pipeline.sync import sync
from workflow.stores.project import open_project


@click.command("sync")
@click.option("--release", "only", multiple=True, metavar="SLUG", help="Only this release.")
@click.option("--dry-run", is_flag=True, help="Say what would change, change nothing.")
@click.pass_obj
def command(where: Path, only: tuple[str, ...], dry_run: bool) -> int:  # click passes flags so
    """Bring the catalogues up to date with the sources.

    New sentences come in empty, changed ones keep their old translation as fuzzy with the previous
    source, removed ones become obsolete. Accepted units that a change of the glossary puts at fault
    become fuzzy, once, with a comment that says why. Running it again changes nothing.
    """
    project = open_project(where)
    with progress("sync") as step:
        report = sync(project, only=only, dry_run=dry_run, progress=step)
    print_faults(report.faults)
    print_damages(report.damages)
    for path in report.written:
        click.echo(path)
    for line in report.told:
        click.echo(line, err=True)
    for path in report.orphans:
        click.echo(f"{path}: its release is no longer in sources/; kept as it is", err=True)
    print_at_source(report.at_source)
    for tag, number in report.marked:
        units = "1 unit" if number == 1 else f"{number} units"
        click.echo(f"{tag}: the glossary changed, {units} to look at again", err=True)
    verb = "would change" if dry_run else "changed"
    catalogs = report.releases * len(project.settings.languages)
    click.echo(
        f"{report.releases} releases: {len(report.written)} of {catalogs} catalogues {verb}",
        err=True,
    )
    return 2 if report.faults else 0
