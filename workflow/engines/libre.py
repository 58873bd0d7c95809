"""A LibreTranslate server, of one's own or another's, by its JSON interface.

The texts and the key travel in the body; deep-translator's class puts both into the address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.engines._http import answered, send_json
from workflow.engines._named import named
from workflow.engines._reach import reach_of
from workflow.plugins import EngineOptions, EngineTraits, Query, Reach

_TRAITS = EngineTraits(keeps_data=False, longest=2000, at_once=20)


@dataclass(frozen=True, slots=True)
class _Libre:
    name: str = "libre"
    traits: EngineTraits = _TRAITS

    def reach(self, options: EngineOptions) -> Reach:
        """See `workflow.plugins.Engine`."""
        return reach_of(options.endpoint)

    def ready(self, options: EngineOptions, *, source: str, target: str) -> str:
        """See `workflow.plugins.Engine`."""
        del source, target
        return "" if options.endpoint else "no server named: [engines.libre] endpoint"

    @named
    def translate(
        self, queries: Sequence[Query], *, source: str, target: str, options: EngineOptions
    ) -> Iterator[tuple[str, str]]:
        """See `workflow.plugins.Engine`."""
        body = {
            "q": [query.text for query in queries],
            "source": source,
            "target": target,
            "format": "text",
        }
        if options.key:
            body["api_key"] = options.key
        url = f"{options.endpoint.rstrip('/')}/translate"
        answer = send_json(url, body, ceiling=options.ceiling)
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        yield from answered(queries, found)


ENGINE = _Libre()
