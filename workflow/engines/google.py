"""Google Translate's public page, through deep-translator. A third party, without a contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.engines._deep import missing, stand_in, translate_each
from workflow.engines._named import named
from workflow.engines._reach import reach_of
from workflow.plugins import EngineOptions, EngineTraits, Query, Reach

_PUBLIC = "https://translate.google.com/m"
# The text travels in the address, where a Cyrillic letter takes six characters.
_TRAITS = EngineTraits(keeps_data=True, longest=1500, parallel=2)


@dataclass(frozen=True, slots=True)
class _Google:
    name: str = "google"
    traits: EngineTraits = _TRAITS

    def reach(self, options: EngineOptions) -> Reach:
        """See `workflow.plugins.Engine`."""
        return reach_of(options.endpoint or _PUBLIC)

    def ready(self, options: EngineOptions, *, source: str, target: str) -> str:
        """See `workflow.plugins.Engine`."""
        del options, source, target
        return missing()

    @named
    def translate(
        self, queries: Sequence[Query], *, source: str, target: str, options: EngineOptions
    ) -> Iterator[tuple[str, str]]:
        """See `workflow.plugins.Engine`."""
        from deep_translator import GoogleTranslator, google  # an extra

        google.requests = stand_in()

        def ask(text: str) -> str | None:
            translator = GoogleTranslator(source=source, target=target)
            translator._base_url = options.endpoint or _PUBLIC
            answer: str | None = translator.translate(text)
            return answer

        return translate_each(ask, queries, options)


ENGINE = _Google()
