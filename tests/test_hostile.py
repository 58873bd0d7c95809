"""What somebody who means harm, or a broken program, can put into a newsroom."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.newsrooms import NOW, RELEASE, make_newsroom, translate, write_release
from tests.test_cli import run
from workflow.errors import WorkflowError
from workflow.pipeline.orders import Order, PublishReport
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project
from workflow.stores.sources import parse_source

SCRIPT = "<script>alert(1)</script>"
ATTACKS = [
    SCRIPT,
    "</title></head><img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVa\tScRiPt:alert(1)">x</a>',
    '<a href="java&#x0A;script:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="https://e.org/&quot; onclick=&quot;alert(1)">x</a>',
    '<img src="https://e.org/x.png" alt="&quot; onerror=&quot;alert(1)"/>',
    '<img src="https://e.org/x.png&quot; onerror=&quot;alert(1)" alt=""/>',
    "{{ site }}{% raw %}",
    "<!-- --><![CDATA[ ]]>",
    "</pre></td></table></article>",
    "<b <i onclick=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
FRONT = ["title", "summary", "section"]
_TAG = re.compile(r"<[^<>]*>")
_RUNS = re.compile(
    r"""<script(?! type="application/ld\+json")|<svg|\son\w+\s*=\s*["'a]"""
    r"""|(?:href|src)=["']?\s*(?:javascript|data|vbscript)""",
    re.IGNORECASE,
)


def made(project: Project, *, draft: bool = False) -> PublishReport:
    sync(project)
    return publish(project, Order(tags=project.settings.languages, now=NOW, draft=draft))


def pages(project: Project) -> list[str]:
    folder = project.root / "site"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))]


def assert_harmless(project: Project) -> None:
    found = pages(project)
    assert found
    for content in found:
        # Between quotation marks of an attribute nothing runs.
        bare = [re.sub(r'="[^"<>]*"', '=""', tag) for tag in _TAG.findall(content)]
        assert not [tag for tag in bare if re.search(r"\son\w+\s*=", tag)]
        assert not [tag for tag in _TAG.findall(content) if _RUNS.match(tag)]
        assert not re.search(r'(?:href|src)="\s*(?:javascript|data|vbscript)', content, re.I)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_a_target_runs(tmp_path: Path, attack: str):
    project = make_newsroom(tmp_path, settings='site_url = "https://press.example.org"\n')
    write_release(project)
    sync(project)
    catalog = read_catalog(project.root, "ru", "council-met")
    assert catalog is not None
    units = tuple(replace(unit, target=f"Да {attack}", fuzzy=False) for unit in catalog.units)
    write_catalog(project.root, replace(catalog, units=units), source_language="en")
    made(project, draft=True)
    assert_harmless(project)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_a_source_runs(tmp_path: Path, attack: str):
    project = make_newsroom(tmp_path, settings='site_url = "https://press.example.org"\n')
    quoted = attack.replace("\t", " ").replace("'", "''")
    front = "".join(f"{key}: 'A {quoted}'\n" for key in FRONT)
    write_release(project, text=f"---\n{front}---\n\n# {attack}\n\n{attack}\n\n- {attack}\n")
    made(project, draft=True)
    assert_harmless(project)


@pytest.mark.parametrize(
    "attack",
    [one for one in ATTACKS if one.startswith(("<a", "<img", "<b"))] + ["<b>x", "x</i>", "<br/>"],
)
def test_markup_that_the_source_does_not_have_is_an_issue(tmp_path: Path, attack: str):
    project = make_newsroom(tmp_path)
    write_release(project)
    sync(project)
    translate(project, headline=f"Совет собрался {attack}")
    report = made(project)
    (held,) = report.held
    assert held.tag == "ru"


@pytest.mark.parametrize(
    ("place", "sign"),
    [
        *(("source", sign) for sign in ("\u202e", "\u2067", "\u2069", "\x9b")),
        *(("target", sign) for sign in ("\u202e", "\u202d", "\u2067", "\u2069", "\x07", "\x9b")),
    ],
)
def test_what_turns_words_round_or_breaks_them_is_published_nowhere(
    tmp_path: Path, sign: str, place: str
):
    project = make_newsroom(tmp_path)
    words = f"a {sign}word" if place == "source" else "a word"
    write_release(project, text=RELEASE + f"\nThis is {words}.\n")
    sync(project)
    translate(project, headline="Совет собрался" + (sign if place == "target" else ""))
    report = made(project)
    tag = "en" if place == "source" else "ru"
    found = {issue.check for record in report.held if record.tag == tag for issue in record.reasons}
    assert "controls" in found or report.faults


@pytest.mark.parametrize(
    "front",
    [
        "slug: ../../escaped",
        "slug: /etc/passwd",
        "slug: " + "a" * 300,
        "slug: con",
        "slug: lpt1",
        "formerly: [../up]",
        "language: ../ru",
        "section: [a, b]",
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "title: " + "[" * 2_000,
    ],
)
def test_front_matter_that_means_harm_is_one_clear_fault(tmp_path: Path, front: str):
    project = make_newsroom(tmp_path)
    write_release(project, text=RELEASE.replace("section: news", front))
    result = run(tmp_path, "publish", "--all")
    assert result.returncode == 2
    assert (result.stdout + result.stderr).count("sources/council-met.md:") == 1
    assert {path.name for path in tmp_path.iterdir()} <= {
        "sources", "locales", "workflow.toml", "site", ".workflow",
    }  # fmt: skip


@pytest.mark.parametrize("tag", ["../ru", "ru/..", "/ru", "ru\\x", "."])
def test_a_language_that_is_a_path_is_refused(tmp_path: Path, tag: str):
    make_newsroom(tmp_path)
    settings = f'[newsroom]\nname = "T"\nlanguages = ["en", {tag!r}]\n'
    (tmp_path / "workflow.toml").write_text(settings, encoding="utf-8")
    result = run(tmp_path, "status")
    assert result.returncode == 2
    assert "workflow.toml" in result.stderr


def test_a_bomb_of_a_document_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 300_000_000)
    with pytest.raises(WorkflowError, match=r"^sources/a\.docx"):
        parse_source(packed.getvalue(), path="sources/a.docx")


LARGE = {
    "a paragraph of 1 MB": "One two three four. " * 50_000,
    "10,000 links": "".join(f"[a{n}](https://e.org/{n}) " for n in range(10_000)),
    "10,000 line breaks": "a  \n" * 10_000,
    "lists in lists": "<ul><li>a" * 1_000,
    "quotations in quotations": "<blockquote>a" * 1_000,
    "5,000 units": "".join(f"Paragraph {n} is here.\n\n" for n in range(5_000)),
    "a word of 1 MB": "a" * 1_000_000,
    "brackets": "[" * 3_000 + "](x)",
}


@pytest.mark.parametrize("what", LARGE)
def test_what_is_very_large_or_very_deep_is_read_or_refused_in_one_line(tmp_path: Path, what: str):
    text = f"---\ntitle: T\n---\n\n{LARGE[what]}\n"
    said = ""
    try:
        said = parse_source(text.encode(), path="sources/a.md").title
    except WorkflowError as fault:
        said = str(fault)
    assert said
    assert "\n" not in said


def test_a_title_of_100_kb_goes_through_or_is_one_fault(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project, text=f"---\ntitle: {'word ' * 10_000}\n---\n\nText.\n")
    report = made(project, draft=True)
    assert len(report.faults) <= 1
    assert not report.issues


@pytest.mark.parametrize("place", ["sources/council-met.md", "locales/ru/releases/council-met.po"])
def test_a_link_out_of_the_newsroom_is_not_read(tmp_path: Path, place: str):
    outside = tmp_path / "outside"
    project = make_newsroom(tmp_path / "newsroom")
    write_release(project)
    sync(project)
    translate(project, headline="The secret council")
    path = project.root / place
    text = path.read_text(encoding="utf-8").replace("The council", "The secret council")
    outside.write_text(text, encoding="utf-8")
    path.unlink()
    path.symlink_to(outside)
    result = run(project.root, "publish", "--all", "--draft")
    assert "Traceback" not in result.stderr
    assert result.returncode == 2
    assert f"{place}: leads out of the project" in result.stdout + result.stderr
    assert not any("secret" in content for content in pages(project))


def test_a_link_in_the_site_is_never_written_through(tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("keep", encoding="utf-8")
    project = make_newsroom(tmp_path / "newsroom")
    write_release(project)
    (project.root / "site" / "releases").mkdir(parents=True)
    (project.root / "site" / "releases" / ".000001").symlink_to(outside)
    result = run(project.root, "publish", "--all", "--draft")
    assert "Traceback" not in result.stderr
    made(project)
    assert [path.name for path in outside.iterdir()] == ["index.html"]
    assert (outside / "index.html").read_text(encoding="utf-8") == "keep"
