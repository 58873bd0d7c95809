"""The normal form of a sequence of blocks: marks that follow from what stands before a block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from workflow.model import Block, BlockKind

_NESTING = (BlockKind.ITEM, BlockKind.QUOTE)


def normal(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with ``first``, ``continued`` and row numbers as a reader would see them.

    A list, quotation or table that is interrupted begins anew; a further paragraph of an item
    that is no longer open is a paragraph; rows without a word do not count.
    """
    state = _State()
    return tuple(state.settle(block) for block in blocks)


@dataclass(slots=True)
class _State:
    kind: BlockKind = BlockKind.PARAGRAPH
    levels: dict[int, bool] = field(default_factory=dict)
    """Levels at which a list or quotation is open, and whether it is numbered."""
    raw: tuple[int, int] = (0, 0)
    row: int = 0

    def settle(self, block: Block) -> Block:
        same = block.kind is self.kind
        if not same:
            self.levels = {}
        self.kind = block.kind
        if block.kind is BlockKind.CELL:
            return self._cell(block, begins=block.first or not same)
        if block.kind not in _NESTING:
            return replace(block, first=False, continued=False)
        return self._nested(block)

    def _nested(self, block: Block) -> Block:
        is_open = self.levels.get(block.level) is block.ordered
        if block.continued and not is_open:
            self.kind, self.levels = BlockKind.PARAGRAPH, {}
            return replace(
                block,
                kind=BlockKind.PARAGRAPH,
                level=1,
                ordered=False,
                first=False,
                continued=False,
            )
        outer = {level: kind for level, kind in self.levels.items() if level < block.level}
        self.levels = outer | {block.level: block.ordered}
        first = not block.continued and (block.first or not is_open)
        return replace(block, first=first)

    def _cell(self, block: Block, *, begins: bool) -> Block:
        place = (block.row, block.column)
        begins = begins or place <= self.raw
        if begins:
            self.row = 0
        elif block.row != self.raw[0]:
            self.row += 1
        self.raw = place
        return replace(block, row=self.row, first=begins)
