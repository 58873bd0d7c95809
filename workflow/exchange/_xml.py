"""XML for exchange files: reading what nobody vouches for, writing what people can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from workflow.errors import ExchangeError

Element: TypeAlias = etree._Element

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OURS = "urn:workflow:exchange"
"""Namespace of the attributes that only this program reads."""

ILLEGAL = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML cannot hold."""

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DOCTYPE_HINT = "no translation tool writes one; export the file anew"
_DAMAGED_HINT = "open it in the tool that wrote it and save it again"


def parse_xml(data: bytes, path: str) -> Element:
    """The root of a document that declares nothing and leads nowhere. Raises `ExchangeError`."""
    found = _DOCTYPE.search(data.replace(b"\x00", b""))  # in UTF-16 every other byte is a zero
    if found is not None:
        line = data.replace(b"\x00", b"").count(b"\n", 0, found.start()) + 1
        raise ExchangeError("declares a DOCTYPE", path=path, line=line, hint=_DOCTYPE_HINT)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        what = f"not well-formed XML: {fault.msg}"
        raise ExchangeError(what, path=path, line=fault.lineno or 1, hint=_DAMAGED_HINT) from None
    except (ValueError, LookupError):
        raise ExchangeError("not XML", path=path, hint=_DAMAGED_HINT) from None
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise ExchangeError("declares a DOCTYPE", path=path, hint=_DOCTYPE_HINT)
    return root


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


def new_root(tag: str, space: str, others: dict[str, str], **attributes: str) -> Element:
    """A root element whose namespace has no prefix."""
    spaces: Any = {None: space, **others}
    return etree.Element(f"{{{space}}}{tag}", attributes, nsmap=spaces)


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children with one of the names, in the namespace of their parent."""
    for child in element:
        if name(child) in names and namespace(child) == namespace(element):
            yield child


def child(element: Element, wanted: str) -> Element | None:
    """The first child with that name."""
    return next(children(element, wanted), None)


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """The elements of one name inside ``element`` and its groups, in order."""
    for inner in children(element, *names, "group", "body"):
        if name(inner) in names:
            yield inner
        else:
            yield from descendants(inner, *names)


def add(parent: Element, tag: str, words: str | None = None, **attributes: str) -> Element:
    """A new last child in the namespace of its parent; ``_`` in an attribute is ``-``."""
    new = etree.SubElement(parent, f"{{{namespace(parent)}}}{tag}")
    for key, value in attributes.items():
        new.set(key.replace("_", "-"), value)
    new.text = words
    return new


def legible(words: str) -> str:
    """``words`` for a note: what XML cannot hold is a replacement character."""
    return ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", words)


def to_bytes(root: Element, *, leaves: frozenset[str]) -> bytes:
    """The document, indented down to its ``leaves``, in which every space counts."""
    _indent(root, 0, leaves)
    text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _indent(element: Element, depth: int, leaves: frozenset[str]) -> None:
    if name(element) in leaves or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for inner in element:
        _indent(inner, depth + 1, leaves)
        inner.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth
