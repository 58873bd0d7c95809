"""A `Release` as canonical Markdown. What is written is read back before it is believed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import yaml

from workflow.formats._nesting import list_in_markdown, nest, nest_in_html, quote_in_markdown
from workflow.formats._order import normal
from workflow.formats._spelling import Spelling, spell
from workflow.model import Block, BlockKind, Release, Text, Withdrawal

Read = Callable[[str], tuple[Block, ...]]
"""How the body of a Markdown file is read."""

_NESTING = (BlockKind.ITEM, BlockKind.QUOTE)


def write_release(release: Release, *, read: Read) -> str:
    """Front matter and body; ``read(body)`` gives the blocks of the release, up to lines."""
    return f"---\n{_front_matter(release)}---\n\n{_Writer(read=read).body(release.blocks)}"


def _front_matter(release: Release) -> str:
    said = {
        "title": release.title,
        "slug": release.slug,
        "formerly": list(release.formerly),
        "date": release.date,
        "language": release.language,
        "section": release.section,
        "summary": release.summary,
        "embargo": release.embargo,
        "status": release.status if release.status != "usable" else "",
        "confidential": release.confidential,
        "corrections": [
            {"date": one.date, "type": str(one.type), "note": one.note}
            for one in release.corrections
        ],
        "withdrawn": _withdrawn(release.withdrawn),
    }
    kept = {key: value for key, value in said.items() if value}
    dumped: str = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=math.inf)
    return dumped


def _withdrawn(said: Withdrawal | None) -> object:
    if said is None:
        return None
    return {
        name: value for name, value in (("date", said.date), ("note", said.note)) if value
    } or True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    read: Read

    def body(self, blocks: Iterable[Block]) -> str:
        """All blocks; as HTML when Markdown cannot hold them."""
        wanted = _unplaced(normal(blocks))
        groups = list(_groups(wanted))
        body = _joined(groups, [self._group(group) for group in groups])
        if _unplaced(self.read(body)) != wanted:
            body = _joined(groups, [_html(group) for group in groups])
        return body

    def _group(self, group: Sequence[Block]) -> str:
        written = self._markdown(group)
        if written and _unplaced(self.read(written)) == normal(group):
            return written
        return _html(group)

    def _markdown(self, group: Sequence[Block]) -> str:
        block = group[0]
        if block.kind is BlockKind.HEADING:
            mark = "#" * block.level + " "
            return mark + self._spelled(block.text, mark, lines=False)
        if block.kind is BlockKind.ITEM:
            return _lists(group, lambda text: self._spelled(text, "- "))
        if block.kind is BlockKind.QUOTE:
            quotes = (
                quote_in_markdown(one, lambda text: self._spelled(text, "> "))
                for one in nest(group)
            )
            return "\n\n".join(quotes)
        if block.kind is BlockKind.CELL:
            return self._table(group)
        if block.kind is BlockKind.CAPTION:
            return ""
        if block.kind is BlockKind.VERBATIM:
            return _fence(block.text.plain)
        return self._spelled(block.text, "")

    def _table(self, cells: Sequence[Block]) -> str:
        """A pipe table, where the header is the first row and nothing else."""
        headers = {cell.row for cell in cells if cell.header}
        first_row = [cell for cell in cells if cell.row == 0]
        if headers - {0} or (headers and not all(cell.header for cell in first_row)):
            return ""
        width = max(cell.column for cell in cells) + 1
        rows = [[""] * width for _ in range(cells[-1].row + 1)]
        for cell in cells:
            rows[cell.row][cell.column] = self._spelled(cell.text, "| ", lines=False)
        head = rows.pop(0) if headers else [""] * width
        lines = [head, ["---"] * width, *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def _spelled(self, text: Text, mark: str, *, lines: bool = True) -> str:
        """The fairest spelling that is read back as it was."""
        for spelling in (Spelling.MARKDOWN, Spelling.TAGS, Spelling.ENTITIES):
            written = spell(text, spelling, lines=lines)
            trial = mark + written
            if mark == "| ":
                written = written.replace("|", "\\|")
                trial = f"| {written} |\n| --- |"
            elif lines:
                trial = mark + written.replace("\n", "\n" + (mark if mark == "> " else "  "))
            found = self.read(trial)
            if len(found) == 1 and found[0].text == text:
                return written
        return written


def _lists(group: Sequence[Block], spelled: Callable[[Text], str]) -> str:
    return "\n\n<!-- -->\n\n".join(list_in_markdown(one, spelled) for one in nest(group))


def _html(group: Sequence[Block]) -> str:
    block = group[0]
    if block.kind in _NESTING:
        quote = block.kind is BlockKind.QUOTE
        return "\n\n".join(nest_in_html(one, _in_tags, quote=quote) for one in nest(group))
    if block.kind is BlockKind.CELL:
        return _html_table(group)
    name = {
        BlockKind.HEADING: f"h{block.level}",
        BlockKind.CAPTION: "figcaption",
        BlockKind.VERBATIM: "pre",
    }.get(block.kind, "p")
    return f"<{name}>{_in_tags(block.text)}</{name}>"


def _html_table(cells: Sequence[Block]) -> str:
    rows: list[list[str]] = []
    for cell in cells:
        while len(rows) <= cell.row:
            rows.append([])
        row = rows[cell.row]
        row.extend("<td></td>" for _ in range(cell.column - len(row)))
        name = "th" if cell.header else "td"
        row.append(f"<{name}>{_in_tags(cell.text)}</{name}>")
    return "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


def _in_tags(text: Text) -> str:
    return spell(text, Spelling.HTML)


def _fence(plain: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", plain)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{plain}\n{fence}"


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Runs of blocks that Markdown writes as one: a list, a quotation, a table; else one block."""
    group: list[Block] = []
    for block in blocks:
        goes_on = (
            group
            and block.kind is group[0].kind
            and block.kind in (*_NESTING, BlockKind.CELL)
            and not (block.first and (block.level == 1 or block.kind is BlockKind.CELL))
        )
        if group and not goes_on:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _joined(groups: Sequence[Sequence[Block]], written: Sequence[str]) -> str:
    out: list[str] = []
    before: BlockKind | None = None
    for group, text in zip(groups, written, strict=True):
        kind = group[0].kind
        if kind is BlockKind.ITEM and before is BlockKind.ITEM:
            out.append("<!-- -->")
        out.append(text)
        before = kind
    return "\n\n".join(out) + "\n" if out else ""


def _unplaced(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(replace(block, line=0) for block in blocks)
