"""Characters that nobody sees: control, direction, zero width, and what an encoding lost."""

import re
import unicodedata
from collections.abc import Iterable

from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2061-\u2069\ufeff\ufffd\ufff9-\ufffb\ue000-\uf8ff]"
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
    about="A control character, a mark of direction or another sign that nobody sees.",
    find=_find,
    good=(
        Example(source="The talks", target="Пере\u00adговоры\u00a0— итог"),
        Example(source="one\u200btwo", target="один\u200bдва"),
    ),
    bad=(
        Example(source="The talks", target="Перего\u200bворы"),
        Example(source="The talks", target="Перего\u202eворы"),
        Example(source="The talks", target="Келиссөз\ufffdдер", language="kk"),
        Example(source="The talks", target="Сүйлөшүү\u0007лөр", language="ky"),
    ),
)
