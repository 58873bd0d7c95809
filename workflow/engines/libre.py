"""A LibreTranslate server of one's own, through deep-translator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.engines._deep import MISSING, is_installed, reach_of, timed_requests, translate_each
from workflow.plugins import EngineOptions, EngineTraits, Query, Reach

_LONGEST = 1500  # characters
_TRAITS = EngineTraits(keeps_data=False, longest=_LONGEST)


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
        if not options.endpoint:
            return "no server named: [engines.libre] endpoint in workflow.toml"
        return "" if is_installed() else MISSING

    def translate(
        self, queries: Sequence[Query], *, source: str, target: str, options: EngineOptions
    ) -> Iterator[tuple[str, str]]:
        """See `workflow.plugins.Engine`."""
        from deep_translator import LibreTranslator, libre  # an extra

        libre.requests = timed_requests()

        def ask(text: str) -> str | None:
            translator = LibreTranslator(
                source="en",
                target="ru",
                custom_url=options.endpoint.rstrip("/") + "/",
                api_key=options.key or "none",
            )
            # Its own table knows 17 languages; the server knows what it has.
            translator._source, translator._target = source, target
            answer: str | None = translator.translate(text)
            return answer

        return translate_each(self.name, ask, queries, longest=_LONGEST)


ENGINE = _Libre()
