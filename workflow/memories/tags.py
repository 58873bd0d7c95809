"""Language tags as other tools write them → the tags of the newsroom."""

from __future__ import annotations

import functools
import re

from babel.core import get_global

_SCRIPT = re.compile(r"[a-z]{4}")


@functools.lru_cache(maxsize=1024)
def known_tag(written: str, languages: tuple[str, ...]) -> str:
    """The language of the newsroom that ``written`` names: ru-RU and RU_ru are ru.

    A script that is not the language's usual one makes it another language: kk-Latn is not kk.
    Empty when the newsroom has it not.
    """
    parts = re.split(r"[-_]", written.strip().casefold())
    exact = {tag.casefold(): tag for tag in languages}
    for length in range(len(parts), 0, -1):
        found = exact.get("-".join(parts[:length]))
        if found is not None:
            return found if _is_usual(parts[0], parts[length:]) else ""
    return ""


def _is_usual(language: str, dropped: list[str]) -> bool:
    script = next((part for part in dropped[:1] if _SCRIPT.fullmatch(part)), "")
    usual = str(get_global("likely_subtags").get(language, "")).casefold().split("_")
    return not script or script in usual
