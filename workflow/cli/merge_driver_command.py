"""``workflow merge-driver``."""

from pathlib import Path

import click

from workflow.errors import UsageError
from workflow.stores.git import CONFLICTS, DRIVER, install_driver
from workflow.stores.merge_driver import merge_files


@click.command("merge-driver")
@click.option("--install", is_flag=True, help="Register it with this clone's git, once.")
@click.argument("versions", nargs=-1, metavar="[BASE OURS THEIRS PATH]")
@click.pass_obj
def command(where: Path, install: bool, versions: tuple[str, ...]) -> int:
    """Merge a PO file unit by unit; git calls this.

    Edits of different units always merge. A unit that both sides translated keeps ours, becomes
    fuzzy and shows the other translation in a comment; the file stays a valid PO file, and git
    reports it as a conflict. Run “workflow merge-driver --install” once in every clone.
    """
    if install:
        done = "registered" if install_driver(where) else "was registered already"
        click.echo(f"merge driver {DRIVER} {done} in this clone", err=True)
        return 0
    if len(versions) != 4:
        raise UsageError(
            "wants the base, our version, theirs, and the path",
            hint="git calls it so; to register it: workflow merge-driver --install",
        )
    base, ours, theirs, path = versions
    conflicts = merge_files(Path(base), Path(ours), Path(theirs), path=path)
    for conflict in conflicts:
        click.echo(
            f"{path}:{conflict.line}: translated on both sides; keep one, then take the comment"
            f" “conflict” and the fuzzy mark away: {conflict.source[:60]}",
            err=True,
        )
    return CONFLICTS if conflicts else 0
