"""``workflow glossary match``."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TextIO

import click

from workflow.errors import UsageError
from workflow.languages import Language, language
from workflow.model import Concept, Term
from workflow.terminology.evidence import evidence
from workflow.terminology.finder import Finder
from workflow.terminology.matching import found_by
from workflow.terminology.rules import is_abbreviation


@click.command("match")
@click.option("--lang", "tag", required=True, metavar="TAG", help="Language of term and text.")
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8-sig"),
    metavar="FILE",
    help="Lines of term, tab, text; - reads standard input.",
)
@click.argument("words", nargs=-1, metavar="[TERM TEXT]")
def command(tag: str, batch: TextIO | None, words: tuple[str, ...]) -> int:
    """Tell whether a text has a term in any of its forms, before you adopt the term.

    Prints term, text, yes or no, the first form that was found, and why, with tabs between. Exit
    code 1 when a text has not its term.
    """
    rules = language(tag)
    pairs = _pairs(batch) if batch is not None else iter([_pair(words)])
    missing = False
    for term, text in pairs:
        form, why = tried(term, text, rules)
        missing = missing or not form
        click.echo("\t".join((term, text, "yes" if form else "no", form, why)))
    return int(missing)


def tried(term: str, text: str, rules: Language) -> tuple[str, str]:
    """The form of ``term`` that stands in ``text``, "" when none does, and how it is known."""
    found = found_by(_finder(term, rules), text)
    if not found:
        return "", "no form of the term"
    form = text[found[0].start : found[0].end]
    return form, evidence(form, found[0].term, found[0].features)


@functools.lru_cache(maxsize=4096)
def _finder(term: str, rules: Language) -> Finder:
    entry = Term(text=term, abbreviation=is_abbreviation(term))
    return Finder([Concept(id="tried", terms=((rules.tag, (entry,)),))], rules)


def _pair(words: tuple[str, ...]) -> tuple[str, str]:
    if len(words) != 2:
        hint = 'workflow glossary match --lang kk ұйым "ұйымның жарғысы"; or --batch FILE'
        raise UsageError("a term and a text are wanted", hint=hint)
    return words[0], words[1]


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        term, tab, text = line.rstrip("\r\n").partition("\t")
        if not tab or not term.strip():
            raise UsageError(
                f"line {number}: no tab between a term and a text", hint="term<TAB>text"
            )
        yield term.strip(), text
