"""One run of pretranslate: what it may still spend, and which engines have dropped out of it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workflow.errors import UsageError
from workflow.model import Release, Unit
from workflow.pipeline.judge import is_embargoed
from workflow.plugins import Engine, EngineOptions, Query, Reach, discover
from workflow.settings import Budget, Service, Settings
from workflow.stores.answers import Answers, Spent

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What would be sent to one engine."""

    engine: str
    texts: int
    requests: int
    characters: int
    cost: float
    keeps_data: bool
    """Its owner may keep the texts."""


@dataclass(slots=True)
class Session:
    """One run."""

    settings: Settings
    answers: Answers
    now: dt.datetime
    dry_run: bool = False
    fresh: bool = False
    """Ask again, even what was answered before."""
    known: Mapping[str, Engine] = field(default_factory=dict)
    """The engines by name, once one is wanted."""
    out: dict[str, str] = field(default_factory=dict)
    """Engines that are asked no more → why."""
    remarks: list[str] = field(default_factory=list)
    """Why engines were not asked for a pair of languages."""
    lost: str = ""
    """Why the shared memory is asked no more."""
    spent: Spent = field(default_factory=Spent)
    planned: dict[str, Planned] = field(default_factory=dict)
    step: Callable[[int, int], None] = lambda _done, _all: None

    @property
    def day(self) -> str:
        """The day that the budget of a day is for."""
        return self.now.astimezone(dt.UTC).date().isoformat()

    def service(self, name: str) -> Service:
        """What the settings say of an engine."""
        return self.settings.services.get(name, Service())

    def engines(self, source: str, target: str) -> Iterator[Engine]:
        """The engines for a pair of languages that are still asked, the best first.

        Raises `UsageError` for a name that is no engine.
        """
        for name in self.settings.pairs.get(f"{source}-{target}", self.settings.engines):
            self.known = self.known or discover("workflow.engines", "ENGINE")
            if name not in self.known:
                hint = f"known: {', '.join(sorted(self.known))}"
                raise UsageError(f"unknown engine “{name}”", hint=hint)
            if name not in self.out:
                yield self.known[name]

    def admitted(
        self, engine: Engine, release: Release, source: str, target: str, units: Sequence[Unit]
    ) -> EngineOptions | str:
        """The options to ask ``engine`` with, or why it cannot or may not be asked."""
        options = engine_options(self.settings, engine.name)
        missing = engine.ready(options, source=source, target=target)
        if missing:
            self.remarks.append(f"{engine.name}: {missing}")
            return missing
        ceiling = self._ceiling(release, engine.name)
        if engine.reach(options) <= ceiling:
            return replace(options, ceiling=ceiling)
        is_secret = ceiling is Reach.LOCAL
        why = "a secret release stays on this machine" if is_secret else "a third party"
        lengths = [len(unit.source) for unit in units]
        if not self.dry_run:
            self.answers.refuse(self.day, engine.name, release.slug, lengths, why)
        if not is_secret:
            hint = f'allow it: [engine] third_parties = ["{engine.name}"]'
            self.out[engine.name] = f"{engine.name}: text would leave the house ({hint})"
        return why

    def may_send(self, name: str, queries: Sequence[Query]) -> bool:
        """Whether the budget has room for a request; if so, it is counted as spent."""
        characters = sum(len(query.text) for query in queries)
        cost = characters * self.service(name).price / _MILLION
        more = Spent(characters=characters, requests=1, cost=cost)
        for what in self._reached(more):
            self.out[name] = f"{name}: [engine] {what} is reached; the rest stays empty"
            return False
        self.spent = _sum(self.spent, more)
        self.answers.spend(self.day, name, more)
        return True

    def plan(self, engine: Engine, options: EngineOptions, queries: Sequence[Query]) -> None:
        """Note what would be sent."""
        name = engine.name
        characters = sum(len(query.text) for query in queries)
        is_kept = engine.traits.keeps_data and engine.reach(options) > Reach.LOCAL
        none = Planned(engine=name, texts=0, requests=0, characters=0, cost=0.0, keeps_data=is_kept)
        before = self.planned.get(name, none)
        self.planned[name] = replace(
            before,
            texts=before.texts + len(queries),
            requests=before.requests + -(-len(queries) // engine.traits.at_once),
            characters=before.characters + characters,
            cost=before.cost + characters * self.service(name).price / _MILLION,
        )

    def shortage(self) -> tuple[str, ...]:
        """The budgets that have no room for all that is planned, a line each."""
        plans = self.planned.values()
        more = Spent(
            characters=sum(plan.characters for plan in plans),
            requests=sum(plan.requests for plan in plans),
            cost=sum(plan.cost for plan in plans),
        )
        return tuple(f"[engine] {what} has no room for all of it" for what in self._reached(more))

    def _reached(self, more: Spent) -> Iterator[str]:
        """The budgets that ``more`` goes beyond."""
        for budget, so_far, what in (
            (self.settings.per_run, self.spent, "per_run"),
            (self.settings.per_day, self.answers.spent(self.day), "per_day"),
        ):
            if _is_over(budget, _sum(so_far, more)):
                yield what

    def _ceiling(self, release: Release, name: str) -> Reach:
        """How far a release may go. What is secret never leaves the machine."""
        secret = release.confidential or is_embargoed(release, self.now)
        if secret or release.status != "usable":
            return Reach.LOCAL
        return Reach.THIRD_PARTY if name in self.settings.third_parties else Reach.PRIVATE


def engine_options(settings: Settings, name: str) -> EngineOptions:
    """What the settings and the environment, or else a keyring, say to an engine."""
    service = settings.services.get(name, Service())
    return EngineOptions(
        endpoint=service.endpoint, key=_key(service.key_variable, name), model=service.model
    )


def _key(variable: str, name: str) -> str:
    if variable and os.environ.get(variable):
        return os.environ[variable]
    try:
        import keyring  # an extra
    except ImportError:
        return ""
    try:
        return keyring.get_password("workflow", name) or ""
    except keyring.errors.KeyringError:
        return ""


def _sum(one: Spent, other: Spent) -> Spent:
    return Spent(
        characters=one.characters + other.characters,
        requests=one.requests + other.requests,
        cost=one.cost + other.cost,
    )


def _is_over(budget: Budget, spent: Spent) -> bool:
    pairs = (
        (budget.characters, spent.characters),
        (budget.requests, spent.requests),
        (budget.cost, spent.cost),
    )
    return any(most and so_far > most for most, so_far in pairs)
