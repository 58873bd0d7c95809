"""``workflow memory clean``."""

from pathlib import Path

import click

from workflow.cli.output import print_faults
from workflow.pipeline.memory_clean import clean_memory
from workflow.stores.project import open_project


@click.command("clean")
@click.option("--write", is_flag=True, help="Take units out that catalogues have word for word.")
@click.pass_obj
def command(where: Path, write: bool) -> int:
    """Drop the index, which is made anew when it is needed; look through imported memories.

    A line for each imported unit that says something else than an accepted one: it is for you to
    decide. Exit code 1 when there is one.
    """
    report = clean_memory(open_project(where), is_writing=write)
    print_faults(report.faults)
    for line in report.conflicts:
        click.echo(line)
    for path, count in report.duplicates:
        done = "taken out" if path in report.written else "could go: --write takes them out"
        click.echo(f"{path}: {count} units that catalogues have word for word; {done}", err=True)
    click.echo(f"index dropped, {report.freed / 1e6:.1f} MB", err=True)
    return 2 if report.faults else int(bool(report.conflicts))
