"""A connection to PostgreSQL: where, with which password, and what is told when it fails."""

from __future__ import annotations

import os
import re
import ssl
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from workflow.errors import StoreError

_EXTRA = "pip install 'workflow[memory-postgres]'"


def connected(url: str) -> Any:
    """A connection. Raises `StoreError` when there can be none."""
    try:
        from pg8000 import native
    except ImportError:
        what = "[memory] url names a server, and the driver for it is not installed"
        raise StoreError(what, path="workflow.toml", hint=_EXTRA) from None
    parts = urlsplit(url)
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = options.get("host") or parts.hostname or "localhost"
    user = unquote(parts.username or os.environ.get("PGUSER") or os.environ.get("USER") or "")
    database = unquote(parts.path.lstrip("/")) or user
    port = int(options.get("port") or parts.port or 5432)
    place: dict[str, Any] = {"host": host, "port": port}
    if host.startswith("/"):
        place = {"unix_sock": f"{host}/.s.PGSQL.{port}"}
    elif host not in ("localhost", "127.0.0.1", "::1") or "sslmode" in options:
        place["ssl_context"] = _tls(options.get("sslmode", "verify-full"))
    password = password_for(host, port=port, database=database, user=user)
    with told(parts.hostname or host):
        return native.Connection(user, database=database, password=password, timeout=30, **place)


def ended(connection: Any) -> None:
    """End a connection, which may be broken."""
    from pg8000.exceptions import InterfaceError

    with suppress(OSError, InterfaceError):
        connection.close()


@contextmanager
def told(where: str) -> Iterator[None]:
    """What goes wrong with a server is one line, and never says a password or a text."""
    from pg8000.exceptions import DatabaseError, InterfaceError

    try:
        yield
    except DatabaseError as fault:
        said = fault.args[0] if fault.args else ""
        what = said.get("M", "refused") if isinstance(said, dict) else "refused"
        raise _unusable(where, str(what)) from None
    except InterfaceError as fault:
        raise _unusable(where, str(fault)) from None
    except OSError as fault:
        raise _unusable(where, fault.strerror or type(fault).__name__) from None


def password_for(host: str, *, port: int, database: str, user: str) -> str | None:
    """The password of ``PGPASSWORD``, or the one that ``~/.pgpass`` has, as libpq reads it."""
    given = os.environ.get("PGPASSWORD")
    place = (host, str(port), database, user)
    path = Path(os.environ.get("PGPASSFILE") or Path.home() / ".pgpass")
    if given:
        return given
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            return None  # others can read it
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for line in lines:
        parts = [re.sub(r"\\(.)", r"\1", part) for part in re.split(r"(?<!\\):", line)]
        if len(parts) == 5 and all(
            asked in ("*", here) for asked, here in zip(parts, place, strict=False)
        ):
            return parts[4]
    return None


def _tls(mode: str) -> ssl.SSLContext | None:
    if mode == "disable":
        return None
    context = ssl.create_default_context()
    if mode == "require":  # as libpq: nobody listens in, and nobody proves who answers
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _unusable(where: str, what: str) -> StoreError:
    hint = "see [memory] url, PGPASSWORD or ~/.pgpass; without url the memory is on this machine"
    return StoreError(f"the shared memory cannot be used: {what}", path=where, hint=hint)
