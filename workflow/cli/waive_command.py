"""``workflow waive``."""

import datetime as dt
import getpass
from pathlib import Path

import click

from workflow.errors import UsageError
from workflow.pipeline.waive import waive_issue
from workflow.stores.git import user_name
from workflow.stores.project import open_project


@click.command("waive")
@click.option("--reason", required=True, help="Why it is no mistake; the next reader will ask.")
@click.option("--until", default="", metavar="DATE", help="The last day it holds: 2027-01-31.")
@click.option("--by", "who", default="", metavar="NAME", help="Who decides; without it, you.")
@click.argument("place", metavar="PATH:LINE")
@click.argument("check", metavar="CHECK[:CONCEPT]")
@click.pass_obj
def command(where: Path, place: str, check: str, reason: str, until: str, who: str) -> int:
    """Say that an issue is none, for these two texts.

    PATH:LINE is how the issue begins in the output of “workflow check”, CHECK what stands in its
    brackets. The decision is a line of locales/TAG/decisions/RELEASE.jsonl; when the source or the
    translation changes, it no longer holds and is reported.
    """
    if until:
        try:
            dt.date.fromisoformat(until)
        except ValueError:
            raise UsageError(f"“{until}” is no date", hint="as 2027-01-31") from None
    if not reason.strip():
        raise UsageError("a reason is wanted", hint="--reason “legal title, cited as it is”")
    project = open_project(where)
    waiver = waive_issue(
        project,
        place,
        check,
        reason=reason.strip(),
        who=who or user_name(project.root) or getpass.getuser(),
        until=until,
    )
    click.echo(f"waived: {waiver.check} of unit {waiver.key}, by {waiver.who}", err=True)
    return 0
