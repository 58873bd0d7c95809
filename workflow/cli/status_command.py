"""``workflow status``."""

import datetime as dt
from pathlib import Path

import click

from workflow.cli.output import print_faults
from workflow.pipeline.status import Cell, Row, status
from workflow.stores.project import open_project, wanted_languages

_MARKS = {
    "published": ("●", "green"),
    "held": ("◐", "yellow"),
    "waiting": ("◑", "yellow"),
    "withdrawn": ("⊘", "blue"),
    "embargoed": ("⏲", "blue"),
    "withheld": ("–", "blue"),
    "canceled": ("×", "blue"),
    "unreadable": ("!", "red"),
}
_WIDTH = 46


@click.command("status")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.option("--all", "everything", is_flag=True, help="Finished releases too, however many.")
@click.pass_obj
def command(where: Path, tags: tuple[str, ...], everything: bool) -> int:
    """Show how far every release is in every language, on one screen.

    A cell: a mark, then accepted/all units and the words left. ● may go out, ◐ held back, ◑ waits
    for another language, ⏲ under embargo, ⊘ withdrawn, – withheld, × canceled, ! unreadable; * it
    is online already.
    """
    project = open_project(where)
    wanted = wanted_languages(project, tags)
    report = status(project, wanted, now=dt.datetime.now(dt.UTC))
    print_faults(report.faults)
    rows = report.rows if everything else _first(report.rows)
    click.echo("".join([f"{'release':{_WIDTH}}", *(f"{tag:16}" for tag in wanted)]).rstrip())
    for row in rows:
        click.echo(_line(row))
    if len(rows) < len(report.rows):
        click.echo(f"… and {len(report.rows) - len(rows)} more; --all shows them")
    click.echo(_totals(report.rows, wanted))
    return 2 if report.faults else 0


def _first(rows: tuple[Row, ...]) -> list[Row]:
    """What fits a screen: unfinished releases first, newest first."""
    open_rows = [row for row in rows if any(c.verdict != "published" for _, c in row.cells)]
    rest = [row for row in rows if row not in open_rows]
    return (open_rows + rest)[:20]


def _line(row: Row) -> str:
    name = row.slug if len(row.slug) < _WIDTH else f"{row.slug[: _WIDTH - 2]}…"
    return (f"{name:{_WIDTH}}" + "".join(_cell(cell) for _, cell in row.cells)).rstrip()


def _cell(cell: Cell) -> str:
    mark, colour = _MARKS[cell.verdict]
    total = cell.accepted + cell.fuzzy + cell.empty
    left = f" {cell.words}w" if cell.words else ""
    text = f"{mark} {cell.accepted}/{total}{left}{'*' if cell.online else ''}"
    return click.style(f"{text:16}", fg=colour)


def _totals(rows: tuple[Row, ...], tags: tuple[str, ...]) -> str:
    parts = []
    for tag in tags:
        cells = [cell for row in rows for of, cell in row.cells if of == tag]
        ready = sum(cell.verdict == "published" for cell in cells)
        fuzzy = sum(cell.fuzzy for cell in cells)
        empty = sum(cell.empty for cell in cells)
        words = sum(cell.words for cell in cells)
        marked = sum(cell.marked for cell in cells)
        why = f" ({marked} since the glossary changed)" if marked else ""
        parts.append(
            f"{tag}: {ready} of {len(cells)} may go out; "
            f"{fuzzy} fuzzy{why}, {empty} empty, {words} words left"
        )
    return "\n" + "\n".join(parts)
