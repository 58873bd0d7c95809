"""``workflow pretranslate``."""

from pathlib import Path

import click

from workflow.cli.output import print_faults
from workflow.pipeline.pretranslate import pretranslate
from workflow.stores.project import open_project, wanted_languages


@click.command("pretranslate")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.option("--release", "only", multiple=True, metavar="SLUG", help="Only this release.")
@click.option("--dry-run", is_flag=True, help="Say what would be filled, write nothing.")
@click.pass_obj
def command(where: Path, tags: tuple[str, ...], only: tuple[str, ...], dry_run: bool) -> int:
    """Draft empty units from memory, then from the configured engine.

    A draft is always fuzzy and says where it comes from; what a person wrote is never touched.
    """
    project = open_project(where)
    faults, remarks = 0, []
    for tag in wanted_languages(project, tags):
        report = pretranslate(project, tag, only=only, dry_run=dry_run)
        print_faults(report.faults)
        faults += len(report.faults)
        for path in report.written:
            click.echo(path)
        kinds = ", ".join(f"{count} {name}" for name, count in report.classes)
        told = f" ({kinds})" if kinds else ""
        click.echo(
            f"{tag}: {report.memory} from memory{told}, {report.engine} from an engine, "
            f"{report.left} still empty",
            err=True,
        )
        if report.remark:
            remarks.append(report.remark)
    for remark in dict.fromkeys(remarks):
        click.echo(remark, err=True)
    return 2 if faults else 0
