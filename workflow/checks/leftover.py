"""Words of the source's language that were left standing in the target."""

import re
from collections.abc import Iterable

from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|(?:[\w-]+\.)+[a-z]{2,}\b\S*", re.IGNORECASE)
_RUN = 3  # words of another alphabet in a row
_FEW = 2  # small words that a copy has, and no name or title


def _find(pair: Pair) -> Iterable[Finding]:
    """What is a title, a name or a programme's is left as it is: it has capitals, or quotes it."""
    ours, theirs = pair.source_language, pair.target_language
    if ours is theirs:
        return
    text = pair.target.plain
    if _is_copy(pair):
        yield Finding(message="it is the source, unchanged", end=len(text))
        return
    bare = _ADDRESS.sub(lambda found: "·" * len(found[0]), text)  # the same in every language
    words = list(_WORD.finditer(bare))
    run: list[re.Match[str]] = []
    for found in (*words, None):
        if found and theirs.alphabet and theirs.alphabet.isdisjoint(found[0].lower()):
            run.append(found)
            continue
        if sum(one[0].islower() for one in run) >= _RUN:
            start, end = run[0].start(), run[-1].end()
            yield Finding(message=f"“{text[start:end]}” is not translated", start=start, end=end)
        run = []


def _is_copy(pair: Pair) -> bool:
    words = _WORD.findall(pair.source.plain)
    same = " ".join(pair.target.plain.split()) == " ".join(pair.source.plain.split())
    return same and sum(word.islower() for word in words) >= _FEW


CHECK = Check(
    name="leftover",
    severity=Severity.MINOR,
    about="Words of the source were left untranslated in the target.",
    find=_find,
    good=(
        Example(source="see https://a-b.example.org/x/y", target="см. https://a-b.example.org/x/y"),
        Example(
            source="write to the.press.office@example.org", target="the.press.office@example.org"
        ),
        Example(source="The Lord of the Rings is shown", target="Показан The Lord of the Rings"),
        Example(source="Samsung Galaxy", target="Samsung Galaxy"),
        Example(source="the iPhone by Apple", target="Apple шығарған iPhone", language="kk"),
    ),
    bad=(
        Example(source="The talks are over.", target="The talks are over."),
        Example(
            source="The talks that were held in Bishkek are over.",
            target="Переговоры that were held in Бишкеке завершены.",
        ),
        Example(
            source="He said that all went well.",
            target="Ал that all went well деди.",
            language="ky",
        ),
    ),
)
