"""A release's empty units → engines, one after another, within reach and budget → candidates.

What is sent is masked, what comes back is kept at once and judged before anybody sees it. What one
engine cannot do well the next is asked; what none can stays empty, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workflow.languages import Language, known_tags, language
from workflow.markup import parse_text
from workflow.model import Candidate, Catalog, Concept, MatchClass, Release, Unit
from workflow.pipeline.sending import send
from workflow.pipeline.session import Session
from workflow.plugins import Engine, EngineOptions, Query, Rule
from workflow.stages.accept import Opinion, accept
from workflow.stages.check import pair_of
from workflow.stages.mask import Masked, Span, all_terms, mask, names_in, terms_in, unmask


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What answers are held against."""

    concepts: tuple[Concept, ...]
    checks: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A release in one language, with units that are empty."""

    release: Release
    catalog: Catalog
    house: House
    elsewhere: Callable[[], Sequence[Catalog]]
    """The release in the other languages; read only for engines that make use of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What engines brought for one release."""

    candidates: tuple[Candidate, ...] = ()
    left: Mapping[str, str]
    """Key of a unit that stays empty → why."""


def ask(session: Session, job: Job) -> Asked:
    """Ask the engines for the empty units."""
    left = {unit.key: "" for unit in job.catalog.units if not unit.target}
    units = {unit.key: unit for unit in job.catalog.units}
    candidates: list[Candidate] = []
    for engine in session.engines(job.release.language, job.catalog.language):
        for key, said in _round(session, engine, job, [units[key] for key in left]):
            if isinstance(said, Candidate):
                candidates.append(said)
                left.pop(key, None)
            elif said and key in left:
                left[key] = "; ".join(filter(None, (left[key], f"{engine.name}: {said}")))
        if not left:
            break
    return Asked(candidates=tuple(candidates), left=left)


def _round(
    session: Session, engine: Engine, job: Job, units: Sequence[Unit]
) -> Iterator[tuple[str, Candidate | str]]:
    """One engine's (key, candidate or what is wrong with its answer) pairs."""
    asked_in, target = job.release.language, job.catalog.language
    pivot = session.service(engine.name).pivot
    is_by_way = pivot not in ("", asked_in, target)
    others = job.elsewhere() if is_by_way or engine.traits.takes_context else ()
    if is_by_way:
        texts = next((_accepted(other) for other in others if other.language == pivot), {})
        units = [replace(unit, source=texts[unit.key]) for unit in units if unit.key in texts]
        asked_in = pivot
    options = session.admitted(engine, job.release, asked_in, target, units)
    if isinstance(options, str):
        yield from ((unit.key, options) for unit in units)
        return
    pair = language(asked_in), language(target)
    if engine.traits.holds_terms:
        options = replace(options, terms=all_terms(job.house.concepts, *pair))
    talk = _Talk(session=session, engine=engine, job=job, options=options, pair=pair, others=others)
    said, lost = talk.about(units)
    # A machine has lost names' tokens: once more, with the names as they are.
    said_bare, lost = talk.about(lost, is_bare=True)
    yield from (*said, *said_bare)
    yield from ((unit.key, "it lost what must not change") for unit in lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Talk:
    """One engine, asked for one release."""

    session: Session
    engine: Engine
    job: Job
    options: EngineOptions
    pair: tuple[Language, Language]
    """The language that it is asked in, and the one wanted."""
    others: Sequence[Catalog]

    def about(
        self, units: Sequence[Unit], *, is_bare: bool = False
    ) -> tuple[list[tuple[str, Candidate | str]], list[Unit]]:
        """(key, candidate or what is wrong with it) pairs, and the units whose tokens were lost."""
        masked = {unit.key: mask(unit.source, None if is_bare else self._names) for unit in units}
        queries = self._queries(units, masked)
        slug = self.job.release.slug
        answers = send(self.session, self.engine, queries, self.pair, self.options, slug)
        originals = {unit.key: unit for unit in self.job.catalog.units}
        said: list[tuple[str, Candidate | str]] = []
        lost = []
        for unit in units:
            if unit.key in answers:
                text = unmask(answers[unit.key], masked[unit.key])
                if text is None:
                    lost.append(unit)
                else:
                    said.append((unit.key, self._judged(originals[unit.key], text)))
        return said, lost

    def _queries(self, units: Sequence[Unit], masked: Mapping[str, Masked]) -> list[Query]:
        traits, concepts = self.engine.traits, self.job.house.concepts
        around = _neighbours(self.job.catalog) if traits.takes_context else {}
        also = self._also() if traits.takes_context else {}
        queries = []
        for unit in units:
            plain = parse_text(unit.source).plain
            before, after = around.get(unit.key, ("", ""))
            queries.append(
                Query(
                    key=unit.key,
                    text=masked[unit.key].text,
                    terms=terms_in(plain, concepts, *self.pair) if traits.takes_terms else (),
                    before=before,
                    after=after,
                    also=also.get(unit.key, ()),
                )
            )
        return queries

    def _names(self, piece: str) -> Sequence[Span]:
        return names_in(piece, self.job.house.concepts, *self.pair)

    def _also(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """What people accepted in the other languages, by key."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        in_question = [side.tag for side in self.pair]
        for catalog in self.others:
            if catalog.language not in in_question:
                for key, text in _accepted(catalog).items():
                    said = catalog.language, parse_text(text).plain
                    found[key] = (*found.get(key, ()), said)
        return found

    def _judged(self, unit: Unit, text: str) -> Candidate | str:
        """The answer as a candidate, or what is wrong with it beside the unit's own source."""
        engine, options, job = self.engine, self.options, self.job
        source, target = language(job.release.language), self.pair[1]
        seen = pair_of(replace(unit, target=text), source, target, job.house.concepts)
        opinion = Opinion()
        if engine.traits.for_readers:
            others = [language(tag) for tag in known_tags() if tag != target.tag]
            opinion = accept(seen, job.house.checks, others)
        if opinion.fault:
            return opinion.fault
        is_named = options.model and options.endpoint
        return Candidate(
            key=unit.key,
            target=text,
            match=MatchClass.ENGINE,
            score=0,
            origin=f"{engine.name} {options.model}" if is_named else engine.name,
            reason="; ".join(opinion.remarks),
        )


def _neighbours(catalog: Catalog) -> dict[str, tuple[str, str]]:
    """The texts before and after each unit."""
    texts = ["", *(parse_text(unit.source).plain for unit in catalog.units), ""]
    return {unit.key: (texts[place], texts[place + 2]) for place, unit in enumerate(catalog.units)}


def _accepted(catalog: Catalog) -> dict[str, str]:
    return {unit.key: unit.target for unit in catalog.units if unit.is_accepted}
