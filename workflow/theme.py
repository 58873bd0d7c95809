"""What a theme is to the stage that uses it: templates, words, and how dates are written."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from jinja2 import Environment
from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme that has been read; `stores.templates` makes one."""

    environment: Environment
    strings: Mapping[str, gettext.NullTranslations]
    """The theme's own words by language tag."""
    dates: Mapping[str, str]
    """CLDR date pattern by language tag."""


@lru_cache(maxsize=32)
def words(strings: gettext.NullTranslations) -> dict[str, Callable[..., Markup]]:
    """What a template calls for the theme's words: ``_`` and its like, escaped.

    jinja2 takes for safe what gettext gives to {% trans %}; a translator's words are not. They
    are found once: every page of a run asks for the same few.
    """

    @cache
    def of_message(message: str) -> Markup:
        return escape(strings.gettext(message))

    def of_number(one: str, many: str, number: int) -> Markup:
        return escape(strings.ngettext(one, many, number))

    def in_context(context: str, message: str) -> Markup:
        return escape(strings.pgettext(context, message))

    return {
        "_": of_message,
        "gettext": of_message,
        "ngettext": of_number,
        "pgettext": in_context,
    }
