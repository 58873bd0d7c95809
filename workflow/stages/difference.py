"""Two versions of a source → what changed in it that can change a fact.

A translator who gets an old translation back must see the number, the name or the "not" that is
new; likeness in per cent hides exactly these.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from workflow.languages import Language
from workflow.markup import plain_text

_TOKEN = re.compile(r"\d[\d.,\u00a0\u202f]*\d|\d|\w+(?:[’'-]\w+)*|[^\w\s]")
_LONGEST = 60  # characters of one side; a rewritten clause is shown by #| better than by us
_MOST = 4


def difference(before: str, after: str, rules: Language) -> tuple[str, ...]:
    """Lines such as "changed: 12,100 → 12,300", "added: not", "gone: Bishkek"."""
    old, new = (_TOKEN.findall(plain_text(text)) for text in (before, after))
    found = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone = _weighty(old[a:b], rules, first=a == 0)
        come = _weighty(new[c:d], rules, first=c == 0)
        if gone == come:
            continue
        if gone and come:
            found.append(f"changed: {_short(gone)} → {_short(come)}")
        else:
            found.append(f"added: {_short(come)}" if come else f"gone: {_short(gone)}")
    return tuple(found[:_MOST])


def _weighty(tokens: Sequence[str], rules: Language, *, first: bool) -> list[str]:
    """Numbers, names, negations and modal verbs."""
    return [
        token
        for index, token in enumerate(tokens)
        if token[0].isdigit()
        or token.lower() in rules.weighty
        or token.lower().endswith("n’t")
        or token.lower().endswith("n't")
        or (token[0].isupper() and not (first and index == 0))
    ]


def _short(tokens: Sequence[str]) -> str:
    text = " ".join(tokens)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
