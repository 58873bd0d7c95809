"""Keys of services that stand where everybody reads them: found by their looks, never repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator

KEY_HINT = (
    "have the service issue another one, for history keeps this; [engines.NAME] key_variable names"
    " the environment variable that holds it"
)
_OWN_LOOKS = (
    ("DeepL", r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:(?:fx|dp)\b"),
    ("a language model", r"\b(?:sk|gsk|xai|hf)[-_](?=[\w-]*\d)[A-Za-z0-9_-]{24,}"),
    ("Google", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("Azure", r"\b[0-9A-Za-z]{52}JQQJ9[0-9A-Za-z]{27}\b"),
    ("Yandex", r"\bAQVN[0-9A-Za-z_-]{30,}"),
    ("a server", r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
)
"""Whose, and what its keys look like."""
_KEYS = tuple((whose, re.compile(pattern)) for whose, pattern in _OWN_LOOKS)
_HEXADECIMAL = r"[0-9a-f]{32}(?:[0-9a-f]{32})?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_BARE = re.compile(rf"(?<![\w-])(?:{_HEXADECIMAL})(?![\w-])", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:key|token|secret|password|passwd|auth)\w*[\"']?\s*[=:]\s*[\"']?([\w+/=:-]{16,})",
    re.IGNORECASE,
)
_TURN = re.compile(r"[a-z](?=\d)|\d(?=[a-z])", re.IGNORECASE)
_TURNS = 4  # from a letter to a digit or back: a name has fewer, what a machine has drawn has more


def find_keys(text: str, *, is_bare: bool = False) -> Iterator[tuple[int, str]]:
    """(line, whose key it looks like) pairs, one for a line at the most.

    ``is_bare``: what only looks random is a key even where nothing calls it one.
    """
    for number, line in enumerate(text.splitlines(), 1):
        whose = next((whose for whose, pattern in _KEYS if pattern.search(line)), "")
        if not whose and ((is_bare and _BARE.search(line)) or _is_named(line)):
            whose = "some service"
        if whose:
            yield number, whose


def _is_named(line: str) -> bool:
    return any(len(_TURN.findall(found[1])) >= _TURNS for found in _NAMED.finditer(line))
