"""XML for exchange files: reading what nobody vouches for, writing what people can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from workflow import foreign_xml
from workflow.foreign_xml import XML_LANG as XML_LANG
from workflow.foreign_xml import Element as Element
from workflow.foreign_xml import legible as legible
from workflow.foreign_xml import line_of as line_of
from workflow.foreign_xml import name as name
from workflow.foreign_xml import namespace as namespace

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
OURS = "urn:workflow:exchange"
"""Namespace of the attributes that only this program reads."""

_DOCTYPE_HINT = "no translation tool writes one; export the file anew"


def parse_xml(data: bytes, path: str) -> Element:
    """The root of an exchange file. Raises `ExchangeError`."""
    return foreign_xml.parse_xml(data, path, hint=_DOCTYPE_HINT)


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
