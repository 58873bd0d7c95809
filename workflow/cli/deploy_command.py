"""``workflow deploy``."""

from __future__ import annotations

from pathlib import Path

import click

from workflow.cli.output import progress
from workflow.pipeline.deploy import deploy
from workflow.stores.project import open_project

_SCREEN = 8


@click.command("deploy")
@click.option("--target", "name", default="", metavar="NAME", help="[deploy.NAME] of the settings.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent, send nothing.")
@click.option("--prune", is_flag=True, help="Then delete what earlier builds had brought there.")
@click.pass_obj
def command(where: Path, name: str, dry_run: bool, prune: bool) -> None:
    """Bring what readers see to where it is served from: a folder, rsync, or an object store.

    Only what differs is sent: pages first, then the lists that lead to them, then feeds and
    sitemaps. Stopped half-way, it goes on where it was. Nothing is deleted without --prune, and
    never what came there another way.
    """
    with progress("deploy") as step:
        done = deploy(open_project(where), name, dry_run=dry_run, prune=prune, progress=step)
    verb = "would be sent" if dry_run else "sent"
    click.echo(f"{done.name}: {len(done.sent)} files {verb}, {done.same} there already: {done.to}")
    if dry_run:
        for path in done.sent[:_SCREEN]:
            click.echo(f"  {path}")
        if len(done.sent) > _SCREEN:
            click.echo(f"  … and {len(done.sent) - _SCREEN} more")
    if done.deleted:
        click.echo(f"{len(done.deleted)} files {'would be ' * dry_run}deleted")
    if done.left:
        click.echo(
            f"{len(done.left)} files of earlier builds are still there: --prune deletes them"
        )
