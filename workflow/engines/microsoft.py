"""Microsoft Translator, through deep-translator. A third party that wants a key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.engines._deep import missing, stand_in, translate_each
from workflow.engines._named import named
from workflow.engines._reach import reach_of
from workflow.plugins import EngineOptions, EngineTraits, Query, Reach

_PUBLIC = "https://api.cognitive.microsofttranslator.com/translate?api-version=3.0"
_TRAITS = EngineTraits(keeps_data=True, longest=5000, parallel=2)


@dataclass(frozen=True, slots=True)
class _Microsoft:
    name: str = "microsoft"
    traits: EngineTraits = _TRAITS

    def reach(self, options: EngineOptions) -> Reach:
        """See `workflow.plugins.Engine`."""
        return reach_of(options.endpoint or _PUBLIC)

    def ready(self, options: EngineOptions, *, source: str, target: str) -> str:
        """See `workflow.plugins.Engine`."""
        del source, target
        if not options.key:
            return "no key: [engines.microsoft] key_variable names its variable"
        return missing()

    @named
    def translate(
        self, queries: Sequence[Query], *, source: str, target: str, options: EngineOptions
    ) -> Iterator[tuple[str, str]]:
        """See `workflow.plugins.Engine`."""
        from deep_translator import MicrosoftTranslator, microsoft  # an extra

        microsoft.requests = stand_in()

        class Translator(MicrosoftTranslator):  # type: ignore[misc]  # the library has no types
            """It asks the service for its languages, at a fixed address, before every text."""

            def _get_supported_languages(self) -> dict[str, str]:
                return {source: source, target: target}

        def ask(text: str) -> str | None:
            translator = Translator(source=source, target=target, api_key=options.key)
            translator._base_url = options.endpoint or _PUBLIC
            answer: str | None = translator.translate(text)
            return answer

        return translate_each(ask, queries, options)


ENGINE = _Microsoft()
