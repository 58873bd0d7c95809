"""``workflow glossary``."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import click

from workflow.errors import UsageError
from workflow.languages import Language, language
from workflow.model import Concept, Term, TermStatus
from workflow.pipeline.glossary import FORMATS, export_glossary, import_glossary, list_concepts
from workflow.stores.project import open_project, wanted_languages
from workflow.terminology.index import TermIndex


@click.group("glossary")
def command() -> None:
    """Try and keep the terms of the house."""


@command.command("match")
@click.option("--lang", "tag", required=True, metavar="TAG", help="Language of term and text.")
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8-sig"),
    metavar="FILE",
    help="Lines of term, tab, text; - reads standard input.",
)
@click.argument("words", nargs=-1, metavar="[TERM TEXT]")
def match(tag: str, batch: TextIO | None, words: tuple[str, ...]) -> int:
    """Tell whether a text has a term in any of its forms, before you adopt the term.

    Prints term, text, yes or no, the form that was found, and why, with tabs between. Exit code 1
    when a text has not its term.
    """
    rules = language(tag)
    pairs = _pairs(batch) if batch is not None else iter([_pair(words)])
    missing = False
    for term, text in pairs:
        form, why = tried(term, text, rules)
        missing = missing or not form
        click.echo("\t".join((term, text, "yes" if form else "no", form, why)))
    return int(missing)


@command.command("list")
@click.pass_obj
def list_command(where: Path) -> int:
    """Print the concepts, a line each: id, tab, the preferred terms of each language."""
    project = open_project(where)
    tags = project.settings.languages
    for concept in list_concepts(project):
        cells = (f"{tag}: {terms}" for tag in tags if (terms := _preferred(concept, tag)))
        click.echo("\t".join((concept.id, *cells)))
    return 0


@command.command("export")
@click.option("--format", "name", required=True, type=click.Choice(FORMATS), help="What to write.")
@click.option("--lang", "tag", default="", metavar="TAG", help="Only this and the source language.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_command(where: Path, name: str, tag: str, file: Path) -> int:
    """Write the glossary into FILE for another tool. A file that is there is replaced.

    tbx holds everything. csv and tsv have a row a term, and not where a form comes from. po has
    two languages and wants --lang; it holds terms, statuses, what stays as it is, and explanations.
    """
    project = open_project(where)
    if tag:
        wanted_languages(project, (tag,))
    report = export_glossary(project, file, name, tag=tag)
    left = f", {report.left_out} have no place in it" if report.left_out else ""
    click.echo(f"{file}: {report.concepts} concepts{left}", err=True)
    return 0


@command.command("import")
@click.option("--lang", "tag", default="", metavar="TAG", help="For a file that does not say.")
@click.option("--dry-run", is_flag=True, help="Tell what would be taken, change nothing.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_command(where: Path, tag: str, dry_run: bool, file: Path) -> int:
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


def _preferred(concept: Concept, tag: str) -> str:
    terms = concept.terms_in(tag)
    return ", ".join(term.text for term in terms if term.status is TermStatus.PREFERRED)


def tried(term: str, text: str, rules: Language) -> tuple[str, str]:
    """The form of ``term`` that stands in ``text``, "" when none does, and what it is."""
    hit = next(_index(term, rules).find(text), None)
    if hit is None:
        return "", "no form of the term"
    return text[hit.start : hit.end], hit.features or "citation form"


@functools.lru_cache(maxsize=4096)
def _index(term: str, rules: Language) -> TermIndex:
    letters = [char for char in term if char.isalpha()]
    is_short = len(letters) > 1 and all(map(str.isupper, letters)) and " " not in term
    entry = Term(text=term, abbreviation=is_short)
    return TermIndex([Concept(id="tried", terms=((rules.tag, (entry,)),))], rules)


def _pair(words: tuple[str, ...]) -> tuple[str, str]:
    if len(words) != 2:
        hint = 'workflow glossary match --lang kk ұйым "ұйымның жарғысы"; or --batch FILE'
        raise UsageError("a term and a text are wanted", hint=hint)
    return words[0], words[1]


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        term, tab, text = line.rstrip("\r\n").partition("\t")
        if not tab or not term.strip():
            raise UsageError(
                f"line {number}: no tab between a term and a text", hint="term<TAB>text"
            )
        yield term.strip(), text
