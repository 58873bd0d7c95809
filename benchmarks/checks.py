"""Checks of translations: planted defects found, false alarms, and speed, beside pofilter.

    python benchmarks/checks.py PARALLEL.jsonl [--show KIND] [--alarms] [--missed] [--speed UNITS]

PARALLEL.jsonl has a unit a line, a text for each language: {"en": …, "ru": …, "kk": …, "ky": …},
translations by people, whose tokens may stand apart; they are joined first.

1. Defects are planted into the targets by kind, each where it is certain to be one. Found is a
   defect where the checks say more of the unit than they said of it before, at any severity; "gate"
   counts those at major or above.
2. Alarms are what is said of the units as they are. Not all are false: the translators of the file
   write 300,000 in Kazakh too. `--alarms` prints those at the gate.
3. Speed: units a second of one process, all checks, the file again and again.

With translate-toolkit installed the same is asked of pofilter's standard checker, in the same run.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from workflow.dates import find_dates
from workflow.languages import language
from workflow.markup import parse_text
from workflow.model import Severity, Unit
from workflow.numbers import find_numbers
from workflow.plugins import Check, Pair, discover
from workflow.terminology.words import Word, words_of

TARGETS = ("ru", "kk", "ky")
MOST = 60
"""Defects of a kind in a language."""
GLUED = ((r" (?=[,.;:!?»”)%])", ""), (r"(?<=[«“(]) ", ""), (r"(?<=\d) : (?=\d)", ":"))
NAMES = {"ru": "Кондратьев", "kk": "Қожахметов", "ky": "Жумабеков"}
ENGLISH = "which was also announced by the officials of the region"
LOOKALIKE = str.maketrans("аеосхр", "aeocxp")
NEIGHBOUR = {"ru": ("и", "і"), "kk": ("і", "ї"), "ky": ("у", "ұ")}
DENIALS = {"ru": r"(?<!\w)не (?=\w)", "kk": r" (?:емес|жоқ)(?!\w)", "ky": r" (?:эмес|жок)(?!\w)"}
WEEKDAYS = {
    "ru": {"понедельник": "среда", "вторник": "четверг", "среду": "пятницу", "четверг": "вторник",
           "пятницу": "среду", "субботу": "пятницу", "воскресенье": "понедельник"},
    "kk": {"дүйсенбі": "сәрсенбі", "сейсенбі": "бейсенбі", "бейсенбі": "сейсенбі", "жұма": "сенбі"},
    "ky": {"дүйшөмбү": "шаршемби", "шейшемби": "бейшемби", "бейшемби": "шейшемби",
           "ишемби": "дүйшөмбү", "жекшемби": "шаршемби"},
}  # fmt: skip

Two = tuple[str, str]
"""Source and target."""


def units(path: Path) -> Iterator[tuple[str, Two]]:
    for line in path.read_text("utf-8").splitlines():
        row = {tag: joined(text) for tag, text in json.loads(line).items()}
        yield from ((tag, (row["en"], row[tag])) for tag in TARGETS)


def joined(text: str) -> str:
    """A text whose tokens stand apart, as people write it."""
    text = text.replace("&amp;", "&")
    for pattern, by in GLUED:
        text = re.sub(pattern, by, text)
    return re.sub(r"\" (.+?) ?\"", r'"\1"', text).replace("$ ", "$").replace("£ ", "£")


def changed_number(tag: str, two: Two) -> Two | None:
    source, target = two
    ours = {number.value for number in find_numbers(source, language("en"))}
    for number in find_numbers(target, language(tag)):
        written = target[number.start : number.end]
        if number.value in ours and written.isdigit() and int(written) > 9:
            other = str(int(written) + 7)
            return source, target[: number.start] + other + target[number.end :]
    return None


def moved_date(tag: str, two: Two) -> Two | None:
    source, target = two
    ours = {(date.month, date.day) for date in find_dates(source, "en")}
    for date in find_dates(target, tag):
        if date.day and (date.month, date.day) in ours:
            start, end = date.parts["day"]
            return source, f"{target[:start]}{date.day % 27 + 1}{target[end:]}"
    return None


def other_month(tag: str, two: Two) -> Two | None:
    source, target = two
    ours = {date.month for date in find_dates(source, "en")}
    names = dict(zip(range(1, 13), MONTHS[tag], strict=True))
    for date in find_dates(target, tag):
        if date.month in ours and "month" in date.parts:
            start, end = date.parts["month"]
            return source, target[:start] + names[(date.month + 3) % 12 + 1] + target[end:]
    return None


_NAMES = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ky": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
}
MONTHS = {tag: names.split() for tag, names in _NAMES.items()}


def other_weekday(tag: str, two: Two) -> Two | None:
    source, target = two
    for one, other in WEEKDAYS[tag].items():
        if re.search(rf"(?<!\w){one}", target) and re.search(r"\w(?<!to)day\b", source):
            return source, re.sub(rf"(?<!\w){one}", other, target, count=1)
    return None


def swapped_name(tag: str, two: Two) -> Two | None:
    """A name that both sides have by sound gives way to another."""
    source, target = two
    for word in words_of(target)[1:]:
        before = target[: word.start].rstrip()[-1:]
        if word.text.istitle() and len(word.text) > 5 and before not in set('.!?"«“:'):
            roman = "".join(SOUNDS.get(letter, letter) for letter in word.lower[:5])
            if any(o.text.istitle() and o.lower[:3] == roman[:3] for o in words_of(source)[1:]):
                return source, target[: word.start] + NAMES[tag] + target[word.end :]
    return None


SOUNDS = dict(zip("абвгдеёжзийклмнопрстуфхцэ", "abvgdeejziiklmnoprstufxce", strict=True))


def no_denial(tag: str, two: Two) -> Two | None:
    source, target = two
    if not re.search(r"\b(?:not|cannot|\w+n[’']t)\b", source):
        return None
    if len(re.findall(DENIALS[tag], target)) != 1:
        return None
    return source, re.sub(DENIALS[tag], " " if tag != "ru" else "", target)


def doubled_word(_: str, two: Two) -> Two | None:
    words = [word for word in words_of(two[1])[2:] if word.text.islower() and len(word.text) > 4]
    return planted(two, words, lambda word: f"{word} {word}")


def planted(two: Two, words: list[Word], change: Callable[[str], str]) -> Two | None:
    if not words:
        return None
    word, (source, target) = DICE.choice(words), two
    found = target[word.start : word.end]
    return source, target[: word.start] + change(found) + target[word.end :]


def lost(marks: str) -> Callable[[str, Two], Two | None]:
    def change(_: str, two: Two) -> Two | None:
        source, target = two
        at = max(target.find(mark) for mark in marks)
        return (source, target[:at] + target[at + 1 :]) if at >= 0 else None

    return change


def other_address(_: str, two: Two) -> Two | None:
    source, target = two
    return f"{source[:-1]} (https://example.org/a12).", f"{target[:-1]} (https://example.org/a21)."


def lost_link(_: str, two: Two) -> Two | None:
    return f'{two[0]} <a href="https://example.org/">More</a>', two[1]


def left_english(_: str, two: Two) -> Two | None:
    words = two[1].split()
    half = len(words) // 2
    return two[0], " ".join((*words[:half], ENGLISH, *words[half:]))


def not_translated(_: str, two: Two) -> Two | None:
    return two[0], two[0]


def neighbour(tag: str, two: Two) -> Two | None:
    one, other = NEIGHBOUR[tag]
    words = [word for word in words_of(two[1]) if one in word.text]
    return planted(two, words, lambda word: word.replace(one, other, 1))


def homoglyph(_: str, two: Two) -> Two | None:
    words = [w for w in words_of(two[1]) if len(w.text) > 4 and set(w.text) & set("аеосхр")]
    return planted(two, words, lambda word: word[0] + word[1:].translate(LOOKALIKE))


def hidden(sign: str) -> Callable[[str, Two], Two | None]:
    def change(_: str, two: Two) -> Two | None:
        words = [word for word in words_of(two[1]) if len(word.text) > 4]
        return planted(two, words, lambda word: f"{word[:2]}{sign}{word[2:]}")

    return change


def truncated(_: str, two: Two) -> Two | None:
    source, target = two
    return (source, target[: len(target) // 4]) if len(source) > 60 else None


def no_full_stop(_: str, two: Two) -> Two | None:
    return (two[0], two[1][:-1]) if two[0][-1] == two[1][-1] == "." else None


def headline_stop(_: str, two: Two) -> Two | None:
    source, target = two
    return (source, f"{target}.") if source[-1].isalpha() and target[-1].isalpha() else None


def other_percent(_: str, two: Two) -> Two | None:
    return (two[0], re.sub(r" ?%", "", two[1], count=1)) if "%" in two[1] else None


def other_currency(tag: str, two: Two) -> Two | None:
    money = r"долл\w+" if tag == "ru" else r"доллар"
    has = re.search(money, two[1]) and ("$" in two[0] or "dollar" in two[0])
    return (two[0], re.sub(money, "евро", two[1])) if has else None


def blanks(_: str, two: Two) -> Two | None:
    words = words_of(two[1])[1:]
    return planted(two, words, lambda word: f" {word}")


KINDS: dict[str, Callable[[str, Two], Two | None]] = {
    "number": changed_number,
    "day of a date": moved_date,
    "month": other_month,
    "weekday": other_weekday,
    "name": swapped_name,
    "denial dropped": no_denial,
    "word doubled": doubled_word,
    "bracket": lost("()"),
    "quotation mark": lost("«»“”"),
    "address": other_address,
    "link": lost_link,
    "half English": left_english,
    "untranslated": not_translated,
    "neighbour letter": neighbour,
    "homoglyph": homoglyph,
    "control": hidden("\u0007"),
    "bidi": hidden("\u202e"),
    "zero width": hidden("\u200b"),
    "truncated": truncated,
    "full stop": no_full_stop,
    "headline stop": headline_stop,
    "percent": other_percent,
    "currency": other_currency,
    "blanks": blanks,
}
DICE = random.Random(7)
CHECKS = [
    check
    for check in discover("workflow.checks", "CHECK").values()
    if isinstance(check, Check) and not check.about_state
]
Said = Counter[tuple[str, Severity]]


def pair_of(tag: str, two: Two) -> Pair:
    source, target = two
    return Pair(
        unit=Unit(key="k", source=source, target=target),
        source=parse_text(source),
        target=parse_text(target),
        source_language=language("en"),
        target_language=language(tag),
    )


def said(tag: str, two: Two) -> Said:
    pair = pair_of(tag, two)
    return Counter(
        (f"{check.name}: {finding.message}", finding.severity or check.severity)
        for check in CHECKS
        for finding in check.find(pair)
    )


def pofilter() -> Callable[[str, Two], set[str]] | None:
    """pofilter's standard checks, each with its language; None where it is not installed."""
    try:
        from translate.filters import checks
        from translate.storage.po import pounit
    except ImportError:
        return None
    per_language = {
        tag: checks.StandardChecker(checks.CheckerConfig(targetlanguage=tag)) for tag in TARGETS
    }

    def run(tag: str, two: Two) -> set[str]:
        unit = pounit(two[0])
        unit.target = two[1]
        return set(per_language[tag].run_filters(unit))

    return run


def seeded(rows: Iterable[tuple[str, Two]], *, missed: str) -> None:
    peer = pofilter()
    kinds: dict[str, list[tuple[str, Two, Two]]] = defaultdict(list)
    seen: Counter[tuple[str, str]] = Counter()
    for tag, two in rows:
        for kind, plant in KINDS.items():
            if seen[kind, tag] < MOST and (bad := plant(tag, two)):
                seen[kind, tag] += 1
                kinds[kind].append((tag, two, bad))
    total, found, theirs_found = 0, 0, 0
    print("1. defects: planted, found, at the gate, found by pofilter")
    for kind, cases in kinds.items():
        ours = gate = theirs = 0
        for tag, good, bad in cases:
            more = said(tag, bad) - said(tag, good)
            ours += bool(more)
            gate += any(severity >= Severity.MAJOR for _, severity in more)
            theirs += bool(peer and peer(tag, bad) - peer(tag, good))
            if not more and kind == missed:
                print(f"   missed, {tag}: {bad[0]}\n      {bad[1]}")
        print(f"   {kind:17} {len(cases):4} {ours:4} {gate:4} {theirs:4}")
        total, found, theirs_found = total + len(cases), found + ours, theirs_found + theirs
    print(f"   {'all':17} {total:4} {found / total:.1%}; pofilter {theirs_found / total:.1%}")


def alarms(rows: list[tuple[str, Two]], *, show: str) -> None:
    peer = pofilter()
    by_check: Counter[tuple[str, str]] = Counter()
    gate = any_level = theirs = 0
    for tag, two in rows:
        found = said(tag, two)
        by_check.update(
            {(line.partition(":")[0], severity.name.lower()) for line, severity in found}
        )
        hard = [line for line, severity in found if severity >= Severity.MAJOR]
        gate, any_level = gate + bool(hard), any_level + bool(found)
        theirs += bool(peer and peer(tag, two))
        lines = (
            hard if show == "gate" else [line for line, _ in found if line.startswith(f"{show}:")]
        )
        if lines and show:
            print(f"   {tag}: {'; '.join(lines)}\n      {two[0]}\n      {two[1]}")
    print(
        f"2. units {len(rows)}; alarms at the gate {gate}, at any level {any_level};"
        f" pofilter {theirs}"
    )
    for (name, severity), count in by_check.most_common():
        print(f"   {name:14} {severity:8} {count:4}")


def speed(rows: list[tuple[str, Two]], count: int) -> None:
    many = [row for _ in range(count // len(rows) + 1) for row in rows][:count]
    pairs = [pair_of(tag, two) for tag, two in many]
    start = time.process_time()
    for pair in pairs:
        for check in CHECKS:
            list(check.find(pair))
    ours = time.process_time() - start
    print(f"3. {count:,} units: {count / ours:,.0f} units/s")
    peer = pofilter()
    if peer:
        share = many[: max(count // 20, 1)]
        start = time.process_time()
        for tag, two in share:
            peer(tag, two)
        theirs = (time.process_time() - start) / len(share)
        print(
            f"   pofilter, on {len(share):,}: {1 / theirs:,.0f} units/s,"
            f" {theirs * count / ours:.1f} x"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--missed", default="")
    parser.add_argument("--alarms", default="")
    parser.add_argument("--speed", type=int, default=0)
    options = parser.parse_args()
    rows = list(units(options.path))
    seeded(rows, missed=options.missed)
    alarms(rows, show=options.alarms)
    if options.speed:
        speed(rows, options.speed)


if __name__ == "__main__":
    main()
