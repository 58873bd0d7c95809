"""``workflow diff``."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click

from workflow.cli.output import print_damages, print_faults
from workflow.model import State, Unit
from workflow.pipeline.diff import CatalogDiff, diff
from workflow.stages.compare import Change, ChangeKind
from workflow.stores.project import open_project, wanted_languages

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_WORDS = 4000  # beyond it, finding the least difference takes longer than reading both
_STATES = {State.INITIAL: "empty", State.TRANSLATED: "fuzzy", State.REVIEWED: "accepted"}


@click.command("diff")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.option("--release", "only", multiple=True, metavar="SLUG", help="Only this release.")
@click.option("--output-format", type=click.Choice(("text", "jsonl")), default="text")
@click.argument("revision", default="HEAD")
@click.pass_obj
def command(
    where: Path, tags: tuple[str, ...], only: tuple[str, ...], output_format: str, revision: str
) -> int:
    """Show what changed in the catalogues since REVISION (HEAD), unit by unit.

    Wrapping, order and comments of tools are not shown: what a translator's program did to a file
    as a whole comes as a warning, with what mends it. Exit code 1 when there is such damage.
    """
    project = open_project(where)
    report = diff(project, wanted_languages(project, tags), revision=revision, only=only)
    print_faults(report.faults)
    for catalog in report.catalogs:
        for line in _json(catalog) if output_format == "jsonl" else _text(catalog):
            click.echo(line)
        print_damages((catalog.path, found) for found in catalog.damages)
    units = sum(len(catalog.changes) for catalog in report.catalogs)
    click.echo(f"{len(report.catalogs)} catalogues, {units} units differ", err=True)
    if report.faults:
        return 2
    return 1 if any(catalog.damages for catalog in report.catalogs) else 0


def _text(catalog: CatalogDiff) -> Iterator[str]:
    for change in catalog.changes:
        unit = change.unit
        place = f"{catalog.path}:{unit.line}" if change.after else catalog.path
        yield click.style(f"{place}: {_told(change)}", bold=True)
        if change.kind is ChangeKind.SOURCE and change.before:
            yield "  source " + _words(change.before.source, unit.source)
        else:
            yield f"  source {unit.source}"
        before, after = _target(change.before), _target(change.after)
        if before == after:
            yield f"  target {after}"
        else:
            yield "  target " + _words(before, after)


def _told(change: Change) -> str:
    if change.before and change.after and change.before.state is not change.after.state:
        states = f"{_STATES[change.before.state]} → {_STATES[change.after.state]}"
        return states if change.kind is ChangeKind.STATE else f"{change.kind.value}, {states}"
    return f"{change.kind.value}, {_STATES[change.unit.state]}"


def _target(unit: Unit | None) -> str:
    return unit.target if unit else ""


def _words(before: str, after: str) -> str:
    """Both texts in one line: [-what went-]{+what came+}."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        old, new = [before], [after]
    out = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            out.append(gone)
            continue
        if gone:
            out.append(click.style(f"[-{gone}-]", fg="red"))
        if come:
            out.append(click.style(f"{{+{come}+}}", fg="green"))
    return "".join(out)


def _json(catalog: CatalogDiff) -> Iterator[str]:
    for change in catalog.changes:
        before, after = change.before, change.after
        data = {
            "path": catalog.path,
            "line": after.line if after else 0,
            "language": catalog.language,
            "release": catalog.slug,
            "key": change.unit.key,
            "kind": change.kind.value,
            "source": [before.source if before else None, after.source if after else None],
            "target": [before.target if before else None, after.target if after else None],
            "state": [
                before.state.value if before else None,
                after.state.value if after else None,
            ],
        }
        yield json.dumps(data, ensure_ascii=False)
