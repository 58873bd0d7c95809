"""XML that nobody vouches for: a document that declares nothing, leads nowhere and is not large."""

from __future__ import annotations

from typing import Any

from lxml import etree

from workflow import foreign_xml
from workflow.foreign_xml import XML_LANG as XML_LANG
from workflow.foreign_xml import Element as Element
from workflow.foreign_xml import line_of as line_of
from workflow.foreign_xml import name as name
from workflow.glossaries._rows import refuse_large

_DOCTYPE_HINT = "delete the declaration: nothing in the glossary needs it"


def parse_xml(data: bytes, path: str) -> Element:
    """The root of a glossary that is not too large. Raises `ExchangeError` with a line."""
    refuse_large(data, path)
    return foreign_xml.parse_xml(data, path, hint=_DOCTYPE_HINT)


def inner(element: Element | None, wanted: str) -> Element | None:
    """The first child of that name."""
    if element is None:
        return None
    return next((child for child in element if name(child) == wanted), None)


def new_root(tag: str, space: str, **attributes: str) -> Element:
    """A root element whose namespace has no prefix."""
    spaces: Any = {None: space}
    return etree.Element(f"{{{space}}}{tag}", attributes, nsmap=spaces)


def add(parent: Element, tag: str, words: str | None = None, **attributes: str) -> Element:
    """A new last child in the namespace of its parent. `ValueError`: XML cannot hold the words."""
    space = etree.QName(parent).namespace or ""
    new = etree.SubElement(parent, f"{{{space}}}{tag}", attributes)
    new.text = words
    return new


def to_bytes(root: Element) -> bytes:
    """The document, indented, as UTF-8."""
    etree.indent(root)
    text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
