"""The one reader of HTML blocks: a tree → blocks. HTML, Markdown and DOCX all end here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from workflow.formats._inline import KINDS, Line
from workflow.formats._order import normal
from workflow.formats._tree import is_chrome
from workflow.model import Block, BlockKind, CodeKind, Issue, Severity, Text

_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_BLOCKS = frozenset(
    "p div section article main header footer aside address figure center body html fieldset "
    "dl dt dd details summary hgroup search table thead tbody tfoot tr hr legend".split()
)
_LAYOUT = ("table", "blockquote", *_HEADINGS)
"""A table that holds one of these is a page built of tables, not a table of facts."""

_UNSAFE = ("javascript:", "vbscript:", "data:")
_LINE = "data-line"


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
    place = _Place(block=Block(kind=BlockKind.PARAGRAPH, text=Text()))
    walk.children(root, place)
    walk.flush(place)
    return Parsed(blocks=normal(walk.blocks), issues=tuple(walk.issues))


def text_of(element: HtmlElement) -> str:
    """The words of one element in a line, for a title."""
    line = Line()
    line.add(" ".join(element.itertext()))
    return line.take().plain


@dataclass(slots=True, eq=False)
class _Progress:
    """How far a list, quotation, table or list item has come."""

    started: bool = False
    row: int = -1
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the walk is: the block that words there belong to, and what is open around it."""

    block: Block
    container: _Progress | None = None
    """The list, quotation or table of `block`: its first block is marked ``first``."""
    item: _Progress | None = None
    """The list item of `block`: all but its first block are marked ``continued``."""
    list: _Progress | None = None
    ordered: bool = False
    lists: int = 0
    quotes: int = 0
    table: _Progress | None = None
    header: bool = False


@dataclass(slots=True, kw_only=True)
class _Walk:
    path: str
    by_source: bool
    blocks: list[Block] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    line: Line = field(default_factory=Line)
    at: int = 0
    begins: int = 0

    def children(self, element: HtmlElement, place: _Place) -> None:
        """Everything inside ``element``, which itself is already dealt with."""
        self._words(element.text)
        for child in element:
            if not is_chrome(child):
                self._element(child, place)
            self._words(child.tail)

    def flush(self, place: _Place) -> None:
        """What was gathered becomes a block of ``place``."""
        self.emit(self.line.take(), place)

    def emit(self, text: Text, place: _Place) -> None:
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

    def inside(self, element: HtmlElement, place: _Place) -> None:
        """The content of a block element."""
        self.flush(place)
        self.children(element, place)
        self.flush(place)

    def _words(self, words: str | None) -> None:
        if words:
            self.line.add(words)
            if self.line.plain:
                self.begins = self.begins or self.at

    def _element(self, element: HtmlElement, place: _Place) -> None:
        told = element.get(_LINE, "")
        if told.isdecimal():
            self.at = int(told)
        elif self.by_source:
            self.at = element.sourceline or self.at
        name = element.tag
        if name in KINDS:
            self._code(element, KINDS[name], place)
        elif name == "br":
            self.line.stand(CodeKind.BREAK)
        elif name == "img":
            self._image(element)
        elif name not in _OPENERS and name not in _BLOCKS:
            self.children(element, place)
        elif place.block.kind is BlockKind.CELL:
            self._lines_of_cell(element, place)
        else:
            self.flush(place)
            opener = _OPENERS.get(name)
            self.inside(element, opener(element, place) if opener else place)

    def _code(self, element: HtmlElement, kind: CodeKind, place: _Place) -> None:
        target = element.get("href", "").strip() if kind is CodeKind.LINK else ""
        is_code = kind is not CodeKind.LINK or (target and not _is_unsafe(target))
        opened = is_code and self.line.open(kind, target)
        self.children(element, place)
        if opened:
            self.line.close(kind)

    def _image(self, element: HtmlElement) -> None:
        target = element.get("src", "").strip()
        label = element.get("alt", "").strip()
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

    def _lines_of_cell(self, element: HtmlElement, place: _Place) -> None:
        """A cell is one block: paragraphs and items inside it become its lines."""
        self._break()
        self.children(element, place)
        self._break()

    def _break(self) -> None:
        if self.line.plain.strip() and not self.line.plain.endswith("\n"):
            self.line.stand(CodeKind.BREAK)


def _is_unsafe(target: str) -> bool:
    return "".join(target.split()).lower().startswith(_UNSAFE)


def _opened(place: _Place, kind: BlockKind, *, level: int = 1) -> _Place:
    """A block that stands for itself: no list, no quotation."""
    return replace(place, block=Block(kind=kind, text=Text(), level=level), container=None, item=None)


def _heading(element: HtmlElement, place: _Place) -> _Place:
    return _opened(place, BlockKind.HEADING, level=max(2, _HEADINGS[element.tag]))


def _caption(_element: HtmlElement, place: _Place) -> _Place:
    return _opened(place, BlockKind.CAPTION)


def _quote(_element: HtmlElement, place: _Place) -> _Place:
    depth = place.quotes + 1
    opened = _opened(place, BlockKind.QUOTE, level=depth)
    return replace(opened, container=_Progress(), quotes=depth)


def _list(element: HtmlElement, place: _Place) -> _Place:
    ordered = element.tag == "ol"
    return replace(place, list=_Progress(), lists=place.lists + 1, ordered=ordered)


def _item(_element: HtmlElement, place: _Place) -> _Place:
    block = Block(
        kind=BlockKind.ITEM, text=Text(), level=max(1, place.lists), ordered=place.ordered
    )
    return replace(place, block=block, container=place.list or _Progress(), item=_Progress())


def _table(element: HtmlElement, place: _Place) -> _Place:
    is_layout = any(True for inner in element.iterdescendants(*_LAYOUT))
    return replace(place, table=None if is_layout else _Progress())


def _head(_element: HtmlElement, place: _Place) -> _Place:
    return replace(place, header=True)


def _body(_element: HtmlElement, place: _Place) -> _Place:
    return replace(place, header=False)


def _row(_element: HtmlElement, place: _Place) -> _Place:
    if place.table is not None:
        place.table.row += 1
        place.table.column = 0
    return place


def _cell(element: HtmlElement, place: _Place) -> _Place:
    table = place.table
    if table is None:
        return place
    block = Block(
        kind=BlockKind.CELL,
        text=Text(),
        row=max(0, table.row),
        column=table.column,
        header=place.header or element.tag == "th",
    )
    span = element.get("colspan", "1")
    table.column += min(int(span), 100) if span.isdecimal() and int(span) else 1
    return replace(place, block=block, container=table, item=None)


_OPENERS: Mapping[str, Callable[[HtmlElement, _Place], _Place]] = {
    **dict.fromkeys(_HEADINGS, _heading),
    **dict.fromkeys(_LISTS, _list),
    **dict.fromkeys(("figcaption", "caption"), _caption),
    "blockquote": _quote,
    "li": _item,
    "table": _table,
    "thead": _head,
    "tbody": _body,
    "tfoot": _body,
    "tr": _row,
    "td": _cell,
    "th": _cell,
    "pre": _verbatim,
}
"""Elements whose content belongs to another place than they stand in."""
