"""publish: what is accepted goes out whole, what is not keeps its last version."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import workflow
from tests.newsrooms import NOW, RELEASE, make_newsroom, translate, tree, write_release
from workflow.errors import TemplateError
from workflow.pipeline.orders import Order, PublishReport
from workflow.pipeline.publish import publish
from workflow.pipeline.sync import sync
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project, open_project

PAGE = "ru/news/2024/council-met/index.html"


def run(project: Project, *tags: str, **options: object) -> PublishReport:
    order = Order(tags=tags or project.settings.languages, now=NOW)
    return publish(project, replace(order, **options))  # type: ignore[arg-type]


def ready(root: Path, text: str = RELEASE, settings: str = "") -> Project:
    project = make_newsroom(root, settings=settings)
    write_release(project, text=text)
    sync(project)
    translate(project)
    return project


def page(project: Project, path: str = PAGE) -> str:
    """Its bytes as text, every blank a plain one."""
    content = (project.root / "site" / "current" / path).read_text(encoding="utf-8")
    return content.replace("\u00a0", " ")


def online(project: Project, base: str = "site") -> list[str]:
    current = project.root / base / "current"
    return sorted(p.relative_to(current).as_posix() for p in current.rglob("*.html"))


def edit(project: Project, old: str, new: str, tag: str = "ru") -> None:
    path = project.root / f"locales/{tag}/releases/council-met.po"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_accepted_release_goes_out_in_its_language(tmp_path: Path):
    project = ready(tmp_path)
    report = run(project, "ru")
    assert report.exit_code == 0
    assert report.changed
    assert online(project) == [
        "en/index.html",
        "index.html",
        "ru/index.html",
        PAGE,
        "ru/news/2024/index.html",
        "ru/news/index.html",
    ]
    html = page(project)
    assert '<html lang="ru" dir="ltr">' in html
    assert "<h1>Совет собрался</h1>" in html
    assert '<time datetime="2024-07-25">25 июля 2024 года</time>' in html
    assert "<li>первый пункт" in html
    assert ">English</a>" not in html


def test_the_switcher_names_what_exists_in_every_language_of_a_release(tmp_path: Path):
    project = ready(tmp_path)
    run(project, "ru")
    report = run(project, "en")
    assert report.rendered == 2
    back = '<a href="../../../../ru/news/2024/council-met/index.html" hreflang="ru" lang="ru">'
    assert back in page(project, PAGE.replace("ru/", "en/"))
    assert 'hreflang="en" lang="en">English</a>' in page(project)


def test_publishing_again_makes_no_new_build(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    before = tree(tmp_path)
    report = run(project)
    assert not report.changed
    assert report.exit_code == 0
    assert tree(tmp_path) == before


def test_one_changed_release_is_the_only_page_that_is_made_anew(tmp_path: Path):
    project = make_newsroom(tmp_path)
    for number in range(30):
        write_release(project, f"r{number}", RELEASE.replace("12,100", str(number + 100)))
    sync(project)
    for number in range(30):
        translate(project, f"r{number}")
    assert run(project).rendered == 60
    translate(project, "r7", headline="Совет собрался снова")
    report = run(project)
    assert report.rendered == 1
    assert report.fresh == {("ru", "r7")}
    assert "Совет собрался снова" in page(project, "ru/index.html")
    old = project.root / "site/releases/000001/ru/news/2024/r3/index.html"
    new = project.root / "site/releases/000002/ru/news/2024/r3/index.html"
    assert old.stat().st_ino == new.stat().st_ino


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('msgstr "первый пункт"', 'msgstr ""', "not translated"),
        ("12 100 докладов", "12 500 докладов", "12,100 is missing; expected 12 100"),
        ("Он заслушал", "Он <b>заслушал</b>", "<b> is not in the source"),
        ("Совет собрался в", "Сoвет собрался в", "mixes Latin and Cyrillic"),
    ],
)
def test_a_release_at_the_gate_is_held_with_its_reason_and_its_last_version_stays(
    tmp_path: Path, old: str, new: str, what: str
):
    project = ready(tmp_path)
    run(project)
    good = page(project)
    edit(project, old, new)
    report = run(project)
    assert report.exit_code == 1
    (held,) = report.held
    assert (held.slug, held.tag) == ("council-met", "ru")
    assert held.snapshot
    issue = held.reasons[0]
    assert what in issue.message
    assert issue.path == "locales/ru/releases/council-met.po"
    line = (tmp_path / issue.path).read_text(encoding="utf-8").splitlines()[issue.line - 1]
    assert line.startswith("msgstr")
    assert page(project) == good


def test_a_source_that_moved_on_is_held_until_sync_and_acceptance(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    good = page(project)
    write_release(project, text=RELEASE.replace("12,100", "12,300"))
    (english, russian) = run(project).held
    assert "workflow sync" in russian.reasons[0].message
    assert english.tag == "en"
    sync(project)
    (held,) = run(project).held
    assert "the source has changed" in held.reasons[0].message
    assert page(project) == good
    translate(project)
    assert run(project).exit_code == 0
    assert "12 300" in page(project)


def test_the_page_of_a_held_release_still_learns_of_its_new_translation(tmp_path: Path):
    project = ready(tmp_path)
    run(project, "ru")
    edit(project, "12 100 докладов", "12 500 докладов")
    run(project)
    assert "12 100 докладов" in page(project)
    assert 'hreflang="en"' in page(project)


@pytest.mark.parametrize("when", ["2026-03-01T18:01:00+06:00", "2099-01-01T00:00:00Z"])
def test_text_under_embargo_is_in_no_output_before_its_time(tmp_path: Path, when: str):
    text = RELEASE.replace("section: news", f"section: news\nembargo: {when}")
    project = ready(tmp_path, text.replace("council", "xenolith"))
    for draft in (False, True):
        report = run(project, draft=draft)
        assert {record.verdict for record in report.records} == {"embargoed"}
    for path in (tmp_path / "site").rglob("*"):
        assert "xenolith" not in path.name or "council" in path.name
        if path.is_file() and path.suffix == ".html":
            assert "xenolith" not in path.read_text(encoding="utf-8")
    after = dt.datetime.fromisoformat(when) + dt.timedelta(minutes=1)
    assert run(project, now=after).exit_code in (0, 1)
    assert "xenolith" in page(project, "en/news/2024/council-met/index.html")


def test_a_release_that_comes_under_embargo_goes_offline(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    embargo = "section: news\nembargo: 2099-01-01T00:00:00Z"
    write_release(project, text=RELEASE.replace("section: news", embargo))
    report = run(project)
    assert PAGE not in online(project)
    assert report.changed


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_a_status_keeps_a_release_in(tmp_path: Path, status: str):
    text = RELEASE.replace("section: news", f"status: {status}")
    project = ready(tmp_path, text)
    report = run(project)
    assert {record.verdict for record in report.records} == {status}
    assert PAGE not in online(project)


def test_a_draft_shows_everything_in_a_site_of_its_own(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project)
    sync(project)
    report = run(project, draft=True)
    assert report.exit_code == 0
    assert not (tmp_path / "site" / "current").exists()
    html = (tmp_path / "site/draft/current" / PAGE).read_text(encoding="utf-8")
    assert 'class="draft"' in html
    assert 'content="noindex, nofollow"' in html
    assert '<h1 lang="en">The council met</h1>' in html
    assert '<p lang="en">The council met in Bishkek' in html


def test_a_dry_run_writes_nothing_and_says_what_would_go_out(tmp_path: Path):
    project = ready(tmp_path)
    before = tree(tmp_path)
    report = run(project, dry_run=True)
    assert tree(tmp_path) == before
    assert report.changed
    assert report.rendered == 2


def test_a_release_deleted_from_sources_stays_online_and_is_named(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    (tmp_path / "sources" / "council-met.md").unlink()
    report = run(project)
    assert report.gone == ("council-met",)
    assert PAGE in online(project)


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{% extends 'base.html' %}\n{% block content %}\n{{ release.titel }}\n{% endblock %}", 3),
        ("{% extends 'base.html' %}\n{% blok %}", 2),
        ("one\n{{ 1 / }}", 2),
    ],
)
def test_a_broken_template_is_one_line_and_the_site_stays(tmp_path: Path, template: str, line: int):
    project = ready(tmp_path)
    run(project)
    before = {
        path: content for path, content in tree(tmp_path / "site").items() if "releases" in path
    }
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "release.html").write_text(template, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        run(project)
    assert str(caught.value).startswith(f"templates/release.html:{line}: ")
    assert "\n" not in str(caught.value)
    assert {p: c for p, c in tree(tmp_path / "site").items() if "releases" in p} == before
    shutil.rmtree(folder)
    assert not run(project).changed


def test_a_theme_that_forgets_to_escape_is_caught_before_anything_is_shown(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "release.html").write_text(
        "<h1>{{ release.title | safe }}</h1>\n{{ body }}", encoding="utf-8"
    )
    translate(project, headline="Совет <script>")
    report = run(project)
    assert report.issues
    assert report.exit_code == 1
    assert "<h1>" in page(project)
    assert (tmp_path / "site" / "current").readlink() == Path("releases/000001")
    assert sorted(p.name for p in (tmp_path / "site/releases").iterdir()) == ["000001"]


def test_a_dead_link_inside_the_site_is_caught(tmp_path: Path):
    project = ready(tmp_path)
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "index.html").write_text('<p><a href="nowhere.html">x</a></p>', encoding="utf-8")
    report = run(project)
    assert {i.path: i.message for i in report.issues if "nowhere" in i.message} == {
        f"{folder}/index.html": f"a link leads to {folder}/nowhere.html, which is not in the site"
        for tag in ("en", "ru")
        for folder in (tag, f"{tag}/news", f"{tag}/news/2024")
    }
    assert not (tmp_path / "site" / "current").exists()


def test_an_unreadable_catalogue_is_named_and_the_others_go_out(tmp_path: Path):
    project = ready(tmp_path)
    write_release(project, "other", RELEASE.replace("council", "board"))
    sync(project)
    translate(project, "other")
    run(project)
    path = tmp_path / "locales/ru/releases/council-met.po"
    path.write_bytes(b"<<<<<<< HEAD\n" + path.read_bytes())
    translate(project, "other", headline="Новый заголовок")
    report = run(project)
    assert report.exit_code == 2
    assert "conflict marker" in str(report.faults[0])
    assert PAGE in online(project)
    assert "Новый заголовок" in page(project, "ru/news/2024/other/index.html")


def test_no_room_on_the_disk_leaves_the_old_site_online(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    project = ready(tmp_path)
    run(project)
    good = page(project)
    translate(project, headline="Новый заголовок")
    real = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "index.html":
            raise OSError(28, os.strerror(28))
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Exception, match="No space left on device"):
        run(project)
    monkeypatch.undo()
    assert page(project) == good
    assert run(project).changed
    assert "Новый заголовок" in page(project)


def test_old_builds_are_dropped_and_the_last_five_kept(tmp_path: Path):
    project = ready(tmp_path)
    for number in range(8):
        translate(project, headline=f"Заголовок {'абвгдежз'[number]}")
        run(project)
    builds = sorted(p.name for p in (tmp_path / "site/releases").iterdir())
    assert builds == [f"{n:06}" for n in range(4, 9)]
    assert len(list((tmp_path / "site/snapshots").rglob("*.json"))) == 6
    assert "Заголовок з" in page(project)


def test_a_changed_setting_or_template_makes_every_page_anew(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "style.css").write_text("body { color: teal }", encoding="utf-8")
    assert run(project).rendered == 2
    assert page(project, "style.css") == "body { color: teal }"
    settings = tmp_path / "workflow.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + 'site_url = "https://news.example.org"\n',
        encoding="utf-8",
    )
    assert run(open_project(tmp_path)).rendered == 2
    assert (
        '<link rel="canonical" href="https://news.example.org/ru/news/2024/council-met/">'
        in page(project)
    )


def test_publishing_afresh_needs_nothing_of_the_old_site(tmp_path: Path):
    project = ready(tmp_path)
    run(project)
    for path in (tmp_path / "site/snapshots").rglob("*.json"):
        path.write_text("{", encoding="utf-8")
    report = run(project, fresh=True)
    assert report.exit_code == 0
    assert report.changed
    assert "Совет собрался" in page(project)


def test_only_one_release_can_be_published(tmp_path: Path):
    project = ready(tmp_path)
    write_release(project, "other", RELEASE.replace("council", "board"))
    sync(project)
    translate(project, "other")
    report = run(project, only=("other",))
    assert {record.slug for record in report.records} == {"other"}
    assert PAGE not in online(project)


def test_a_catalogue_that_was_never_made_holds_the_release(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project)
    assert {r.reasons[0].message for r in run(project).held} == {"no catalogue yet: workflow sync"}


def test_fuzzy_is_not_accepted(tmp_path: Path):
    project = ready(tmp_path)
    catalog = read_catalog(tmp_path, "ru", "council-met")
    assert catalog is not None
    units = (replace(catalog.units[0], fuzzy=True), *catalog.units[1:])
    write_catalog(tmp_path, replace(catalog, units=units), source_language="en")
    (held,) = run(project).held
    assert held.reasons[0].check == "unaccepted"


def test_a_picture_that_only_its_author_has_holds_one_release_and_not_the_site(tmp_path: Path):
    project = ready(tmp_path, RELEASE + "\n![a view](photo.jpg) and [a page](other.html)\n")
    write_release(project, "other", RELEASE.replace("council", "board"))
    sync(project)
    translate(project, "other")
    report = run(project)
    assert {(r.slug, r.tag) for r in report.held} == {("council-met", "en"), ("council-met", "ru")}
    reason = next(r for r in report.held if r.tag == "en").reasons[0]
    assert "“photo.jpg” leads nowhere here" in reason.message
    assert (reason.path, reason.line) == ("sources/council-met.md", 12)
    assert "en/news/2024/other/index.html" in online(project)
    assert run(project, draft=True).issues == ()


def test_the_untranslated_passages_of_a_draft_name_their_own_language(tmp_path: Path):
    project = make_newsroom(tmp_path)
    write_release(project, text="---\ntitle: Заголовок\nlanguage: ru\n---\n\nТекст.\n")
    sync(project)
    run(project, draft=True)
    path = "site/draft/current/en/news/undated/council-met/index.html"
    assert '<p lang="ru">Текст.</p>' in (tmp_path / path).read_text(encoding="utf-8")


def test_whatever_the_program_decides_by_shows_in_its_fingerprint(tmp_path: Path):
    package = tmp_path / "workflow"
    source = Path(workflow.__file__).parent
    shutil.copytree(source, package, ignore=shutil.ignore_patterns("__pycache__"))
    code = "from workflow.pipeline.fingerprints import program_fingerprint as f; print(f())"

    def fingerprint() -> str:
        command = [sys.executable, "-B", "-c", code]
        return subprocess.run(
            command, cwd=tmp_path, env={}, capture_output=True, check=True, text=True
        ).stdout

    found = [fingerprint(), fingerprint()]
    for name in ("checks/terms.py", "languages/kk.toml", "morphology/ky.toml", "stores/po/*.txt"):
        (path,) = package.glob(name)
        path.write_bytes(path.read_bytes() + b"\n")
        found.append(fingerprint())
    assert found[0] == found[1]
    assert len(set(found)) == len(found) - 1
