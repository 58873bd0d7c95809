"""Numbers, by value: 12,100 may be 12 100, and 61.5 must be 61,5."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import format_decimal

from workflow.model import Severity
from workflow.numbers import CLOCK, Number, find_numbers, spelled
from workflow.plugins import Check, Example, Finding, Pair

_DECADES = frozenset(map(Decimal, range(1900, 2100, 10)))


def _find(pair: Pair) -> Iterable[Finding]:
    source, target = _without_times(pair.source.plain, pair.target.plain)
    ours = find_numbers(source, pair.source_language)
    theirs = find_numbers(target, pair.target_language)
    if [n.value for n in ours] == [n.value for n in theirs]:
        return  # most texts
    missing = Counter(n.value for n in ours) - Counter(n.value for n in theirs)
    extra = Counter(n.value for n in theirs) - Counter(n.value for n in ours)
    for value in [v for v in missing if v in _DECADES and extra[v % 100]]:
        missing[value], extra[value % 100] = 0, 0  # the 1990s, 90-е
    missing, extra = +missing, +extra
    if not missing and not extra:
        return
    spelled_ours = spelled(pair.source.plain, pair.source_language)
    spelled_theirs = spelled(pair.target.plain, pair.target_language)
    absent = [_missing(v, ours, pair) for v in sorted(missing) if v not in spelled_theirs]
    yield from absent
    told = {finding.start for finding in absent if finding.end}
    for number in theirs:
        if number.start in told:
            continue
        if extra[number.value] > 0 and number.plain and number.value not in spelled_ours:
            extra[number.value] -= 1
            written = pair.target.plain[number.start : number.end]
            yield Finding(
                message=f"{written} is not in the source", start=number.start, end=number.end
            )


def _without_times(source: str, target: str) -> tuple[str, str]:
    """Both texts with the times they share blanked out: 9.30 may be 9:30, and is never 9,3."""
    ours = {(int(m[1]), m[2]) for m in CLOCK.finditer(source)}
    shared = ours and ours & {(int(m[1]), m[2]) for m in CLOCK.finditer(target)}
    if not shared:
        return source, target

    def blank(found: re.Match[str]) -> str:
        return "·" * len(found[0]) if (int(found[1]), found[2]) in shared else found[0]

    return CLOCK.sub(blank, source), CLOCK.sub(blank, target)


def _missing(value: Decimal, ours: list[Number], pair: Pair) -> Finding:
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
        Example(source="since the 1990s", target="с 90-х годов"),
        Example(source="$150K, 300,000 people", target="150 тысяч долларов, триста тысяч человек"),
        Example(source="a 16-point plan", target="он алты пункттан турган план", language="ky"),
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
