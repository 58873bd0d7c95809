"""``workflow glossary list``."""

from pathlib import Path

import click

from workflow.model import Concept, TermStatus
from workflow.pipeline.glossary import list_concepts
from workflow.stores.project import open_project


@click.command("list")
@click.pass_obj
def command(where: Path) -> int:
    """Print the concepts, a line each: id, tab, the preferred terms of each language.

    Terms may be kept in a language that the newsroom does not publish in yet; it is told.
    """
    project = open_project(where)
    tags = project.settings.languages
    concepts = list_concepts(project)
    for tag in sorted({tag for concept in concepts for tag, _ in concept.terms} - {*tags}):
        click.echo(f"there are terms in {tag}, which this newsroom does not publish in", err=True)
    for concept in concepts:
        cells = (f"{tag}: {terms}" for tag in tags if (terms := _preferred(concept, tag)))
        click.echo("\t".join((concept.id, *cells)))
    return 0


def _preferred(concept: Concept, tag: str) -> str:
    terms = concept.terms_in(tag)
    return ", ".join(term.text for term in terms if term.status is TermStatus.PREFERRED)
