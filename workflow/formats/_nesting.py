"""Items and quoted paragraphs as the tree that their levels describe, and the tree written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from workflow.model import Block, BlockKind, Text

_SEPARATOR = "<!-- -->"
"""Stands between two lists that Markdown would take for one."""


@dataclass(slots=True)
class Nest:
    """A list, or a quotation; a quotation is one entry."""

    ordered: bool = False
    entries: list[list[Text | Nest]] = field(default_factory=list)


def nest(blocks: Iterable[Block]) -> list[Nest]:
    """The lists or quotations at the top."""
    top: list[Nest] = []
    open_nests: list[Nest] = []
    for block in blocks:
        del open_nests[block.level :]
        is_new = block.first or len(open_nests) < block.level
        if block.first and len(open_nests) == block.level:
            open_nests.pop()
        while len(open_nests) < block.level:
            home = _last_entry(open_nests[-1]) if open_nests else None
            opened = Nest(ordered=block.ordered and len(open_nests) + 1 == block.level)
            if home is None:
                top.append(opened)
            else:
                home.append(opened)
            open_nests.append(opened)
        goes_on = block.continued or (block.kind is BlockKind.QUOTE and not is_new)
        if goes_on:
            _last_entry(open_nests[-1]).append(block.text)
        else:
            open_nests[-1].entries.append([block.text])
    return top


def list_in_markdown(one: Nest, spell: Callable[[Text], str]) -> str:
    """``- `` or ``1. `` lines; what belongs to an item is indented under it."""
    is_loose = any(_is_loose(entry) for entry in one.entries)
    items: list[str] = []
    for number, entry in enumerate(one.entries, start=1):
        mark = f"{number}. " if one.ordered else "- "
        parts = [part if isinstance(part, Nest) else spell(part) for part in entry]
        body = _entry_in_markdown(parts, spell, glue="\n\n" if is_loose else "\n")
        items.append(mark + _indented(body, len(mark)))
    return ("\n\n" if is_loose else "\n").join(items)


def quote_in_markdown(one: Nest, spell: Callable[[Text], str]) -> str:
    """``> `` lines."""
    parts = [
        quote_in_markdown(part, spell) if isinstance(part, Nest) else spell(part)
        for entry in one.entries
        for part in entry
    ]
    lines = "\n\n".join(parts).split("\n")
    return "\n".join(f"> {line}".rstrip() if not line else f"> {line}" for line in lines)


def nest_in_html(one: Nest, spell: Callable[[Text], str], *, quote: bool) -> str:
    """The same in tags, on one line."""
    entries = [
        "".join(
            nest_in_html(part, spell, quote=quote)
            if isinstance(part, Nest)
            else f"<p>{spell(part)}</p>"
            for part in entry
        )
        for entry in one.entries
    ]
    if quote:
        return f"<blockquote>{''.join(entries)}</blockquote>"
    name = "ol" if one.ordered else "ul"
    return f"<{name}>{''.join(f'<li>{entry}</li>' for entry in entries)}</{name}>"


def _last_entry(one: Nest) -> list[Text | Nest]:
    if not one.entries:
        one.entries.append([])
    return one.entries[-1]


def _is_loose(entry: list[Text | Nest]) -> bool:
    """Whether blank lines must keep the parts of the item apart."""
    kinds = [isinstance(part, Nest) for part in entry]
    return kinds not in ([False], [False, True], [True])


def _entry_in_markdown(parts: list[str | Nest], spell: Callable[[Text], str], *, glue: str) -> str:
    out: list[str] = []
    for before, part in zip([None, *parts], parts, strict=False):
        if isinstance(part, str):
            out.append(part)
            continue
        if isinstance(before, Nest):
            out.append(_SEPARATOR)
        out.append(list_in_markdown(part, spell))
    return glue.join(out)


def _indented(body: str, width: int) -> str:
    first, *rest = body.split("\n")
    return "\n".join([first, *(" " * width + line if line else "" for line in rest)])
