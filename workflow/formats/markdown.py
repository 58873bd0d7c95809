"""Markdown with front matter: the canonical format, read and written."""

from __future__ import annotations

import functools
import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from workflow.encoding import decode
from workflow.errors import SourceError
from workflow.formats._blocks import Parsed, read_blocks, text_of
from workflow.formats._front import split_front
from workflow.formats._metadata import Statement, reading_of
from workflow.formats._shortcodes import strip_shortcodes
from workflow.formats._tree import parse_html
from workflow.formats._writing import write_release
from workflow.model import Block, Release
from workflow.plugins import Reading

_WORDS = ("title", "headline", "summary", "excerpt", "description", "deck", "tagline", "lead")
"""Foreign fields that hold Markdown or entities where we want words."""


@dataclass(frozen=True, slots=True)
class MarkdownFormat:
    """See `workflow.plugins.SourceFormat`."""

    name: str = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, data: bytes, *, path: str, slug: str, strict: bool = True) -> Reading:
        """The release in a Markdown file."""
        try:
            text, _ = decode(data)
        except SourceError as error:
            raise SourceError(error.what, path=path, line=error.line, hint=error.hint) from None
        said, body, before = split_front(text, path=path)
        if strict:
            parsed = _parsed(body, path=path, before=before)
            issues = parsed.issues
        else:
            body, issues = strip_shortcodes(body, path=path, before=before)
            parsed, said = _with_title(body, _in_words(said), path=path, before=before)
            issues = (*issues, *parsed.issues)
        return reading_of(said, parsed.blocks, path=path, slug=slug, strict=strict, issues=issues)


FORMAT = MarkdownFormat()


def write(release: Release) -> str:
    """``release`` as Markdown; reading it gives the same blocks, up to their lines."""
    return write_release(release, read=_read_back)


def _read_back(body: str) -> tuple[Block, ...]:
    text, _ = decode(body.encode("utf-8"))
    return _parsed(text, path="", before=0).blocks


def _parsed(body: str, *, path: str, before: int) -> Parsed:
    return read_blocks(parse_html(_to_html(body, before), path=path), path=path, with_lines=False)


def _to_html(body: str, before: int) -> str:
    rendered: str = _markdown().render(body, {"before": before})
    return f"<body>{rendered}</body>"


def _with_title(body: str, said: Statement, *, path: str, before: int) -> tuple[Parsed, Statement]:
    """Foreign Markdown may keep its title in the first heading."""
    tree = parse_html(_to_html(body, before), path=path)
    heading = next(tree.iter("h1"), None)
    title = said.values.get("title") or said.values.get("headline")
    if heading is not None and text_of(heading) and (not title or title == text_of(heading)):
        if not title:
            said = replace(said, values={**said.values, "title": text_of(heading)})
        heading.drop_tree()
    return read_blocks(tree, path=path, with_lines=False), said


def _in_words(said: Statement) -> Statement:
    values = {
        key: _plain(value) if key in _WORDS and isinstance(value, str) else value
        for key, value in said.values.items()
    }
    return replace(said, values=values)


def _plain(value: str) -> str:
    """A field without Markdown and entities."""
    if not any(mark in value for mark in "&<*[_`"):
        return value
    stripped, _ = strip_shortcodes(value, path="", before=0)
    blocks = _parsed(stripped, path="", before=0).blocks
    return " ".join(block.text.plain.replace("\n", " ") for block in blocks)


@functools.cache
def _markdown() -> MarkdownIt:
    # Links stay as they are written; which of them are safe, the block reader decides for all.
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable("table")
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    markdown.validateLink = _any_link  # type: ignore[method-assign]
    markdown.core.ruler.push("data_line", _number)
    for name in ("fence", "code_block"):
        markdown.add_render_rule(name, _verbatim)
    markdown.add_render_rule("html_block", _raw)
    return markdown


def _any_link(url: str) -> bool:
    return bool(url)


def _number(state: Any) -> None:
    for token in state.tokens:
        if token.map and token.nesting >= 0:
            token.attrSet("data-line", str(state.env.get("before", 0) + token.map[0] + 1))


def _verbatim(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any
) -> str:
    token = tokens[index]
    # The reader drops one line break at the start, as browsers do.
    line = token.attrGet("data-line")
    return f'<pre data-line="{line}">\n{html.escape(token.content)}</pre>\n'


def _raw(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any
) -> str:
    # An element with no content of its own tells the line and disturbs nothing.
    token = tokens[index]
    return f'<wbr data-line="{token.attrGet("data-line")}">{token.content}'
