"""How far an address is, and a connection that goes no farther than it may.

A name can lead elsewhere from one look-up to the next, so the address that is judged is the one
that is connected to. What the environment says of proxies is not listened to.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from workflow.errors import EngineError, EngineRefusedError
from workflow.plugins import Reach


def reach_of(url: str) -> Reach:
    """How far away ``url`` is, by the addresses its host has now; unknown is far."""
    try:
        host = urlsplit(url).hostname
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM) if host else []
    except (OSError, UnicodeError, ValueError):
        found = []
    return max((_reach(str(info[4][0])) for info in found), default=Reach.THIRD_PARTY)


def connect(host: str, port: int, *, ceiling: Reach, timeout: float) -> socket.socket:
    """A connection to the first address of ``host`` that answers and may be spoken to.

    Raises `EngineRefusedError` when one of its addresses is beyond ``ceiling``, before any is
    spoken to, and `EngineError` when none answers.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise EngineError("its name has no address", hint="endpoint in workflow.toml") from None
    if any(_reach(str(info[4][0])) > ceiling for info in found):
        raise EngineRefusedError("the text may not go as far as this address")
    for family, kind, protocol, _, address in found:
        opened = socket.socket(family, kind, protocol)
        opened.settimeout(timeout)
        try:
            opened.connect(address)
        except OSError:
            opened.close()
        else:
            return opened
    raise EngineError("does not answer", hint="is the server running?")


def _reach(address: str) -> Reach:
    """How far one address is. An IPv4 address in IPv6 dress is the address it wears."""
    found = ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback:
        return Reach.LOCAL
    is_public = found.is_global or found.is_multicast or found.is_reserved or found.is_unspecified
    return Reach.THIRD_PARTY if is_public or not found.is_private else Reach.PRIVATE
