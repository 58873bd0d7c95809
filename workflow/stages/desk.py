"""Releases and how far they are → the list that a preview begins with, or why nothing is shown."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.languages import Language, language
from workflow.theme import Theme, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One release in one language. Counts are units."""

    slug: str
    title: str = ""
    """Empty where nothing of it may be seen, or it cannot be read."""
    lang: str = ""
    """The language that the title is in."""
    href: str = ""
    accepted: int = 0
    fuzzy: int = 0
    empty: int = 0
    note: str = ""
    """Why there is less to see; one of the overlay's words."""
    until: str = ""
    """The moment before which nothing is shown."""
    fault: str = ""
    """Why it cannot be read."""

    @property
    def percent(self) -> int:
        """How much is accepted; all only where nothing is left to do."""
        return 100 * self.accepted // max(self.accepted + self.fuzzy + self.empty, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A list of releases, or a page that only says something."""

    tag: str
    newsroom: str
    tags: tuple[str, ...]
    """The languages there are lists in."""
    seen: str
    rows: tuple[Row, ...] = ()
    is_list: bool = True
    found: int = 0
    """How many releases there are on all pages of the list."""
    query: str = ""
    before: str = ""
    after: str = ""
    """Where the neighbouring pages of the list are; empty: nowhere."""
    faults: tuple[str, ...] = ()
    notice: str = ""
    """What there is to say, one of the overlay's words."""
    until: str = ""
    place: str = ""
    """The file that it is said of."""


def desk(view: Desk, theme: Theme) -> str:
    """The page in the language ``view.tag``."""
    languages: list[Language] = [language(tag) for tag in view.tags]
    return theme.environment.get_template("desk.html").render(
        view=view,
        direction=language(view.tag).direction,
        languages=languages,
        **words(theme.strings[view.tag]),
    )
