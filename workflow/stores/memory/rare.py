"""Words of a text and how many texts have them → what to look for in PostgreSQL's index of words.

Two texts that are alike share most of their words, so they share some of the rarest. One word would
bring too many texts where all are frequent, and the rarest may be the very one that differs: so
what is looked for is a few of the rarest, several of them together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations

_FEW = 100
"""Texts that words have between them, so that each is looked for alone."""
_ROUNDS = ((4, 2), (8, 3))
"""(rarest words, how many of them together) pairs, the second for what the first does not find."""
_ALONE = 2
"""Words that are looked for where there are too few for that."""


def searches(known: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Queries in the syntax of ``tsquery``, the narrowest first; none looks for the same again.

    ``known``: (word, texts that have it) pairs, the rarest first.
    """
    sums = accumulate(texts for _, texts in known)
    alone = sum(total <= _FEW for total in sums)
    words = [_quoted(word) for word, _ in known]
    said: set[str] = set()
    for size, together in _ROUNDS:
        rest = words[alone:size]
        several = combinations(rest, together) if len(rest) > together else zip(rest[:_ALONE])
        parts = dict.fromkeys((*words[:alone][:size], *map(" & ".join, several)))
        new = [part for part in parts if part not in said]
        said.update(new)
        if new:
            yield " | ".join(new)


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
