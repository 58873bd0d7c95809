"""Lines that are never part of a release: navigation, sharing, ends of copy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_LONGEST = 60  # characters; a longer line is never taken for a remain by its look
_EDGE = 5  # lines from either end of a file in which boilerplate is looked for
_LEAST = 5  # files; a line that recurs in fewer is a coincidence

_REMAINS = re.compile(
    r"""
    (?:go\ )?back(?:\ to\ (?:the\ )?.{0,30})? | (?:return|up)\ to\ (?:the\ )?.{0,30} | to\ top
    | (?:read|learn|see|view|show|load)\ more(?:\ .{0,20})? | share(?:\ (?:this|on|via)\b.{0,20})?
    | print(?:\ (?:this|version)\b.{0,12})? | e-?mail\ this.{0,12} | tweet | subscribe
    | download\ pdf
    | previous(?:\ (?:post|article|news))? | next(?:\ (?:post|article|news))?
    | skip\ to\ .{0,20} | home | menu | search | related\ (?:news|articles|posts) | permalink
    | назад(?:\ к\ .{0,30})? | вернуться(?:\ .{0,30})? | (?:ко?|все)\ (?:всем\ )?новост(?:и|ям)
    | читать\ (?:далее|дальше|полностью) | поделиться.{0,20} | (?:версия\ для\ )?печат[иь]
    | артқа(?:\ .{0,20})? | артка(?:\ .{0,20})? | толығырақ | кененирээк | бөлісу | бөлүшүү
    """,
    re.VERBOSE | re.IGNORECASE,
)
_END_OF_COPY = re.compile(r"[#=*_~\-–—\s]+(?:(?:\d{2}|end)[#=*_~\-–—\s]+)?", re.IGNORECASE)


def is_remain(line: str, boilerplate: Iterable[str] = ()) -> bool:
    """Whether ``line``, standing alone, is a remain of the page or file it comes from.

    ``boilerplate`` are the house's own lines (``[import] boilerplate``).
    """
    bare = " ".join(line.split()).strip(" \u00a0»«›‹<>←→|·")
    if bare.casefold() in {" ".join(own.split()).casefold() for own in boilerplate}:
        return True
    if not bare:
        return bool(line.strip())
    if len(bare) > _LONGEST:
        return False
    return bool(_REMAINS.fullmatch(bare) or _END_OF_COPY.fullmatch(bare))


def learn(files: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Short lines that recur at the edges of at least 5 files, and of 5 % of them; sorted."""
    counts: Counter[str] = Counter()
    for lines in files:
        words = [line.strip() for line in lines if line.strip()]
        edges = {line for line in (*words[:_EDGE], *words[-_EDGE:]) if len(line) <= _LONGEST}
        counts.update(edges)
    least = max(_LEAST, len(files) * 5 // 100)
    return tuple(sorted(line for line, count in counts.items() if count >= least))
