"""``workflow segment``."""

import json
from typing import BinaryIO

import click

from workflow.encoding import decode
from workflow.languages import language
from workflow.languages.sentences import sentences


@click.command("segment")
@click.option("--lang", "tag", default="en", metavar="TAG", help="Language of the text.")
@click.option("--output-format", type=click.Choice(("text", "jsonl")), default="text")
@click.argument("file", type=click.File("rb"), default="-")
def command(tag: str, output_format: str, file: BinaryIO) -> int:
    """Print the sentences of a text, one a line; blank lines separate its paragraphs."""
    text, _ = decode(file.read())
    rules = language(tag)
    at = 0
    for paragraph in text.split("\n\n"):
        for start, end in sentences(paragraph, rules):
            piece = paragraph[start:end]
            if output_format == "jsonl":
                place = {"start": at + start, "end": at + end, "text": piece}
                click.echo(json.dumps(place, ensure_ascii=False))
            else:
                click.echo(" ".join(piece.split()))
        at += len(paragraph) + 2
    return 0
