"""Queries → answers: from the store, and what is not there from the engine, if it may be asked."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue

from workflow.errors import EngineBusyError, EngineError, EngineRefusedError
from workflow.languages import Language
from workflow.pipeline.session import Session
from workflow.plugins import Engine, EngineOptions, Query
from workflow.stores.answers import digest_of

_TRIES = 3
_PAUSE = 0.5  # seconds before a second try; twice that before a third
_STRIKES = 3  # requests that fail in a row: the engine is out for this run


def send(
    session: Session,
    engine: Engine,
    queries: Sequence[Query],
    pair: tuple[Language, Language],
    options: EngineOptions,
    slug: str,
) -> dict[str, str]:
    """Answers by the key of the query; those that are known are not asked for again."""
    digests = {query.key: _digest(query, engine, pair, options) for query in queries}
    known = {} if session.fresh else session.answers.known(tuple(set(digests.values())))
    fitting = {
        digests[query.key]: replace(query, key=digests[query.key])
        for query in queries
        if digests[query.key] not in known
        and len(query.text) <= engine.traits.longest
        and any(map(str.isalpha, query.text))
    }
    if session.dry_run:
        session.plan(engine, options, tuple(fitting.values()))
    else:
        for digest, text in _converse(session, engine, tuple(fitting.values()), pair, options):
            session.answers.keep(digest, text, engine=engine.name, slug=slug)
            known[digest] = text
    return {key: known[digest] for key, digest in digests.items() if digest in known}


def _converse(
    session: Session,
    engine: Engine,
    queries: Sequence[Query],
    pair: tuple[Language, Language],
    options: EngineOptions,
) -> Iterator[tuple[str, str]]:
    """(key, answer) pairs the moment they come; several requests at once where it is allowed."""
    size, most = engine.traits.at_once, engine.traits.parallel
    waiting = [queries[at : at + size] for at in range(0, len(queries), size)]
    inbox: SimpleQueue[tuple[str, str]] = SimpleQueue()
    stopping = threading.Event()
    asker = _Asker(engine, pair, options, inbox, stopping)
    under_way: set[Future[EngineError | None]] = set()
    strikes = done = 0
    pool = ThreadPoolExecutor(most, thread_name_prefix=engine.name)
    try:
        while waiting or under_way:
            while waiting and len(under_way) < most and session.may_send(engine.name, waiting[0]):
                under_way.add(pool.submit(asker.ask, waiting.pop(0)))
            if engine.name in session.out:
                waiting.clear()
            finished, under_way = wait(under_way, timeout=0.05, return_when=FIRST_COMPLETED)
            for answer in _drained(inbox):
                done += 1
                yield answer
            for future in finished:
                fault = future.result()
                strikes = strikes + 1 if fault else 0
                is_out = isinstance(fault, EngineBusyError | EngineRefusedError)
                if fault and (is_out or strikes >= _STRIKES):
                    session.out.setdefault(engine.name, f"{fault}; the rest stays empty")
            session.step(done, len(queries))
        yield from _drained(inbox)
    finally:
        stopping.set()
        pool.shutdown(wait=False, cancel_futures=True)


def _drained(inbox: SimpleQueue[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    while True:
        try:
            yield inbox.get_nowait()
        except Empty:
            return


@dataclass(frozen=True, slots=True)
class _Asker:
    """One request, with patience."""

    engine: Engine
    pair: tuple[Language, Language]
    options: EngineOptions
    inbox: SimpleQueue[tuple[str, str]]
    stopping: threading.Event

    def ask(self, queries: Sequence[Query]) -> EngineError | None:
        """Ask until all are answered or it is no use; the last fault, or None."""
        left = {query.key: query for query in queries}
        fault = self._once(left)
        for attempt in range(1, _TRIES):
            is_over = fault is None or isinstance(fault, EngineRefusedError)
            if is_over or self._is_stopped(attempt):
                return fault
            fault = self._once(left)
        is_one = len(left) < 2 or isinstance(fault, EngineBusyError | EngineRefusedError)
        return fault if is_one else self._one_by_one(tuple(left.values()))

    def _once(self, left: dict[str, Query]) -> EngineError | None:
        """Ask for what is left, and take from it what is answered."""
        try:
            for key, text in self._translate(tuple(left.values())):
                if left.pop(key, None) is not None:
                    self.inbox.put((key, text))
        except EngineError as fault:
            return fault
        return None

    def _one_by_one(self, queries: Sequence[Query]) -> EngineError | None:
        """One text may spoil a request for the others."""
        faults = [self.ask((query,)) for query in queries]
        return next(filter(None, faults), None) if all(faults) else None

    def _translate(self, queries: Sequence[Query]) -> Iterator[tuple[str, str]]:
        source, target = self.pair
        return self.engine.translate(
            queries, source=source.tag, target=target.tag, options=self.options
        )

    def _is_stopped(self, attempt: int) -> bool:
        pause = _PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)  # noqa: S311 -- jitter
        return self.stopping.wait(pause)


def _digest(
    query: Query, engine: Engine, pair: tuple[Language, Language], options: EngineOptions
) -> str:
    """The name of the answer: of all that can change it."""
    asked = (query.text, query.terms, query.before, query.after, query.also)
    tags = [side.tag for side in pair]
    return digest_of(engine.name, options.endpoint, options.model, options.terms, tags, asked)
