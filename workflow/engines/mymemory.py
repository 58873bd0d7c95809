"""MyMemory, through deep-translator: a memory that everybody shares and sees. A third party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.engines._deep import missing, stand_in, translate_each
from workflow.engines._named import named
from workflow.engines._reach import reach_of
from workflow.plugins import EngineOptions, EngineTraits, Query, Reach

_PUBLIC = "https://api.mymemory.translated.net/get"  # the library's own is without TLS
_BYTES = 500  # of one text; the service counts bytes, not characters
_TRAITS = EngineTraits(keeps_data=True, longest=_BYTES)
_REGIONS = {"en": "en-GB"}


@dataclass(frozen=True, slots=True)
class _MyMemory:
    name: str = "mymemory"
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
        from deep_translator import MyMemoryTranslator, mymemory  # an extra

        mymemory.requests = stand_in()

        def ask(text: str) -> str | None:
            translator = MyMemoryTranslator(source=_code(source), target=_code(target))
            translator._base_url = options.endpoint or _PUBLIC
            answer: str | None = translator.translate(text)
            return answer

        short = [query for query in queries if len(query.text.encode()) <= _BYTES]
        return translate_each(ask, short, options)


def _code(tag: str) -> str:
    """The service wants a region: kk-KZ."""
    from deep_translator.constants import MY_MEMORY_LANGUAGES_TO_CODES as CODES  # an extra

    regional = (code for code in CODES.values() if code.partition("-")[0] == tag)
    return _REGIONS.get(tag) or next(regional, tag)


ENGINE = _MyMemory()
