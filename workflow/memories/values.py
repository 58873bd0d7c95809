"""What a memory file holds, whatever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.model import Remembered

IMPORTED = "tmx:"
"""How the origin of a text from an imported memory begins; the name of the memory follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One text in two languages or more."""

    texts: tuple[tuple[str, str], ...]
    """(tag of the newsroom, unit markup) pairs, in the order of the file."""
    source_language: str = ""
    """The language it was translated from; empty where any of them will do."""
    key: str = ""
    role: str = ""
    before: str = ""
    """Text before it in the source language, in unit markup; likewise ``after``."""
    after: str = ""
    origin: str = ""
    """What the file itself says of where it comes from."""
    section: str = ""
    author: str = ""
    changed: str = ""
    """ISO 8601, a date or a moment; empty where it is not known."""
    used: int = 0
    """How often it was used, as the file says."""
    reviewed: bool = False
    """The file says that a person approved it."""
    line: int = 0

    def text_in(self, tag: str) -> str:
        """Its text in one language; empty when it has none."""
        return next((text for language, text in self.texts if language == tag), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A unit of a file that is not taken."""

    line: int
    why: str
    foreign: bool = False
    """Nothing is wrong with it: the newsroom has not two of its languages."""


def remembered(
    translations: Iterator[Translation], *, name: str, source: str, target: str
) -> Iterator[Remembered]:
    """What the memory ``name`` knows of one pair of languages.

    A text that was translated the other way round is of use, but nobody has reviewed it so.
    """
    for one in translations:
        ours, theirs = one.text_in(source), one.text_in(target)
        if not ours or not theirs:
            continue
        is_ours = one.source_language in ("", source)
        yield Remembered(
            source=ours,
            target=theirs,
            role=one.role,
            before=one.before if is_ours else "",
            after=one.after if is_ours else "",
            origin=f"{IMPORTED}{name}",
            section=one.section,
            changed=one.changed[:10],
            imported=True,
            reviewed=one.reviewed and is_ours,
        )
