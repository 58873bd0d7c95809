"""Marks that were left over: doubled, without a partner, or of a markup that was not read."""

import re
from collections.abc import Iterable, Iterator

from workflow.model import Severity
from workflow.plugins import Finding, Pair, Whole, WholeCheck, WholeExample

_STRAY = (
    (re.compile(r"([,;:])(?:\s?\1)+(?=\s|\Z)"), "the mark stands twice"),
    (re.compile(r"(?<=[^\W\d_]{3})\.\.(?=\s|\Z)"), "two full stops"),
    (re.compile(r"(?<=\w)(?:,\s?[.;]|[;:]\s?[.,])(?=\s|\Z)"), "two marks that do not go together"),
    (re.compile(r"\A[.,;:](?=[^\W\d_]{2})"), "the mark before the first word"),
    (re.compile(r"(?<![\w*])\*\*(?!\*)|(?<!\*)\*\*(?![\w*])"), "markup that was not read"),
    (re.compile(r"(?<!\w)__(?=\w)|(?<=\w)__(?!\w)"), "markup that was not read"),
    (re.compile(r"\]\((?:https?:|/|#)|\[/?(?:b|i|url|quote)\]", re.I), "markup that was not read"),
    (re.compile(r"</?(?:p|br|b|i|em|strong|span|div|a)\b[^<>]*>|&(?:nbsp|amp|quot|#\d+);"),
     "markup that was not read"),
    (re.compile(r"\{\{|\}\}|\{%|%\}"), "markup that was not read"),
)  # fmt: skip
_PARTNERS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”", "„": "“”", '"': '"'}
_SIGN = re.compile(r"[()\[\]{}«»“”„\"]")
_QUOTES = frozenset('«“„»”"')
_LABEL = re.compile(r"(?:\A|\s)[^\s()]{0,4}\Z")  # "a)", "1)", "iii)": no bracket was opened
_FACE = re.compile(r"[:;=]-?\Z")
_BEFORE_OPENING = " \t\n\u00a0([{«“„—–-/"

_Mark = tuple[str, Pair, int]
"""A sign, and where it stands."""


def _find(whole: Whole) -> Iterable[Finding]:
    for pair in whole.pairs:
        if not _codes(pair):
            yield from _stray(pair)
    waiting: list[_Mark] = []
    for block in whole.blocks():
        waiting, alone = _alone(block, waiting)
        if alone:
            yield _without_partner(*alone)
    for mark in waiting[:1]:
        yield _without_partner(*mark)


def _codes(pair: Pair) -> bool:
    """Whether words stand there that are no prose, as the markup says."""
    return any(code.kind == "code" for code in pair.target.codes)


def _stray(pair: Pair) -> Iterator[Finding]:
    for pattern, what in _STRAY:
        for found in pattern.finditer(pair.target.plain):
            yield Finding(
                key=pair.unit.key,
                message=f"“{found[0].strip()}”: {what}",
                start=found.start(),
                end=found.end(),
            )


def _alone(block: tuple[Pair, ...], before: list[_Mark]) -> tuple[list[_Mark], _Mark | None]:
    """The quotation that goes on behind a block, and the first mark in it without a partner.

    ``before`` is the quotation that goes on from the blocks before it, which may open it anew.
    """
    waiting = before[:1]
    for number, pair in enumerate(block):
        text = pair.target.plain
        for found in _SIGN.finditer(text):
            sign, at = found[0], found.start()
            if waiting and sign in _PARTNERS[waiting[-1][0]] and not _opens(text, at):
                waiting.pop()
            elif number == at == 0 and before and sign == before[0][0]:
                continue
            elif sign in _PARTNERS and (sign != '"' or _opens(text, at)):
                waiting.append((sign, pair, at))
            elif not _is_label(text, at):
                return [], (sign, pair, at)
    goes_on = waiting[:1] if waiting and waiting[0][0] in _QUOTES else []
    return goes_on, next((mark for mark in waiting if mark not in goes_on), None)


def _opens(text: str, at: int) -> bool:
    """Whether a mark that looks both ways opens."""
    return text[at] == '"' and (at == 0 or text[at - 1] in _BEFORE_OPENING)


def _is_label(text: str, at: int) -> bool:
    before = text[max(0, at - 6) : at]
    if text[at] == '"':
        return before[-1:].isdigit()  # inches
    return text[at] == ")" and bool(_LABEL.search(before) or _FACE.search(before))


def _without_partner(sign: str, pair: Pair, at: int) -> Finding:
    kind = "mark of quotation" if sign in _QUOTES else "bracket"
    return Finding(
        key=pair.unit.key, message=f"the {kind} {sign} has no partner", start=at, end=at + 1
    )


CHECK = WholeCheck(
    name="marks",
    severity=Severity.MINOR,
    about="A punctuation mark, a bracket or a piece of markup was left over in the text.",
    find=_find,
    good=(
        WholeExample(texts=("The talks", "“We met. We spoke,” he said (in Almaty).")),
        WholeExample(texts=("The talks", "“We met.", "“We spoke.”")),
        WholeExample(texts=("The talks", "Two points: a) drugs; b) arms, etc.")),
        WholeExample(texts=("Переговоры", "«Мы встретились…» — сказал он."), language="ru"),
    ),
    bad=(
        WholeExample(texts=("The talks", ".Joint efforts unmasked a group.")),
        WholeExample(texts=("The talks", "They met in Almaty,, and spoke.")),
        WholeExample(texts=("The talks", "They met in Almaty (Kazakhstan.")),
        WholeExample(texts=("The talks", "“They met in Almaty.", "They spoke.")),
        WholeExample(texts=("The talks", "They met in **Almaty.")),
        WholeExample(texts=("Переговоры", "Он прибыл в Алматы.. Встреча прошла."), language="ru"),
    ),
)
