"""Values of front matter as words and days."""

from __future__ import annotations

import datetime as dt
import re

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", re.DOTALL)

YES, NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
"""How people write them, in small letters."""


def words_of(value: object) -> str | None:
    """A scalar as one line; None for a list or a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, str | int | float):
        # Only line ends go: NBSP is part of the text.
        return re.sub(r"[ \t\n]+", " ", str(value)).strip(" ")
    return None


def iso_date(written: str) -> dt.date | None:
    """The day that an ISO date or moment names; None for anything else."""
    if not _ISO_DATE.fullmatch(written):
        return None
    try:
        return dt.date.fromisoformat(written[:10])
    except ValueError:
        return None
