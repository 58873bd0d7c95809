"""Microsoft Translator, through deep-translator. A third party that wants a key."""

from typing import Any

from workflow.engines._deep import DeepEngine
from workflow.plugins import EngineOptions, EngineTraits


def _translator(source: str, target: str, options: EngineOptions) -> Any:
    from deep_translator import MicrosoftTranslator  # an extra

    class Translator(MicrosoftTranslator):  # type: ignore[misc]  # the library has no types
        """It asks the service for its languages, at a fixed address, before every text."""

        def _get_supported_languages(self) -> dict[str, str]:
            return {source: source, target: target}

    return Translator(source=source, target=target, api_key=options.key)


ENGINE = DeepEngine(
    name="microsoft",
    traits=EngineTraits(keeps_data=True, longest=5000, parallel=2),
    address="https://api.cognitive.microsofttranslator.com/translate?api-version=3.0",
    translator=_translator,
    wants_key=True,
)
