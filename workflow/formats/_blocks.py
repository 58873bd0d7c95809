"""The one reader of HTML blocks: a tree → blocks. HTML, Markdown and DOCX all end here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from workflow.formats._inline import KINDS, Line
from workflow.formats._order import normal
from workflow.formats._places import BLOCKS, OPENERS, Place, standing
from workflow.formats._tree import is_chrome
from workflow.model import Block, BlockKind, CodeKind, Issue, Severity, Text

_UNSAFE = ("javascript:", "vbscript:", "data:")
_LINE = "data-line"
_LINE_ENDS = re.compile(r"[ ]*[\n\r\t\f]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What was read: the blocks, and what had to be left out."""

    blocks: tuple[Block, ...]
    issues: tuple[Issue, ...] = ()


def read_blocks(root: HtmlElement, *, path: str, with_lines: bool = True) -> Parsed:
    """The blocks under ``root``.

    A block's line is the nearest ``data-line`` attribute before it; without any, and
    ``with_lines``, the line of the element.
    """
    marked = next(root.iter(), root).xpath(f"boolean(.//@{_LINE})")
    walk = _Walk(path=path, by_source=with_lines and not marked)
    place = Place(block=Block(kind=BlockKind.PARAGRAPH, text=Text()))
    walk.children(root, place)
    walk.flush(place)
    return Parsed(blocks=normal(walk.blocks), issues=tuple(walk.issues))


def text_of(element: HtmlElement) -> str:
    """The words of one element in a line, for a title."""
    line = Line()
    line.add(" ".join(element.itertext()))
    return line.take().plain


@dataclass(slots=True, kw_only=True)
class _Walk:
    path: str
    by_source: bool
    blocks: list[Block] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    line: Line = field(default_factory=Line)
    at: int = 0
    begins: int = 0

    def children(self, element: HtmlElement, place: Place) -> None:
        """Everything inside ``element``, which itself is already dealt with."""
        self._words(element.text)
        for child in element:
            if not is_chrome(child):
                self._element(child, place)
            self._words(child.tail)

    def flush(self, place: Place) -> None:
        """What was gathered becomes a block of ``place``."""
        self.emit(self.line.take(), place)

    def emit(self, text: Text, place: Place) -> None:
        """``text`` as a block of ``place``, unless there is nothing to read in it."""
        begins, self.begins = self.begins or self.at, 0
        if not text.plain.strip():
            return
        container, item = place.container, place.item
        first = container is not None and not container.started
        continued = item is not None and item.started
        self.blocks.append(
            replace(place.block, text=text, line=begins, first=first, continued=continued)
        )
        for progress in (container, item):
            if progress is not None:
                progress.started = True

    def _words(self, words: str | None) -> None:
        if words:
            self.line.add(words)
            if self.line.plain:
                self.begins = self.begins or self.at

    def _element(self, element: HtmlElement, place: Place) -> None:
        told = element.get(_LINE, "")
        if told.isdecimal():
            self.at = int(told)
        elif self.by_source:
            self.at = element.sourceline or self.at
        name = element.tag
        if name == "pre" and place.block.kind is not BlockKind.CELL:
            self._verbatim(element, place)
        elif name in KINDS:
            self._code(element, KINDS[name], place)
        elif name == "br":
            self.line.stand(CodeKind.BREAK)
        elif name == "img":
            self._image(element)
        elif name in OPENERS or name in BLOCKS:
            self._inside(element, place)
        else:
            self.children(element, place)

    def _code(self, element: HtmlElement, kind: CodeKind, place: Place) -> None:
        target = _address(element.get("href")) if kind is CodeKind.LINK else ""
        is_code = kind is not CodeKind.LINK or (target and not _is_unsafe(target))
        opened = is_code and self.line.open(kind, target)
        self.children(element, place)
        if opened:
            self.line.close(kind)

    def _image(self, element: HtmlElement) -> None:
        target = _address(element.get("src"))
        label = _LINE_ENDS.sub(" ", element.get("alt", "")).strip()
        if target and not _is_unsafe(target):
            self.begins = self.begins or self.at
            self.line.stand(CodeKind.IMAGE, target=target, label=label)
            return
        about = f": “{label}”" if label else ""
        self.issues.append(
            Issue(
                check="import-image",
                severity=Severity.MINOR,
                message=f"a picture without an address is left out{about}",
                path=self.path,
                line=self.at,
            )
        )

    def _inside(self, element: HtmlElement, place: Place) -> None:
        """A block element. In a cell, which is one block, it becomes a line of its own."""
        if place.block.kind is BlockKind.CELL:
            self._break()
            self.children(element, place)
            self._break()
            return
        self.flush(place)
        opener = OPENERS.get(element.tag)
        inner = opener(element, place) if opener else place
        self.children(element, inner)
        self.flush(inner)

    def _verbatim(self, element: HtmlElement, place: Place) -> None:
        self.flush(place)
        for line_break in element.iter("br"):
            line_break.text = "\n"
        self.begins = self.at
        text = "".join(element.itertext()).strip("\n")
        self.emit(Text(text), standing(place, BlockKind.VERBATIM))

    def _break(self) -> None:
        if self.line.plain.strip() and not self.line.plain.endswith("\n"):
            self.line.stand(CodeKind.BREAK)


def _address(attribute: str | None) -> str:
    """As browsers take it: without line ends, and white space around it."""
    return _LINE_ENDS.sub("", attribute or "").strip()


def _is_unsafe(target: str) -> bool:
    return "".join(target.split()).lower().startswith(_UNSAFE)
