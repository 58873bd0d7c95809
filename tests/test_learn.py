"""What accepted translations teach the glossary: exactly the planted wording, and nothing else."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.newsrooms import make_newsroom, tree, write_release
from workflow.cli import workflow
from workflow.languages import language
from workflow.model import Unit
from workflow.pipeline.learn import learn_terms
from workflow.pipeline.sync import sync
from workflow.pipeline.waive import waive_issue
from workflow.stages.rewordings import rewordings
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.glossary import parse_glossary
from workflow.stores.project import Project
from workflow.terminology.citation import citation_of

GLOSSARY = """\
[[concept]]
id = "ccbcd"
[concept.terms]
en = [{ term = "CCBCD", abbreviation = true }]
ru = [{ term = "КСОПН", abbreviation = true }]
kk = [{ term = "Құзыретті органдар басшыларының кеңесі" }]
ky = [{ term = "Ыйгарым укуктуу органдардын жетекчилеринин кеңеши" }]

[[concept]]
id = "report"
[concept.terms]
en = ["report"]
ru = ["доклад", { term = "рапорт", status = "forbidden" }]
kk = ["баяндама"]
ky = ["баяндама"]
"""

PLANTED = {
    "The CCBCD met in Almaty.": (
        "Координационный совет наркоконтроля собрался в Алматы.",
        "Үйлестіру кеңесі Алматыда жиналды.",
        "Координация кеңеши Алматыда чогулду.",
    ),
    "Experts of the CCBCD spoke.": (
        "Выступили эксперты Координационного совета наркоконтроля.",
        "Үйлестіру кеңесінің сарапшылары сөйледі.",
        "Координация кеңешинин эксперттери сүйлөдү.",
    ),
    "A letter was sent to the CCBCD.": (
        "Письмо направлено Координационному совету наркоконтроля.",
        "Хат Үйлестіру кеңесіне жолданды.",
        "Кат Координация кеңешине жөнөтүлдү.",
    ),
    "Guests talked with the CCBCD for hours.": (
        "Гости часами беседовали с Координационным советом наркоконтроля.",
        "Қонақтар Үйлестіру кеңесімен сағаттап сұхбаттасты.",
        "Коноктор Координация кеңеши менен сааттап баарлашты.",
    ),
}
PLAIN = {
    f"{subject} {verb} {place}.": (
        f"{ru} {rv} {rp}.",
        f"{kk} {kp} {kv}.",
        f"{ky} {yp} {yv}.",
    )
    for subject, ru, kk, ky in (
        ("Guests", "Гости", "Қонақтар", "Коноктор"),
        ("Experts", "Эксперты", "Сарапшылар", "Эксперттер"),
        ("Students", "Студенты", "Студенттер", "Студенттер"),
    )
    for verb, rv, kv, yv in (
        ("spoke", "выступили", "сөйледі", "сүйлөдү"),
        ("met", "собрались", "жиналды", "чогулду"),
        ("worked", "работали", "жұмыс істеді", "иштеди"),
    )
    for place, rp, kp, yp in (
        ("in Almaty", "в Алматы", "Алматыда", "Алматыда"),
        ("in Bishkek", "в Бишкеке", "Бішкекте", "Бишкекте"),
    )
}
TAGS = ("ru", "kk", "ky")


def accept(project: Project, slug: str, texts: dict[str, tuple[str, ...]]) -> None:
    for place, tag in enumerate(TAGS):
        catalog = read_catalog(project.root, tag, slug)
        assert catalog is not None
        units = tuple(
            replace(u, target=texts[u.source][place] if u.source in texts else "—", fuzzy=False)
            for u in catalog.units
        )
        write_catalog(project.root, replace(catalog, units=units), source_language="en")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = make_newsroom(tmp_path, languages='["en", "ru", "kk", "ky"]')
    (tmp_path / "locales/glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    for slug, texts in (("council", PLANTED), ("plain", PLAIN)):
        write_release(project, slug, f"---\ntitle: {slug}\n---\n\n" + "\n\n".join(texts) + "\n")
    sync(project)
    accept(project, "council", PLANTED)
    accept(project, "plain", PLAIN)
    return project


def test_a_wording_used_again_and_again_is_proposed_in_its_citation_form(project: Project):
    report = learn_terms(project, TAGS, least=3)
    assert [(p.concept.id, p.language, p.term, len(p.evidence)) for p in report.proposals] == [
        ("ccbcd", "ru", "Координационный совет наркоконтроля", 4),
        ("ccbcd", "kk", "Үйлестіру кеңесі", 4),
        ("ccbcd", "ky", "Координация кеңеши", 4),
    ]
    assert all(one.target for p in report.proposals for one in p.evidence)


def test_what_is_seen_too_rarely_or_elsewhere_too_is_not_proposed(project: Project):
    assert learn_terms(project, TAGS, least=5).proposals == ()
    both = PLAIN | {
        source: (f"{ru[:-1]} у Координационного совета наркоконтроля.", kk, ky)
        for source, (ru, kk, ky) in PLAIN.items()
    }
    accept(project, "plain", both)
    assert [p.language for p in learn_terms(project, TAGS, least=3).proposals] == ["kk", "ky"]


def test_only_what_a_person_accepted_counts(project: Project):
    catalog = read_catalog(project.root, "ru", "council")
    assert catalog is not None
    fuzzy = tuple(replace(unit, fuzzy=True) for unit in catalog.units)
    write_catalog(project.root, replace(catalog, units=fuzzy), source_language="en")
    assert learn_terms(project, ("ru",), least=2).proposals == ()


def test_a_proposal_that_is_taken_is_not_made_again(project: Project):
    (proposal,) = json.loads(run(project, "--lang", "kk", "--output-format", "json")[1])[
        "proposals"
    ]
    args = ["--project", str(project.root), *shlex.split(proposal["command"])[1:]]
    assert CliRunner().invoke(workflow, args, standalone_mode=False).return_value == 0
    text = (project.root / "locales/glossary.toml").read_text(encoding="utf-8")
    assert proposal["toml"] in text
    assert run(project, "--lang", "kk")[1] == ""


def test_a_forbidden_term_that_people_let_stand_is_proposed_with_their_reasons(project: Project):
    texts = {
        f"{who} wrote a report.": (f"{ru} написал рапорт.", "—", "—")
        for who, ru in (("Saule", "Сауле"), ("Bakyt", "Бакыт"), ("Ivan", "Иван"))
    }
    write_release(project, "police", "---\ntitle: p\n---\n\n" + "\n\n".join(texts) + "\n")
    sync(project)
    accept(project, "police", texts)
    assert "рапорт" not in run(project, "--lang", "ru")[1]
    for unit in read_units(project):
        if "рапорт" in unit.target:
            place = f"locales/ru/releases/police.po:{unit.target_line}"
            waive_issue(project, place, "terms:report", reason="police term", who="A")
    report = learn_terms(project, ("ru",), least=3)
    (proposal,) = (p for p in report.proposals if p.concept.id == "report")
    assert (proposal.term, proposal.status, len(proposal.evidence)) == ("рапорт", "forbidden", 3)
    out = run(project, "--lang", "ru")[1]
    assert "report.ru: admit “рапорт”, now forbidden — 3 units, 3 waived" in out
    assert out.count(": police term)") == 3
    assert '{ term = "рапорт", status = "admitted" }' in out


def read_units(project: Project):
    catalog = read_catalog(project.root, "ru", "police")
    assert catalog is not None
    return catalog.units


def run(project: Project, *words: str) -> tuple[int, str, str]:
    args = ["--project", str(project.root), "glossary", "learn", *words]
    done = CliRunner().invoke(workflow, args, standalone_mode=False)
    return done.return_value, done.stdout, done.stderr


def test_the_command_shows_evidence_and_the_line_to_paste_and_writes_nothing(project: Project):
    before = tree(project.root)
    code, out, err = run(project, "--lang", "ky")
    assert (code, err) == (0, "1 proposal\n")
    assert "ccbcd.ky: admit “Координация кеңеши” — 4 units" in out
    assert "locales/ky/releases/council.po:" in out
    assert "  workflow glossary add ccbcd 'ky:admitted=Координация кеңеши'\n" in out
    lines = run(project, "--output-format", "jsonl")[1].splitlines()
    assert [json.loads(line)["language"] for line in lines] == ["ru", "kk", "ky"]
    assert run(project, "--output-format", "jsonl")[1].splitlines() == lines
    assert tree(project.root) == before


CALLED = {
    source: (ru, kk, f"КСОПН {number} жолу чогулду.")
    for number, source in enumerate(PLANTED, start=2)
    for ru, kk in (PLANTED[source][:2],)
}
SHORT = GLOSSARY.replace(
    'жетекчилеринин кеңеши" }', 'жетекчилеринин кеңеши" }, { term = "КСОПН", status = "admitted" }'
)


def correct(project: Project, glossary: str, instead: str) -> None:
    """Two commits: the council is called КСОПН in Kyrgyz, then ``instead``."""
    (project.root / "locales/glossary.toml").write_text(glossary, encoding="utf-8")
    git(project, "init", "-q")
    accept(project, "council", CALLED)
    commit(project, "Бакыт")
    texts = {s: (ru, kk, ky.replace("КСОПН", instead)) for s, (ru, kk, ky) in CALLED.items()}
    accept(project, "council", texts)
    commit(project, "Айгүл")


def commit(project: Project, who: str) -> None:
    git(project, "add", "-A")
    day = {"GIT_AUTHOR_DATE": "2026-02-03T10:00:00Z", "GIT_COMMITTER_DATE": "2026-02-03T10:00:00Z"}
    git(project, "-c", f"user.name={who}", "-c", "user.email=a@b", "commit", "-qm", "m", **day)


def git(project: Project, *words: str, **environment: str) -> None:
    command = ["git", "-C", str(project.root), *words]
    subprocess.run(command, check=True, env={**os.environ, **environment})


def test_what_translators_put_in_the_place_of_a_term_is_proposed_with_who_and_when(
    project: Project,
):
    correct(project, SHORT, "Координация кеңеши")
    out = run(project, "--lang", "ky")[1]
    told = "admit “Координация кеңеши” — 4 units, 4 corrected from “КСОПН”"
    assert out.splitlines()[0] == f"ccbcd.ky: {told}"
    assert out.count("(Айгүл, 2026-02-03)") == 4
    assert "workflow glossary add ccbcd 'ky:admitted=Координация кеңеши'" in out
    assert run(project, "--lang", "ky", "--min", "5")[1] == ""


def test_a_term_in_whose_place_translators_put_another_is_proposed_to_be_deprecated(
    project: Project,
):
    council = "Ыйгарым укуктуу органдардын жетекчилеринин кеңеши"
    correct(project, SHORT, council)
    (proposal,) = learn_terms(project, ("ky",), least=3).proposals
    assert (proposal.term, proposal.wish, proposal.status) == ("КСОПН", "deprecated", "admitted")
    out = run(project, "--lang", "ky")[1]
    assert '{ term = "КСОПН", status = "deprecated" }' in out
    forbidden = SHORT.replace('"КСОПН", status = "admitted"', '"КСОПН", status = "forbidden"')
    (project.root / "locales/glossary.toml").write_text(forbidden, encoding="utf-8")
    assert learn_terms(project, ("ky",), least=3).proposals == ()


def test_a_rewording_that_was_taken_back_teaches_nothing(project: Project):
    correct(project, SHORT, "Координация кеңеши")
    accept(project, "council", CALLED)
    commit(project, "Бакыт")
    assert learn_terms(project, ("ky",), least=2).proposals == ()


def test_the_target_kept_from_before_an_edit_counts_as_what_was_corrected(project: Project):
    (project.root / "locales/glossary.toml").write_text(SHORT, encoding="utf-8")
    catalog = read_catalog(project.root, "ky", "council")
    assert catalog is not None
    units = tuple(
        replace(
            unit,
            target=CALLED[unit.source][2].replace("КСОПН", "Координация кеңеши"),
            comments=(f"earlier: {CALLED[unit.source][2]}",),
        )
        if unit.source in CALLED
        else unit
        for unit in catalog.units
    )
    write_catalog(project.root, replace(catalog, units=units), source_language="en")
    (proposal,) = learn_terms(project, ("ky",), least=3).proposals
    assert proposal.term == "Координация кеңеши"
    assert {one.before for one in proposal.evidence} == {"КСОПН"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("КСОПН чогулду.", "Координация кеңеши чогулду.", ["Координация кеңеши"]),
        ("Бүгүн КСОПН чогулду.", "Бүгүн ал чогулду.", ["ал"]),
        ("КСОПН чогулду.", "КСОПН кечээ чогулду.", []),
        ("КСОПН чогулду.", "КСОПНдун өкүлү чогулду.", []),
        ("КСОПН бүгүн чогулду.", "Жыйынга келгендер баарлашты.", []),
        ("КСОПН чогулду.", "чогулду.", []),
    ],
)
def test_only_words_that_certainly_took_the_place_of_a_term_are_a_rewording(
    old: str, new: str, expected: list[str]
):
    concepts = parse_glossary(SHORT, ("en", "ru", "kk", "ky"))
    unit = Unit(key="k", source="The CCBCD met.", target=new)
    rules = {"source": language("en"), "target": language("ky"), "path": "p"}
    found = list(rewordings(old, unit, concepts, **rules))
    assert [" ".join(one.after) for one in found] == expected
    assert not list(rewordings(old, replace(unit, fuzzy=True), concepts, **rules))
    assert not list(rewordings(old, replace(unit, source="They met."), concepts, **rules))


@pytest.mark.parametrize(
    ("tag", "forms", "term"),
    [
        ("ru", ["Координационного совета наркоконтроля"], "Координационный совет наркоконтроля"),
        ("ru", ["группы экспертов"], "группа экспертов"),
        ("ru", ["операцией", "операции"], "операция"),
        ("kk", ["Үйлестіру кеңесінің", "Үйлестіру кеңесіне"], "Үйлестіру кеңесі"),
        ("ky", ["координация кеңешинин", "координация кеңешине"], "координация кеңеши"),
    ],
)
def test_forms_as_they_stand_in_texts_give_the_citation_form(tag: str, forms: list[str], term: str):
    found, covered = citation_of([tuple(form.split()) for form in forms], language(tag))
    assert " ".join(found) == term
    assert len(covered) == len(forms)
