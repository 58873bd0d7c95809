"""A tag of a finished page → what `verify` has to know of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

VOID = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    )
)  # fmt: skip
"""What is never closed."""
_LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src"}
_ADDRESSES = frozenset(
    (
        "href", "src", "srcset", "srcdoc", "data", "action", "formaction",
        "poster", "background", "cite", "xlink:href",
    )
)  # fmt: skip
_SCRIPTABLE = ("javascript:", "vbscript:", "data:text")
SCRIPT = "a script: pages work without"
"""The fault of a script that is not the search's."""

Attributes = Sequence[tuple[str, str | None]]


class Seen(NamedTuple):
    """What a tag does."""

    tag: str
    faults: tuple[str, ...]
    links: tuple[str, ...]
    heads: tuple[str, ...]
    """Where a ``<link>`` leads."""
    id: str
    language: tuple[str, str] | None
    """(hreflang, address) of a translation that it names."""


def look_at(tag: str, attributes: Attributes) -> Seen:
    """What a tag that opens an element does."""
    values = dict(attributes)
    addresses = _ADDRESSES | ({"content"} if values.get("http-equiv") else set())
    faults = [
        f"<{tag}> has a {name} that could run"
        for name, value in attributes
        if name.startswith("on") or (name in addresses and _bare(value).startswith(_SCRIPTABLE))
    ]
    if tag == "script" and values.get("type") != "application/ld+json":
        faults.append(SCRIPT)
    if tag == "html" and not values.get("lang"):
        faults.append("<html> does not name its language")
    links = tuple(value for name, value in attributes if _LINKS.get(tag) == name and value)
    named = tag == "link" and values.get("rel") == "alternate" and values.get("hreflang")
    return Seen(
        tag=tag,
        faults=tuple(faults),
        links=() if tag == "link" else links,
        heads=links if tag == "link" else (),
        id=values.get("id") or "",
        language=(named, values.get("href") or "") if named else None,
    )


def _bare(value: str | None) -> str:
    return "".join(c for c in (value or "") if c.isprintable() and not c.isspace()).lower()
