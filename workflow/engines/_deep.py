"""deep-translator, made fit for a press release.

What it lacks and what we add: a time limit, no proxies, no redirects, retries, answers that are
looked at, and errors that never carry the text or the key.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address
from socket import getaddrinfo
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from workflow.errors import EngineError
from workflow.markup import tags
from workflow.plugins import Query, Reach

_TIMEOUT = (5, 30)  # seconds to connect, to answer
_TRIES = 3
_AGENT = "Mozilla/5.0 (X11; Linux x86_64) workflow"
_NOT_AN_ANSWER = re.compile(
    r"MYMEMORY WARNING|QUERY LENGTH LIMIT|INVALID (SOURCE|TARGET) LANGUAGE|NO QUERY SPECIFIED"
    r"|.{0,10}Error 50\d",
    re.IGNORECASE,
)
MISSING = 'deep-translator is not installed: pip install "workflow[engines]"'


def is_installed() -> bool:
    """Whether deep-translator can be imported."""
    try:
        import deep_translator  # noqa: F401  # an extra, imported where used
    except ImportError:
        return False
    return True


def reach_of(url: str) -> Reach:
    """How far away ``url`` is, by the addresses its host has now; unknown is far."""
    try:
        found = getaddrinfo(urlsplit(url).hostname, None)
    except (OSError, UnicodeError):
        return Reach.THIRD_PARTY
    addresses = {ip_address(str(info[4][0]).split("%")[0]) for info in found}
    if all(address.is_loopback for address in addresses):
        return Reach.LOCAL
    private = all(address.is_private for address in addresses)
    return Reach.PRIVATE if private else Reach.THIRD_PARTY


def timed_requests() -> Any:
    """Stands in for ``requests`` inside one module of deep-translator."""
    import requests  # comes with the extra

    def send(method: str, url: str, **options: Any) -> Any:
        with requests.Session() as session:
            session.trust_env = False  # whatever proxy the environment names
            session.headers["User-Agent"] = _AGENT
            options.pop("proxies", None)
            return session.request(method, url, timeout=_TIMEOUT, allow_redirects=False, **options)

    return SimpleNamespace(
        get=lambda url, **options: send("GET", url, **options),
        post=lambda url, **options: send("POST", url, **options),
        exceptions=requests.exceptions,
    )


def translate_each(
    name: str, ask: Callable[[str], str | None], queries: Iterable[Query], *, longest: int
) -> Iterator[tuple[str, str]]:
    """Targets by key: one request a text, so that no answer can land in another's place.

    A text that is too long, or has inline codes (these services lose them), is left out.
    Raises `EngineError` when the service does not answer.
    """
    for query in queries:
        text = query.text
        if len(text) > longest or tags(text) or not any(map(str.isalpha, text)):
            continue
        answer = _ask(name, ask, text)
        if answer is not None:
            yield query.key, answer


def _ask(name: str, ask: Callable[[str], str | None], text: str) -> str | None:
    for attempt in range(_TRIES):
        try:
            answer = ask(text)
        except Exception as fault:  # the library raises half a dozen unrelated kinds
            if attempt + 1 == _TRIES or type(fault).__name__ == "TooManyRequests":
                raise EngineError(
                    f"{name}: {type(fault).__name__}", hint="try again later"
                ) from None
            time.sleep(0.5 * 2**attempt)
        else:
            return answer if _is_answer(answer, text) else None
    return None


def _is_answer(answer: str | None, text: str) -> bool:
    if not answer or not answer.strip() or _NOT_AN_ANSWER.match(answer):
        return False
    return answer.strip() != text.strip()
