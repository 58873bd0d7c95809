"""Unit markup: how a text with inline codes is written in a PO entry, and read back.

``<b>``, ``<i>``, ``<code>``, ``<a href="…">``, ``<br/>`` and ``<img src="…" alt="…"/>``; nothing
else is markup. A ``<`` or ``&`` that could be taken for markup is written ``&lt;`` / ``&amp;``;
any other stays as it is, so that "R&D" looks like "R&D" to the translator.

Laws (tests/test_markup.py): ``parse(format(t)) == tidy(t)``; cutting a text anywhere and joining
the pieces gives the text back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from html import unescape

from workflow.model import STANDALONE, Code, CodeKind, Text

_TAG = re.compile(
    r"<(?P<close>/)?(?P<name>b|i|code|a|br|img)(?P<attributes>(?:\s+\w+=\"[^\"<>]*\")*)\s*/?>"
)
_ATTRIBUTE = re.compile(r"(\w+)=\"([^\"<>]*)\"")
_ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot|nbsp|shy|laquo|raquo|mdash|ndash);")
_PIECE = re.compile(f"{_TAG.pattern}|{_ENTITY.pattern}")
_AMBIGUOUS = re.compile(r"&(?=#?\w+;)|<(?=/?[A-Za-z])")


def format_text(text: Text) -> str:
    """``text`` in unit markup."""
    if not text.codes:
        return _escape(text.plain)
    out: list[str] = []
    open_codes: list[Code] = []
    at = 0
    for code in text.codes:
        at = _close_until(code.start, text, at, open_codes, out)
        out.append(_escape(text.plain[at : code.start]))
        at = code.start
        if code.kind in STANDALONE:
            out.append(_opening(code, empty=True))
            at = code.end
        else:
            out.append(_opening(code, empty=False))
            open_codes.append(code)
    at = _close_until(len(text.plain), text, at, open_codes, out)
    out.append(_escape(text.plain[at:]))
    return "".join(out)


def parse_text(markup: str) -> Text:
    """The text that ``markup`` spells. Never fails: what is not markup is text.

    A tag that is never closed, or closed without being open, is dropped here and reported by
    the ``markup`` check, which compares the tags themselves (`tags`).
    """
    if "<" not in markup:
        return Text(_unescape(markup))
    plain: list[str] = []
    length = 0
    open_tags: list[tuple[int, Code]] = []
    codes: list[tuple[int, Code]] = []
    at = 0
    for order, tag in enumerate(_TAG.finditer(markup)):
        piece = _unescape(markup[at : tag.start()])
        plain.append(piece)
        length += len(piece)
        at = tag.end()
        kind = CodeKind(tag["name"])
        if kind in STANDALONE:
            plain.append(STANDALONE[kind])
            codes.append((order, _code(kind, tag["attributes"], length, length + 1)))
            length += 1
        elif not tag["close"]:
            open_tags.append((order, _code(kind, tag["attributes"], length, length)))
        else:
            _close(kind, length, open_tags, codes)
    plain.append(_unescape(markup[at:]))
    ordered = tuple(code for _, code in sorted(codes, key=lambda found: found[0]))
    return tidy(Text("".join(plain), ordered))


def spans(markup: str) -> list[tuple[int, int]]:
    """Where each character of the plain text stands in ``markup``: (start, end)."""
    found: list[tuple[int, int]] = []
    at = 0
    for piece in _PIECE.finditer(markup):
        found += [(n, n + 1) for n in range(at, piece.start())]
        at = piece.end()
        if piece["name"] is None:
            found += [piece.span()] * len(unescape(piece[0]))
        elif CodeKind(piece["name"]) in STANDALONE:
            found.append(piece.span())
    return [*found, *((n, n + 1) for n in range(at, len(markup)))]


def pieces(markup: str) -> list[str]:
    """Words and tags in turn: plain text at even places, a tag as it is written at odd ones."""
    found, at = [], 0
    for tag in _TAG.finditer(markup):
        found += [_unescape(markup[at : tag.start()]), tag[0]]
        at = tag.end()
    return [*found, _unescape(markup[at:])]


def tags(markup: str) -> list[str]:
    """Every tag of ``markup`` as it is written, in order: what the markup check compares."""
    return [" ".join(tag[0].split()).replace(" />", "/>") for tag in _TAG.finditer(markup)]


def plain_text(markup: str) -> str:
    """The words of ``markup`` without its codes."""
    if "<" not in markup and "&" not in markup:
        return markup
    return parse_text(markup).plain


def cut(text: Text, start: int, end: int) -> Text:
    """``text[start:end]``: a code that reaches over the edge is closed there."""
    if not text.codes:
        return Text(text.plain[start:end])
    codes = (
        replace(code, start=max(code.start, start) - start, end=min(code.end, end) - start)
        for code in text.codes
        if code.start < end and code.end > start
    )
    return Text(text.plain[start:end], tuple(codes))


def join(pieces: Iterable[Text]) -> Text:
    """The pieces one after another; codes that were closed at a cut grow together again."""
    plain: list[str] = []
    codes: list[Code] = []
    length = 0
    for piece in pieces:
        codes.extend(code.moved(length) for code in piece.codes)
        plain.append(piece.plain)
        length += len(piece.plain)
    return tidy(Text("".join(plain), tuple(codes)))


def bridge(text: Text) -> Text:
    """``text`` with like codes grown together where only white space stands between them."""
    codes = list(text.codes)
    for index, code in enumerate(codes):
        if code.kind in STANDALONE:
            continue
        gap = len(text.plain[code.end :]) - len(text.plain[code.end :].lstrip())
        if any(_is_same(code, other) and other.start == code.end + gap for other in codes):
            codes[index] = replace(code, end=code.end + gap)
    return tidy(replace(text, codes=tuple(codes)))


def tidy(text: Text) -> Text:
    """The canonical form: no empty codes, and no code that ends where its like begins.

    Two touching codes of one kind and target inside the same parent are one code.
    """
    if not text.codes:
        return text
    codes = [code for code in text.codes if code.end > code.start]
    grown: set[int] = set()
    """Those that went into the one before them."""
    last: dict[tuple[int, int], int] = {}
    parents: list[int] = []
    for index, code in enumerate(codes):
        while parents and codes[parents[-1]].end <= code.start:
            parents.pop()
        parent = parents[-1] if parents else -1
        before = last.get((parent, code.start))
        if before is not None and _is_same(codes[before], code):
            codes[before] = replace(codes[before], end=code.end)
            grown.add(index)
            index = before  # what is inside is now inside the one before
        last[(parent, code.end)] = index
        parents.append(index)
    kept = (code for index, code in enumerate(codes) if index not in grown)
    return Text(text.plain, tuple(kept))


def _is_same(one: Code, other: Code) -> bool:
    return (
        one.kind not in STANDALONE
        and one.kind is other.kind
        and one.target == other.target
        and one.label == other.label
    )


def _close(
    kind: CodeKind, at: int, open_tags: list[tuple[int, Code]], codes: list[tuple[int, Code]]
) -> None:
    """Close the innermost open tag of ``kind``; tags opened inside it are closed with it."""
    if not any(code.kind is kind for _, code in open_tags):
        return
    while open_tags:
        order, code = open_tags.pop()
        codes.append((order, replace(code, end=at)))
        if code.kind is kind:
            return


def _close_until(at: int, text: Text, begin: int, open_codes: list[Code], out: list[str]) -> int:
    while open_codes and open_codes[-1].end <= at:
        code = open_codes.pop()
        out.append(_escape(text.plain[begin : code.end]))
        out.append(f"</{code.kind}>")
        begin = code.end
    return begin


def _opening(code: Code, *, empty: bool) -> str:
    attributes = ""
    if code.kind is CodeKind.LINK:
        attributes = f' href="{_quote(code.target)}"'
    elif code.kind is CodeKind.IMAGE:
        attributes = f' src="{_quote(code.target)}" alt="{_quote(code.label)}"'
    return f"<{code.kind}{attributes}{'/' if empty else ''}>"


def _code(kind: CodeKind, attributes: str, start: int, end: int) -> Code:
    found = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
    target = found.get("href" if kind is CodeKind.LINK else "src", "")
    if kind not in (CodeKind.LINK, CodeKind.IMAGE):
        target = ""
    label = found.get("alt", "") if kind is CodeKind.IMAGE else ""
    return Code(kind=kind, start=start, end=end, target=target, label=label)


def _quote(value: str) -> str:
    for char, entity in (("&", "&amp;"), ('"', "&quot;"), ("<", "&lt;"), (">", "&gt;")):
        value = value.replace(char, entity)
    return value


def _escape(plain: str) -> str:
    if "&" not in plain and "<" not in plain:
        return plain
    return _AMBIGUOUS.sub(lambda found: "&amp;" if found[0] == "&" else "&lt;", plain)


def _unescape(markup: str) -> str:
    if "&" not in markup:
        return markup
    return _ENTITY.sub(lambda found: unescape(found[0]), markup)
