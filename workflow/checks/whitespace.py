"""Blanks that do not belong: at the edges, doubled, before a mark."""

import re
from collections.abc import Iterable

from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_FAULTS = (
    (re.compile(r"\A\s+|\s+\Z"), "white space at the edge", ""),
    (re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)"), "more than one blank", " "),
    (
        re.compile(r"(?<=\w)[ \u00a0]+(?=[,;.!?](?!\w|\.\.))"),
        "a blank before a punctuation mark",
        "",
    ),
    (re.compile(r"\t"), "a tab", " "),
)
_ANY = re.compile(r"\A\s|\s\Z|[ \u00a0][ \u00a0,;.!?]|\t")
"""What every fault has in it; most texts have none of it."""


def _find(pair: Pair) -> Iterable[Finding]:
    if not _ANY.search(pair.target.plain):
        return
    for pattern, message, suggestion in _FAULTS:
        for found in pattern.finditer(pair.target.plain):
            yield Finding(
                message=message, start=found.start(), end=found.end(), suggestion=suggestion
            )


CHECK = Check(
    name="whitespace",
    severity=Severity.MINOR,
    about="White space at the edge of a target, doubled, or before a punctuation mark.",
    find=_find,
    good=(
        Example(source="Over 50,000 cases.", target="Более 50 000 случаев."),
        Example(source="Yes … no", target="Да … нет"),
    ),
    bad=(
        Example(source="One.", target="Один. "),
        Example(source="One two.", target="Один  два."),
        Example(source="One, two.", target="Один , два."),
    ),
)
