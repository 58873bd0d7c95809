"""Labelled lines at the head of a text: ``Date: 2024-07-25``, ``Заголовок: …``."""

from __future__ import annotations

import re

from workflow.formats._metadata import KEYS

BODY = "content"
"""The label after which only text follows."""

_OTHER_NAMES = {
    "заголовок": "title",
    "дата": "date",
    "раздел": "section",
    "рубрика": "section",
    "язык": "language",
    "кратко": "summary",
    "анонс": "summary",
    "эмбарго": "embargo",
    "статус": "status",
    "эмбарго до": "embargo",
    "embargo until": "embargo",
    "embargoed": "embargo",
    "embargoed until": "embargo",
    "конфиденциально": "confidential",
    "исправление": "corrections",
    "correction": "corrections",
    "отозвано": "withdrawn",
    "теги": "tags",
    "текст": BODY,
    "тақырып": "title",
    "күні": "date",
    "бөлім": "section",
    "аталышы": "title",
    "бөлүм": "section",
}
_KNOWN = frozenset((*KEYS, BODY, "tags", "issues", "subtitle", "author", "authors", "source"))
_LABEL = re.compile(r"\s*(?P<name>[^\W\d_][\w -]{1,30}?)\s*:(?:\s+(?P<value>\S.*?))?\s*")


def label_of(line: str, *, any_name: bool = False) -> tuple[str, str] | None:
    """The key and the value of a labelled line, or None when it is text.

    Only known labels count, or all of them with ``any_name``: "Moscow: talks begin" is text.
    """
    match = _LABEL.fullmatch(line)
    if match is None:
        return None
    name = match["name"].lower()
    key = _OTHER_NAMES.get(name, name)
    if key not in _KNOWN and not any_name:
        return None
    return key, match["value"] or ""
