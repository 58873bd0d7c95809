"""``workflow glossary add``."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from workflow.errors import UsageError
from workflow.model import (
    CASES,
    MATCHES,
    PARTS_OF_SPEECH,
    Concept,
    ConceptStatus,
    Term,
    TermStatus,
)
from workflow.pipeline.glossary_growth import add_terms
from workflow.stores.project import open_project
from workflow.terminology.rules import is_abbreviation

_FACTS: Mapping[str, Mapping[str, object]] = {
    **{str(status): {"status": status} for status in TermStatus},
    **{pos.replace(" ", "-"): {"pos": pos} for pos in PARTS_OF_SPEECH},
    **{f"match-{match}": {"match": match} for match in MATCHES},
    **{f"case-{case}": {"case": case} for case in CASES},
    "abbreviation": {"abbreviation": True},
    "word": {"abbreviation": False},
    "keep": {"keep": True},
}
_STATUSES = tuple(map(str, ConceptStatus))
_HEAD = "head-"
_EXAMPLE = 'as en="security council", ru:forbidden=Совбез'


@click.command("add")
@click.option("--subject", help="What the concept belongs to: organisations, law, places …")
@click.option("--definition", help="What it is, in a sentence.")
@click.option("--note", help="What translators are told.")
@click.option("--source", help="Where the terms come from.")
@click.option("--status", type=click.Choice(_STATUSES), help="Of the whole concept.")
@click.argument("name", metavar="ID")
@click.argument("terms", nargs=-1, metavar="TERM...")
@click.pass_obj
def command(where: Path, /, name: str, terms: tuple[str, ...], **about: str | None) -> int:
    """Add the concept ID with its terms to the glossary, or terms to the concept of that ID.

    \b
    TERM is TAG[:FACT]…=TEXT[|FORM]… as in
      workflow glossary add ccbcd --subject organisations \\
          en=CCBCD ru=КСОПН kk='Үйлестіру кеңесі' kk:forbidden=КСОПН
      workflow glossary add person en='person|people' ru:noun='человек|люди|людей'
    FORMs are inflected forms that the rules of the language do not give.
    FACTs, as many as are true of the term:
      preferred (when none is given), admitted, deprecated, forbidden
      noun, proper-noun, verb, adjective, adverb
      match-exact, match-regex, case-exact, case-any
      abbreviation, or word: a word in capitals is taken for an abbreviation
      keep: it stands in the target as in the source
      head-WORD: the word of a longer term that inflects

    The file keeps its order and comments. Everything is added or nothing.
    """
    said = {key: value for key, value in about.items() if value is not None}
    found: dict[str, list[Term]] = {}
    for term in terms:
        tag, made = _term(term)
        found.setdefault(tag, []).append(made)
    concept = Concept(
        id=name,
        terms=tuple((tag, tuple(made)) for tag, made in sorted(found.items())),
        **_about(said),
    )
    grown = add_terms(open_project(where), concept, said=said)
    if grown.added:
        click.echo(f"added {name}", err=True)
    else:
        more = f"added {grown.terms} terms to {name}"
        click.echo(more if grown.terms else f"{name} has all of it already", err=True)
    return 0


def _about(said: Mapping[str, str]) -> dict[str, Any]:
    status = ConceptStatus(said.get("status", ConceptStatus.REVIEWED))
    return {**said, "status": status}


def _term(said: str) -> tuple[str, Term]:
    """The language and the term that an argument spells. Raises `UsageError`."""
    before, equals, text = unicodedata.normalize("NFC", said).partition("=")
    tag, *facts = before.split(":")
    if not equals or not tag or not text.strip():
        raise UsageError(f"“{said}” is no term", hint=_EXAMPLE)
    told: dict[str, Any] = {}
    for fact in facts:
        told |= _fact(fact, said)
    text, *forms = [text] if told.get("match") == "regex" else text.split("|")
    told.setdefault("abbreviation", is_abbreviation(text) and told.get("match") != "regex")
    told["forms"] = tuple(form.strip() for form in forms if form.strip())
    return tag, Term(text=text.strip(), **told)


def _fact(fact: str, said: str) -> Mapping[str, object]:
    if fact.startswith(_HEAD):
        return {"head": fact.removeprefix(_HEAD)}
    if fact not in _FACTS:
        near = difflib.get_close_matches(fact, _FACTS, n=1)
        hint = f"did you mean “{near[0]}”?" if near else f"known: {', '.join(_FACTS)}, head-WORD"
        raise UsageError(f"“{said}”: nothing is known as “{fact}”", hint=hint)
    return _FACTS[fact]
