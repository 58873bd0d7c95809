"""Release → segments: headline, summary, and the sentences of every block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from workflow.languages import language
from workflow.languages.sentences import sentences
from workflow.markup import cut, format_text
from workflow.model import Block, BlockKind, Release, Role, Segment, Text

HEADLINE_KEY = "headline"
WITHDRAWAL_KEY = "withdrawal"
TITLE, SUMMARY, WITHDRAWAL, FIRST_CORRECTION = -1, -2, -3, -4
"""What stands for the title, the summary and the notes where a block index is wanted; the notes of
further corrections go on downwards."""
_CORRECTION_KEY = "correction-"

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
    put before it, and no two branches can give one key to different texts. Notes to readers have
    their role and number for a key.
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
        out.append(_whole(HEADLINE_KEY, Role.HEADLINE, release.title, block=TITLE))
    add(Text(release.summary), Role.SUMMARY, SUMMARY, 0)
    lead = _lead(release.blocks)
    for index, block in enumerate(release.blocks):
        if block.kind is not BlockKind.VERBATIM:
            add(block.text, Role.LEAD if index == lead else _ROLES[block.kind], index, block.line)
    return (*out, *_notes(release))


def is_named(key: str) -> bool:
    """Whether a unit is known by what it is, and never cut: the headline, a note to readers."""
    return key in (HEADLINE_KEY, WITHDRAWAL_KEY) or is_note(key)


def is_note(key: str) -> bool:
    """Whether a unit is the note of a correction."""
    return key.startswith(_CORRECTION_KEY)


def correction_key(number: int) -> str:
    """The key of the note of a correction; ``number`` counts from 0, the oldest."""
    return f"{_CORRECTION_KEY}{number + 1}"


def _notes(release: Release) -> Iterable[Segment]:
    """The notes of corrections, numbered from the oldest, and of the withdrawal; each is whole."""
    for number, one in enumerate(release.corrections):
        key, block = correction_key(number), FIRST_CORRECTION - number
        yield _whole(key, Role.CORRECTION, one.note, block=block)
    if release.withdrawn and release.withdrawn.note:
        yield _whole(WITHDRAWAL_KEY, Role.WITHDRAWAL, release.withdrawn.note, block=WITHDRAWAL)


def _spans(plain: str) -> list[tuple[int, int]]:
    """All of a block, without the white space around it."""
    start, end = len(plain) - len(plain.lstrip()), len(plain.rstrip())
    return [(start, end)] if start < end else []


def _whole(key: str, role: Role, plain: str, *, block: int) -> Segment:
    return Segment(
        key=key, role=role, text=Text(plain), block=block, start=0, end=len(plain), line=1
    )


def _lead(blocks: tuple[Block, ...]) -> int | None:
    """The first block, when it is a paragraph: newsrooms put who, what and when there."""
    return 0 if blocks and blocks[0].kind is BlockKind.PARAGRAPH else None


def _key(text: Text) -> str:
    return blake2b(format_text(text).encode("utf-8"), digest_size=4).hexdigest()
