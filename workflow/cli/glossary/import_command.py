"""``workflow glossary import``."""

from pathlib import Path

import click

from workflow.pipeline.glossary import import_glossary
from workflow.stores.project import open_project, wanted_languages


@click.command("import")
@click.option("--lang", "tag", default="", metavar="TAG", help="For a file that does not say.")
@click.option("--dry-run", is_flag=True, help="Tell what would be taken, change nothing.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def command(where: Path, tag: str, dry_run: bool, file: Path) -> int:
    """Merge FILE (TBX, CSV, TSV or PO) into locales/glossary.toml.

    New concepts come to its end, concepts that are there get the terms they lack; nothing that is
    there is changed. A line for each thing that was not taken; exit code 1 when there is one.
    """
    project = open_project(where)
    if tag:
        wanted_languages(project, (tag,))
    report = import_glossary(project, file, tag=tag, dry_run=dry_run)
    for line in report.conflicts:
        click.echo(line)
    for name in report.added:
        click.echo(f"{'would add' if dry_run else 'added'} {name}", err=True)
    click.echo(
        f"{len(report.added)} new concepts, {report.terms} new terms of others, "
        f"{len(report.conflicts)} not taken",
        err=True,
    )
    return report.exit_code
