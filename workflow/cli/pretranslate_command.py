"""``workflow pretranslate``."""

from pathlib import Path

import click

from workflow.cli.output import print_faults, progress
from workflow.pipeline.pretranslate import PretranslateReport, pretranslate, session
from workflow.stores.project import open_project, wanted_languages


@click.command("pretranslate")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.option("--release", "only", multiple=True, metavar="SLUG", help="Only this release.")
@click.option("--dry-run", is_flag=True, help="Say what would be filled and sent; do neither.")
@click.option("--fresh", is_flag=True, help="Ask engines again what they have answered before.")
@click.pass_obj
def command(
    where: Path, tags: tuple[str, ...], only: tuple[str, ...], dry_run: bool, fresh: bool
) -> int:
    """Draft empty units from memory, then from the engines of workflow.toml, in their order.

    A draft is always fuzzy and says where it comes from; what a person wrote is never touched. An
    answer is judged like a person's work: where it is wrong the next engine is asked, and where all
    are wrong the unit stays empty, with the reason. A run that was cut off goes on where it was.
    """
    project = open_project(where)
    reports = []
    with (
        progress("asking") as step,
        session(project, dry_run=dry_run, fresh=fresh, step=step) as run,
    ):
        for tag in wanted_languages(project, tags):
            report = pretranslate(project, tag, run, only=only)
            _print(report)
            reports.append(report)
    for remark in dict.fromkeys(line for report in reports for line in report.remarks):
        click.echo(remark, err=True)
    if reports:
        _print_plan(reports[-1])
    return 2 if any(report.faults for report in reports) else 0


def _print(report: PretranslateReport) -> None:
    print_faults(report.faults)
    for path in report.written:
        click.echo(path)
    for line in report.empty:
        click.echo(line, err=True)
    kinds = ", ".join(f"{count} {name}" for name, count in report.classes)
    told = f" ({kinds})" if kinds else ""
    click.echo(
        f"{report.language}: {report.memory} from memory{told}, {report.engine} from an engine, "
        f"{report.left} still empty",
        err=True,
    )


def _print_plan(report: PretranslateReport) -> None:
    for plan in report.planned:
        cost = f", about {plan.cost:.2f} in money" if plan.cost else ""
        kept = "; it may keep them" if plan.keeps_data else ""
        size = f"{plan.texts} texts, {plan.characters} characters"
        click.echo(f"would send to {plan.engine}: {size}{cost}{kept}", err=True)
    for line in report.shortage:
        click.echo(line, err=True)
