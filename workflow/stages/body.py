"""Blocks → HTML, built from the model: every character of a text is escaped, every tag is ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from workflow.model import STANDALONE, Block, BlockKind, Code, CodeKind, Release, Text

_LINK_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
_IMAGE_SCHEMES = frozenset({"", "https"})
_TAGS = {CodeKind.BOLD: "strong", CodeKind.ITALIC: "em", CodeKind.CODE: "code"}
_Numbered = tuple[int, Block]


def body(release: Release, *, source_language: str) -> Markup:
    """The body of a page. A block left in the source language says so with ``lang``."""
    writer = _Writer(release, source_language)
    parts: list[str] = []
    for kind, run in groupby(enumerate(release.blocks), key=lambda pair: pair[1].kind):
        parts.extend(writer.group(kind, group) for group in _split(list(run)))
    return Markup("\n".join(parts))  # noqa: S704  # every piece was escaped on its way in


def inline(text: Text) -> Markup:
    """Words with their inline codes as HTML."""
    out: list[str] = []
    closing: list[tuple[int, str]] = []
    at = 0
    for code in text.codes:
        at = _close(code.start, text, at, closing, out)
        out.append(escape(text.plain[at : code.start]))
        at = code.start
        if code.kind in STANDALONE:
            out.append("<br>" if code.kind is CodeKind.BREAK else _image(code))
            at = code.end
        else:
            opening, end = _wrap(code)
            out.append(opening)
            closing.append((code.end, end))
    at = _close(len(text.plain), text, at, closing, out)
    out.append(escape(text.plain[at:]))
    return Markup("".join(out))  # noqa: S704  # words and attributes are escaped, tags are ours


def is_safe(address: str, schemes: frozenset[str]) -> bool:
    """Whether an address may stand in a page: its scheme, read as a careless browser would."""
    bare = "".join(char for char in address if char.isprintable() and not char.isspace())
    try:
        return bare == address.strip() and urlsplit(bare).scheme.lower() in schemes
    except ValueError:
        return False


class _Writer:
    def __init__(self, release: Release, source_language: str) -> None:
        self.untranslated = release.untranslated
        self.source_language = source_language

    def group(self, kind: BlockKind, blocks: Sequence[_Numbered]) -> str:
        """One list, one quotation, one table, or one block of another kind."""
        if kind is BlockKind.ITEM:
            return self.items(blocks)
        if kind is BlockKind.QUOTE:
            inner = "\n".join(self.element("p", *pair) for pair in blocks)
            return f"<blockquote>\n{inner}\n</blockquote>"
        if kind is BlockKind.CELL:
            return self.table(blocks)
        return "\n".join(self.single(*pair) for pair in blocks)

    def single(self, index: int, block: Block) -> str:
        if block.kind is BlockKind.HEADING:
            return self.element(f"h{min(max(block.level, 2), 6)}", index, block)
        if block.kind is BlockKind.VERBATIM:
            return f"<pre>{escape(block.text.plain)}</pre>"
        if block.kind is BlockKind.CAPTION:
            return f'<p class="caption"{self.language(index)}>{inline(block.text)}</p>'
        return self.element("p", index, block)

    def element(self, tag: str, index: int, block: Block) -> str:
        return f"<{tag}{self.language(index)}>{inline(block.text)}</{tag}>"

    def language(self, index: int) -> str:
        if index not in self.untranslated:
            return ""
        return f' lang="{escape(self.source_language)}"'

    def items(self, blocks: Sequence[_Numbered]) -> str:
        """A list with its nested lists; a deeper item belongs into the item before it."""
        out: list[str] = []
        open_lists: list[str] = []
        for index, block in blocks:
            level = max(block.level, 1)
            if block.continued and open_lists:
                out.append(self.element("p", index, block))
                continue
            while len(open_lists) > level:
                out.append(f"</li>\n</{open_lists.pop()}>")
            if len(open_lists) == level:
                out.append("</li>")
            while len(open_lists) < level:
                open_lists.append("ol" if block.ordered else "ul")
                out.append(f"<{open_lists[-1]}>")
                if len(open_lists) < level:
                    out.append("<li>")
            out.append(f"<li{self.language(index)}>{inline(block.text)}")
        while open_lists:
            out.append(f"</li>\n</{open_lists.pop()}>")
        return "\n".join(out)

    def table(self, blocks: Sequence[_Numbered]) -> str:
        rows = []
        for _, cells in groupby(blocks, key=lambda pair: pair[1].row):
            rows.append("<tr>" + "".join(self.cell(*pair) for pair in cells) + "</tr>")
        inner = "\n".join(rows)
        table = f"<table>\n<tbody>\n{inner}\n</tbody>\n</table>"
        return f'<div class="table" tabindex="0">\n{table}\n</div>'

    def cell(self, index: int, block: Block) -> str:
        if block.header:
            scope = "col" if block.row == 0 else "row"
            return f'<th scope="{scope}"{self.language(index)}>{inline(block.text)}</th>'
        return self.element("td", index, block)


def _split(blocks: list[_Numbered]) -> Iterable[list[_Numbered]]:
    """A run of list items, quotations or cells, cut where a new list, quotation or table begins."""
    group: list[_Numbered] = []
    for pair in blocks:
        if group and pair[1].first and pair[1].level <= group[0][1].level:
            yield group
            group = []
        group.append(pair)
    yield group


def _close(at: int, text: Text, begin: int, closing: list[tuple[int, str]], out: list[str]) -> int:
    while closing and closing[-1][0] <= at:
        end, tag = closing.pop()
        out.append(escape(text.plain[begin:end]))
        out.append(tag)
        begin = end
    return begin


def _wrap(code: Code) -> tuple[str, str]:
    if code.kind is not CodeKind.LINK:
        tag = _TAGS[code.kind]
        return f"<{tag}>", f"</{tag}>"
    if not is_safe(code.target, _LINK_SCHEMES):
        return "", ""
    return f'<a href="{escape(code.target.strip())}">', "</a>"


def _image(code: Code) -> str:
    if not is_safe(code.target, _IMAGE_SCHEMES):
        return ""
    return f'<img src="{escape(code.target.strip())}" alt="{escape(code.label)}">'
