"""Catalogues → what people accepted in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workflow.languages import Language
from workflow.languages.sentences import sentences
from workflow.markup import cut, format_text, parse_text
from workflow.model import Catalog, Remembered, Role, Unit

_ROLES = frozenset(Role)


def accepted(
    catalog: Catalog, *, source: Language, target: Language, section: str = ""
) -> Iterator[Remembered]:
    """What a memory takes from a catalogue. Machine output, being fuzzy, never gets in.

    Of a unit with as many sentences in both languages, the sentences are remembered too: a
    newsroom may translate by paragraph and still be helped by the sentence.
    """
    for whole in accepted_units(catalog, section=section):
        yield whole
        yield from _sentences(whole, source, target)


def accepted_units(catalog: Catalog, *, section: str = "") -> Iterator[Remembered]:
    """The accepted units as they stand, with their neighbours in the catalogue."""
    units = catalog.units
    for index, unit in enumerate(units):
        if unit.is_accepted:
            yield Remembered(
                source=unit.source,
                target=unit.target,
                key=unit.key,
                role=role_of(unit),
                before=units[index - 1].source if index else "",
                after=units[index + 1].source if index + 1 < len(units) else "",
                origin=catalog.slug,
                section=section,
            )


def role_of(unit: Unit) -> str:
    """What a unit is to the reader, as its notes say; empty where they do not."""
    return next((note for note in unit.notes if note in _ROLES), "")


def cut_sentences(markup: str, rules: Language) -> list[str]:
    """The sentences of a unit, each in unit markup."""
    text = parse_text(markup)
    return [format_text(cut(text, start, end)) for start, end in sentences(text.plain, rules)]


def _sentences(whole: Remembered, source: Language, target: Language) -> Iterator[Remembered]:
    ours, theirs = cut_sentences(whole.source, source), cut_sentences(whole.target, target)
    if 1 < len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield replace(
                whole,
                source=one,
                target=other,
                key="",
                before=ours[index - 1] if index else whole.before,
                after=ours[index + 1] if index + 1 < len(ours) else whole.after,
            )
