"""The sockets: what a check, a format to read, exchange or print, an engine, a memory must offer.

A plug-in is one file in ``checks/``, ``formats/``, ``engines/``, ``exchange/`` or ``outputs/`` with
one public name, found by `discover`; nothing else has to be told about it.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from workflow.plugins.checking import (
    Check,
    Example,
    Finding,
    Pair,
    Rule,
    Whole,
    WholeCheck,
    WholeExample,
)
from workflow.plugins.exchanging import Exchange, HandedUnit, Handout, Returned, ReturnedUnit
from workflow.plugins.printing import Outcome, Output
from workflow.plugins.reading import Reading, SourceFormat
from workflow.plugins.translating import Engine, EngineOptions, EngineTraits, Memory, Query, Reach

__all__ = [
    "Check",
    "Engine",
    "EngineOptions",
    "EngineTraits",
    "Example",
    "Exchange",
    "Finding",
    "HandedUnit",
    "Handout",
    "Memory",
    "Outcome",
    "Output",
    "Pair",
    "Query",
    "Reach",
    "Reading",
    "Returned",
    "ReturnedUnit",
    "Rule",
    "SourceFormat",
    "Whole",
    "WholeCheck",
    "WholeExample",
    "discover",
]


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
