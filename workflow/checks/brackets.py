"""Brackets: in pairs, and as many as in the source."""

import re
from collections import Counter
from collections.abc import Iterable

from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_BRACKET = re.compile(r"[()\[\]{}]")
_PARTNERS = {")": "(", "]": "[", "}": "{"}
_LABEL = re.compile(r"(?:\A|[\s(])[^\s()]{0,4}\)|[:;]-?[()]")
"""What has one bracket by right: "a)", a face."""


def _find(pair: Pair) -> Iterable[Finding]:
    if pair.source_language is pair.target_language:
        return  # what a writer left open is for `marks`, which sees whole blocks
    source, target = pair.source.plain, pair.target.plain
    if not (_BRACKET.search(source) or _BRACKET.search(target)):
        return
    fault = _alone(target)
    if fault >= 0 and _alone(source) < 0:
        yield Finding(
            message=f"the bracket {target[fault]} has no partner", start=fault, end=fault + 1
        )
    elif fault < 0:
        ours, theirs = Counter(source), Counter(target)
        lost = next((mark for mark in "([{" if ours[mark] and not theirs[mark]), "")
        if lost and _alone(source) < 0:
            yield Finding(message=f"the source has {lost}, the target has no such bracket")


def _alone(text: str) -> int:
    """Offset of a bracket without a partner; -1 when all have one."""
    labels = [found.span() for found in _LABEL.finditer(text)]
    waiting: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text):
        sign, at = found[0], found.start()
        if sign not in _PARTNERS:
            waiting.append((sign, at))
        elif waiting and waiting[-1][0] == _PARTNERS[sign]:
            waiting.pop()
        elif not any(start <= at < end for start, end in labels):
            return at
    return waiting[0][1] if waiting else -1


CHECK = Check(
    name="brackets",
    severity=Severity.MINOR,
    about="Brackets come in pairs, and what the source has in brackets the target has too.",
    find=_find,
    good=(
        Example(source="The CSTO (Moscow) met.", target="ОДКБ (Москва) собралась."),
        Example(source="a) drugs; b) arms", target="а) наркотики; б) оружие"),
        Example(source="an open (bracket", target="открытая (скобка"),
    ),
    bad=(
        Example(source="The CSTO (Moscow) met.", target="ОДКБ (Москва собралась."),
        Example(source="The CSTO (Moscow) met.", target="ОДКБ Москва) собралась."),
        Example(source="The CSTO (Moscow) met.", target="ҰҚШҰ Мәскеуде жиналды.", language="kk"),
    ),
)
