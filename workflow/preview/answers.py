"""An address → what is answered. Nothing of an address becomes a path: names are looked up."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from workflow.errors import WorkflowError
from workflow.pipeline.preview import preview
from workflow.pipeline.preview_list import Wanted, listed
from workflow.slugs import is_slug
from workflow.stages.addresses import index_path
from workflow.stores.templates import own_folder, read_asset

HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
_CSS = "text/css; charset=utf-8"
_OWN = {
    "/_preview/marks.css": _CSS,
    "/_preview/overlay.css": _CSS,
    "/_preview/preview.js": "text/javascript; charset=utf-8",
}
_PAGE = re.compile(r"/(?P<tag>[\w-]+)/news/(?:\d{4}|undated)/(?P<slug>[\w-]+)/(?:index\.html)?")
_LIST = re.compile(r"/(?P<tag>[\w-]+)/(?:index\.html)?")
_OTHER_LIST = re.compile(r"/(?P<tag>[\w-]+)/[\w/-]+/(?:index\.html)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back to the browser."""

    body: bytes = b""
    kind: str = HTML
    status: int = 200
    location: str = ""
    origins: tuple[str, ...] = ()
    """The hosts that pictures on the page may come from."""


def answer(root: Path, address: str, *, now: dt.datetime, home: str, editor: str) -> Answer:
    """What is at ``address``, path and query; ``home`` is the language of the first list."""
    path = unquote(urlsplit(address).path)
    if path == "/":
        return Answer(status=303, location=f"/{index_path(home)}")
    if path == "/style.css":
        return _style(root)
    if path in _OWN:
        body = (own_folder("preview") / path.rpartition("/")[2]).read_bytes()
        return Answer(body=body, kind=_OWN[path])
    wanted = wanted_at(address)
    if wanted is not None:
        shown = preview(root, wanted, now=now, editor=editor)
        status = 200 if shown.is_whole else 500
        body = shown.content.encode("utf-8", "replace")
        return Answer(body=body, status=status, origins=shown.origins)
    other = _OTHER_LIST.fullmatch(path)
    if other and listed(other["tag"]):  # of a section or a year: the theme leads there
        return Answer(status=303, location=f"/{index_path(other['tag'])}")
    return Answer(body=b"There is nothing here.\n", kind=PLAIN, status=404)


def wanted_at(address: str) -> Wanted | None:
    """The list or the release that ``address`` names; None where it names neither."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    found = _LIST.fullmatch(path)
    if found and listed(found["tag"]):
        asked = parse_qs(parts.query)
        number = asked.get("page", ["1"])[0]
        page = int(number) if number.isdecimal() and len(number) < 7 else 1
        return Wanted(tag=found["tag"], query=asked.get("q", [""])[0].strip(), page=max(page, 1))
    found = _PAGE.fullmatch(path)
    if found and listed(found["tag"]) and is_slug(found["slug"]):
        return Wanted(tag=found["tag"], slug=found["slug"])
    return None


def _style(root: Path) -> Answer:
    try:
        return Answer(body=read_asset(root, "style.css").encode("utf-8"), kind=_CSS)
    except WorkflowError as fault:
        return Answer(body=f"{fault}\n".encode(), kind=PLAIN, status=500)
