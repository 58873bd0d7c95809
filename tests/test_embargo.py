"""Embargo: nothing of a release is anywhere before its time, and a time nobody can read never comes."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.newsrooms import NOW, RELEASE, make_newsroom, translate, write_release
from tests.test_cli import run as command
from workflow.dates.moments import is_ahead, parse_moment
from workflow.errors import SourceError, UsageError
from workflow.pipeline.orders import Order, PublishReport
from workflow.pipeline.publish import publish
from workflow.pipeline.status import status
from workflow.pipeline.sync import sync
from workflow.stores.project import Project
from workflow.stores.site import read_manifest
from workflow.stores.sources import parse_source

PAGE = "en/news/2024/council-met/index.html"
URL = 'site_url = "https://e.org/press"\n'


def run(project: Project, **options: object) -> PublishReport:
    order = Order(tags=project.settings.languages, now=NOW)
    return publish(project, replace(order, **options))  # type: ignore[arg-type]


def under(when: str, text: str = RELEASE) -> str:
    return text.replace("section: news", f"section: news\nembargo: {when}")


def ready(
    root: Path, text: str, settings: str = URL, *, languages: str = '["en", "ru"]'
) -> Project:
    project = make_newsroom(root, settings=settings, languages=languages)
    write_release(project, text=text)
    sync(project)
    for tag in project.settings.languages:
        if tag != "en":
            translate(project, tag=tag)
    return project


def is_online(project: Project, path: str = PAGE) -> bool:
    return (project.root / "site/current" / path).is_file()


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


# Moments


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-01T10:00+06:00", "2026-03-01T04:00Z"),
        ("2026-03-01 10:00+06:00", "2026-03-01T04:00Z"),
        ("2026-03-01T10:00:30.5+06:00", "2026-03-01T04:00:30.5Z"),
        ("20260301T100000+0600", "2026-03-01T04:00Z"),
        ("2026-03-01T10+06:00", "2026-03-01T04:00Z"),
        ("2026-W09-7T10:00+06:00", "2026-03-01T04:00Z"),
        ("2026-03-01T10:00Z", "2026-03-01T10:00Z"),
        ("2026-03-01T10:00 UTC", "2026-03-01T10:00Z"),
        ("2026-03-01 10:00 GMT", "2026-03-01T10:00Z"),
        ("2026-03-01T10:00-03:30", "2026-03-01T13:30Z"),
        ("2026-03-01T00:30+14:00", "2026-02-28T10:30Z"),
        # Bishkek: UTC+6. Almaty: UTC+6 to the end of February 2024, UTC+5 since.
        ("2026-03-01T10:00 Asia/Bishkek", "2026-03-01T04:00Z"),
        ("2026-03-01T10:00[Asia/Bishkek]", "2026-03-01T04:00Z"),
        ("2026-03-01T10:00+06:00[Asia/Bishkek]", "2026-03-01T04:00Z"),
        ("2026-03-01T10:00 Asia/Almaty", "2026-03-01T05:00Z"),
        ("2026-03-01T10:00+05:00[Asia/Almaty]", "2026-03-01T05:00Z"),
        ("2024-02-29T10:00 Asia/Almaty", "2024-02-29T04:00Z"),
        ("2024-03-01T10:00 Asia/Almaty", "2024-03-01T05:00Z"),
        # That night clocks in Almaty went from 24:00 back to 23:00: the hour came twice.
        ("2024-02-29T23:30 Asia/Almaty", "2024-02-29T18:30Z"),
        ("2024-02-29T23:30+06:00[Asia/Almaty]", "2024-02-29T17:30Z"),
        ("2024-02-29T23:30+05:00[Asia/Almaty]", "2024-02-29T18:30Z"),
        ("2028-02-29T10:00 Asia/Bishkek", "2028-02-29T04:00Z"),
        # Central Europe puts its clocks back on 25 October 2026, at three.
        ("2026-10-25T02:30 Europe/Berlin", "2026-10-25T01:30Z"),
        ("2026-10-25T02:30+02:00[Europe/Berlin]", "2026-10-25T00:30Z"),
        ("2026-10-25T01:59 Europe/Berlin", "2026-10-24T23:59Z"),
        ("2026-10-25T03:00 Europe/Berlin", "2026-10-25T02:00Z"),
        ("2026-07-01T10:00 America/Argentina/Buenos_Aires", "2026-07-01T13:00Z"),
        ("  2026-03-01T10:00   Asia/Bishkek ", "2026-03-01T04:00Z"),
    ],
)  # fmt: skip
def test_a_moment_is_read_with_its_zone(written: str, moment: str):
    assert parse_moment(written) == utc(moment)
    assert is_ahead(written, utc(moment) - dt.timedelta(seconds=1))
    assert not is_ahead(written, utc(moment))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "not a moment"),
        ("2026-03-01T10:00", "no time zone"),
        ("2026-03-01 10:00", "no time zone"),
        ("2026-03-01", "not a moment"),
        ("2026-03-01 Asia/Bishkek", "not a moment"),
        ("2026-03-01+06:00", "not a moment"),
        ("10:00+06:00", "not a moment"),
        ("1 March 2026, 10:00 +06:00", "not a moment"),
        ("01.03.2026 10:00+06:00", "not a moment"),
        ("2026-02-29T10:00+06:00", "not a moment"),
        ("2026-13-01T10:00+06:00", "not a moment"),
        ("2026-03-01T25:00+06:00", "not a moment"),
        ("2026-03-01T10:00+25:00", "not a moment"),
        ("0001-01-01T00:00+06:00", "not a moment"),
        ("9999-12-31T23:59-06:00", "not a moment"),
        ("2026-03-01T10:00 MSK", "not a moment"),
        ("2026-03-01T10:00 Asia/Bishkeek", "no time zone that is known"),
        ("2026-03-01T10:00[../../etc/passwd]", "not a moment"),
        ("2026-03-01T10:00[Asia]", "no time zone that is known"),
        ("2026-03-01T10:00+06:00[Asia/Almaty]", "not that of the zone"),
        ("2026-03-29T02:30 Europe/Berlin", "never comes"),
        ("true", "not a moment"),
        ("tomorrow", "not a moment"),
        ("1772334000", "not a moment"),
    ],
)
def test_a_time_that_cannot_be_read_never_comes(written: str, why: str):
    with pytest.raises(UsageError, match=why):
        parse_moment(written)
    assert is_ahead(written, utc("2999-01-01T00:00Z"))
    for file, said in (
        ("a.md", under(f'"{written}"')),
        ("a.txt", f"Title: T\nEmbargo: {written}\n\nX."),
    ):
        with pytest.raises(SourceError, match="embargo cannot be read, so it never ends") as caught:
            parse_source(said.encode(), path=f"sources/{file}")
        assert "\n" not in str(caught.value)
        assert caught.value.line


ZONES = ("Asia/Bishkek", "Asia/Almaty", "Europe/Moscow", "Europe/Berlin", "America/New_York")


@given(
    st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2037, 1, 1)),
    st.sampled_from(ZONES),
)
def test_no_moment_is_read_as_an_earlier_one(wall: dt.datetime, zone: str):
    moment = wall.replace(tzinfo=dt.UTC)
    local = moment.astimezone(ZoneInfo(zone))
    named = parse_moment(f"{local.replace(tzinfo=None).isoformat()} {zone}")
    assert named - moment in (dt.timedelta(0), dt.timedelta(hours=1))
    assert parse_moment(local.isoformat()) == moment
    assert parse_moment(f"{local.isoformat()}[{zone}]") == moment


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_none(text: str):
    try:
        moment = parse_moment(text)
    except UsageError:
        assert is_ahead(text, utc("2999-01-01T00:00Z"))
    else:
        assert moment.tzinfo is not None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", "---\ntitle: T\nembargo:\n---\nX."),
        ("a.md", "---\ntitle: T\nembargo: [2020-01-01T00:00Z]\n---\nX."),
        ("a.md", "---\ntitle: T\nembargo: {until: 2020-01-01T00:00Z}\n---\nX."),
        ("a.md", "+++\ntitle = 'T'\nembargo = 2020-01-01T00:00:00\n+++\nX."),
        ("a.md", "+++\ntitle = 'T'\nembargo = 2020-01-01\n+++\nX."),
        ("a.md", "+++\ntitle = 'T'\nembargo = true\n+++\nX."),
        ("a.md", "---\ntitle: T\nembargoed: 2020-01-01T00:00Z\n---\nX."),
        ("a.md", "---\ntitle: T\nEmbargo: 2020-01-01T00:00Z\n---\nX."),
        ("a.txt", "Title: T\nEmbargo:\n\nX."),
        ("a.txt", "Title: T\nEmbargo until: 5 May, 10 am\n\nX."),
        ("a.txt", "Заголовок: Т\nЭмбарго до: 5 мая, 10:00\n\nХ."),
        ("a.txt", "EMBARGOED UNTIL 10:00, 5 MAY\n\nX."),
        ("a.md", "---\ntitle: T\n---\n**NOT FOR RELEASE BEFORE** 10:00 on 5 May\n\nX."),
        ("a.md", "---\ntitle: T\n---\nПод эмбарго до 10:00 5 мая.\n\nХ."),
        ("a.txt", "Title: T\n\n5 мамыр, сағат 10:00-ге дейін жариялауға болмайды.\n\nX."),
        ("a.txt", "Title: T\n\n5-май, саат 10:00гө чейин жарыялоого болбойт.\n\nX."),
        ("a.html", "<html><head><meta name=embargo content=''></head><h1>T</h1><p>X.</p></html>"),
        ("a.html", "<html><head><meta name=embargo content='May'></head><h1>T</h1><p>X.</p></html>"),
    ],
)  # fmt: skip
def test_an_embargo_without_a_moment_is_one_clear_line(name: str, data: str):
    with pytest.raises(SourceError) as caught:
        parse_source(data.encode(), path=f"sources/{name}")
    assert str(caught.value).startswith(f"sources/{name}:")
    assert "embargo" in str(caught.value).lower()


@pytest.mark.parametrize(
    "text",
    [
        "Embargo on arms deliveries prolonged",
        "The embargo until then in force was lifted",
        "Эмбарго на поставки оружия продлено",
    ],
)
def test_news_of_an_embargo_is_not_under_one(text: str):
    assert parse_source(f"{text}\n\n{text}.".encode(), path="sources/a.txt").title == text


def test_rules_of_zones_older_than_2024_are_refused(monkeypatch: pytest.MonkeyPatch):
    class Old(dt.tzinfo):
        def __init__(self, name: str) -> None:
            self.name = name

        def utcoffset(self, when: dt.datetime | None) -> dt.timedelta:
            return dt.timedelta(hours=6)

    monkeypatch.setattr("workflow.dates.moments.ZoneInfo", Old)
    with pytest.raises(UsageError, match="older than 2024"):
        parse_moment("2026-03-01T10:00 Asia/Almaty")


# The site


CANARY = """\
---
title: Canary1 headline
date: 2026-03-01
section: news
summary: Canary2 in short.
embargo: 2026-03-01T18:01 Asia/Bishkek
corrections:
- {date: 2024-07-26, type: update, note: Canary3 was added.}
---

Canary4 met. ![Canary5 in a picture](https://e.org/canary6.jpg) [Canary7](https://e.org/canary8)

| Canary9 | x |
| --- | --- |
| 1 | canary10 |
"""


def leaks(root: Path) -> list[str]:
    """Files in which a canary sings, in whatever spelling, and files with its name."""
    return [
        path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*"))
        if re.search(r"canar", path.name, re.IGNORECASE)
        or (path.is_file() and re.search(rb"(?i)canar", path.read_bytes()))
    ]


def canary(root: Path) -> Project:
    project = make_newsroom(root, settings=URL)
    write_release(project)
    write_release(project, "canary-in-the-mine", CANARY)
    sync(project)
    translate(project)
    translate(project, "canary-in-the-mine")
    return project


def test_not_a_byte_of_an_embargoed_release_is_in_the_site_folder(tmp_path: Path):
    project = canary(tmp_path)
    for options in (
        {},
        {"draft": True},
        {"fresh": True},
        {"draft": True, "fresh": True},
        {"dry_run": True},
    ):
        report = run(project, **options)
        assert not report.faults
        verdicts = {r.verdict for r in report.records if r.slug == "canary-in-the-mine"}
        assert verdicts == {"embargoed"}
        assert leaks(tmp_path / "site") == []
    assert run(project).changed is False
    assert run(project, now=utc("2026-03-01T12:00:59Z")).exit_code == 0
    assert leaks(tmp_path / "site") == []
    assert run(project, now=utc("2026-03-01T12:01Z")).exit_code == 0
    found = "\n".join(leaks(tmp_path / "site/current/"))
    for place in (
        "ru/feed.xml",
        "ru/feed.json",
        "news-sitemap.xml",
        "/sitemap.xml",
        "ru/index.html",
    ):
        assert place.lstrip("/") in found


def test_withdrawn_before_its_time_it_still_leaves_nothing(tmp_path: Path):
    project = canary(tmp_path)
    text = CANARY.replace("embargo:", "withdrawn: 2024-08-01 Canary11.\nembargo:")
    write_release(project, "canary-in-the-mine", text)
    sync(project)
    for draft in (False, True):
        run(project, draft=draft)
        assert leaks(tmp_path / "site") == []


def test_a_rehearsal_shows_it_in_a_folder_of_its_own(tmp_path: Path):
    project = canary(tmp_path)
    run(project)
    later = utc("2026-03-01T12:01Z")
    report = run(project, now=later, draft=True, rehearsal=True)
    assert report.site == ".workflow/rehearsal/current"
    assert leaks(tmp_path / report.site)
    run(project, draft=True)
    run(project)
    assert leaks(tmp_path / "site") == []
    run(project, draft=True, rehearsal=True)
    assert leaks(tmp_path / ".workflow/rehearsal") == []
    before = sorted((tmp_path / "site").rglob("*"))
    report = run(project, now=later, dry_run=True, rehearsal=True)
    assert {r.verdict for r in report.records} == {"published"}
    assert sorted((tmp_path / "site").rglob("*")) == before


def test_a_draft_forgets_what_came_under_embargo_since(tmp_path: Path):
    project = canary(tmp_path)
    write_release(project, "canary-in-the-mine", re.sub("embargo.*\n", "", CANARY))
    run(project, draft=True)
    assert leaks(tmp_path / "site/draft")
    write_release(project, "canary-in-the-mine", CANARY)
    run(project, draft=True)
    assert leaks(tmp_path / "site") == []


# The command


def invoke(root: Path, *words: str) -> tuple[int, str]:
    result = command(root, *words)
    return result.returncode, result.stdout + result.stderr


@pytest.mark.parametrize("at", ["2099-01-01T00:00Z", "2020-01-01T00:00Z"])
def test_the_real_site_goes_by_the_real_clock_only(tmp_path: Path, at: str):
    canary(tmp_path)
    result = invoke(tmp_path, "publish", "--all", "--at", at)
    assert result[0] == 2
    assert "--at is for trying" in result[1]
    assert not (tmp_path / "site").exists()


def test_a_trial_says_what_would_be_out_then(tmp_path: Path):
    project = canary(tmp_path)
    write_release(project, "canary-in-the-mine", CANARY.replace("2026-03-01", "2098-03-01"))
    assert (
        "embargoed: not before 2098-03-01T18:01 Asia/Bishkek"
        in invoke(
            tmp_path, "publish", "--all", "--at", "2098-03-01T18:00 Asia/Bishkek", "--dry-run"
        )[1]
    )
    result = invoke(
        tmp_path, "publish", "--all", "--at", "2098-03-01T18:01 Asia/Bishkek", "--dry-run"
    )
    assert "embargoed" not in result[1]
    assert "en: 2 published" in result[1]
    assert not (tmp_path / "site").exists()
    result = invoke(tmp_path, "publish", "--all", "--at", "2098-03-01T18:01", "--dry-run")
    assert result[0] == 2
    assert "no time zone" in result[1]
    result = invoke(tmp_path, "publish", "--all", "--at", "2098-03-01T18:01+06:00", "--draft")
    assert ".workflow/rehearsal/current/index.html" in result[1]
    assert not (tmp_path / "site").exists()


def test_sync_says_that_nothing_goes_out_before(tmp_path: Path):
    canary(tmp_path)
    write_release(
        Project(root=tmp_path, settings=make_newsroom(tmp_path).settings),
        "b",
        under("2098-03-01T10:00Z"),
    )
    result = invoke(tmp_path, "sync")
    assert "sources/b.md: nothing of it goes out before 2098-03-01T10:00Z\n" in result[1]


# Late embargoes, and clocks that jump


def test_an_embargo_on_what_is_online_takes_it_down_and_says_that_it_is_late(tmp_path: Path):
    project = ready(tmp_path, RELEASE)
    run(project)
    write_release(project, text=under("2026-04-01T10:00+06:00"))
    report = run(project, now=NOW + dt.timedelta(days=1))
    assert not is_online(project)
    for record in report.records:
        (reason,) = record.reasons
        assert "it is too late: it was online from 2026-03-01" in reason.message
        assert "withdrawn:" in reason.message
    run(project, now=utc("2026-04-01T04:00Z"))
    assert is_online(project)


@pytest.mark.parametrize("fresh", [False, True])
def test_a_clock_that_jumps_back_takes_no_page_down(tmp_path: Path, fresh: bool):
    project = ready(tmp_path, under("2026-03-01T12:00Z"))
    run(project)
    assert is_online(project)
    for back in (1, 3600, 10**8):
        report = run(project, now=NOW - dt.timedelta(seconds=back), fresh=fresh)
        assert {r.verdict for r in report.records} == {"published"}
        assert is_online(project)
    write_release(
        project, text=under("2026-03-01T12:00Z").replace("It heard 12,100", "It heard 12,300")
    )
    run(project, now=NOW - dt.timedelta(days=1))
    assert is_online(project)


def test_a_clock_that_jumps_back_lets_out_nothing_new(tmp_path: Path):
    project = ready(tmp_path, under("2026-03-01T12:00Z"))
    run(project)
    write_release(project, "b", under("2026-03-01T12:00Z"))
    sync(project)
    translate(project, "b")
    run(project, now=NOW - dt.timedelta(hours=1))
    assert is_online(project)
    assert not is_online(project, PAGE.replace("council-met", "b"))


def test_a_draft_goes_by_the_clock_alone(tmp_path: Path):
    project = ready(tmp_path, under("2026-03-01T12:00Z"))
    run(project, draft=True)
    assert (tmp_path / "site/draft/current" / PAGE).is_file()
    report = run(project, now=NOW - dt.timedelta(hours=1), draft=True, fresh=True)
    assert {r.verdict for r in report.records} == {"embargoed"}


# All languages, or none


FOUR = '["en", "ru", "kk", "ky"]'


def lacking(project: Project, tag: str) -> str:
    """Take the headline of a language away; what the file was."""
    path = project.root / f"locales/{tag}/releases/council-met.po"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace('"Совет собрался"', '""'), encoding="utf-8")
    return before


@pytest.mark.parametrize(
    ("setting", "embargo", "is_out"),
    [
        ("", True, False),
        ("embargo", True, False),
        ("embargo", False, True),
        ("always", False, False),
        ("always", True, False),
        ("never", True, True),
    ],
)
def test_one_language_that_is_held_back_holds_all(
    tmp_path: Path, setting: str, embargo: bool, is_out: bool
):
    settings = f'[publish]\ntogether = "{setting}"\n' if setting else ""
    text = under("2026-03-01T12:00Z") if embargo else RELEASE
    project = ready(tmp_path, text, URL + settings, languages=FOUR)
    before = lacking(project, "ky")
    report = run(project)
    assert report.exit_code == 1
    assert is_online(project) is is_out
    if is_out:
        return
    verdicts = {r.tag: r.verdict for r in report.records}
    assert verdicts == {"en": "waiting", "ru": "waiting", "kk": "waiting", "ky": "held"}
    (reason,) = report.records[0].reasons
    assert reason.message == "ready, and waits for ky: all languages go out together"
    rows = status(project, project.settings.languages, now=NOW).rows
    assert [cell.verdict for _, cell in rows[0].cells] == ["waiting"] * 3 + ["held"]
    assert not run(project).changed
    (tmp_path / "locales/ky/releases/council-met.po").write_text(before, encoding="utf-8")
    assert run(project).exit_code == 0
    for tag in project.settings.languages:
        assert is_online(project, PAGE.replace("en/", f"{tag}/"))
        assert (
            read_manifest(tmp_path / "site").records[tag, "council-met"].first
            == "2026-03-01T12:00:00Z"
        )


def test_one_language_alone_is_not_published_before_the_others(tmp_path: Path):
    project = ready(tmp_path, under("2026-03-01T12:00Z"), languages=FOUR)
    report = run(project, tags=("ru",))
    assert [r.verdict for r in report.records] == ["waiting"]
    assert "waits for en, kk, ky" in report.records[0].reasons[0].message
    assert not is_online(project, PAGE.replace("en/", "ru/"))
    assert run(project).exit_code == 0


def test_what_is_out_in_all_languages_is_edited_in_each_alone(tmp_path: Path):
    project = ready(tmp_path, under("2026-03-01T12:00Z"), languages=FOUR)
    run(project)
    lacking(project, "ky")
    translate(project, tag="ru", headline="Совет снова собрался")
    report = run(project)
    assert {r.tag: r.verdict for r in report.records}["ru"] == "published"
    page = tmp_path / "site/current/ru/news/2024/council-met/index.html"
    assert "Совет снова собрался" in page.read_text(encoding="utf-8").replace("\u00a0", " ")
    assert is_online(project, PAGE.replace("en/", "ky/"))
