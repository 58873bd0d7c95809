"""Read a catalogue, change it, write it: without losing what somebody else saves meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workflow.errors import StaleError
from workflow.model import Catalog
from workflow.stores.catalogs import read_catalog, write_catalog

_TRIES = 3


def rewrite_catalog(
    root: Path,
    tag: str,
    slug: str,
    change: Callable[[Catalog | None], Catalog],
    *,
    source_language: str,
    dry_run: bool = False,
) -> bool:
    """Whether ``change``, a pure function, makes another catalogue of the one on disk.

    A translator who saves the file between our reading and our writing wins: the change is made
    again on what they saved. Raises `StaleError` when that goes on, and what ``read_catalog`` and
    ``write_catalog`` raise.
    """
    for attempt in range(1, _TRIES + 1):
        old = read_catalog(root, tag, slug)
        new = change(old)
        if new == old:
            return False
        if dry_run:
            return True
        try:
            return write_catalog(root, new, source_language=source_language)
        except StaleError:
            if attempt == _TRIES:
                raise
    raise AssertionError("the loop returns or raises")
