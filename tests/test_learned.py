"""What is remembered of a glossary and of the words of texts changes no result, ever."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.newsrooms import make_newsroom
from tests.test_planted_terms import CORRECT, LANGUAGES, MISSES, ROOT, VIOLATIONS, glossary
from workflow.languages import language
from workflow.model import Concept, ConceptStatus, Issue, Term, TermStatus
from workflow.pipeline.check import check_catalogs
from workflow.pipeline.sync import sync
from workflow.stores import concepts as concepts_store
from workflow.stores.derived import read_sealed, write_sealed
from workflow.stores.glossary import parse_glossary
from workflow.stores.program import program
from workflow.stores.project import Project, open_project
from workflow.terminology import finder as finder_module
from workflow.terminology.entries import Spelling
from workflow.terminology.finder import PATTERN, Finder
from workflow.terminology.index import Hit
from workflow.terminology.learned import Learned, Part, from_data, to_data
from workflow.terminology.patterns import Pattern, fold, parse_pattern
from workflow.terminology.words import without_soft_hyphens, words_of

PLANTED = VIOLATIONS + CORRECT + MISSES
COUNTED = tuple(
    Concept(id=f"counted-{at}", terms=tuple((tag, (term,)) for tag in LANGUAGES))
    for at, term in enumerate(
        (
            Term(text=r"\d{1,3}[ -]\w{3}", match="regex", status=TermStatus.ADMITTED),
            Term(text="[Ee]-?mails?", match="regex", case="any", status=TermStatus.FORBIDDEN),
        )
    )
)
CONCEPTS = (*glossary(), *COUNTED)
ODD = [
    "АҚШ-пен",
    "Бишкек-Алматы",
    "MDMA-таблеткалар",
    "д\u00adарі",
    "ёлка",
    "ЖKКУнун",
    "e-mail",
    "12",
    "Emails",
]
BETWEEN = [" ", "  ", "-", " – ", ", ", ". ", "\u00a0", "\n", "»", "«", "’", "\u00ad", "_"]


@cache
def finder(tag: str) -> Finder:
    return Finder(CONCEPTS, language(tag))


def test_a_name_in_a_compound_is_where_it_stands_after_a_soft_hyphen_too():
    text = "д\u00adарі-MDMA бар"
    places = {text[start:end] for _, _, start, end in finder("kk").find(text)}
    assert "MDMA" in places


@cache
def patterns(tag: str) -> list[tuple[int, Pattern]]:
    spellings = enumerate(finder(tag).spellings)
    return [(n, parse_pattern(s.text, case=s.term.case)) for n, s in spellings if is_pattern(s)]


def is_pattern(spelling: Spelling) -> bool:
    return spelling.term.match == "regex"


def by_the_index(tag: str, text: str) -> list[Part]:
    """What is found when nothing is remembered, and the index is asked word by word."""
    index = finder(tag).index
    bare, places = without_soft_hyphens(text)
    words = words_of(bare)
    hits: list[Hit] = []
    for at, word in enumerate(words):
        here = index.hits(index.begun_by(word), bare, words, at)
        hits += here
        if "-" in word.text and not any(len(hit.entry.words) == 1 for hit in here):
            hits += index.names_in(word)
    found = [
        (hit.entry.number, hit.features, places[hit.start], places[hit.end - 1] + 1) for hit in hits
    ]
    for number, pattern in patterns(tag):
        found += [(number, PATTERN, *span) for span in pattern.spans(fold(text))]
    return sorted(found)


def restored(learned: Learned, tag: str) -> Finder:
    """A finder of another run that was told what this one learned."""
    found = Finder(CONCEPTS, language(tag))
    found.restore(json.loads(json.dumps(to_data(learned))))
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("All 12 men.", ["12 men"]), ("E-mail, e\u00admails", ["E-mail", "e\u00admails"])],
)
def test_patterns_are_found_among_the_words_that_are_remembered(text: str, wanted: list[str]):
    for found in (finder("en"), restored(finder("en").learned, "en")):
        hits = [(how, text[start:end]) for _, how, start, end in found.find(text)]
        assert [what for how, what in hits if how == PATTERN] == wanted


@pytest.mark.parametrize("tag", LANGUAGES)
def test_remembering_finds_what_the_index_finds_in_every_planted_line(tag: str):
    lines = [line for line in PLANTED if line.lang == tag or tag == "en"]
    texts = [line.source if tag == "en" else line.target for line in lines]
    first = Finder(CONCEPTS, language(tag))
    for text in texts * 2:
        assert sorted(first.find(text)) == by_the_index(tag, text), text
    second = restored(first.learned, tag)
    assert second.learned == first.learned
    for text in [*texts, *(" ".join(reversed(text.split())) for text in texts)]:
        assert sorted(second.find(text)) == by_the_index(tag, text), text


def test_what_is_forgotten_is_found_out_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(finder_module, "_MOST", 40)
    forgetful = Finder(CONCEPTS, language("kk"))
    sizes = []
    for text in (line.target for line in PLANTED if line.lang == "kk"):
        assert sorted(forgetful.find(text)) == by_the_index("kk", text), text
        sizes.append(len(forgetful.learned))
    assert max(sizes) < 100


@st.composite
def _texts(draw: st.DrawFn) -> tuple[str, str]:
    """(tag, text) pairs made of words of the planted lines, in any order and with any joint."""
    tag = draw(st.sampled_from(LANGUAGES))
    lines = [line.source if tag == "en" else line.target for line in PLANTED if line.lang == tag]
    words = sorted({word for line in lines for word in line.split()}) + ODD
    picked = draw(st.lists(st.sampled_from(words), max_size=8))
    return tag, "".join(word + draw(st.sampled_from(BETWEEN)) for word in picked)


@given(_texts())
def test_remembering_finds_what_the_index_finds_in_any_text(pair: tuple[str, str]):
    tag, text = pair
    assert sorted(finder(tag).find(text)) == by_the_index(tag, text)
    assert sorted(restored(finder(tag).learned, tag).find(text)) == by_the_index(tag, text)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
_KINDS = ("silent", "begins", "nothing", "runs", "keys")


@given(_json | st.fixed_dictionaries(dict.fromkeys(_KINDS, _json)))
def test_data_of_any_other_shape_is_passed_over(data: object):
    assert from_data(data, 10) in (None, Learned())


@pytest.mark.parametrize("number", [-1, 10, "1", True, 1.0, None])
def test_a_number_that_no_spelling_has_is_passed_over(number: object):
    learned = Learned(begins={"word": (1,)}, runs={"word": ((9, "PL", 0, 4),)})
    data = to_data(learned)
    assert from_data(data, 10) == learned
    assert from_data(data | {"runs": {"word": [[number, "PL", 0, 4]]}}, 10) is None


_some_text = st.text(max_size=6)
_terms = st.builds(
    Term,
    text=_some_text,
    status=st.sampled_from(TermStatus),
    match=_some_text,
    case=_some_text,
    forms=st.lists(_some_text, max_size=2).map(tuple),
    abbreviation=st.booleans(),
    keep=st.booleans(),
    pos=_some_text,
    head=_some_text,
)
_pairs = st.tuples(_some_text, st.lists(_terms, max_size=2).map(tuple))
_concepts = st.builds(
    Concept,
    id=_some_text,
    terms=st.lists(_pairs, max_size=3).map(tuple),
    **dict.fromkeys(("definition", "subject", "note", "source"), _some_text),
    status=st.sampled_from(ConceptStatus),
    line=st.integers(0, 99),
)


@given(st.lists(_concepts, max_size=3).map(tuple))
def test_concepts_come_back_from_json_as_they_were(concepts: tuple[Concept, ...]):
    data = json.loads(json.dumps(concepts_store.to_data(concepts)))
    assert concepts_store.from_data(data) == concepts


@given(
    _json
    | st.lists(
        st.dictionaries(st.sampled_from(["note", "terms", "line"]), _json, max_size=3), max_size=3
    )
)
def test_data_that_are_no_concepts_are_passed_over(data: object):
    assert concepts_store.from_data(data) in (None, ())


GLOSSARY = """\
[[concept]]
id = "council"
[concept.terms]
en = [{ term = "council" }]
ru = [{ term = "совет" }, { term = "комитет", status = "forbidden" }]
"""
RELEASE = "---\ntitle: The councils met\ndate: 2024-07-25\n---\n\nThe council of the city met.\n"
TARGETS = {
    "The councils met": "Комитеты собрались",
    "The council of the city met.": "Городской комитет собрался.",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A newsroom whose targets have a forbidden term each, checked once."""
    project = make_newsroom(tmp_path / "first")
    (project.root / "locales/glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    (project.root / "sources/met.md").write_text(RELEASE, encoding="utf-8")
    sync(project)
    catalog = project.root / "locales/ru/releases/met.po"
    text = catalog.read_text(encoding="utf-8")
    for source, target in TARGETS.items():
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    catalog.write_text(text, encoding="utf-8")
    assert [issue.about for issue in issues(project)] == ["council"] * 2
    return project


def issues(project: Project) -> list[Issue]:
    return [i for i in check_catalogs(project, ("ru",)).issues if i.check == "terms"]


def elsewhere(project: Project, tmp_path: Path) -> Project:
    """The same newsroom in another folder, as a new process would find it."""
    shutil.copytree(project.root, tmp_path / "second")
    return open_project(tmp_path / "second")


def kept(project: Project) -> list[Path]:
    return sorted((project.root / ".workflow").glob("*.sealed"))


def _flipped(data: bytes) -> bytes:
    return data.replace(b"council", b"counsel").replace("совет".encode(), "комик".encode())


@pytest.mark.parametrize(
    "tampered",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data.partition(b"\n")[0],
        lambda data: data + b" ",
        lambda data: b"0" * 48 + b"\n{}",
        lambda data: b"",
        lambda data: b"\x80\x04\x95K\x00.",
        lambda data: data.partition(b"\n")[2],
        lambda data: data.partition(b"\n")[0] + b"\n" + b"[" * 100_000,
        lambda data: data.replace(b"[0,", b"[1,").replace(b'""', b'"PL"') + b"\n",
        _flipped,
    ],
)
def test_a_kept_file_that_is_not_ours_any_more_changes_nothing(
    project: Project, tmp_path: Path, tampered: Callable[[bytes], bytes]
):
    other = elsewhere(project, tmp_path)
    assert [path.stem for path in kept(other)] == ["glossary", "terms-en", "terms-ru"]
    whole = {path: path.read_bytes() for path in kept(other)}
    for path, data in whole.items():
        path.write_bytes(tampered(data))
    assert issues(other) == issues(project)
    assert {path: path.read_bytes() for path in kept(other)} == whole


def test_a_folder_in_the_place_of_a_kept_file_changes_nothing(project: Project, tmp_path: Path):
    other = elsewhere(project, tmp_path)
    for path in kept(other):
        path.unlink()
        (path / "x").mkdir(parents=True)
    assert issues(other) == issues(project)


def test_a_link_in_the_place_of_a_kept_file_is_replaced_and_never_followed(
    project: Project, tmp_path: Path
):
    other = elsewhere(project, tmp_path)
    for path in kept(other):
        path.unlink()
        path.symlink_to("/dev/zero")
    assert issues(other) == issues(project)
    assert not any(path.is_symlink() for path in kept(other))


def test_a_file_that_was_sealed_by_another_installation_changes_nothing(
    project: Project, tmp_path: Path
):
    other = elsewhere(project, tmp_path)
    nothing = "[[concept]]\nid = 'other'\n[concept.terms]\nen = 'zeal'\n"
    made_from = f"another program\nen\nru\n{GLOSSARY}"
    planted = concepts_store.to_data(parse_glossary(nothing, ("en", "ru")))
    write_sealed(other.root, "glossary", planted, made_from=made_from)
    assert read_sealed(other.root, "glossary", made_from=made_from) == planted
    assert issues(other) == issues(project)


@pytest.mark.parametrize(
    "data", [None, [], {}, [1], [{"terms": 1}], [{"id": 3, "terms": []}], {"keys": 1}, "x"]
)
def test_a_well_sealed_file_of_another_shape_changes_nothing(
    project: Project, tmp_path: Path, data: object
):
    other = elsewhere(project, tmp_path)
    made_from = f"{program()}\nen\nru\n{GLOSSARY}"
    assert read_sealed(other.root, "glossary", made_from=made_from) is not None
    if data != []:  # a list of no concepts is a glossary too
        write_sealed(other.root, "glossary", data, made_from=made_from)
    concepts = concepts_store.from_data(read_sealed(project.root, "glossary", made_from=made_from))
    assert concepts is not None
    for tag in ("en", "ru"):
        seal = f"{program()}\n{Finder(concepts, language(tag)).fingerprint}"
        assert read_sealed(other.root, f"terms-{tag}", made_from=seal) is not None
        write_sealed(other.root, f"terms-{tag}", data, made_from=seal)
    assert issues(other) == issues(project)


def test_a_glossary_that_changed_is_what_counts(project: Project, tmp_path: Path):
    other = elsewhere(project, tmp_path)
    file = other.root / "locales/glossary.toml"
    file.write_text(GLOSSARY.replace("forbidden", "admitted"), encoding="utf-8")
    assert issues(other) == []
    file.write_text(GLOSSARY, encoding="utf-8")
    assert issues(other) == issues(project)


def test_what_is_kept_for_one_glossary_is_not_read_for_another(project: Project, tmp_path: Path):
    other = elsewhere(project, tmp_path)
    changed = GLOSSARY.replace("комитет", "президиум")
    (other.root / "locales/glossary.toml").write_text(changed, encoding="utf-8")
    found = issues(other)
    assert len(found) == 2
    for path in kept(project):
        shutil.copy(path, other.root / ".workflow" / path.name)
    third = elsewhere(other, tmp_path / "third")
    assert issues(third) == found


def test_the_file_is_the_same_for_the_same_work(project: Project, tmp_path: Path):
    before = {path.name: path.read_bytes() for path in kept(project)}
    other = elsewhere(project, tmp_path)
    shutil.rmtree(other.root / ".workflow")
    issues(other)
    assert {path.name: path.read_bytes() for path in kept(other)} == before


def test_a_run_over_known_words_asks_no_dictionary_unless_it_has_to_suggest_a_form(
    project: Project,
):
    script = (
        "import sys; from pathlib import Path\n"
        "from workflow.stores.project import open_project\n"
        "from workflow.pipeline.check import check_catalogs\n"
        "issues = check_catalogs(open_project(Path(sys.argv[1])), ('ru',)).issues\n"
        "print(sum(i.check == 'terms' for i in issues), 'pymorphy3' in sys.modules)"
    )

    def said() -> str:
        words = [sys.executable, "-c", script, str(project.root)]
        done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)
        return done.stdout.strip()

    assert said() == "2 True"
    neither = GLOSSARY.replace(', { term = "комитет", status = "forbidden" }', "")
    (project.root / "locales/glossary.toml").write_text(neither, encoding="utf-8")
    assert said() == "2 True"
    assert said() == "2 False"
