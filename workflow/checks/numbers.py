"""Numbers, by value: 12,100 may be 12 100, and 61.5 must be 61,5."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal

from workflow.languages import Language
from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009' ]\d+)*")
_GROUP_BLANKS = " \u00a0\u202f\u2009"
_WORD = re.compile(r"[\s\u00a0]*([^\W\d_]+)")
_WORDS = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"(?<![\d.,:])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d.:]|,\d)")


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    start: int
    end: int
    plain: bool
    """Written as its language writes numbers."""


def _find(pair: Pair) -> Iterable[Finding]:
    source, target = _without_times(pair.source.plain, pair.target.plain)
    ours = _numbers(source, pair.source_language)
    theirs = _numbers(target, pair.target_language)
    missing = Counter(n.value for n in ours) - Counter(n.value for n in theirs)
    extra = Counter(n.value for n in theirs) - Counter(n.value for n in ours)
    if not missing and not extra:
        return
    spelled_ours = _spelled(pair.source.plain, pair.source_language)
    spelled_theirs = _spelled(pair.target.plain, pair.target_language)
    for value in sorted(missing):
        if value not in spelled_theirs:
            yield _missing(value, ours, pair)
    for number in theirs:
        if extra[number.value] > 0 and number.plain and number.value not in spelled_ours:
            extra[number.value] -= 1
            written = pair.target.plain[number.start : number.end]
            yield Finding(
                message=f"{written} is not in the source", start=number.start, end=number.end
            )


def _without_times(source: str, target: str) -> tuple[str, str]:
    """Both texts with the times they share blanked out: 9.30 may be 9:30, and is never 9,3."""
    ours = {(int(m[1]), m[2]) for m in _CLOCK.finditer(source)}
    shared = ours & {(int(m[1]), m[2]) for m in _CLOCK.finditer(target)}

    def blank(found: re.Match[str]) -> str:
        return "·" * len(found[0]) if (int(found[1]), found[2]) in shared else found[0]

    return _CLOCK.sub(blank, source), _CLOCK.sub(blank, target)


def _missing(value: Decimal, ours: list[_Number], pair: Pair) -> Finding:
    found = next(n for n in ours if n.value == value)
    written = pair.source.plain[found.start : found.end]
    expected = format_decimal(value, locale=pair.target_language.tag).replace("\u00a0", " ")
    copied = re.search(rf"(?<![\d.,]){re.escape(written)}(?![.,]?\d)", pair.target.plain)
    if copied and written != expected:
        return Finding(
            message=f"{written} is written as in the source; expected {expected}",
            start=copied.start(),
            end=copied.end(),
            suggestion=expected,
        )
    return Finding(message=f"{written} is missing; expected {expected}")


def _numbers(text: str, language: Language) -> list[_Number]:
    found = []
    for match in _NUMBER.finditer(text):
        for start, end in _parts(match, language):
            written = text[start:end]
            value, plain = _value(written, language)
            word = _WORD.match(text, end)
            power = _power(word[1], language.multipliers) if word else 0
            found.append(_Number(value * (10**power), start, end, plain))
    return found


def _parts(match: re.Match[str], language: Language) -> Iterable[tuple[int, int]]:
    """A run of digits and separators, cut where it is not one number: dates, lists, versions."""
    start, end = match.span()
    text = match[0]
    if _grouped(language).fullmatch(text):
        yield start, end
        return
    at = 0
    for piece in re.split(rf"([{_GROUP_BLANKS}])", text):
        if piece.strip(_GROUP_BLANKS):
            if _grouped(language).fullmatch(piece) or re.fullmatch(r"\d+[.,]\d+", piece):
                yield start + at, start + at + len(piece)
            else:
                for digits in re.finditer(r"\d+", piece):
                    yield start + at + digits.start(), start + at + digits.end()
        at += len(piece)


def _grouped(language: Language) -> re.Pattern[str]:
    blanks = f"[{_GROUP_BLANKS}]"
    group = blanks if language.group.isspace() else f"(?:{re.escape(language.group)}|{blanks})"
    return re.compile(rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{re.escape(language.decimal)}\d+)?")


def _value(written: str, language: Language) -> tuple[Decimal, bool]:
    if _grouped(language).fullmatch(written):
        bare = re.sub(rf"[{_GROUP_BLANKS}]", "", written)
        if not language.group.isspace():
            bare = bare.replace(language.group, "")
        return Decimal(bare.replace(language.decimal, ".")).normalize(), True
    # 61.5 in a language that writes 61,5: a value that no number of the source will have
    return Decimal(re.sub(r"[.,]", "", written) + "e-9"), False


def _power(word: str, multipliers: Mapping[str, int]) -> int:
    lowered = word.lower()
    return next((power for stem, power in multipliers.items() if lowered.startswith(stem)), 0)


def _spelled(text: str, language: Language) -> set[Decimal]:
    """Values that the text may spell in words."""
    words = [word.lower() for word in _WORDS.findall(text)]
    return {
        Decimal(value)
        for stem, value in language.number_words.items()
        if any(word.startswith(stem) for word in words)
    }


CHECK = Check(
    name="numbers",
    severity=Severity.MAJOR,
    about="Every number of the source is in the target with the same value, in its own format.",
    find=_find,
    good=(
        Example(source="12,100 staff, 61.5 kg", target="12 100 сотрудников, 61,5 кг"),
        Example(source="over 50,000 cases", target="более 50 тыс. случаев"),
        Example(source="1 billion rubles", target="1 млрд рублей"),
        Example(source="two round tables", target="2 круглых стола"),
        Example(source="4 laboratories", target="төрт лаборатория", language="ky"),
        Example(source="On 15 September 2023", target="2023-жылдын 15-сентябрында", language="ky"),
        Example(
            source="from 11 to 15 September 2023", target="2023 жылғы 11–15 қыркүйек", language="kk"
        ),
        Example(source="897 kg", target="897 кг"),
        Example(source="15.09.2023", target="15.09.2023"),
        Example(source="at 9.30 and 14:00", target="в 9:30 и 14:00"),
    ),
    bad=(
        Example(source="61.5 kg", target="61.5 кг"),
        Example(source="61.5 kg", target="65,1 кг"),
        Example(source="at 9.30", target="в 9:45"),
        Example(source="12,100 staff", target="12,100 сотрудников"),
        Example(source="350,000 people", target="350,000 адам", language="ky"),
        Example(source="854 offences", target="преступления"),
        Example(source="48 firearms", target="48 единиц оружия и 7 гранат"),
    ),
)
