"""A word that stands twice in a row."""

import re
from collections.abc import Iterable

from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_TWICE = re.compile(r"(?<![\w-])([^\W\d_]+)[ \u00a0]+\1(?![\w-])", re.IGNORECASE)


def _find(pair: Pair) -> Iterable[Finding]:
    is_doubled = _TWICE.search(pair.source.plain) is not None
    if is_doubled and pair.source_language is not pair.target_language:
        return  # "very, very": who doubles on purpose is translated so
    for found in _TWICE.finditer(pair.target.plain):
        word, again = found[1], found[0][-len(found[1]) :]
        if word == again or not again[:1].isupper():  # "Walla Walla" is one name
            yield Finding(
                message=f"“{word}” stands twice",
                start=found.start(),
                end=found.end(),
                suggestion=word,
            )


CHECK = Check(
    name="doubled",
    severity=Severity.MINOR,
    about="A word stands twice in a row.",
    find=_find,
    good=(
        Example(source="The talks began.", target="Переговоры переговорами начались."),
        Example(source="little by little", target="аз-аздан, бара-бара", language="kk"),
        Example(source="It is very very cold.", target="Очень очень холодно."),
    ),
    bad=(
        Example(source="The talks began.", target="Переговоры переговоры начались."),
        Example(source="The session", target="Жиын жиын өтті", language="kk"),
        Example(source="In the city", target="В в городе"),
    ),
)
