"""Release → release as a page sets it. Catalogues, feeds and checks keep plain blanks.

The words of a text are set as one run, whatever is bold in them; what is code, an address or
another language's is left alone. Soft hyphens go into running text only, never into headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from workflow.languages.hyphenation import Hyphenation, breaks, hyphenation
from workflow.languages.typography import Edit, edits, typography
from workflow.model import STANDALONE, BlockKind, Code, CodeKind, Passage, Release, Style, Text
from workflow.stages.assemble import is_left, passages_in
from workflow.stages.segment import SUMMARY, TITLE

_HIDDEN = STANDALONE[CodeKind.IMAGE]
_MAYBE_ADDRESS = re.compile(r"[@#]|\.\w|://")
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+"
    r"|[^\s@<>()«»“”„\"]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@])[@#]\w+"
    r"|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}(?![\w-])(?:/\S*)?",
    re.IGNORECASE,
)
_SPANS = {True: CodeKind.CODE, False: CodeKind.ITALIC}
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE})
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_SAME = {
    **dict.fromkeys("«»“”„‘’", '"'),
    **dict.fromkeys("–—", "-"),
    "…": "...",
    _SOFT_HYPHEN: "",
    _HIDDEN: "",
}
_MARK = re.compile(f"[{''.join(_SAME)}]")


def typeset(release: Release, style: Style, *, source_language: str) -> Release:
    """``release`` as a page shows it; what is not translated yet by the custom of its source."""
    passages: list[Passage] = []

    def setting(index: int, text: Text, style: Style) -> Text:
        foreign = passages_in(release, index)
        tag = source_language if is_left(release, index) else release.language
        found = _set(text, tag, style, foreign=foreign, source_language=source_language)
        passages.extend(found.passages)
        return found.text

    plain = replace(style, hyphenate=False)
    title = setting(TITLE, Text(release.title), plain)
    summary = setting(SUMMARY, Text(release.summary), plain)
    blocks = []
    for index, block in enumerate(release.blocks):
        if block.kind is not BlockKind.VERBATIM:
            own = style if block.kind in _RUNNING else plain
            block = replace(block, text=setting(index, block.text, own))
        blocks.append(block)
    return replace(
        release,
        title=title.plain,
        summary=summary.plain,
        corrections=tuple(
            replace(one, note=set_words(one.note, release.language, style))
            for one in release.corrections
        ),
        withdrawn=release.withdrawn
        and replace(
            release.withdrawn, note=set_words(release.withdrawn.note, release.language, style)
        ),
        blocks=tuple(blocks),
        passages=tuple(passages),
    )


def set_words(plain: str, tag: str, style: Style) -> str:
    """A text that has no inline codes and gets no soft hyphens: a title, a summary."""
    return set_text(Text(plain), tag, replace(style, hyphenate=False)).plain


def set_text(text: Text, tag: str, style: Style) -> Text:
    """``text`` in the custom of the language ``tag``, its codes where they were."""
    found = _edits(_without_addresses(text), tag, style)
    return _edited(text, found) if found else text


def folded(plain: str) -> str:
    """What is the same in a text however it is set: no white space, one kind of each mark."""
    return _MARK.sub(lambda found: _SAME[found[0]], "".join(plain.split()))


class _Set(NamedTuple):
    text: Text
    passages: tuple[Passage, ...]


def _set(
    text: Text, tag: str, style: Style, *, foreign: Sequence[Passage], source_language: str
) -> _Set:
    """``text`` by the custom of ``tag``, its passages by that of the source."""
    if not foreign:
        return _Set(set_text(text, tag, style), ())
    # A passage moves with its words as a code does; as one that is code, it is nothing to others.
    spans = tuple(Code(kind=_SPANS[one.is_left], start=one.start, end=one.end) for one in foreign)
    marked = replace(text, codes=(*text.codes, *spans))
    found = _edits(_without_addresses(marked), tag, style)
    shown = _without_addresses(text)
    for one in (one for one in foreign if one.is_left):
        inside = _edits(shown[one.start : one.end], source_language, style)
        found.extend((one.start + start, one.start + end, new) for start, end, new in inside)
    done = _edited(marked, found)
    count = len(text.codes)
    places = zip(foreign, done.codes[count:], strict=True)
    return _Set(
        replace(done, codes=done.codes[:count]),
        tuple(replace(one, start=code.start, end=code.end) for one, code in places),
    )


def _edits(shown: str, tag: str, style: Style) -> list[Edit]:
    found = list(edits(shown, typography(tag), house_quotes=style.house_quotes))
    rules = hyphenation(tag) if style.hyphenate else None
    if rules:
        found.extend(_soft_hyphens(shown, rules))
    return found


def _without_addresses(text: Text) -> str:
    """The words, with a sign of no meaning for each letter that must stay as it is."""
    plain = text.plain
    spans = [(code.start, code.end) for code in text.codes if code.kind is CodeKind.CODE]
    if _MAYBE_ADDRESS.search(plain):
        spans.extend(found.span() for found in _ADDRESS.finditer(plain))
    for start, end in spans:
        plain = f"{plain[:start]}{_HIDDEN * (end - start)}{plain[end:]}"
    return plain


def _soft_hyphens(shown: str, rules: Hyphenation) -> Iterator[Edit]:
    for found in rules.words.finditer(shown):
        start = found.start()
        yield from ((start + at, start + at, _SOFT_HYPHEN) for at in breaks(found[0], rules))


def _edited(text: Text, found: Iterable[Edit]) -> Text:
    """``text`` with every edit that does not reach over the edge of a code."""
    out: list[str] = []
    shifts: list[tuple[int, int]] = []
    at = 0
    for start, end, new in sorted(found):
        by = len(new) - (end - start)
        if by and any(_is_torn(code, start, end) for code in text.codes):
            continue
        out.extend((text.plain[at:start], new))
        at = end
        if by:
            shifts.append((end, by))
    out.append(text.plain[at:])
    codes = text.codes
    if shifts and codes:
        codes = tuple(
            replace(code, start=_moved(code.start, shifts), end=_moved(code.end, shifts))
            for code in codes
        )
    return Text("".join(out), codes)


def _is_torn(code: Code, start: int, end: int) -> bool:
    """Whether an edit of ``start:end`` would move an edge of ``code``, or empty it."""
    inside = start < code.start < end or start < code.end < end
    return inside or (start < end and start <= code.start and code.end <= end)


def _moved(at: int, shifts: Sequence[tuple[int, int]]) -> int:
    return at + sum(by for end, by in shifts if end <= at)
