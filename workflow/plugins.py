"""The sockets: what a check, a source format, an engine, a memory, an exchange format must offer.

A plug-in is one file in ``checks/``, ``formats/``, ``engines/`` or ``exchange/`` with one public
name, found by `discover`; nothing else has to be told about it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Protocol

from workflow.model import Concept, Issue, Release, Remembered, Severity, State, Text, Unit

if TYPE_CHECKING:
    from workflow.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A unit as a check sees it: both sides, both languages, and what the house has agreed on."""

    unit: Unit
    source: Text
    target: Text
    source_language: Language
    target_language: Language
    concepts: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check says of one unit; the ``check`` stage makes an `Issue` of it."""

    message: str
    start: int = 0
    end: int = 0
    """Span in ``pair.target.plain``."""
    suggestion: str = ""
    severity: Severity | None = None
    """Only where it differs from the check's own."""
    about: str = ""
    """This and the rest: see ``Issue``."""
    source_start: int = 0
    source_end: int = 0
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A unit that a check must pass, or must report; it is test and help at once."""

    source: str
    target: str
    language: str = "ru"
    fuzzy: bool = False
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For term checks: tag → terms of one concept; a leading ``!`` marks a forbidden one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule about units. ``find`` is pure and never fails on content."""

    name: str
    severity: Severity
    about: str
    """One sentence for ``workflow explain``."""
    find: Callable[[Pair], Iterable[Finding]]
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    about_state: bool = False
    """It speaks of the unit's state; it is reported before what is said of its words."""
    needs_target: bool = True
    """It has nothing to say of a unit without a target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a source format made of a file."""

    release: Release
    metadata: Mapping[str, object] = field(default_factory=dict)
    """What the file said about itself and `Release` has no field for."""
    issues: tuple[Issue, ...] = ()
    """What looked wrong on the way, with lines of the file."""


class SourceFormat(Protocol):
    """A way to write a release. Reading is pure: bytes in, `Reading` out."""

    name: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, *, path: str, slug: str, strict: bool = True) -> Reading:
        """Read a release.

        ``strict`` is for files under ``sources/``: an unknown key, a missing title or a date that
        is none raises `SourceError` with path and line. Otherwise (foreign material) the same
        becomes an `Issue`, and the title may be empty.
        """


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


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedUnit:
    """A unit on its way to a translator. Texts are in unit markup."""

    key: str
    source: str
    target: str = ""
    state: State = State.INITIAL
    role: str = ""
    notes: tuple[str, ...] = ()
    """What the translator is told."""
    seal: str = ""
    """State and digest of the target as it goes out; comes back untouched, so that an edit in the
    catalogue meanwhile is seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """The units of one release in one language, on their way to a translator."""

    slug: str
    language: str
    source_language: str
    units: tuple[HandedUnit, ...]
    path: str = ""
    """The catalogue they come from, for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedUnit:
    """A unit as it came back; nothing in it is trusted."""

    key: str
    source: str
    target: str = ""
    state: State = State.INITIAL
    seal: str = ""
    """As it was handed out; empty where the file has lost it."""
    line: int = 0
    fault: str = ""
    """What was wrong with it in the file; its target wants a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A file that came back."""

    slug: str
    language: str
    units: tuple[ReturnedUnit, ...]
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A file format that translators work in. Pure: values to bytes, bytes to values."""

    name: str
    suffixes: tuple[str, ...]
    """The first one is written; all are read."""
    summary: str
    """One line for ``--help``."""
    write: Callable[[Handout], bytes]
    """Raises `ExchangeError` for a text that the format cannot hold."""
    read: Callable[[bytes, str], Returned]
    """Bytes and the path for messages. Raises `ExchangeError`, with the path and a line."""
    claims: Callable[[bytes, str], bool]
    """Whether a file with one of the suffixes is of this format; may raise `ExchangeError`."""


def discover(package: str, attribute: str) -> dict[str, Any]:
    """The plug-ins of ``package``: each module's ``attribute``, by the plug-in's ``name``."""
    home = importlib.import_module(package)
    found: dict[str, Any] = {}
    for info in sorted(pkgutil.iter_modules(home.__path__), key=lambda info: info.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package}.{info.name}")
        plugin = getattr(module, attribute, None)
        if plugin is not None:
            found[plugin.name] = plugin
    return found
