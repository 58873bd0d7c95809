"""The mark that a text ends with: that of the source, and none after a headline that has none."""

import re
from collections.abc import Iterable

from workflow.languages import Language
from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_CLOSING = " \t\n\u00a0\"'»”“’)]"
_END = re.compile(rf"([.?!:;…。؟]+)[{re.escape(_CLOSING)}]*\Z")
_KINDS = {"…": "...", "؟": "?", "。": "."}
_LAST = re.compile(r"([^\W\d_]+)\.\Z")


def _find(pair: Pair) -> Iterable[Finding]:
    if pair.source_language is pair.target_language:
        return
    ours, theirs = _ending(pair.source.plain), _ending(pair.target.plain)
    if ours == theirs or {ours, theirs} <= {"?", "?!", "!?"}:
        return
    text = pair.target.plain.rstrip(_CLOSING)
    end = len(text)
    if theirs and not ours:
        if not _is_short(text, pair.target_language):
            yield Finding(
                message=f"the source has no “{theirs}” at its end", start=end - 1, end=end
            )
    elif not theirs:
        if not _is_short(pair.source.plain.rstrip(_CLOSING), pair.source_language):
            yield Finding(message=f"the source ends with “{ours}”", start=max(end - 1, 0), end=end)
    else:
        yield Finding(
            message=f"“{theirs}” at the end, and “{ours}” in the source", start=end - 1, end=end
        )


def _is_short(text: str, language: Language) -> bool:
    """Whether the full stop is that of an abbreviation and ends no sentence: «12 млн.»"""
    found = _LAST.search(text)
    return found is not None and found[1].lower() in language.sentences.known


def _ending(text: str) -> str:
    found = _END.search(text)
    if not found:
        return ""
    mark = "".join(_KINDS.get(sign, sign) for sign in found[1])
    return "..." if mark.startswith("..") else mark[:2].removesuffix(".") or "."


CHECK = Check(
    name="endings",
    severity=Severity.MINOR,
    about="The target ends with the mark of the source: a full stop, a question mark, none.",
    find=_find,
    good=(
        Example(source="The talks are over.", target="Переговоры завершены."),
        Example(source='"We met."', target="«Мы встретились»."),
        Example(source="The cost is 12 million", target="Стоимость — 12 млн."),
        Example(source="Who came?", target="Кто пришёл?!"),
    ),
    bad=(
        Example(source="The talks are over.", target="Переговоры завершены"),
        Example(source="The talks are over", target="Келіссөздер аяқталды.", language="kk"),
        Example(source="Are they over?", target="Сүйлөшүүлөр бүттү.", language="ky"),
    ),
)
