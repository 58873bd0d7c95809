"""``workflow verify``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from workflow.cli.output import format_option, print_outcome
from workflow.pipeline.verify_site import verify_site
from workflow.plugins import Outcome
from workflow.stores.project import open_project, wanted_languages


@click.command("verify")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@format_option
@click.argument(
    "site", required=False, metavar="[SITE]", type=click.Path(file_okay=False, path_type=Path)
)
@click.pass_obj
def command(where: Path, tags: tuple[str, ...], output_format: str, site: Path | None) -> int:
    """Prove that a site is what its catalogues say, file by file, unit by unit.

    SITE is a build, or a copy of the site wherever it is; without it, what readers see. Every file
    is compared with its checksum, every unit with its catalogue (of a release that is held back,
    with what was published last), every link is followed. A difference is a line; exit code 1.
    """
    project = open_project(where)
    wanted = wanted_languages(project, tags)
    proof = verify_site(project, tags=wanted, site=site, now=dt.datetime.now(dt.UTC))
    print_outcome(Outcome(issues=proof.differences), output_format=output_format)
    count = len(proof.differences)
    what = f"{count} differences" if count else "no difference"
    click.echo(
        f"build {proof.build}: {proof.files} files, {proof.releases} pages of releases, {what}",
        err=True,
    )
    return 1 if count else 0
