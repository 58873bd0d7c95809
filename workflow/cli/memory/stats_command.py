"""``workflow memory stats``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from workflow.cli.output import print_faults
from workflow.pipeline.memory import MemoryStats, memory_stats
from workflow.stores.project import open_project, wanted_targets


@click.command("stats")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.option(
    "--output-format", type=click.Choice(("text", "json")), default="text", help="How to print."
)
@click.pass_obj
def command(where: Path, tags: tuple[str, ...], output_format: str) -> int:
    """Tell how much is remembered for each language, and how ambiguous it is."""
    project = open_project(where)
    source = project.settings.source_language
    found = [memory_stats(project, source, tag) for tag in wanted_targets(project, tags)]
    for stats in found:
        print_faults(stats.refreshed.faults)
    if output_format == "json":
        pairs = [_data(stats) for stats in found]
        click.echo(json.dumps({"version": 1, "pairs": pairs}, ensure_ascii=False, indent=2))
    else:
        for stats in found:
            _print(stats)
    return 2 if any(stats.refreshed.faults for stats in found) else 0


def _data(stats: MemoryStats) -> dict[str, object]:
    counts = asdict(stats.counts) | {"imported": dict(stats.counts.imported)}
    read = stats.refreshed.files
    pair = {"source": stats.source, "target": stats.target}
    return {**pair, **counts, "index_bytes": stats.size, "files_read_anew": read}


def _print(stats: MemoryStats) -> None:
    counts = stats.counts
    click.echo(f"{stats.source} → {stats.target}")
    click.echo(f"  {counts.units} accepted units of {counts.releases} releases")
    if counts.hidden:
        click.echo(f"  {counts.hidden} of them not for other releases yet")
    click.echo(f"  {counts.sentences} sentences out of longer units")
    click.echo(f"  {counts.ambiguous} source texts with more than one target")
    for origin, units in counts.imported:
        click.echo(f"  {units} units from {origin}")
    state = f"{stats.refreshed.files} files read anew" if stats.refreshed.files else "up to date"
    click.echo(f"  index: {stats.size / 1e6:.1f} MB, {state}")
    if stats.refreshed.remark:
        click.echo(stats.refreshed.remark, err=True)
