"""XLIFF 1.2 (strict): what Poedit, Virtaal, Weblate and most CAT tools open.

A code is ``<g>`` or ``<x/>`` and keeps its spelling in ``equiv-text``; a link's address is there.
"""

from __future__ import annotations

from workflow.errors import ExchangeError
from workflow.exchange._xliff import (
    catalog_name,
    document,
    identifiers,
    is_version,
    single,
    told,
    unit_key,
)
from workflow.exchange._xml import (
    XML_LANG,
    XML_SPACE,
    Element,
    add,
    child,
    descendants,
    legible,
    line_of,
    name,
    namespace,
    new_root,
    to_bytes,
)
from workflow.inline.codes import Gatherer, character, code_of, numbered, spelled
from workflow.inline.content import fill, pieces, safe
from workflow.markup import parse_text
from workflow.model import Code, CodeKind, State
from workflow.plugins import Exchange, HandedUnit, Handout, Returned, ReturnedUnit

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_LEAVES = frozenset({"source", "target", "note"})
_STATES = {
    State.TRANSLATED: "needs-review-translation",
    State.REVIEWED: "signed-off",
}
_CTYPES = {
    CodeKind.BOLD: "bold",
    CodeKind.ITALIC: "italic",
    CodeKind.CODE: "x-code",
    CodeKind.LINK: "link",
    CodeKind.BREAK: "lb",
    CodeKind.IMAGE: "image",
}
_PLAIN_CODES = {"bold": "<b>", "italic": "<i>", "x-code": "<code>", "lb": "<br/>"}
"""What a type says without a spelling."""
_CHARACTER = "x-character"
_BEGINS = frozenset({"bx", "bpt"})
_ENDS = frozenset({"ex", "ept"})
_POINTS = frozenset({"x", "ph"})


def _write(handout: Handout) -> bytes:
    root = new_root("xliff", _NAMESPACE, {}, version="1.2")
    file = add(root, "file", original=handout.slug, datatype="html")
    file.set("source-language", handout.source_language)
    file.set("target-language", handout.language)
    file.set("product-name", "workflow")
    body = add(file, "body")
    for unit, identifier in zip(handout.units, identifiers(handout.units), strict=True):
        _write_unit(body, unit, identifier, handout)
    return to_bytes(root, leaves=_LEAVES)


def _write_unit(body: Element, unit: HandedUnit, identifier: str, handout: Handout) -> None:
    element = add(body, "trans-unit", id=identifier, extradata=unit.seal)
    if unit.state is State.REVIEWED:
        element.set("approved", "yes")
    element.set(XML_SPACE, "preserve")
    if identifier != unit.key:
        element.set("resname", safe(unit.key, what="a unit's key", path=handout.path))
    source, target = parse_text(unit.source), parse_text(unit.target)
    ours, theirs = numbered(source, target)
    spelling = _Spelling(handout.path)
    inner = add(element, "source")
    inner.set(XML_LANG, handout.source_language)
    fill(inner, source, ours, spelling)
    if unit.target:  # OmegaT passes a unit over whose target is there and empty
        inner = add(element, "target", state=_STATES[unit.state])
        inner.set(XML_LANG, handout.language)
        fill(inner, target, theirs, spelling)
    for note in told(unit):
        note_element = add(element, "note", legible(note))
        note_element.set("from", "workflow")


class _Spelling:
    """See `workflow.inline.content.Spelling`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.characters = 0

    def pair(self, parent: Element, number: int, code: Code) -> Element:
        return add(parent, "g", **self.attributes(number, code))

    def point(self, parent: Element, number: int, code: Code) -> None:
        add(parent, "x", **self.attributes(number, code))

    def character(self, parent: Element, char: str) -> None:
        self.characters += 1
        point = f"U+{ord(char):04X}"
        add(parent, "x", id=f"c{self.characters}", ctype=_CHARACTER, equiv_text=point)

    def attributes(self, number: int, code: Code) -> dict[str, str]:
        tag = safe(spelled(code)[0], what="the address of a code", path=self.path)
        return {"id": str(number), "ctype": _CTYPES[code.kind], "equiv_text": tag}


def _read(data: bytes, path: str) -> Returned:
    root = document(data, path)
    file = single(root, path)
    slug, tag = catalog_name(
        path, slug=file.get("original", ""), language=file.get("target-language", "")
    )
    units = tuple(_read_unit(unit, path) for unit in descendants(file, "trans-unit"))
    return Returned(slug=slug, language=tag, units=units, path=path)


def _read_unit(element: Element, path: str) -> ReturnedUnit:
    source, target = child(element, "source"), child(element, "target")
    if source is None:
        what = "a trans-unit has no source"
        raise ExchangeError(what, path=path, line=line_of(element), hint="export the file anew")
    known: dict[str, Code] = {}
    original = Gatherer(path, line_of(element))
    _gather(source, original, known, learn=True)
    words = Gatherer(path, line_of(element))
    if target is not None:
        _gather(target, words, known, learn=False)
    asked, said = original.done(), words.done()
    if said == asked and target is not None and target.get("state") == "new":
        said = ""  # some tools begin with a copy of the source
    return ReturnedUnit(
        key=unit_key(element, element.get("resname")),
        source=asked,
        target=said,
        state=_state(element, target) if said else State.INITIAL,
        seal=element.get("extradata", ""),
        line=line_of(element),
        fault=words.fault,
    )


def _state(unit: Element, target: Element | None) -> State:
    """``approved`` decides; where it is not given, the state of the target does."""
    state = target.get("state", "") if target is not None else ""
    if state == "new" or state.startswith("needs-"):
        return State.TRANSLATED
    approved = unit.get("approved", "yes" if state in ("signed-off", "final") else "no")
    return State.REVIEWED if approved == "yes" else State.TRANSLATED


def _gather(element: Element, into: Gatherer, known: dict[str, Code], *, learn: bool) -> None:
    for piece in pieces(element):
        if isinstance(piece, str):
            into.words(piece)
        elif namespace(piece) == namespace(element):
            _gather_code(piece, into, known, learn=learn)


def _gather_code(element: Element, into: Gatherer, known: dict[str, Code], *, learn: bool) -> None:
    kind, ref = name(element), element.get("rid", element.get("id", ""))
    if kind == "it":
        kind = "bpt" if element.get("pos") == "open" else "ept"
    if kind == "mrk":
        _gather(element, into, known, learn=learn)
    elif element.get("ctype") == _CHARACTER:
        into.words(character(element.get("equiv-text", "").removeprefix("U+")))
    elif kind in _ENDS:
        into.close(ref)
    elif kind in _POINTS:
        into.point(_code(element, known, learn=learn))
    elif kind in _BEGINS:
        into.open(ref, _code(element, known, learn=learn))
    elif kind == "g":
        into.open(f"g {ref}", _code(element, known, learn=learn))
        _gather(element, into, known, learn=learn)
        into.close(f"g {ref}")


def _code(element: Element, known: dict[str, Code], *, learn: bool) -> Code | None:
    """What a code is: by its spelling, by its number in the source, or by its type."""
    code = code_of(element.get("equiv-text", ""))
    if code is None and name(element) != "g":
        code = code_of(element.text or "")
    if code is None:
        code = known.get(element.get("id", ""))
    if code is None:
        code = code_of(_PLAIN_CODES.get(element.get("ctype", ""), ""))
    if learn and code is not None:
        known[element.get("id", "")] = code
    return code


EXCHANGE = Exchange(
    name="xliff12",
    suffixes=(".xlf", ".xliff"),
    summary="XLIFF 1.2, for Poedit, Virtaal, Weblate and most CAT tools",
    write=_write,
    read=_read,
    claims=lambda data, path: is_version(data, path, "1."),
)
