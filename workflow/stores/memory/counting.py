"""What is in an index, in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workflow.stores.memory.looking import Ask

_WHOLE = "FROM units u JOIN files f ON f.id = u.file WHERE NOT u.part AND NOT f.imported"
_TOTALS = f"SELECT COUNT(*), COUNT(DISTINCT f.origin) {_WHOLE}"
_OF_RELEASE = f"SELECT COUNT(*) {_WHOLE} AND f.origin = ?"
_AMBIGUOUS = (
    f"SELECT COUNT(*) FROM (SELECT 1 {_WHOLE} GROUP BY u.text HAVING COUNT(DISTINCT u.target) > 1)"  # noqa: S608
)
_IMPORTED = """
SELECT f.origin, COUNT(u.place) FROM files f LEFT JOIN units u ON u.file = f.id
WHERE f.imported GROUP BY f.origin ORDER BY f.origin
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The memory of a pair of languages."""

    units: int
    """Accepted units of catalogues."""
    releases: int
    """Releases that they come from."""
    sentences: int
    """Sentences of longer units, which are remembered too."""
    ambiguous: int
    """Source texts with more than one accepted target."""
    imported: tuple[tuple[str, int], ...]
    """(origin, units) of each imported memory."""
    hidden: int
    """Accepted units that other releases may not see now."""


def count(ask: Ask, hidden: Iterable[str]) -> Counts:
    """What an index has; ``hidden``: see `hidden_releases`."""
    units, releases = ask(_TOTALS, ())[0]
    return Counts(
        units=units,
        releases=releases,
        sentences=ask("SELECT COUNT(*) FROM units WHERE part", ())[0][0],
        ambiguous=ask(_AMBIGUOUS, ())[0][0],
        imported=tuple((origin, number) for origin, number in ask(_IMPORTED, ())),
        hidden=sum(ask(_OF_RELEASE, (slug,))[0][0] for slug in hidden),
    )
