"""Release → segments: headline, summary, and the sentences of every block."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

from workflow.languages import language
from workflow.languages.sentences import sentences
from workflow.markup import cut, format_text
from workflow.model import Block, BlockKind, Release, Role, Segment, Text

HEADLINE_KEY = "headline"
TITLE, SUMMARY = -1, -2
"""What stands for the title and the summary where a block index is wanted."""

_ROLES = {
    BlockKind.HEADING: Role.HEADING,
    BlockKind.PARAGRAPH: Role.PARAGRAPH,
    BlockKind.ITEM: Role.ITEM,
    BlockKind.QUOTE: Role.QUOTE,
    BlockKind.CELL: Role.CELL,
    BlockKind.CAPTION: Role.CAPTION,
}


def segment(release: Release, *, paragraphs: bool = False) -> tuple[Segment, ...]:
    """The segments of ``release`` in reading order: sentences, or whole ``paragraphs``.

    The headline's key is its role, since a release has one. Every other key is a hash of the
    source text, with a number when the text occurs again: it does not move when a paragraph is
    put before it, and no two branches can give one key to different texts.
    """
    rules = language(release.language)
    seen: Counter[str] = Counter()
    out: list[Segment] = []

    def add(text: Text, role: Role, block: int, line: int) -> None:
        for start, end in _spans(text.plain) if paragraphs else sentences(text.plain, rules):
            piece = cut(text, start, end)
            if not any(map(str.isalnum, piece.plain)):
                continue
            key = _key(piece)
            seen[key] += 1
            out.append(
                Segment(
                    key=key if seen[key] == 1 else f"{key}.{seen[key]}",
                    role=role,
                    text=piece,
                    block=block,
                    start=start,
                    end=end,
                    line=line,
                )
            )

    if release.title.strip():
        out.append(_headline(release.title))
    add(Text(release.summary), Role.SUMMARY, SUMMARY, 0)
    lead = _lead(release.blocks)
    for index, block in enumerate(release.blocks):
        if block.kind is not BlockKind.VERBATIM:
            add(block.text, Role.LEAD if index == lead else _ROLES[block.kind], index, block.line)
    return tuple(out)


def _spans(plain: str) -> list[tuple[int, int]]:
    """All of a block, without the white space around it."""
    start, end = len(plain) - len(plain.lstrip()), len(plain.rstrip())
    return [(start, end)] if start < end else []


def _headline(title: str) -> Segment:
    return Segment(
        key=HEADLINE_KEY,
        role=Role.HEADLINE,
        text=Text(title),
        block=TITLE,
        start=0,
        end=len(title),
        line=1,
    )


def _lead(blocks: tuple[Block, ...]) -> int | None:
    """The first block, when it is a paragraph: newsrooms put who, what and when there."""
    return 0 if blocks and blocks[0].kind is BlockKind.PARAGRAPH else None


def _key(text: Text) -> str:
    return blake2b(format_text(text).encode("utf-8"), digest_size=4).hexdigest()
