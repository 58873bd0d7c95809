"""``workflow glossary learn``."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from workflow.cli.output import print_faults
from workflow.model import TermStatus
from workflow.pipeline.learn import learn_terms
from workflow.stages.learn import Evidence, Proposal
from workflow.stores.glossary import GLOSSARY
from workflow.stores.project import open_project, wanted_languages

_MOST = 5  # units shown of a proposal
_WISHES = {TermStatus.ADMITTED: "admit", TermStatus.DEPRECATED: "deprecate"}


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
    the concept and which have none of its terms, and hardly anywhere else, or when translators put
    it in the place of a term again and again, as git and the “earlier:” comments tell; a forbidden
    term, when people waived it again and again. Each comes with its evidence and with the command,
    or the line of locales/glossary.toml, that takes it over; nothing is written.
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
    known = f", now {proposal.status}" if proposal.status else ""
    others = f"; {proposal.others} elsewhere" if proposal.others else ""
    wish = click.style(f"{_WISHES[proposal.wish]} “{proposal.term}”", bold=True)
    yield f"{proposal.concept.id}.{proposal.language}: {wish}{known} — {_counted(proposal)}{others}"
    for one in proposal.evidence[:_MOST]:
        yield f"  {one.path}:{one.line}: {one.target}{_told(one)}"
    if len(proposal.evidence) > _MOST:
        yield f"  … and {len(proposal.evidence) - _MOST} more; --output-format json has them all"
    if proposal.status is None:
        yield f"  {_command(proposal)}"
    else:
        place = f"{GLOSSARY}:{proposal.concept.line}, under [concept.terms]"
        yield f"  {place}, in {proposal.language}: {_toml(proposal)}"


def _counted(proposal: Proposal) -> str:
    """As "3 units, 2 waived, 1 corrected from “КСОПН”"."""
    evidence = proposal.evidence
    parts = [f"{len(evidence)} unit{'' if len(evidence) == 1 else 's'}"]
    if waived := sum(bool(one.reason) for one in evidence):
        parts.append(f"{waived} waived")
    old = sorted({one.before for one in evidence if one.before})
    if proposal.wish is TermStatus.DEPRECATED:
        parts.append("translators put another term in its place")
    elif old:
        corrected = sum(bool(one.before) for one in evidence)
        parts.append(f"{corrected} corrected from {', '.join(f'“{text}”' for text in old)}")
    return ", ".join(parts)


def _told(one: Evidence) -> str:
    """Who did it, when and why, as far as that is known."""
    signed = ", ".join(filter(None, (one.who, one.when)))
    told = ": ".join(filter(None, (signed, one.reason)))
    return f" ({told})" if told else ""


def _command(proposal: Proposal) -> str:
    term = f"{proposal.language}:{proposal.wish}={proposal.term}"
    return shlex.join(["workflow", "glossary", "add", proposal.concept.id, term])


def _toml(proposal: Proposal) -> str:
    text = json.dumps(proposal.term, ensure_ascii=False)  # JSON's strings are TOML's
    return f'{{ term = {text}, status = "{proposal.wish}" }}'


def _data(proposal: Proposal) -> dict[str, Any]:
    return {
        "concept": proposal.concept.id,
        "language": proposal.language,
        "term": proposal.term,
        "wish": proposal.wish.value,
        "status": proposal.status.value if proposal.status else None,
        "evidence": [asdict(one) for one in proposal.evidence],
        "elsewhere": proposal.others,
        "line": proposal.concept.line,
        "command": "" if proposal.status else _command(proposal),
        "toml": _toml(proposal),
    }
