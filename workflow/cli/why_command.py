"""``workflow why``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from workflow.cli.output import issue_line
from workflow.pipeline.why import Behind, WaiverBehind, why
from workflow.stores.project import open_project


@click.command("why")
@click.option("--output-format", type=click.Choice(("text", "json")), default="text")
@click.argument("page", metavar="URL|FILE")
@click.pass_obj
def command(where: Path, output_format: str, page: str) -> None:
    """Tell what stands behind a page: the source, each unit, the glossary, the checks.

    The page is an address of the site, a path from its root as /ru/news/2024/x/, or a file of it,
    of an earlier build too.
    """
    behind = why(open_project(where), page)
    if output_format == "json":
        click.echo(json.dumps({"version": 1, **_data(behind)}, ensure_ascii=False, indent=2))
        return
    for line in _lines(behind):
        click.echo(line)


def _data(behind: Behind) -> dict[str, Any]:
    data = asdict(behind)
    for reason in data["reasons"]:
        reason["severity"] = reason["severity"].name.lower()
    return data


def _lines(behind: Behind) -> Iterator[str]:
    shown = "which readers see" if behind.is_shown else "which readers do not see"
    yield f"{behind.path}: {behind.what} (build {behind.build}, {shown})"
    if behind.kind not in ("release", "redirect"):
        return
    if behind.verdict != "published":
        yield f"held: its newer words are {behind.verdict}; these are the last that went out"
        yield from (f"  {issue_line(reason)}" for reason in behind.reasons)
    program = f" by workflow {behind.provenance.program}" if behind.provenance else ""
    yield f"made: {behind.made or 'nobody knows when'}, for build {behind.made_in}{program}"
    if behind.provenance is None:
        yield "nothing is known of its making: an earlier version published it"
        return
    for name, file in zip(("source", "catalogue", "glossary"), behind.files, strict=False):
        commit = f", git {file.commit}" if file.commit else ", not in git as it was"
        yield f"{name}: {file.mark.path}, {file.now} (sha256 {file.mark.sha256[:12]}{commit})"
    checks = ", ".join(behind.provenance.checks)
    yield f"checks: {checks}; held back from {behind.provenance.gate} on"
    yield from (f"waived: {_waived(waiver)}" for waiver in behind.waivers)
    yield f"units: {len(behind.units)}"
    for unit in behind.units:
        place = f"{unit.path}:{unit.line}" if unit.line else unit.path
        now = "" if unit.now == "the same" else f", {unit.now}"
        yield f"  {place}: {unit.key}: {unit.state}{now}"


def _waived(waiver: WaiverBehind) -> str:
    mark, said = waiver.mark, waiver.decision
    name = f"{mark.check}:{mark.about}" if mark.about else mark.check
    if said is None:
        return f"{name} of unit {mark.key}; the decision is gone"
    return f"{name} of unit {mark.key}, {said.path}:{said.line}, {said.who}: {said.reason}"
