"""DOCX, through mammoth (the ``docx`` extra): styles become HTML, and that is read."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from workflow.errors import SourceError
from workflow.formats._blocks import read_blocks, text_of
from workflow.formats._labels import label_of
from workflow.formats._metadata import KEYS, Statement, reading_of
from workflow.formats._tree import parse_html, root_of
from workflow.plugins import Reading

_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
r[style-name='Emphasis'] => em
r[style-name='Strong'] => strong
"""

_LARGEST = 100 * 1024 * 1024
_STEEPEST = 200
_SMALL = 1024 * 1024
"""A part below this size may be packed as tightly as it likes: templates are."""

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CORE = "docProps/core.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_HEAD_PARAGRAPHS = 12


@dataclass(frozen=True, slots=True)
class DocxFormat:
    """See `workflow.plugins.SourceFormat`."""

    name: str = "docx"
    suffixes: tuple[str, ...] = (".docx",)

    def read(self, data: bytes, *, path: str, slug: str, strict: bool = True) -> Reading:
        """The release in a Word document. Pictures are left out and reported."""
        core = _core_of(data, path=path)
        document = parse_html(f"<body>{_to_html(data, path=path)}</body>", path=path)
        root = root_of(document)
        said = _statement(root, core)
        parsed = read_blocks(root, path=path, with_lines=False)
        issues = tuple(replace(issue, line=0) for issue in parsed.issues)
        return reading_of(said, parsed.blocks, path=path, slug=slug, strict=strict, issues=issues)


FORMAT = DocxFormat()


def _core_of(data: bytes, *, path: str) -> dict[str, str]:
    """Title and language from the properties, once the archive has proved harmless."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _inspect(archive, path=path)
            core = archive.read(_CORE) if _CORE in archive.namelist() else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        what, hint = "the file is not a DOCX document", "save it from Word as .docx"
        raise SourceError(what, path=path, hint=hint) from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(core, parser) if core else None
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return {}
    found = {
        key: " ".join((root.findtext(_DC + key) or "").split()) for key in ("title", "language")
    }
    return {key: value for key, value in found.items() if value}


def _inspect(archive: zipfile.ZipFile, *, path: str) -> None:
    """Refuse what would grow out of all measure, and XML that declares entities."""
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    steep = any(
        part.file_size > _SMALL and part.file_size > _STEEPEST * max(1, part.compress_size)
        for part in parts
    )
    if size > _LARGEST or steep:
        what = "the document unpacks to far more than it holds"
        raise SourceError(what, path=path, hint="save the text alone into a new document")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _declares(archive.read(part)):
            what = f"“{part.filename}” in the document declares a DOCTYPE; Word writes none"
            raise SourceError(what, path=path, hint="save it from Word as .docx")


def _declares(part: bytes) -> bool:
    # In UTF-16 every other byte is a zero.
    return _DOCTYPE.search(part.replace(b"\x00", b"")) is not None


def _to_html(data: bytes, *, path: str) -> str:
    try:
        import mammoth
    except ImportError:
        what, hint = "DOCX needs the docx extra", 'pip install "workflow[docx]"'
        raise SourceError(what, path=path, hint=hint) from None
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(_no_picture),
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except Exception as error:
        # Mammoth answers a damaged document with whatever its parser happened to meet.
        what = f"the document is damaged ({type(error).__name__})"
        raise SourceError(what, path=path, hint="open it in Word and save it again") from None
    return str(result.value)


def _no_picture(_image: Any) -> dict[str, str]:
    """No address: the block reader reports the picture and leaves it out."""
    return {"src": ""}


def _statement(root: HtmlElement, core: dict[str, str]) -> Statement:
    """What the labelled paragraphs and the title say; both leave the body."""
    values: dict[str, object] = {}
    extra: dict[str, object] = {}
    titles = [heading for heading in root.iter("h1") if "title" in heading.get("class", "")]
    headings = titles or ([] if "title" in core else list(root.iter("h1")))
    if headings:
        values["title"] = text_of(headings[0])
    for element in list(root)[:_HEAD_PARAGRAPHS]:
        label = label_of(text_of(element)) if element.tag == "p" else None
        if label is not None:
            key, value = label
            (values if key in KEYS else extra).setdefault(key, value)
            element.drop_tree()
        elif element not in headings[:1]:
            break
    values = {**core, **values}
    for heading in headings or root.iter("h1"):
        if text_of(heading) == values.get("title"):
            heading.drop_tree()
            break
    return Statement(values=values, extra=extra)
