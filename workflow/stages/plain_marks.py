"""A text as it is when quotation marks, dashes, spaces and hidden characters do not count."""

from __future__ import annotations

import re
import unicodedata

_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„«»‟″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("–—‒―−‑‐", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007", " "),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", None),
        "…": "...",
    }
)
_END = re.compile(r"[\s.,;:!…]+\Z")
_LONG_DASH = re.compile(r"\s*[–—―]\s*|\s+-+\s+|--+")


def plain_marks(text: str) -> str:
    """``text`` with one kind of each mark and of space, composed, without soft hyphens."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_MARKS).split())


def loosely(text: str) -> str:
    """The same, and a capital at the start, a mark at the end and spaces at dashes do not count.

    A question mark does: it makes another sentence.
    """
    flat = plain_marks(_LONG_DASH.sub(" - ", text))
    flat = _END.sub("", flat)
    return flat[:1].lower() + flat[1:]
