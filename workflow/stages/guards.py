"""What differs between two sources → how much a translation of the one may count for the other.

However alike the letters: a sentence with a "not" more is another sentence. What turns the
statement is kept below any draft; what turns a fact in it, below what looks finished.
"""

from __future__ import annotations

from collections.abc import Sequence

from workflow.model import MatchClass
from workflow.stages.difference import Difference, Kind

_TURNED = 74  # below the usual floor: shown to whoever asks, and no draft
_FACT = 84
_WORDS = 94
_MARKS = 97

_CAPS = {
    Kind.NEGATION: _TURNED,
    Kind.MODAL: _TURNED,
    Kind.QUANTIFIER: _TURNED,
    Kind.DIRECTION: _TURNED,
    Kind.QUESTION: _TURNED,
    Kind.WORDING: _WORDS,
    Kind.MARKS: _MARKS,
}
"""The highest score in per cent; `_FACT` for every other kind."""

_MOST = 4  # differences named in one reason

_BANDS = ((95, MatchClass.NEAR), (85, MatchClass.CLOSE), (0, MatchClass.FUZZY))


def cap(found: Sequence[Difference]) -> int:
    """The highest score that these differences leave."""
    return min((_CAPS.get(one.kind, _FACT) for one in found), default=_MARKS)


def is_turned(found: Sequence[Difference]) -> bool:
    """Whether one of them makes another statement of the sentence."""
    return any(_CAPS.get(one.kind) == _TURNED for one in found)


def told(found: Sequence[Difference]) -> str:
    """The differences in a line, the weightiest first."""
    more = f"; and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return "; ".join(one.line for one in found[:_MOST]) + more


def band(score: int) -> MatchClass:
    """The class of a score below 100."""
    return next(match for least, match in _BANDS if score >= least)
