"""Characters that nobody sees and that change what is seen: they turn a text round, or break it."""

import re
from collections.abc import Iterable

from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_OVERRIDE = re.compile(r"[\u202d\u202e]")
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_EMBEDDING, _ISOLATE = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"
_PARTNERS = {"\u202c": _EMBEDDING, "\u2069": _ISOLATE}


def _find(pair: Pair) -> Iterable[Finding]:
    yield from _hidden(pair.target.plain, is_label=False)
    for code in pair.target.codes:
        yield from _hidden(code.label, is_label=True)


def _hidden(text: str, *, is_label: bool) -> Iterable[Finding]:
    for pattern, what in ((_CONTROL, "a control character"), (_OVERRIDE, "turns the words round")):
        for found in pattern.finditer(text):
            yield _finding(found[0], what, found.start(), is_label=is_label)
    waiting: list[tuple[str, int]] = []
    for found in _DIRECTION.finditer(text):
        sign = found[0]
        if sign not in _PARTNERS:
            waiting.append((sign, found.start()))
        elif waiting and waiting[-1][0] in _PARTNERS[sign]:
            waiting.pop()
        else:
            yield _finding(sign, "has no partner", found.start(), is_label=is_label)
    for sign, at in (one for one in waiting if not _OVERRIDE.match(one[0])):
        yield _finding(sign, "has no partner", at, is_label=is_label)


def _finding(sign: str, what: str, at: int, *, is_label: bool) -> Finding:
    where = " in the words for a picture" if is_label else ""
    message = f"U+{ord(sign):04X}{where}: {what}"
    return Finding(message=message) if is_label else Finding(message=message, start=at, end=at + 1)


CHECK = Check(
    name="controls",
    severity=Severity.CRITICAL,
    about="No control characters, and none that change the direction of what stands around them.",
    find=_find,
    good=(
        Example(source="One.\nTwo.", target="Один.\nДва."),
        Example(source="He said ok.", target="Он сказал: \u2067شكرا\u2069."),
        Example(source="re-\u00adport", target="до\u00adклад\u200b"),
    ),
    bad=(
        Example(source="100 reports", target="\u202e001 докладов\u202c"),
        Example(source="One.", target="\u2067Один."),
        Example(source="One.", target="Один.\u2069"),
        Example(source="One.", target="О\x07дин."),
        Example(source='<img src="/a.png" alt="a"/>', target='<img src="/a.png" alt="\u202eа"/>'),
    ),
)
