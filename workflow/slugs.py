"""Slugs: the ASCII name of a release in file names and addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 80
"""No slug is longer; made ones stop at `MADE` so that a number still fits."""

MADE = 60

RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", "site"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)]
)
"""Names that Windows keeps for itself or that a site needs for its own pages."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ‘`\N{COMBINING ACUTE ACCENT}")

# Russian: BGN/PCGN without signs.
_PAIRS = (
    "а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u "
    "ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya"
)
_RUSSIAN = dict(pair.split("=") for pair in _PAIRS.split())

_TABLES: dict[str, dict[str, str]] = {
    "ru": _RUSSIAN,
    # Kazakh: the Latin alphabet of 2021 with its marks taken off; ж, ш, ч as readers of English
    # addresses know them.
    "kk": _RUSSIAN
    | {"ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i"}
    | {"х": "h", "й": "i"},
    # Kyrgyz: BGN/PCGN, the customary romanisation (Jogorku Kengesh, Chüy → Chuy).
    "ky": _RUSSIAN | {"ж": "j", "ң": "ng", "ө": "o", "ү": "u"},
}

# A name from a neighbour may stand in any text.
_ANY = {"і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "w", "ј": "j"} | _TABLES["kk"] | _RUSSIAN

_LATIN = {"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"} | {
    "ı": "i",
    "ə": "a",
    "&": " and ",
}


def slug_of(text: str, language: str) -> str:
    """An ASCII slug for ``text``, cut at a word; ``release`` when nothing is left of it."""
    slug = _OTHER.sub("-", _ascii(text, language)).strip("-")
    if len(slug) > MADE:
        cut = slug[: MADE + 1].rpartition("-")[0]
        slug = cut or slug[:MADE]
    if not slug:
        return "release"
    return f"{slug}-release" if slug in RESERVED else slug


def unique_slug(wanted: str, taken: Collection[str]) -> str:
    """``wanted``, or ``wanted-2``, ``wanted-3`` … : the first that is not taken."""
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        end = f"-{number}"
        slug = wanted[: LONGEST - len(end)].rstrip("-") + end
    return slug


def is_slug(text: str) -> bool:
    """Whether ``text`` may name a release: lower-case ASCII words joined by hyphens."""
    return len(text) <= LONGEST and bool(_SLUG.fullmatch(text)) and text not in RESERVED


def _ascii(text: str, language: str) -> str:
    table = _ANY | _TABLES.get(language.partition("-")[0].lower(), {}) | _LATIN
    # й and ё have to stay one letter until they are looked up; é has to fall apart after.
    letters = unicodedata.normalize("NFC", text).lower().translate(_APOSTROPHES)
    spelled = "".join(table.get(char, char) for char in letters)
    parts = unicodedata.normalize("NFKD", spelled)
    return "".join(char for char in parts if not unicodedata.combining(char)).lower()
