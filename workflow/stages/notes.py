"""Release → what its readers are told of corrections and of its withdrawal, in their language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from workflow.dates import write_date
from workflow.languages import language
from workflow.model import CorrectionType, Release
from workflow.theme import Theme

_LABELS: Mapping[CorrectionType, str] = {
    CorrectionType.CORRECTION: "Correction",
    CorrectionType.CLARIFICATION: "Clarification",
    CorrectionType.UPDATE: "Update",
}
_WITHDRAWN = "This release has been withdrawn"
_STANDARD = "The press office has taken this release back. Its text is no longer available."
"""What a notice says where nobody has written, or translated, why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing that readers are told, in the language of the release."""

    label: str
    """What it is."""
    date: dt.date | None
    day: str
    """The date in words; empty where there is none."""
    text: str


def notes(release: Release, theme: Theme) -> tuple[Note, ...]:
    """The notes of ``release``, the newest first; of a withdrawn one there is only the notice."""
    gettext = theme.strings[release.language].gettext
    if release.withdrawn is not None:
        said = release.withdrawn
        return (
            _note(gettext(_WITHDRAWN), said.date, said.note or gettext(_STANDARD), release, theme),
        )
    return tuple(
        _note(gettext(_LABELS[one.type]), one.date, one.note, release, theme)
        for one in reversed(release.corrections)
    )


def _note(label: str, date: dt.date | None, text: str, release: Release, theme: Theme) -> Note:
    tag = release.language
    day = write_date(date, language(tag), theme.dates[tag]) if date else ""
    return Note(label=label, date=date, day=day, text=text)
