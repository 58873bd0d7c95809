"""A loopback server that speaks the protocols of translation services, and goes wrong on demand."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Translate = Callable[[str], str | None]


@dataclass
class Service:
    """What the server does, and what it saw."""

    translate: Translate
    mode: str = "well"
    """well, or how it goes wrong: see ``Handler.spoil``."""
    slow: float = 0.0
    url: str = ""
    asked: list[str] = field(default_factory=list)
    """Texts, in the order they came."""
    headers: list[dict[str, str]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    bodies: list[object] = field(default_factory=list)
    glossaries: list[dict[str, str]] = field(default_factory=list)
    fail_first: int = 0
    """So many requests are answered as ``mode`` says, the rest well."""

    def said(self, text: str) -> str | None:
        self.asked.append(text)
        return self.translate(text)


STATUS = {"busy": 429, "broken": 500, "overloaded": 503, "forbidden": 403, "quota-status": 456}
PAGE = "<html><title>Error 500 (Server Error)!!1</title><p>Error 500 (Server Error)</p></html>"


class Handler(BaseHTTPRequestHandler):
    service: Service

    def do_GET(self):
        self.respond(None)

    def do_POST(self):
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        is_json = "json" in (self.headers.get("Content-Type") or "").lower()
        self.respond(json.loads(data) if is_json and data else parse_qs(data))

    def respond(self, body):
        service = self.service
        service.headers.append(dict(self.headers))
        service.addresses.append(self.path)
        service.bodies.append(body)
        mode = service.mode
        if service.fail_first:
            service.fail_first -= 1
            if not service.fail_first:
                service.mode = "well"
        time.sleep(service.slow)
        if mode in STATUS:
            return self.send(STATUS[mode], "no", "text/plain")
        if mode == "page":
            return self.send(200, PAGE, "text/html")
        if mode == "redirect":
            self.send_response(302)
            self.send_header("Location", f"{service.url}/elsewhere")
            return self.end_headers()
        if mode == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            return self.wfile.write(b'{"trans')
        kind, text = self.answer(urlsplit(self.path), body)
        return self.send(200, text, kind)

    def answer(self, address, body):
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        speak = {
            "/m": self.google,
            "/get": self.mymemory,
            "/ms": self.microsoft,
            "/translate": self.libre,
            "/v2/translate": self.deepl,
            "/v2/glossaries": self.deepl_glossaries,
            "/v2/glossary-language-pairs": self.deepl_pairs,
            "/v1/chat/completions": self.openai,
            "/apy/translate": self.apy,
        }[address.path]
        said = speak(query, body)
        return (
            ("text/html", said) if isinstance(said, str) else ("application/json", json.dumps(said))
        )

    def google(self, query, _body):
        return f'<div class="result-container">{self.service.said(query["q"]) or ""}</div>'

    def mymemory(self, query, _body):
        return {"responseData": {"translatedText": self.service.said(query["q"])}, "matches": []}

    def microsoft(self, query, body):
        return [{"translations": [{"text": self.service.said(body[0]["text"]), "to": query["to"]}]}]

    def libre(self, _query, body):
        found = [self.service.said(text) for text in body["q"]]
        return {"translatedText": found[:-1] if self.service.mode == "one-lost" else found}

    def deepl(self, _query, body):
        found = [{"text": self.service.said(text)} for text in body["text"]]
        return {"translations": found[:-1] if self.service.mode == "one-lost" else found}

    def deepl_glossaries(self, _query, body):
        if body:
            self.service.glossaries.append(
                {**body, "glossary_id": f"g{len(self.service.glossaries)}"}
            )
            return self.service.glossaries[-1]
        return {"glossaries": self.service.glossaries}

    def deepl_pairs(self, _query, _body):
        return {"supported_languages": [{"source_lang": "en", "target_lang": "ru"}]}

    def openai(self, _query, body):
        question = json.loads(body["messages"][1]["content"])
        found = {
            name: self.service.said(item["text"]) for name, item in question["segments"].items()
        }
        if self.service.mode == "one-lost":
            found.popitem()
        # In another order than it was asked: only the ids may count.
        said = json.dumps({"translations": dict(reversed(found.items())) | {"stranger": "x"}})
        if self.service.mode == "fenced":
            said = f"<think>hm</think>\n```json\n{said}\n```"
        if self.service.mode == "prose":
            said = "I am afraid I cannot help with that."
        return {"choices": [{"message": {"content": said}}]}

    def apy(self, _query, body):
        return {"responseData": {"translatedText": self.service.said(body["q"][0])}}

    def send(self, status, text, kind):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_words):
        pass


@contextmanager
def running(translate: Translate, mode: str = "well", **options: float) -> Iterator[Service]:
    """A server that translates by ``translate`` until the block ends."""
    service = Service(translate, mode, **options)
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Speaker", (Handler,), {"service": service})
    )
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


PATHS = {
    "google": "/m",
    "mymemory": "/get",
    "microsoft": "/ms",
    "openai": "/v1",
    "apertium": "/apy",
}
"""What is put behind the server's address to make an engine's endpoint."""
