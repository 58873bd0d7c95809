"""A change of the glossary: what it touches is told before, and what it spoils is marked once."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.newsrooms import make_newsroom, tree, write_release
from workflow.checks.terms import CHECK
from workflow.cli import workflow
from workflow.languages import language
from workflow.markup import plain_text
from workflow.model import Catalog, Concept, ConceptStatus, Severity, Term, TermStatus, Unit
from workflow.pipeline.check import check_catalogs
from workflow.pipeline.impact import show_impact
from workflow.pipeline.sync import sync
from workflow.pipeline.waive import waive_issue
from workflow.stages.annotate import terms_told
from workflow.stages.check import check
from workflow.stages.impact import Effect, impact, is_held
from workflow.stages.recheck import recheck
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project
from workflow.terminology.changes import changes_between

# --- what is touched ---------------------------------------------------------------------------

ENGLISH = ("council", "security council", "Almaty", "CCBCD", "report")
RUSSIAN = ("совет", "Совет безопасности", "Алматы", "Бишкек", "КСОПН", "доклад", "рапорт")
WORDS = {
    "en": (*ENGLISH, "councils", "CCBCD's", "Bishkek-Almaty", "reported"),
    "ru": (*RUSSIAN, "советами", "Совета безопасности", "Бишкек-Алматы", "докладе", "рапорты"),
}


def concepts() -> st.SearchStrategy[tuple[Concept, ...]]:
    term = st.builds(
        Term,
        text=st.sampled_from(RUSSIAN),
        status=st.sampled_from(tuple(TermStatus)),
        match=st.sampled_from(("inflected", "exact")),
        keep=st.booleans(),
    )
    several = st.lists(term, max_size=3, unique_by=lambda one: one.text).map(tuple)
    ours = st.sampled_from(ENGLISH).map(lambda text: (Term(text=text),))
    concept = st.builds(
        lambda name, ours, theirs, status: Concept(
            id=name, terms=(("en", ours), ("ru", theirs)), status=status
        ),
        st.sampled_from(("a", "b", "c")),
        st.one_of(st.just(()), ours),
        several,
        st.sampled_from(tuple(ConceptStatus)),
    )
    return st.lists(concept, max_size=3, unique_by=lambda one: one.id).map(tuple)


def texts(tag: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS[tag]), max_size=4).map(" ".join)


def catalogs() -> st.SearchStrategy[Catalog]:
    pairs = st.lists(st.tuples(texts("en"), texts("ru")), max_size=5)
    return pairs.map(
        lambda found: Catalog(
            slug="a",
            language="ru",
            units=tuple(
                Unit(key=str(at), source=f"{source}.", target=target)
                for at, (source, target) in enumerate(found)
            ),
        )
    )


def verdicts(catalog: Catalog, glossary: tuple[Concept, ...]) -> dict[tuple[str, str], list[str]]:
    """(unit, concept) → all that is said, of every unit."""
    found: dict[tuple[str, str], list[str]] = {}
    for issue in judged(catalog, glossary):
        found.setdefault((issue.key, issue.about), []).append(f"{issue.severity}{issue.message}")
    for unit in catalog.units:
        told = terms_told(plain_text(unit.source), glossary, source="en", target="ru")
        for name, note in told.items():
            if note:
                found.setdefault((unit.key, name), []).append(note)
    return found


def judged(catalog: Catalog, glossary: tuple[Concept, ...]):
    rules = language("en"), language("ru")
    return check(
        catalog, [CHECK], source=rules[0], target=rules[1], concepts=glossary, severities={}
    ).issues


def touched(catalog: Catalog, before: tuple[Concept, ...], after: tuple[Concept, ...]):
    change = changes_between(before, after, ("en", "ru"))
    return impact(
        catalog, change, [CHECK], source=language("en"), target=language("ru"), severities={}
    )


@settings(max_examples=300)
@given(catalogs(), concepts(), concepts())
def test_exactly_the_units_are_told_about_which_something_else_is_said(
    catalog: Catalog, before: tuple[Concept, ...], after: tuple[Concept, ...]
):
    old, new = verdicts(catalog, before), verdicts(catalog, after)
    expected = {place for place in old.keys() | new.keys() if old.get(place) != new.get(place)}
    assert {(one.unit.key, one.concept) for one in touched(catalog, before, after)} == expected


@given(catalogs(), concepts(), concepts())
def test_a_mark_changes_no_target_and_is_made_once(
    catalog: Catalog, before: tuple[Concept, ...], after: tuple[Concept, ...]
):
    found = touched(catalog, before, after)
    rules = {"language": language("ru"), "gate": Severity.MAJOR}
    marked = recheck(catalog, found, after, **rules)
    assert [u.target for u in marked.units] == [u.target for u in catalog.units]
    assert recheck(marked, touched(marked, before, after), after, **rules) == marked
    held = {one.unit.key for one in found if is_held(one, Severity.MAJOR)}
    fuzzy = {unit.key for unit in marked.units if unit.fuzzy}
    assert fuzzy == held & {unit.key for unit in catalog.units if unit.is_accepted}
    accepted = replace(marked, units=tuple(replace(u, fuzzy=False) for u in marked.units))
    assert recheck(accepted, touched(accepted, before, after), after, **rules) == accepted


def one_term(name: str, text: str, status: TermStatus = TermStatus.PREFERRED) -> Concept:
    return Concept(id=name, terms=(("ru", (Term(text=text, status=status),)),))


def test_a_name_that_becomes_known_uncovers_the_other_in_a_compound():
    forbidden = one_term("b", "Бишкек", TermStatus.FORBIDDEN)
    catalog = Catalog(
        slug="a", language="ru", units=(Unit(key="k", source="road", target="Бишкек-Алматы"),)
    )
    (found,) = touched(catalog, (forbidden,), (forbidden, one_term("a", "Алматы")))
    assert (found.concept, found.effect) == ("b", Effect.NEW)


def test_a_term_that_is_written_over_two_lines_makes_a_comment_of_one():
    council = one_term("a", "Совет\nбезопасности")
    forbidden = one_term("a", "Совет\nбезопасности", TermStatus.FORBIDDEN)
    unit = Unit(key="k", source="It met.", target="Собрался Совет безопасности.")
    catalog = Catalog(slug="a", language="ru", units=(unit,))
    found = touched(catalog, (council,), (forbidden,))
    rules = {"language": language("ru"), "gate": Severity.MAJOR}
    (marked,) = recheck(catalog, found, (forbidden,), **rules).units
    assert marked.comments == ("glossary changed: a, forbidden now: “Совет безопасности”",)


# --- a newsroom --------------------------------------------------------------------------------

GLOSSARY = """\
[[concept]]
id = "ccbcd"
[concept.terms]
en = [{ term = "CCBCD", abbreviation = true }]
ru = [{ term = "КСОПН", abbreviation = true }]
kk = [{ term = "Үйлестіру кеңесі" }, { term = "КСОПН", abbreviation = true, status = "admitted" }]
"""
FORBIDDEN = GLOSSARY.replace('"admitted"', '"forbidden"')
TEXT = """\
---
title: The meeting
---

The CCBCD met in Almaty. Experts of the CCBCD spoke. Guests left.
"""
KAZAKH = {
    "The meeting": "Отырыс",
    "The CCBCD met in Almaty.": "КСОПН Алматыда жиналды.",
    "Experts of the CCBCD spoke.": "КСОПН-ның сарапшылары сөйледі.",
    "Guests left.": "Қонақтар кетті.",
}
MARK = "glossary changed: ccbcd, forbidden now: “КСОПН”"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return newsroom(tmp_path)


def newsroom(root: Path, *, settings: str = "") -> Project:
    project = make_newsroom(root, languages='["en", "ru", "kk"]', settings=settings)
    write_glossary(project, GLOSSARY)
    write_release(project, "meeting", TEXT)
    sync(project)
    accept(project, KAZAKH)
    sync(project)
    return project


def write_glossary(project: Project, text: str) -> None:
    (project.root / "locales/glossary.toml").write_text(text, encoding="utf-8")


def kazakh(project: Project, slug: str = "meeting") -> Catalog:
    catalog = read_catalog(project.root, "kk", slug)
    assert catalog is not None
    return catalog


def accept(project: Project, words: dict[str, str] | None = None, slug: str = "meeting") -> None:
    """Clear every mark, and write ``words`` where they are given; comments stay, as in an editor."""
    catalog = kazakh(project, slug)
    units = tuple(
        replace(unit, target=(words or {}).get(unit.source, unit.target), fuzzy=False)
        for unit in catalog.units
    )
    write_catalog(project.root, replace(catalog, units=units), source_language="en")


def commit(project: Project, message: str = "now") -> None:
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", message)


def git(project: Project, *words: str) -> None:
    identity = ("-c", "user.name=Айгүл", "-c", "user.email=a@example.org")
    command = ["git", "-C", str(project.root), *identity, *words]
    subprocess.run(command, check=True, capture_output=True)


def marks(project: Project, slug: str = "meeting") -> list[tuple[str, str]]:
    return [(u.source, *u.comments) for u in kazakh(project, slug).units if u.fuzzy]


def run(project: Project, *words: str) -> tuple[int, str, str]:
    args = ["--project", str(project.root), *words]
    done = CliRunner().invoke(workflow, args, standalone_mode=False)
    code = done.return_value if done.exception is None else 2
    return code, done.stdout, done.stderr + str(done.exception or "")


BOTH = [("The CCBCD met in Almaty.", MARK), ("Experts of the CCBCD spoke.", MARK)]


def test_units_that_a_change_puts_at_fault_are_marked_and_say_why(project: Project):
    write_glossary(project, FORBIDDEN)
    before = {unit.key: unit.target for unit in kazakh(project).units}
    code, _, err = run(project, "sync")
    assert code == 0
    assert "kk: the glossary changed, 2 units to look at again" in err
    assert marks(project) == BOTH
    assert {unit.key: unit.target for unit in kazakh(project).units} == before
    once = tree(project.root)
    sync(project)
    assert tree(project.root) == once


def test_a_unit_that_a_person_accepts_again_is_not_marked_again(project: Project):
    write_glossary(project, FORBIDDEN)
    sync(project)
    accept(project)
    for _ in range(2):
        sync(project)
        assert marks(project) == []
        shutil.rmtree(project.root / ".workflow")
    assert any(MARK in unit.comments for unit in kazakh(project).units)


def test_the_comment_goes_once_it_is_no_longer_true(project: Project):
    write_glossary(project, FORBIDDEN)
    sync(project)
    mended = "Үйлестіру кеңесі Алматыда жиналды."
    accept(project, {"The CCBCD met in Almaty.": mended})
    sync(project)
    left = [unit.source for unit in kazakh(project).units if MARK in unit.comments]
    assert left == ["Experts of the CCBCD spoke."]
    write_glossary(project, GLOSSARY)
    sync(project)
    assert not any(unit.comments for unit in kazakh(project).units)
    write_glossary(project, FORBIDDEN)
    sync(project)
    assert marks(project) == BOTH[1:]


def test_what_a_person_made_of_a_draft_is_no_draft_again_when_it_is_marked(project: Project):
    catalog = kazakh(project)
    comments = ("pretranslated: engine pseudo; nobody has read it", "ask Bakyt")
    units = tuple(replace(unit, comments=comments) for unit in catalog.units)
    write_catalog(project.root, replace(catalog, units=units), source_language="en")
    write_glossary(project, FORBIDDEN)
    sync(project)
    assert marks(project) == [(source, "ask Bakyt", mark) for source, mark in BOTH]


def test_what_is_waived_stays_as_it_is(project: Project):
    write_glossary(project, FORBIDDEN)
    issues = [i for i in check_catalogs(project, ("kk",)).issues if i.check == "terms"]
    place = f"{issues[0].path}:{issues[0].line}"
    waive_issue(project, place, "terms", reason="their name", who="Айгүл")
    sync(project)
    assert marks(project) == BOTH[1:]


def test_advice_marks_nothing_unless_the_house_holds_back_for_it(tmp_path: Path):
    deprecated = GLOSSARY.replace('"admitted"', '"deprecated"')
    for gate, expected in (("major", 0), ("minor", 2)):
        project = newsroom(tmp_path / gate, settings=f'[publish]\ngate = "{gate}"\n')
        write_glossary(project, deprecated)
        sync(project)
        assert len(marks(project)) == expected


def test_without_what_was_kept_the_last_commit_is_what_it_was_before(project: Project):
    git(project, "init", "-q")
    commit(project)
    shutil.rmtree(project.root / ".workflow")
    sync(project)
    assert marks(project) == []
    write_glossary(project, FORBIDDEN)
    shutil.rmtree(project.root / ".workflow")
    sync(project)
    assert marks(project) == BOTH


def test_a_second_clone_asks_nobody_who_was_asked_in_the_first(project: Project, tmp_path: Path):
    other = tmp_path.with_name(f"{tmp_path.name}-other")
    shutil.copytree(tmp_path, other)
    write_glossary(project, FORBIDDEN)
    sync(project)
    accept(project)
    shutil.copytree(tmp_path / "locales", other / "locales", dirs_exist_ok=True)
    second = Project(root=other, settings=project.settings)
    sync(second)
    assert marks(second) == []


def test_what_was_not_asked_for_or_could_not_be_read_is_marked_later(project: Project):
    write_release(project, "other", TEXT)
    sync(project)
    accept(project, KAZAKH, "other")
    sync(project)
    path = project.root / "locales/kk/releases/other.po"
    good = path.read_bytes()
    write_glossary(project, FORBIDDEN)
    sync(project, only=("meeting",))
    assert (len(marks(project)), len(marks(project, "other"))) == (2, 0)
    accept(project)
    path.write_bytes(good + b"\nno catalogue\n")
    assert sync(project).faults
    path.write_bytes(good)
    sync(project)
    assert (len(marks(project)), len(marks(project, "other"))) == (0, 2)


def test_a_comment_of_a_mark_does_not_outlive_an_edit_of_the_source(project: Project):
    write_glossary(project, FORBIDDEN)
    sync(project)
    write_release(project, "meeting", TEXT.replace("met in Almaty", "met again in Almaty"))
    sync(project)
    (unit,) = (u for u in kazakh(project).units if "again" in u.source)
    assert (unit.fuzzy, unit.comments) == (True, ())
    assert unit.previous_source == "The CCBCD met in Almaty."


def test_publish_and_status_say_that_the_glossary_is_why(project: Project):
    write_glossary(project, FORBIDDEN)
    sync(project)
    out = run(project, "publish", "--lang", "kk", "--dry-run")[1]
    assert f"the {MARK}; correct it, then clear “fuzzy” (and 1 more) [unaccepted]" in out
    assert "2 fuzzy (2 since the glossary changed)" in run(project, "status", "--lang", "kk")[1]


def test_impact_tells_what_the_change_does_and_writes_nothing(project: Project):
    git(project, "init", "-q")
    commit(project)
    assert run(project, "glossary", "impact")[:2] == (0, "0 concepts changed\n")
    write_glossary(project, FORBIDDEN)
    before = tree(project.root)
    code, out, err = run(project, "glossary", "impact")
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[:6] == [
        "1 concept changed",
        "  ccbcd changed: kk “КСОПН” forbidden now (was admitted)",
        "en: no unit touched",
        "ru: no unit touched",
        "kk: 2 newly at fault; 2 of them at the gate, sync marks these",
        "",
    ]
    line = kazakh(project).units[1].target_line
    assert lines[6].startswith(f"locales/kk/releases/meeting.po:{line}: newly at fault (gate): ")
    assert lines[6].endswith("is forbidden for “ccbcd”; use “Үйлестіру кеңесі” [ccbcd]")
    assert tree(project.root) == before
    commit(project)
    assert run(project, "glossary", "impact")[0] == 0
    assert run(project, "glossary", "impact", "--since", "HEAD~1", "--lang", "ru")[0] == 0
    assert run(project, "glossary", "impact", "--since", "HEAD~1", "--lang", "kk")[0] == 1
    code, _, err = run(project, "glossary", "impact", "--since", "nothing")
    assert (code, "is no revision" in err) == (2, True)


def test_impact_as_data_has_every_unit_once(project: Project):
    git(project, "init", "-q")
    commit(project)
    write_glossary(project, FORBIDDEN)
    data = json.loads(run(project, "glossary", "impact", "--output-format", "json")[1])
    (change,) = data["changes"]
    assert (change["concept"], change["kind"]) == ("ccbcd", "changed")
    told = [(unit["effect"], unit["gate"], unit["language"]) for unit in data["units"]]
    assert told == [("new", True, "kk"), ("new", True, "kk")]
    lines = run(project, "glossary", "impact", "--output-format", "jsonl")[1].splitlines()
    assert [json.loads(line) for line in lines] == data["units"]


def test_impact_fits_a_screen_unless_everything_is_wanted(project: Project):
    body = "\n\n".join(f"The CCBCD met {number} times." for number in range(2, 40))
    write_release(project, "many", f"---\ntitle: t\n---\n\n{body}\n")
    sync(project)
    accept(project, {u.source: "КСОПН." for u in kazakh(project, "many").units}, "many")
    git(project, "init", "-q")
    commit(project)
    write_glossary(project, FORBIDDEN)
    short = run(project, "glossary", "impact")[1].splitlines()
    assert len(short) <= 24
    assert short[-1].startswith("… and ")
    assert len(run(project, "glossary", "impact", "--all")[1].splitlines()) > 40


@pytest.mark.parametrize(
    ("before", "after", "kind", "what"),
    [
        ("", GLOSSARY, "added", "en “CCBCD”; kk “Үйлестіру кеңесі”; ru “КСОПН”"),
        (GLOSSARY, "", "removed", "en “CCBCD”; kk “Үйлестіру кеңесі”; ru “КСОПН”"),
        (
            GLOSSARY,
            GLOSSARY.replace("ru = [", 'ru = [{ term = "совет", status = "admitted" }, '),
            "changed",
            "ru “совет” added as admitted",
        ),
        (
            GLOSSARY,
            GLOSSARY.replace("ru = [", 'ru = [{ term = "Совбез", status = "forbidden" }, '),
            "changed",
            "ru “Совбез” forbidden now",
        ),
        (
            FORBIDDEN,
            FORBIDDEN.replace(
                ', { term = "КСОПН", abbreviation = true, status = "forbidden" }', ""
            ),
            "changed",
            "kk “КСОПН” taken out (was forbidden)",
        ),
        (GLOSSARY, GLOSSARY.replace('"ccbcd"', '"ccbcd"\nnote = "x"'), "changed", "another note"),
    ],
)
def test_each_way_in_which_a_concept_changes_is_told(
    project: Project, before: str, after: str, kind: str, what: str
):
    git(project, "init", "-q")
    write_glossary(project, before)
    commit(project)
    write_glossary(project, after)
    (change,) = show_impact(project, ("kk",)).changes
    assert (change.concept, change.kind, change.what) == ("ccbcd", kind, what)


ACTIONS = ("forbid", "admit", "none", "accept", "mend", "forget", "sync")


@settings(max_examples=25)
@given(st.lists(st.sampled_from(ACTIONS), max_size=6))
def test_whatever_happens_sync_changes_no_target_and_twice_is_once(actions: Sequence[str]):
    with tempfile.TemporaryDirectory() as folder:
        project = newsroom(Path(folder))
        for action in (*actions, "sync"):
            act(project, action)


def act(project: Project, action: str) -> None:
    if action in ("forbid", "admit", "none"):
        write_glossary(project, {"forbid": FORBIDDEN, "admit": GLOSSARY, "none": ""}[action])
    elif action == "accept":
        accept(project)
    elif action == "mend":
        accept(project, {"The CCBCD met in Almaty.": "Үйлестіру кеңесі жиналды."})
    elif action == "forget":
        shutil.rmtree(project.root / ".workflow", ignore_errors=True)
    else:
        before = [(unit.key, unit.target) for unit in kazakh(project).units]
        sync(project)
        once = tree(project.root)
        sync(project)
        assert tree(project.root) == once
        assert [(unit.key, unit.target) for unit in kazakh(project).units] == before
