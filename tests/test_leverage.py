"""Memory → candidates: class, score and reason of each, in an order that is always the same."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recollection import Recollection, remember
from workflow.languages import language
from workflow.model import Candidate, Catalog, Concept, MatchClass, Remembered, Term, Unit
from workflow.stages.fill import fill
from workflow.stages.leverage import Asked, Yardstick, leverage, rank
from workflow.stages.remember import accepted
from workflow.stores.glossary import read_glossary

ROOT = Path(__file__).parents[1]
CONCEPTS = read_glossary(ROOT, ("en", "ru", "kk", "ky"))
EN, RU, KK = language("en"), language("ru"), language("kk")
BY = Yardstick(source=EN, target=RU, concepts=CONCEPTS)
MET = Remembered(
    source="The council met.",
    target="Совет собрался.",
    key="k1",
    role="paragraph",
    before="Before.",
    after="After.",
    origin="first",
    section="news",
)


def memory(*known: Remembered) -> Recollection:
    texts = dict.fromkeys(one.source for one in known)
    return Recollection(
        pairs={text: tuple(one for one in known if one.source == text) for text in texts}
    )


def asked(**fields: str) -> Asked:
    return Asked(**{"source": MET.source, "key": "k9", **fields})


@pytest.mark.parametrize(
    ("question", "match", "score", "reason"),
    [
        (
            asked(before="Before.", after="After."),
            MatchClass.CONTEXT,
            102,
            "same text between the same neighbours",
        ),
        (asked(before="Before."), MatchClass.BESIDE, 101, "same text, same unit before it"),
        (
            asked(before="Else.", after="After."),
            MatchClass.BESIDE,
            101,
            "same text, same unit after it",
        ),
        (asked(role="paragraph"), MatchClass.BESIDE, 101, "same text in the same role"),
        (asked(role="headline"), MatchClass.EXACT, 100, "same text"),
        (asked(), MatchClass.EXACT, 100, "same text"),
    ],
)
def test_the_same_text_counts_more_in_its_context(
    question: Asked, match: MatchClass, score: int, reason: str
):
    (found,) = rank(question, memory(MET), by=BY)
    assert (found.match, found.score, found.reason) == (match, score, reason)
    assert (found.key, found.target, found.origin) == ("k9", "Совет собрался.", "first")
    assert found.source == ""


def test_a_unit_at_the_edge_is_in_context_beside_its_one_neighbour():
    last = replace(MET, after="")
    (found,) = rank(asked(before="Before."), memory(last), by=BY)
    assert found.score == 102


@pytest.mark.parametrize(
    ("known", "score", "reason"),
    [
        (replace(MET, imported=True, origin="tmx:old"), 98, "same text; imported −2"),
        (replace(MET, reviewed=False), 95, "same text; nobody accepted it −5"),
        (replace(MET, section="sport"), 99, "same text; from section “sport” −1"),
        (
            replace(MET, imported=True, reviewed=False, section="sport"),
            92,
            "same text; imported −2; nobody accepted it −5; from section “sport” −1",
        ),
    ],
)
def test_where_it_comes_from_costs_and_the_cost_is_named(
    known: Remembered, score: int, reason: str
):
    (found,) = rank(asked(section="news"), memory(known), by=BY)
    assert (found.score, found.reason) == (score, reason)
    assert found.match is (MatchClass.NEAR if score >= 95 else MatchClass.CLOSE)


def test_a_section_costs_nothing_in_context_or_where_nobody_knows_it():
    known = memory(replace(MET, section="sport"))
    (found,) = rank(asked(before="Before.", after="After.", section="news"), known, by=BY)
    assert found.score == 102
    (found,) = rank(asked(), known, by=BY)
    assert found.score == 100


def test_several_translations_of_one_text_are_all_demoted_and_all_named():
    other = replace(MET, target="Совет провёл заседание.", origin="second")
    found = rank(asked(), memory(MET, other), by=BY)
    assert [one.score for one in found] == [99, 99]
    assert {one.match for one in found} == {MatchClass.NEAR}
    assert found[0].reason == "same text; ambiguous, also: “Совет провёл заседание.” −1"
    assert found[1].reason == "same text; ambiguous, also: “Совет собрался.” −1"


def test_the_context_settles_which_of_several_translations_is_meant():
    other = replace(MET, target="Совет провёл заседание.", before="Else.", after="Else.")
    found = rank(asked(before="Before.", after="After."), memory(other, MET), by=BY)
    assert [(one.target, one.score) for one in found] == [
        ("Совет собрался.", 102),
        ("Совет провёл заседание.", 100),
    ]


def test_equal_scores_stand_by_use_then_by_age_then_by_name():
    used = [replace(MET, target="Б", origin=name) for name in ("x", "y")]
    late = replace(MET, target="В", origin="a", changed="2026-01-02")
    early = replace(MET, target="А", origin="a", changed="2025-01-02")
    never = [replace(MET, target=target, origin="b") for target in "ЕД"]
    known = [early, *never, late, *used]
    expected = ["Б", "В", "А", "Д", "Е"]
    for order in (known, known[::-1], known[3:] + known[:3]):
        assert [one.target for one in rank(asked(), memory(*order), by=BY)] == expected
    assert [one.target for one in rank(asked(), memory(*known), by=BY, most=2)] == ["Б", "В"]


def test_a_query_of_a_person_is_a_text_and_finds_what_is_like_it():
    known = memory(MET, replace(MET, source="The council met in Osh.", target="В Оше."))
    found = rank(Asked(source="The council met in Osh"), known, by=replace(BY, floor=50))
    assert [(one.target, one.score, one.match) for one in found] == [
        ("В Оше.", 98, MatchClass.NEAR),
        ("Совет собрался.", 81, MatchClass.FUZZY),
    ]
    assert found[0].reason == "only a capital, a mark or spaces differ"
    assert found[0].source == "The council met in Osh."
    assert found[1].reason == (
        "name differs: “Osh” added; wording differs: “in” added; punctuation differs: “.” gone"
    )


def test_the_floor_is_the_houses_own():
    known = memory(replace(MET, source="The council met in Osh."))
    question = Asked(source="The council met in Talas.")
    assert [one.score for one in rank(question, known, by=replace(BY, floor=84))] == [84]
    assert rank(question, known, by=replace(BY, floor=85)) == ()


def test_a_patched_translation_comes_before_one_that_is_merely_near():
    near = replace(MET, source="It heard 25 reports!", target="Заслушал 25 докладов!")
    best = replace(MET, source="It heard 26 reports.", target="Заслушал 26 докладов.")
    found = rank(Asked(source="It heard 25 reports."), memory(near, best), by=BY)
    assert [(one.target, one.score, one.match) for one in found] == [
        ("Заслушал 25 докладов.", 99, MatchClass.PATCHED),
        ("Заслушал 25 докладов!", 98, MatchClass.NEAR),
    ]
    assert found[0].reason == "put in: 26 → 25"
    assert found[0].source == "It heard 26 reports."


def test_an_imported_translation_is_patched_and_pays_for_its_origin():
    known = replace(MET, source="It heard 26 reports.", target="Заслушал 26 докладов.")
    (found,) = rank(
        Asked(source="It heard 25 reports."), memory(replace(known, imported=True)), by=BY
    )
    assert (found.target, found.score, found.match) == (
        "Заслушал 25 докладов.",
        97,
        MatchClass.NEAR,
    )
    assert found.reason == "put in: 26 → 25; imported −2"


PRESS = replace(MET, source="Photo", target="Фото", origin="captions")


@pytest.mark.parametrize(
    ("source", "target", "origin"),
    [
        (
            "MOSCOW, 25 July 2024 — The council met.",
            "МОСКВА, 25 июля 2024 года — Совет собрался.",
            "the glossary, the date, first",
        ),
        ("Photo: The council met.", "Фото: Совет собрался.", "captions, first"),
        ("25 July 2024", "25 июля 2024 года", "the date"),
        ("12,100", "12 100", "the number"),
        ("Armenia, Belarus, Tajikistan", "Армения, Беларусь, Таджикистан", "the glossary"),
        (
            "MOSCOW, 25 July 2024 — The council met. Photo",
            "МОСКВА, 25 июля 2024 года — Совет собрался. Фото",
            "the glossary, the date, first, captions",
        ),
        ("MOSCOW, 25 July 2024 — The council left.", None, ""),
        ("OSH, 25 July 2024 — The council met.", None, ""),
        ("CSTO Belarus", None, ""),
        ("The council met in Armenia.", None, ""),
        ("25 July", None, ""),
    ],
)
def test_a_text_of_certain_parts_is_assembled_and_names_them(
    source: str, target: str | None, origin: str
):
    glossary = (*CONCEPTS, place("moscow", en="Moscow", ru="Москва"))
    known = memory(MET, PRESS)
    found = rank(Asked(source=source), known, by=replace(BY, concepts=glossary))
    made = [one for one in found if one.match is MatchClass.ASSEMBLED]
    if target is None:
        assert made == []
        return
    (one,) = made
    assert (one.target, one.origin, one.score) == (target, origin, 97)
    assert one.reason == f"each part is certain: {origin}"


def place(name: str, **terms: str) -> Concept:
    return Concept(
        id=name,
        subject="places",
        terms=tuple((tag, (Term(text=text),)) for tag, text in sorted(terms.items())),
    )


def test_a_dateline_is_written_as_each_language_writes_dates():
    known = memory(replace(MET, target="Кеңес жиналды."))
    by = replace(BY, target=KK, concepts=(place("moscow", en="Moscow", kk="Мәскеу"),))
    found = rank(Asked(source="MOSCOW, 25 July 2024 — The council met."), known, by=by)
    assert found[0].target == "МӘСКЕУ, 2024 жылғы 25 шілде — Кеңес жиналды."


def test_a_title_and_a_name_of_the_glossary_are_put_together():
    title = Concept(
        id="sg",
        subject="titles",
        terms=(
            ("en", (Term(text="Secretary General"),)),
            ("ru", (Term(text="Генеральный секретарь"),)),
        ),
    )
    name = replace(
        place("t", en="Imangali Tasmagambetov", ru="Имангали Тасмагамбетов"), subject="people"
    )
    found = rank(
        Asked(source="Secretary General Imangali Tasmagambetov"),
        memory(MET),
        by=replace(BY, concepts=(title, name)),
    )
    assert [one.target for one in found] == ["Генеральный секретарь Имангали Тасмагамбетов"]


def test_a_paragraph_of_known_sentences_is_one_of_them_only_where_each_has_one_translation():
    second = replace(
        MET, source="It heard reports.", target="Он заслушал доклады.", origin="second"
    )
    question = Asked(source="The council met. It heard reports.")
    (found,) = rank(question, memory(MET, second), by=BY)
    assert (found.match, found.score) == (MatchClass.SENTENCES, 98)
    assert (found.target, found.origin) == ("Совет собрался. Он заслушал доклады.", "first, second")
    (found,) = rank(question, memory(MET, replace(second, imported=True)), by=BY)
    assert (found.score, found.reason) == (96, "each sentence is known; imported −2")
    rival = replace(MET, target="Совет провёл заседание.")
    found = rank(question, memory(MET, rival, second), by=BY)
    assert not any(one.match is MatchClass.SENTENCES for one in found)


def test_the_reason_stands_in_the_catalogue():
    known = replace(MET, source="It heard 26 reports.", target="Заслушал 26 докладов.")
    catalog = Catalog(
        slug="now", language="ru", units=(Unit(key="a", source="It heard 25 reports."),)
    )
    (unit,) = fill(catalog, leverage(catalog, memory(known), by=BY)).units
    assert unit.fuzzy
    assert unit.target == "Заслушал 25 докладов."
    assert unit.previous_source == "It heard 26 reports."
    assert unit.comments == ("pretranslated: memory, 99 patched, from first: put in: 26 → 25",)


def test_a_memory_takes_units_with_their_neighbours_and_their_sentences():
    units = (
        Unit(key="headline", source="Headline", target="Заголовок", notes=("headline",)),
        Unit(key="b", source="One. Two.", target="Раз. Два.", notes=("lead", "term: x → y")),
        Unit(key="c", source="Draft.", target="Черновик.", fuzzy=True),
    )
    catalog = Catalog(slug="s", language="ru", units=units)
    found = list(accepted(catalog, source=EN, target=RU, section="news"))
    assert [(one.source, one.target, one.before, one.after) for one in found] == [
        ("Headline", "Заголовок", "", "One. Two."),
        ("One. Two.", "Раз. Два.", "Headline", "Draft."),
        ("One.", "Раз.", "Headline", "Two."),
        ("Two.", "Два.", "One.", "Draft."),
    ]
    assert [one.role for one in found] == ["headline", "lead", "lead", "lead"]
    assert {(one.origin, one.section) for one in found} == {("s", "news")}


words = st.sampled_from(
    ["The council met.", "It heard 12 reports.", "It heard 15 reports.", "Osh", "It did not meet."]
)
targets = st.sampled_from(["", "Совет собрался.", "Заслушал 12 докладов.", "Ош", "<b>Ош</b>"])


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    drawn = draw(st.lists(st.tuples(words, targets, st.booleans()), max_size=6))
    units = tuple(
        Unit(key=str(n), source=source, target=target, fuzzy=bool(target) and fuzzy)
        for n, (source, target, fuzzy) in enumerate(drawn)
    )
    return Catalog(slug=draw(st.sampled_from(["a", "b"])), language="ru", units=units)


@given(st.lists(catalogs(), min_size=1, max_size=3))
def test_no_persons_text_is_ever_touched_and_a_second_run_changes_nothing(several: list[Catalog]):
    known = remember(several, source=EN, target=RU)
    for catalog in several:
        filled = fill(catalog, leverage(catalog, known, by=BY))
        for before, after in zip(catalog.units, filled.units, strict=True):
            if before.target:
                assert after == before
            elif after.target:
                assert after.fuzzy
                assert after.comments[-1].startswith("pretranslated: memory, ")
        assert fill(filled, leverage(filled, known, by=BY)) == filled
        again = remember([filled, *several], source=EN, target=RU)
        assert set(again.pairs) == set(remember([catalog, *several], source=EN, target=RU).pairs)


offers = st.builds(
    Candidate,
    key=st.sampled_from("0123456"),
    target=st.one_of(targets, st.text(max_size=9)),
    match=st.sampled_from(MatchClass),
    score=st.integers(0, 102),
    origin=st.sampled_from(["libre", "openai m\n", "first"]),
    source=st.sampled_from(["", "It heard."]),
    reason=st.text(max_size=9),
)


@given(catalogs(), st.lists(offers, max_size=8))
def test_whatever_is_offered_no_persons_text_changes_and_a_draft_says_what_it_is(
    catalog: Catalog, offered: list[Candidate]
):
    filled = fill(catalog, offered)
    assert [unit.key for unit in filled.units] == [unit.key for unit in catalog.units]
    for before, after in zip(catalog.units, filled.units, strict=True):
        is_draft = not before.target and bool(after.target)
        assert (after == before) != is_draft
        if is_draft:
            assert after.fuzzy
            assert after.target in [one.target for one in offered if one.key == after.key]
            assert after.comments[-1].startswith("pretranslated: ")
            assert "\n" not in after.comments[-1]
    assert fill(filled, offered) == filled
