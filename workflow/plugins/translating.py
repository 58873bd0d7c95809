"""The sockets of engines and of memories: whoever offers targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from workflow.model import Remembered


class Reach(IntEnum):
    """How far from this machine a text goes when an engine is asked."""

    LOCAL = 0
    PRIVATE = 1
    THIRD_PARTY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOptions:
    """What ``[engines.NAME]`` of ``workflow.toml`` and the environment say to an engine."""

    endpoint: str = ""
    key: str = ""
    model: str = ""
    """Which of a service's models; for an engine on this machine, the folder with its models."""
    ceiling: Reach = Reach.LOCAL
    """The farthest a text may go; judged again by the address that a connection is opened to."""
    terms: tuple[tuple[str, str], ...] = ()
    """All terms of the house for this pair, for engines that keep a glossary of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A text for an engine. It is data, whatever it says."""

    key: str
    text: str
    """Masked: names, codes, addresses and the like stand in it as [X0], [X1]."""
    terms: tuple[tuple[str, str], ...] = ()
    """(term of the source, term of the target in its citation form) pairs, to be inflected."""
    before: str = ""
    after: str = ""
    """The source texts around it."""
    also: tuple[tuple[str, str], ...] = ()
    """(tag, accepted target in that language) pairs: what else is known of its meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineTraits:
    """What is known of a service before it is asked."""

    keeps_data: bool
    """Its owner may keep the texts, or learn from them."""
    longest: int
    """Characters of one text; a longer one is not sent."""
    at_once: int = 1
    """Texts in one request."""
    parallel: int = 1
    """Requests that may be under way together."""
    takes_terms: bool = False
    """It makes use of ``Query.terms``."""
    holds_terms: bool = False
    """It makes use of ``EngineOptions.terms``: the service has a glossary of its own."""
    takes_context: bool = False
    """It makes use of ``before``, ``after`` and ``also``."""
    for_readers: bool = True
    """What it says is meant as a translation; otherwise it only fills the page."""


class Engine(Protocol):
    """A machine translation service, or a program or model on this machine."""

    name: str
    traits: EngineTraits

    def reach(self, options: EngineOptions) -> Reach:
        """Where a text would go, looked up now."""

    def ready(self, options: EngineOptions, *, source: str, target: str) -> str:
        """The one line that says what is missing for this pair; empty when nothing is."""

    def translate(
        self, queries: Sequence[Query], *, source: str, target: str, options: EngineOptions
    ) -> Iterator[tuple[str, str]]:
        """(key, target) pairs as they come; at most ``traits.at_once`` queries are asked for.

        Fewer answers than queries are allowed; an answer belongs to its key, never to a place.
        Raises `EngineError`, which never contains a text or a key.
        """


class Memory(Protocol):
    """Accepted translations of one pair of languages, ready to be asked."""

    def exact(self, sources: Sequence[str]) -> Mapping[str, tuple[Remembered, ...]]:
        """Source → what is remembered of that very text; a source that is not known is left out."""

    def like(self, source: str, *, floor: int, most: int) -> tuple[tuple[int, Remembered], ...]:
        """(likeness in per cent, what is remembered) pairs of the most similar texts, best first,
        from ``floor`` on; the very text is among them."""
