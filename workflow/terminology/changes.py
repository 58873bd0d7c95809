"""Two versions of a glossary → what changed, concept by concept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import product

from workflow.model import Concept, Term
from workflow.terminology.matching import preferred
from workflow.terminology.rules import BANNED

_SIGNED = {"text", "status"}  # what is said of a term anyway
_PROSE = ("definition", "subject", "note", "source")


class ChangeKind(StrEnum):
    """What became of a concept."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptChange:
    """A concept that is not what it was."""

    concept: str
    kind: ChangeKind
    what: str
    """One line for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryChange:
    """A glossary before and after."""

    before: tuple[Concept, ...]
    after: tuple[Concept, ...]
    changes: tuple[ConceptChange, ...]
    """In the order of the glossary as it is; what was removed comes last."""
    concerned: Mapping[tuple[str, str], tuple[Concept, ...]]
    """For a language of sources and one of targets: both versions of the concepts whose terms
    changed in one of the two. A unit without a word of theirs need not be judged again."""

    def concerns(self, source: str, target: str) -> tuple[Concept, ...]:
        """`concerned` of a pair, the same tuple every time."""
        return self.concerned.get((source, target), ())


def changes_between(
    before: tuple[Concept, ...], after: tuple[Concept, ...], languages: Sequence[str]
) -> GlossaryChange:
    """What has to be known to judge units in ``languages`` under both glossaries."""
    old = {concept.id: concept for concept in before}
    new = {concept.id: concept for concept in after}
    names = dict.fromkeys((*new, *old))
    found = {name: _change(old.get(name), new.get(name)) for name in names}
    changes = {name: change for name, change in found.items() if change is not None}
    concerned = {
        pair: tuple(
            concept
            for name in changes
            if _asked(old.get(name), pair) != _asked(new.get(name), pair)
            for concept in (old.get(name), new.get(name))
            if concept is not None
        )
        for pair in product(languages, languages)
    }
    return GlossaryChange(
        before=before, after=after, changes=tuple(changes.values()), concerned=concerned
    )


def _asked(concept: Concept | None, tags: tuple[str, str]) -> object:
    """What the glossary asks of texts in two languages by a concept."""
    if concept is None or not any(map(concept.terms_in, tags)):
        return None
    return concept.status, *map(concept.terms_in, tags)


def _change(old: Concept | None, new: Concept | None) -> ConceptChange | None:
    if new is None or old is None:
        concept = new or old
        assert concept is not None  # one of the two has the id
        kind = ChangeKind.REMOVED if new is None else ChangeKind.ADDED
        return ConceptChange(concept=concept.id, kind=kind, what=_summary(concept))
    if old == replace(new, line=old.line):
        return None
    tags = dict.fromkeys(tag for concept in (new, old) for tag, _ in concept.terms)
    told = [
        f"{tag} {', '.join(found)}"
        for tag in tags
        if (found := list(_terms(old.terms_in(tag), new.terms_in(tag))))
    ]
    if old.status is not new.status:
        told.append(f"{new.status} now (was {old.status})")
    prose = [name for name in _PROSE if getattr(old, name) != getattr(new, name)]
    if prose:
        told.append(f"another {' and '.join(prose)}")
    return ConceptChange(concept=new.id, kind=ChangeKind.CHANGED, what="; ".join(told))


def _summary(concept: Concept) -> str:
    """The preferred term of every language."""
    pairs = ((tag, preferred(concept, tag)) for tag, _ in concept.terms)
    return "; ".join(f"{tag} “{term.text}”" for tag, term in pairs if term is not None)


def _terms(before: Sequence[Term], after: Sequence[Term]) -> Iterator[str]:
    """What became of the terms of one language, each in a few words."""
    old, new = ({term.text: term for term in terms} for terms in (before, after))
    for text, term in new.items():
        was = old.get(text)
        if was is None:
            now = f"{term.status} now" if term.status in BANNED else f"added as {term.status}"
            yield f"“{text}” {now}"
        elif was.status is not term.status:
            yield f"“{text}” {term.status} now (was {was.status})"
        if was is not None and (other := _unlike(was, term)):
            yield f"“{text}” has another {' and '.join(other)}"
    yield from (f"“{text}” taken out (was {old[text].status})" for text in old if text not in new)
    if [text for text in old if text in new] != [text for text in new if text in old]:
        yield "another order"


def _unlike(one: Term, other: Term) -> list[str]:
    names = [field.name for field in fields(Term) if field.name not in _SIGNED]
    return [name for name in names if getattr(one, name) != getattr(other, name)]
