"""``workflow memory export``."""

from pathlib import Path

import click

from workflow.cli.output import print_faults
from workflow.errors import UsageError
from workflow.pipeline.memory_export import export_memory
from workflow.stores.project import open_project, wanted_targets


@click.command("export")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.option("--imported", is_flag=True, help="Imported memories too.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def command(where: Path, tags: tuple[str, ...], imported: bool, file: Path) -> int:
    """Write what was accepted into FILE (TMX 1.4). A file that is there is replaced.

    What is under embargo, withheld or confidential is left out.
    """
    project = open_project(where)
    wanted = wanted_targets(project, tags)
    if not wanted:
        source = project.settings.source_language
        raise UsageError(f"{source} is the language that is translated from", hint="--lang TAG")
    report = export_memory(project, file, tags=wanted, imported=imported)
    print_faults(report.faults)
    for slug, count in report.secret:
        click.echo(f"{slug}: {count} units left out, the release is not for others yet", err=True)
    click.echo(f"{file}: {report.units} units", err=True)
    return 2 if report.faults else 0
