"""Which kind of block the words inside an HTML element belong to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from workflow.model import Block, BlockKind, Text

_NAMES = (
    "p div section article main header footer aside address figure center body html fieldset "
    "dl dt dd details summary hgroup search tbody tfoot hr legend"
)
BLOCKS = frozenset(_NAMES.split())
"""Elements that end the block before them and belong to the place that they stand in."""

_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_LISTS = ("ul", "ol", "menu", "dir")
_LAYOUT = ("table", "blockquote", *_HEADINGS)
"""A table that holds one of these is a page built of tables, not a table of facts."""


@dataclass(slots=True, eq=False)
class Progress:
    """How far a list, quotation, table or list item has come."""

    started: bool = False
    row: int = -1
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the walk is: the block that words there belong to, and what is open around it."""

    block: Block
    container: Progress | None = None
    """The list, quotation or table of `block`: its first block is marked ``first``."""
    item: Progress | None = None
    """The list item of `block`: all but its first block are marked ``continued``."""
    list: Progress | None = None
    ordered: bool = False
    lists: int = 0
    quotes: int = 0
    table: Progress | None = None
    header: bool = False


def standing(place: Place, kind: BlockKind, *, level: int = 1) -> Place:
    """A block that stands for itself: no list, no quotation."""
    return replace(
        place, block=Block(kind=kind, text=Text(), level=level), container=None, item=None
    )


def _heading(element: HtmlElement, place: Place) -> Place:
    return standing(place, BlockKind.HEADING, level=max(2, _HEADINGS[element.tag]))


def _caption(_element: HtmlElement, place: Place) -> Place:
    return standing(place, BlockKind.CAPTION)


def _quote(_element: HtmlElement, place: Place) -> Place:
    depth = place.quotes + 1
    opened = standing(place, BlockKind.QUOTE, level=depth)
    return replace(opened, container=Progress(), quotes=depth)


def _list(element: HtmlElement, place: Place) -> Place:
    ordered = element.tag == "ol"
    return replace(place, list=Progress(), lists=place.lists + 1, ordered=ordered)


def _item(_element: HtmlElement, place: Place) -> Place:
    block = Block(
        kind=BlockKind.ITEM, text=Text(), level=max(1, place.lists), ordered=place.ordered
    )
    return replace(place, block=block, container=place.list or Progress(), item=Progress())


def _table(element: HtmlElement, place: Place) -> Place:
    is_layout = any(True for inner in element.iterdescendants(*_LAYOUT))
    return replace(place, table=None if is_layout else Progress())


def _head(_element: HtmlElement, place: Place) -> Place:
    return replace(place, header=True)


def _row(_element: HtmlElement, place: Place) -> Place:
    if place.table is not None:
        place.table.row += 1
        place.table.column = 0
    return place


def _cell(element: HtmlElement, place: Place) -> Place:
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


OPENERS: Mapping[str, Callable[[HtmlElement, Place], Place]] = {
    **dict.fromkeys(_HEADINGS, _heading),
    **dict.fromkeys(_LISTS, _list),
    **dict.fromkeys(("figcaption", "caption"), _caption),
    "blockquote": _quote,
    "li": _item,
    "table": _table,
    "thead": _head,
    "tr": _row,
    "td": _cell,
    "th": _cell,
}
"""Elements whose content belongs to another place than they stand in."""
