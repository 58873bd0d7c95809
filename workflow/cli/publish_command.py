"""``workflow publish``."""

import datetime as dt
from pathlib import Path

import click

from workflow.cli.output import (
    SCREEN,
    issue_line,
    print_at_source,
    print_faults,
    print_issues,
    progress,
)
from workflow.dates.moments import parse_moment
from workflow.errors import UsageError
from workflow.pipeline.orders import Order, PublishReport
from workflow.pipeline.publish import publish
from workflow.stores.builds import Rollback
from workflow.stores.project import open_project, wanted_languages
from workflow.stores.site import Record


@click.command("publish")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Publish this language.")
@click.option("--all", "everything", is_flag=True, help="Publish all languages.")
@click.option("--release", "only", multiple=True, metavar="SLUG", help="Only this release.")
@click.option("--draft", is_flag=True, help="Everything, accepted or not, into a site of its own.")
@click.option("--dry-run", is_flag=True, help="Say what would go out, write nothing.")
@click.option("--at", metavar="TIME", help="As if it were TIME; with --dry-run or --draft only.")
@click.option("--fresh", is_flag=True, help="Forget what is online; make all anew.")
@click.option("--resume", is_flag=True, help="After a rollback: its cause is mended, go on.")
@click.pass_obj
def command(
    where: Path,
    tags: tuple[str, ...],
    everything: bool,
    only: tuple[str, ...],
    draft: bool,
    dry_run: bool,
    at: str | None,
    fresh: bool,
    resume: bool,
) -> int:
    """Put the accepted releases online.

    A release goes out in a language when every unit is accepted and no issue reaches the gate; else
    its last published version stays. The new site replaces the old one in one step.

    --at TIME, (2026-03-01T10:00+06:00, 2026-03-01T10:00 Asia/Bishkek) shows what would be out
    then. With --draft it makes pages in .workflow/rehearsal/, never in the site.
    """
    project = open_project(where)
    if not tags and not everything:
        raise UsageError("which language?", hint="--lang ru, or --all")
    now = _moment(at, is_trial=draft or dry_run)
    wanted = wanted_languages(project, () if everything else tags)
    with progress("publish") as step:
        order = Order(
            tags=wanted,
            now=now or dt.datetime.now(dt.UTC),
            only=only,
            draft=draft,
            dry_run=dry_run,
            rehearsal=now is not None,
            fresh=fresh,
            resume=resume,
            progress=step,
        )
        report = publish(project, order)
    print_faults(report.faults)
    print_issues(report.issues)
    for tag in wanted:
        records = [record for record in report.records if record.tag == tag]
        _language(tag, records, report, verb="in the draft" if draft else "published")
    print_at_source(report.at_source)
    _footer(report, dry_run=dry_run)
    return report.exit_code


def _moment(written: str | None, *, is_trial: bool) -> dt.datetime | None:
    """The clock that was asked for. What readers see goes by the real one and no other."""
    if written is None:
        return None
    if not is_trial:
        hint = "add --dry-run or --draft; to publish at that moment, run publish then"
        raise UsageError("--at is for trying: the site goes by the real clock", hint=hint)
    return parse_moment(written)


def _language(tag: str, records: list[Record], report: PublishReport, *, verb: str) -> None:
    out = [record for record in records if record.verdict == "published"]
    fresh = sum((record.tag, record.slug) in report.fresh for record in out)
    held = [record for record in records if record.verdict == "held"]
    other = [record for record in records if record.verdict not in ("published", "held")]
    line = f"{tag}: {len(out)} {verb} ({fresh} new or changed), {len(held)} held back"
    click.secho(line + (f", {len(other)} not for publication now" if other else ""), bold=True)
    for record in (r for r in out if r.share < 1 and verb == "published"):
        click.echo(f"  {record.slug}: {record.share:.0%} of it translated, the rest marked")
    _held(tag, held)
    for record in other:
        click.echo(f"  {record.slug}: {_other(record)}")


def _held(tag: str, held: list[Record]) -> None:
    for record in held[:SCREEN]:
        stays = "its last version stays online" if record.snapshot else "not online"
        click.echo(f"  {record.slug}: held back, {stays}")
        for issue in record.reasons:
            unit = f" (unit {issue.key})" if issue.key else ""
            click.echo(f"    {issue_line(issue)}{unit}")
    if len(held) > SCREEN:
        click.echo(f"  … and {len(held) - SCREEN} more: workflow status")
    if held:
        click.echo(f"  all of it: workflow check --lang {tag}, with --release SLUG for one")


def _other(record: Record) -> str:
    """Why it is not among what is published, in one line."""
    said = "; ".join(issue.message for issue in record.reasons)
    verdict = record.verdict
    if verdict == "withdrawn":
        verdict += ", a notice stands in its place" if record.snapshot else ", it was never online"
    return f"{verdict}: {said}" if said else verdict


def _footer(report: PublishReport, *, dry_run: bool) -> None:
    if report.resumed:
        _resumed(report.resumed, is_over=not (dry_run or report.issues))
    for slug in report.gone:
        click.echo(
            f"{slug}: no longer in sources/, and stays online; to take it down, put the file back "
            "with withdrawn: (a notice in its place) or status: canceled (nothing)"
        )
    if report.issues:
        click.echo("the site was not changed: mend the above and publish again", err=True)
    elif dry_run:
        click.echo(f"dry run: {report.rendered} of {report.pages} pages would be made", err=True)
    elif report.changed:
        click.echo(f"{report.rendered} of {report.pages} pages made anew: {report.site}/index.html")
    else:
        click.echo(f"nothing to do: {report.site}/index.html is up to date")


def _resumed(rollback: Rollback, *, is_over: bool) -> None:
    reason = f": {rollback.reason}" if rollback.reason else ""
    back = f"build {rollback.build}, where {rollback.who} took readers back to on {rollback.when}"
    if is_over:
        click.echo(f"going on from {back}{reason}")
    else:
        click.echo(f"readers still see {back}{reason}", err=True)
