"""Catalogues on disk: what a translator's tool wrote stays as it wrote it."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from workflow.errors import CatalogError
from workflow.model import Catalog, Unit
from workflow.stores.catalogs import catalog_path, read_catalog, write_catalog

BY_HAND = """\
# Айгүл, 2024
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ky\\n"
"X-Generator: Poedit 3.4\\n"

# жакшы көрүү керек
#. paragraph
#: sources/a.md:1
#, reviewed, no-wrap
msgctxt "aaaa"
msgid ""
"One "
"sentence."
msgstr "Бир "
"сүйлөм."


#. paragraph
msgctxt "bbbb"
msgid "Two."
msgstr ""

#~ msgctxt "old"
#~ msgid "Gone."
#~ msgstr "Жок."
# at the end
"""


def put(root: Path, text: str | bytes, tag: str = "ky", slug: str = "a") -> Path:
    path = root / catalog_path(tag, slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def read(root: Path, tag: str = "ky", slug: str = "a") -> Catalog:
    catalog = read_catalog(root, tag, slug)
    assert catalog is not None
    return catalog


def test_there_is_no_catalogue_where_there_is_no_file(tmp_path: Path):
    assert read_catalog(tmp_path, "ky", "a") is None


def test_writing_what_was_read_changes_nothing(tmp_path: Path):
    path = put(tmp_path, BY_HAND)
    before = path.stat()
    assert write_catalog(tmp_path, read(tmp_path), source_language="en") is False
    assert path.read_text(encoding="utf-8") == BY_HAND
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_byte_order_mark_is_read_over_and_kept(tmp_path: Path):
    path = put(tmp_path, "\ufeff" + BY_HAND.removeprefix("# Айгүл, 2024\n"))
    catalog = read(tmp_path)
    assert catalog.units[0].target == "Бир сүйлөм."
    units = (catalog.units[0], replace(catalog.units[1], target="Эки."))
    write_catalog(tmp_path, replace(catalog, units=units), source_language="en")
    assert path.read_text(encoding="utf-8").startswith('\ufeffmsgid ""\n')


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_one_changed_unit_changes_only_its_own_lines(tmp_path: Path, newline: str):
    path = put(tmp_path, BY_HAND.replace("\n", newline))
    catalog = read(tmp_path)
    units = (catalog.units[0], replace(catalog.units[1], target="Эки."))
    assert write_catalog(tmp_path, replace(catalog, units=units), source_language="en")
    expected = BY_HAND.replace('msgid "Two."\nmsgstr ""', 'msgid "Two."\nmsgstr "Эки."')
    expected = expected.replace('"сүйлөм."\n\n\n', '"сүйлөм."\n\n')
    assert path.read_bytes() in (
        expected.replace("\n", newline).encode(),
        expected.replace('"сүйлөм."\n\n', '"сүйлөм."\n\n\n').replace("\n", newline).encode(),
    )


def test_new_notes_leave_the_rest_of_an_entry_alone(tmp_path: Path):
    path = put(tmp_path, BY_HAND)
    catalog = read(tmp_path)
    units = (replace(catalog.units[0], notes=("lead", "term: x → y")), catalog.units[1])
    write_catalog(tmp_path, replace(catalog, units=units), source_language="en")
    assert path.read_text(encoding="utf-8") == BY_HAND.replace(
        "#. paragraph\n#: sources", "#. lead\n#. term: x → y\n#: sources"
    )


def test_a_plural_entry_we_do_not_understand_stays(tmp_path: Path):
    plural = '\nmsgid "a day"\nmsgid_plural "days"\nmsgstr[0] "күн"\nmsgstr[1] "күн"\n'
    path = put(tmp_path, BY_HAND + plural)
    catalog = read(tmp_path)
    write_catalog(tmp_path, replace(catalog, units=catalog.units[:1]), source_language="en")
    assert plural in path.read_text(encoding="utf-8")


def test_a_new_catalogue_pleases_gettext_and_polib(tmp_path: Path):
    units = (
        Unit(key="headline", source='A "name"', target="Ат «a»", notes=("headline",)),
        Unit(
            key="k",
            source="b\nc",
            target="в\nг",
            fuzzy=True,
            previous_key="o",
            previous_source="old",
            comments=("pretranslated: memory",),
        ),
    )
    gone = (Unit(key="z", source="gone", target="жок", fuzzy=True, previous_source="older"),)
    catalog = Catalog(slug="a", language="ky", units=units, obsolete=gone)
    assert write_catalog(tmp_path, catalog, source_language="en")
    path = tmp_path / catalog_path("ky", "a")
    file = polib.pofile(str(path))
    assert file.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert file.metadata["Language"] == "ky"
    assert file[1].previous_msgid == "old"
    again = read(tmp_path)
    strip = [replace(u, line=0, target_line=0) for u in (*again.units, *again.obsolete)]
    assert strip == [*units, *gone]
    if shutil.which("msgfmt"):
        command = ["msgfmt", "-c", "-o", "/dev/null", str(path)]
        assert subprocess.run(command, capture_output=True).returncode == 0


def test_the_line_of_a_unit_is_that_of_its_msgstr(tmp_path: Path):
    put(tmp_path, BY_HAND)
    assert [(u.line, u.target_line) for u in read(tmp_path).units] == [(13, 16), (22, 23)]


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (BY_HAND.replace("UTF-8", "ASCII").encode(), 1, "not ASCII, as its header says"),
        (BY_HAND.replace("бир", "x").encode("utf-16"), None, "."),
        (BY_HAND.replace("UTF-8", "nonsense").encode(), None, "unknown charset “nonsense”"),
        (BY_HAND.encode("utf-8").replace("сүйлөм".encode(), b"\xf1\xf3"), 17, "not utf-8"),
        (
            BY_HAND.replace('"bbbb"\nmsgid "Two."', '"aaaa"\nmsgid "One sentence."').encode(),
            22,
            "again",
        ),
        (BY_HAND.replace("Language: ky", "Language: kk").encode(), 2, "wrong folder"),
        (BY_HAND.replace('msgstr ""\n\n#~', "=======\n\n#~").encode(), 23, "conflict marker"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line_and_stays(
    tmp_path: Path, data: bytes, line: int | None, what: str
):
    path = put(tmp_path, data)
    with pytest.raises(CatalogError, match=what) as caught:
        read(tmp_path)
    assert "\n" not in str(caught.value)
    if line:
        assert caught.value.line == line
    with pytest.raises(CatalogError):
        write_catalog(tmp_path, Catalog(slug="a", language="ky"), source_language="en")
    assert path.read_bytes() == data


def test_a_catalogue_in_an_old_charset_is_read_and_written_in_it(tmp_path: Path):
    text = (
        BY_HAND.replace("UTF-8", "windows-1251")
        .replace("ky", "ru")
        .replace("жакшы көрүү керек", "a")
    )
    text = text.replace("Айгүл", "Анна").replace("сүйлөм", "слово")
    path = put(tmp_path, text.encode("cp1251"), tag="ru")
    catalog = read(tmp_path, tag="ru")
    assert catalog.units[0].target == "Бир слово."
    units = (catalog.units[0], replace(catalog.units[1], target="Два."))
    write_catalog(tmp_path, replace(catalog, units=units), source_language="en")
    assert "Два.".encode("cp1251") in path.read_bytes()
    catalog = read(tmp_path, tag="ru")
    units = (catalog.units[0], replace(catalog.units[1], target="Үч"))
    with pytest.raises(CatalogError, match="msgconv -t UTF-8"):
        write_catalog(tmp_path, replace(catalog, units=units), source_language="en")


def test_a_header_that_a_tool_took_away_is_written_again(tmp_path: Path):
    put(tmp_path, BY_HAND.partition("\n\n")[2])
    catalog = read(tmp_path)
    assert write_catalog(tmp_path, catalog, source_language="en")
    again = read(tmp_path)
    assert dict(again.header)["language"] == "ky"
    assert [unit.target for unit in again.units] == [unit.target for unit in catalog.units]


def test_an_empty_source_language_swallows_no_other_field(tmp_path: Path):
    header = '"X-Source-Language: \\n"\n"X-Team: one\\n"\n'
    path = put(tmp_path, BY_HAND.replace('"Content-Type', f'{header}"Content-Type'))
    write_catalog(tmp_path, read(tmp_path), source_language="en")
    text = path.read_text(encoding="utf-8")
    assert '"X-Source-Language: en\\n"\n"X-Team: one\\n"\n' in text


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "no-such"])
def test_a_codec_that_is_no_charset_is_one_line(tmp_path: Path, charset: str):
    put(tmp_path, BY_HAND.replace("UTF-8", charset))
    with pytest.raises(CatalogError, match=r"charset|not " + charset):
        read(tmp_path)


def test_a_byte_order_mark_wins_over_the_charset_of_the_header(tmp_path: Path):
    text = "\ufeff" + BY_HAND.replace("UTF-8", "windows-1251")
    path = put(tmp_path, text.encode())
    catalog = read(tmp_path)
    units = (replace(catalog.units[0], target="Өзгөрдү."), *catalog.units[1:])
    write_catalog(tmp_path, replace(catalog, units=units), source_language="en")
    assert "Өзгөрдү." in path.read_bytes().decode("utf-8-sig")
    assert path.read_bytes().startswith("\ufeff".encode())
