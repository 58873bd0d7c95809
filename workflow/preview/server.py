"""The server of drafts: on this machine only, for whoever has the key, and it changes nothing."""

from __future__ import annotations

import datetime as dt
import hmac
import json
import secrets
import socketserver
import threading
import time
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from workflow.errors import UsageError
from workflow.pipeline.watching import mark_of, watched
from workflow.preview.answers import PLAIN, Answer, answer, wanted_at

_HOST = "127.0.0.1"
_LOOK = 0.25  # seconds between two looks at the files
_PATIENCE = 25.0  # seconds until a browser is told that nothing changed
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src {}; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = (
    ("Cache-Control", "no-store"),
    ("X-Robots-Tag", "noindex, nofollow"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)


class PreviewServer(ThreadingHTTPServer):
    """Serves the drafts of the newsroom at ``root`` until it is shut down; ``port`` 0: a free one.

    Another user of this machine can reach it too, so that every request needs a key: the printed
    address has it, and the browser keeps it as a cookie. Raises `UsageError` for a port that
    cannot be had.
    """

    daemon_threads = True

    def __init__(self, root: Path, port: int, *, home: str, editor: str = "none") -> None:
        self.root = root
        self.home = home
        self.editor = editor
        self.key = secrets.token_urlsafe(18)
        self.stopped = threading.Event()
        try:
            super().__init__((_HOST, port), _Handler)
        except OSError as fault:
            raise UsageError(
                f"port {port} cannot be had: {fault.strerror}", hint="another one: --port N"
            ) from None

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{_HOST}:{self.server_port}/?key={self.key}"

    @property
    def cookie(self) -> str:
        """Its name: browsers keep cookies by host, whatever the port."""
        return f"workflow-{self.server_port}"

    def server_bind(self) -> None:
        """Bind, and ask nobody for the name of this machine."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = _HOST, self.server_address[1]

    def shutdown(self) -> None:
        """Stop, and let those go who wait for a change."""
        self.stopped.set()
        super().shutdown()

    def handle_error(self, *_: object) -> None:
        """A browser that has gone away is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version = "workflow"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:  # the name that http.server calls
        self._send(self._answer())

    do_HEAD = do_GET  # noqa: N815

    def _refuse(self) -> None:
        self.close_connection = True  # a body may follow that nobody reads
        self._send(_plain(405, "GET and HEAD only"))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal has the address, and that is all."""

    def _answer(self) -> Answer:
        if self.headers.get("Host") not in self._hosts():
            return _plain(421, "this server answers to 127.0.0.1 only")
        parts = urlsplit(self.path)
        asked = parse_qs(parts.query)
        if self._is_key(asked.get("key", [""])[0]):
            return Answer(status=303, location="/")
        if not self._is_key(self._kept()):
            return _plain(403, "open the address that workflow serve has printed")
        if parts.path == "/_changes":
            return self._changes(asked.get("page", [""])[0], asked.get("seen", [""])[0])
        try:
            return answer(
                self.server.root,
                self.path,
                now=dt.datetime.now(dt.UTC),
                home=self.server.home,
                editor=self.server.editor,
            )
        except Exception as fault:  # a mistake of ours must not end the server
            return _plain(500, f"{type(fault).__name__}: this is a mistake in workflow itself")

    def _hosts(self) -> tuple[str, ...]:
        port = self.server.server_port
        return (f"{_HOST}:{port}", f"localhost:{port}", *((_HOST,) if port == 80 else ()))

    def _kept(self) -> str:
        try:
            found = SimpleCookie(self.headers.get("Cookie", "")).get(self.server.cookie)
        except CookieError:
            return ""
        return found.value if found else ""

    def _is_key(self, said: str) -> bool:
        return hmac.compare_digest(said.encode("utf-8", "replace"), self.server.key.encode())

    def _changes(self, page: str, seen: str) -> Answer:
        wanted = wanted_at(page)
        if wanted is None:
            return _plain(404, "no such page")
        files = watched(self.server.root, wanted)
        end = time.monotonic() + _PATIENCE
        changed = mark_of(self.server.root, files) != seen
        while not changed and time.monotonic() < end and not self.server.stopped.wait(_LOOK):
            changed = mark_of(self.server.root, files) != seen
        return Answer(body=json.dumps({"changed": changed}).encode(), kind="application/json")

    def _send(self, reply: Answer) -> None:
        self.send_response(reply.status)
        for name, value in _HEADERS:
            self.send_header(name, value)
        images = " ".join(("'self'", *reply.origins))
        self.send_header("Content-Security-Policy", _POLICY.format(images))
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        if reply.status == 405:
            self.send_header("Allow", "GET, HEAD")
        if reply.location:
            self.send_header("Location", reply.location)
        if reply.location == "/":
            kept = f"{self.server.cookie}={self.server.key}; Path=/; HttpOnly; SameSite=Strict"
            self.send_header("Set-Cookie", kept)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)


def _plain(status: int, what: str) -> Answer:
    return Answer(status=status, body=f"{what}\n".encode(), kind=PLAIN)
