"""The theme on disk: overriding, words of two origins, and their way to translators."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from tests.newsrooms import make_newsroom
from workflow.errors import SettingsError, TemplateError
from workflow.model import Site
from workflow.settings import Settings
from workflow.stages.render import render_root
from workflow.stores.project import Project
from workflow.stores.strings import POT, extract_strings
from workflow.stores.templates import builtin_theme, read_asset, read_theme, theme_files

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
SITE = Site(
    name="N",
    url="",
    languages=(("en", "English"), ("ru", "Русский")),
    draft=False,
    source_language="en",
)


def template(root: Path, name: str, text: str) -> None:
    path = root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def strings(root: Path, text: str | bytes, tag: str = "ru") -> Path:
    path = root / "locales" / tag / "site.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def russian(project: Project, message: str) -> str:
    return read_theme(project.root, project.settings).strings["ru"].gettext(message)


def test_one_template_is_overridden_and_the_others_are_ours(tmp_path: Path):
    project = make_newsroom(tmp_path)
    template(tmp_path, "root.html", "{% extends 'base.html' %}{% block content %}Own{% endblock %}")
    content = render_root(read_theme(project.root, project.settings), SITE).content
    assert "Own" in content
    assert "<!doctype html>" in content
    assert read_asset(tmp_path, "style.css") == (
        builtin_theme() / "templates" / "style.css"
    ).read_text("utf-8")


def test_the_words_of_the_newsroom_come_first_and_ours_fill_the_gaps(tmp_path: Path):
    project = make_newsroom(tmp_path)
    strings(tmp_path, HEADER + '\nmsgid "All releases"\nmsgstr "Все новости"\n')
    assert russian(project, "All releases") == "Все новости"
    assert russian(project, "Languages") == "Языки"
    assert russian(project, "never heard of") == "never heard of"


def test_a_fuzzy_word_is_not_shown(tmp_path: Path):
    project = make_newsroom(tmp_path)
    strings(tmp_path, HEADER + '\n#, fuzzy\nmsgid "All releases"\nmsgstr "Догадка"\n')
    assert russian(project, "All releases") == "Все материалы"


def test_a_translator_cannot_put_markup_into_a_page_not_even_through_trans(tmp_path: Path):
    project = make_newsroom(tmp_path)
    strings(tmp_path, HEADER + '\nmsgid "All"\nmsgstr "<script>x</script>"\n', "en")
    template(tmp_path, "root.html", '{% trans %}All{% endtrans %}<i title="{{ _("All") }}"></i>')
    content = render_root(read_theme(project.root, project.settings), SITE).content
    safe = "&lt;script&gt;x&lt;/script&gt;"
    assert content == f'{safe}<i title="{safe}"></i>'


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (HEADER + '\nmsgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n', 6),
        (HEADER.encode() + '\nmsgid "a"\nmsgstr "я"\n'.encode("cp1251"), 6),
        (HEADER.replace("UTF-8", "no-such"), None),
        (HEADER + '"Plural-Forms: nplurals=2; plural=__import__;\\n"\n', None),
    ],
)
def test_a_broken_site_po_is_one_line_with_its_place(
    tmp_path: Path, broken: str | bytes, line: int | None
):
    project = make_newsroom(tmp_path)
    strings(tmp_path, broken)
    with pytest.raises(TemplateError) as caught:
        read_theme(project.root, project.settings)
    assert caught.value.path == "locales/ru/site.po"
    assert caught.value.line == line


def test_a_date_pattern_that_is_none_is_a_fault_of_the_settings(tmp_path: Path):
    for pattern in ("ggg", "HH:mm", "MMMMMMMMM"):
        with pytest.raises(SettingsError, match=r"dates\.ru"):
            read_theme(tmp_path, Settings(dates={"ru": pattern}))


def test_every_file_of_the_theme_counts_folders_too(tmp_path: Path):
    make_newsroom(tmp_path)
    template(tmp_path, "parts/foot.html", "x")
    strings(tmp_path, HEADER)
    files = theme_files(tmp_path)
    assert tmp_path / "templates" / "parts" / "foot.html" in files
    assert tmp_path / "locales" / "ru" / "site.po" in files
    assert len(files) == len(set(files))


def test_extracting_twice_writes_once_and_names_no_date_and_no_line(tmp_path: Path):
    project = make_newsroom(tmp_path)
    strings(tmp_path, HEADER)
    first = extract_strings(tmp_path, project.settings)
    assert first.added == (("locales/ru/site.po", first.strings),)
    before = [(p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(tmp_path.rglob("site.po*"))]
    again = extract_strings(tmp_path, project.settings)
    assert again.added == ()
    assert again.untranslated == first.untranslated == (("locales/ru/site.po", first.strings),)
    after = [(p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(tmp_path.rglob("site.po*"))]
    assert after == before
    pot = (tmp_path / POT).read_text(encoding="utf-8")
    assert 'msgid "All releases"' in pot
    assert 'msgid "Test Office"' in pot
    assert "Date" not in pot
    assert "#:" not in pot


def test_new_strings_are_appended_and_nothing_before_them_is_touched(tmp_path: Path):
    project = make_newsroom(tmp_path)
    old = (
        HEADER.replace("\n", "\r\n")
        + '"Plural-Forms: nplurals=3; plural=0;\\n"\r\n\r\n# kept\r\nmsgid "Zeta"\r\nmsgstr "Я"'
    ).encode()
    path = strings(tmp_path, old)
    template(
        tmp_path,
        "root.html",
        "{# NOTE: seen once #}\n{{ _('Alpha') }}\n"
        "{% trans n=2 %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}",
    )
    extract_strings(tmp_path, project.settings)
    new = path.read_bytes()
    assert new.startswith(old)
    assert b'#. seen once\r\nmsgid "Alpha"\r\nmsgstr ""\r\n' in new
    assert b'msgid_plural "%(n)s days"\r\nmsgstr[0] ""\r\nmsgstr[1] ""\r\nmsgstr[2] ""' in new
    assert new.count(b"\n") == new.count(b"\r\n")
    assert read_theme(tmp_path, project.settings).strings["ru"].gettext("Zeta") == "Я"


def test_a_site_po_that_cannot_be_read_stops_extraction_before_anything_is_written(tmp_path: Path):
    project = make_newsroom(tmp_path)
    strings(tmp_path, HEADER + "what?\n")
    strings(tmp_path, HEADER, "en")
    with pytest.raises(TemplateError):
        extract_strings(tmp_path, project.settings)
    assert not (tmp_path / POT).exists()
    strings(tmp_path, HEADER.replace("UTF-8", "windows-1251"))
    with pytest.raises(TemplateError, match="windows-1251"):
        extract_strings(tmp_path, project.settings)


def test_a_template_that_cannot_be_read_is_named_with_its_line(tmp_path: Path):
    project = make_newsroom(tmp_path)
    template(tmp_path, "root.html", "a\n{% nonsense %}")
    with pytest.raises(TemplateError) as caught:
        extract_strings(tmp_path, project.settings)
    assert (caught.value.path, caught.value.line) == ("templates/root.html", 2)


@pytest.mark.parametrize("tag", ["en", "ru", "kk", "ky"])
def test_our_own_words_are_all_translated(tag: str):
    ours = _messages(builtin_theme() / POT)
    assert _messages(builtin_theme() / "locales" / tag / "site.po") == ours
    words = read_theme(builtin_theme(), Settings()).strings[tag]
    assert tag == "en" or all(words.gettext(message) != message for message in ours)


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
@pytest.mark.parametrize("tag", ["en", "ru", "kk", "ky"])
def test_our_own_words_pass_msgfmt(tag: str, tmp_path: Path):
    path = builtin_theme() / "locales" / tag / "site.po"
    subprocess.run(["msgfmt", "-c", "-o", str(tmp_path / "x.mo"), str(path)], check=True)


def test_the_template_for_translators_is_up_to_date(tmp_path: Path):
    project = make_newsroom(tmp_path)
    extract_strings(tmp_path, replace(project.settings, name="CSTO Press Office"))
    assert (tmp_path / POT).read_bytes() == (builtin_theme() / POT).read_bytes()


def _messages(path: Path) -> set[str]:
    return {entry.msgid for entry in polib.pofile(str(path))}
