"""The report of ``workflow check``: what it shows, that nothing in it runs, where it may be."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shlex
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_from_dir
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.newsrooms import make_newsroom
from workflow.cli import workflow
from workflow.errors import StoreError, UsageError
from workflow.languages import language
from workflow.markup import parse_text
from workflow.model import (
    Concept,
    ConceptStatus,
    Issue,
    Role,
    Severity,
    Term,
    TermStatus,
    Unit,
    Waiver,
)
from workflow.pipeline.check import CheckReport, check_catalogs
from workflow.pipeline.judge import all_checks
from workflow.pipeline.report import refuse_place, write_report
from workflow.pipeline.sync import sync
from workflow.plugins import Pair
from workflow.settings import Settings
from workflow.stages.mark import MarkKind, mark
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.decisions import add_waiver
from workflow.stores.project import Project

HOME = Path(__file__).parents[1] / "workflow" / "report"
TRANSLATED = ("ru", "kk", "ky")
SLUG = "the-treaty"

RELEASE = """\
---
title: {title}
date: 2024-07-25
{more}---

The Kyrgyz Republic signed, and the Kyrgyz Republic spoke.

The council of the Kyrgyz Republic met.

It heard 12,100 reports{payload}.
"""
GLOSSARY = """\
[[concept]]
id = "state"
subject = "places{payload}"
definition = "A state in Central Asia.{payload}"
note = "Never the old name.{payload}"
source = "the constitution{payload}"
[concept.terms]
en = [{{ term = "Kyrgyz Republic" }}]
ru = [
    {{ term = "Кыргызстан" }},
    {{ term = "Кыргызская Республика{payload}", status = "admitted" }},
    {{ term = "Киргизия", status = "forbidden" }},
]

[[concept]]
id = "council"
[concept.terms]
en = ["council"]
ru = ["совет"]
"""
TARGETS = {
    "The Kyrgyz": "Кыргызстан подписал и выступил.",
    "The council": "Совет Киргизии собрался.",
    "It heard": "Он заслушал 12 300 докладов{payload}.",
}


def newsroom(
    root: Path, *, payload: str = "", title: str = "The treaty", more: str = ""
) -> Project:
    """A newsroom with a term dropped once, a forbidden one, a wrong number and an idle waiver."""
    project = make_newsroom(root)
    text = RELEASE.format(title=title, payload=payload, more=more)
    (root / f"sources/{SLUG}.md").write_text(text, encoding="utf-8")
    quoted = payload.replace("\\", "\\\\").replace('"', '\\"')
    glossary = GLOSSARY.format(payload=quoted)
    (root / "locales/glossary.toml").write_text(glossary, encoding="utf-8")
    sync(project)
    catalog = read_catalog(root, "ru", SLUG)
    assert catalog is not None
    units = tuple(replace(unit, target=_target(unit.source, payload)) for unit in catalog.units)
    write_catalog(root, replace(catalog, units=units), source_language="en")
    add_waiver(root, "ru", SLUG, decision(payload))
    return project


def decision(payload: str = "") -> Waiver:
    return Waiver(
        check="terms",
        about="council",
        key="gone",
        source="0" * 12,
        target="0" * 12,
        reason=f"a legal title{payload}",
        who=f"Айгүл{payload}",
        when="2026-01-10",
    )


def _target(source: str, payload: str) -> str:
    for start, target in TARGETS.items():
        if source.startswith(start):
            return target.format(payload=payload)
    return "Договор"


def written(project: Project, tag: str = "en") -> html.HtmlElement:
    found = check_catalogs(project, project.settings.languages)
    file, _ = write_report(
        project, found, project.root / "out", tags=project.settings.languages, tag=tag
    )
    return html.document_fromstring(file.read_text(encoding="utf-8"))


def run(project: Project, *args: str) -> tuple[int, str, str]:
    args = ("--project", str(project.root), *args)
    done = CliRunner().invoke(workflow, args, standalone_mode=False)
    code = done.return_value if done.exception is None else 2
    return code, done.stdout, done.stderr + str(done.exception or "")


def issue_of(page: html.HtmlElement, check: str) -> html.HtmlElement:
    (found,) = page.xpath("//article[@data-check=$check]", check=check)
    return found


def marks(article: html.HtmlElement, side: int) -> list[tuple[str, str, str | None]]:
    (text,) = article.xpath(f".//div[@class='pair']/div[{side}]/p[@class='text']")
    return [(m.text, m.get("class"), m.get("data-n")) for m in text.iter("mark")]


# What it shows


def test_check_prints_what_it_printed_and_one_line_more(tmp_path: Path):
    project = newsroom(tmp_path)
    code, lines, talk = run(project, "check")
    with_code, with_lines, with_talk = run(project, "check", "--report", str(tmp_path / "out"))
    assert (with_code, with_lines) == (code, lines) == (1, lines)
    assert with_talk == f"{talk}report: {tmp_path / 'out' / 'index.html'}\n"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["index.html"]


def test_every_issue_is_on_the_page_once(tmp_path: Path):
    project = newsroom(tmp_path)
    issues = check_catalogs(project, project.settings.languages).issues
    page = written(project)
    articles = page.xpath("//article")
    assert len(articles) == len(issues) > 4
    for issue, article in zip(issues, articles, strict=True):
        assert article.get("data-check") == issue.check
        assert issue.message in article.text_content()
        assert f"{issue.path}:{issue.line}" in article.text_content()
    assert len({article.get("id") for article in articles}) == len(issues)


def test_the_occurrences_of_a_term_are_marked_and_numbered_on_both_sides(tmp_path: Path):
    project = newsroom(tmp_path)
    page = written(project)
    dropped, forbidden = page.xpath("//article[@data-concept='state']")[:2]
    assert marks(dropped, 1) == [
        ("Kyrgyz Republic", "paired", "1"),
        ("Kyrgyz Republic", "alone", "2"),
    ]
    assert marks(dropped, 2) == [("Кыргызстан", "paired", "1")]
    assert marks(forbidden, 1) == [("Kyrgyz Republic", "paired", "1")]
    assert marks(forbidden, 2) == [("Киргизии", "wrong", "1")]


def test_the_only_mark_of_both_sides_has_no_number(tmp_path: Path):
    articles = written(newsroom(tmp_path)).xpath("//article[@data-check='numbers']")
    assert ("12 300", "wrong", None) in [each for a in articles for each in marks(a, 2)]


def test_each_side_says_its_language(tmp_path: Path):
    page = written(newsroom(tmp_path), tag="ru")
    assert page.get("lang") == "ru"
    for article in page.xpath("//article[.//div[@class='pair']]"):
        assert [p.get("lang") for p in article.xpath(".//p[@class='text']")] == ["en", "ru"]
        assert article.xpath("./h3/span[@lang='en']")


def test_a_suggestion_stands_beside_what_it_would_replace(tmp_path: Path):
    project = newsroom(tmp_path)
    catalog = read_catalog(tmp_path, "ru", SLUG)
    assert catalog is not None
    units = tuple(
        replace(unit, target=unit.target.replace("Киргизии", "Киргизия")) for unit in catalog.units
    )
    write_catalog(tmp_path, replace(catalog, units=units), source_language="en")
    page = written(project)
    assert ("Киргизия", "Кыргызстан") in zip(
        page.xpath("//del/text()"), page.xpath("//ins/text()"), strict=True
    )


def test_evidence_is_shown_where_there_is_some(tmp_path: Path):
    project = newsroom(tmp_path)
    found = check_catalogs(project, ("ru",))
    told = replace(found.issues[0], evidence="Киргизии = Киргизия + GEN")
    found = replace(found, issues=(told, *(replace(i, evidence="") for i in found.issues[1:])))
    file, _ = write_report(project, found, tmp_path / "out", tags=("ru",), tag="en")
    page = html.document_fromstring(file.read_text(encoding="utf-8"))
    first, *others = page.xpath("//article")
    assert "Киргизии = Киргизия + GEN" in first.text_content()
    assert not any("Evidence" in article.text_content() for article in others)


def test_a_concept_is_told_once_with_all_that_the_glossary_says(tmp_path: Path):
    page = written(newsroom(tmp_path))
    (card,) = page.xpath("//section[@id='c-state']")
    text = " ".join(card.text_content().split())
    for words in ("A state in Central Asia.", "places", "Never the old name.", "the constitution"):
        assert text.count(words) == 1
    for words in ("Киргизия forbidden", "Кыргызстан preferred", "Кыргызская Республика admitted"):
        assert words in text
    assert card.xpath(".//ul[@lang='ru']/li[@class='forbidden']")
    links = page.xpath("//article[@data-concept='state']//a[@class='concept']/@href")
    assert set(links) == {"#c-state"}


def test_the_command_on_the_page_waives_the_issue(tmp_path: Path):
    project = newsroom(tmp_path)
    article = written(project).xpath("//article[@data-concept='state']")[0]
    program, *args = shlex.split(article.xpath(".//details//code/text()")[0])
    assert program == "workflow"
    code, _, talk = run(project, *args)
    assert code == 2, "a reason is wanted from a person"
    assert "a reason is wanted" in talk
    code, _, talk = run(project, *args[:-1], "quoted as it was said", "--by", "Айгүл")
    assert (code, "waived: terms" in talk) == (0, True)
    assert article.get("id") not in written(project).xpath("//article/@id")


def test_what_cannot_be_waived_has_no_command(tmp_path: Path):
    project = newsroom(tmp_path)
    catalog = read_catalog(tmp_path, "ru", SLUG)
    assert catalog is not None
    first, *rest = catalog.units
    units = (replace(first, target=""), *rest)
    write_catalog(tmp_path, replace(catalog, units=units), source_language="en")
    page = written(project)
    for check in ("untranslated", "waivers"):
        assert issue_of(page, check).xpath(".//code") == []
    assert "a legal title" in issue_of(page, "waivers").text_content()


def test_a_report_of_nothing_says_what_was_checked(tmp_path: Path):
    page = written(make_newsroom(tmp_path))
    text = page.text_content()
    assert "Nothing was found." in text
    assert page.xpath("//form | //dialog | //article") == []
    for check in all_checks(Settings()):
        assert check.about in text


def test_what_could_not_be_read_is_said(tmp_path: Path):
    project = newsroom(tmp_path)
    (tmp_path / "sources/broken.md").write_text("no front matter", encoding="utf-8")
    text = written(project).xpath("//section[@class='faults']")[0].text_content()
    assert "sources/broken.md" in text


def test_words_under_embargo_are_marked_and_told_of(tmp_path: Path):
    project = newsroom(tmp_path, more="embargo: 2030-01-01T10:00+06:00\n")
    _, _, talk = run(project, "check", "--report", str(tmp_path / "out"))
    assert f"{SLUG} is under embargo until 2030-01-01T10:00+06:00; keep it safe" in talk
    page = html.document_fromstring((tmp_path / "out/index.html").read_text(encoding="utf-8"))
    assert "2030-01-01T10:00+06:00" in page.xpath("//p[@class='secret']")[0].text_content()


def test_the_same_issues_give_the_same_bytes(tmp_path: Path):
    project = newsroom(tmp_path)
    written(project)
    first = (tmp_path / "out/index.html").read_bytes()
    written(project)
    assert (tmp_path / "out/index.html").read_bytes() == first


def test_the_address_of_an_issue_does_not_move_with_its_line(tmp_path: Path):
    project = newsroom(tmp_path)
    before = written(project).xpath("//article/@id")
    path = tmp_path / f"locales/ru/releases/{SLUG}.po"
    path.write_text(
        path.read_text("utf-8").replace("#. headline", "# a\n# b\n#. headline"), "utf-8"
    )
    assert written(project).xpath("//article/@id") == before


# Marks

STATE = Concept(
    id="state",
    terms=(
        ("en", (Term(text="Kyrgyz Republic"),)),
        ("ru", (Term(text="Кыргызстан"), Term(text="Киргизия", status=TermStatus.FORBIDDEN))),
    ),
)


def pair(source: str, target: str) -> Pair:
    return Pair(
        unit=Unit(key="k", source=source, target=target),
        source=parse_text(source),
        target=parse_text(target),
        source_language=language("en"),
        target_language=language("ru"),
        concepts=(STATE,),
    )


@given(
    st.lists(st.sampled_from(["the Kyrgyz Republic", "met", "<b>and</b>", "&lt;"]), max_size=6),
    st.lists(st.sampled_from(["Кыргызстан", "Киргизии", "и", "<i>он</i>"]), max_size=6),
    st.tuples(*[st.integers(0, 40)] * 4),
)
def test_the_pieces_of_a_side_are_the_side(
    source: list[str], target: list[str], spans: tuple[int, int, int, int]
):
    both = pair(" ".join(source), " ".join(target))
    issue = Issue(
        check="terms",
        severity=Severity.MINOR,
        message="",
        about="state",
        start=spans[0],
        end=spans[1],
        source_start=spans[2],
        source_end=spans[3],
    )
    sides = zip(mark(issue, both), (both.source, both.target), strict=True)
    for pieces, text in sides:
        words = "".join(piece.text for piece in pieces)
        assert words in (text.plain, both.unit.source, both.unit.target)
        marked = [piece for piece in pieces if piece.kind]
        if marked:
            assert words == text.plain
        assert [p.number for p in marked] in (list(range(1, len(marked) + 1)), [0])


def test_an_unmarked_side_keeps_its_markup():
    issue = Issue(check="markup", severity=Severity.MAJOR, message="</b> is missing")
    source, target = mark(issue, pair("a <b>word</b>", "<b>слово"))
    assert [piece.text for piece in source] == ["a <b>word</b>"]
    assert [(piece.text, piece.kind) for piece in target] == [("<b>слово", MarkKind.NONE)]


# Nothing in it runs

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></script><svg onload=alert(1)>",
    "' onfocus='alert(1)' x='",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)//",
    "]]><!--<iframe src=//evil.example>",
)


def skeleton(page: html.HtmlElement) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(each.tag), tuple(sorted(each.attrib))) for each in page.iter()]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_from_outside_stay_words(tmp_path: Path, payload: str):
    project = newsroom(tmp_path, payload=f" {payload}", title="The treaty")
    settings = replace(project.settings, name=f"Office {payload}")
    project = replace(project, settings=settings)
    found = check_catalogs(project, ("ru",))
    about = [replace(i, suggestion=payload, evidence=payload) for i in found.issues]
    page = _page(project, replace(found, issues=tuple(about)))
    plain = _page(
        replace(project, settings=replace(settings, name="Office")),
        replace(found, issues=tuple(replace(i, suggestion="s", evidence="e") for i in about)),
    )
    assert skeleton(page) == skeleton(plain), "a name, a suggestion or evidence became markup"
    tags = {str(each.tag) for each in page.iter()}
    assert not tags & {"img", "svg", "iframe", "object", "embed", "link", "base"}
    assert [len(page.xpath(f"//{tag}")) for tag in ("script", "style", "title")] == [1, 1, 1]
    assert not [name for each in page.iter() for name in each.attrib if name.startswith("on")]
    assert not [name for each in page.iter() for name in each.attrib if name == "style"]
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    assert page.xpath("//@src | //comment()") == []
    assert payload in issue_of(page, "waivers").text_content()
    assert payload in page.xpath("//section[@id='c-state']")[0].text_content()


def _page(project: Project, found: CheckReport) -> html.HtmlElement:
    file, _ = write_report(project, found, project.root / "out", tags=("ru",), tag="en")
    return html.document_fromstring(file.read_text(encoding="utf-8"))


def test_only_our_own_style_and_script_are_let_through(tmp_path: Path):
    page = written(newsroom(tmp_path))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    hashes = {
        tag: base64.b64encode(hashlib.sha256(page.xpath(f"//{tag}")[0].text.encode()).digest())
        for tag in ("style", "script")
    }
    assert policy == (
        "default-src 'none'; "
        f"style-src 'sha256-{hashes['style'].decode()}'; "
        f"script-src 'sha256-{hashes['script'].decode()}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_a_command_that_a_terminal_could_misread_is_not_offered(tmp_path: Path):
    project = newsroom(tmp_path)
    found = check_catalogs(project, ("ru",))
    odd = tuple(replace(issue, about="state\x1b[201~\nrm") for issue in found.issues)
    assert _page(project, replace(found, issues=odd)).xpath("//article//code") == []


# Where it may be, and in which language


@pytest.mark.parametrize(
    "folder", ["sources", "locales/ru", "templates/x", "site", "site/draft", ".git", ".workflow"]
)
def test_the_folders_of_the_newsroom_are_refused(tmp_path: Path, folder: str):
    project = newsroom(tmp_path)
    code, lines, talk = run(project, "check", "--report", str(tmp_path / folder))
    assert (code, lines) == (2, "")
    assert "is for what the newsroom keeps itself" in talk
    assert not (tmp_path / folder / "index.html").exists()


def test_a_link_into_such_a_folder_is_refused(tmp_path: Path):
    project = newsroom(tmp_path)
    (tmp_path / "out").symlink_to(tmp_path / "sources")
    with pytest.raises(UsageError):
        refuse_place(project, tmp_path / "out", "en")


def test_a_page_that_is_no_report_is_never_overwritten(tmp_path: Path):
    project = newsroom(tmp_path)
    (tmp_path / "out").mkdir()
    page = tmp_path / "out" / "index.html"
    page.write_text("<title>ours</title>", encoding="utf-8")
    code, _, talk = run(project, "check", "--report", str(tmp_path / "out"))
    assert code == 2
    assert "is no report of ours" in talk
    assert page.read_text(encoding="utf-8") == "<title>ours</title>"


def test_a_file_in_the_place_of_the_folder_is_one_line(tmp_path: Path):
    project = newsroom(tmp_path)
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        refuse_place(project, tmp_path / "out", "en")


def test_the_language_of_the_report_is_one_that_is_known(tmp_path: Path):
    project = newsroom(tmp_path)
    for args in (
        ("--report", str(tmp_path / "out"), "--report-lang", "xx"),
        ("--report-lang", "ru"),
    ):
        code, lines, _ = run(project, "check", *args)
        assert (code, lines) == (2, "")
    assert not (tmp_path / "out").exists()


def test_every_word_of_the_report_is_translated():
    found = {
        message
        for _, _, message, _, _ in extract_from_dir(HOME, method_map=[("**.html", "jinja2")])
    }
    found |= {check.about for check in all_checks(Settings())}
    found |= {*Role, *TermStatus, *(set(ConceptStatus) - {ConceptStatus.REVIEWED})}
    found |= {level.name.lower() for level in Severity} | {"withheld", "canceled"}
    for tag in TRANSLATED:
        entries = polib.pofile(str(HOME / f"{tag}.po"))
        assert {entry.msgid for entry in entries.translated_entries()} == found, tag


def test_the_report_speaks_the_language_asked_for(tmp_path: Path):
    page = written(newsroom(tmp_path), tag="kk")
    assert page.xpath("//h1/text()") == ["Тексеру есебі"]
    assert page.xpath("//article//p[@class='label']/text()")[:2] == ["Түпнұсқа", "Аударма"]


def test_every_ground_and_ink_can_be_told_apart():
    style = (HOME / "report.css").read_text(encoding="utf-8")
    light, dark, _ = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    )
    pairs = [
        (ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "sheet", "wash")
    ]
    for ink in ("wrong", "paired", "alone"):
        pairs += [(ink, f"{ink}-wash"), (ink, "sheet")]
    for colours in (light, light | dark):
        for ink, ground in pairs:
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


# In a browser

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to run the page in")

PROBE = """
const out = {};
const press = (code, key, more = {}) =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { code, key, bubbles: true, cancelable: true, ...more }));
const at = () => document.activeElement.id;
const shown = () => [...document.querySelectorAll(".issue")].filter((el) => el.checkVisibility()).map((el) => el.id);
const choose = (name, value) => {
  const el = document.getElementById(name);
  el.value = value;
  el.dispatchEvent(new Event("input", { bubbles: true }));
};
const label = (name, value) =>
  [...document.getElementById(name).options].find((option) => option.value === value).textContent;
(async () => {
  const all = shown();
  out.all = all.length;
  press("KeyJ", "о"); out.first = at() === all[0];
  press("KeyJ", "о"); out.second = at() === all[1];
  press("KeyK", "л"); out.back = at() === all[0];
  press("KeyO", "щ"); out.opened = document.activeElement.querySelector("details").open;
  await new Promise((done) => setTimeout(done, 50));
  out.card = document.activeElement.querySelector(".card h4").textContent;
  press("Enter", "Enter"); out.closed = !document.activeElement.querySelector("details").open;
  press("KeyJ", "о", { ctrlKey: true }); out.left = at() === all[0];
  Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
  press("KeyC", "с");
  await new Promise((done) => setTimeout(done, 50));
  out.selected = getSelection().toString();
  out.told = document.getElementById("toast").textContent;
  let copied = "";
  Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { copied = text; } } });
  press("KeyC", "с");
  await new Promise((done) => setTimeout(done, 50));
  out.copied = copied;
  press("Slash", "."); out.search = at();
  press("KeyJ", "о"); out.typed = at();
  document.activeElement.blur();
  press("Digit7", "?", { shiftKey: true }); out.help = document.getElementById("help").open;
  press("KeyJ", "о"); out.behind = document.getElementById("help").open;
  document.getElementById("help").close();
  choose("f-concept", "state");
  out.address = location.hash;
  out.concept = shown().length;
  out.severities = label("f-severity", "minor");
  out.others = label("f-check", "numbers");
  choose("f-severity", "minor");
  out.both = shown().length;
  choose("q", "nowhere to be found");
  out.none = document.getElementById("none").checkVisibility();
  document.activeElement.blur();
  press("KeyG", "п"); out.cleared = shown().length;
  location.hash = "#check=numbers&q=12";
  await new Promise((done) => setTimeout(done, 50));
  out.sent = shown().every((id) => document.getElementById(id).dataset.check === "numbers") && shown().length;
  location.hash = "#" + all[1];
  await new Promise((done) => setTimeout(done, 50));
  out.pointed = at() === all[1] && document.activeElement.querySelector("details").open;
  document.getElementById("shortcuts").checked = false;
  press("KeyJ", "о"); out.off = at() === all[1];
  document.title = JSON.stringify(out);
})().catch((fault) => (document.title = JSON.stringify({ fault: String(fault), ...out })));
"""


def probed(project: Project, tmp_path: Path) -> dict[str, object]:
    """What a script finds that is run on the page; the page's policy lets it in by its hash."""
    written(project)
    text = (project.root / "out/index.html").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(PROBE.encode()).digest()).decode()
    text = text.replace("script-src '", f"script-src 'sha256-{digest}' '", 1)
    page = tmp_path / "probe.html"
    page.write_text(text.replace("</body>", f"<script>{PROBE}</script></body>"), encoding="utf-8")
    assert CHROMIUM is not None
    done = subprocess.run(
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *(f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=5000"),
            *("--dump-dom", page.as_uri()),
        ],
        capture_output=True,
        timeout=120,
    )
    title = html.document_fromstring(done.stdout.decode("utf-8")).xpath("//title/text()")[0]
    found: dict[str, object] = json.loads(title)
    return found


@browser
def test_keys_work_on_a_cyrillic_layout_and_filters_can_be_sent(tmp_path: Path):
    project = newsroom(tmp_path)
    issues = check_catalogs(project, project.settings.languages).issues
    about = [issue for issue in issues if issue.about == "state"]
    minor = [issue for issue in about if issue.severity is Severity.MINOR]
    numbers = [issue for issue in issues if issue.check == "numbers"]
    command = f"workflow waive {issues[0].path}:{issues[0].line} terms:state --reason ''"
    assert probed(project, tmp_path) == {
        "all": len(issues),
        **dict.fromkeys(("first", "second", "back", "opened", "closed", "left"), True),
        "card": "state",
        "selected": command,
        "told": "The command is selected: copy it with Ctrl+C.",
        "copied": command,
        **dict.fromkeys(("search", "typed"), "q"),
        **dict.fromkeys(("help", "behind"), True),
        "address": "#concept=state",
        "concept": len(about),
        "severities": f"minor ({len(minor)})",
        "others": "numbers (0)",
        "both": len(minor),
        "none": True,
        "cleared": len(issues),
        "sent": len(numbers),
        **dict.fromkeys(("pointed", "off"), True),
    }
