"""What makes ``locales/glossary.toml`` grow: whole or not at all, and never over another's save."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tomlkit.exceptions import TOMLKitError

from workflow.errors import GlossaryError, StaleError, UsageError
from workflow.glossaries.cldr import cldr_concepts, lacking
from workflow.glossaries.merging import Merged, merge
from workflow.glossaries.writing import write_into
from workflow.model import Concept
from workflow.stores.files import write_atomic
from workflow.stores.glossary import GLOSSARY, glossary_bytes, parse_glossary, text_of
from workflow.stores.project import Project
from workflow.terminology.rules import is_id

_BOM = "\ufeff"
_IN_FILE = f"change it in {GLOSSARY}"
_FIELDS = ("subject", "definition", "note", "source", "status")

Known = tuple[Concept, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What was added."""

    added: tuple[str, ...]
    """Ids of new concepts."""
    terms: int
    """New terms of concepts that were there."""


def add_terms(project: Project, concept: Concept, *, said: Iterable[str] = ()) -> Grown:
    """Add a concept, or terms to the one of its id; everything or nothing.

    ``said`` names the fields of ``concept`` that somebody chose. Raises `UsageError` for what the
    glossary could not hold, or says otherwise already.
    """
    if not is_id(concept.id):
        what = f"“{concept.id}” is no id: small letters, digits and hyphens are wanted"
        raise UsageError(what, hint="as security-council")
    if not concept.terms:
        raise UsageError("no term is given", hint='as en="security council"')
    asked = set(said)

    def came(known: Known) -> tuple[Concept, ...]:
        old = next((other for other in known if other.id == concept.id), None)
        for key in _FIELDS if old else ():
            if key in asked and getattr(concept, key) != getattr(old, key):
                raise UsageError(f"{concept.id} has another {key} already", hint=_IN_FILE)
        return (replace(concept, status=old.status) if old else concept,)

    return _grown(grow(project, came, named=True, whole=True))


def seed(
    project: Project, tags: tuple[str, ...], kinds: Iterable[str], *, dry_run: bool = False
) -> Grown:
    """Add CLDR's names in the source language and in ``tags``, where the house has none."""
    source = project.settings.source_language
    targets = [tag for tag in tags if tag != source]
    candidates = cldr_concepts(source, targets, kinds)
    merged = grow(
        project,
        lambda known: lacking(known, candidates, source=source),
        named=True,
        dry_run=dry_run,
    )
    return _grown(merged)


def grow(
    project: Project,
    came: Callable[[Known], Iterable[Concept]],
    *,
    named: bool = False,
    whole: bool = False,
    dry_run: bool = False,
) -> Merged:
    """Add what ``came`` makes of the concepts that are there; what is there is never changed.

    ``named``: the ids that come are the glossary's own. ``whole``: what cannot be taken is a
    `UsageError`, and nothing is. Raises `GlossaryError`, `StoreError` or `StaleError`.
    """
    languages = project.settings.languages
    before = glossary_bytes(project.root)
    text = text_of(before)
    known = parse_glossary(text, languages)
    source = project.settings.source_language
    merged = merge(known, came(known), source=source, languages=languages, named=named)
    if whole and merged.conflicts:
        raise UsageError("; ".join(what for _, what in merged.conflicts[:5]), hint=_IN_FILE)
    after = _changed(text, merged, languages)
    if after != text and not dry_run:
        mark = _BOM if before.startswith(_BOM.encode()) else ""

        def refuse_stale() -> None:
            if glossary_bytes(project.root) != before:
                raise StaleError("was saved meanwhile", path=GLOSSARY, hint="do it again")

        file = project.root / GLOSSARY
        write_atomic(file, (mark + after).encode(), last_look=refuse_stale)
    return merged


def _changed(text: str, merged: Merged, languages: tuple[str, ...]) -> str:
    """The new text, after a look whether it says just what was meant."""
    try:
        after = write_into(text, merged, languages)
        if _said(parse_glossary(after, languages)) == _said(merged.concepts):
            return after
    except (GlossaryError, TOMLKitError, KeyError, TypeError, ValueError, AttributeError):
        pass  # TOML has more ways to write a table than can be added to
    hint = "write terms under [concept.terms], a list for each language, as workflow init does"
    raise GlossaryError("cannot be added to as it is written", path=GLOSSARY, hint=hint)


def _said(concepts: Iterable[Concept]) -> list[tuple[object, ...]]:
    return [(concept.id, concept.status, concept.terms) for concept in concepts]


def _grown(merged: Merged) -> Grown:
    return Grown(
        added=tuple(concept.id for concept in merged.added),
        terms=sum(map(len, merged.terms.values())),
    )
