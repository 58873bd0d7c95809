"""To a service and back: within reach, in time, without proxies and redirects.

Nothing that is raised here carries a text, an answer or a key.
"""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from workflow.engines._reach import connect
from workflow.errors import EngineBusyError, EngineError, EngineRefusedError
from workflow.plugins import Query, Reach

_SECONDS = 60.0  # until a service has answered
_LARGEST = 16 << 20  # bytes of an answer
_BUSY = frozenset((429, 502, 503, 504, 529))
_REFUSED = {
    401: "the key is not accepted",
    402: "the quota is used up",
    403: "the key is not accepted",
    404: "there is no such service at its address",
    456: "the quota is used up",
}


def send_json(
    url: str,
    body: object = None,
    *,
    ceiling: Reach,
    headers: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> Any:
    """POST ``body`` as JSON, or GET when there is none; the answer as values of JSON.

    Raises like `send`; the caller says whose fault it is.
    """
    data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    head = {"Content-Type": "application/json", "Accept": "application/json", **(headers or {})}
    answer = send(url, data, ceiling=ceiling, headers=head, seconds=seconds)
    try:
        return json.loads(answer)
    except (ValueError, RecursionError):
        raise EngineError("answers something that is not JSON") from None


def send(
    url: str,
    data: bytes | None = None,
    *,
    ceiling: Reach,
    headers: Mapping[str, str],
    seconds: float | None = None,
) -> bytes:
    """POST ``data``, or GET when there is none; the body of the answer.

    Raises `EngineBusyError`, `EngineRefusedError` or, for anything else than 200, `EngineError`.
    """
    seconds = seconds or _SECONDS
    parts = urlsplit(url)
    connection = _Connection(parts.hostname or "", parts.port, parts.scheme, ceiling, seconds)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    method = "GET" if data is None else "POST"
    try:
        connection.request(method, path or "/", data, dict(headers))
        answer = connection.getresponse()
        return _judged(answer.status, answer.read(_LARGEST + 1))
    except TimeoutError:
        raise EngineBusyError(f"no answer in {seconds:g} seconds") from None
    except (OSError, http.client.HTTPException) as fault:
        raise EngineError(f"the connection broke: {type(fault).__name__}") from None
    finally:
        connection.close()


def answered(queries: Sequence[Query], texts: object) -> Iterator[tuple[str, str]]:
    """(key, target) pairs of a service that answers a list with a list.

    Raises `EngineError` when one is missing: nobody could say which.
    """
    if not isinstance(texts, list) or len(texts) != len(queries):
        raise EngineError("answers with another number of texts than it was asked")
    for query, text in zip(queries, texts, strict=True):
        if isinstance(text, str):
            yield query.key, text


def _judged(status: int, data: bytes) -> bytes:
    if status in _BUSY:
        raise EngineBusyError(f"asks for patience ({status})")
    if status in _REFUSED:
        raise EngineRefusedError(f"{_REFUSED[status]} ({status})")
    if status != http.client.OK:
        raise EngineError(f"answers {status}")
    if len(data) > _LARGEST:
        raise EngineError("answers without end")
    return data


class _Connection(http.client.HTTPConnection):
    """To an address that was judged; over TLS the certificate is the name's all the same."""

    def __init__(
        self, host: str, port: int | None, scheme: str, ceiling: Reach, seconds: float
    ) -> None:
        usual = 443 if scheme == "https" else 80
        super().__init__(host, port or usual, timeout=seconds)
        self.default_port = usual
        self._scheme, self._ceiling, self._seconds = scheme, ceiling, seconds

    def connect(self) -> None:
        """Connect within the ceiling."""
        sock = connect(self.host, self.port, ceiling=self._ceiling, timeout=self._seconds)
        if self._scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)
        self.sock = sock
