"""Converters: a value of TOML → a value of `Settings`, or `ValueError` with what is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable

from workflow.model import Severity

TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag we are ready to use as part of a path (BCP 47, the part we need)."""

NAME = re.compile(r"[a-z][a-z0-9-]*")
"""The name of an engine or a check."""
_ENVIRONMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def to_text(value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise ValueError("a text in quotes is wanted")
    return value


def to_texts(value: object) -> tuple[str, ...]:
    """Texts."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("a list of texts is wanted")
    return tuple(value)


def to_flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("true or false is wanted")
    return value


def to_number(low: int, high: int) -> Callable[[object], int]:
    """A whole number from ``low`` to ``high``."""

    def convert(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"a whole number from {low} to {high} is wanted")
        return value

    return convert


def to_one_of(*words: str) -> Callable[[object], str]:
    """One of ``words``."""

    def convert(value: object) -> str:
        if value not in words:
            raise ValueError(f"{' or '.join(words)} is wanted")
        return str(value)

    return convert


def to_severity(value: object) -> Severity:
    """A severity by its name."""
    try:
        return Severity[to_text(value).upper()]
    except (KeyError, ValueError):
        raise ValueError("minor, major or critical is wanted") from None


def to_tag(value: object) -> str:
    """A language tag."""
    if not TAG.fullmatch(to_text(value)):
        raise ValueError(f"“{value}” is not a language tag")
    return to_text(value)


def to_tags(value: object) -> tuple[str, ...]:
    """Language tags, each once."""
    tags = tuple(to_tag(item) for item in to_texts(value))
    if not tags or len(set(tags)) < len(tags):
        raise ValueError("at least one language, each once")
    return tags


def to_url(value: object) -> str:
    """An http address without a query, and without its last slash."""
    text = to_text(value)
    if "@" in text.partition("://")[2].partition("/")[0]:
        raise ValueError("no user and no password here")
    if text and not re.fullmatch(r"https?://[^\s/?#\"<>]+(/[^\s?#\"<>]*)?", text):
        raise ValueError("an address such as https://news.example.org is wanted")
    return text.rstrip("/")


def to_database(value: object) -> str:
    """The address of a PostgreSQL server, without a password."""
    text = to_text(value)
    found = re.fullmatch(r"postgres(?:ql)?://(?:([^\s/?#@]*)@)?[^\s/?#@]*(?:/[^\s#]*)?", text)
    if text and found is None:
        raise ValueError("an address such as postgres://me@tm.example.org/memory is wanted")
    if (found and ":" in (found[1] or "")) or "password=" in text.lower():
        raise ValueError("no password here: put it into PGPASSWORD or ~/.pgpass")
    return text


def to_folder(value: object) -> str:
    """A folder inside the project that has no other work."""
    text = to_text(value)
    parts = text.split("/")
    if not text or "\\" in text or any(part in ("", ".", "..") for part in parts):
        raise ValueError("a folder inside the project is wanted")
    if parts[0] in ("sources", "locales", "templates", ".git", ".workflow"):
        raise ValueError(f"{parts[0]}/ has other work to do")
    return text


def to_place(value: object) -> str:
    """A place to deploy to, without a password."""
    text = to_text(value)
    if not text or text.startswith("-") or not text.isprintable():
        raise ValueError("a folder, host:folder or s3://bucket/folder is wanted")
    if re.search(r"://[^/]*@|[?]", text) or re.match(r"[^/]*:[^/]*@", text):
        raise ValueError("no password or key here: see the keys of the service's own tools")
    return text


def to_words(value: object) -> tuple[str, ...]:
    """Names in small letters, each once."""
    words = to_texts(value)
    if not all(map(NAME.fullmatch, words)) or len(set(words)) < len(words):
        raise ValueError("a list of names in small letters is wanted, each once")
    return words


def to_pairs(value: object) -> dict[str, tuple[str, ...]]:
    """Names by pair of languages: ``kk-ky``."""
    if not isinstance(value, dict):
        raise ValueError("a table of pairs of languages is wanted")
    for pair in value:
        if not re.fullmatch(r"[a-z]{2,3}-[a-z]{2,3}", pair):
            raise ValueError(f"“{pair}” is not a pair of languages such as en-ru")
    return {pair: to_words(order) for pair, order in value.items()}


def to_shares(value: object) -> dict[str, float]:
    """By language, the share of accepted units from which a release goes out: ``{ partial }``."""
    if not isinstance(value, dict):
        raise ValueError("a table of languages is wanted")
    shares = {}
    for tag, policy in value.items():
        share = policy.get("partial") if isinstance(policy, dict) and len(policy) == 1 else None
        is_number = isinstance(share, int | float) and not isinstance(share, bool)
        if share is None or not is_number or not 0 < share <= 1:
            raise ValueError(f"{tag} = {{ partial = SHARE }} is wanted, a number above 0, up to 1")
        shares[to_tag(tag)] = float(share)
    return shares


def to_price(value: object) -> float:
    """An amount of money."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError("a number is wanted")
    return float(value)


def to_variable(value: object) -> str:
    """The name of an environment variable."""
    if value and not _ENVIRONMENT.fullmatch(to_text(value)):
        raise ValueError("the name of an environment variable is wanted, not the key itself")
    return to_text(value)
