"""The page of a draft → the same page with an overlay: what is to be known of each of its units.

The theme stays as it is: the overlay has a shadow root of its own, and the page's own policy gives
way to the one of the server that shows it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from workflow.languages import language
from workflow.markup import plain_text
from workflow.model import Catalog, Issue, Page, Segment, State, Unit
from workflow.theme import Theme, words

_POLICY = re.compile(r"<meta\b[^>]*http-equiv=[\"']?content-security-policy\b[^>]*>", re.IGNORECASE)
_HEAD = (
    '<link rel="stylesheet" href="/_preview/marks.css">\n'
    '<script src="/_preview/preview.js" defer></script>\n'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is to be known of one unit."""

    key: str
    role: str
    state: State
    path: str
    line: int
    """0 where the catalogue has no such unit."""
    source: str
    comments: tuple[str, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the overlay is told besides the units."""

    tag: str
    source_language: str
    seen: str
    """The mark of the files that the page was made from."""
    why_secret: str = ""
    """Why the text is not for everybody; empty: it is."""
    editor: str = ""
    """What stands before a path to open it in an editor; empty: paths are words only."""
    issues: tuple[Issue, ...] = ()
    """Those of no unit."""


def cards(
    segments: Iterable[Segment], catalog: Catalog, issues: Sequence[Issue], *, path: str
) -> tuple[Card, ...]:
    """One for each segment; ``path`` is that of the catalogue, which may not be there yet."""
    units = {unit.key: unit for unit in catalog.units}
    return tuple(_card(one, units.get(one.key), issues, path) for one in segments)


def overlay(page: Page, units: Sequence[Card], scene: Scene, theme: Theme) -> str:
    """The content of ``page`` with its overlay, in the words of the language ``scene.tag``."""
    states = Counter(card.state for card in units)
    shown = theme.environment.get_template("overlay.html").render(
        scene=scene,
        cards=units,
        direction=language(scene.tag).direction,
        counts=[(state, states[state]) for state in reversed(State)],
        href=lambda card: f"{scene.editor}{quote(card.path)}:{card.line}",
        **words(theme.strings[scene.tag]),
    )
    content = _POLICY.sub("", page.content)
    head, found, rest = content.partition("</head>")
    if found:
        content = f"{head}{_HEAD}{found}{rest}"
    body, found, rest = content.rpartition("</body>")
    return f"{body}{shown}{found}{rest}" if found else f"{content}{shown}"


def _card(segment: Segment, unit: Unit | None, issues: Sequence[Issue], path: str) -> Card:
    return Card(
        key=segment.key,
        role=segment.role,
        state=unit.state if unit else State.INITIAL,
        path=path,
        line=(unit.target_line or unit.line) if unit else 0,
        source=plain_text(unit.source) if unit else segment.text.plain,
        comments=unit.comments if unit else (),
        issues=tuple(issue for issue in issues if issue.key == segment.key),
    )
