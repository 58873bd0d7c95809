from __future__ import annotations

import builtins
import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from workflow.errors import SourceError
from workflow.formats.docx import FORMAT
from workflow.markup import format_text
from workflow.plugins import Reading

docx = pytest.importorskip("docx", reason="python-docx makes the fixtures")
pytest.importorskip("mammoth", reason="the docx extra is not installed")


def document(fill: Callable[[Any], None]) -> bytes:
    made = docx.Document()
    made.core_properties.title = ""
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """The archive with some of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return out.getvalue()


def read(data: bytes, *, strict: bool = True) -> Reading:
    return FORMAT.read(data, path="x.docx", slug="x", strict=strict)


def simple(made: Any) -> None:
    made.add_paragraph("Results", style="Title")
    made.add_paragraph("Text.")


def png() -> io.BytesIO:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def test_styles_become_blocks_and_runs_become_codes() -> None:
    def fill(made: Any) -> None:
        made.add_paragraph("Results", style="Title")
        made.add_paragraph("Date: 2024-07-25")
        made.add_paragraph("Раздел: новости")
        made.add_paragraph("Языки: все")
        paragraph = made.add_paragraph("A ")
        paragraph.add_run("bold").bold = True
        paragraph.add_run(" and ")
        paragraph.add_run("italic").italic = True
        made.add_heading("Head", level=2)
        made.add_paragraph("one", style="List Bullet")
        made.add_paragraph("deep", style="List Bullet 2")
        made.add_paragraph("first", style="List Number")
        made.add_paragraph("said", style="Quote")
        made.add_paragraph("more", style="Quote")
        table = made.add_table(rows=2, cols=2)
        for cell, words in zip(table._cells, ["a", "b", "c", "d"], strict=True):
            cell.text = words
        made.add_paragraph("Figure 1", style="Caption")

    release = read(document(fill)).release
    assert (release.title, release.date, release.section) == (
        "Results",
        dt.date(2024, 7, 25),
        "новости",
    )
    assert [(str(block.kind), format_text(block.text)) for block in release.blocks] == [
        ("paragraph", "Языки: все"),
        ("paragraph", "A <b>bold</b> and <i>italic</i>"),
        ("heading", "Head"),
        ("item", "one"),
        ("item", "deep"),
        ("item", "first"),
        ("quote", "said"),
        ("quote", "more"),
        ("cell", "a"),
        ("cell", "b"),
        ("cell", "c"),
        ("cell", "d"),
        ("caption", "Figure 1"),
    ]
    assert all(block.line == 0 for block in release.blocks)
    assert [block.first for block in release.blocks if block.kind == "quote"] == [True, False]


def test_the_title_is_a_title_paragraph_or_the_property_or_the_first_heading() -> None:
    def both(made: Any) -> None:
        made.core_properties.title = "Property"
        simple(made)

    def by_property(made: Any) -> None:
        made.core_properties.title = "Property"
        made.add_paragraph("Text.")

    def by_heading(made: Any) -> None:
        made.add_heading("Heading", level=1)
        made.add_paragraph("Text.")

    for fill, title in ((both, "Results"), (by_property, "Property"), (by_heading, "Heading")):
        release = read(document(fill)).release
        assert release.title == title
        assert [block.text.plain for block in release.blocks] == ["Text."]


def test_a_label_further_down_is_text() -> None:
    def fill(made: Any) -> None:
        simple(made)
        made.add_paragraph("Date: 2024-07-25")

    release = read(document(fill)).release
    assert release.date is None
    assert [block.text.plain for block in release.blocks] == ["Text.", "Date: 2024-07-25"]


def test_a_picture_is_left_out_and_reported() -> None:
    def fill(made: Any) -> None:
        simple(made)
        made.add_picture(png())

    reading = read(document(fill))
    assert [issue.check for issue in reading.issues] == ["import-image"]
    assert len(reading.release.blocks) == 1


def test_a_picture_elsewhere_is_never_fetched(tmp_path: Any) -> None:
    def fill(made: Any) -> None:
        simple(made)
        made.add_picture(png())

    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    data = document(fill)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rels = archive.read("word/_rels/document.xml.rels")
        body = archive.read("word/document.xml")
    linked = rels.replace(
        b'Target="media/image1.png"', f'Target="{secret}" TargetMode="External"'.encode()
    )
    changes = {
        "word/_rels/document.xml.rels": linked,
        "word/document.xml": body.replace(b"r:embed=", b"r:link="),
    }
    reading = read(repacked(data, changes))
    assert [block.text.plain for block in reading.release.blocks] == ["Text."]


@pytest.mark.parametrize(
    "data", [b"", b"not a zip", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0 old doc"]
)
def test_what_is_no_archive_is_an_error(data: bytes) -> None:
    with pytest.raises(SourceError, match="not a DOCX") as caught:
        read(data)
    assert caught.value.path == "x.docx"


def test_an_archive_that_is_no_document_is_an_error() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(SourceError, match="damaged"):
        read(out.getvalue())


@pytest.mark.parametrize("size", [101 * 1024 * 1024, 5 * 1024 * 1024])
def test_a_zip_bomb_is_refused(size: int) -> None:
    with pytest.raises(SourceError, match="unpacks"):
        read(repacked(document(simple), {"word/media/a.bin": bytes(size)}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "docProps/core.xml", "word/styles.xml"])
def test_a_doctype_in_any_part_is_refused(part: str, encoding: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><x>&b;&f;</x>'
    with pytest.raises(SourceError, match="DOCTYPE"):
        read(repacked(document(simple), {part: bomb.encode(encoding)}))


def test_a_damaged_document_is_one_clear_error() -> None:
    with pytest.raises(SourceError, match="damaged"):
        read(repacked(document(simple), {"word/document.xml": b"<w:document"}))


def test_without_mammoth_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "mammoth":
            raise ImportError(name)
        return real(name, *rest, **more)

    data = document(simple)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SourceError) as caught:
        read(data)
    assert caught.value.hint == 'pip install "workflow[docx]"'


def test_no_title_is_an_error_or_an_issue() -> None:
    data = document(lambda made: made.add_paragraph("Text."))
    with pytest.raises(SourceError, match="no title"):
        read(data)
    assert [issue.check for issue in read(data, strict=False).issues] == ["import-title"]
