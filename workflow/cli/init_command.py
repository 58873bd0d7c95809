"""``workflow init``."""

from pathlib import Path

import click

from workflow.pipeline.init import init


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> int:
    """Make a new newsroom in DIR: settings, a first release, catalogues in four languages."""
    report = init(folder.resolve())
    for name in report.kept:
        click.echo(f"{name}: was there, stays as it is", err=True)
    click.echo(f"{len(report.written)} files in {folder}. Next:")
    click.echo(f"  cd {folder}")
    click.echo("  workflow publish --lang en")
    click.echo("  git init && workflow merge-driver --install   # where git keeps the history")
    return 0
