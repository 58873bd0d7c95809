"""Every check reports its bad examples and passes its good ones."""

import pytest

from workflow.languages import language
from workflow.markup import parse_text
from workflow.model import (
    Block,
    BlockKind,
    Concept,
    Issue,
    Release,
    Term,
    TermStatus,
    Text,
    Unit,
)
from workflow.plugins import Check, Example, Pair, Rule, WholeCheck, WholeExample, discover
from workflow.stages.check_source import check_source
from workflow.stages.segment import segment

RULES: dict[str, Rule] = discover("workflow.checks", "CHECK")
CHECKS = {name: rule for name, rule in RULES.items() if isinstance(rule, Check)}
WHOLES = {name: rule for name, rule in RULES.items() if isinstance(rule, WholeCheck)}


def pair_of(example: Example) -> Pair:
    terms = tuple(
        (
            tag,
            tuple(
                Term(
                    text=text.lstrip("!"),
                    status=TermStatus.FORBIDDEN if text.startswith("!") else TermStatus.PREFERRED,
                    abbreviation=text.isupper(),
                )
                for text in texts
            ),
        )
        for tag, texts in example.terms.items()
    )
    return Pair(
        unit=Unit(key="k", source=example.source, target=example.target, fuzzy=example.fuzzy),
        source=parse_text(example.source),
        target=parse_text(example.target),
        source_language=language("en"),
        target_language=language(example.language),
        concepts=(Concept(id="it", terms=terms),) if terms else (),
    )


def issues_of(check: WholeCheck, example: WholeExample) -> tuple[Issue, ...]:
    """What a check says of a release that consists of the texts of the example."""
    terms = tuple(Term(text=text, abbreviation=text.isupper()) for text in example.terms)
    release = Release(
        slug="a",
        title=example.texts[0],
        language=example.language,
        blocks=tuple(
            Block(kind=BlockKind.PARAGRAPH, text=Text(text), line=number)
            for number, text in enumerate(example.texts[1:], 3)
        ),
        path="sources/a.md",
    )
    return check_source(
        release,
        segment(release),
        [check],
        concepts=(Concept(id="it", terms=((example.language, terms),)),) if terms else (),
        severities={},
    ).issues


GOOD = [(c, e) for c in CHECKS.values() for e in c.good]
BAD = [(c, e) for c in CHECKS.values() for e in c.bad]


@pytest.mark.parametrize(("check", "example"), GOOD, ids=lambda v: getattr(v, "name", None))
def test_a_good_example_passes(check: Check, example: Example):
    assert list(check.find(pair_of(example))) == []


@pytest.mark.parametrize(("check", "example"), BAD, ids=lambda v: getattr(v, "name", None))
def test_a_bad_example_is_reported(check: Check, example: Example):
    pair = pair_of(example)
    findings = list(check.find(pair))
    assert findings
    for finding in findings:
        assert 0 <= finding.start <= finding.end <= len(pair.target.plain)
        assert finding.message == finding.message.strip() != ""


@pytest.mark.parametrize(
    ("check", "example"),
    [(c, e) for c in WHOLES.values() for e in c.good],
    ids=lambda v: getattr(v, "name", None),
)
def test_a_good_release_passes(check: WholeCheck, example: WholeExample):
    assert issues_of(check, example) == ()


@pytest.mark.parametrize(
    ("check", "example"),
    [(c, e) for c in WHOLES.values() for e in c.bad],
    ids=lambda v: getattr(v, "name", None),
)
def test_a_bad_release_is_reported_once_and_at_its_words(check: WholeCheck, example: WholeExample):
    (issue,) = issues_of(check, example)
    assert issue.check == check.name
    assert issue.start < issue.end
    assert issue.message == issue.message.strip() != ""


def test_every_check_has_examples_of_both_kinds_and_a_name_of_its_own():
    assert len(CHECKS) >= 8
    for name, check in {**CHECKS, **WHOLES}.items():
        assert check.good
        assert check.bad
        assert check.about.endswith(".")
        assert name == check.name


def test_a_number_in_the_source_format_comes_with_the_right_one_and_is_told_once():
    (other,) = CHECKS["numbers"].find(pair_of(Example(source="12,100 kg", target="12,100 кг")))
    assert other.suggestion == "12 100"
    (finding,) = CHECKS["numbers"].find(pair_of(Example(source="61.5 kg", target="61.5 кг")))
    assert (finding.start, finding.end, finding.suggestion) == (0, 4, "61,5")
    assert finding.message == "61.5 is written as in the source; expected 61,5"


def test_a_latin_letter_in_a_cyrillic_word_comes_with_the_mended_word():
    example = Example(source="vehicles", target="унааcы", language="ky")
    (finding,) = CHECKS["letters"].find(pair_of(example))
    assert finding.suggestion == "унаасы"
