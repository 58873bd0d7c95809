"""Words and the codes in them → HTML: every character is escaped, every tag is ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from workflow.markup import cut
from workflow.model import STANDALONE, Code, CodeKind, Passage, Release, Text

_LINK_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
_IMAGE_SCHEMES = frozenset({"", "https"})
_TAGS = {CodeKind.BOLD: "strong", CodeKind.ITALIC: "em", CodeKind.CODE: "code"}
_HOST = re.compile(r"[a-z0-9.-]+(?::\d+)?")


def inline(text: Text, passages: Sequence[Passage] = (), *, language: str = "") -> Markup:
    """Words with their inline codes as HTML; what is left of ``passages`` is in ``language``.

    A code that goes on over the edge of a passage is closed there and opened again.
    """
    out: list[str] = []
    at = 0
    for passage in passages:
        out.append(_coded(cut(text, at, passage.start)))
        inside = _coded(cut(text, passage.start, passage.end))
        out.append(f"<span{_about(passage, language)}>{inside}</span>")
        at = passage.end
    out.append(_coded(cut(text, at, len(text.plain)) if at else text))
    return Markup("".join(out))  # noqa: S704  # each part is escaped


def picture_origins(release: Release) -> tuple[str, ...]:
    """The hosts that the pictures of ``release`` come from, as a content policy names them."""
    addresses = (
        _address(code.target, _IMAGE_SCHEMES)
        for block in release.blocks
        for code in block.text.codes
        if code.kind is CodeKind.IMAGE
    )
    hosts = {urlsplit(address).netloc.lower() for address in addresses if address}
    return tuple(f"https://{host}" for host in sorted(hosts) if _HOST.fullmatch(host))


def words(plain: str) -> Markup:
    """Escaped; the character that holds the place of a picture is no word where there is none."""
    return escape(plain.replace(STANDALONE[CodeKind.IMAGE], ""))


def _about(passage: Passage, language: str) -> str:
    own = f' lang="{escape(language)}"' if passage.is_left else ""
    if not passage.unit:
        return own
    return f'{own} data-unit="{escape(passage.unit)}" data-state="{passage.state}"'


def _coded(text: Text) -> str:
    out: list[str] = []
    closing: list[tuple[int, str]] = []
    at = 0
    for code in text.codes:
        at = _close(code.start, text, at, closing, out)
        out.append(words(text.plain[at : code.start]))
        at = max(at, code.start)
        if code.kind in STANDALONE:
            out.append("<br>" if code.kind is CodeKind.BREAK else _image(code))
            at = max(at, code.end)
        else:
            opening, end = _wrap(code, inside_link=any(tag == "</a>" for _, tag in closing))
            out.append(opening)
            closing.append((code.end, end))
    at = _close(len(text.plain), text, at, closing, out)
    out.append(words(text.plain[at:]))
    return "".join(out)


def _close(at: int, text: Text, begin: int, closing: list[tuple[int, str]], out: list[str]) -> int:
    while closing and closing[-1][0] <= at:
        end, tag = closing.pop()
        out.append(words(text.plain[begin:end]))
        out.append(tag)
        begin = max(begin, end)
    return begin


def _wrap(code: Code, *, inside_link: bool) -> tuple[str, str]:
    if code.kind is not CodeKind.LINK:
        tag = _TAGS[code.kind]
        return f"<{tag}>", f"</{tag}>"
    address = _address(code.target, _LINK_SCHEMES)
    if not address or inside_link:  # a link in a link is none
        return "", ""
    return f'<a href="{escape(address)}">', "</a>"


def _image(code: Code) -> str:
    address = _address(code.target, _IMAGE_SCHEMES)
    if not address:
        return ""
    return f'<img src="{escape(address)}" alt="{escape(code.label)}">'


def _address(target: str, schemes: frozenset[str]) -> str:
    """``target`` as it may stand in a page; empty when it may not.

    Control, format and white-space characters, which browsers drop or trim, are gone before the
    scheme is looked at, so that nothing hides behind them. A space inside is written as one.
    """
    kept = "".join(c for c in target.strip() if c == " " or unicodedata.category(c)[0] not in "CZ")
    bare = kept.replace(" ", "")
    try:
        parts = urlsplit(bare)
    except ValueError:
        return ""
    if parts.scheme.lower() not in schemes or bare.replace("\\", "/").startswith("//"):
        return ""
    return kept.replace(" ", "%20")
