"""``workflow glossary learn``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from workflow.cli.output import print_faults
from workflow.pipeline.learn import learn_terms
from workflow.stages.learn import Proposal
from workflow.stores.glossary import GLOSSARY
from workflow.stores.project import open_project, wanted_languages

_MOST = 5  # units shown of a proposal


@click.command("learn")
@click.option(
    "--min",
    "least",
    type=click.IntRange(min=2),
    default=3,
    show_default=True,
    help="How often a wording has to be seen; a waiver counts as one more time.",
)
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Only this language.")
@click.option("--output-format", type=click.Choice(("text", "json", "jsonl")), default="text")
@click.pass_obj
def command(where: Path, least: int, tags: tuple[str, ...], output_format: str) -> int:
    """Propose terms that translators use again and again.

    A phrase is proposed for a concept when it stands in accepted translations whose source names
    the concept and which have none of its terms, and hardly anywhere else; a forbidden term, when
    people waived it again and again. Each comes with its evidence and the lines to put into
    locales/glossary.toml; nothing is written.
    """
    project = open_project(where)
    report = learn_terms(project, wanted_languages(project, tags), least=least)
    print_faults(report.faults)
    for line in _lines(report.proposals, output_format):
        click.echo(line)
    number = len(report.proposals)
    click.echo(f"{number} proposal{'' if number == 1 else 's'}", err=True)
    return 2 if report.faults else 0


def _lines(proposals: Sequence[Proposal], output_format: str) -> Iterator[str]:
    if output_format == "json":
        data = {"version": 1, "proposals": [_data(one) for one in proposals]}
        yield json.dumps(data, ensure_ascii=False, indent=2)
        return
    for proposal in proposals:
        if output_format == "jsonl":
            yield json.dumps(_data(proposal), ensure_ascii=False)
        else:
            yield from _text(proposal)


def _text(proposal: Proposal) -> Iterator[str]:
    place = f"{proposal.concept.id}.{proposal.language}"
    units = f"{len(proposal.units)} unit{'' if len(proposal.units) == 1 else 's'}"
    reasons = f", {len(proposal.reasons)} waived" if proposal.reasons else ""
    known = f", now {proposal.status}" if proposal.status else ""
    others = f"; {proposal.others} elsewhere" if proposal.others else ""
    admit = click.style(f"admit “{proposal.term}”", bold=True)
    yield f"{place}: {admit}{known} — accepted in {units}{reasons}{others}"
    for unit in proposal.units[:_MOST]:
        yield f"  {unit.path}:{unit.line}: {unit.target}"
    if len(proposal.units) > _MOST:
        yield f"  … and {len(proposal.units) - _MOST} more; --output-format json has them all"
    yield from (f"  waived: {reason}" for reason in dict.fromkeys(proposal.reasons))
    yield f"  {GLOSSARY}:{proposal.concept.line}, under [concept.terms], in {proposal.language}:"
    yield f"    {_toml(proposal)}"


def _toml(proposal: Proposal) -> str:
    text = json.dumps(proposal.term, ensure_ascii=False)  # JSON's strings are TOML's
    return f'{{ term = {text}, status = "admitted" }},'


def _data(proposal: Proposal) -> dict[str, Any]:
    return {
        "concept": proposal.concept.id,
        "language": proposal.language,
        "term": proposal.term,
        "status": proposal.status.value if proposal.status else None,
        "units": [
            {"path": unit.path, "line": unit.line, "target": unit.target} for unit in proposal.units
        ],
        "waived": list(proposal.reasons),
        "elsewhere": proposal.others,
        "line": proposal.concept.line,
        "toml": _toml(proposal),
    }
