"""verify: a site that is what its catalogues say has no difference, and every tampering is told."""

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.newsrooms import RELEASE, make_newsroom, translate, write_release
from tests.test_cli import Result, run
from workflow.model import Block, BlockKind, Catalog, Release, Text, Unit
from workflow.pipeline.sync import sync
from workflow.stages.leaks import leaks, secrets_of
from workflow.stores.project import Project

SETTINGS = 'site_url = "https://e.org/press"\n'
PAGE = "ru/news/2024/council-met/index.html"
CATALOGUE = "locales/ru/releases/council-met.po"
SECRET = "The council will name a new secretary general tomorrow"


def newsroom(root: Path, settings: str = SETTINGS) -> Project:
    project = make_newsroom(root, settings=settings)
    write_release(project)
    write_release(project, "other", RELEASE.replace("council", "board"))
    sync(project)
    translate(project)
    translate(project, "other")
    assert run(root, "publish", "--all").returncode == 0
    return project


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def differences(root: Path, *words: str) -> list[str]:
    """The lines of ``workflow verify``, which fails when there is one."""
    done = run(root, "verify", *words)
    lines = done.stdout.splitlines()
    assert done.returncode == (1 if lines else 0), done.stderr
    return lines


def test_a_site_as_published_has_no_difference(tmp_path: Path):
    newsroom(tmp_path)
    assert differences(tmp_path) == []
    assert differences(tmp_path, "site/current") == []
    assert differences(tmp_path, "site/releases/000001") == []
    shutil.copytree(tmp_path / "site/current", tmp_path / "mirror")
    assert differences(tmp_path, "mirror") == []


def test_anybody_can_check_the_bytes_without_this_program(tmp_path: Path):
    newsroom(tmp_path)
    command = ["sha256sum", "--check", "--quiet", "../../manifests/000001.sha256"]
    assert subprocess.run(command, cwd=tmp_path / "site/current").returncode == 0
    change(tmp_path / "site/current" / PAGE, "12", "13")
    assert subprocess.run(command, cwd=tmp_path / "site/current", capture_output=True).returncode


def test_a_tampered_page_is_named_with_its_unit(tmp_path: Path):
    newsroom(tmp_path)
    change(tmp_path / "site/current" / PAGE, "первый пункт", "первый пункт, и ещё один")
    lines = differences(tmp_path)
    assert any(line.startswith(f"{PAGE}: critical: is not what was published") for line in lines)
    change(tmp_path / "site/current" / PAGE, "Совет собрался в", "Совет не собрался в")
    lines = differences(tmp_path, "--lang", "ru")
    (unit,) = (line for line in lines if "the accepted words of unit" in line)
    assert unit.startswith(PAGE)
    assert f"({CATALOGUE}:" in unit
    number = int(unit.split(f"({CATALOGUE}:")[1].split(")")[0])
    said = (tmp_path / CATALOGUE).read_text(encoding="utf-8").splitlines()[number - 1]
    assert said == 'msgstr "Совет собрался в Бишкеке 25 июля 2024 года."'
    assert any("does not show “Совет собрался в Бишкеке" in line for line in lines)
    assert differences(tmp_path, "--lang", "en") == []


def test_what_is_missing_and_what_nobody_published_is_told(tmp_path: Path):
    newsroom(tmp_path)
    current = tmp_path / "site/current"
    (current / PAGE).unlink()
    (current / "ru/extra.html").write_text("<html lang='ru'></html>", encoding="utf-8")
    (current / "assets").symlink_to(tmp_path)
    lines = differences(tmp_path)
    assert f"{PAGE}: critical: is not there [site]" in lines
    assert "ru/extra.html: critical: was never published [site]" in lines
    assert "assets: critical: was never published [site]" in lines
    assert all(line.startswith("ru/") for line in differences(tmp_path, "--lang", "ru"))


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("ru/feed.xml", "<updated>", "<updated>x", "is not well formed: not valid at line"),
        ("ru/feed.json", '"version"', '"virsion"', "is not well formed: 'version'"),
        ("sitemap.xml", "<loc>", "<lock>", "is not well formed"),
        (PAGE, "style.css", "stile.css", "a link leads to stile.css, which is not in the site"),
        (PAGE, 'hreflang="en" href="https://e.org/press/en/news/2024/council-met/"',
         'hreflang="en" href="https://e.org/press/en/news/2024/other/"', "does not lead back"),
        (f"{Path(PAGE).parent}/provenance.json", '"sha256":"', '"sha256":"0', "is of another index.html"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_in_itself_is_told(
    tmp_path: Path, file: str, old: str, new: str, what: str
):
    newsroom(tmp_path)
    path = tmp_path / "site/current" / file
    change(path, old, new)
    assert any(line.startswith(file) and what in line for line in differences(tmp_path))


def test_lists_of_checksums_that_were_mended_with_the_page_do_not_help(tmp_path: Path):
    newsroom(tmp_path)
    page, sums = tmp_path / "site/current" / PAGE, tmp_path / "site/manifests/000001.sha256"
    old = subprocess.run(["sha256sum", page], capture_output=True, text=True).stdout[:64]
    change(page, "первый пункт", "другой пункт")
    new = subprocess.run(["sha256sum", page], capture_output=True, text=True).stdout[:64]
    change(sums, old, new)
    lines = differences(tmp_path)
    assert any("is not the list of checksums that the manifest names" in line for line in lines)
    assert any(line.startswith(f"{PAGE}: ") and "does not show" in line for line in lines)


def test_a_catalogue_that_moved_on_is_told_by_unit_until_it_is_published(tmp_path: Path):
    newsroom(tmp_path)
    change(tmp_path / CATALOGUE, 'msgstr "первый пункт"', 'msgstr "пункт первый"')
    (line,) = differences(tmp_path)
    assert line.startswith(f"{CATALOGUE}:")
    assert "is accepted with other words on the page, and accepted here" in line
    run(tmp_path, "publish", "--all")
    assert differences(tmp_path) == []
    change(tmp_path / "sources/council-met.md", "first item", "the first item")
    (line,) = differences(tmp_path, "--lang", "ru")
    assert "has other words than sources/council-met.md" in line


def test_a_page_of_a_release_that_is_held_back_is_held_to_its_last_words(tmp_path: Path):
    newsroom(tmp_path)
    change(tmp_path / CATALOGUE, 'msgstr "первый пункт"', 'msgstr ""')
    assert run(tmp_path, "publish", "--all").returncode == 1
    assert differences(tmp_path) == []
    change(tmp_path / "site/current" / PAGE, "первый пункт", "первого пункта нет")
    assert any("does not show “первый пункт”" in line for line in differences(tmp_path))


def test_a_snapshot_that_somebody_wrote_in_is_told(tmp_path: Path):
    newsroom(tmp_path)
    (path,) = (
        p for p in (tmp_path / "site/snapshots").rglob("*.json") if "Совет" in p.read_text("utf-8")
        and "council-met.md" in p.read_text("utf-8")
    )  # fmt: skip
    change(path, "первый пункт", "второй пункт")
    lines = differences(tmp_path)
    assert any(line.startswith("site/snapshots/") and "not what was kept" in line for line in lines)


def test_what_is_online_and_came_under_embargo_is_told(tmp_path: Path):
    project = newsroom(tmp_path)
    write_release(
        project, text=RELEASE.replace("section:", "embargo: 2999-01-01T10:00:00Z\nsection:")
    )
    lines = differences(tmp_path)
    assert f"{PAGE}: critical: is online, and council-met is under embargo [site]" in lines


def test_a_site_of_an_earlier_version_says_what_cannot_be_proved(tmp_path: Path):
    newsroom(tmp_path)
    (tmp_path / "site/manifests/000001.sha256").unlink()
    manifest = tmp_path / "site/manifests/000001.json"
    data = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps({**data, "version": 2}), encoding="utf-8")
    (line,) = differences(tmp_path)
    assert line.startswith("site/manifests/000001.sha256: critical: there are no checksums")


def test_the_differences_can_be_read_by_a_program(tmp_path: Path):
    newsroom(tmp_path)
    change(tmp_path / "site/current" / PAGE, "Совет собрался в", "Совет не собрался в")
    done = run(tmp_path, "verify", "--output-format", "json")
    issues = json.loads(done.stdout)["issues"]
    assert {"headline"} != {issue["key"] for issue in issues}
    assert all(issue["check"] in ("site", "page") for issue in issues)


@pytest.mark.parametrize(
    ("words", "what"), [(["nowhere"], "is no folder"), (["site/releases/.000009"], "no finished")]
)
def test_a_place_that_is_no_site_is_one_line(tmp_path: Path, words: list[str], what: str):
    newsroom(tmp_path)
    (tmp_path / "site/releases/.000009").mkdir()
    done = run(tmp_path, "verify", *words)
    assert done.returncode == 2
    assert what in done.stderr


def test_before_anything_is_online_there_is_nothing_to_prove(tmp_path: Path):
    make_newsroom(tmp_path)
    assert "nothing is online yet" in run(tmp_path, "verify").stderr


# What is under embargo


def under_embargo(root: Path, settings: str = SETTINGS) -> Project:
    project = make_newsroom(root, settings=settings)
    until = (dt.datetime.now(dt.UTC) + dt.timedelta(days=2)).isoformat()
    write_release(project)
    text = RELEASE.replace("The council met\n", f"{SECRET}\n", 1)
    write_release(project, "secret", text.replace("section:", f"embargo: {until}\nsection:"))
    sync(project)
    translate(project)
    translate(project, "secret", headline="Совет завтра назовёт нового генерального секретаря")
    return project


def publish_with(root: Path, template: str, words: str) -> Result:
    (root / "templates").mkdir(exist_ok=True)
    theme = Path(__file__).parents[1] / "templates" / template
    text = theme.read_text(encoding="utf-8")
    place = "{% block content %}\n"
    assert place in text
    (root / "templates" / template).write_text(text.replace(place, f"{place}{words}\n", 1), "utf-8")
    return run(root, "publish", "--all")


@pytest.mark.parametrize("template", ["release.html", "index.html"])
@pytest.mark.parametrize(
    "words",
    [
        f"<p>{SECRET}</p>",
        "<p>The council <b>will name</b> a new secretary&#160;general tomorrow</p>",
        f'<p title="{SECRET}">!</p>',
        "<p>Совет завтра назовёт нового генерального секретаря</p>",
    ],
)
def test_a_build_that_shows_a_text_under_embargo_is_thrown_away(
    tmp_path: Path, template: str, words: str
):
    under_embargo(tmp_path)
    assert run(tmp_path, "publish", "--all").returncode == 0
    done = publish_with(tmp_path, template, words)
    assert done.returncode == 1
    assert "shows unit headline of secret, which is under embargo [embargo]" in done.stdout
    assert "secretary" not in done.stdout + done.stderr
    assert "секретаря" not in done.stdout + done.stderr
    assert sorted(p.name for p in (tmp_path / "site/releases").iterdir()) == ["000001"]


def test_a_sentence_that_is_public_elsewhere_keeps_nothing_back(tmp_path: Path):
    under_embargo(tmp_path)  # the body of both releases is the same
    assert run(tmp_path, "publish", "--all").returncode == 0
    assert differences(tmp_path) == []


def test_no_provenance_names_what_is_under_embargo(tmp_path: Path):
    under_embargo(tmp_path)
    run(tmp_path, "publish", "--all")
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file() and path.parent.name != "manifests":
            content = path.read_text(encoding="utf-8")
            assert "secret.md" not in content
            assert "secretary" not in content


@given(st.text(alphabet="абв where \u00a0\u00ad-—«»\"'&<>", min_size=30, max_size=60))
def test_a_secret_is_found_however_it_is_written(words: str):
    from html import escape

    text = f"начало и ещё слова {words} конец"
    block = Block(kind=BlockKind.PARAGRAPH, text=Text("x"))
    release = Release(slug="s", title=text, language="ru", blocks=(block,))
    unit = Unit(key="k", source="short", target="")
    secrets = secrets_of(release, [Catalog(slug="s", language="ru", units=(unit,))])
    assert [one.key for one in secrets] == ["headline"]
    for content in (
        f"<p>{escape(text)}</p>",
        f"<p>{escape(text)}</p>".replace("ещё", "<b>ещё</b>"),
        f'<meta content="{escape(text)}">',
        f"<content>{escape(escape(text))}</content>",
    ):
        assert leaks(content, secrets) == secrets
    assert leaks("<p>начало и ещё слова</p>", secrets) == ()
