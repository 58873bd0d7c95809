"""Characters that nobody sees and that do no harm to others: of no width, or lost by an encoding.

Those that change what stands around them are the business of `controls`.
"""

import re
import unicodedata
from collections.abc import Iterable

from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_HIDDEN = re.compile(
    "[\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u2061-\u2065\ufeff\ufffd\ufff9-\ufffb\ue000-\uf8ff]"
)


def _find(pair: Pair) -> Iterable[Finding]:
    is_same = pair.source_language is pair.target_language
    for found in _HIDDEN.finditer(pair.target.plain):
        sign = found[0]
        if is_same or sign not in pair.source.plain:
            yield Finding(
                message=f"a character that nobody sees: {_name(sign)}",
                start=found.start(),
                end=found.end(),
            )


def _name(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    name = unicodedata.name(sign, "")
    return f"{name.lower()} ({code})" if name else code


CHECK = Check(
    name="hidden",
    severity=Severity.MAJOR,
    about="A sign of no width, one that an encoding lost, or another that nobody sees.",
    find=_find,
    good=(
        Example(source="The talks", target="Пере\u00adговоры\u00a0— итог"),
        Example(source="one\u200btwo", target="один\u200bдва"),
    ),
    bad=(
        Example(source="The talks", target="Перего\u200bворы"),
        Example(source="The talks", target="Келиссөз\ufffdдер", language="kk"),
        Example(source="The talks", target="Сүйлөшүү\u2063лөр", language="ky"),
    ),
)
