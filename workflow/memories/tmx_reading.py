"""TMX 1.4b (and 1.1 to 1.3) → `Translation` values, one at a time however large the file.

Level 2 is read: codes are recognised by what they spell in unit markup, or by their type. A code
that is neither is dropped where words stay, and the unit refused where it stood for words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from lxml import etree

from workflow.foreign_xml import XML_LANG, Element, line_of, name, stream_xml
from workflow.inline.codes import Gatherer, character, code_of
from workflow.inline.content import pieces
from workflow.memories.tags import known_tag
from workflow.memories.values import Refused, Translation
from workflow.model import STANDALONE, Code, Role

CHARACTER = "x-character"
"""Type of a code that spells a character which XML cannot hold."""

_HINT = "export it anew as TMX 1.4"
_TYPES = {
    "bold": "<b>",
    "b": "<b>",
    "italic": "<i>",
    "i": "<i>",
    "x-code": "<code>",
    "lb": "<br/>",
    "br": "<br/>",
}
_BEFORE = ("x-context-pre", "context_prev", "prev")
_AFTER = ("x-context-post", "context_next", "next")
_ORIGIN = ("x-origin", "x-document", "file")
_SAYS_REVIEWED = {
    "x-reviewed": frozenset({"yes", "true"}),
    "x-approved": frozenset({"yes", "true"}),
    "x-confirmationlevel": frozenset(
        {"approvedtranslation", "approvedsignoff", "approvedsign-off"}
    ),
}
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?")
_ROLES = frozenset(Role)
_SEGMENT = re.compile(r"\s*<seg>(.*)</seg>\s*", re.DOTALL)


def read(
    file: IO[bytes], path: str, *, languages: tuple[str, ...]
) -> Iterator[Translation | Refused]:
    """The units of a TMX file in the ``languages`` of the newsroom.

    Raises `ExchangeError` with a line when it is no TMX, or breaks off.
    """
    srclang = ""
    for element in stream_xml(file, path, root="tmx", wanted=("header", "tu"), hint=_HINT):
        if name(element) == "header":
            srclang = element.get("srclang", "")
        else:
            yield _unit(element, path, languages, element.get("srclang") or srclang)


def _unit(
    element: Element, path: str, languages: tuple[str, ...], srclang: str
) -> Translation | Refused:
    line = line_of(element)
    variants = [inner for inner in element if name(inner) == "tuv"]
    texts: dict[str, str] = {}
    for variant in variants:
        written = variant.get(XML_LANG) or variant.get("lang") or ""
        if not written:
            return Refused(line=line_of(variant), why="a tuv without xml:lang")
        tag = known_tag(written, languages)
        if not tag or tag in texts:
            continue
        gatherer = Gatherer(path, line)
        fault = _gather_segment(variant, gatherer)
        texts[tag] = gatherer.done().strip()
        if fault or gatherer.fault:
            return Refused(line=line_of(variant), why=f"{written}: {fault or gatherer.fault}")
    if len(variants) < 2:
        return Refused(line=line, why="a tu with fewer than two languages")
    if any(not text for text in texts.values()):
        return Refused(line=line, why="a text is empty")
    if len(texts) < 2:
        return Refused(line=line, why="in other languages", foreign=True)
    return _translation(element, variants, texts, known_tag(srclang, languages))


def _translation(
    element: Element, variants: list[Element], texts: dict[str, str], source: str
) -> Translation:
    said = _properties(element, *variants)
    latest = max((_moment(place) for place in (element, *variants)), default="")
    role = said.get("x-role", "")
    return Translation(
        texts=tuple(texts.items()),
        source_language=source if source in texts else "",
        key=said.get("x-key", ""),
        role=role if role in _ROLES else "",
        before=_context(_first(said, _BEFORE)),
        after=_context(_first(said, _AFTER)),
        origin=_first(said, _ORIGIN),
        section=said.get("x-section", ""),
        author=_attribute((element, *variants), "changeid", "creationid"),
        changed=latest,
        used=_count(_attribute((element, *variants), "usagecount")),
        reviewed=any(said.get(key, "").lower() in yes for key, yes in _SAYS_REVIEWED.items()),
        line=line_of(element),
    )


def _properties(*places: Element) -> dict[str, str]:
    """What the ``prop`` elements say, by type in small letters; the first of a type counts."""
    found: dict[str, str] = {}
    for place in places:
        for inner in place:
            if name(inner) == "prop" and inner.text:
                found.setdefault(inner.get("type", "").lower(), inner.text)
    return found


def _first(said: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((said[key] for key in keys if said.get(key)), "")


def _context(words: str) -> str:
    """A neighbour; memoQ writes it as a segment."""
    found = _SEGMENT.fullmatch(words)
    return (found[1] if found else words).strip()


def _moment(element: Element) -> str:
    found = _MOMENT.fullmatch(element.get("changedate") or element.get("creationdate") or "")
    if found is None:
        return ""
    date = "-".join(found.group(1, 2, 3))
    return f"{date}T{':'.join(found.group(4, 5, 6))}Z" if found[4] else date


def _attribute(places: tuple[Element, ...], *names: str) -> str:
    return next((found for key in names for place in places if (found := place.get(key))), "")


def _count(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


def _gather_segment(variant: Element, into: Gatherer) -> str:
    """The words of a variant; what is wrong with it, or nothing."""
    segment = next((inner for inner in variant if name(inner) == "seg"), None)
    if segment is None:
        return "a tuv without seg"
    if next(segment.iter(etree.Entity), None) is not None:
        return "an entity that nobody declares"
    _gather(segment, into, set())
    return ""


def _gather(element: Element, into: Gatherer, dropped: set[str]) -> None:
    for piece in pieces(element):
        if isinstance(piece, str):
            into.words(piece)
        elif name(piece) in _GATHERERS:
            _GATHERERS[name(piece)](piece, into, dropped)
        else:
            into.complain(f"<{name(piece)}> has no place in a seg")


def _begin(element: Element, into: Gatherer, dropped: set[str]) -> None:
    code, ref = _code(element), element.get("i", "")
    if code is None or code.kind in STANDALONE:
        dropped.add(ref)
    else:
        into.open(ref, code)


def _end(element: Element, into: Gatherer, dropped: set[str]) -> None:
    ref = element.get("i", "")
    if ref in dropped:
        dropped.discard(ref)
    else:
        into.close(ref)


def _point(element: Element, into: Gatherer, _dropped: set[str]) -> None:
    if element.get("type") == CHARACTER:
        into.words(character((element.text or "").removeprefix("U+")))
        return
    code = _code(element)
    if code is None or code.kind not in STANDALONE:
        into.complain("a code stands for something that is not in the file")
    else:
        into.point(code)


def _isolated(element: Element, into: Gatherer, _dropped: set[str]) -> None:
    """Half of a pair whose other half is in another segment; the words do without."""
    code = _code(element)
    if code is not None and code.kind in STANDALONE:
        into.point(code)


def _highlight(element: Element, into: Gatherer, dropped: set[str]) -> None:
    code, ref = _code(element), f"hi {into.count}"
    if code is None or code.kind in STANDALONE:
        _gather(element, into, dropped)
        return
    into.open(ref, code)
    _gather(element, into, dropped)
    into.close(ref)


def _code(element: Element) -> Code | None:
    """What a code is, by what it spells or by its type."""
    spelled = None if name(element) == "hi" else code_of("".join(map(str, element.itertext())))
    return spelled or code_of(_TYPES.get(element.get("type", "").lower(), ""))


_GATHERERS = {
    "bpt": _begin,
    "ept": _end,
    "ph": _point,
    "it": _isolated,
    "ut": _isolated,
    "hi": _highlight,
}
