"""Corrections and withdrawals: readers of every language hear of them, and of nothing twice."""

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html

from tests.newsrooms import NOW, RELEASE, make_newsroom, translate, write_release
from tests.test_cli import run as command
from tests.test_feeds import validate
from workflow.errors import SourceError
from workflow.formats.markdown import FORMAT, write
from workflow.model import Correction, CorrectionType, Release, Withdrawal
from workflow.pipeline.orders import Order, PublishReport
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.stores.catalogs import read_catalog
from workflow.stores.project import Project
from workflow.stores.site import read_manifest
from workflow.stores.sources import parse_source

PATH = "news/2024/council-met/index.html"
URL = 'site_url = "https://e.org/press"\n'
FOUR = '["en", "ru", "kk", "ky"]'
NOTE = "The council heard 12,300 reports, and not 12,100."
NOTES = {
    "ru": "Совет заслушал 12 300 докладов, а не 12 100.",
    "kk": "Кеңес 12 100 емес, 12 300 баяндаманы тыңдады.",
    "ky": "Кеңеш 12 100 эмес, 12 300 баяндаманы укту.",
}
CORRECTED = RELEASE.replace(
    "section: news",
    f"section: news\ncorrections:\n- date: 2024-07-26\n  type: correction\n  note: {NOTE}",
).replace("heard 12,100", "heard 12,300")
REASON = "The council has not met."
REASONS = {"ru": "Совет не собирался.", "kk": "Кеңес жиналған жоқ.", "ky": "Кеңеш чогулган жок."}


def withdrawn(note: str = f"{{date: 2024-08-01, note: {REASON}}}", text: str = RELEASE) -> str:
    return text.replace("section: news", f"section: news\nwithdrawn: {note}")


def run(project: Project, **options: object) -> PublishReport:
    order = Order(tags=project.settings.languages, now=NOW)
    return publish(project, replace(order, **options))  # type: ignore[arg-type]


def ready(root: Path, text: str = RELEASE, *, settings: str = URL) -> Project:
    project = make_newsroom(root, settings=settings, languages=FOUR)
    write_release(project, text=text)
    bring_up(project)
    return project


def bring_up(project: Project, notes: dict[str, str] = NOTES, *, key: str = "correction-1") -> None:
    sync(project)
    for tag in ("ru", "kk", "ky"):
        translate(project, tag=tag, **({key: notes[tag]} if tag in notes else {}))


def content(project: Project, path: str) -> str:
    text = (project.root / "site/current" / path).read_text(encoding="utf-8")
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def page(project: Project, tag: str = "ru") -> html.HtmlElement:
    return html.document_fromstring(content(project, f"{tag}/{PATH}"))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# What a file says


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("{date: 2024-07-26, type: correction, note: N.}", [("correction", 26, "N.")]),
        ("[{date: 2024-07-26, type: Update, note: N.}]", [("update", 26, "N.")]),
        ("'2024-07-26 clarification: N.'", [("clarification", 26, "N.")]),
        ("['2024-07-27, update: B.', '2024-07-26 correction A.']",
         [("correction", 26, "A."), ("update", 27, "B.")]),
        ("[]", []),
    ],
)  # fmt: skip
def test_corrections_are_tables_or_lines_the_oldest_first(
    written: str, found: list[tuple[str, int, str]]
):
    data = f"---\ntitle: T\ncorrections: {written}\n---\nX."
    release = parse_source(data.encode(), path="sources/a.md")
    assert [(str(c.type), c.date.day, c.note) for c in release.corrections] == found


@pytest.mark.parametrize(
    ("key", "written", "why"),
    [
        ("corrections", "{date: 2024-07-26, type: correction}", "has no note"),
        ("corrections", "{type: correction, note: N}", "has no date"),
        ("corrections", "2024-07-26 N", "has no type"),
        ("corrections", "{date: July, type: update, note: N}", "“July”, which is no day"),
        ("corrections", "{date: 2024-07-26, type: erratum, note: N}", "is no “erratum”"),
        ("corrections", "{date: 2024-07-26, type: update, note: N, by: me}", "unknown key “by”"),
        ("corrections", "", "cannot be read"),
        ("corrections", "[[a]]", "cannot be read"),
        ("corrections", "[{date: 2024-07-26, type: update, note: [N]}]", "cannot be read"),
        ("withdrawn", "", "cannot be read"),
        ("withdrawn", "[a]", "cannot be read"),
        ("withdrawn", "{date: soon}", "a day and a note are wanted"),
        ("withdrawn", "{date: 2024-07-26, why: N}", "unknown key “why”"),
    ],
)
def test_what_cannot_be_read_is_one_line_with_its_place(key: str, written: str, why: str):
    data = f"---\ntitle: T\n{key}: {written}\n---\nX."
    with pytest.raises(SourceError, match=re.escape(why)) as caught:
        parse_source(data.encode(), path="sources/a.md")
    assert str(caught.value).startswith("sources/a.md:3: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("true", Withdrawal()),
        ("yes", Withdrawal()),
        ("false", None),
        ("off", None),
        ("2024-08-01", Withdrawal(date=dt.date(2024, 8, 1))),
        ("2024-08-01 N.", Withdrawal(date=dt.date(2024, 8, 1), note="N.")),
        ("It was wrong.", Withdrawal(note="It was wrong.")),
        ("{date: 2024-08-01}", Withdrawal(date=dt.date(2024, 8, 1))),
    ],
)
def test_a_withdrawal_needs_no_more_than_a_yes(written: str, found: Withdrawal | None):
    for name, data in (
        ("a.md", f"---\ntitle: T\nwithdrawn: {written}\n---\nX."),
        ("a.txt", f"Title: T\nWithdrawn: {written}\n\nX."),
        (
            "a.html",
            f"<html><head><meta name=withdrawn content='{written}'></head><h1>T</h1></html>",
        ),
    ):
        if name == "a.md" or not written.startswith("{"):
            assert parse_source(data.encode(), path=f"sources/{name}").withdrawn == found


def test_what_is_written_is_read_again():
    release = Release(
        slug="a", title="T", language="en",
        corrections=(
            Correction(type=CorrectionType.CORRECTION, date=dt.date(2024, 7, 26), note="A: b # c."),
            Correction(type=CorrectionType.UPDATE, date=dt.date(2024, 7, 27), note="“D”"),
        ),
        withdrawn=Withdrawal(date=dt.date(2024, 8, 1), note="Why."),
    )  # fmt: skip
    for one in (release, replace(release, withdrawn=Withdrawal())):
        read = FORMAT.read(write(one).encode(), path="a.md", slug="a").release
        assert (read.corrections, read.withdrawn) == (one.corrections, one.withdrawn)


def test_a_note_keeps_its_unit_when_an_older_correction_is_added_before_it(tmp_path: Path):
    project = ready(tmp_path, CORRECTED)
    older = "corrections:\n- 2024-07-25 update Figures were added.\n- date"
    write_release(project, text=CORRECTED.replace("corrections:\n- date", older))
    sync(project)
    catalog = read_catalog(tmp_path, "ky", "council-met")
    assert catalog is not None
    units = {unit.key: (unit.source, unit.target) for unit in catalog.units}
    assert units["correction-1"] == ("Figures were added.", "")
    assert units["correction-2"] == (NOTE, NOTES["ky"])
    assert catalog.units[-1].key == "correction-2"
    assert catalog.units[-1].notes[0] == "note of a correction"


# A correction goes out


@pytest.mark.parametrize(
    ("tag", "label", "day"),
    [
        ("en", "Correction", "26 July 2024"),
        ("ru", "Исправление", "26 июля 2024 года"),
        ("kk", "Түзету", "2024 жылғы 26 шілде"),
        ("ky", "Оңдоо", "2024-жылдын 26-июлу"),
    ],
)
def test_a_correction_is_told_on_the_page_in_its_language(
    tmp_path: Path, tag: str, label: str, day: str
):
    project = ready(tmp_path, CORRECTED)
    assert run(project).exit_code == 0
    note = {"en": NOTE, **NOTES}[tag]
    (box,) = page(project, tag).xpath("//div[@role='note']")
    assert words(box) == f"{label} {day} {note}"
    assert box.xpath(".//time/@datetime") == ["2024-07-26"]
    feed = content(project, f"{tag}/feed.xml")
    assert f"&lt;p&gt;&lt;strong&gt;{label}&lt;/strong&gt; ({day}): {note}" in feed
    assert note in content(project, f"{tag}/feed.json")


def test_machines_are_told_of_a_correction(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    first = validate((tmp_path / "site/current/ru/feed.xml").read_text(encoding="utf-8"), "atom")
    write_release(project, text=CORRECTED)
    bring_up(project)
    assert run(project, now=NOW + dt.timedelta(days=1)).exit_code == 0
    later = "2026-03-02T12:00:00Z"
    shown = page(project)
    data = json.loads(shown.xpath("//script[@type='application/ld+json']/text()")[0])
    assert data["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": NOTES["ru"],
            "datePublished": "2024-07-26",
            "inLanguage": "ru",
        }
    ]
    assert data["dateModified"] == later
    assert shown.xpath("//meta[@property='article:modified_time']/@content") == [later]
    assert (
        words(shown.xpath("//p[contains(@class, 'updated')]")[0]) == "Обновлено: 2 марта 2026 года"
    )
    second = validate((tmp_path / "site/current/ru/feed.xml").read_text(encoding="utf-8"), "atom")
    assert _entry(second, "id") == _entry(first, "id")
    assert _entry(second, "updated") == later > _entry(first, "updated")
    assert f"<lastmod>{later}</lastmod>" in content(project, "sitemap.xml")


def _entry(feed: etree._Element, name: str) -> str:
    return str(feed.findtext(f"{{*}}entry/{{*}}{name}"))


def test_a_release_first_published_with_its_correction_is_modified_on_that_day(tmp_path: Path):
    project = ready(tmp_path, CORRECTED)
    run(project)
    assert '"dateModified": "2024-07-26"' in content(project, f"ru/{PATH}")
    assert "<updated>2024-07-26T00:00:00Z</updated>" in content(project, "ru/feed.xml")


def test_what_only_happened_since_is_no_correction_to_machines(tmp_path: Path):
    project = ready(tmp_path, CORRECTED.replace("type: correction", "type: update"))
    run(project)
    assert "CorrectionComment" not in content(project, f"ru/{PATH}")
    assert "Дополнение" in content(project, f"ru/{PATH}")


def test_the_newest_correction_comes_first(tmp_path: Path):
    second = "\n- {date: 2024-07-28, type: clarification, note: It met once.}"
    project = ready(tmp_path, CORRECTED.replace(NOTE, NOTE + second))
    run(project)
    boxes = page(project).xpath("//div[@role='note']")
    assert [words(b).split()[0] for b in boxes] == ["Уточнение", "Исправление"]


@pytest.mark.parametrize("mark", ["", "fuzzy"])
@pytest.mark.parametrize("policy", ["", "[publish.languages]\nky = { partial = 0.1 }\n"])
def test_a_note_that_a_language_lacks_holds_it_back_and_is_named(
    tmp_path: Path, mark: str, policy: str
):
    project = ready(tmp_path, settings=URL + policy)
    run(project)
    write_release(project, text=CORRECTED)
    bring_up(project)
    path = tmp_path / "locales/ky/releases/council-met.po"
    text = path.read_text(encoding="utf-8")
    if mark:
        text = text.replace('msgctxt "correction-1"', '#, fuzzy\nmsgctxt "correction-1"')
    else:
        text = text.replace(f'"{NOTES["ky"]}"', '""')
    path.write_text(text, encoding="utf-8")
    report = run(project)
    assert {r.tag: r.verdict for r in report.records} == {
        "en": "published", "ru": "published", "kk": "published", "ky": "held",
    }  # fmt: skip
    (held,) = report.held
    assert held.reasons[0].check == "correction"
    assert held.reasons[0].key == "correction-1"
    assert (
        held.reasons[0].message == "the note of the correction of 2024-07-26 is not accepted in ky"
    )
    assert "12 100" in content(project, f"ky/{PATH}")
    result = command(tmp_path, "publish", "--all")
    assert "the note of the correction of 2024-07-26 is not accepted in ky" in result.stdout


def test_a_note_that_is_not_in_the_catalogue_yet_asks_for_sync(tmp_path: Path):
    project = ready(tmp_path)
    write_release(project, text=CORRECTED)
    for record in run(project).held:
        assert record.reasons[0].message.endswith("of 2024-07-26 is new: workflow sync")


@pytest.mark.parametrize(("day", "verdict"), [("2026-03-02", "published"), ("2026-03-03", "held")])
def test_a_correction_of_a_day_to_come_is_held_back(tmp_path: Path, day: str, verdict: str):
    project = ready(tmp_path, CORRECTED.replace("2024-07-26", day))
    report = run(project)
    assert {record.verdict for record in report.records} == {verdict}
    for record in report.held:
        assert "which is still to come" in record.reasons[0].message


def test_foreign_material_with_other_corrections_is_read_and_says_so():
    data = b"---\ntitle: T\ncorrections: 3\nwithdrawn: maybe, {x}\n---\nX."
    reading = FORMAT.read(data, path="a.md", slug="a", strict=False)
    assert reading.release.corrections == ()
    assert [issue.check for issue in reading.issues] == ["import-corrections"]


def test_sync_names_the_languages_that_lack_the_note(tmp_path: Path):
    project = ready(tmp_path)
    write_release(project, text=CORRECTED)
    line = "sources/council-met.md: 1 correction, the newest of 2024-07-26"
    wait = "; held back until its note is accepted in ru, kk, ky\n"
    assert line + wait in command(tmp_path, "sync").stderr
    bring_up(project)
    write_release(project, text=CORRECTED + "\n")
    assert f"{line}\n" in command(tmp_path, "sync").stderr


def test_a_theme_that_hides_a_correction_is_caught(tmp_path: Path):
    project = ready(tmp_path, CORRECTED)
    own = tmp_path / "templates/release.html"
    own.parent.mkdir()
    built_in = Path(__file__).parents[1] / "templates/release.html"
    own.write_text(
        built_in.read_text(encoding="utf-8").replace("{{ note.text }}", ""), encoding="utf-8"
    )
    issues = run(project).issues
    assert any(f"does not show “{NOTE}" in issue.message for issue in issues)


def test_typography_is_set_in_a_note_too(tmp_path: Path):
    project = ready(tmp_path, CORRECTED)
    run(project)
    raw = (tmp_path / f"site/current/ru/{PATH}").read_text(encoding="utf-8")
    assert "12\u00a0300 докладов, а не" in raw


# A release is withdrawn


def test_a_withdrawn_release_is_a_notice_at_its_address_and_nowhere_else(tmp_path: Path):
    project = ready(tmp_path)
    write_release(project, "other", RELEASE.replace("The council met\n", "Another one\n"))
    sync(project)
    for tag in ("ru", "kk", "ky"):
        translate(project, "other", tag)
    run(project)
    feed = validate((tmp_path / "site/current/ru/feed.xml").read_text(encoding="utf-8"), "atom")
    write_release(project, text=withdrawn())
    bring_up(project, REASONS, key="withdrawal")
    later = NOW + dt.timedelta(days=1)
    report = run(project, now=later)
    assert report.exit_code == 0
    for tag, label, day in (
        ("en", "This release has been withdrawn", "1 August 2024"),
        ("ru", "Материал отозван", "1 августа 2024 года"),
        ("kk", "Материал кері қайтарып алынды", "2024 жылғы 1 тамыз"),
        ("ky", "Материал кайтарып алынды", "2024-жылдын 1-августу"),
    ):
        shown = page(project, tag)
        note = {"en": REASON, **REASONS}[tag]
        assert words(shown.xpath("//article")[0]) == f"{day} {label} {note}"
        assert shown.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert shown.xpath("//link[@hreflang]") == []
        assert len(shown.xpath("//nav/ul[@class='languages']/li")) == 4
        entries = [e for e in _feed(project, tag).iter("{*}entry") if "withdrawn" not in e.attrib]
        mine = [e for e in entries if label == e.findtext("{*}title")]
        assert len(mine) == 1
        assert note in str(mine[0].findtext("{*}content"))
        assert mine[0].findtext("{*}updated") == "2026-03-02T12:00:00Z"
    ids = {e.findtext("{*}id") for e in feed.iter("{*}entry")}
    assert {e.findtext("{*}id") for e in _feed(project, "ru").iter("{*}entry")} == ids
    current = (tmp_path / "site/current").resolve()
    for path in current.rglob("*"):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        is_there = path.name == "index.html" and path.parent.name == "council-met"
        assert (
            is_there or path.name.startswith(("feed", "provenance")) or "council-met" not in text
        ), path
        if is_there:
            assert "12,1" not in text
            assert "Совет собрался" not in text
    assert not run(project, now=later).changed


def _feed(project: Project, tag: str) -> etree._Element:
    path = project.root / f"site/current/{tag}/feed.xml"
    return validate(path.read_text(encoding="utf-8"), "atom")


def test_a_withdrawal_waits_for_no_translation_and_no_sync(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    write_release(project, text=withdrawn())
    report = run(project, tags=("ru",))
    assert report.exit_code == 1
    (record,) = report.records
    assert record.verdict == "withdrawn"
    assert "its standard words" in record.reasons[0].message
    assert "Его текст больше недоступен." in content(project, f"ru/{PATH}")
    assert "мәтіні енді қолжетімді емес" in content(project, f"kk/{PATH}")
    assert "тексти мындан ары жеткиликтүү эмес" in content(project, f"ky/{PATH}")
    assert REASON in content(project, f"en/{PATH}")
    assert (
        "standard words until its note is accepted in ru, kk, ky"
        in command(tmp_path, "sync").stderr
    )
    bring_up(project, REASONS, key="withdrawal")
    assert run(project).exit_code == 0
    assert REASONS["ky"] in content(project, f"ky/{PATH}")


def test_a_damaged_catalogue_keeps_no_withdrawn_text_online(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    (tmp_path / "locales/ru/releases/council-met.po").write_text('msgid "', encoding="utf-8")
    write_release(project, text=withdrawn())
    report = run(project)
    assert report.exit_code == 2
    assert "Материал отозван" in content(project, f"ru/{PATH}")


@pytest.mark.parametrize("more", ["", "\nembargo: 2099-01-01T00:00Z", "\nstatus: withheld"])
def test_a_withdrawal_is_shown_whatever_else_the_release_is(tmp_path: Path, more: str):
    project = ready(tmp_path)
    run(project)
    write_release(project, text=withdrawn(f"2024-08-01{more}"))
    run(project)
    for tag in project.settings.languages:
        assert page(project, tag).xpath("//meta[@name='robots']")


def test_what_was_never_online_leaves_nothing(tmp_path: Path):
    project = ready(tmp_path, withdrawn())
    bring_up(project, REASONS, key="withdrawal")
    report = run(project)
    assert {r.verdict for r in report.records} == {"withdrawn"}
    assert not list((tmp_path / "site/current/").glob("*/news"))
    assert not (tmp_path / "site/current/ru/feed.xml").exists()
    assert (
        "council-met: withdrawn, it was never online"
        in command(tmp_path, "publish", "--all").stdout
    )


def test_a_language_that_was_never_online_gets_no_notice(tmp_path: Path):
    project = ready(tmp_path)
    run(project, tags=("en", "ru"))
    write_release(project, text=withdrawn())
    run(project)
    assert page(project, "ru").xpath("//meta[@name='robots']")
    assert len(page(project, "ru").xpath("//nav/ul[@class='languages']/li")) == 2
    assert not (tmp_path / f"site/current/kk/{PATH}").exists()


def test_a_withdrawal_that_is_taken_back_brings_the_text_back(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    before = read_manifest(tmp_path / "site").records["ru", "council-met"]
    write_release(project, text=withdrawn())
    run(project)
    write_release(project)
    assert run(project).exit_code == 0
    assert "Совет собрался" in content(project, f"ru/{PATH}")
    after = read_manifest(tmp_path / "site").records["ru", "council-met"]
    assert (after.id, after.path, after.first) == (before.id, before.path, before.first)


def test_held_back_after_a_withdrawal_the_notice_stays_out_of_lists(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    write_release(project, text=withdrawn())
    run(project)
    write_release(project, text=RELEASE.replace("It heard 12,100", "It heard 12,300"))
    assert {r.verdict for r in run(project).records} == {"held"}
    assert page(project, "ru").xpath("//meta[@name='robots']")
    assert "council-met" not in content(project, "ru/index.html")


def test_a_fresh_site_keeps_the_notice(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    write_release(project, text=withdrawn())
    run(project)
    run(project, fresh=True)
    assert page(project, "ru").xpath("//meta[@name='robots']")


def test_a_draft_shows_the_notice_before_it_stands(tmp_path: Path):
    project = ready(tmp_path, withdrawn())
    run(project, draft=True)
    text = (tmp_path / f"site/draft/current/ru/{PATH}").read_text(encoding="utf-8")
    assert "Материал отозван" in text


def test_a_source_that_vanished_keeps_its_page_and_is_named(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    (tmp_path / "sources/council-met.md").unlink()
    assert run(project).gone == ("council-met",)
    assert "Совет собрался" in content(project, f"ru/{PATH}")
    line = (
        "council-met: no longer in sources/, and stays online; to take it down, put the file back"
    )
    assert line in command(tmp_path, "publish", "--all").stdout
