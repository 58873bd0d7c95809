"""XML that nobody vouches for: a document that declares nothing and leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import IO, Any, TypeAlias

from lxml import etree

from workflow.errors import ExchangeError

Element: TypeAlias = etree._Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

ILLEGAL = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML cannot hold."""

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HARDENED: Any = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_DAMAGED_HINT = "open it in the tool that wrote it and save it again"


def parse_xml(data: bytes, path: str, *, hint: str) -> Element:
    """The root of the document. Raises `ExchangeError`; ``hint`` is what to do about a DOCTYPE."""
    found = _DOCTYPE.search(data.replace(b"\x00", b""))  # in UTF-16 every other byte is a zero
    if found is not None:
        line = data.replace(b"\x00", b"").count(b"\n", 0, found.start()) + 1
        raise ExchangeError("declares a DOCTYPE", path=path, line=line, hint=hint)
    parser = etree.XMLParser(**_HARDENED)
    with _told(path):
        root = etree.fromstring(data, parser)
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise ExchangeError("declares a DOCTYPE", path=path, hint=hint)
    return root


def stream_xml(
    file: IO[bytes], path: str, *, root: str, wanted: Collection[str], hint: str
) -> Iterator[Element]:
    """The ``wanted`` elements, one at a time; each is emptied when the next one is asked for.

    For formats whose files name their DTD: that is passed over and never looked for. Raises
    `ExchangeError` for a DOCTYPE that declares entities, another root and broken XML.
    """
    events = etree.iterparse(file, events=("start", "end"), **_HARDENED)
    inside = 0
    with _told(path):
        for count, (event, element) in enumerate(events):
            if not count:
                _refuse_other(element, path, root=root, hint=hint)
            is_wanted = name(element) in wanted
            if event == "start":
                inside += is_wanted
                continue
            inside -= is_wanted
            if is_wanted and not inside:
                yield element
            if not inside:
                _forget(element)


def namespace(element: Element) -> str:
    """The namespace an element is in; empty when in none."""
    return etree.QName(element).namespace or ""


def name(element: Element) -> str:
    """The element's name without prefix and namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def line_of(element: Element) -> int:
    """The line it begins on; 0 where that is not known."""
    line: Any = element.sourceline
    return line if isinstance(line, int) else 0


def legible(words: str) -> str:
    """``words`` with a replacement character for each that XML cannot hold."""
    return ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", words)


@contextmanager
def _told(path: str) -> Iterator[None]:
    """What lxml says of bytes that it cannot read, as an `ExchangeError`."""
    try:
        yield
    except etree.XMLSyntaxError as fault:
        what = f"not well-formed XML: {fault.msg}"
        raise ExchangeError(what, path=path, line=fault.lineno or 1, hint=_DAMAGED_HINT) from None
    except (ValueError, LookupError):
        raise ExchangeError("not XML", path=path, hint=_DAMAGED_HINT) from None


def _refuse_other(element: Element, path: str, *, root: str, hint: str) -> None:
    if name(element) != root:
        what = f"its root is <{name(element)}>, not <{root}>"
        raise ExchangeError(what, path=path, line=line_of(element), hint=hint)
    info: Any = element.getroottree().docinfo
    dtd = info.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        what = "its DOCTYPE declares entities"
        raise ExchangeError(what, path=path, line=1, hint="take the declarations out")


def _forget(element: Element) -> None:
    """Empty an element and what stands before it: a large file never is in memory as a whole."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
