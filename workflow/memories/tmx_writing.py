"""`Translation` values → TMX 1.4b, level 2: a code is bpt and ept or ph, and spells itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from workflow.foreign_xml import XML_LANG, Element, legible
from workflow.inline.codes import events, numbered, spelled
from workflow.inline.content import append
from workflow.markup import parse_text
from workflow.memories.tmx_reading import CHARACTER
from workflow.memories.values import Translation
from workflow.model import STANDALONE, Code, CodeKind, Text

_TYPES = {
    CodeKind.BOLD: "bold",
    CodeKind.ITALIC: "italic",
    CodeKind.CODE: "x-code",
    CodeKind.LINK: "link",
    CodeKind.BREAK: "lb",
    CodeKind.IMAGE: "image",
}
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="workflow" creationtoolversion="{version}" segtype="sentence" \
o-tmf="workflow" adminlang="en" srclang="{source}" datatype="xml"/>
  <body>
"""
_TAIL = "  </body>\n</tmx>\n"


def write(
    translations: Iterable[Translation], *, source: str, version: str = ""
) -> Iterator[bytes]:
    """The file, piece by piece. ``source`` is the language of those that name none."""
    yield _HEAD.format(version=version or "0", source=source or "*all*").encode()
    for one in translations:
        yield _written(one, source).encode()
    yield _TAIL.encode()


def _written(one: Translation, source: str) -> str:
    element = etree.Element("tu")
    for key, value in _attributes(one, source):
        element.set(key, legible(value))
    element.text = "\n      "
    for key, value in _properties(one):
        if value:
            _add(element, "prop", value, type=key).tail = "\n      "
    first = parse_text(one.texts[0][1])
    for tag, markup in one.texts:
        variant = _add(element, "tuv")
        variant.set(XML_LANG, tag)
        variant.tail = "\n      "
        text = parse_text(markup)
        _fill(_add(variant, "seg"), text, numbered(first, text)[1])
    element[-1].tail = "\n    "
    return f"    {etree.tostring(element, encoding='unicode')}\n"


def _attributes(one: Translation, source: str) -> Iterator[tuple[str, str]]:
    if one.changed:
        date, _, time = one.changed.replace("-", "").replace(":", "").partition("T")
        yield "changedate", f"{date}T{time or '000000Z'}"
    if one.author:
        yield "changeid", one.author
    if one.used:
        yield "usagecount", str(one.used)
    if one.source_language != source:
        yield "srclang", one.source_language or "*all*"


def _properties(one: Translation) -> Iterator[tuple[str, str]]:
    yield "x-key", one.key
    yield "x-role", one.role
    yield "x-section", one.section
    yield "x-origin", one.origin
    yield "x-context-pre", one.before
    yield "x-context-post", one.after
    yield "x-reviewed", "yes" if one.reviewed else ""


def _fill(segment: Element, text: Text, numbers: list[int]) -> None:
    """Write ``text`` into ``segment``, which is empty."""
    opened: list[tuple[int, Code]] = []
    for event in events(text, numbers):
        if event.opens is not None:
            opened.append((event.number, event.opens))
            _open(segment, event.number, event.opens)
        elif event.closes:
            number, code = opened.pop()
            if code.kind not in STANDALONE:
                _add(segment, "ept", spelled(code)[1], i=str(number))
        else:
            append(segment, event.words, character=_character)


def _open(segment: Element, number: int, code: Code) -> None:
    tag, kind, ref = spelled(code)[0], _TYPES[code.kind], str(number)
    if code.kind in STANDALONE:
        _add(segment, "ph", tag, x=ref, type=kind)
    else:
        _add(segment, "bpt", tag, i=ref, x=ref, type=kind)


def _character(segment: Element, char: str) -> None:
    _add(segment, "ph", f"U+{ord(char):04X}", type=CHARACTER)


def _add(parent: Element, tag: str, words: str | None = None, **attributes: str) -> Element:
    new = etree.SubElement(parent, tag, attributes)
    new.text = None if words is None else legible(words)
    return new
