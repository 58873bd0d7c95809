"""``workflow glossary``."""

import click

from workflow.cli.group import CommandGroup

COMMANDS = {
    "list": "Print the concepts, a line each.",
    "match": "Tell whether a text has a term in any of its forms.",
    "impact": "Show what a change of the glossary does, before it is committed.",
    "learn": "Propose terms that translators use again and again.",
    "add": "Add a concept, or terms to one.",
    "seed": "Add names of countries and languages from CLDR.",
    "export": "Write the glossary into a file for another tool.",
    "import": "Merge a TBX, CSV, TSV or PO file into the glossary.",
}


@click.group("glossary", cls=CommandGroup, commands_of=("workflow.cli.glossary", COMMANDS))
def command() -> None:
    """Try and keep the terms of the house."""
