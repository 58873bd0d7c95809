"""``workflow rollback``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from workflow.pipeline.rollback import Back, builds_of, rollback
from workflow.stores.project import Project, open_project
from workflow.stores.site import Key

_SCREEN = 8


@click.command("rollback")
@click.option("--list", "only_list", is_flag=True, help="List the builds there are.")
@click.option("--reason", default="", help="Why; the next publish says it.")
@click.argument("build", required=False, type=click.IntRange(min=1))
@click.pass_obj
def command(where: Path, only_list: bool, reason: str, build: int | None) -> None:
    """Give readers an earlier build again: BUILD, or the one before what they see.

    One link is changed, no page. After that nothing new goes out, whoever or whatever publishes,
    until somebody says that the cause is mended: workflow publish --resume.
    """
    project = open_project(where)
    if only_list:
        _list(project)
        return
    back = rollback(project, build, reason=reason, now=dt.datetime.now(dt.UTC))
    made = f", made on {back.made}" if back.made else ""
    click.secho(f"readers now see build {back.rollback.build}{made}", bold=True)
    _releases("no longer online", back.gone)
    _releases("online again", back.back)
    _releases("with its earlier words", back.earlier)
    if _is_same(back):
        click.echo("  the same releases with the same words; lists or the look may differ")
    click.echo("nothing new goes out until the cause is mended; then: workflow publish --resume")


def _list(project: Project) -> None:
    builds, held = builds_of(project)
    for build in builds:
        mark = "→" if build.is_shown else " "
        made = build.made or "made by an earlier version"
        click.echo(f"{mark} {build.number:6}  {made:20}  {build.pages} pages of releases")
    if held:
        reason = f": {held.reason}" if held.reason else ""
        click.echo(
            f"{held.who} went back to {held.build}, from {held.left}, on {held.when}{reason}"
        )


def _releases(what: str, keys: Sequence[Key]) -> None:
    for tag, slug in keys[:_SCREEN]:
        click.echo(f"  {tag} {slug}: {what}")
    if len(keys) > _SCREEN:
        click.echo(f"  … and {len(keys) - _SCREEN} more {what}")


def _is_same(back: Back) -> bool:
    return not (back.gone or back.back or back.earlier)
