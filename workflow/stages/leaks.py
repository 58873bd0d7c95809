"""Page × what is under embargo → the units that it shows.

A text is looked for by its letters and digits alone, in what readers read and what machines do: in
the words of a page, its attributes and data, and the escaped pages inside a feed. Short ones are
left out: “Photo: press office” proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from workflow.markup import parse_text
from workflow.model import Catalog, Release

_LEAST_WORDS = 4
_LEAST = 20  # letters and digits
_TAG = re.compile(r"<[^<>]*>")
_BETWEEN = re.compile(r"\\u[0-9a-f]{4}|\\.|[\W_]+", re.DOTALL)  # marks, and those that JSON escapes


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that nobody may see yet."""

    slug: str
    key: str
    letters: str


def secrets_of(release: Release, catalogs: Iterable[Catalog]) -> tuple[Secret, ...]:
    """What must not be seen of ``release``: its units, in all languages."""
    found = [Secret(release.slug, "headline", said([release.title]))] * _is_long(release.title)
    for catalog in catalogs:
        for unit in catalog.units:
            for text in (unit.source, unit.target):
                plain = parse_text(text).plain
                if _is_long(plain):
                    found.append(Secret(release.slug, unit.key, said([plain])))
    return tuple(dict.fromkeys(found))


def leaks(content: str, secrets: Sequence[Secret]) -> tuple[Secret, ...]:
    """The secrets that a file of the site shows, in whatever it is written."""
    words = unescape(_TAG.sub("", content))
    shown = (words, unescape(_TAG.sub("", words)), unescape(unescape(content)))
    letters = [said([text]) for text in shown]
    return tuple(one for one in secrets if any(one.letters in text for text in letters))


def words_of(release: Release) -> str:
    """All that a release says, to look for a secret in."""
    return said([release.title, release.summary, *(block.text.plain for block in release.blocks)])


def said(texts: Iterable[str]) -> str:
    """The letters and digits of texts, to look for a secret in."""
    return "\0".join(_BETWEEN.sub("", text) for text in texts)


def _is_long(plain: str) -> bool:
    return len(plain.split()) >= _LEAST_WORDS and len(said([plain])) >= _LEAST
