"""``workflow glossary impact``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import click

from workflow.cli.output import print_faults
from workflow.pipeline.impact import ImpactReport, TouchedIn, show_impact
from workflow.stages.impact import Effect, Touched, is_held
from workflow.stores.project import open_project, wanted_languages

_Row: TypeAlias = tuple[TouchedIn, Touched]

_TOLD = {
    Effect.NEW: "newly at fault",
    Effect.WORSE: "worse",
    Effect.CHANGED: "told otherwise",
    Effect.GONE: "at fault no more",
    Effect.NOTE: "note changed",
}
_COLOURS = {Effect.NEW: "red", Effect.WORSE: "red", Effect.CHANGED: "yellow", Effect.GONE: "green"}
_RANKS = {effect: rank for rank, effect in enumerate(Effect)}
_CONCEPTS = 8
_UNITS = 12
_LONGEST = 100  # characters of a source or a change


@click.command("impact")
@click.option("--since", "revision", default="HEAD", metavar="REV", help="Compare with REV.")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.option("--all", "everything", is_flag=True, help="Every concept and unit, however many.")
@click.option("--output-format", type=click.Choice(("text", "json", "jsonl")), default="text")
@click.pass_obj
def command(
    where: Path, revision: str, tags: tuple[str, ...], everything: bool, output_format: str
) -> int:
    """Show every unit that a change of the glossary touches, before it is committed.

    Compares locales/glossary.toml with the last commit, or with REV: the concepts that changed,
    how many units that concerns in each language, and the units, the worst first. Exit code 1 when
    a unit gets a fault that reaches the gate: “workflow sync” marks it to be looked at again.
    """
    project = open_project(where)
    wanted = wanted_languages(project, tags)
    report = show_impact(project, wanted, revision=revision)
    print_faults(report.faults)
    if report.remark:
        click.echo(report.remark, err=True)
    if output_format == "text":
        lines = _text(report, wanted, everything=everything)
    else:
        lines = _data(report, is_lines=output_format == "jsonl")
    for line in lines:
        click.echo(line)
    return report.exit_code


def _text(report: ImpactReport, tags: Sequence[str], *, everything: bool) -> Iterator[str]:
    rows = _rows(report)
    yield click.style(f"{_counted(len(report.changes), 'concept')} changed", bold=True)
    yield from _concepts(report, rows, everything=everything)
    for tag in tags if report.changes else ():
        yield _language(tag, [row for row in rows if row[0].language == tag], report)
    shown = rows if everything else rows[:_UNITS]
    if shown:
        yield ""
    yield from (_line(row, report) for row in shown)
    if len(shown) < len(rows):
        yield f"… and {len(rows) - len(shown)} more; --all shows them"


def _concepts(report: ImpactReport, rows: Sequence[_Row], *, everything: bool) -> Iterator[str]:
    """A line for each concept, those that put units at fault first."""
    worse = Counter(one.concept for _, one in rows if one.is_worse)
    met = Counter(one.concept for _, one in rows)
    changes = sorted(report.changes, key=lambda c: (-worse[c.concept], -met[c.concept]))
    shown = changes if everything else changes[:_CONCEPTS]
    for change in shown:
        what = change.what if everything else _short(change.what)
        yield f"  {change.concept} {change.kind.value}: {what}"
    if len(shown) < len(changes):
        yield f"  … and {len(changes) - len(shown)} more; --all shows them"


def _language(tag: str, rows: Sequence[_Row], report: ImpactReport) -> str:
    """As "kk: 3 newly at fault (2 at the gate), 1 note changed"; a unit counts once a concept."""
    counts = Counter(one.effect for _, one in rows)
    held = sum(is_held(one, report.gate) for _, one in rows)
    parts = [f"{counts[effect]} {told}" for effect, told in _TOLD.items() if counts[effect]]
    at_gate = f"; {held} of them at the gate, sync marks these" if held else ""
    return f"{tag}: {', '.join(parts) or 'no unit touched'}{at_gate}"


def _line(row: _Row, report: ImpactReport) -> str:
    _, one = row
    what = "; ".join(issue.message for issue in one.after or one.before)
    if one.effect is Effect.NOTE:
        what = " ⇒ ".join(note or "no note" for note in one.notes)
    gate = " (gate)" if is_held(one, report.gate) else ""
    text = f"{_place(row)}: {_TOLD[one.effect]}{gate}: {what} [{one.concept}]"
    return click.style(text, fg=_COLOURS.get(one.effect))


def _place(row: _Row) -> str:
    catalog, one = row
    return f"{catalog.path}:{one.unit.target_line or one.unit.line}"


def _rows(report: ImpactReport) -> list[_Row]:
    """The worst first, then by language and place."""
    rows = [(catalog, one) for catalog in report.catalogs for one in catalog.units]
    return sorted(rows, key=lambda row: (not is_held(row[1], report.gate), _RANKS[row[1].effect]))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _data(report: ImpactReport, *, is_lines: bool) -> Iterator[str]:
    units = [_unit(row, report) for row in _rows(report)]
    if is_lines:
        yield from (json.dumps(unit, ensure_ascii=False) for unit in units)
        return
    changes = [
        {"concept": change.concept, "kind": change.kind.value, "what": change.what}
        for change in report.changes
    ]
    data = {"version": 1, "changes": changes, "units": units}
    yield json.dumps(data, ensure_ascii=False, indent=2)


def _unit(row: _Row, report: ImpactReport) -> dict[str, Any]:
    catalog, one = row
    return {
        "concept": one.concept,
        "effect": one.effect.value,
        "gate": is_held(one, report.gate),
        "path": catalog.path,
        "line": one.unit.target_line or one.unit.line,
        "language": catalog.language,
        "release": catalog.slug,
        "key": one.unit.key,
        "state": one.unit.state.value,
        "source": one.unit.source,
        "target": one.unit.target,
        "before": [issue.message for issue in one.before],
        "after": [issue.message for issue in one.after],
        "note_before": one.notes[0],
        "note_after": one.notes[1],
    }
