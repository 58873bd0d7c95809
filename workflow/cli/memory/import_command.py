"""``workflow memory import``."""

from pathlib import Path

import click

from workflow.pipeline.memory_import import import_memory
from workflow.stores.project import open_project


@click.command("import")
@click.option("--name", default="", metavar="NAME", help="What it is called; else as the file.")
@click.option("--replace", is_flag=True, help="It takes the place of the memory of that name.")
@click.option("--dry-run", is_flag=True, help="Tell what would be taken, change nothing.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def command(where: Path, name: str, replace: bool, dry_run: bool, file: Path) -> int:
    """Bring FILE (TMX) in as locales/memory/NAME.tmx.

    Only the languages of the newsroom are kept. A line for each unit that cannot be used; exit
    code 1 when there is one.
    """
    project = open_project(where)
    report = import_memory(project, file, name=name, replace=replace, dry_run=dry_run)
    for unit in report.refused:
        click.echo(f"{file}:{unit.line}: {unit.why}")
    if report.written:
        click.echo(report.path)
    languages = ", ".join(f"{count} {tag}" for tag, count in report.languages)
    click.echo(
        f"{report.units} units ({languages}), {len(report.refused)} not usable, "
        f"{report.foreign} in other languages",
        err=True,
    )
    return int(bool(report.refused))
