"""XLIFF 2.1: codes are ``<pc>`` and ``<ph>``, and their spelling is the unit's original data.

The namespace is that of 2.0, as the standard has it; 2.0 files are read too.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    OURS,
    XML_SPACE,
    Element,
    add,
    child,
    children,
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

_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_SEAL = f"{{{OURS}}}seal"
_LEAVES = frozenset({"source", "target", "note", "data"})
_TYPES = {
    CodeKind.BOLD: ("fmt", "xlf:b"),
    CodeKind.ITALIC: ("fmt", "xlf:i"),
    CodeKind.CODE: ("fmt", "workflow:code"),
    CodeKind.LINK: ("link", ""),
    CodeKind.BREAK: ("fmt", "xlf:lb"),
    CodeKind.IMAGE: ("image", ""),
}
_PLAIN_CODES = {"xlf:b": "<b>", "xlf:i": "<i>", "workflow:code": "<code>", "xlf:lb": "<br/>"}
"""What a sub-type says without original data."""
_RANKS = {"initial": 0, "translated": 1, "reviewed": 2, "final": 3}
_STATES = (State.TRANSLATED, State.TRANSLATED, State.REVIEWED, State.REVIEWED)


def _write(handout: Handout) -> bytes:
    root = new_root("xliff", _NAMESPACE, {"workflow": OURS}, version="2.1")
    root.set("srcLang", handout.source_language)
    root.set("trgLang", handout.language)
    file = add(root, "file", id="release", original=handout.slug)
    for unit, identifier in zip(handout.units, identifiers(handout.units), strict=True):
        _write_unit(file, unit, identifier, handout)
    return to_bytes(root, leaves=_LEAVES)


def _write_unit(file: Element, unit: HandedUnit, identifier: str, handout: Handout) -> None:
    element = add(file, "unit", id=identifier)
    if identifier != unit.key:
        element.set("name", safe(unit.key, what="a unit's key", path=handout.path))
    element.set(XML_SPACE, "preserve")
    element.set(_SEAL, unit.seal)
    notes = list(told(unit))
    if notes:
        home = add(element, "notes")
        for note in notes:
            add(home, "note", legible(note), category="workflow")
    source, target = parse_text(unit.source), parse_text(unit.target)
    ours, theirs = numbered(source, target)
    data = add(element, "originalData")
    spelling = _Spelling(data, handout.path)
    segment = add(element, "segment", state=unit.state.value)
    fill(add(segment, "source"), source, ours, spelling)
    if unit.target:
        fill(add(segment, "target"), target, theirs, spelling)
    if not len(data):
        element.remove(data)


class _Spelling:
    """See `workflow.inline.content.Spelling`."""

    def __init__(self, data: Element, path: str) -> None:
        self.data = data
        self.path = path
        self.known: dict[str, str] = {}

    def pair(self, parent: Element, number: int, code: Code) -> Element:
        opening, closing = spelled(code)
        element = add(parent, "pc", id=str(number))
        self.describe(element, code)
        element.set("dataRefStart", self.reference(opening))
        element.set("dataRefEnd", self.reference(closing))
        element.set("dispStart", opening)
        element.set("dispEnd", closing)
        return element

    def point(self, parent: Element, number: int, code: Code) -> None:
        opening, _ = spelled(code)
        element = add(parent, "ph", id=str(number))
        self.describe(element, code)
        element.set("dataRef", self.reference(opening))
        element.set("disp", opening)
        equiv = " " if code.kind is CodeKind.BREAK else code.label
        element.set("equiv", safe(equiv, what="the text of an image", path=self.path))

    def character(self, parent: Element, char: str) -> None:
        add(parent, "cp", hex=f"{ord(char):04X}")

    def describe(self, element: Element, code: Code) -> None:
        kind, sub_type = _TYPES[code.kind]
        element.set("type", kind)
        if sub_type:
            element.set("subType", sub_type)

    def reference(self, tag: str) -> str:
        """The identifier of the original data that is this tag."""
        if tag not in self.known:
            self.known[tag] = f"d{len(self.known) + 1}"
            words = safe(tag, what="the address of a code", path=self.path)
            add(self.data, "data", words, id=self.known[tag])
        return self.known[tag]


def _read(data: bytes, path: str) -> Returned:
    root = document(data, path)
    file = single(root, path)
    slug, tag = catalog_name(path, slug=file.get("original", ""), language=root.get("trgLang", ""))
    units = tuple(_read_unit(unit, path) for unit in descendants(file, "unit"))
    return Returned(slug=slug, language=tag, units=units, path=path)


def _read_unit(element: Element, path: str) -> ReturnedUnit:
    line = line_of(element)
    reader = _Reader(element)
    parts = list(children(element, "segment", "ignorable"))
    original, words = Gatherer(path, line), Gatherer(path, line)
    for part in parts:
        source = child(part, "source")
        if source is None:
            raise ExchangeError("a segment has no source", path=path, line=line_of(part))
        reader.gather(source, original, learn=True)
    for target in _targets(parts):
        reader.gather(target, words, learn=False)
    asked, said = original.done(), words.done()
    if said == asked and _rank(parts) == 0:
        said = ""  # some tools begin with a copy of the source
    if said and any(child(part, "target") is None for part in children(element, "segment")):
        words.complain("a part of it has no translation")
    return ReturnedUnit(
        key=unit_key(element, element.get("name")),
        source=asked,
        target=said,
        state=State.INITIAL if not said else _STATES[_rank(parts)],
        seal=element.get(_SEAL, ""),
        line=line,
        fault=words.fault,
    )


def _targets(parts: list[Element]) -> Iterator[Element]:
    """The targets of a unit's parts in the order of the target; a pause without one is kept."""
    placed = []
    for number, part in enumerate(parts, 1):
        target = child(part, "target")
        if target is None and name(part) == "ignorable":
            target = child(part, "source")
        if target is not None:
            order = target.get("order", "")
            placed.append((int(order) if order.isdecimal() else number, target))
    if any(name(target) == "target" for _, target in placed):
        yield from (target for _, target in sorted(placed, key=lambda pair: pair[0]))


def _rank(parts: list[Element]) -> int:
    """A unit has come as far as its slowest segment."""
    ranks = (_RANKS.get(p.get("state", "initial"), 0) for p in parts if name(p) == "segment")
    return min(ranks, default=0)


class _Reader:
    """The codes of one unit: their original data, and the codes of its source by number."""

    def __init__(self, unit: Element) -> None:
        home = child(unit, "originalData")
        entries = children(home, "data") if home is not None else ()
        self.data = {entry.get("id", ""): entry.text or "" for entry in entries}
        self.known: dict[str, Code] = {}

    def gather(self, element: Element, into: Gatherer, *, learn: bool) -> None:
        for piece in pieces(element):
            if isinstance(piece, str):
                into.words(piece)
            elif namespace(piece) == namespace(element):
                self.gather_code(piece, into, learn=learn)

    def gather_code(self, element: Element, into: Gatherer, *, learn: bool) -> None:
        kind, ref = name(element), element.get("id", "")
        if kind == "cp":
            into.words(character(element.get("hex", "")))
        elif kind == "mrk":
            self.gather(element, into, learn=learn)
        elif kind == "ph":
            into.point(self.code(element, learn=learn))
        elif kind == "sc":
            into.open(ref, self.code(element, learn=learn))
        elif kind == "ec":
            into.close(element.get("startRef", ref))
        elif kind == "pc":
            into.open(f"pc {ref}", self.code(element, learn=learn))
            self.gather(element, into, learn=learn)
            into.close(f"pc {ref}")

    def code(self, element: Element, *, learn: bool) -> Code | None:
        """What a code is: by its data, by its number in the source, or by its type."""
        ref = element.get("dataRefStart") or element.get("dataRef") or ""
        identifier = element.get("id", "")
        code = code_of(self.data.get(ref, ""))
        if code is None:
            code = self.known.get(element.get("copyOf", identifier))
        if code is None:
            code = code_of(_PLAIN_CODES.get(element.get("subType", ""), ""))
        if code is None:
            code = code_of(element.get("dispStart") or element.get("disp") or "")
        if learn and code is not None:
            self.known[identifier] = code
        return code


EXCHANGE = Exchange(
    name="xliff21",
    suffixes=(".xlf", ".xliff"),
    summary="XLIFF 2.1, for CAT tools that know version 2",
    write=_write,
    read=_read,
    claims=lambda data, path: is_version(data, path, "2."),
)
