"""What the terms check proposes in the place of a term.

`planted/suggestions.tsv` has one place a line: a concept of the sample glossary, or "old=new" for a
concept of its own, and the target with the suggestion put in, or "-" where nothing may be suggested
since the form cannot be known, or words outside the span would have to change.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.checks.terms import CHECK
from workflow.languages import language
from workflow.markup import parse_text
from workflow.model import Concept, Severity, Term, TermStatus, Text, Unit
from workflow.plugins import Finding, Pair
from workflow.stores.glossary import read_glossary

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "ru", "kk", "ky")
NOTHING = "-"


@dataclass(frozen=True)
class Line:
    """One place."""

    lang: str
    concept: str
    source: str
    target: str
    wanted: str = NOTHING


def read(name: str) -> list[Line]:
    text = (ROOT / "tests" / "planted" / name).read_text(encoding="utf-8")
    rows = [row.split("\t")[:5] for row in text.removesuffix("\n").split("\n")[1:]]
    return [Line(*row) for row in rows]


LINES = read("suggestions.tsv")
VIOLATIONS = read("violations.tsv")


@cache
def concepts(lang: str, name: str) -> tuple[Concept, ...]:
    if "=" not in name:
        return read_glossary(ROOT, LANGUAGES)
    old, new = name.split("=")
    terms = (
        Term(text=new, abbreviation=new.isupper()),
        Term(text=old, abbreviation=old.isupper(), status=TermStatus.FORBIDDEN),
    )
    return (Concept(id=name, terms=((lang, terms),)),)


def findings(line: Line, target: str) -> list[Finding]:
    return [finding for finding in all_findings(line, target) if finding.about == line.concept]


def all_findings(line: Line, target: str) -> list[Finding]:
    pair = Pair(
        unit=Unit(key="k", source=line.source, target=target),
        source=parse_text(line.source),
        target=Text(target),
        source_language=language("en"),
        target_language=language(line.lang),
        concepts=concepts(line.lang, line.concept),
    )
    return list(CHECK.find(pair))


def put_in(target: str, finding: Finding) -> str:
    return target[: finding.start] + finding.suggestion + target[finding.end :]


def numbered(lines: list[Line]) -> list[object]:
    return [
        pytest.param(line, id=f"{number}-{line.lang}-{line.concept}")
        for number, line in enumerate(lines, start=2)
    ]


@pytest.mark.parametrize("line", numbered(LINES))
def test_the_suggestion_is_the_form_that_the_place_needs(line: Line):
    (finding,) = findings(line, line.target)
    if line.wanted == NOTHING:
        assert finding.suggestion == ""
    else:
        assert put_in(line.target, finding) == line.wanted


@pytest.mark.parametrize("line", numbered(LINES + VIOLATIONS))
def test_a_target_with_the_suggestion_put_in_has_no_such_fault_any_more(line: Line):
    found = [finding for finding in findings(line, line.target) if finding.suggestion]
    target = line.target
    for finding in sorted(found, key=lambda finding: -finding.start):
        target = put_in(target, finding)
    left = findings(line, target) if found else []
    assert [f for f in left if (f.severity or CHECK.severity) >= Severity.MAJOR] == []
    assert [f for f in left if f.suggestion] == []


BANNED = {
    "ru": ("Киргизии", "Средней Азией", "генсека", "Канала-Захвата", "Совбезе ООН"),
    "kk": ("Россиядан", "ОДКБ-ның", "«Казахстан»-ға", "дөңгелек столдарда", "СНГ-ға"),
    "ky": ("Киргизияда", "ОДКБга", "наркотиктин", "Алма-Атадан", "Канал-Тосмону"),
    "en": ("Kirghizia's", "Alma-Ata", "Byelorussia", "Channel-Intercept", "KIRGHIZIA"),
}
PIECES = ("в", "Со", "о", "об", "нового", "соседней", "столица", "a", "An", "мен", "ПЕН", "да", "2")
MARKS = (" ", "  ", ", ", ". ", "-", "–", " «", "» ", "”", "\u00ad", "\u00a0", "'", "(", "\n", "")


@given(st.data())
def test_whatever_stands_around_a_term_a_suggestion_mends_it_or_there_is_none(data: st.DataObject):
    lang = data.draw(st.sampled_from(sorted(BANNED)))
    words = st.sampled_from(BANNED[lang] + PIECES)
    parts = st.lists(st.tuples(words, st.sampled_from(MARKS)), min_size=1, max_size=8)
    target = "".join(word + mark for word, mark in data.draw(parts))
    for concept in {found.about for found in all_findings(Line(lang, "", "x", target), target)}:
        line = Line(lang, concept, "x", target)
        for finding in findings(line, target):
            assert 0 <= finding.start <= finding.end <= len(target)
            if finding.suggestion:
                after = put_in(target, finding)
                assert len(findings(line, after)) < len(findings(line, target))


# Heads.


@pytest.mark.parametrize(
    ("tag", "old", "new", "target", "wanted"),
    [
        ("ru", "Айыл [Банк]", "Сельский [Банк]", "Клиенты Айыл Банка пришли.", "Клиенты Сельского Банка пришли."),
        ("ru", "Сельский Банк", "Айыл [Банк]", "Клиенты Сельского Банка пришли.", "Клиенты Айыл Банка пришли."),
        ("ru", "Айыл [касса]", "Айыл [Банк]", "Новая Айыл касса открылась.", NOTHING),
        ("kk", "Канал", "[операциясы] Канал", "Ол Каналдың туралы айтты.", "Ол операциясының Канал туралы айтты."),
        ("ky", "[уюм] ЖККУ", "[бирикме] ЖККУ", "Ал уюмдун ЖККУ иши.", "Ал бирикменин ЖККУ иши."),
        ("en", "[mission] Kyrgyzstan", "[office] Kyrgyzstan", "Two missions Kyrgyzstan.", "Two offices Kyrgyzstan."),
        ("en", "[missions] Kyrgyzstan", "[offices] Kyrgyzstan", "A mission Kyrgyzstan.", "An office Kyrgyzstan."),
        ("en", "[missions] Kyrgyzstan", "[offices] Kyrgyzstan", "One mission Kyrgyzstan.", "One office Kyrgyzstan."),
    ],
)  # fmt: skip
def test_the_form_is_that_of_the_head_that_is_named(
    tag: str, old: str, new: str, target: str, wanted: str
):
    terms = (headed(new), replace(headed(old), status=TermStatus.FORBIDDEN))
    finding = of_terms(tag, terms, target)
    assert (put_in(target, finding) if finding.suggestion else NOTHING) == wanted


@pytest.mark.parametrize(
    ("tag", "old", "new", "target", "wanted"),
    [
        ("ru", "операция «Канал»", "акция «Канал»", "Итоги операции «Канал» подвели.", "Итоги акции «Канал» подвели."),
        ("ru", "«Канал»", "акция «Река»", "Участники «Канала» приехали.", "Участники акции «Река» приехали."),
        ("ru", "«Канал»", "Река", "Участники «Канала» приехали.", "Участники Реки приехали."),
        ("en", "union (EU)", "bloc (EU)", "The union (EU) ended.", "The bloc (EU) ended."),
        ("kk", "[операциясы] «Канал»", "[шарасы] «Канал»", "Ол операциясының «Канал» туралы айтты.", "Ол шарасының «Канал» туралы айтты."),
    ],
)  # fmt: skip
def test_marks_of_a_term_give_way_with_its_words(
    tag: str, old: str, new: str, target: str, wanted: str
):
    terms = (headed(new), replace(headed(old), status=TermStatus.FORBIDDEN))
    assert put_in(target, of_terms(tag, terms, target)) == wanted


def test_marks_beside_a_listed_form_are_not_those_of_the_term():
    old = Term(text="операция (Анаша)", forms=("операции Анаша",), status=TermStatus.FORBIDDEN)
    target = "Итоги года (операции Анаша) подвели."
    finding = of_terms("ru", (Term(text="акция"), old), target)
    assert put_in(target, finding) == "Итоги года (акции) подвели."


def headed(text: str) -> Term:
    """The head is in brackets."""
    head = text.partition("[")[2].partition("]")[0]
    return Term(text=text.replace("[", "").replace("]", ""), head=head)


def of_terms(tag: str, terms: tuple[Term, ...], target: str) -> Finding:
    pair = Pair(
        unit=Unit(key="k", source="…", target=target),
        source=Text("…"),
        target=Text(target),
        source_language=language("ru" if tag == "en" else "en"),
        target_language=language(tag),
        concepts=(Concept(id="c", terms=((tag, terms),)),),
    )
    [finding] = CHECK.find(pair)
    return finding
