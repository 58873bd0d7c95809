"""deep-translator, made fit for a press release.

Its classes build the request and read the answer; the request itself is ours (`_http`): within
reach, in time, without proxies and redirects. One object a text, for the object holds the text;
errors never carry the text or the key, as the library's own do.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

from workflow.engines._http import send
from workflow.engines._named import named
from workflow.engines._reach import reach_of
from workflow.errors import EngineError, EngineRefusedError
from workflow.plugins import EngineOptions, EngineTraits, Query, Reach

_MISSING = 'deep-translator is not installed: pip install "workflow[engines]"'
_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_QUOTA = re.compile(r"MYMEMORY WARNING|.*YOU USED ALL AVAILABLE FREE", re.IGNORECASE)
_NO_ANSWER = re.compile(
    r"QUERY LENGTH LIMIT|INVALID (SOURCE|TARGET) LANGUAGE|NO QUERY SPECIFIED"
    r"|'.{0,8}' IS AN INVALID|PLEASE SELECT TWO DISTINCT|.{0,10}Error 50\d",
    re.IGNORECASE,
)
_under_way = threading.local()
"""The options of the request that this thread makes: the library has no place for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepEngine:
    """An engine of deep-translator's; see `workflow.plugins.Engine`."""

    name: str
    """Also that of the library's module."""
    traits: EngineTraits
    address: str
    """Where the service is, if the newsroom names no other place."""
    translator: Callable[[str, str, EngineOptions], Any]
    """(source, target, options) → an object of the library for one text."""
    wants_key: bool = False
    fits: Callable[[str], bool] = bool
    """Whether the service takes a text."""

    def reach(self, options: EngineOptions) -> Reach:
        """See `workflow.plugins.Engine`."""
        return reach_of(options.endpoint or self.address)

    def ready(self, options: EngineOptions, *, source: str, target: str) -> str:
        """See `workflow.plugins.Engine`."""
        del source, target
        if self.wants_key and not options.key:
            return f"no key: [engines.{self.name}] key_variable names its variable"
        return "" if importlib.util.find_spec("deep_translator") else _MISSING

    @named
    def translate(
        self, queries: Sequence[Query], *, source: str, target: str, options: EngineOptions
    ) -> Iterator[tuple[str, str]]:
        """See `workflow.plugins.Engine`."""
        import requests  # comes with the extra

        module: Any = importlib.import_module(f"deep_translator.{self.name}")
        module.requests = SimpleNamespace(get=_get, post=_post, exceptions=requests.exceptions)

        def ask(text: str) -> str | None:
            translator = self.translator(source, target, options)
            translator._base_url = options.endpoint or self.address
            answer: str | None = translator.translate(text)
            return answer

        return _answers(ask, [query for query in queries if self.fits(query.text)], options)


def _answers(
    ask: Callable[[str], str | None], queries: Sequence[Query], options: EngineOptions
) -> Iterator[tuple[str, str]]:
    """Targets by key, one request a text; what is no answer is left out.

    Raises `EngineError` when there is no answer, `EngineRefusedError` when the quota is spent.
    """
    for query in queries:
        _under_way.options = options
        answer = _ask(ask, query.text)
        if answer and _QUOTA.match(answer):
            raise EngineRefusedError("the quota is used up")
        if answer and answer.strip() and not _NO_ANSWER.match(answer):
            yield query.key, answer


def _get(url: str, params: Any = None, **_more: Any) -> Any:
    return _response(_address(url, params), None, {})


def _post(url: str, params: Any = None, headers: Any = None, json: Any = None, **_more: Any) -> Any:
    return _response(_address(url, params), json, headers or {})


def _ask(ask: Callable[[str], str | None], text: str) -> str | None:
    try:
        return ask(text)
    except EngineError:
        raise
    except Exception as fault:  # the library raises half a dozen unrelated kinds, with the text
        raise EngineError(f"no usable answer: {type(fault).__name__}") from None


def _address(url: str, params: Any) -> str:
    query = urlencode(params or {}, doseq=True)
    return url + ("&" if urlsplit(url).query else "?") + query if query else url


def _response(url: str, body: Any, headers: dict[str, str]) -> Any:
    data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    head = {"User-Agent": _AGENT, **headers}
    ceiling = _under_way.options.ceiling
    text = send(url, data, ceiling=ceiling, headers=head).decode("utf-8", "replace")
    return SimpleNamespace(
        status_code=200, text=text, json=lambda: json.loads(text), close=lambda: None
    )
