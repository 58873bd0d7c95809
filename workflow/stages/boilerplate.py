"""What a page leaves around a text that is copied from it: marks, navigation, buttons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from workflow.markup import cut
from workflow.model import STANDALONE, Block, BlockKind, CodeKind

Dropped = tuple[int, str]
"""The line where a remain stood, from 1, and what it said."""

_LONGEST = 60  # characters; a longer line is a sentence, however often it recurs
_EDGE = 5  # lines from either end of a file in which boilerplate is looked for
_LEAST, _SHARE = 5, 20  # a line recurs when it stands in five files and in one of twenty

_WORDS = (
    # English
    r"(?:go )?back|(?:go )?back to (?:the )?(?:all )?(?:section|news|list|top|main|home|results)"
    r"(?: list| page)?",
    r"(?:see |view |to )?all (?:the )?news|previous|next|home|menu|search|(?:to )?(?:the )?top",
    r"(?:read|learn|see|view|show|load) more|read (?:the )?full story|continue reading|permalink",
    r"share(?: this)?(?: (?:page|post|article|story|news|release))?"
    r"(?: (?:on|via|with) [\w ]{1,20})?",
    r"print(?: (?:this|version|page|this page))?|printer[- ]friendly(?: version)?",
    r"tweet|e-?mail this(?: page)?|subscribe|download pdf|follow us(?: on [\w ]{1,20})?",
    r"skip to (?:main )?content|related (?:news|articles|posts)",
    # Russian
    r"назад(?: (?:к|в) [\w ]{1,30})?|вернуться(?: (?:назад|к|в|на) ?[\w ]{0,30})?|наверх",
    r"(?:к|ко) (?:списку|всем)(?: [\w ]{1,20})?|все новости|на главную|следующая|предыдущая",
    r"читать (?:далее|дальше|полностью)|подробнее|поделиться(?: (?:в|на|новостью)[\w ]{0,20})?",
    r"распечатать|печать|версия для печати|на печать|подписаться",
    # Kazakh and Kyrgyz
    r"артқа|артка|барлық жаңалықтар|бардык жаңылыктар|толығырақ|кененирээк|бөлісу|бөлүшүү",
    r"басып шығару|басып чыгаруу",
)
_BUTTON = re.compile("|".join(_WORDS))
_COUNTER = re.compile(r"(?:views?|hits|(?:количество )?просмотр\w*|қаралым|көрүүлөр)\s*:?\s*[\d ]+")
_MARKS = re.compile(r"(?:[#=*_~<>|•·–—-]\s*){2,}|[–—-]\s*(?:30|0|ends?)\s*[–—-]", re.IGNORECASE)
_GROWN_ON = re.compile(
    r"\s*(?:(?:#\s*){3,}|={2,}|(?<=\s)[–—-]\s?(?:30|ends?)\s?[–—-])[\s#=]*\Z", re.IGNORECASE
)
_AROUND = " \t\xa0.,:!…←→«»‹›<>[]()|•·*_↑^"
_IMAGE = STANDALONE[CodeKind.IMAGE]


def is_remain(line: str) -> bool:
    """Whether the whole line is a mark, a button or a counter, in any language of ours."""
    if _MARKS.fullmatch(line.strip()):
        return True
    words = " ".join(line.strip(_AROUND).casefold().split())
    return bool(_BUTTON.fullmatch(words) or _COUNTER.fullmatch(words))


def house_lines(boilerplate: Collection[str]) -> frozenset[str]:
    """The boilerplate of the house (``[import] boilerplate``) as `is_of_house` compares it."""
    return frozenset(" ".join(line.split()).casefold() for line in boilerplate)


def is_of_house(line: str, house: Collection[str]) -> bool:
    """Whether the line is boilerplate of the house, wherever it stands."""
    return " ".join(line.split()).casefold() in house


def without_remains(
    blocks: Sequence[Block], *, boilerplate: Collection[str]
) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """The blocks without remains at both ends and without boilerplate of the house anywhere.

    A heading with no text after it goes too, unless there is nothing but headings.
    """
    house = house_lines(boilerplate)
    kept = [block for block in blocks if not is_of_house(block.text.plain, house)]
    dropped = [_told(block) for block in blocks if is_of_house(block.text.plain, house)]
    while kept and _is_remain(kept[0]):
        dropped.append(_told(kept.pop(0)))
    while kept:
        kept[-1], mark = _without_mark(kept[-1])
        if mark:
            dropped.append((kept[-1].line, mark))
        if kept[-1].text.plain.strip() and not _is_remain(kept[-1]) and not _is_bare(kept):
            break
        last = kept.pop()
        if last.text.plain.strip():
            dropped.append(_told(last))
    return tuple(kept), tuple(sorted(dropped))


def learn(texts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Short lines at the edges of texts that recur in 5 of them, and in 5 % of them; sorted.

    What `is_remain` knows already is not learned, nor what has no word in it.
    """
    counts: Counter[str] = Counter()
    for lines in texts:
        said = [" ".join(line.split()) for line in lines if line.strip()]
        counts.update({line for line in (*said[:_EDGE], *said[-_EDGE:]) if _is_short(line)})
    least = max(_LEAST, -(-len(texts) // _SHARE))
    return tuple(sorted(line for line, count in counts.items() if count >= least))


def _is_short(line: str) -> bool:
    has_word = any(map(str.isalpha, line))
    return len(line) <= _LONGEST and has_word and _IMAGE not in line and not is_remain(line)


def _told(block: Block) -> Dropped:
    return block.line, block.text.plain.strip()


def _is_remain(block: Block) -> bool:
    return block.kind is not BlockKind.VERBATIM and is_remain(block.text.plain)


def _is_bare(blocks: Sequence[Block]) -> bool:
    """Whether the last block is a heading over nothing, and there is more than headings."""
    return blocks[-1].kind is BlockKind.HEADING and any(
        block.kind is not BlockKind.HEADING for block in blocks
    )


def _without_mark(block: Block) -> tuple[Block, str]:
    """The block without a ``###`` or ``==`` that has grown onto its end, and that mark."""
    mark = None
    if block.kind is not BlockKind.VERBATIM:
        mark = _GROWN_ON.search(block.text.plain)
    if mark is None:
        return block, ""
    return replace(block, text=cut(block.text, 0, mark.start())), mark[0].strip()
