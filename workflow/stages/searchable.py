"""Release → the document that a search index is made of. Readers never see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markupsafe import Markup

from workflow.model import Release
from workflow.stages.assemble import is_left, own_summary, passages_in
from workflow.stages.segment import TITLE

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SOFT = str.maketrans("", "", "\u00ad")

Roots = Callable[[str], frozenset[str]]


def searchable(release: Release, roots: Roots, *, day: str) -> str:
    """A small HTML page: title, date, summary and text, and the roots of the words.

    ``roots`` of a word in small letters: see `Morphology.roots`. ``day`` is the date as readers
    see it. What is left in the source language is not in it: it would be found under a language
    that it is not in.
    """
    paragraphs = [*_own(release)]
    told = {word.lower() for text in (release.title, *paragraphs) for word in words_of(text)}
    more = sorted({root for word in told for root in roots(word)} - told)
    return Markup(
        '<!doctype html><html lang="{tag}"><body><main data-pagefind-body>'
        '<h1 data-pagefind-meta="title" data-pagefind-weight="7">{title}</h1>'
        '<p data-pagefind-meta="summary">{summary}</p>{body}'
        '<p hidden data-pagefind-meta="day" data-pagefind-ignore="index">{day}</p>'
        '<p data-roots="{roots}" data-pagefind-index-attrs="data-roots" data-pagefind-weight="0.5">'
        "</p></main></body></html>"
    ).format(
        tag=release.language,
        title=release.title if TITLE not in release.untranslated else "",
        summary=own_summary(release),
        body=Markup().join(Markup("<p>{}</p>").format(text) for text in paragraphs),
        day=day,
        roots=" ".join(more),
    )


def words_of(text: str) -> Iterator[str]:
    """The words of a text, and the parts of those with a hyphen."""
    for found in _WORD.finditer(text.translate(_SOFT)):
        yield found[0]
        if "-" in found[0]:
            yield from found[0].split("-")


def _own(release: Release) -> Iterator[str]:
    """The text of each block that is in the language of the release."""
    for number, block in enumerate(release.blocks):
        if is_left(release, number):
            continue
        text, at, pieces = block.text.plain, 0, []
        for passage in passages_in(release, number):
            pieces.append(text[at : passage.start])
            at = passage.end
        yield "".join((*pieces, text[at:]))
