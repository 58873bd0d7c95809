"""No translation: letters with accents, a third more of them. It shows what a layout can bear."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.plugins import EngineOptions, EngineTraits, Query, Reach

_TRAITS = EngineTraits(keeps_data=False, longest=100_000, at_once=1000, for_readers=False)
_ACCENTS = str.maketrans("aceinosuyACEINOSUY", "áçéîñöšûýÁÇÉÎÑÖŠÛÝ")
_SLOT = re.compile(r"(\[X\d+\])")
_GROWTH = 3  # one letter more for so many


@dataclass(frozen=True, slots=True)
class _Pseudo:
    name: str = "pseudo"
    traits: EngineTraits = _TRAITS

    def reach(self, options: EngineOptions) -> Reach:
        """See `workflow.plugins.Engine`."""
        del options
        return Reach.LOCAL

    def ready(self, options: EngineOptions, *, source: str, target: str) -> str:
        """See `workflow.plugins.Engine`."""
        del options, source, target
        return ""

    def translate(
        self, queries: Sequence[Query], *, source: str, target: str, options: EngineOptions
    ) -> Iterator[tuple[str, str]]:
        """See `workflow.plugins.Engine`."""
        del source, target, options
        for query in queries:
            yield query.key, _dressed(query.text)


def _dressed(text: str) -> str:
    pieces = _SLOT.split(text)
    pieces[::2] = [piece.translate(_ACCENTS) for piece in pieces[::2]]
    return f"⟦{''.join(pieces)}{'·' * (len(text) // _GROWTH)}⟧"


ENGINE = _Pseudo()
