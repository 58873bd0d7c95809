"""Google Translate's public page, through deep-translator. A third party, without a contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.engines._deep import MISSING, is_installed, reach_of, timed_requests, translate_each
from workflow.plugins import EngineOptions, Reach

_LONGEST = 1500  # characters; the text travels in the address, and Cyrillic takes six for one
_PUBLIC = "https://translate.google.com"


@dataclass(frozen=True, slots=True)
class _Google:
    name: str = "google"

    def reach(self, options: EngineOptions) -> Reach:
        """See `workflow.plugins.Engine`."""
        return reach_of(options.endpoint or _PUBLIC)

    def ready(self, options: EngineOptions) -> str:
        """See `workflow.plugins.Engine`."""
        del options
        return "" if is_installed() else MISSING

    def translate(
        self, texts: Mapping[str, str], *, source: str, target: str, options: EngineOptions
    ) -> Mapping[str, str]:
        """See `workflow.plugins.Engine`."""
        from deep_translator import GoogleTranslator, google  # an extra

        google.requests = timed_requests()

        def ask(text: str) -> str | None:
            translator = GoogleTranslator(source=source, target=target)
            if options.endpoint:
                translator._base_url = options.endpoint
            answer: str | None = translator.translate(text)
            return answer

        return translate_each(self.name, ask, texts, longest=_LONGEST)


ENGINE = _Google()
