"""Terms in running text: plain inflection, the longest concept, case, boundaries."""

import pytest

from workflow.languages import language
from workflow.model import Concept, Term, TermStatus
from workflow.terminology.matching import find_terms


def found(tag: str, text: str, *terms: Term) -> list[str]:
    concepts = [Concept(id=f"c{n}", terms=((tag, (term,)),)) for n, term in enumerate(terms)]
    return [text[f.start : f.end] for f in find_terms(text, concepts, language(tag))]


@pytest.mark.parametrize(
    ("tag", "term", "text", "wanted"),
    [
        ("en", "member state", "The member states’ ministers", ["member states’"]),
        ("en", "country", "countries and country's", ["countries", "country's"]),
        ("en", "operation", "cooperation", []),
        ("ru", "операция", "по итогам операции и операциями", ["операции", "операциями"]),
        ("ru", "операция", "оператор", []),
        ("ru", "государство-член", "государствами-членами", ["государствами-членами"]),
        ("ru", "Совет Безопасности", "в Совете Безопасности ООН", ["Совете Безопасности"]),
        ("ru", "круглый стол", "два круглых стола", ["круглых стола"]),
        ("ru", "заём", "заем", ["заем"]),
        ("kk", "хатшылық", "хатшылығының шешімі", ["хатшылығының"]),
        ("kk", "хатшы", "хатшылықта", []),
        ("kk", "ұйым", "ұйымдарында, ұйымның", ["ұйымдарында", "ұйымның"]),
        ("kk", "ұйым", "ұйымдастыру", []),
        (
            "ky",
            "бажы органы",
            "бажы органдарынын, бажы органына",
            ["бажы органдарынын", "бажы органына"],
        ),
        ("kk", "барлау бөлігі", "барлау бөліктерінің", ["барлау бөліктерінің"]),
        ("ky", "катчылык", "катчылыгынан", ["катчылыгынан"]),
        ("ky", "уюм", "уюмдун, уюмдарга", ["уюмдун", "уюмдарга"]),
    ],
)
def test_a_term_is_found_in_its_forms(tag: str, term: str, text: str, wanted: list[str]):
    assert found(tag, text, Term(text=term)) == wanted


@pytest.mark.parametrize(
    ("tag", "term", "text", "wanted"),
    [
        ("kk", "ҰҚШҰ", "ҰҚШҰ-ға мүше, ҰҚШҰның", 2),
        ("kk", "ҰҚШҰ", "ҰҚШҰЫ", 0),
        ("ky", "ЖККУ", "ЖККУнун, ЖККУ", 2),
        ("ru", "ОДКБ", "в ОДКБ", 1),
        ("ru", "ООН", "фооОН", 0),
    ],
)
def test_an_abbreviation_takes_endings_in_small_letters(
    tag: str, term: str, text: str, wanted: int
):
    assert len(found(tag, text, Term(text=term, abbreviation=True))) == wanted


def test_the_longest_concept_wins():
    text = "the UN Security Council and the Security Council"
    assert found("en", text, Term(text="Security Council"), Term(text="UN Security Council")) == [
        "UN Security Council",
        "Security Council",
    ]


def test_a_hyphenated_name_is_one_word():
    assert found("en", "operation Channel-Perekhvat", Term(text="Channel")) == []
    assert found("ru", "«Канал‑Перехват»", Term(text="Канал-Перехват")) == ["Канал‑Перехват"]


def test_capitals_of_a_term_must_be_there_and_others_are_free():
    assert found("en", "Border guards", Term(text="border guard")) == ["Border guards"]
    assert found("en", "a who and the WHO", Term(text="WHO")) == ["WHO"]
    assert found("en", "a Turkey", Term(text="turkey", case="exact")) == []


def test_irregular_and_exact_forms():
    term = Term(text="человек", forms=("люди", "людей"))
    assert found("ru", "10 людей", term) == ["людей"]
    assert found("ru", "сводки", Term(text="сводка", match="exact")) == []


def test_of_two_readings_of_one_place_the_forbidden_is_kept():
    concept = Concept(
        id="c",
        terms=(("en", (Term(text="drug"), Term(text="Drug", status=TermStatus.FORBIDDEN))),),
    )
    (hit,) = find_terms("Drug", [concept], language("en"))
    assert hit.term.status is TermStatus.FORBIDDEN


def test_the_form_that_was_found_is_named():
    concept = Concept(id="c", terms=(("kk", (Term(text="ұйым"),)),))
    (hit,) = find_terms("ұйымдарына хат жазды", (concept,), language("kk"))
    assert hit.features == "PL POSS.3 DAT"


def test_latin_look_alikes_in_a_cyrillic_word_hide_nothing():
    assert found("ru", "в oперaции", Term(text="операция")) == ["oперaции"]


def test_the_words_of_a_term_stand_together():
    term = Term(text="круглый стол")
    assert found("ru", "круглый, стол; круглый\u00a0стол", term) == ["круглый\u00a0стол"]
    dashed = Term(text="государство – член")
    assert found("ru", "государства — члены", dashed) == ["государства — члены"]


def test_an_index_is_made_once_for_a_glossary_and_again_for_another():
    one = (Concept(id="c", terms=(("en", (Term(text="council"),)),)),)
    two = (Concept(id="c", terms=(("en", (Term(text="meeting"),)),)),)
    text = "The council's meetings"
    assert [f.start for f in find_terms(text, one, language("en"))] == [4]
    assert [f.start for f in find_terms(text, two, language("en"))] == [14]
    assert len(find_terms(text, [*one, *two], language("en"))) == 2


@pytest.mark.parametrize(
    ("tag", "term", "text"),
    [
        ("ru", "День Победы", "ко Дню Победы"),
        ("ru", "человек", "двух людей"),
        ("ru", "ребёнок", "детям"),
        ("ru", "пресс-служба", "в пресс-службе"),
        ("ky", "уй", "көк ую"),
        ("en", "woman", "the women's council"),
    ],
)
def test_forms_that_begin_with_other_letters_are_found(tag: str, term: str, text: str):
    assert len(found(tag, text, Term(text=term))) == 1
