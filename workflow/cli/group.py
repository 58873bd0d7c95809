"""A group of commands, each a module that is imported when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click


class CommandGroup(click.Group):
    """Commands by name: ``<package>.<name>_command`` holds the click command ``command``."""

    def __init__(
        self, *args: Any, commands_of: tuple[str, Mapping[str, str]], **options: Any
    ) -> None:
        """``commands_of`` is the package and what each command does, in the order of the work."""
        super().__init__(*args, **options)
        self._package, self._about = commands_of

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order of the work."""
        return list(self._about)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called ``cmd_name``."""
        if cmd_name not in self._about:
            return None
        module = importlib.import_module(f"{self._package}.{cmd_name.replace('-', '_')}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._about.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As usual, with a hint for a word that is nearly a command."""
        import difflib  # only for a wrong word

        word = args[0] if args else ""
        if word not in self._about:
            near = difflib.get_close_matches(word, self._about, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            ctx.fail(f"No such command “{word}”.{hint}")
        return super().resolve_command(ctx, args)
