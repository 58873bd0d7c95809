"""The command line: reads arguments, calls one verb, prints, picks the exit code.

A command is a module of this package with a click command of the same name; it is imported only
when it is called, so that ``--help`` is quick.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click

from workflow import __version__
from workflow.errors import WorkflowError

_COMMANDS = {
    "init": "Make a new newsroom in DIR.",
    "import": "Turn foreign material into releases under sources/.",
    "sync": "Bring the catalogues up to date with the sources.",
    "pretranslate": "Draft empty units from memory, then from an engine.",
    "exchange": "Hand catalogues out as XLIFF or tables, take them back.",
    "check": "Report what is wrong with the translations.",
    "waive": "Say that an issue is none, for these two texts.",
    "waivers": "List what was decided to be no mistake.",
    "status": "Show how far every release is, on one screen.",
    "publish": "Put the accepted releases online.",
    "diff": "Show what changed in the catalogues, unit by unit.",
    "merge-driver": "Merge a PO file unit by unit; git calls this.",
    "glossary": "Keep the terms: list, try, export and import them.",
    "segment": "Print the sentences of a text, one a line.",
    "explain": "Tell what a check looks for, with examples.",
    "doctor": "Tell what is missing or wrong here, and what mends it.",
}


class _Commands(click.Group):
    """Sub-commands that are imported when they are called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order of the work."""
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called ``cmd_name``."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"workflow.cli.{cmd_name.replace('-', '_')}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As usual, with a hint for a word that is nearly a command."""
        import difflib  # only for a wrong word

        word = args[0] if args else ""
        if word not in _COMMANDS:
            near = difflib.get_close_matches(word, _COMMANDS, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            ctx.fail(f"No such command “{word}”.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
