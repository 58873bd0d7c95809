"""Blocks → HTML, built from the model: every character of a text is escaped, every tag is ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from workflow.model import Block, BlockKind, Release
from workflow.stages.assemble import is_left, passages_in
from workflow.stages.inline import inline, words

_FIGURE = re.compile(r'(<p[^<>]*><img [^<>]*></p>)\n<p( class="caption".*?)</p>', re.DOTALL)
_PICTURED = r"<figure>\n\1\n<figcaption\2</figcaption>\n</figure>"
"""A picture that stands alone and the caption after it are one figure."""
_DEEPEST = 12  # a list that is nested deeper goes on at this level
_Numbered = tuple[int, Block]


def body(release: Release, *, source_language: str, table_label: str = "") -> Markup:
    """The body of a page. What is left in the source language says so with ``lang``: a block, or
    the sentences of a block that are.

    ``table_label`` names a table to those who hear the page: a wide one scrolls in a region of
    its own, and a region needs a name.
    """
    writer = _Writer(release, source_language, table_label)
    parts: list[str] = []
    for kind, run in groupby(enumerate(release.blocks), key=lambda pair: pair[1].kind):
        parts.extend(writer.run(kind, list(run)))
    return Markup(_FIGURE.sub(_PICTURED, "\n".join(parts)))  # noqa: S704  # all parts are escaped


@dataclass(slots=True)
class _List:
    ordered: bool
    items: list[_Item] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    words: _Numbered
    inside: list[_Numbered | _List] = field(default_factory=list)
    """Further paragraphs of the item, and lists nested in it."""


class _Writer:
    def __init__(self, release: Release, source_language: str, table_label: str) -> None:
        self.release = release
        self.source_language = source_language
        self.table_label = table_label

    def run(self, kind: BlockKind, blocks: Sequence[_Numbered]) -> Iterable[str]:
        """A run of blocks of one kind: lists, quotations, tables, or one block after another."""
        if kind is BlockKind.ITEM:
            return (self.item_or_list(part) for part in _lists(blocks))
        if kind is BlockKind.QUOTE:
            return ["\n".join(self.quotations(blocks))]
        if kind is BlockKind.CELL:
            return (self.table(cells) for cells in _tables(blocks))
        return (self.single(*pair) for pair in blocks)

    def single(self, index: int, block: Block) -> str:
        if block.kind is BlockKind.HEADING:
            return self.element(f"h{min(max(block.level, 2), 6)}", index, block)
        if block.kind is BlockKind.VERBATIM:
            lost = "\n" * block.text.plain.startswith("\n")  # a parser drops one after the tag
            return f"<pre>{lost}{words(block.text.plain)}</pre>"
        if block.kind is BlockKind.CAPTION:
            return f'<p class="caption"{self.language(index)}>{self.words(index, block)}</p>'
        return self.element("p", index, block)

    def element(self, tag: str, index: int, block: Block) -> str:
        return f"<{tag}{self.language(index)}>{self.words(index, block)}</{tag}>"

    def language(self, index: int) -> str:
        if not is_left(self.release, index):
            return ""
        return f' lang="{escape(self.source_language)}"'

    def words(self, index: int, block: Block) -> Markup:
        places = passages_in(self.release, index)
        return inline(block.text, places, language=self.source_language)

    def item_or_list(self, part: _Numbered | _List) -> str:
        if not isinstance(part, _List):
            return self.element("p", *part)
        name = "ol" if part.ordered else "ul"
        return "\n".join([f"<{name}>", *(self.item(item) for item in part.items), f"</{name}>"])

    def item(self, item: _Item) -> str:
        index, block = item.words
        if not item.inside:
            return self.element("li", index, block)
        # On the item, the language would speak for what is inside it too.
        is_marked = is_left(self.release, index)
        words = self.element("span", index, block) if is_marked else self.words(index, block)
        return "\n".join([f"<li>{words}", *map(self.item_or_list, item.inside), "</li>"])

    def quotations(self, blocks: Sequence[_Numbered]) -> Iterator[str]:
        """Quoted paragraphs, and the quotations inside quotations that their levels describe."""
        open_levels: list[int] = []
        for index, block in blocks:
            level = min(max(block.level, 1), _DEEPEST)
            # Deeper ones end here, and with a new one its neighbour.
            while open_levels and (open_levels[-1], block.first) > (level, False):
                open_levels.pop()
                yield "</blockquote>"
            if not open_levels or open_levels[-1] < level:
                open_levels.append(level)
                yield "<blockquote>"
            yield self.element("p", index, block)
        yield from ("</blockquote>" for _ in open_levels)

    def table(self, blocks: Sequence[_Numbered]) -> str:
        rows = [list(cells) for _, cells in groupby(blocks, key=lambda pair: pair[1].row)]
        width = max(len(rows[0]), *(block.column + 1 for _, block in blocks))
        head = 1 if len(rows) > 1 and all(block.header for _, block in rows[0]) else 0
        lines = [self.row(cells, width) for cells in rows]
        parts = [("thead", lines[:head]), ("tbody", lines[head:])]
        inner = "\n".join("\n".join([f"<{name}>", *ls, f"</{name}>"]) for name, ls in parts if ls)
        label = f' role="region" aria-label="{escape(self.table_label)}"' * bool(self.table_label)
        return f'<div class="table" tabindex="0"{label}>\n<table>\n{inner}\n</table>\n</div>'

    def row(self, cells: Sequence[_Numbered], width: int) -> str:
        """Cells without a word are no blocks; their places are kept here."""
        out: list[str] = []
        for index, block in cells:
            out.extend(["<td></td>"] * (block.column - len(out)))
            out.append(self.cell(index, block))
        out.extend(["<td></td>"] * (width - len(out)))
        return f"<tr>{''.join(out)}</tr>"

    def cell(self, index: int, block: Block) -> str:
        if block.header:
            scope = "col" if block.row == 0 else "row"
            return f'<th scope="{scope}"{self.language(index)}>{self.words(index, block)}</th>'
        return self.element("td", index, block)


def _lists(blocks: Iterable[_Numbered]) -> list[_Numbered | _List]:
    """Items as the lists that their levels describe; a paragraph that has lost its item stays."""
    top: list[_Numbered | _List] = []
    open_lists: list[tuple[int, _List]] = []
    for pair in blocks:
        block = pair[1]
        level = min(max(block.level, 1), _DEEPEST)
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        home = open_lists[-1][1].items[-1].inside if open_lists else top
        if block.continued:
            home.append(pair)
            continue
        if open_lists and open_lists[-1][0] == level and _is_other(open_lists[-1][1], block):
            open_lists.pop()
            home = open_lists[-1][1].items[-1].inside if open_lists else top
        if not open_lists or open_lists[-1][0] < level:
            open_lists.append((level, _List(block.ordered)))
            home.append(open_lists[-1][1])
        open_lists[-1][1].items.append(_Item(pair))
    return top


def _is_other(one: _List, block: Block) -> bool:
    """Whether ``block`` begins another list beside ``one``."""
    return block.first or one.ordered is not block.ordered


def _tables(blocks: Sequence[_Numbered]) -> Iterator[Sequence[_Numbered]]:
    """Cells, cut where a table begins."""
    starts = [at for at, (_, block) in enumerate(blocks) if at == 0 or block.first]
    return (blocks[start:end] for start, end in pairwise([*starts, len(blocks)]))
