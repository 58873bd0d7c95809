"""The memory of this machine and the shared one, asked as one, as long as the server answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from workflow.errors import StoreError
from workflow.model import Remembered
from workflow.plugins import Memory
from workflow.stores.memory.server import Server

_Found = TypeVar("_Found")


@dataclass(slots=True, kw_only=True)
class Reached:
    """A shared memory that may drop out: from then on it knows nothing, and the work goes on."""

    server: Server | None = None
    """None where the newsroom has none, and once it cannot be reached."""
    lost: str = ""
    """Why it is asked no more, in a line."""

    def exact(self, sources: Sequence[str]) -> Mapping[str, tuple[Remembered, ...]]:
        """See `workflow.plugins.Memory`."""
        return self._tried(lambda server: server.exact(sources), {})

    def like(self, source: str, *, floor: int, most: int) -> tuple[tuple[int, Remembered], ...]:
        """See `workflow.plugins.Memory`."""
        return self._tried(lambda server: server.like(source, floor=floor, most=most), ())

    def _tried(self, ask: Callable[[Server], _Found], nothing: _Found) -> _Found:
        if self.server is None:
            return nothing
        try:
            return ask(self.server)
        except StoreError as fault:
            self.server, self.lost = None, without_server(fault)
            return nothing


def without_server(fault: StoreError) -> str:
    """What is told where the work goes on without the server."""
    return f"{fault}; going on with the memory of this machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The memory of this machine and the shared one, asked as one.

    Of releases that are here, what is here counts.
    """

    here: Memory
    server: Memory
    own: frozenset[str]
    """Releases that are here."""

    def exact(self, sources: Sequence[str]) -> Mapping[str, tuple[Remembered, ...]]:
        """See `workflow.plugins.Memory`."""
        here, there = self.here.exact(sources), self.server.exact(sources)
        both = {
            text: (*here.get(text, ()), *self._other(there.get(text, ())))
            for text in dict.fromkeys(sources)
        }
        return {text: pairs for text, pairs in both.items() if pairs}

    def like(self, source: str, *, floor: int, most: int) -> tuple[tuple[int, Remembered], ...]:
        """See `workflow.plugins.Memory`."""
        here = self.here.like(source, floor=floor, most=most)
        there = self.server.like(source, floor=floor, most=most)
        other = ((score, pair) for score, pair in there if pair.origin not in self.own)
        return tuple(sorted((*here, *other), key=lambda hit: -hit[0])[:most])

    def _other(self, pairs: Iterable[Remembered]) -> Iterator[Remembered]:
        return (pair for pair in pairs if pair.origin not in self.own)
