"""HTML: a page as a newsroom or its website saves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from workflow.encoding import decode
from workflow.errors import SourceError
from workflow.formats._blocks import read_blocks, text_of
from workflow.formats._metadata import KEYS, Statement, reading_of
from workflow.formats._tree import parse_html, root_of
from workflow.plugins import Reading

_NAMES = {
    "og:title": "title",
    "og:description": "summary",
    "description": "summary",
    "article:published_time": "date",
    "article:section": "section",
    "pubdate": "date",
    "publication_date": "date",
    "dc.date": "date",
    "dcterms.date": "date",
    "dc.title": "title",
    "content-language": "language",
}
"""Names that pages use → ours; a name of ours as it stands goes before them."""

_NEVER_EMPTY = ("embargo", "withdrawn")
"""Where one of these stands, something was meant."""


@dataclass(frozen=True, slots=True)
class HtmlFormat:
    """See `workflow.plugins.SourceFormat`."""

    name: str = "html"
    suffixes: tuple[str, ...] = (".html", ".htm")

    def read(self, data: bytes, *, path: str, slug: str, strict: bool = True) -> Reading:
        """The release on a page; chrome, scripts and comments are dropped."""
        try:
            text, _ = decode(data)
        except SourceError as error:
            raise SourceError(error.what, path=path, line=error.line, hint=error.hint) from None
        document = parse_html(text, path=path)
        root = root_of(document)
        said = _statement(document, root)
        title = said.values.get("title")
        for heading in [h1 for h1 in root.iter("h1") if text_of(h1) == title]:
            heading.drop_tree()
        parsed = read_blocks(root, path=path)
        return reading_of(
            said, parsed.blocks, path=path, slug=slug, strict=strict, issues=parsed.issues
        )


FORMAT = HtmlFormat()


def _statement(document: HtmlElement, root: HtmlElement) -> Statement:
    ours: dict[str, object] = {}
    theirs: dict[str, object] = {}
    extra: dict[str, object] = {}
    lines: dict[str, int] = {}
    for name, content, line in _metas(document):
        key = _NAMES.get(name, name)
        if name in KEYS:
            ours.setdefault(key, content)
        elif key in KEYS:
            theirs.setdefault(key, content)
        else:
            extra.setdefault(name, content)
            continue
        lines.setdefault(key, line)
    language = document.get("lang", "").strip()
    if language:
        theirs.setdefault("language", language)
    title = _title(document, root)
    if title:
        theirs.setdefault("title", title)
    return Statement(values={**theirs, **ours}, lines=lines, extra=extra)


def _metas(document: HtmlElement) -> Iterator[tuple[str, str, int]]:
    for meta in document.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv") or ""
        content = " ".join(meta.get("content", "").split(" ")).strip()
        if name and (content or name.strip().lower() in _NEVER_EMPTY):
            yield name.strip().lower(), content, meta.sourceline or 1


def _title(document: HtmlElement, root: HtmlElement) -> str:
    """The heading of the release; a ``<title>`` often ends in the name of the site."""
    elements = (next(root.iter("h1"), None), next(document.iter("title"), None))
    return next((text for one in elements if one is not None and (text := text_of(one))), "")
