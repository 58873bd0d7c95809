"""``workflow engines``: who may be asked for a translation, and what was not sent to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.pipeline.session import engine_options
from workflow.plugins import Engine, EngineTraits, Reach, discover
from workflow.settings import Service, Settings
from workflow.stores.answers import open_answers
from workflow.stores.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineState:
    """An engine as it is here and now."""

    name: str
    place: int
    """In [engine] order, from 1; 0: it is not there."""
    pairs: tuple[str, ...]
    """Pairs of languages whose own order has it."""
    reach: Reach
    allowed: bool
    """Whether the newsroom lets a text that is no secret go so far."""
    traits: EngineTraits
    price: float
    missing: tuple[tuple[str, str], ...]
    """(language, what is missing before it can be asked for that; empty: nothing) pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Texts that were not sent: what they were is not kept."""

    day: str
    engine: str
    release: str
    texts: int
    characters: int
    why: str


def list_engines(project: Project) -> tuple[EngineState, ...]:
    """Every engine that there is: first those that are asked, in their order, then the others.

    No text is sent; the name of a service may be looked up, to tell how far away it is.
    """
    known: Mapping[str, Engine] = discover("workflow.engines", "ENGINE")
    found = [_state(project.settings, known[name]) for name in sorted(known)]
    return tuple(sorted(found, key=lambda one: (not one.place, one.place, not one.pairs)))


def list_refusals(project: Project) -> tuple[Refusal, ...]:
    """What was not sent, the latest day first."""
    with open_answers(project.root) as answers:
        rows = answers.refusals()
    found = [
        Refusal(day=day, engine=engine, release=slug, texts=texts, characters=characters, why=why)
        for day, engine, slug, texts, characters, why in rows
    ]
    return tuple(sorted(found, key=lambda one: one.day, reverse=True))


def _state(settings: Settings, engine: Engine) -> EngineState:
    name, order = engine.name, settings.engines
    options = engine_options(settings, name)
    service = settings.services.get(name, Service())
    reach = engine.reach(options)
    source = service.pivot or settings.source_language
    return EngineState(
        name=name,
        place=order.index(name) + 1 if name in order else 0,
        pairs=tuple(pair for pair, names in settings.pairs.items() if name in names),
        reach=reach,
        allowed=reach < Reach.THIRD_PARTY or name in settings.third_parties,
        traits=engine.traits,
        price=service.price,
        missing=tuple(
            (tag, engine.ready(options, source=source, target=tag))
            for tag in settings.languages
            if tag not in (source, settings.source_language)
        ),
    )
