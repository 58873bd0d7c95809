"""The command line: reads arguments, calls one verb, prints, picks the exit code.

A command is a module of this package (`CommandGroup`); it is imported only when it is called, so
that ``--help`` is quick.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workflow import __version__
from workflow.cli.group import CommandGroup
from workflow.errors import WorkflowError

_COMMANDS = {
    "init": "Make a new newsroom in DIR.",
    "import": "Turn foreign material into releases under sources/.",
    "sync": "Bring the catalogues up to date with the sources.",
    "pretranslate": "Draft empty units from memory, then from an engine.",
    "engines": "List the engines: how far a text goes, what is missing.",
    "exchange": "Hand catalogues out as XLIFF or tables, take them back.",
    "check": "Report what is wrong with the translations.",
    "waive": "Say that an issue is none, for these two texts.",
    "waivers": "List what was decided to be no mistake.",
    "status": "Show how far every release is, on one screen.",
    "publish": "Put the accepted releases online.",
    "serve": "Show drafts in the browser, unit by unit.",
    "deploy": "Bring what is online to where it is served from.",
    "rollback": "Give readers an earlier build of the site again.",
    "why": "Tell what stands behind a published page.",
    "verify": "Prove that a site is what its catalogues say.",
    "diff": "Show what changed in the catalogues, unit by unit.",
    "merge-driver": "Merge a PO file unit by unit; git calls this.",
    "glossary": "Keep the terms: list, try, add, seed, export, import.",
    "memory": "Ask and keep what was translated before; TMX in and out.",
    "segment": "Print the sentences of a text, one a line.",
    "explain": "Tell what a check looks for, or why a term was found.",
    "doctor": "Tell what is missing or wrong here, and what mends it.",
}


@click.group(
    cls=CommandGroup,
    commands_of=("workflow.cli", _COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="workflow %(version)s")
@click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    help="The newsroom's folder; without it, the one around this folder.",
)
@click.pass_context
def workflow(context: click.Context, project: Path | None) -> None:
    """A press release in, every language of the newsroom out.

    The usual way: import, sync, pretranslate, translate in your PO editor, check, publish.
    Exit codes: 0 well, 1 something was found or held back, 2 something could not be read or used.
    """
    context.obj = project or Path.cwd()


def main() -> None:
    """Run the command line; every error is one line, never a traceback."""
    try:
        code = workflow.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except click.ClickException as fault:
        fault.show()
        sys.exit(2)
    except WorkflowError as fault:
        click.echo(f"error: {fault}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    sys.exit(code if isinstance(code, int) else 0)
