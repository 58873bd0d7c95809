"""``workflow.toml`` → `Settings`. Every fault is found and reported in one message.

This module knows the keys; it never opens the file (``stores.project`` does).
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from workflow.errors import SettingsError
from workflow.model import Severity

TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag we are ready to use as part of a path (BCP 47, the part we need)."""

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_ENVIRONMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a newsroom has decided. The field's comment is the documentation of its key."""

    name: str = "Newsroom"
    """[newsroom] name: what the site is called; site.po may translate it."""
    languages: tuple[str, ...] = ("en", "ru", "kk", "ky")
    """[newsroom] languages: the languages it publishes in, in the order readers see."""
    source_language: str = "en"
    """[newsroom] source_language: what a release is written in when it does not say."""
    site_url: str = ""
    """[newsroom] site_url: where the site will be, as https://…; empty: links stay relative."""
    output: str = "site"
    """[publish] output: the folder of the site, relative to the project."""
    gate: Severity = Severity.MAJOR
    """[publish] gate: the severity from which an issue holds a release back."""
    jobs: int = 2
    """[publish] jobs: how many processes work at once."""
    keep: int = 5
    """[publish] keep: how many builds stay on disk for a way back."""
    unit: str = "sentence"
    """[newsroom] unit: what a translator gets at once: sentence or paragraph."""
    keep_typography: bool = True
    """[newsroom] keep_typography: a source in which only quotation marks, dashes or spaces
    changed keeps its accepted translation."""
    threshold: int = 75
    """[memory] threshold: the least likeness, in per cent, of a fuzzy match."""
    engine: str = ""
    """[engine] name: the machine translation engine; empty: memory only."""
    endpoint: str = ""
    """[engine] endpoint: its address, where it is not the usual one."""
    key_variable: str = ""
    """[engine] key_variable: the environment variable that holds its key."""
    third_party: bool = False
    """[engine] third_party: text may go to a service of somebody else."""
    boilerplate: tuple[str, ...] = ()
    """[import] boilerplate: lines that are never part of a release."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """[checks] NAME = minor | major | critical | off: the severity of a check in this house."""
    disabled: frozenset[str] = frozenset()
    """Checks that are off."""
    dates: Mapping[str, str] = field(default_factory=dict)
    """[dates] TAG: the date pattern (CLDR letters) for a language, instead of the built-in."""


def parse_settings(text: str, *, path: str = "workflow.toml") -> Settings:
    """Read ``workflow.toml``.

    Raises `SettingsError` that names every fault at once, each with its line.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        line = re.search(r"line (\d+)", str(fault))
        raise SettingsError(
            f"not valid TOML: {fault}", path=path, line=int(line[1]) if line else None
        ) from None
    reader = _Reader(text)
    values = reader.read(data)
    if reader.faults:
        first_line = min(line for line, _ in reader.faults)
        what = "; ".join(f"line {line}: {fault}" for line, fault in sorted(reader.faults))
        raise SettingsError(what, path=path, line=first_line)
    return Settings(**values)


class _Reader:
    """One pass over the tables, which collects faults instead of stopping at the first."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.faults: list[tuple[int, str]] = []

    def read(self, data: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for table, content in data.items():
            if table in _FREE and isinstance(content, dict):
                values.update(self._free(table, content))
            elif table in _TABLES and isinstance(content, dict):
                values.update(self._table(table, content))
            else:
                self._unknown(table, [*_TABLES, *_FREE], table)
        languages = values.get("languages", Settings().languages)
        source = values.get("source_language", "en")
        if source not in languages:
            self._fault("source_language", f"source_language “{source}” is not among languages")
        return values

    def _table(self, table: str, content: Mapping[str, Any]) -> dict[str, Any]:
        values = {}
        for key, value in content.items():
            spec = _TABLES[table].get(key)
            if spec is None:
                self._unknown(key, list(_TABLES[table]), f"{table}.{key}")
                continue
            attribute, convert = spec
            try:
                values[attribute] = convert(value)
            except (ValueError, TypeError, KeyError) as fault:
                self._fault(key, f"{table}.{key}: {fault}")
        return values

    def _free(self, table: str, content: Mapping[str, Any]) -> dict[str, Any]:
        if table == "dates":
            for tag, pattern in content.items():
                if not TAG.fullmatch(tag) or not isinstance(pattern, str) or not pattern:
                    self._fault(tag, f"dates.{tag}: a language tag = a date pattern is wanted")
            return {"dates": dict(content)}
        severities, disabled = {}, set()
        for name, value in content.items():
            if value == "off":
                disabled.add(name)
                continue
            try:
                severities[name] = _severity(value)
            except (ValueError, TypeError) as fault:
                self._fault(name, f"checks.{name}: {fault}")
        return {"severities": severities, "disabled": frozenset(disabled)}

    def _unknown(self, name: str, known: list[str], full: str) -> None:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean “{near[0]}”?" if near else f"; known: {', '.join(sorted(known))}"
        self._fault(name, f"unknown key “{full}”{hint}")

    def _fault(self, key: str, what: str) -> None:
        pattern = re.compile(rf"\s*\[?\[?\"?{re.escape(key)}\b")
        line = next((n for n, text in enumerate(self.lines, 1) if pattern.match(text)), 1)
        self.faults.append((line, what))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a text in quotes is wanted")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("a list of texts is wanted")
    return tuple(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false is wanted")
    return value


def _number(low: int, high: int) -> Callable[[object], int]:
    def convert(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"a whole number from {low} to {high} is wanted")
        return value

    return convert


def _one_of(*words: str) -> Callable[[object], str]:
    def convert(value: object) -> str:
        if value not in words:
            raise ValueError(f"{' or '.join(words)} is wanted")
        return str(value)

    return convert


def _severity(value: object) -> Severity:
    try:
        return Severity[_text(value).upper()]
    except (KeyError, ValueError):
        raise ValueError("minor, major or critical is wanted") from None


def _tag(value: object) -> str:
    if not TAG.fullmatch(_text(value)):
        raise ValueError(f"“{value}” is not a language tag")
    return _text(value)


def _tags(value: object) -> tuple[str, ...]:
    tags = tuple(_tag(item) for item in _texts(value))
    if not tags or len(set(tags)) < len(tags):
        raise ValueError("at least one language, each once")
    return tags


def _url(value: object) -> str:
    text = _text(value)
    if text and not re.fullmatch(r"https?://[^\s/?#\"<>]+(/[^\s?#\"<>]*)?", text):
        raise ValueError("an address such as https://news.example.org is wanted")
    return text.rstrip("/")


def _folder(value: object) -> str:
    text = _text(value)
    parts = text.split("/")
    if not text or "\\" in text or any(part in ("", ".", "..") for part in parts):
        raise ValueError("a folder inside the project is wanted")
    if parts[0] in ("sources", "locales", "templates", ".git", ".workflow"):
        raise ValueError(f"{parts[0]}/ has other work to do")
    return text


def _word(value: object) -> str:
    if value and not _NAME.fullmatch(_text(value)):
        raise ValueError("a name in small letters is wanted")
    return _text(value)


def _variable(value: object) -> str:
    if value and not _ENVIRONMENT.fullmatch(_text(value)):
        raise ValueError("the name of an environment variable is wanted, not the key itself")
    return _text(value)


_TABLES: Mapping[str, Mapping[str, tuple[str, Callable[[Any], Any]]]] = {
    "newsroom": {
        "name": ("name", _text),
        "languages": ("languages", _tags),
        "source_language": ("source_language", _tag),
        "site_url": ("site_url", _url),
        "unit": ("unit", _one_of("sentence", "paragraph")),
        "keep_typography": ("keep_typography", _flag),
    },
    "publish": {
        "output": ("output", _folder),
        "gate": ("gate", _severity),
        "jobs": ("jobs", _number(1, 64)),
        "keep": ("keep", _number(1, 1000)),
    },
    "memory": {"threshold": ("threshold", _number(50, 100))},
    "engine": {
        "name": ("engine", _word),
        "endpoint": ("endpoint", _url),
        "key_variable": ("key_variable", _variable),
        "third_party": ("third_party", _flag),
    },
    "import": {"boilerplate": ("boilerplate", _texts)},
}
_FREE = ("checks", "dates")

assert {spec[0] for table in _TABLES.values() for spec in table.values()} <= {
    field.name for field in fields(Settings)
}
