"""HTML text → a tree that is safe to walk: no network, no entities of its own, no chrome."""

from __future__ import annotations

import re

from lxml import etree, html

from workflow.errors import SourceError

_NAMES = (
    "script style nav form iframe noscript template svg object applet embed canvas audio video "
    "button select input textarea dialog head"
)
CHROME = frozenset(_NAMES.split())
"""Elements that a reader of the page does not read as part of the release."""

_ENTITIES = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]*\?>")


def parse_html(text: str, *, path: str) -> html.HtmlElement:
    """The tree of an HTML document. Raises `SourceError` when there is none in it."""
    declared = _ENTITIES.search(text)
    if declared:
        raise SourceError(
            "the file declares entities of its own, and we expand none",
            path=path,
            line=text.count("\n", 0, declared.start()) + 1,
            hint="remove the part of <!DOCTYPE …> in square brackets",
        )
    parser = html.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    # Bytes with a fixed encoding: what a <meta charset> says was true of the file, not of `text`.
    data = _DECLARATION.sub("", text).encode("utf-8", "replace")
    try:
        return html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        raise SourceError("no HTML can be read in the file", path=path, line=1) from None


def root_of(document: html.HtmlElement) -> html.HtmlElement:
    """Where the release is: the only ``<article>``, else ``<main>``, else the body."""
    for name in ("article", "main"):
        found = list(document.iter(name))
        if len(found) == 1:
            return found[0]
    return next(document.iter("body"), document)


def is_chrome(element: html.HtmlElement) -> bool:
    """Whether ``element`` is furniture of the page and not text of the release."""
    name = element.tag
    if not isinstance(name, str) or name in CHROME:
        return True
    if name == "footer":
        # Inside a quotation it names who is quoted.
        return not any(True for _ in element.iterancestors("blockquote"))
    if name == "header":
        inside = any(True for _ in element.iterancestors("article", "main"))
        return not inside and next(element.iter("h1"), None) is None
    return False
