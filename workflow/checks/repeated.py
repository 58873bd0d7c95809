"""Sentences that stand in a release twice."""

from collections.abc import Iterable

from workflow.model import Role, Severity
from workflow.plugins import Finding, Whole, WholeCheck, WholeExample
from workflow.terminology.words import words_of

_PROSE = frozenset({Role.LEAD, Role.PARAGRAPH, Role.QUOTE})
_SHORT = 6  # words: a shorter sentence may well be said twice


def _find(whole: Whole) -> Iterable[Finding]:
    """The second place of each sentence; of sentences that come again in a row, the first."""
    seen: set[tuple[str, ...]] = set()
    told: set[tuple[str, ...]] = set()
    goes_on = False
    for segment, pair in zip(whole.segments, whole.pairs, strict=True):
        text = pair.target.plain
        words = tuple(word.lower for word in words_of(text))
        if segment.role not in _PROSE or len(words) < _SHORT:
            continue
        if words in seen and words not in told:
            told.add(words)
            if not goes_on:
                yield Finding(
                    key=segment.key, message=f"“{_short(text)}” was said before", end=len(text)
                )
        goes_on = words in seen
        seen.add(words)


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:_SHORT]) + ("…" if len(words) > _SHORT else "")


_TWICE = "The council met in Bishkek on Monday."

CHECK = WholeCheck(
    name="repeated",
    severity=Severity.MINOR,
    about="The same sentence stands in the text of a release twice.",
    find=_find,
    good=(
        WholeExample(texts=("The council met", _TWICE, "The council met in Bishkek on Friday.")),
        WholeExample(texts=(_TWICE, _TWICE)),
        WholeExample(texts=("Совет", "Вопросов нет. Решения есть. Вопросов нет."), language="ru"),
    ),
    bad=(
        WholeExample(texts=("The council met", f"{_TWICE} It heard reports. {_TWICE}")),
        WholeExample(
            texts=(
                "Совет",
                "Совет собрался в Бишкеке в этот понедельник.",
                "Совет собрался в Бишкеке в этот понедельник!",
            ),
            language="ru",
        ),
    ),
)
