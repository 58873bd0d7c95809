"""Names of territories and languages from CLDR (through Babel), as concepts nobody has reviewed.

Of the languages, those that are official somewhere: CLDR knows others whose names are common words
(Even, Fang). A name that needs a bracket to be told apart, or that two of them share, is no name
that a text could be held to, and is left out.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import resources
from typing import Any

from babel import Locale
from babel.core import get_cldr_version
from babel.languages import get_official_languages

from workflow.glossaries._rows import one_line, same
from workflow.model import Concept, ConceptStatus, Term, TermStatus
from workflow.terminology.rules import is_abbreviation, is_id

KINDS = ("territories", "languages")

_KIND = {"territories": "territory", "languages": "language"}
_SUBJECT = {"territories": "places", "languages": "general"}
_ALTERNATIVE = re.compile(r"(.+) \((.+)\)")
_BRACKET = re.compile(r" \([^()]*\)")
_CODE = re.compile(r"[A-Z]{2}")

Names = Mapping[str, tuple[str, ...]]
"""Code → names, the one to use first."""


def cldr_concepts(source: str, targets: Sequence[str], kinds: Iterable[str]) -> tuple[Concept, ...]:
    """A concept for each that has a name in ``source`` and in one of ``targets``."""
    names = {(kind, tag): _names(kind, tag) for kind in KINDS for tag in (source, *targets)}
    places = {same(name) for found in names["territories", source].values() for name in found}
    made = []
    for kind in kinds:
        for code, found in sorted(names[kind, source].items()):
            # Nauru is also what they speak there: the place is meant.
            if kind == "languages" and not places.isdisjoint(map(same, found)):
                continue
            named = [(tag, names[kind, tag].get(code, ())) for tag in {source, *targets}]
            terms = tuple((tag, _terms(kind, texts)) for tag, texts in sorted(named) if texts)
            if len(terms) > 1 or not targets:
                made.append(_concept(kind, code, terms))
    return tuple(made)


def lacking(
    known: Sequence[Concept], candidates: Iterable[Concept], *, source: str
) -> Iterator[Concept]:
    """What of the ``candidates`` a glossary has no name for.

    A concept of the house that has one of the names in ``source`` stands, with all that it says
    and does not say. Of one that came from here before, only languages without a term are filled.
    """
    by_id = {concept.id: concept for concept in known}
    house = {same(term.text): c.id for c in known for term in c.terms_in(source)}
    for candidate in candidates:
        old = by_id.get(candidate.id)
        others = {house.get(same(term.text), candidate.id) for term in candidate.terms_in(source)}
        if others != {candidate.id} or (old and old.status is not ConceptStatus.UNREVIEWED):
            continue
        terms = tuple(pair for pair in candidate.terms if not (old and old.terms_in(pair[0])))
        if terms:
            yield replace(candidate, terms=terms)


def _concept(kind: str, code: str, terms: tuple[tuple[str, tuple[Term, ...]], ...]) -> Concept:
    return Concept(
        id=f"{_KIND[kind]}-{code.lower()}",
        terms=terms,
        subject=_SUBJECT[kind],
        source=f"CLDR {get_cldr_version()}",
        status=ConceptStatus.UNREVIEWED,
    )


def _terms(kind: str, texts: Sequence[str]) -> tuple[Term, ...]:
    return tuple(
        Term(
            text=text,
            status=TermStatus.ADMITTED if number else TermStatus.PREFERRED,
            # A capital at the beginning alone is else free, and a chad is no Chad.
            case="exact" if text[0].isupper() and text[1:] == text[1:].lower() else "smart",
            abbreviation=is_abbreviation(text),
            pos="proper noun" if kind == "territories" or text[0].isupper() else "",
        )
        for number, text in enumerate(texts)
    )


@functools.cache
def _names(kind: str, tag: str) -> Names:
    """The names in one language, without those that two codes share."""
    said = getattr(Locale.parse(tag, sep="-"), kind)
    english = getattr(Locale("en"), kind)
    found = {
        code: tuple(_spelled(one_line(said[code]), english.get(code, ""), kind, tag))
        for code in _codes(kind)
        if code in said
    }
    shared = Counter(name for names in found.values() for name in set(map(same, names)))
    return {
        code: names
        for code, names in found.items()
        if names and max(shared[same(name)] for name in names) == 1
    }


def _codes(kind: str) -> tuple[str, ...]:
    skipped = _data()["skip"][_KIND[kind]]
    territories = sorted(filter(_CODE.fullmatch, map(str, Locale("en").territories)))
    codes: Iterable[str] = territories
    if kind == "languages":
        official = (get_official_languages(t, regional=True, de_facto=True) for t in territories)
        codes = {tag.partition("_")[0] for tags in official for tag in tags}
    return tuple(code for code in sorted(codes) if code not in skipped and is_id(code.lower()))


def _spelled(name: str, english: str, kind: str, tag: str) -> Iterator[str]:
    """How a text writes what CLDR writes in lists, the usual way first."""
    rules = _data().get(tag, {})
    plain = name
    for listed, written in rules.get("replace", ()):
        plain = plain.replace(listed, written)
    alternative = _ALTERNATIVE.fullmatch(plain)
    if " - " in plain or (alternative and not _ALTERNATIVE.fullmatch(english)):
        return
    bare = _BRACKET.sub("", plain)
    yield bare
    if alternative:  # Myanmar (Burma)
        yield alternative[2]
    elif name != bare:
        yield name
    if kind == "languages":
        pattern, *more = rules.get("language", ("",))
        made = re.fullmatch(pattern, bare)
        yield from (form.format(made[1]) for form in more if made)


@functools.cache
def _data() -> dict[str, dict[str, Any]]:
    text = (resources.files(__package__) / "cldr.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
