"""MyMemory, through deep-translator: a memory that everybody shares and sees. A third party."""

from typing import Any

from workflow.engines._deep import DeepEngine
from workflow.plugins import EngineOptions, EngineTraits

_BYTES = 500  # of one text; the service counts bytes, not characters
_REGIONS = {"en": "en-GB"}


def _translator(source: str, target: str, options: EngineOptions) -> Any:
    del options
    from deep_translator import MyMemoryTranslator  # an extra

    return MyMemoryTranslator(source=_code(source), target=_code(target))


def _code(tag: str) -> str:
    """The service wants a region: kk-KZ."""
    from deep_translator.constants import MY_MEMORY_LANGUAGES_TO_CODES as CODES  # an extra

    regional = (code for code in CODES.values() if code.partition("-")[0] == tag)
    return _REGIONS.get(tag) or next(regional, tag)


ENGINE = DeepEngine(
    name="mymemory",
    traits=EngineTraits(keeps_data=True, longest=_BYTES),
    address="https://api.mymemory.translated.net/get",  # the library's own is without TLS
    translator=_translator,
    fits=lambda text: len(text.encode()) <= _BYTES,
)
