"""``workflow segment``."""

import contextlib
import json
import re
from typing import BinaryIO

import click

from workflow.encoding import decode
from workflow.languages import language
from workflow.languages.sentences import sentences

_PARAGRAPHS = re.compile(r"(?s).+?(?:\n[ \t\r]*\n|\Z)")


@click.command("segment")
@click.option("--lang", "tag", default="en", metavar="TAG", help="Language of the text.")
@click.option("--output-format", type=click.Choice(("text", "jsonl")), default="text")
@click.argument("file", type=click.File("rb"), default="-")
def command(tag: str, output_format: str, file: BinaryIO) -> int:
    """Print the sentences of a text, one a line; blank lines separate its paragraphs."""
    data = file.read()
    text, name = decode(data)
    with contextlib.suppress(UnicodeDecodeError):
        text = data.decode(name)  # as it is, its line ends too: places must fit the file
    rules = language(tag)
    at = 0
    for part in _PARAGRAPHS.findall(text):
        paragraph = part.rstrip()
        for start, end in sentences(paragraph, rules):
            piece = paragraph[start:end]
            if output_format == "jsonl":
                place = {"start": at + start, "end": at + end, "text": piece}
                click.echo(json.dumps(place, ensure_ascii=False))
            else:
                click.echo(" ".join(piece.split()))
        at += len(part)
    return 0
