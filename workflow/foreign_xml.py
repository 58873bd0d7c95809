"""XML that nobody vouches for: a document that declares nothing and leads nowhere."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lxml import etree

from workflow.errors import ExchangeError

Element: TypeAlias = etree._Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DAMAGED_HINT = "open it in the tool that wrote it and save it again"


def parse_xml(data: bytes, path: str, *, hint: str) -> Element:
    """The root of the document. Raises `ExchangeError`; ``hint`` is what to do about a DOCTYPE."""
    found = _DOCTYPE.search(data.replace(b"\x00", b""))  # in UTF-16 every other byte is a zero
    if found is not None:
        line = data.replace(b"\x00", b"").count(b"\n", 0, found.start()) + 1
        raise ExchangeError("declares a DOCTYPE", path=path, line=line, hint=hint)
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
        raise ExchangeError("declares a DOCTYPE", path=path, hint=hint)
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
