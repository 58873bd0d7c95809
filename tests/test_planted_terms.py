"""The terms check on the glossary of the sample newsroom: planted violations and correct uses.

`planted/violations.tsv` has one fault a line, `planted/correct.tsv` one term a line in a form that
a translator may well give it, and `planted/known-misses.tsv` what the check does not get right yet;
its column "wanted" says what it should: a finding that holds back ("hard"), any finding
("reported"), or none that holds back ("clean").
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from workflow.checks.terms import CHECK
from workflow.languages import language
from workflow.markup import parse_text
from workflow.model import Concept, Severity, Unit
from workflow.plugins import Finding, Pair
from workflow.stores.glossary import read_glossary
from workflow.terminology.matching import find_terms

ROOT = Path(__file__).parents[1]
COLUMNS = ["lang", "concept", "source", "target", "kind"]
LANGUAGES = ("en", "ru", "kk", "ky")
HARD_KINDS = {
    "forbidden-citation",
    "forbidden-inflected",
    "forbidden-soft-hyphen",
    "look-alike",
    "exact-changed",
}
SOFT_KINDS = {
    "deprecated-citation",
    "deprecated-inflected",
    "dropped-second",
    "look-alike-deprecated",
    "missing-abbreviation",
    "wrong-head",
    "wrong-synonym",
}
ADVISED_KINDS = {"shared-head", "inserted-word", "hyphenated-pair"}
"""Kinds of correct use that get advice: the words of the term stand apart, or within another."""
MOST_ADVISED = 8


@dataclass(frozen=True)
class Line:
    """One planted sentence."""

    lang: str
    concept: str
    source: str
    target: str
    kind: str
    wanted: str = ""

    def __str__(self) -> str:
        return f"{self.lang} {self.concept} {self.kind}: {self.target}"


def read(name: str, *more: str) -> list[Line]:
    text = (ROOT / "tests" / "planted" / name).read_text(encoding="utf-8")
    head, *rows = [row.split("\t") for row in text.removesuffix("\n").split("\n")]
    assert head == [*COLUMNS, *more]
    return [Line(*row) for row in rows]


VIOLATIONS = read("violations.tsv")
CORRECT = read("correct.tsv")
MISSES = read("known-misses.tsv", "wanted")


@cache
def glossary() -> tuple[Concept, ...]:
    return read_glossary(ROOT, LANGUAGES)


def found(line: Line) -> list[Finding]:
    pair = Pair(
        unit=Unit(key="k", source=line.source, target=line.target),
        source=parse_text(line.source),
        target=parse_text(line.target),
        source_language=language("en"),
        target_language=language(line.lang),
        concepts=glossary(),
    )
    return list(CHECK.find(pair))


def holds_back(finding: Finding) -> bool:
    return (finding.severity or CHECK.severity) >= Severity.MAJOR


def meets(line: Line, wanted: str) -> bool:
    """Whether the check says of the line what it should."""
    findings = found(line)
    about = [finding for finding in findings if finding.about == line.concept]
    if wanted == "clean":
        return not any(map(holds_back, findings))
    return bool(about) if wanted == "reported" else any(map(holds_back, about))


def numbered(lines: Sequence[Line]) -> list[object]:
    return [
        pytest.param(line, id=f"{number}-{line.lang}-{line.concept}-{line.kind}")
        for number, line in enumerate(lines, start=2)
    ]


@pytest.mark.parametrize("line", numbered(VIOLATIONS))
def test_a_planted_violation_is_reported(line: Line):
    wanted = "hard" if line.kind in HARD_KINDS else "reported"
    assert meets(line, wanted), line


@pytest.mark.parametrize("line", numbered(CORRECT))
def test_a_correct_use_is_never_held_back(line: Line):
    assert meets(line, "clean"), found(line)


def test_few_correct_uses_get_advice_and_only_where_the_words_of_the_term_stand_apart():
    advised = [line for line in CORRECT if found(line)]
    assert [str(line) for line in advised if line.kind not in ADVISED_KINDS] == []
    assert len(advised) <= MOST_ADVISED, [*map(str, advised)]


@pytest.mark.parametrize("line", numbered(MISSES))
def test_a_known_miss_is_still_missed(line: Line):
    """When this fails the check has become better: move the line to the file it now belongs in."""
    assert not meets(line, line.wanted), line


def test_the_source_of_a_planted_line_names_its_concept():
    """Otherwise nothing could be missing from the target, and the line would prove nothing."""
    silent = []
    for line in VIOLATIONS + CORRECT:
        terms = find_terms(line.source, glossary(), language("en"))
        if line.concept not in {term.concept for term in terms} and line.lang != "en":
            silent.append(str(line))
    assert silent == []


def test_there_are_enough_planted_lines_of_every_kind_in_every_language():
    assert len(VIOLATIONS) >= 100
    assert len(CORRECT) >= 300
    assert {line.kind for line in VIOLATIONS} == HARD_KINDS | SOFT_KINDS
    assert {line.wanted for line in MISSES} <= {"hard", "reported", "clean"}
    for lines, least in ((VIOLATIONS, 25), (CORRECT, 80)):
        counts = Counter(line.lang for line in lines)
        assert set(counts) == set(LANGUAGES)
        assert min(counts[tag] for tag in ("ru", "kk", "ky")) >= least


def test_no_planted_line_stands_twice_and_invisible_characters_are_where_the_kind_says():
    for one, other in combinations((VIOLATIONS, CORRECT, MISSES), 2):
        assert not {*map(str, one)} & {*map(str, other)}
    for lines in (VIOLATIONS, CORRECT, MISSES):
        assert len({(line.lang, line.source, line.target, line.concept) for line in lines}) == len(
            lines
        )
        for line in lines:
            assert ("\u00a0" in line.target) == (line.kind == "nbsp"), line
            assert ("\u00ad" in line.target) == line.kind.endswith("soft-hyphen"), line
