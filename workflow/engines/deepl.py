"""DeepL by its own interface: the key in a header, texts in JSON, the terms as its glossary."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workflow.engines._http import answered, send_json
from workflow.engines._named import named
from workflow.engines._reach import reach_of
from workflow.plugins import EngineOptions, EngineTraits, Query, Reach

_PAID, _FREE = "https://api.deepl.com", "https://api-free.deepl.com"
_TRAITS = EngineTraits(keeps_data=True, longest=5000, at_once=40, parallel=2, holds_terms=True)
_TARGETS = {"en": "EN-GB", "pt": "PT-PT"}


@dataclass(frozen=True, slots=True)
class _DeepL:
    name: str = "deepl"
    traits: EngineTraits = _TRAITS

    def reach(self, options: EngineOptions) -> Reach:
        """See `workflow.plugins.Engine`."""
        return reach_of(_base(options))

    def ready(self, options: EngineOptions, *, source: str, target: str) -> str:
        """See `workflow.plugins.Engine`."""
        del source, target
        return "" if options.key else "no key: [engines.deepl] key_variable names its variable"

    @named
    def translate(
        self, queries: Sequence[Query], *, source: str, target: str, options: EngineOptions
    ) -> Iterator[tuple[str, str]]:
        """See `workflow.plugins.Engine`."""
        body: dict[str, Any] = {
            "text": [query.text for query in queries],
            "source_lang": source.upper(),
            "target_lang": _TARGETS.get(target, target.upper()),
            "preserve_formatting": True,
        }
        glossary = _glossary(source, target, options)
        if glossary:
            body["glossary_id"] = glossary
        answer = _send("/v2/translate", body, options)
        found = answer.get("translations") if isinstance(answer, dict) else None
        items = found if isinstance(found, list) else ()
        texts = [item.get("text") if isinstance(item, dict) else None for item in items]
        yield from answered(queries, texts)


_glossaries: dict[str, str] = {}
"""Ids of glossaries by address and name; an empty one where the pair can have none."""


def _glossary(source: str, target: str, options: EngineOptions) -> str:
    """The id of a glossary of these very terms, made when the account has none; "" for no terms.

    It is named by its content: terms that change are another glossary.
    """
    if not options.terms:
        return ""
    entries = "\n".join(sorted(f"{ours}\t{theirs}" for ours, theirs in options.terms))
    digest = hashlib.sha256(entries.encode()).hexdigest()[:16]
    name = f"workflow-{source}-{target}-{digest}"
    place = f"{_base(options)} {name}"
    if place not in _glossaries:
        known = _pairs(options)
        made = _made(name, source, target, entries, options) if (source, target) in known else ""
        _glossaries[place] = made
    return _glossaries[place]


def _pairs(options: EngineOptions) -> set[tuple[str, str]]:
    """The pairs of languages that can have a glossary, as the service says itself."""
    answer = _send("/v2/glossary-language-pairs", None, options)
    found = answer.get("supported_languages", ()) if isinstance(answer, dict) else ()
    return {(str(item.get("source_lang")), str(item.get("target_lang"))) for item in found}


def _made(name: str, source: str, target: str, entries: str, options: EngineOptions) -> str:
    known = _send("/v2/glossaries", None, options)
    for item in known.get("glossaries", ()) if isinstance(known, dict) else ():
        if item.get("name") == name and item.get("ready", True):
            return str(item.get("glossary_id", ""))
    body = {
        "name": name,
        "source_lang": source,
        "target_lang": target,
        "entries": entries,
        "entries_format": "tsv",
    }
    made = _send("/v2/glossaries", body, options)
    return str(made.get("glossary_id", "")) if isinstance(made, dict) else ""


def _send(path: str, body: object, options: EngineOptions) -> Any:
    headers = {"Authorization": f"DeepL-Auth-Key {options.key}"}
    return send_json(_base(options) + path, body, ceiling=options.ceiling, headers=headers)


def _base(options: EngineOptions) -> str:
    return options.endpoint.rstrip("/") or (_FREE if options.key.endswith(":fx") else _PAID)


ENGINE = _DeepL()
