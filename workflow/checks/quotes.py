"""Quotation marks: as many as in the source, in pairs, one style."""

import re
from collections.abc import Iterable

from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_OPENING = {"«": "»", "“": "”", "„": "“"}
_ANY = re.compile('[«»“”„"]')
_NO_QUOTATION = "the source quotes, the target does not"


def _find(pair: Pair) -> Iterable[Finding]:
    text = pair.target.plain
    if not _ANY.search(text):  # most texts
        if _count(pair.source.plain):
            yield Finding(message=_NO_QUOTATION)
        return
    fault = _unbalanced(text)
    if fault >= 0:
        if _unbalanced(pair.source.plain) < 0:  # a quotation that is cut is open in both
            yield Finding(
                message=f"the quotation mark {text[fault]} has no partner",
                start=fault,
                end=fault + 1,
            )
        return
    ours, theirs = _count(pair.source.plain), _count(text)
    if ours and not theirs:
        yield Finding(message=_NO_QUOTATION)
    styles = _styles(text)
    if len(styles) > 1:
        (_, one), (at, other) = styles[:2]
        yield Finding(
            message=f"both {one}{_OPENING.get(one, one)} and {other}{_OPENING.get(other, other)}: "
            "one style is enough",
            start=at,
            end=at + 1,
        )


def _styles(text: str) -> list[tuple[int, str]]:
    """Where each kind of opening mark stands first; a quotation in a quotation has its own."""
    first: dict[str, int] = {}
    closing: list[str] = []
    for at, char in enumerate(text):
        if closing and char == closing[-1]:
            closing.pop()
        elif char in _OPENING:
            if not closing:
                first.setdefault(char, at)
            closing.append(_OPENING[char])
        elif char == '"':
            first.setdefault(char, at)
    return sorted((at, char) for char, at in first.items())


def _unbalanced(text: str) -> int:
    """Offset of a mark without a partner; -1 when all have one."""
    open_marks: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if open_marks and char == open_marks[-1][0]:
            open_marks.pop()
        elif char in _OPENING:
            open_marks.append((_OPENING[char], at))
        elif char in "»”":
            return at
    if open_marks:
        return open_marks[-1][1]
    return text.rindex('"') if text.count('"') % 2 else -1


def _count(text: str) -> int:
    return sum(text.count(mark) for mark in "«“„") + text.count('"') // 2


CHECK = Check(
    name="quotes",
    severity=Severity.MINOR,
    about="Quotation marks come in pairs, and a quotation stays one.",
    find=_find,
    good=(
        Example(source='operation "Canal"', target="операция «Канал»"),
        Example(source="“A ‘b’ c”", target="«А „б“ в»"),
        Example(source="five o'clock", target="пять часов"),
        Example(source="“Canal”", target="“Канал” операциясы", language="kk"),
        Example(source="“A ‘b’ c”", target="«А “б” в»", language="kk"),
        Example(source="“We met. We spoke.", target="«Мы встретились. Мы поговорили."),
    ),
    bad=(
        Example(source='operation "Canal"', target="операция «Канал"),
        Example(source='operation "Canal"', target="операция Канал"),
        Example(source='"A" and "B"', target='«А» и "Б"'),
        Example(source="“A” and “B”", target="“А” және «Б»", language="kk"),
        Example(source='"A" and "B"', target='“А” жана "Б"', language="ky"),
        Example(source='"A"', target='"А'),
    ),
)
