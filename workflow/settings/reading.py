"""``workflow.toml`` → `Settings`. Every fault is found and reported in one message."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from workflow.errors import SettingsError
from workflow.settings import keys
from workflow.settings.leaks import KEY_HINT, find_keys
from workflow.settings.values import Budget, Place, Service, Settings


def to_budget(value: object) -> Budget:
    """A table of what may be sent."""
    if not isinstance(value, dict) or not set(value) <= {"characters", "requests", "cost"}:
        raise ValueError("{ characters = …, requests = …, cost = … } is wanted")
    count = keys.to_number(0, 10**9)
    return Budget(
        characters=count(value.get("characters", 0)),
        requests=count(value.get("requests", 0)),
        cost=keys.to_price(value.get("cost", 0)),
    )


TABLES: Mapping[str, Mapping[str, tuple[str, Callable[[Any], Any]]]] = {
    "newsroom": {
        "name": ("name", keys.to_text),
        "languages": ("languages", keys.to_tags),
        "source_language": ("source_language", keys.to_tag),
        "site_url": ("site_url", keys.to_url),
        "unit": ("unit", keys.to_one_of("sentence", "paragraph")),
        "keep_typography": ("keep_typography", keys.to_flag),
    },
    "publish": {
        "output": ("output", keys.to_folder),
        "gate": ("gate", keys.to_severity),
        "jobs": ("jobs", keys.to_number(1, 64)),
        "keep": ("keep", keys.to_number(1, 1000)),
        "search": ("search", keys.to_flag),
        "together": ("together", keys.to_one_of("embargo", "always", "never")),
        "languages": ("partial", keys.to_shares),
    },
    "memory": {
        "threshold": ("threshold", keys.to_number(50, 100)),
        "url": ("memory_url", keys.to_database),
    },
    "engine": {
        "order": ("engines", keys.to_words),
        "pairs": ("pairs", keys.to_pairs),
        "third_parties": ("third_parties", keys.to_words),
        "per_run": ("per_run", to_budget),
        "per_day": ("per_day", to_budget),
    },
    "typography": {
        "quotes": ("quotes", keys.to_one_of("keep", "house")),
        "hyphenate": ("hyphenate", keys.to_flag),
    },
    "import": {"boilerplate": ("boilerplate", keys.to_texts)},
}
SERVICE: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "endpoint": ("endpoint", keys.to_url),
    "key_variable": ("key_variable", keys.to_variable),
    "model": ("model", keys.to_text),
    "price": ("price", keys.to_price),
    "pivot": ("pivot", keys.to_tag),
}
PLACE: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "kind": ("kind", keys.to_one_of("folder", "rsync", "store")),
    "to": ("to", keys.to_place),
    "endpoint": ("endpoint", keys.to_url),
}
FREE = ("checks", "dates", "engines", "deploy")

assert {spec[0] for table in TABLES.values() for spec in table.values()} <= {
    field.name for field in fields(Settings)
}


def parse_settings(text: str, *, path: str = "workflow.toml") -> Settings:
    """Read ``workflow.toml``.

    Raises `SettingsError` that names every fault at once, each with its line; a key that stands in
    the file is the only one, for no other may say it again.
    """
    for number, whose in find_keys(text, is_bare=True):
        raise SettingsError(f"a key of {whose} stands here", path=path, line=number, hint=KEY_HINT)
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
            if table in FREE and isinstance(content, dict):
                values.update(self._free(table, content))
            elif table in TABLES and isinstance(content, dict):
                values.update(self._values(TABLES[table], table, content))
            else:
                self._unknown(table, [*TABLES, *FREE], table)
        languages = values.get("languages", Settings().languages)
        source = values.get("source_language", "en")
        if source not in languages:
            self._fault("source_language", f"source_language “{source}” is not among languages")
        for tag in values.get("partial", {}):
            if tag not in languages:
                self._fault(tag, f"publish.languages.{tag}: “{tag}” is not among languages")
        return values

    def _values(
        self,
        known: Mapping[str, tuple[str, Callable[[Any], Any]]],
        table: str,
        content: Mapping[str, Any],
    ) -> dict[str, Any]:
        values = {}
        for key, value in content.items():
            if key not in known:
                self._unknown(key, list(known), f"{table}.{key}")
                continue
            attribute, convert = known[key]
            try:
                values[attribute] = convert(value)
            except (ValueError, TypeError, KeyError) as fault:
                self._fault(key, f"{table}.{key}: {fault}")
        return values

    def _free(self, table: str, content: Mapping[str, Any]) -> dict[str, Any]:
        if table == "dates":
            return {"dates": self._dates(content)}
        if table == "engines":
            return {"services": {name: self._service(name, c) for name, c in content.items()}}
        if table == "deploy":
            return {"targets": {name: self._place(name, c) for name, c in content.items()}}
        severities, disabled = {}, set()
        for name, value in content.items():
            if value == "off":
                disabled.add(name)
                continue
            try:
                severities[name] = keys.to_severity(value)
            except (ValueError, TypeError) as fault:
                self._fault(name, f"checks.{name}: {fault}")
        return {"severities": severities, "disabled": frozenset(disabled)}

    def _dates(self, content: Mapping[str, Any]) -> dict[str, Any]:
        for tag, pattern in content.items():
            if not keys.TAG.fullmatch(tag) or not isinstance(pattern, str) or not pattern:
                self._fault(tag, f"dates.{tag}: a language tag = a date pattern is wanted")
        return dict(content)

    def _service(self, name: str, content: Any) -> Service:
        if not keys.NAME.fullmatch(name) or not isinstance(content, dict):
            self._fault(f"engines.{name}", f"engines.{name}: a table [engines.NAME] is wanted")
            return Service()
        return Service(**self._values(SERVICE, f"engines.{name}", content))

    def _place(self, name: str, content: Any) -> Place:
        is_table = isinstance(content, dict) and keys.NAME.fullmatch(name)
        if not is_table or not content.get("to"):
            what = f"deploy.{name}: a table [deploy.NAME] with to = … is wanted"
            self._fault(f"deploy.{name}", what)
            return Place()
        return Place(**self._values(PLACE, f"deploy.{name}", content))

    def _unknown(self, name: str, known: list[str], full: str) -> None:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean “{near[0]}”?" if near else f"; known: {', '.join(sorted(known))}"
        self._fault(name, f"unknown key “{full}”{hint}")

    def _fault(self, key: str, what: str) -> None:
        pattern = re.compile(rf"\s*\[?\[?\"?{re.escape(key)}\b")
        line = next((n for n, text in enumerate(self.lines, 1) if pattern.match(text)), 1)
        self.faults.append((line, what))
