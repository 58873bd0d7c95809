"""A page written the plain way → what is in it, quickly.

Pages of a site are much alike: the same few hundred tags come again and again, so what a tag does
is found once and remembered. A page that is written otherwise, or has anything wrong with it, is
left to the whole HTML parser of `verify`, which knows what it is and where.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from workflow.stages.page_tags import VOID, Seen, look_at

_TAG = re.compile(r'([a-z][a-z0-9]*)((?: [a-z][a-z:-]*(?:="[^"<>]*")?)*)')
_ATTRIBUTE = re.compile(r' ([a-z][a-z:-]*)(?:="([^"]*)")?')
_REMEMBERED = 10_000  # tags: those of some thousand pages
_WHOLE = frozenset(("script", "style", "textarea", "title"))
"""Nothing but text is in these."""
_OTHERWISE = frozenset(
    ("iframe", "math", "noembed", "noframes", "noscript", "plaintext", "svg", "template", "xmp")
)
"""What is in these is not read like the rest."""


class Plain(NamedTuple):
    """What is in a page that has no fault of its own."""

    links: list[str]
    heads: list[str]
    """What its head leads to."""
    languages: list[tuple[str, str]]
    ids: list[str]
    words: str
    blocks: list[str]
    """Data blocks, as they are written."""

    def note(self, seen: Seen) -> bool:
        """Add what a tag does; False when its id was there before."""
        self.links.extend(seen.links)
        self.heads.extend(seen.heads)
        if seen.language:
            self.languages.append(seen.language)
        is_new = not seen.id or seen.id not in self.ids
        if seen.id:
            self.ids.append(seen.id)
        return is_new


def read_plain(content: str) -> Plain | None:
    """What is in a page; None when it is not plain, or not without fault."""
    first, *parts = content.split("<")
    if first:
        return None
    found = Plain([], [], [], [], "", [])
    words: list[str] = []
    open_tags: list[str] = [""]
    for part in parts:
        head, end, text = part.partition(">")
        inside = open_tags[-1]
        if head[:1] == "/":
            if not end or head != f"/{inside}":
                return None
            open_tags.pop()
        elif inside in _WHOLE or not end or not _opened(_seen(head), open_tags, found):
            return None
        if open_tags[-1] == "script":
            found.blocks.append(text)
        elif open_tags[-1] != "style":
            words.append(unescape(text) if "&" in text else text)
    return found._replace(words="".join(words)) if open_tags == [""] else None


def _opened(seen: Seen | None, open_tags: list[str], found: Plain) -> bool:
    """Note what a tag does; False when it is not plain, or not without fault."""
    if seen is None or not found.note(seen):
        return False
    if seen.tag not in VOID:
        open_tags.append(seen.tag)
    return True


@lru_cache(_REMEMBERED)
def _seen(head: str) -> Seen | None:
    """What the tag does that is written between ``<`` and ``>``; None when it is not plain."""
    if head == "!doctype html":
        return look_at("br", ())  # opens nothing, and leads nowhere
    tag = _TAG.fullmatch(head)
    if tag is None or tag[1] in _OTHERWISE:
        return None
    attributes = [
        (found[1], None if found[2] is None else unescape(found[2]))
        for found in _ATTRIBUTE.finditer(tag[2])
    ]
    seen = look_at(tag[1], attributes)
    return None if seen.faults else seen
