"""What differs between two sources, and what a translation of the one counts for the other.

`planted/traps.tsv` has pairs of sentences that look alike and are not the same: the second is
asked for where the first is remembered. "target" is the translation remembered, "wanted" what it
must become where what differs can be put in. `planted/harmless.tsv` has pairs that are the same
sentence; \\uXXXX in it is a character nobody sees.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.recollection import Recollection
from workflow.languages import language
from workflow.model import Candidate, Catalog, MatchClass, Remembered, Unit
from workflow.stages.classify import EditKind, classify
from workflow.stages.difference import Kind, differences
from workflow.stages.leverage import Asked, Yardstick, leverage, rank
from workflow.stores.glossary import read_glossary

ROOT = Path(__file__).parents[1]
PLANTED = ROOT / "tests" / "planted"
CONCEPTS = read_glossary(ROOT, ("en", "ru", "kk", "ky"))
CALLED = {
    "modal": "modal verb",
    "percent": "percentage",
    "question": "question mark",
    "unit": "unit of measure",
}


def rows(name: str) -> list[list[str]]:
    lines = (PLANTED / name).read_text(encoding="utf-8").splitlines()[1:]
    shown = [re.sub(r"\\u(....)", lambda found: chr(int(found[1], 16)), line) for line in lines]
    return [line.split("\t") for line in shown]


def offered(
    known: str, asked: str, target: str, *, source: str = "en", to: str = "ru", floor: int = 0
) -> Candidate | None:
    memory = Recollection(pairs={known: (Remembered(source=known, target=target, origin="r"),)})
    by = Yardstick(source=language(source), target=language(to), concepts=CONCEPTS, floor=floor)
    return next(iter(rank(Asked(source=asked), memory, by=by)), None)


TRAPS = rows("traps.tsv")


@pytest.mark.parametrize(
    ("kind", "known", "asked", "target", "wanted"), TRAPS, ids=[row[2] for row in TRAPS]
)
def test_a_sentence_that_only_looks_alike_is_never_the_same_and_says_why(
    kind: str, known: str, asked: str, target: str, wanted: str
):
    found = offered(known, asked, target or "Перевод.")
    assert found is not None
    if wanted:
        assert (found.match, found.score, found.target) == (MatchClass.PATCHED, 99, wanted)
        assert found.reason.startswith("put in: ")
    else:
        assert found.match in (MatchClass.NEAR, MatchClass.CLOSE, MatchClass.FUZZY)
        assert found.score <= (94 if kind == "wording" else 95)
        assert f"{CALLED.get(kind, kind)} differs: " in found.reason
        assert found.target == (target or "Перевод.")


@pytest.mark.parametrize("kind", ["negation", "modal", "quantifier", "direction", "question"])
def test_a_sentence_whose_statement_is_turned_is_no_draft(kind: str):
    turned = [row for row in TRAPS if row[0] == kind]
    assert turned
    for _, known, asked, _, _ in turned:
        assert offered(known, asked, "Перевод.", floor=75) is None
        memory = Recollection(pairs={known: (Remembered(source=known, target="Перевод."),)})
        by = Yardstick(source=language("en"), target=language("ru"), floor=50)
        catalog = Catalog(slug="s", language="ru", units=(Unit(key="k", source=asked),))
        assert leverage(catalog, memory, by=by) == ()


def test_there_are_traps_of_every_kind():
    kinds = Counter(row[0] for row in TRAPS)
    assert len(TRAPS) >= 200
    assert len({(known, asked) for _, known, asked, _, _ in TRAPS}) == len(TRAPS)
    assert {"negation", "number", "name", "date", "time", "weekday"} <= set(kinds)


HARMLESS = rows("harmless.tsv")


@pytest.mark.parametrize(
    ("kind", "known", "asked"), HARMLESS, ids=[f"{n} {row[0]}" for n, row in enumerate(HARMLESS)]
)
def test_marks_and_spaces_make_no_other_sentence(kind: str, known: str, asked: str):
    found = offered(known, asked, "Перевод.")
    assert found is not None
    assert 95 <= found.score < 100
    assert found.target == "Перевод."
    assert found.reason


@pytest.mark.parametrize(
    ("tag", "before", "after", "kind"),
    [
        ("ru", "Он выступит в Минске.", "Он не выступит в Минске.", Kind.NEGATION),
        ("ru", "Решение законно.", "Решение незаконно.", Kind.NEGATION),
        ("ru", "Государства должны участвовать.", "Государства могут участвовать.", Kind.MODAL),
        ("ru", "Все страны согласны.", "Некоторые страны согласны.", Kind.QUANTIFIER),
        ("ru", "Число преступлений увеличилось.", "Число преступлений снизилось.", Kind.DIRECTION),
        ("ru", "Груз прибыл из Омска.", "Груз прибыл в Омск.", Kind.DIRECTION),
        ("ru", "Встреча прошла в июле.", "Встреча прошла в августе.", Kind.DATE),
        ("ru", "Встреча в среду.", "Встреча в пятницу.", Kind.WEEKDAY),
        ("ru", "Изъято 12 кг.", "Изъято 12 г.", Kind.UNIT),
        ("ru", "Ущерб 5 млн рублей.", "Ущерб 5 млн долларов.", Kind.CURRENCY),
        ("ru", "Рост на 5 процентов.", "Рост на 5 пунктов.", Kind.PERCENT),
        ("kk", "Ол жиынға қатысты.", "Ол жиынға қатыспады.", Kind.NEGATION),
        ("kk", "Делегация келді.", "Делегация келмеді.", Kind.NEGATION),
        ("kk", "Ол келеді.", "Ол келмейді.", Kind.NEGATION),
        ("kk", "Шығын бар.", "Шығын жоқ.", Kind.NEGATION),
        ("kk", "Бұл заңды.", "Бұл заңды емес.", Kind.NEGATION),
        ("kk", "Барлық елдер қолдады.", "Кейбір елдер қолдады.", Kind.QUANTIFIER),
        ("ky", "Ал жыйынга катышты.", "Ал жыйынга катышпады.", Kind.NEGATION),
        ("ky", "Делегация келди.", "Делегация келбеди.", Kind.NEGATION),
        ("ky", "Ал барат.", "Ал барбайт.", Kind.NEGATION),
        ("ky", "Жоготуу бар.", "Жоготуу жок.", Kind.NEGATION),
        ("ky", "Бул мыйзамдуу.", "Бул мыйзамдуу эмес.", Kind.NEGATION),
    ],
)
def test_sources_in_other_languages_are_guarded_too(tag: str, before: str, after: str, kind: Kind):
    assert kind in {one.kind for one in differences(before, after, language(tag))}
    assert kind in {one.kind for one in differences(after, before, language(tag))}


def test_a_change_of_form_in_kazakh_is_no_denial():
    found = differences("Делегация келді.", "Делегация келеді.", language("kk"))
    assert Kind.NEGATION not in {one.kind for one in found}


@pytest.mark.parametrize(
    ("before", "after", "kind", "note"),
    [
        ('He said "yes" - twice.', "He said “yes” – twice.", EditKind.TYPOGRAPHY, ""),
        ("The peace\u00adkeepers left.", "The peacekeepers left.", EditKind.TYPOGRAPHY, ""),
        ("A cafe\u0301 closed.", "A caf\u00e9 closed.", EditKind.TYPOGRAPHY, ""),
        ("They recieve aid.", "They receive aid.", EditKind.TYPO, ": recieve → receive"),
        ("The comittee met.", "The committee met.", EditKind.TYPO, ": comittee → committee"),
        ("The council, met.", "The council met.", EditKind.TYPO, ": gone: ,"),
        ("45 officers came.", "46 officers came.", EditKind.FACT, ": 45 → 46"),
        ("They met in May.", "They met in June.", EditKind.FACT, ": May → June"),
        ("They did agree.", "They did not agree.", EditKind.FACT, ": added: not"),
        ("He visited Karakol.", "He visited Karakul.", EditKind.FACT, ": Karakol → Karakul"),
        (
            '<a href="https://a.example">x</a>',
            '<a href="https://b.example">x</a>',
            EditKind.FACT,
            "",
        ),
        ("The talks were short.", "The talks were cordial.", EditKind.MEANING, ": short → cordial"),
        ("He adopts the plan.", "He adopted the plan.", EditKind.MEANING, ": adopts → adopted"),
    ],
)
def test_an_edit_of_a_source_has_a_class(before: str, after: str, kind: EditKind, note: str):
    edit = classify(before, after, language("en"))
    assert edit.kind is kind
    assert edit.note == f"source changed: {kind}{note}"
