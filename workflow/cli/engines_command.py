"""``workflow engines``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from workflow.pipeline.engines import EngineState, Refusal, list_engines, list_refusals
from workflow.plugins import Reach
from workflow.stores.project import open_project

_REACH = {
    Reach.LOCAL: "on this machine",
    Reach.PRIVATE: "in the house",
    Reach.THIRD_PARTY: "a third party",
}
_WIDTH = 12


@click.command("engines")
@click.option("--refusals", is_flag=True, help="What was not sent, by day, engine and release.")
@click.option(
    "--output-format", type=click.Choice(("text", "json")), default="text", help="How to print."
)
@click.pass_obj
def command(where: Path, refusals: bool, output_format: str) -> int:
    """List the engines: how far a text would go, whether it may be kept, what is missing.

    A text under embargo, withheld or confidential stays on this machine, whatever is allowed.
    """
    project = open_project(where)
    refused = list_refusals(project)
    found = () if refusals else list_engines(project)
    if output_format == "json":
        told = {"refusals": [asdict(one) for one in refused]}
        more = {} if refusals else {"engines": [_data(one) for one in found]}
        click.echo(json.dumps({"version": 1, **more, **told}, ensure_ascii=False, indent=2))
    elif refusals:
        for one in refused:
            click.echo(_refusal(one))
    else:
        for state in found:
            click.echo(f"{state.name:{_WIDTH}}" + f"\n{'':{_WIDTH}}".join(_lines(state)))
        if refused:
            told_count = f"{len(refused)} times texts were not sent: --refusals lists them"
            click.echo(told_count, err=True)
    return 0


def _lines(state: EngineState) -> Iterator[str]:
    traits = state.traits
    places = [f"no. {state.place} in the order"] if state.place else []
    places += [f"for {', '.join(state.pairs)}"] if state.pairs else []
    reach = _REACH[state.reach]
    if not state.allowed:
        reach += ", not allowed ([engine] third_parties)"
    elif state.reach is Reach.THIRD_PARTY:
        reach += ", allowed"
    is_kept = traits.keeps_data and state.reach > Reach.LOCAL
    kept = "may keep the texts" if is_kept else "keeps no texts"
    yield "; ".join((" and ".join(places) or "not in the order", reach, kept))
    yield "; ".join(_limits(state))
    reasons: dict[str, list[str]] = {}
    for tag, missing in state.missing:
        reasons.setdefault(missing, []).append(tag)
    for missing, tags in reasons.items():
        yield f"{', '.join(tags)}: {missing or 'ready'}"


def _limits(state: EngineState) -> Iterator[str]:
    traits = state.traits
    yield f"up to {traits.longest} characters a text"
    if traits.at_once > 1:
        yield f"{traits.at_once} texts a request"
    if traits.parallel > 1:
        yield f"{traits.parallel} requests at once"
    if traits.takes_terms or traits.holds_terms:
        yield "is told the terms"
    if traits.takes_context:
        yield "and the text around"
    if not traits.for_readers:
        yield "no translation, only a filling"
    if state.price:
        yield f"{state.price:g} a million characters"


def _refusal(one: Refusal) -> str:
    texts = f"{one.texts} texts, {one.characters} characters"
    return f"{one.day} {one.engine} {one.release}: {texts}: {one.why}"


def _data(state: EngineState) -> dict[str, object]:
    return {**asdict(state), "reach": state.reach.name.lower(), "missing": dict(state.missing)}
