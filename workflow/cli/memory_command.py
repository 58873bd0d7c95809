"""``workflow memory``."""

import click

from workflow.cli.group import CommandGroup

COMMANDS = {
    "search": "Show what was translated before that is like a text.",
    "import": "Bring in the TMX file of another tool.",
    "export": "Write what was accepted into a TMX file.",
    "share": "Send what was accepted to the server that the house shares.",
    "stats": "Tell how much is remembered, and how ambiguous it is.",
    "clean": "Drop the index; tell what in imported memories is of no use.",
}


@click.group("memory", cls=CommandGroup, commands_of=("workflow.cli.memory", COMMANDS))
def command() -> None:
    """Ask and keep what was translated before."""
