"""What a theme is to the stage that uses it: templates, words, and how dates are written."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme that has been read; `stores.templates` makes one."""

    environment: Environment
    strings: Mapping[str, gettext.NullTranslations]
    """The theme's own words by language tag."""
    dates: Mapping[str, str]
    """CLDR date pattern by language tag."""
