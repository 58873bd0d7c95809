"""What a number is of: per cent, a currency, a unit of measure."""

import functools
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from workflow.languages import Language, language_data
from workflow.model import Severity
from workflow.numbers import find_numbers
from workflow.plugins import Check, Example, Finding, Pair

_SIGNS = "$€£₽₸%"
_TOLD = ("percent", "dollar", "euro", "rouble", "tenge", "som", "yuan", "pound_sterling")
"""Kinds that a text does not leave out."""
_BEHIND = re.compile(
    r"[ \u00a0\u202f-]*(?P<first>%|[$€£₽₸]|[^\W\d_]+)\.?(?:[ \u00a0]+(?P<next>[^\W\d_]+|[$€£₽₸]))?"
)


class _Amount(NamedTuple):
    value: Decimal
    kind: str
    """Empty where the words beside it do not tell."""
    start: int
    end: int


def _find(pair: Pair) -> Iterable[Finding]:
    if pair.source_language is pair.target_language:
        return
    source, target = pair.source.plain, pair.target.plain
    ours = [one for one in _amounts(source, pair.source_language) if one.kind]
    if not ours:
        return
    theirs = list(_amounts(target, pair.target_language))
    for one in ours:
        same = [other for other in theirs if other.value == one.value]
        if not same or any(other.kind == one.kind for other in same):
            continue
        told = next((other for other in same if other.kind), None)
        if told and not any(o.kind == told.kind and o.value == one.value for o in ours):
            yield _finding(one, told, pair, Severity.MAJOR)
        elif not told and one.kind in _TOLD and not _is_named(one.kind, target, pair):
            yield _finding(one, same[0], pair, Severity.MINOR)


def _finding(one: _Amount, other: _Amount, pair: Pair, severity: Severity) -> Finding:
    said, written = (
        pair.source.plain[one.start : one.end],
        pair.target.plain[other.start : other.end],
    )
    return Finding(
        message=f"“{written}” for “{said}” of the source",
        start=other.start,
        end=other.end,
        severity=severity,
        source_start=one.start,
        source_end=one.end,
    )


def _is_named(kind: str, target: str, pair: Pair) -> bool:
    kinds = _kinds(pair.target_language.tag)
    words = re.findall(rf"[^\W\d_]+|[{_SIGNS}]", target.lower())
    return any(_kind(word, kinds) == kind for word in words)


def _amounts(text: str, language: Language) -> Iterator[_Amount]:
    kinds = _kinds(language.tag)
    for number in find_numbers(text, language):
        before = text[: number.start].rstrip()[-1:]
        if before and before in "$€£₽₸":
            start = text.rindex(before, 0, number.start)
            yield _Amount(number.value, _kind(before, kinds), start, number.end)
            continue
        behind = _BEHIND.match(text, number.end)
        kind, end = "", number.end
        if behind:
            place = "next" if number.power else "first"
            kind = _kind((behind[place] or "").lower(), kinds)
            end = behind.end(place) if kind else end
        yield _Amount(number.value, kind, number.start, end)


def _kind(word: str, kinds: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    return next((kind for kind, words in kinds if words.fullmatch(word)), "")


@functools.cache
def _kinds(tag: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kind → words for it; ``[amounts]`` of the language's file."""
    return tuple(
        (kind, re.compile("|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)))
        for kind, words in language_data(tag)["amounts"].items()
    )


CHECK = Check(
    name="amounts",
    severity=Severity.MAJOR,
    about="A number is of the same thing as in the source: per cent, money, a unit of measure.",
    find=_find,
    good=(
        Example(source="it grew by 5%", target="рост на 5 процентов"),
        Example(source="$5 million", target="5 млн долларов"),
        Example(source="897 kg", target="897 килограмм", language="kk"),
        Example(source="5 May, 5 p.m.", target="5 мая, 5 часов вечера"),
    ),
    bad=(
        Example(source="it grew by 5%", target="рост на 5"),
        Example(source="$5 million", target="5 млн евро"),
        Example(source="897 kg", target="897 т", language="kk"),
        Example(source="20 tenge", target="20 сом", language="ky"),
    ),
)
