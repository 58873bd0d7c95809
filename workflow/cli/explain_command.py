"""``workflow explain``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from workflow.errors import UsageError
from workflow.model import Severity
from workflow.pipeline.explain import Explained, Judged, explain_term
from workflow.plugins import Check, Example, Rule, WholeCheck, WholeExample, discover
from workflow.stores.project import open_project, wanted_languages
from workflow.terminology.trace import Outcome, Trace

_TERM = "term:"
_COLOURS = {Outcome.FOUND: "green", Outcome.HIDDEN: "yellow", Outcome.REFUSED: None}


@click.command("explain")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="Of a source: this language.")
@click.option(
    "--output-format", type=click.Choice(("text", "json")), default="text", help="For term:ID."
)
@click.argument("name", required=False, metavar="[CHECK|term:ID]")
@click.argument("place", required=False, metavar="[FILE:LINE]")
@click.pass_obj
def command(
    where: Path, tags: tuple[str, ...], output_format: str, name: str | None, place: str | None
) -> int:
    """Tell what a check looks for, with examples; without a name, list the checks.

    With term:ID and FILE:LINE of a catalogue or a source, tell why the concept ID of the glossary
    was found in that unit, or was not: words, forms, counts, verdict, suggestion.
    """
    if name is not None and name.startswith(_TERM):
        _print_term(where, name.removeprefix(_TERM), place, tags, output_format)
        return 0
    if place is not None:
        raise UsageError(f"“{place}”: only a term is explained at a place", hint="term:ID")
    _print_check(name)
    return 0


def _print_check(name: str | None) -> None:
    checks: dict[str, Rule] = discover("workflow.checks", "CHECK")
    if name is None:
        for check in checks.values():
            click.echo(f"{check.name:14} {check.severity.name.lower():8} {check.about}")
        return
    if name not in checks:
        raise UsageError(f"no check “{name}”", hint=f"known: {', '.join(checks)}, term:ID")
    check = checks[name]
    click.echo(f"{check.name} ({check.severity.name.lower()}): {check.about}")
    if isinstance(check, Check):
        _print_examples(map(_shown, check.good), map(_shown, check.bad))
    elif isinstance(check, WholeCheck):
        _print_examples(map(_shown_whole, check.good), map(_shown_whole, check.bad))


def _print_examples(good: Iterable[str], bad: Iterable[str]) -> None:
    for title, examples in (("passes", good), ("is reported", bad)):
        click.echo(f"\n{title}:")
        for example in examples:
            click.echo(f"  {example}")


def _shown_whole(example: WholeExample) -> str:
    terms = f"  [glossary: {', '.join(example.terms)}]" if example.terms else ""
    return f"{example.language} " + " ¶ ".join(f"“{text}”" for text in example.texts) + terms


def _shown(example: Example) -> str:
    terms = "; ".join(f"{tag}: {', '.join(words)}" for tag, words in example.terms.items())
    return f"en “{example.source}” · {example.language} “{example.target}”" + (
        f"  [glossary {terms}]" if terms else ""
    )


def _print_term(
    where: Path, name: str, place: str | None, tags: tuple[str, ...], output_format: str
) -> None:
    if not place:
        hint = f"workflow explain {_TERM}{name or 'ID'} locales/ru/releases/x.po:42"
        raise UsageError("a term is explained at a place: FILE:LINE", hint=hint)
    project = open_project(where)
    wanted = wanted_languages(project, tags) if tags else ()
    explained = explain_term(project, name, place, tags=wanted)
    if output_format == "json":
        data = {"version": 1, "units": [_data(unit) for unit in explained]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for number, unit in enumerate(explained):
        if number:
            click.echo()
        for line, colour in _lines(unit):
            click.secho(line, fg=colour)


def _lines(unit: Explained) -> Iterator[tuple[str, str | None]]:
    yield f"{unit.path}:{unit.line}: {unit.concept} in unit {unit.key} ({unit.state})", None
    for title, side in (("source", unit.source), ("target", unit.target)):
        yield "", None
        yield f"{title} ({side.tag}): {side.text or '(empty)'}", None
        yield from _side(side)
    yield "", None
    yield f"named: {unit.source.named} in the source, {unit.target.named} in the target", None
    yield f"rule: {unit.rule}", None
    if unit.target.text:
        yield from _verdict(unit.judged)
    else:
        yield "verdict: none, there is no target yet", None


def _side(side: Trace) -> Iterator[tuple[str, str | None]]:
    """The words, ≈ where one is read otherwise than it is written, and what was tried."""
    if not side.tokens:
        return
    words = (t.read if t.read == t.written else f"{t.written}≈{t.read}" for t in side.tokens)
    yield f"  words: {' · '.join(words)}", None
    if not side.tried:
        yield "  no word begins like a term of the concept", None
    for one in side.tried:
        status = f"{one.term} ({one.status})"
        line = f"  {one.outcome:7} {one.start}–{one.end} “{one.text}”: {status}: {one.why}"
        yield line, _COLOURS[one.outcome]


def _verdict(judged: Sequence[Judged]) -> Iterator[tuple[str, str | None]]:
    if not judged:
        yield "verdict: pass", "green"
    for each in judged:
        issue = each.issue
        kind = "advisory" if issue.severity is Severity.MINOR else "hard"
        colour = "yellow" if each.waiver or kind == "advisory" else "red"
        yield f"verdict: {kind}, {issue.severity.name.lower()}: {issue.message}", colour
        yield f"  evidence: {issue.evidence}", None
        place = f"{issue.start}–{issue.end} of the target: " if issue.suggestion else ""
        yield f"  suggestion: {place}{issue.suggestion or 'none'}", None
        waiver = each.waiver
        said = f"{waiver.path}:{waiver.line}, {waiver.who}: {waiver.reason}" if waiver else "no"
        yield f"  waived: {said}", None


def _data(unit: Explained) -> dict[str, object]:
    data = asdict(unit)
    for each in data["judged"]:
        each["issue"]["severity"] = each["issue"]["severity"].name.lower()
    return data
