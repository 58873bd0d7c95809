"""``workflow waivers``."""

from pathlib import Path

import click

from workflow.pipeline.waive import list_waivers
from workflow.stores.project import open_project, wanted_languages


@click.command("waivers")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.pass_obj
def command(where: Path, tags: tuple[str, ...]) -> int:
    """List what people decided to be no mistake, with who, when and why.

    Exit code 1 when one of the decisions does nothing any more.
    """
    project = open_project(where)
    count = untidy = 0
    for listed in list_waivers(project, wanted_languages(project, tags)):
        waiver = listed.waiver
        name = f"{waiver.check}:{waiver.about}" if waiver.about else waiver.check
        until = f", until {waiver.until}" if waiver.until else ""
        place = f"{waiver.path}:{waiver.line}"
        click.echo(f"{place}: {name}: {waiver.reason} ({waiver.who}, {waiver.when}{until})")
        if listed.fault:
            click.secho(f"  {listed.fault}", fg="yellow")
        count += 1
        untidy += bool(listed.fault)
    click.echo(f"{count} waivers, {untidy} to take out", err=True)
    return 1 if untidy else 0
