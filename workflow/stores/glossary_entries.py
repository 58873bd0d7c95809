"""The grammar of ``locales/glossary.toml``: what a concept and a term may say, and of what kind."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from babel import Locale

from workflow.glossaries.places import Place
from workflow.model import (
    CASES,
    MATCHES,
    PARTS_OF_SPEECH,
    Concept,
    ConceptStatus,
    Term,
    TermStatus,
)
from workflow.terminology.rules import is_id

Fault = tuple[Place, str]
"""(where, what is wrong)."""
Entry = tuple[int, Concept]
"""(number in the file, concept)."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LOOKED_AT = 100  # faults
_Convert = Callable[[Any], Any]


def concepts_in(
    data: Mapping[str, Any], languages: Sequence[str], faults: list[Fault]
) -> Iterator[Entry]:
    """The entries that are tables; what is wrong goes to ``faults``."""
    for key in data:
        if key != "concept":
            _refuse_unknown(key, ("concept",), (key,), "", faults)
    entries = data.get("concept", [])
    if not isinstance(entries, list):
        faults.append((("concept",), "an entry begins with [[concept]], in two brackets"))
        return
    for number, entry in enumerate(entries):
        place: Place = ("concept", number)
        if isinstance(entry, dict):
            yield number, _concept(entry, place, languages, faults)
        else:
            faults.append((place, "a concept is a table: [[concept]]"))


def _concept(
    entry: Mapping[str, Any], place: Place, languages: Sequence[str], faults: list[Fault]
) -> Concept:
    said = _read(entry, _CONCEPT, place, str(entry.get("id", ""))[:60], faults)
    if "id" not in entry:
        faults.append((place, "a concept has no id"))
    written = entry.get("terms", {})
    if not isinstance(written, dict):
        faults.append(
            ((*place, "terms"), f"{said.get('id', '')}: terms has a list for each language")
        )
        written = {}
    terms = []
    for tag, items in sorted(written.items()):
        where = (*place, "terms", tag)
        if fault := _fault_of_tag(tag, languages):
            faults.append((where, f"{said.get('id', '')}.{fault}"))
        terms.append((tag, tuple(_terms(items, where, f"{said.get('id', '')}.{tag[:60]}", faults))))
    return Concept(terms=tuple(terms), **{"id": "", **said})


def _terms(items: Any, place: Place, name: str, faults: list[Fault]) -> Iterator[Term]:
    """The terms of one language; one alone may stand without brackets."""
    if not isinstance(items, list):
        yield _term(items, place, name, faults)
        return
    for number, item in enumerate(items):
        yield _term(item, (*place, number), name, faults)


def _term(item: Any, place: Place, name: str, faults: list[Fault]) -> Term:
    if isinstance(item, str):
        item = {"term": item}
    if not isinstance(item, dict):
        faults.append((place, f"{name}: a term is a text, or a table with the key term"))
        return Term(text="")
    said = _read(item, _TERM, place, name, faults)
    if "term" not in item and set(item) <= set(_TERM):  # else its key is misspelled
        faults.append((place, f"{name}: a term has no text"))
    text = said.pop("term", "")
    return Term(text=text, **said)


def _read(
    table: Mapping[str, Any],
    known: Mapping[str, _Convert],
    place: Place,
    name: str,
    faults: list[Fault],
) -> dict[str, Any]:
    """What the table says, as far as it can be used."""
    said = {}
    for key, value in table.items():
        if key not in known:
            _refuse_unknown(key, known, (*place, key), f"{name}: ", faults)
        elif key != "terms":
            try:
                said[key] = known[key](value)
            except ValueError as fault:
                faults.append(((*place, key), f"{name}: {str(fault).format(key=key)}"))
    return said


def _refuse_unknown(
    key: str,
    known: Sequence[str] | Mapping[str, object],
    place: Place,
    name: str,
    faults: list[Fault],
) -> None:
    is_told = len(faults) < _LOOKED_AT  # of a file that is something else, enough is said
    near = difflib.get_close_matches(key[:60], known, n=1) if is_told else ()
    hint = f"did you mean “{near[0]}”?" if near else f"known: {', '.join(known)}"
    faults.append((place, f"{name}unknown key “{key[:60]}”; {hint}"))


def _fault_of_tag(tag: str, languages: Sequence[str]) -> str:
    """Why ``tag`` can be no language; a language that the newsroom may publish in later is one."""
    if tag in languages:
        return ""
    if _TAG.fullmatch(tag) and tag.partition("-")[0] in _all_languages():
        return ""
    near = difflib.get_close_matches(tag[:60], languages, n=1, cutoff=0.5)
    hint = f"; did you mean “{near[0]}”?" if near else f"; this newsroom has {', '.join(languages)}"
    return f"{tag[:60]}: no language has this tag{hint}"


@functools.cache
def _all_languages() -> frozenset[str]:
    """The languages that CLDR knows."""
    return frozenset(Locale("en").languages)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("{key} is a text in quotes")
    return value


def _term_text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a term has no text")
    return unicodedata.normalize("NFC", value)


def _id(value: object) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise ValueError(
            f"“{_shown(value)}” is no id: small letters, digits and hyphens are wanted"
        )
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError('{key} is a list of texts: ["…", "…"]')
    return tuple(unicodedata.normalize("NFC", item) for item in value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("{key} is true or false, without quotes")
    return value


def _shown(value: object) -> str:
    """The beginning of a value, to be told in a text that `str.format` reads."""
    return str(value)[:60].replace("{", "{{").replace("}", "}}")


def _one_of(words: Sequence[str]) -> _Convert:
    def convert(value: object) -> str:
        if value not in words:
            shown = _shown(value)
            near = difflib.get_close_matches(shown, words, n=1)
            hint = f"; did you mean “{near[0]}”?" if near else ""
            raise ValueError(f"{{key}} “{shown}”: {{key}} is one of {', '.join(words)}{hint}")
        return str(value)

    return convert


def _status_of(kind: type[TermStatus] | type[ConceptStatus]) -> _Convert:
    check = _one_of(tuple(kind))
    return lambda value: kind(check(value))


_CONCEPT: Mapping[str, _Convert] = {
    "id": _id,
    **dict.fromkeys(("subject", "definition", "note", "source"), _text),
    "status": _status_of(ConceptStatus),
    "terms": lambda value: value,
}
_TERM: Mapping[str, _Convert] = {
    "term": _term_text,
    "status": _status_of(TermStatus),
    "match": _one_of(MATCHES),
    "case": _one_of(CASES),
    "forms": _texts,
    **dict.fromkeys(("abbreviation", "keep"), _flag),
    "pos": _one_of(PARTS_OF_SPEECH),
    "head": lambda value: unicodedata.normalize("NFC", _text(value)),
}
