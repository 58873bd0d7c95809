"""English terms in their forms: number, possession, compounds, abbreviations, and refusals."""

import pytest

from workflow.errors import SettingsError
from workflow.morphology.english import load, plurals

ENGLISH = load("en")

# Term | form | what the last changed word is.
FORMS = """
summit | summits | PL
summit | summit's | POSS
summit | summits' | PL POSS
country | countries | PL
country | countries' | PL POSS
survey | surveys | PL
day | days | PL
soliloquy | soliloquies | PL
box | boxes | PL
process | processes | PL
process | process's | POSS
process | process' | POSS
speech | speeches | PL
brush | brushes | PL
monarch | monarchs | PL
tax | taxes | PL
virus | viruses | PL
bus | buses | PL
quiz | quizzes | PL
crisis | crises | PL
analysis | analyses | PL
basis | bases | PL
man | men | PL
woman | women's | PL POSS
chairwoman | chairwomen | PL
serviceman | servicemen | PL
human | humans | PL
german | germans | PL
child | children's | PL POSS
grandchild | grandchildren | PL
person | people | PL
person | persons | PL
people | peoples | PL
leaf | leaves | PL
wife | wives | PL
midwife | midwives | PL
thief | thieves | PL
chief | chiefs | PL
belief | beliefs | PL
staff | staffs | PL
roof | roofs | PL
hero | heroes | PL
veto | vetoes | PL
embargo | embargoes | PL
photo | photos | PL
memorandum | memoranda | PL
memorandum | memorandums | PL
criterion | criteria | PL
phenomenon | phenomena | PL
index | indices | PL
bureau | bureaux | PL
aircraft | aircraft's | POSS
headquarters | headquarters' | POSS
japanese | japanese's | POSS
mongoose | mongooses | PL
blouse | blouses | PL
taxi | taxis | PL
sanctions | sanction | SG
armed forces | armed force | SG
armed forces | armed forces' | POSS
human rights | human right | SG
data | datum | SG
united nations | united nations' | POSS
member state | member states | PL
member state | member states' | PL POSS
member state | member state's | POSS
collective security treaty organization | collective security treaty organization's | POSS
vice-president | vice-presidents | PL
vice-president | vice-president's | POSS
follow-up | follow-ups | PL
co-chairman | co-chairmen | PL
mother-in-law | mothers-in-law | PL
commander-in-chief | commanders-in-chief | PL
passer-by | passers-by | PL
president-elect | presidents-elect | PL
secretary-general | secretaries-general | PL
secretary-general | secretary-general's | POSS
un secretary-general | un secretaries-general | PL
attorney general | attorneys general | PL
attorney general | attorney generals | PL
attorney general | attorney general's | POSS
attorney general | attorneys general's | PL POSS
deputy prosecutor general | deputy prosecutors general | PL
head of state | heads of state | PL
head of state | head of state's | POSS
heads of state | head of state | SG
minister of foreign affairs | ministers of foreign affairs | PL
rule of procedure | rules of procedure | PL
memorandum of understanding | memoranda of understanding | PL
major general | major generals | PL
"""

# Term | what is not a form of it.
REFUSED = """
operation | cooperation
operation | operational
operation | operate
state | statement
state | stated
state | states's
country | countrys
country | county
policy | policing
summit | summit-level
summit | summitry
box | ox
boxes | ox
box | boxs
woman | womans
human | humen
german | germen
chief | chieves
belief | believes
photo | photoes
news | new
news | newses
press | pres
analysis | analysi
business | busines
politics | politic
customs | custom
arms | arm
means | mean
series | serie
headquarters | headquarter
status | statu
aircraft | aircrafts
man | mens
child | childs
children | childrens'
taxes | taxis
member state | members state
member state | members states
member state | member's state
member state | member-state
head of state | head of states
heads of state | heads of states
mother-in-law | mother-in-laws
secretary-general | secretary general
attorney general | attorney's general
major general | majors general
armed forces | arm force
armed forces | armed forced
collective security | collectives security
"""

# Abbreviation, capitals kept | form | what the form is; None where it is not.
ABBREVIATIONS = [
    ("CSTO", "CSTO", ""),
    ("CSTO", "CSTO's", "POSS"),
    ("NGO", "NGOs", "PL"),
    ("NGO", "NGOs'", "PL POSS"),
    ("NGO", "NGO's", "POSS"),
    ("US", "US'", "POSS"),
    ("PhD", "PhDs", "PL"),
    ("CSTO", "CSTO-led", None),
    ("CSTO", "CSTOs's", None),
    ("CSTO", "CSTO'", None),
    ("NGO", "NGOS", None),
    ("NGO", "ngos", None),
    ("UN", "UNESCO", None),
    ("UN", "U", None),
]

# Term | features | form; a dash where it is not known.
MADE = """
summit | - | summit
summit | PL | summits
country | PL POSS | countries'
member state | PL POSS | member states'
person | PL | people
memorandum | PL | memoranda
head of state | PL | heads of state
head of state | POSS | head of state's
attorney general | PL | attorneys general
secretary-general | PL | secretaries-general
armed forces | PL | armed forces
armed forces | - | armed forces
armed forces | SG | armed force
armed forces | PL POSS | armed forces'
summit | SG | summit
aircraft | PL | aircraft
news | PL | -
summit | GEN | -
summit | SG PL | -
"""


def lines(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("term", "form", "said"), lines(FORMS))
def test_a_form_is_the_term(term: str, form: str, said: str):
    words = form.split()
    found = ENGLISH.match(term.split(), words)
    assert found is not None
    assert len(found) == len(words)
    assert [each for each in found if each] == [said] * sum(map(bool, found))
    assert any(found)


def test_only_the_words_that_changed_say_so():
    assert ENGLISH.match(["member", "state"], ["member", "states'"]) == ("", "PL POSS")
    assert ENGLISH.match(["head", "of", "state"], ["heads", "of", "state"]) == ("PL", "", "")


@pytest.mark.parametrize(("term", "other"), lines(REFUSED))
def test_another_word_is_not(term: str, other: str):
    assert ENGLISH.match(term.split(), other.split()) is None


@pytest.mark.parametrize(("term", "word", "said"), ABBREVIATIONS)
def test_an_abbreviation_keeps_its_capitals(term: str, word: str, said: str | None):
    assert ENGLISH.match_abbreviation(term, word) == said


@pytest.mark.parametrize(("term", "wanted", "form"), lines(MADE))
def test_a_form_is_made_or_not_at_all(term: str, wanted: str, form: str):
    made = ENGLISH.inflect(term.split(), "" if wanted == "-" else wanted)
    assert made == (None if form == "-" else tuple(form.split()))


@pytest.mark.parametrize("term", sorted({line[0] for line in lines(FORMS)}))
def test_what_is_made_is_recognised(term: str):
    words = term.split()
    for features in ("", "PL", "SG", "POSS", "PL POSS", "SG POSS"):
        made = ENGLISH.inflect(words, features)
        assert made is None or ENGLISH.match(words, made) is not None


@pytest.mark.parametrize("term", sorted({line[0] for line in lines(FORMS)}))
def test_what_is_listed_is_recognised(term: str):
    *before, last = words = term.split()
    forms = ENGLISH.forms(words)
    assert ENGLISH.match(words, words) == ("",) * len(words)
    if forms is None:
        assert len(words) > 1
        return
    assert last in forms
    assert all(ENGLISH.match(words, [*before, form]) is not None for form in forms)


def test_forms_are_listed_where_only_the_last_word_inflects():
    assert ENGLISH.forms(["member", "state"]) == {"state", "state's", "states", "states'"}
    assert ENGLISH.forms(["head", "of", "state"]) is None
    assert ENGLISH.forms(["attorney", "general"]) is None


def test_odd_words_are_only_themselves():
    for word in ("", "-", "24", "'", "a-"):
        assert ENGLISH.match([word], [word]) == ("",)
        assert ENGLISH.match([word], ["house"]) is None
    assert ENGLISH.match([], []) == ()
    assert ENGLISH.match(["state"], ["state", "state"]) is None
    assert ENGLISH.inflect([], "PL") is None
    assert ENGLISH.forms([]) is None
    assert plurals("news") == ()


def test_only_english_is_loaded():
    assert load("en") is ENGLISH
    with pytest.raises(SettingsError, match="fr"):
        load("fr")
