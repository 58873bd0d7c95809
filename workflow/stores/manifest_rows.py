"""The records of a manifest as rows of values; their names, tens of thousands of times, would be
half the file.

Before version 4 each record names its values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

NAMES = "fields"
ROWS = "records"


def named(data: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """What a manifest says of its records, by name."""
    if NAMES in data:
        return (dict(zip(data[NAMES], row, strict=True)) for row in data[ROWS])
    return map(dict, data[ROWS])


def snapshots(data: Mapping[str, Any]) -> Iterable[str]:
    """The names of the snapshots that a manifest needs."""
    at = data[NAMES].index("snapshot") if NAMES in data else "snapshot"
    return (record[at] for record in data[ROWS])
