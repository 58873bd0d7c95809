"""Concepts that came in against those that are there: what is there stays, what is new is added."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workflow.glossaries._beside import together
from workflow.glossaries._rows import one_line, same
from workflow.model import Concept, ConceptStatus, Term, TermStatus
from workflow.slugs import slug_of, unique_slug
from workflow.terminology.rules import is_id, spelled

_OPPOSITE = {
    TermStatus.PREFERRED: TermStatus.FORBIDDEN,
    TermStatus.FORBIDDEN: TermStatus.PREFERRED,
}
_ABOUT = ("subject", "definition", "note")

Conflict = tuple[int, str]
"""(line of the file that came in, what was not taken and why)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What an import comes to."""

    added: tuple[Concept, ...]
    """New concepts, with their ids."""
    terms: Mapping[str, tuple[tuple[str, Term], ...]]
    """Concept → its new terms with their languages, for concepts that were there."""
    concepts: tuple[Concept, ...]
    """The whole glossary as it is to be."""
    conflicts: tuple[Conflict, ...]


@dataclass(slots=True)
class _Glossary:
    """The concepts by id, and ids by language and term."""

    source: str
    concepts: dict[str, Concept] = field(default_factory=dict)
    words: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    standing: dict[tuple[str, TermStatus, str], str] = field(default_factory=dict)
    """What reviewed concepts prefer and forbid → the concept."""

    def put(self, concept: Concept) -> None:
        self.concepts[concept.id] = concept
        for word in _words(concept.terms):
            self.words.setdefault(word, set()).add(concept.id)
        if concept.status is ConceptStatus.REVIEWED:
            for tag, terms in concept.terms:
                for term in terms:
                    for text in _held(term, term.status):
                        self.standing.setdefault((tag, term.status, text), concept.id)

    def contradiction(self, concept: Concept, tag: str, term: Term) -> str:
        """The concept that forbids what ``concept`` would prefer, or the other way about."""
        opposite = _OPPOSITE.get(term.status)
        if opposite is None or concept.status is not ConceptStatus.REVIEWED:
            return ""
        others = (self.standing.get((tag, opposite, text)) for text in _held(term, term.status))
        return next((other for other in others if other and other != concept.id), "")

    def counterparts(self, concept: Concept) -> list[Concept]:
        """The concept of that id; for one without an id, those that have its source term.

        Of several, one that has all its terms already is the one.
        """
        if concept.id:
            known = self.concepts.get(_slug(concept.id))
            return [known] if known else []
        terms = [pair for pair in concept.terms if pair[0] == self.source] or concept.terms
        ids = set[str]().union(*(self.words.get(word, ()) for word in _words(terms)))
        found = [self.concepts[name] for name in sorted(ids)]
        whole = [old for old in found if _words(concept.terms) <= _words(old.terms)]
        return whole[:1] or found

    def name(self, concept: Concept) -> str:
        """An id for a new concept: the one it has, or one made of its first term."""
        if concept.id:
            return _slug(concept.id)
        tag, terms = next(
            (pair for pair in concept.terms if pair[0] == self.source), concept.terms[0]
        )
        return unique_slug(slug_of(terms[0].text, tag), self.concepts.keys())


def merge(
    known: Sequence[Concept],
    came: Iterable[Concept],
    *,
    source: str,
    languages: Sequence[str],
    named: bool = False,
) -> Merged:
    """What ``came`` has and ``known`` has not. Nothing that is known is changed.

    ``named``: who gives an id knows the glossary; a concept of that id is the one, whatever terms
    it has.
    """
    glossary = _Glossary(source)
    for concept in known:
        glossary.put(concept)
    conflicts: list[Conflict] = []
    for raw in came:
        concept = _at_home(raw, languages, conflicts)
        if not concept.terms:
            continue
        found = glossary.counterparts(concept)
        if not named and (fault := _doubt(concept, found)):
            conflicts.append((concept.line, f"{fault}; not taken"))
            continue
        old = found[0] if found else None
        base = old or replace(concept, id=glossary.name(concept), terms=())
        grown = _grown(base, concept, glossary, conflicts)
        if grown.terms != base.terms:
            glossary.put(grown)
    return _result(known, glossary.concepts, conflicts)


def in_languages(concepts: Sequence[Concept], wanted: Iterable[str]) -> tuple[Concept, ...]:
    """The concepts with terms of the ``wanted`` languages only; those without any are left out."""
    tags = set(wanted)
    kept = (replace(c, terms=tuple(pair for pair in c.terms if pair[0] in tags)) for c in concepts)
    return tuple(concept for concept in kept if concept.terms)


def _result(
    known: Sequence[Concept], concepts: Mapping[str, Concept], conflicts: list[Conflict]
) -> Merged:
    fresh = {}
    for old in known:
        grown = concepts[old.id]
        if grown is not old:
            fresh[old.id] = tuple(
                (tag, term)
                for tag, terms in grown.terms
                for term in terms[len(old.terms_in(tag)) :]
            )
    ids = {concept.id for concept in known}
    return Merged(
        added=tuple(concept for concept in concepts.values() if concept.id not in ids),
        terms=fresh,
        concepts=tuple(concepts.values()),
        conflicts=tuple(dict.fromkeys(conflicts)),
    )


def _at_home(concept: Concept, languages: Sequence[str], conflicts: list[Conflict]) -> Concept:
    """The concept with this newsroom's tags; terms in other languages are told and left out."""
    tags = {tag.casefold(): tag for tag in languages}
    found: dict[str, tuple[Term, ...]] = {}
    for said, terms in concept.terms:
        folded = said.replace("_", "-").casefold()
        tag = tags.get(folded) or tags.get(folded.partition("-")[0])
        if tag is None:
            what = f"“{terms[0].text}”: “{said[:20]}” is not a language of this newsroom"
            conflicts.append((concept.line, f"{what}; not taken"))
        else:
            found[tag] = found.get(tag, ()) + terms
    return replace(concept, terms=tuple(sorted(found.items())))


def _doubt(concept: Concept, found: Sequence[Concept]) -> str:
    """Why none of ``found`` can be said to be the concept; empty when there is no doubt."""
    if len(found) > 1:
        names = ", ".join(old.id for old in found[:5])
        return f"“{concept.terms[0][1][0].text}” is a term of {names}, and the file names none"
    if found and not _words(concept.terms) & _words(found[0].terms):
        return f"“{found[0].id}” has no term in common with the file's concept of this id"
    return ""


def _held(term: Term, status: TermStatus) -> tuple[str, ...]:
    """The spellings that a status speaks of: of a preferred term only the citation form."""
    return spelled(term)[:1] if status is TermStatus.PREFERRED else spelled(term)


def _words(terms: Iterable[tuple[str, tuple[Term, ...]]]) -> set[tuple[str, str]]:
    return {(tag, same(term.text)) for tag, found in terms for term in found}


def _grown(base: Concept, came: Concept, glossary: _Glossary, conflicts: list[Conflict]) -> Concept:
    """``base`` with the terms of ``came`` that it lacks and can have."""
    for key in _ABOUT:
        ours, theirs = one_line(getattr(base, key)), one_line(getattr(came, key))
        if base.terms and theirs and theirs != ours:
            conflicts.append((came.line, f"{base.id}: another {key}; ours is kept"))
    if base.terms and came.status not in (ConceptStatus.REVIEWED, base.status):
        what = f"is {base.status} here, not {came.status}; ours is kept"
        conflicts.append((came.line, f"{base.id}: {what}"))
    terms = dict(base.terms)
    for tag, wanted in came.terms:
        contrary = functools.partial(glossary.contradiction, base, tag)
        have, faults = together(terms.get(tag, ()), wanted, contrary=contrary)
        conflicts.extend((came.line, f"{base.id}.{tag}: {fault}") for fault in faults)
        if any(term.status is TermStatus.PREFERRED for term in have):
            terms[tag] = have
        elif have:
            what = f"{base.id}: no preferred term in {tag}; its terms in {tag} were not taken"
            conflicts.append((came.line, what))
    return replace(base, terms=tuple(sorted(terms.items())))


def _slug(name: str) -> str:
    return name if is_id(name) else slug_of(name, "en")
