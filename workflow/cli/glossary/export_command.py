"""``workflow glossary export``."""

from pathlib import Path

import click

from workflow.pipeline.glossary import FORMATS, export_glossary
from workflow.stores.project import open_project, wanted_languages


@click.command("export")
@click.option("--format", "name", required=True, type=click.Choice(FORMATS), help="What to write.")
@click.option("--lang", "tag", default="", metavar="TAG", help="Only this and the source language.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def command(where: Path, name: str, tag: str, file: Path) -> int:
    """Write the glossary into FILE for another tool. A file that is there is replaced.

    tbx holds everything. csv and tsv have a row a term, and not where a form comes from. po has
    two languages and wants --lang; it holds terms, statuses, parts of speech, heads, what stays as
    it is, and explanations.
    """
    project = open_project(where)
    if tag:
        wanted_languages(project, (tag,))
    report = export_glossary(project, file, name, tag=tag)
    left = f", {report.left_out} have no place in it" if report.left_out else ""
    click.echo(f"{file}: {report.concepts} concepts{left}", err=True)
    return 0
