"""``workflow memory share``."""

from pathlib import Path

import click

from workflow.cli.output import print_faults
from workflow.pipeline.memory import share_memory
from workflow.stores.project import open_project, wanted_targets


@click.command("share")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.pass_obj
def command(where: Path, tags: tuple[str, ...]) -> int:
    """Bring the shared memory ([memory] url) up to date with what was accepted here.

    What is under embargo, withheld or confidential is never sent, and taken off when it was.
    """
    project = open_project(where)
    source = project.settings.source_language
    faults = 0
    for tag in wanted_targets(project, tags):
        done, refreshed = share_memory(project, source, tag)
        print_faults(refreshed.faults)
        faults += len(refreshed.faults)
        click.echo(f"{tag}: {done.sent} releases sent, {done.withdrawn} taken off", err=True)
    return 2 if faults else 0
