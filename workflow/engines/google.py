"""Google Translate's public page, through deep-translator. A third party, without a contract."""

from typing import Any

from workflow.engines._deep import DeepEngine
from workflow.plugins import EngineOptions, EngineTraits


def _translator(source: str, target: str, options: EngineOptions) -> Any:
    del options
    from deep_translator import GoogleTranslator  # an extra

    return GoogleTranslator(source=source, target=target)


ENGINE = DeepEngine(
    name="google",
    # The text travels in the address, where a Cyrillic letter takes six characters.
    traits=EngineTraits(keeps_data=True, longest=1500, parallel=2),
    address="https://translate.google.com/m",
    translator=_translator,
)
