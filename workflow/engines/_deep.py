"""deep-translator, made fit for a press release.

Its classes build the request and read the answer; the request itself is ours (`_http`): within
reach, in time, without proxies and redirects. One object a text, for the object holds the text;
errors never carry the text or the key, as the library's own do.
"""

from __future__ import annotations

import importlib.util
import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

from workflow.engines._http import send
from workflow.errors import EngineError, EngineRefusedError
from workflow.plugins import EngineOptions, Query

MISSING = 'deep-translator is not installed: pip install "workflow[engines]"'
_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_QUOTA = re.compile(r"MYMEMORY WARNING|.*YOU USED ALL AVAILABLE FREE", re.IGNORECASE)
_NO_ANSWER = re.compile(
    r"QUERY LENGTH LIMIT|INVALID (SOURCE|TARGET) LANGUAGE|NO QUERY SPECIFIED"
    r"|'.{0,8}' IS AN INVALID|PLEASE SELECT TWO DISTINCT|.{0,10}Error 50\d",
    re.IGNORECASE,
)


def missing() -> str:
    """The line that says that deep-translator is not there; empty when it is."""
    return "" if importlib.util.find_spec("deep_translator") else MISSING


def translate_each(
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


def stand_in() -> Any:
    """What takes the place of ``requests`` inside a module of deep-translator."""
    import requests  # comes with the extra

    return SimpleNamespace(get=_get, post=_post, exceptions=requests.exceptions)


_under_way = threading.local()
"""The options of the request that this thread makes: the library has no place for them."""


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
