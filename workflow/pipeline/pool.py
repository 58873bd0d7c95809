"""Worker processes: a stage is a pure function of (release, language), so map is all we need."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")
_FEW = 24  # below that many, starting processes costs more than they bring


class Mapper(Protocol):
    """What a pool offers: an ordered map."""

    def map(
        self, function: Callable[[_T], _R], items: Iterable[_T], *, chunksize: int = 1
    ) -> Iterator[_R]:
        """``function`` over ``items``, results in their order."""


class _Here:
    """The same work in this process."""

    def map(
        self, function: Callable[[_T], _R], items: Iterable[_T], *, chunksize: int = 1
    ) -> Iterator[_R]:
        """See `Mapper.map`."""
        del chunksize
        return map(function, items)


@contextmanager
def workers(jobs: int, tasks: int) -> Iterator[Mapper]:
    """Up to ``jobs`` processes for ``tasks`` pieces of work; none when it is not worth it."""
    if jobs < 2 or tasks < _FEW:
        yield _Here()
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(max_workers=jobs, mp_context=context) as pool:
        yield _Pool(pool)


@contextmanager
def equipped(
    equip: Callable[[], Callable[[_T], _R]], *, jobs: int, tasks: int
) -> Iterator[Callable[[Iterable[_T]], Iterator[_R]]]:
    """An ordered map of the function that ``equip`` makes, over up to ``jobs`` processes.

    What is costly to have, as a glossary or a theme, is in the function, and is made once: before
    the processes part, where they can, and otherwise in each of them.
    """
    if jobs < 2 or tasks < _FEW:
        yield partial(map, equip())
        return
    is_forked = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if is_forked else "spawn")
    begin = (_keep, (equip(),)) if is_forked else (_equip, (equip,))
    gc.freeze()  # or each process gets a copy of what the collector touches
    try:
        with ProcessPoolExecutor(jobs, context, *begin) as pool:
            yield partial(pool.map, _equipped)
    finally:
        gc.unfreeze()


def batched(tasks: Sequence[_T], size: int) -> list[Sequence[_T]]:
    """The tasks in pieces of ``size``, the last one perhaps smaller."""
    return [tasks[at : at + size] for at in range(0, len(tasks), size)]


class _Pool:
    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def map(
        self, function: Callable[[_T], _R], items: Iterable[_T], *, chunksize: int = 1
    ) -> Iterator[_R]:
        """See `Mapper.map`."""
        return self._pool.map(function, items, chunksize=chunksize)


_kept: list[Callable[[Any], Any]] = []
"""In a worker: its function."""


def _keep(function: Callable[[Any], Any]) -> None:
    _kept[:] = [function]


def _equip(equip: Callable[[], Callable[[Any], Any]]) -> None:
    _keep(equip())


def _equipped(item: Any) -> Any:
    return _kept[0](item)
