"""``workflow glossary seed``."""

from pathlib import Path

import click

from workflow.errors import UsageError
from workflow.glossaries.cldr import KINDS
from workflow.pipeline.glossary_growth import seed
from workflow.stores.project import open_project, wanted_languages


@click.command("seed")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only these; may be repeated.")
@click.option(
    "--what",
    default=",".join(KINDS),
    show_default=True,
    metavar="KINDS",
    help="Which names, with commas between.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be added, change nothing.")
@click.pass_obj
def command(where: Path, tags: tuple[str, ...], what: str, dry_run: bool) -> int:
    """Add names of countries, territories and official languages from CLDR to the glossary.

    They come as unreviewed: findings about them hold nothing back until somebody has looked at
    the concept and deleted its status. What the glossary names already stays the house's own, and
    gets nothing. Seeding again adds only what is lacking.
    """
    kinds = [kind.strip() for kind in what.split(",")]
    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(f"“{kind}” cannot be seeded", hint=f"known: {', '.join(KINDS)}")
    project = open_project(where)
    grown = seed(project, wanted_languages(project, tags), kinds, dry_run=dry_run)
    for name in grown.added if dry_run else ():
        click.echo(name)
    told = "would add" if dry_run else "added"
    click.echo(f"{told} {len(grown.added)} concepts, {grown.terms} terms to others", err=True)
    return 0
