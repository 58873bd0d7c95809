"""``workflow memory search``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from workflow.cli.output import print_faults
from workflow.errors import UsageError
from workflow.model import Candidate
from workflow.pipeline.memory import (
    open_memory,
    other_language,
    reach_server,
    search_memory,
)
from workflow.stores.project import open_project, wanted_languages


@click.command("search")
@click.option("--lang", "tag", required=True, metavar="TAG", help="The language translated into.")
@click.option("--from", "source", default="", metavar="TAG", help="The language translated from.")
@click.option("--release", "slug", default="", metavar="SLUG", help="As this release may see it.")
@click.option("--most", type=click.IntRange(1, 100), default=5, help="Answers for one text.")
@click.option("--floor", type=click.IntRange(30, 100), help="The least likeness, in per cent.")
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8-sig"),
    metavar="FILE",
    help="A text a line; - reads standard input.",
)
@click.option(
    "--output-format", type=click.Choice(("text", "jsonl")), default="text", help="How to print."
)
@click.argument("text", required=False)
@click.pass_obj
def command(
    where: Path,
    tag: str,
    source: str,
    slug: str,
    most: int,
    floor: int | None,
    batch: TextIO | None,
    output_format: str,
    text: str | None,
) -> int:
    """Show what was translated before that is like TEXT, best first.

    What is under embargo, withheld or confidential is shown to nobody but its own release. Exit
    code 1 when there is nothing for a text.
    """
    if (text is None) == (batch is None):
        hint = 'workflow memory search --lang ru "The council met."; or --batch FILE'
        raise UsageError("a text or a file of texts is wanted", hint=hint)
    project = open_project(where)
    wanted_languages(project, tuple(filter(None, (tag, source))))
    source = other_language(project, source, tag)
    index, refreshed = open_memory(project, source, tag)
    shared = reach_server(project, source, tag)
    print_faults(refreshed.faults)
    if refreshed.remark:
        click.echo(refreshed.remark, err=True)
    queries = [text] if text is not None else [line.strip() for line in batch or ()]
    missing = False
    answers = search_memory(
        project, index, shared, filter(None, queries), slug=slug, floor=floor or 0, most=most
    )
    for query, found in answers:
        missing = missing or not found
        if output_format == "jsonl":
            _print_lines(query, found)
        else:
            _print(query, found, is_one=text is not None)
    if shared.lost:
        click.echo(shared.lost, err=True)
    return 2 if refreshed.faults else int(missing)


def _print_lines(query: str, found: Sequence[Candidate]) -> None:
    for candidate in found:
        data = {
            "query": query,
            "class": candidate.match.value,
            "score": candidate.score,
            "source": candidate.source or query,
            "target": candidate.target,
            "origin": candidate.origin,
            "reason": candidate.reason,
        }
        click.echo(json.dumps(data, ensure_ascii=False))
    if not found:
        click.echo(json.dumps({"query": query, "class": None}, ensure_ascii=False))


def _print(query: str, found: Sequence[Candidate], *, is_one: bool) -> None:
    if not is_one:
        click.secho(query, bold=True)
    if not found:
        click.echo("nothing like it", err=is_one)
    for candidate in found:
        reason = f"; {candidate.reason}" if candidate.reason else ""
        click.echo(f"{candidate.score} {candidate.match.value} ({candidate.origin}{reason})")
        if candidate.source not in ("", query):
            click.echo(f"    {candidate.source}")
        click.echo(f"    {candidate.target}")
