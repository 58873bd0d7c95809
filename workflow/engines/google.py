"""Google Translate's public page, through deep-translator. A third party, without a contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.engines._deep import MISSING, is_installed, reach_of, timed_requests, translate_each
from workflow.plugins import EngineOptions, EngineTraits, Query, Reach

_LONGEST = 1500  # characters; the text travels in the address, and Cyrillic takes six for one
_PUBLIC = "https://translate.google.com"
_TRAITS = EngineTraits(keeps_data=True, longest=_LONGEST)


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
        return "" if is_installed() else MISSING

    def translate(
        self, queries: Sequence[Query], *, source: str, target: str, options: EngineOptions
    ) -> Iterator[tuple[str, str]]:
        """See `workflow.plugins.Engine`."""
        from deep_translator import GoogleTranslator, google  # an extra

        google.requests = timed_requests()

        def ask(text: str) -> str | None:
            translator = GoogleTranslator(source=source, target=target)
            if options.endpoint:
                translator._base_url = options.endpoint
            answer: str | None = translator.translate(text)
            return answer

        return translate_each(self.name, ask, queries, longest=_LONGEST)


ENGINE = _Google()
