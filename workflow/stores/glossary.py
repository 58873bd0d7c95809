"""``locales/glossary.toml`` → concepts. All faults at once, with their lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workflow.errors import GlossaryError, StoreError
from workflow.model import Concept, Term, TermStatus
from workflow.terminology.words import words_of

GLOSSARY = "locales/glossary.toml"
_CONCEPT_KEYS = {"id", "subject", "definition", "note", "source", "terms"}
_BANNED = (TermStatus.FORBIDDEN, TermStatus.DEPRECATED)
_TERM_KEYS = {"term", "status", "match", "case", "forms", "abbreviation", "keep"}


def read_glossary(root: Path, languages: tuple[str, ...]) -> tuple[Concept, ...]:
    """The concepts of the newsroom; none when there is no glossary.

    Raises `GlossaryError` naming every fault of the file.
    """
    try:
        text = (root / GLOSSARY).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        raise GlossaryError(
            "not UTF-8", path=GLOSSARY, line=line, hint="save it as UTF-8"
        ) from None
    except OSError as fault:
        raise StoreError(f"cannot be read: {fault.strerror}", path=GLOSSARY) from None
    return parse_glossary(text, languages)


def parse_glossary(text: str, languages: tuple[str, ...]) -> tuple[Concept, ...]:
    """The concepts that ``text`` (TOML) spells."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = re.search(r"line (\d+)", str(fault))
        line = int(found[1]) if found else None
        raise GlossaryError(f"not valid TOML: {fault}", path=GLOSSARY, line=line) from None
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == "[[concept]]"]
    faults: list[tuple[int, str]] = []
    concepts = []
    for number, entry in enumerate(data.get("concept", [])):
        line = lines[number] if number < len(lines) else 1
        concepts.append(_concept(entry, line, faults))
    faults.extend(_across(concepts, languages))
    if faults:
        faults.sort()
        what = "; ".join(f"line {line}: {fault}" for line, fault in faults)
        raise GlossaryError(what, path=GLOSSARY, line=faults[0][0])
    return tuple(concepts)


def _concept(entry: Mapping[str, Any], line: int, faults: list[tuple[int, str]]) -> Concept:
    name = str(entry.get("id", ""))
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        faults.append((line, f"“{name}” is no id: small letters, digits and hyphens are wanted"))
    unknown = sorted(set(entry) - _CONCEPT_KEYS)
    faults.extend((line, f"{name}: unknown key “{key}”") for key in unknown)
    terms = entry.get("terms", {})
    found = []
    for tag, written in sorted(terms.items() if isinstance(terms, dict) else []):
        entries = written if isinstance(written, list) else [written]
        found.append((tag, tuple(_term(name, tag, item, line, faults) for item in entries)))
    return Concept(
        id=name,
        terms=tuple(found),
        definition=str(entry.get("definition", "")),
        subject=str(entry.get("subject", "")),
        note=str(entry.get("note", "")),
        source=str(entry.get("source", "")),
        line=line,
    )


def _term(concept: str, tag: str, item: Any, line: int, faults: list[tuple[int, str]]) -> Term:
    if isinstance(item, str):
        item = {"term": item}
    where = f"{concept}.{tag}"
    if not isinstance(item, dict) or not str(item.get("term", "")).strip():
        faults.append((line, f"{where}: a term has no text"))
        return Term(text="?")
    unknown = sorted(set(item) - _TERM_KEYS)
    faults.extend((line, f"{where}: unknown key “{key}”") for key in unknown)
    status = item.get("status", "preferred")
    if status not in set(TermStatus):
        faults.append((line, f"{where}: status “{status}” is not preferred, admitted, …"))
        status = "preferred"
    for key, values in (("match", ("inflected", "exact")), ("case", ("smart", "exact", "any"))):
        if item.get(key, values[0]) not in values:
            faults.append((line, f"{where}: {key} is one of {', '.join(values)}"))
    return Term(
        text=str(item["term"]),
        status=TermStatus(status),
        match=str(item.get("match", "inflected")),
        case=str(item.get("case", "smart")),
        forms=tuple(map(str, item.get("forms", ()))),
        abbreviation=bool(item.get("abbreviation", False)),
        keep=bool(item.get("keep", False)),
    )


def _spelled(term: Term) -> tuple[str, ...]:
    """The citation form and the listed forms of a term."""
    return (term.text, *term.forms)


def _across(concepts: list[Concept], languages: tuple[str, ...]) -> list[tuple[int, str]]:
    """Faults that only show when the entries are seen together."""
    faults = []
    first: dict[str, int] = {}
    for concept in concepts:
        line = first.setdefault(concept.id, concept.line)
        if line != concept.line:
            faults.append((concept.line, f"{concept.id}: the id of line {line} again"))
        for tag in languages:
            terms = concept.terms_in(tag)
            if terms and not any(term.status is TermStatus.PREFERRED for term in terms):
                faults.append((concept.line, f"{concept.id}: no preferred term in {tag}"))
            banned, used = (
                {text: None for t in terms if (t.status in _BANNED) is ban for text in _spelled(t)}
                for ban in (True, False)
            )
            faults.extend(
                (concept.line, f"{concept.id}.{tag}: “{text}” is both used and forbidden")
                for text in banned
                if text in used
            )
        faults.extend(
            (concept.line, f"{concept.id}.{tag}: “{text}” has no word that a text could have")
            for tag, terms in concept.terms
            for term in terms
            for text in _spelled(term)
            if text != "?" and not words_of(text)
        )
    return faults
