"""Worker processes: a stage is a pure function of (release, language), so map is all we need."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

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
