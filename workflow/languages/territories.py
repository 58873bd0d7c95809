"""Where a language is read most, as CLDR has it."""

from __future__ import annotations

from babel import Locale
from babel.core import get_global


def likely_locale(locale: Locale) -> str:
    """With the territory where most who read the language live (CLDR's likely subtags)."""
    likely = get_global("likely_subtags").get(str(locale), "")
    territory = locale.territory or likely.rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else locale.language
