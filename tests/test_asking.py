"""Engines in the work: in their order, within reach and budget, judged, kept, and never in doubt."""

import datetime as dt
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.newsrooms import NOW, RELEASE, make_newsroom, tree, write_release
from tests.services import Service, running
from workflow.cli import workflow
from workflow.engines import _reach
from workflow.pipeline.pretranslate import PretranslateReport, pretranslate, session
from workflow.pipeline.sync import sync
from workflow.plugins import Reach
from workflow.settings import Budget
from workflow.stores.answers import open_answers
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project, open_project

SENTENCES = {
    "The council met": "Совет собрался",
    "The council met in Bishkek on 25 July 2024.": "Совет собрался в Бишкеке 25 июля 2024 года.",
    "It heard 12,100 reports.": "Он заслушал 12 100 докладов.",
    "first item": "первый пункт",
    "second item": "второй пункт",
}
LONG = RELEASE.replace(
    "- first item\n- second item\n",
    "".join(f"- item number {n} of the list\n" for n in range(60)),
)
GLOSSARY = """
[[concept]]
id = "bishkek"
[concept.terms]
en = [{ term = "Bishkek", pos = "proper noun" }]
ru = [{ term = "Бишкек", pos = "proper noun" }]

[[concept]]
id = "council"
[concept.terms]
en = ["council"]
ru = ["совет"]
"""


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("workflow.pipeline.sending._PAUSE", 0.001)


def newsroom(
    root: Path, *services: tuple[str, Service], more: str = "", text: str = RELEASE
) -> Project:
    names = ", ".join(f'"{name}"' for name, _ in services)
    tables = "".join(
        f'[engines.{name}]\nendpoint = "{s.url}{at(name)}"\nmodel = "m"\n' for name, s in services
    )
    project = make_newsroom(root, settings=f"[engine]\norder = [{names}]\n{more}\n{tables}")
    write_release(project, text=text)
    sync(project)
    return project


def at(name: str) -> str:
    return {"openai": "/v1"}.get(name, "")


def run(project: Project, tag: str = "ru", **options: object) -> PretranslateReport:
    with session(project, **{"now": NOW, **options}) as one:
        return pretranslate(project, tag, one)


def targets(root: Path, tag: str = "ru", slug: str = "council-met") -> dict[str, str]:
    catalog = read_catalog(root, tag, slug)
    assert catalog is not None
    return {unit.source: unit.target for unit in catalog.units}


def well(text: str) -> str:
    return SENTENCES[text]


def spoiled(**changes: str) -> Callable[[str], str]:
    return lambda text: next((said for part, said in changes.items() if part in text), well(text))


def test_what_memory_lacks_an_engine_drafts_and_says_so(tmp_path: Path):
    with running(well) as service:
        report = run(newsroom(tmp_path, ("libre", service)))
    assert (report.engine, report.left, report.empty) == (5, 0, ())
    assert targets(tmp_path) == SENTENCES
    catalog = read_catalog(tmp_path, "ru", "council-met")
    assert catalog is not None
    assert all(unit.fuzzy for unit in catalog.units)
    assert {unit.comments for unit in catalog.units} == {
        ("pretranslated: engine libre m; nobody has read it",)
    }


def test_a_second_run_sends_nothing_and_writes_nothing(tmp_path: Path):
    with running(spoiled(first="first item of 7")) as service:
        project = newsroom(tmp_path, ("libre", service))
        run(project)
        asked, before = list(service.asked), tree(tmp_path)
        report = run(project)
        assert service.asked == asked
        assert tree(tmp_path) == before
        assert report.left == 1
        run(project, fresh=True)
        assert service.asked == [*asked, "first item"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Он заслушал 12 300 докладов.", "12,100"),
        ("It heard 12,100 reports.", "unchanged"),
        ("Он", "too short"),
        ("Он заслушал 12 100 докладов. " * 5, "as long"),
        ("Он заслушал, заслушал, заслушал, заслушал 12 100 докладов.", "again and again"),
        ("Ол 12 100 баяндаманы тыңдады және талқылады.", "no letter"),
        ("He has heard all of the 12 100.", "it is not in"),
        ("Совет за это время заслушал 12 100 reports of the members.", "still in English"),
        ("Вот перевод: он заслушал 12 100 докладов.", "speaks of itself"),
        ("   ", ""),
    ],
)
def test_an_answer_that_is_wrong_is_not_shown_and_the_next_engine_is_asked(
    tmp_path: Path, said: str, why: str
):
    with running(spoiled(heard=said)) as bad, running(well) as good:
        project = newsroom(tmp_path, ("libre", bad), ("openai", good))
        alone = replace(project, settings=replace(project.settings, engines=("libre",)))
        report = run(alone)
        assert report.left == 1
        assert targets(tmp_path)["It heard 12,100 reports."] == ""
        assert (why in report.empty[0]) if report.empty else why == ""
        assert run(project).left == 0
    assert targets(tmp_path) == SENTENCES
    assert good.asked == ["It heard 12,100 reports."]


def test_names_and_codes_travel_as_tokens_and_come_back_in_their_places(tmp_path: Path):
    text = RELEASE.replace("The council met in Bishkek", "The **council** met in Bishkek")
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/glossary.toml").write_text(GLOSSARY, encoding="utf-8")

    def machine(text: str) -> str:
        return {
            "The [X0]council[X1] met in [X2] on 25 July 2024.": "[X0]Совет[X1] собрался: [ X2 ], 25 июля 2024 года."
        }.get(text) or well(text)

    with running(machine) as service:
        run(newsroom(tmp_path, ("libre", service), text=text))
    found = targets(tmp_path)["The <b>council</b> met in Bishkek on 25 July 2024."]
    assert found == "<b>Совет</b> собрался: Бишкек, 25 июля 2024 года."


@pytest.mark.parametrize("lost", ["", "[X0] [X0]", "[X7]", "[X0] [X1]"])
def test_where_a_name_s_token_is_lost_or_doubled_the_name_goes_bare(tmp_path: Path, lost: str):
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    answers = dict(SENTENCES)
    answers["The council met in [X0] on 25 July 2024."] = (
        f"Совет собрался в {lost} 25 июля 2024 года."
    )
    with running(answers.__getitem__) as service:
        report = run(newsroom(tmp_path, ("libre", service)))
    assert report.left == 0
    assert targets(tmp_path) == SENTENCES


def test_where_a_code_s_token_is_lost_the_unit_stays_empty_with_the_reason(tmp_path: Path):
    text = RELEASE.replace("- first item", "- **first** item")
    with running(lambda text: SENTENCES.get(text, "первый пункт")) as service:
        report = run(newsroom(tmp_path, ("libre", service), text=text))
    assert targets(tmp_path)["<b>first</b> item"] == ""
    (line,) = report.empty
    assert line.startswith("locales/ru/releases/council-met.po:")
    assert line.endswith("left empty: libre: it lost what must not change")


def test_terms_that_inflect_go_free_and_a_missing_one_is_named_in_the_comment(tmp_path: Path):
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    answers = {
        **{
            k.replace("Bishkek", "[X0]"): v.replace("Бишкеке", "[X0]") for k, v in SENTENCES.items()
        },
        "The council met": "Заседание прошло",
    }
    with running(answers.__getitem__) as service:
        run(newsroom(tmp_path, ("openai", service)))
    catalog = read_catalog(tmp_path, "ru", "council-met")
    assert catalog is not None
    said = {unit.source: unit.comments[0] for unit in catalog.units}
    assert "council" in said["The council met"]
    assert "nobody has read it" in said["The council met"]
    assert '"council": "совет"' in service.bodies[0]["messages"][1]["content"]


OFFERED = """
[[concept]]
id = "state"
[concept.terms]
en = ["republic"]
ru = ["Кыргызстан", { term = "Киргизия", status = "forbidden" }]

[[concept]]
id = "council"
[concept.terms]
en = ["council"]
ru = ["совет", { term = "комитет", status = "deprecated" }]
"""


def test_a_term_in_a_wrong_word_is_offered_in_the_form_that_its_place_needs(tmp_path: Path):
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/glossary.toml").write_text(OFFERED, encoding="utf-8")
    text = RELEASE.replace("first item", "help for the republic").replace(
        "second item", "a letter to the council"
    )
    answers = SENTENCES | {
        "help for the republic": "помощь для Киргизии",
        "a letter to the council": "письмо комитету",
    }
    with running(answers.__getitem__) as service:
        assert run(newsroom(tmp_path, ("libre", service), text=text)).left == 0
    catalog = read_catalog(tmp_path, "ru", "council-met")
    assert catalog is not None
    units = {unit.source: unit for unit in catalog.units}
    state, council = units["help for the republic"], units["a letter to the council"]
    assert (state.target, state.fuzzy) == ("помощь для Киргизии", True)
    assert "“Киргизии” is forbidden for “state”" in state.comments[0]
    assert "offered: “Кыргызстана”" in state.comments[0]
    assert "offered: “совету”" in council.comments[0]


def test_what_a_person_writes_while_an_engine_thinks_stays_as_it_is(tmp_path: Path):
    def machine(text: str) -> str:
        if text == "second item":
            accept(tmp_path, "ru", first="пункт, который написал человек")
        return well(text)

    with running(machine) as service:
        report = run(newsroom(tmp_path, ("libre", service)))
    assert targets(tmp_path) == {**SENTENCES, "first item": "пункт, который написал человек"}
    catalog = read_catalog(tmp_path, "ru", "council-met")
    assert catalog is not None
    (written,) = [unit for unit in catalog.units if unit.source == "first item"]
    assert (written.fuzzy, written.comments) == (False, ())
    assert report.faults == ()


def test_equal_texts_are_sent_once(tmp_path: Path):
    text = RELEASE.replace("- second item", "- first item")
    with running(well) as service:
        report = run(newsroom(tmp_path, ("libre", service), text=text))
    assert report.left == 0
    assert len(service.asked) == len(set(service.asked)) == 4


def test_a_service_that_recovers_is_asked_again_and_one_that_does_not_is_out(tmp_path: Path):
    with running(well, "broken", fail_first=2) as service:
        assert run(newsroom(tmp_path, ("libre", service))).left == 0
    with running(well, "busy") as service:
        report = run(newsroom(tmp_path / "other", ("libre", service)))
        assert report.left == 5
        assert report.remarks == ("libre: asks for patience (429); the rest stays empty",)
        assert len(service.addresses) == 3


def test_one_text_that_a_service_cannot_bear_spoils_no_other(tmp_path: Path):
    def machine(text: str) -> str:
        if text == "first item":
            raise ValueError("bad text")
        return well(text)

    with running(machine) as service:
        report = run(newsroom(tmp_path, ("libre", service)))
    assert report.left == 1
    assert targets(tmp_path) == {**SENTENCES, "first item": ""}


@pytest.mark.parametrize(
    "budget",
    [
        {"per_run": Budget(characters=70)},
        {"per_day": Budget(characters=70)},
        {"per_run": Budget(requests=3)},
        {"per_run": Budget(cost=0.07)},
    ],
)
def test_a_budget_is_looked_at_before_anything_is_sent(tmp_path: Path, budget, monkeypatch):
    monkeypatch.setattr("workflow.engines.libre._TRAITS", None)
    with running(well) as service:
        project = newsroom(tmp_path, ("libre", service))
        services = {"libre": replace(project.settings.services["libre"], price=1000.0)}
        from workflow.engines.libre import ENGINE

        one_by_one = replace(ENGINE, traits=replace(ENGINE.traits, at_once=1))
        monkeypatch.setattr("workflow.engines.libre.ENGINE", one_by_one)
        poor = replace(project, settings=replace(project.settings, services=services, **budget))
        report = run(poor)
        sent = len(service.asked)
        assert 0 < sent < 5
        assert (
            sent == 3
            if budget == {"per_run": Budget(requests=3)}
            else sent_characters(service) <= 70
        )
        assert report.left == 5 - sent
        assert "is reached" in report.remarks[0]
        run(poor)
        assert len(service.asked) == (sent if "per_day" in budget else len(service.asked))
        run(poor, now=NOW + dt.timedelta(days=1))
        assert len(service.asked) > sent


def test_a_dry_run_says_which_budget_is_too_small(tmp_path: Path):
    with running(well) as service:
        budgets = "per_run = { requests = 1, characters = 70 }\nper_day = { characters = 900 }"
        newsroom(tmp_path, ("libre", service), more=budgets)
        said = invoke(tmp_path, "pretranslate", "--lang", "ru", "--dry-run").stderr
    assert said.endswith("[engine] per_run has no room for all of it\n")
    assert "per_day" not in said
    assert service.asked == []


def sent_characters(service: Service) -> int:
    return sum(map(len, service.asked))


def test_a_dry_run_says_what_would_be_sent_where_and_sends_nothing(tmp_path: Path):
    with running(well) as service:
        project = newsroom(tmp_path, ("libre", service))
        services = {"libre": replace(project.settings.services["libre"], price=100.0)}
        project = replace(project, settings=replace(project.settings, services=services))
        before = tree(tmp_path)
        report = run(project, dry_run=True)
    assert service.asked == []
    assert tree(tmp_path) == before
    (plan,) = report.planned
    characters = sum(map(len, SENTENCES))
    assert (plan.engine, plan.texts, plan.characters) == ("libre", 5, characters)
    assert plan.cost == pytest.approx(characters / 10_000)
    assert plan.keeps_data is False


@pytest.mark.parametrize("reach", Reach)
def test_a_dry_run_says_whether_whoever_is_asked_may_keep_the_texts(
    tmp_path: Path, reach: Reach, monkeypatch: pytest.MonkeyPatch
):
    with running(well) as service:
        newsroom(tmp_path, ("openai", service), more='third_parties = ["openai"]')
        monkeypatch.setattr("workflow.engines.openai.reach_of", lambda _url: reach)
        said = invoke(tmp_path, "pretranslate", "--lang", "ru", "--dry-run").stderr
    assert service.asked == []
    characters = sum(map(len, SENTENCES))
    plan = f"would send to openai: 5 texts, {characters} characters"
    assert plan in said
    assert (f"{plan}; it may keep them" in said) == (reach > Reach.LOCAL)


SECRETS = {
    "confidential": "confidential: true",
    "embargo": "embargo: 2026-03-01T12:00:01+00:00",
    "unreadable embargo": "embargo: 2026-03-01T00:00:00",
    "withheld": "status: withheld",
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_a_secret_release_opens_no_connection_whatever_is_allowed(
    tmp_path: Path, secret: str, monkeypatch: pytest.MonkeyPatch
):
    """Not even for the engine's own questions, and not when the service is in the house."""
    pytest.importorskip("deep_translator")
    settings = (
        '[engine]\norder = ["deepl", "openai", "google", "libre", "microsoft", "mymemory"]\n'
        'third_parties = ["deepl", "openai", "google", "libre", "microsoft", "mymemory"]\n'
        '[engines.deepl]\nkey_variable = "K"\n[engines.microsoft]\nkey_variable = "K"\n'
        '[engines.openai]\nendpoint = "http://10.1.2.3/v1"\nmodel = "m"\n'
        '[engines.libre]\nendpoint = "http://10.1.2.3"\n'
    )
    monkeypatch.setenv("K", "key")
    project = make_newsroom(tmp_path, settings=settings)
    try:
        write_release(project, text=RELEASE.replace("section: news", secret))
        sync(project)
    except Exception:  # an embargo without a zone is refused when it is read
        pytest.skip("such a release is not read at all")
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, place: opened.append(place))
    monkeypatch.setattr(
        _reach.socket, "getaddrinfo", lambda host, *_a, **_o: [(2, 1, 6, "", (numeric(host), 80))]
    )
    report = run(project)
    assert opened == []
    assert report.engine == 0
    if report.left:
        assert all("stays on this machine" in line for line in report.empty)
        with open_answers(tmp_path) as answers:
            refused = answers.refusals()
        assert len(refused) == 6
        assert not any("council met in" in str(row) for row in refused)


def numeric(host: str) -> str:
    return host if host[0].isdigit() else "93.184.216.34"


def test_an_embargo_that_is_over_is_no_secret_and_a_local_engine_may_see_one(tmp_path: Path):
    text = RELEASE.replace("section: news", "embargo: 2026-03-01T12:00:01+00:00")
    with running(well) as service:
        project = newsroom(tmp_path, ("libre", service), text=text)
        assert run(project).engine == 5
    with running(well) as service:
        project = newsroom(tmp_path / "b", ("libre", service), text=text)
        from workflow.engines import libre

        libre_reach = libre.reach_of
        try:
            libre.reach_of = lambda _url: Reach.PRIVATE
            assert run(project).engine == 0
            assert run(project, now=NOW + dt.timedelta(seconds=2)).engine == 5
        finally:
            libre.reach_of = libre_reach


def test_a_third_party_is_asked_only_when_it_is_allowed_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("workflow.engines.libre.reach_of", lambda _url: Reach.THIRD_PARTY)
    with running(well) as service:
        project = newsroom(tmp_path, ("libre", service))
        report = run(project)
        assert service.asked == []
        assert 'allow it: [engine] third_parties = ["libre"]' in report.remarks[0]
        other = replace(project, settings=replace(project.settings, third_parties=("google",)))
        assert run(other).engine == 0
        allowed = replace(project, settings=replace(project.settings, third_parties=("libre",)))
        assert run(allowed).engine == 5


def accept(root: Path, tag: str, **said: str) -> None:
    catalog = read_catalog(root, tag, "council-met")
    assert catalog is not None
    units = tuple(
        replace(u, target=said.get(u.source.split()[0].lower(), u.target)) for u in catalog.units
    )
    write_catalog(root, replace(catalog, units=units), source_language="en")


def test_kyrgyz_comes_by_way_of_accepted_kazakh(tmp_path: Path):
    settings = '[engine]\npairs = { en-ky = ["libre"] }\n[engines.libre]\npivot = "kk"\n'
    kazakh = "Кеңес Бішкекте 2024 жылғы 25 шілдеде жиналды."
    kyrgyz = "Кеңеш Бишкекте 2024-жылдын 25-июлунда чогулду."
    with running({kazakh: kyrgyz}.__getitem__) as service:
        project = make_newsroom(
            tmp_path,
            settings=settings + f'endpoint = "{service.url}"\n',
            languages='["en", "kk", "ky"]',
        )
        write_release(project)
        sync(project)
        catalog = read_catalog(tmp_path, "kk", "council-met")
        assert catalog is not None
        units = tuple(
            replace(u, target=kazakh if "in Bishkek" in u.source else "") for u in catalog.units
        )
        write_catalog(tmp_path, replace(catalog, units=units), source_language="en")
        report = run(project, "ky")
    assert service.asked == [kazakh]
    assert service.bodies[0]["source"] == "kk"
    assert targets(tmp_path, "ky")["The council met in Bishkek on 25 July 2024."] == kyrgyz
    assert report.left == 4


def test_a_model_is_told_what_was_accepted_in_another_language(tmp_path: Path):
    with running(lambda _text: "Кеңеш чогулду") as service:
        project = make_newsroom(
            tmp_path,
            settings='[engine]\norder = ["openai"]\n[engines.openai]\nmodel = "m"\n'
            f'endpoint = "{service.url}/v1"\n',
            languages='["en", "ru", "ky"]',
        )
        write_release(project)
        sync(project)
        accept(tmp_path, "ru", the="Совет собрался", first="первый пункт")
        run(project, "ky")
    asked = "".join(body["messages"][1]["content"] for body in service.bodies)
    assert '"also": {"ru": "первый пункт"}' in asked


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path):
    answers = Russian()
    with running(answers, slow=0.05) as service:
        project = newsroom(tmp_path, ("openai", service), text=LONG)
        command = russian(tmp_path)
        process = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ})
        wait_for(lambda: len(service.asked) > 20)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        time.sleep(0.5)  # what was under way on the server's side ends there
        kept = stored(tmp_path)
        first = list(service.asked)
        assert 0 < len(kept) < 63
        report = run(project)
    again = service.asked[len(first) :]
    assert report.left == 0
    # What was kept is not asked for again; what was under way when it was killed may be.
    assert len(again) == 63 - len(kept)


def russian(root: Path) -> list[str]:
    """The command line that drafts the Russian of a newsroom."""
    command = [sys.executable, "-m", "workflow", "--project", str(root)]
    return [*command, "pretranslate", "--lang", "ru"]


class Russian:
    """Turns the texts of a long list into Russian."""

    def __call__(self, text: str) -> str:
        number = text.split()[2] if text.startswith("item") else ""
        return f"пункт номер {number} из списка" if number else well(text)


def stored(root: Path) -> list[str]:
    with sqlite3.connect(root / ".workflow/answers.sqlite") as store:
        return [row[0] for row in store.execute("select target from answer")]


def wait_for(is_true: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not is_true():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_ctrl_c_keeps_what_was_answered(tmp_path: Path):
    with running(Russian(), slow=0.05) as service:
        newsroom(tmp_path, ("openai", service), text=LONG)
        command = russian(tmp_path)
        process = subprocess.Popen(command, stderr=subprocess.PIPE)
        wait_for(lambda: len(service.asked) > 20)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.decode().strip() == "interrupted"
    assert stored(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"nothing of the kind", b"SQLite format 3\0" + b"x" * 200])
def test_a_store_that_cannot_be_read_is_made_anew(tmp_path: Path, damage: bytes):
    with running(well) as service:
        project = newsroom(tmp_path, ("libre", service))
        (tmp_path / ".workflow").mkdir(exist_ok=True)
        (tmp_path / ".workflow/answers.sqlite").write_bytes(damage)
        assert run(project).engine == 5


def test_without_a_place_to_keep_them_answers_serve_this_run(tmp_path: Path):
    with running(well) as service:
        project = newsroom(tmp_path, ("libre", service))
        (tmp_path / ".workflow/answers.sqlite").mkdir(parents=True)
        assert run(project).engine == 5


def test_the_engines_are_listed_with_how_far_a_text_goes_and_what_is_missing(tmp_path: Path):
    settings = (
        '[engine]\norder = ["deepl", "libre"]\npairs = { kk-ky = ["apertium"] }\n'
        'third_parties = ["google"]\n[engines.libre]\nendpoint = "http://127.0.0.1:9"\n'
        '[engines.deepl]\nendpoint = "http://93.184.216.34"\nprice = 20\n'
        '[engines.google]\nendpoint = "http://93.184.216.34"\n'
    )
    make_newsroom(tmp_path, settings=settings, languages='["en", "ru", "kk"]')
    lines = invoke(tmp_path, "engines").stdout.splitlines()
    names = [line.split()[0] for line in lines if line[0] != " "]
    assert names[:3] == ["deepl", "libre", "apertium"]
    assert {"google", "openai", "fxtranslate", "pseudo"} < set(names)
    assert [line.strip() for line in lines[:6]] == [
        "deepl       no. 1 in the order; a third party, not allowed ([engine] third_parties); "
        "may keep the texts",
        "up to 5000 characters a text; 40 texts a request; 2 requests at once; is told the terms; "
        "20 a million characters",
        "ru, kk: no key: [engines.deepl] key_variable names its variable",
        "libre       no. 2 in the order; on this machine; keeps no texts",
        "up to 2000 characters a text; 20 texts a request",
        "ru, kk: ready",
    ]
    assert "for kk-ky; on this machine; keeps no texts" in lines[6]
    assert any("not in the order; a third party, allowed; may keep" in line for line in lines)
    data = json.loads(invoke(tmp_path, "engines", "--output-format", "json").stdout)
    assert data["engines"][1]["reach"] == "local"
    assert data["engines"][1]["missing"] == {"ru": "", "kk": ""}
    assert data["engines"][0]["traits"]["keeps_data"] is True


def test_what_was_not_sent_is_listed_without_a_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("workflow.engines.libre.reach_of", lambda _url: Reach.THIRD_PARTY)
    with running(well) as service:
        project = newsroom(tmp_path, ("libre", service))
        run(project, dry_run=True)
        assert invoke(tmp_path, "engines", "--refusals").stdout == ""
        run(project)
        run(project, now=NOW + dt.timedelta(days=1))
    size = f"5 texts, {sum(map(len, SENTENCES))} characters: a third party"
    listed = [f"2026-03-0{day} libre council-met: {size}" for day in (2, 1)]
    assert invoke(tmp_path, "engines", "--refusals").stdout.splitlines() == listed
    assert "2 times texts were not sent" in invoke(tmp_path, "engines").stderr
    refused = json.loads(invoke(tmp_path, "engines", "--output-format", "json").stdout)["refusals"]
    assert refused[0]["release"] == "council-met"


def invoke(root: Path, *words: str) -> Result:
    return CliRunner().invoke(workflow, ["--project", str(root), *words], standalone_mode=False)


def test_the_command_tells_what_stays_empty_and_why(tmp_path: Path):
    with running(spoiled(heard="Он заслушал 12 300 докладов.")) as service:
        newsroom(tmp_path, ("libre", service))
        command = russian(tmp_path)
        dry = subprocess.run([*command, "--dry-run"], capture_output=True, text=True, check=True)
        assert "would send to libre: 5 texts, 103 characters" in dry.stderr
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "locales/ru/releases/council-met.po\n"
    assert "left empty: libre: " in done.stderr
    assert "ru: 0 from memory, 4 from an engine, 1 still empty" in done.stderr
    assert open_project(tmp_path).settings.engines == ("libre",)


@pytest.fixture
def keyring() -> Iterator[object]:
    found = pytest.importorskip("keyring")
    before = found.get_keyring()
    yield found
    found.set_keyring(before)


def test_a_key_may_come_from_a_keyring(keyring, monkeypatch: pytest.MonkeyPatch):
    from keyring.backend import KeyringBackend

    from workflow.pipeline.session import engine_options
    from workflow.settings import parse_settings

    class Held(KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return {("workflow", "deepl"): "held"}.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

    keyring.set_keyring(Held())
    settings = parse_settings('[engines.deepl]\nkey_variable = "DEEPL_KEY"\n')
    monkeypatch.delenv("DEEPL_KEY", raising=False)
    assert engine_options(settings, "deepl").key == "held"
    monkeypatch.setenv("DEEPL_KEY", "said")
    assert engine_options(settings, "deepl").key == "said"
