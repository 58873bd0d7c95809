"""A release's empty units → engines, one after another, within reach and budget → candidates.

What is sent is masked, what comes back is kept at once and judged before anybody sees it. What one
engine cannot do well the next is asked; what none can stays empty, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workflow.languages import Language, known_tags, language
from workflow.markup import parse_text
from workflow.model import Candidate, Catalog, Concept, MatchClass, Release, Unit
from workflow.pipeline.sending import send
from workflow.pipeline.session import Session
from workflow.plugins import Check, Engine, EngineOptions, Pair, Query
from workflow.stages.accept import fault_of, remarks_on
from workflow.stages.mask import Masked, Span, mask, names_in, terms_in, unmask


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What answers are held against."""

    concepts: tuple[Concept, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What engines brought for one release."""

    candidates: tuple[Candidate, ...] = ()
    left: Mapping[str, str]
    """Key of a unit that stays empty → why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """A unit on its way to one engine."""

    unit: Unit
    masked: Masked
    query: Query
    is_bare: bool
    """Its names go as they are: a machine has lost their tokens."""


def ask(
    session: Session,
    release: Release,
    catalog: Catalog,
    *,
    house: House,
    others: Sequence[Catalog],
) -> Asked:
    """Ask the engines for the empty units of ``catalog``; ``others`` is the release elsewhere."""
    left = {unit.key: "" for unit in catalog.units if not unit.target}
    units = {unit.key: unit for unit in catalog.units}
    candidates: list[Candidate] = []
    for engine in session.engines(release.language, catalog.language):
        wanted = [units[key] for key in left]
        for key, said in _round(session, engine, release, catalog, wanted, house, others):
            if isinstance(said, Candidate):
                candidates.append(said)
                left.pop(key, None)
            elif said and key in left:
                left[key] = "; ".join(filter(None, (left[key], f"{engine.name}: {said}")))
        if not left:
            break
    return Asked(candidates=tuple(candidates), left=left)


def _round(
    session: Session,
    engine: Engine,
    release: Release,
    catalog: Catalog,
    units: Sequence[Unit],
    house: House,
    others: Sequence[Catalog],
) -> Iterator[tuple[str, Candidate | str]]:
    """One engine's (key, candidate or what is wrong with its answer) pairs."""
    source, target = language(release.language), language(catalog.language)
    pivot = session.service(engine.name).pivot
    if pivot and pivot not in (source.tag, target.tag):
        accepted = next((c for c in others if c.language == pivot), None)
        texts = _accepted(accepted)
        units = [replace(unit, source=texts[unit.key]) for unit in units if unit.key in texts]
        asked_in = language(pivot)
    else:
        asked_in = source
    options = session.admitted(engine, release, asked_in.tag, target.tag, units)
    if isinstance(options, str):
        yield from ((unit.key, options) for unit in units)
        return
    options = replace(options, terms=_all_terms(house.concepts, asked_in, target, engine))
    originals = {unit.key: unit for unit in catalog.units}
    for is_bare in (False, True):
        questions = _questions(units, catalog, engine, house, (asked_in, target), others, is_bare)
        answers = send(
            session, engine, [q.query for q in questions], (asked_in, target), options, release.slug
        )
        units = []
        for question in questions:
            answer = answers.get(question.query.key)
            if answer is None:
                continue
            text = unmask(answer, question.masked)
            if text is None:
                units.append(question.unit)
                yield question.unit.key, "" if not is_bare else "it lost what must not change"
                continue
            unit = originals[question.unit.key]
            yield unit.key, _judged(unit, text, engine, options, house, (source, target))
        if not units:
            return


def _judged(
    unit: Unit,
    text: str,
    engine: Engine,
    options: EngineOptions,
    house: House,
    pair: tuple[Language, Language],
) -> Candidate | str:
    source, target = pair
    seen = Pair(
        unit=replace(unit, target=text),
        source=parse_text(unit.source),
        target=parse_text(text),
        source_language=source,
        target_language=target,
        concepts=house.concepts,
    )
    remarks: tuple[str, ...] = ()
    if engine.traits.for_readers:
        others = [language(tag) for tag in known_tags() if tag != target.tag]
        fault = fault_of(seen, house.checks, others)
        if fault:
            return fault
        remarks = remarks_on(seen, house.checks)
    name = f"{engine.name} {options.model}" if options.model and options.endpoint else engine.name
    return Candidate(
        key=unit.key,
        target=text,
        match=MatchClass.ENGINE,
        score=0,
        origin=name,
        reason="; ".join(remarks),
    )


def _questions(
    units: Iterable[Unit],
    catalog: Catalog,
    engine: Engine,
    house: House,
    pair: tuple[Language, Language],
    others: Sequence[Catalog],
    is_bare: bool,
) -> list[_Question]:
    source, target = pair
    around = _neighbours(catalog) if engine.traits.takes_context else {}
    also = _also(others, target.tag, source.tag) if engine.traits.takes_context else {}

    def names(piece: str) -> Sequence[Span]:
        return names_in(piece, house.concepts, source, target)

    found = []
    for unit in units:
        masked = mask(unit.source, None if is_bare else names)
        plain = parse_text(unit.source).plain
        terms = terms_in(plain, house.concepts, source, target) if engine.traits.takes_terms else ()
        before, after = around.get(unit.key, ("", ""))
        query = Query(
            key=unit.key,
            text=masked.text,
            terms=terms,
            before=before,
            after=after,
            also=also.get(unit.key, ()),
        )
        found.append(_Question(unit=unit, masked=masked, query=query, is_bare=is_bare))
    return found


def _all_terms(
    concepts: tuple[Concept, ...], source: Language, target: Language, engine: Engine
) -> tuple[tuple[str, str], ...]:
    """Every inflecting term of the house, for engines with a glossary of their own."""
    if not engine.traits.takes_terms:
        return ()
    pairs = {
        term.text: theirs
        for concept in concepts
        for term in concept.terms_in(source.tag)
        for _, theirs in terms_in(term.text, (concept,), source, target)
    }
    return tuple(sorted(pairs.items()))


def _neighbours(catalog: Catalog) -> dict[str, tuple[str, str]]:
    texts = ["", *(parse_text(unit.source).plain for unit in catalog.units), ""]
    return {unit.key: (texts[place], texts[place + 2]) for place, unit in enumerate(catalog.units)}


def _also(
    others: Sequence[Catalog], target: str, source: str
) -> dict[str, tuple[tuple[str, str], ...]]:
    """What people accepted in the other languages, by key."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for catalog in others:
        if catalog.language not in (target, source):
            for key, text in _accepted(catalog).items():
                pair = (catalog.language, parse_text(text).plain)
                found[key] = (*found.get(key, ()), pair)
    return found


def _accepted(catalog: Catalog | None) -> dict[str, str]:
    return {unit.key: unit.target for unit in catalog.units if unit.is_accepted} if catalog else {}
