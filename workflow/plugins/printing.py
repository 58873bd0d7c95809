"""The socket of output formats: how other programs are told what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workflow.model import Issue, Severity, Waiver
from workflow.plugins.checking import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command found, as it is told to another program."""

    issues: tuple[Issue, ...]
    waived: tuple[tuple[Issue, Waiver], ...] = ()
    """What a person decided is no issue."""
    checks: tuple[Rule, ...] = ()
    """The checks that were made; empty where the issues come from reading."""
    gate: Severity = Severity.MAJOR
    """From where on an issue holds back a release."""
    faults: tuple[str, ...] = ()
    """What could not be read, a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One way to print an outcome. ``write`` is pure; it gives the lines."""

    name: str
    write: Callable[[Outcome], Iterable[str]]
