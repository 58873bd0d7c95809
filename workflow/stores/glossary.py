"""``locales/glossary.toml`` → concepts. All faults at once, with their lines."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from workflow.errors import GlossaryError, StoreError
from workflow.glossaries.places import Place, lines_in
from workflow.model import Concept, ConceptStatus, Term, TermStatus
from workflow.stores.concepts import from_data, to_data
from workflow.stores.derived import read_sealed, write_sealed
from workflow.stores.glossary_entries import Entry, Fault, concepts_in
from workflow.stores.program import program
from workflow.terminology.rules import BANNED, faults_of, spelled

GLOSSARY = "locales/glossary.toml"
LARGEST = 32 * 1024 * 1024  # bytes
MOST_PARTS = 3_000_000  # commas and line ends; 100,000 concepts have fewer

_KEPT = "glossary"
_SHOWN = 80  # characters
_TOLD = 20  # faults
_LANGUAGE = 4  # steps to the terms of a language: concept, number, terms, tag
_HINT = "is it really a glossary?"
_PART = r"""(?:[\w-]++|"[^"\n]*"|'[^'\n]*')"""
_LONG_KEY = re.compile(rf"(?<![\w-])(?:{_PART}[ \t]*\.[ \t]*){{16}}", re.ASCII)
"""A dotted key of that many parts: what tomllib does with it takes the square of their number."""


def read_glossary(root: Path, languages: tuple[str, ...]) -> tuple[Concept, ...]:
    """The concepts of the newsroom; none when there is no glossary.

    Raises `GlossaryError` naming every fault of the file.
    """
    data = glossary_bytes(root)
    return _concepts(root, text_of(data), languages) if data else ()


def glossary_bytes(root: Path) -> bytes:
    """The file as it is; nothing when there is none. Raises `GlossaryError` or `StoreError`."""
    file = root / GLOSSARY
    try:
        if file.stat().st_size > LARGEST:
            what = f"larger than {LARGEST // 1024**2} MB"
            raise GlossaryError(what, path=GLOSSARY, hint=_HINT)
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as fault:
        raise StoreError(f"cannot be read: {fault.strerror}", path=GLOSSARY) from None


def text_of(data: bytes) -> str:
    """The text of the file without its mark of order. Raises `GlossaryError`: not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise GlossaryError(
            "not UTF-8", path=GLOSSARY, line=line, hint="save it as UTF-8"
        ) from None


def parse_glossary(text: str, languages: tuple[str, ...]) -> tuple[Concept, ...]:
    """The concepts that ``text`` (TOML) spells. Raises `GlossaryError` with all its faults."""
    try:
        return _parsed(text, languages)
    except RecursionError:
        raise GlossaryError("lists within lists without end", path=GLOSSARY, hint=_HINT) from None


@functools.lru_cache(maxsize=2)
def _concepts(root: Path, text: str, languages: tuple[str, ...]) -> tuple[Concept, ...]:
    """The concepts of ``text``: one tuple for all who ask, and parsed once for all runs."""
    made_from = "\n".join((program(), *languages, text))
    concepts = from_data(read_sealed(root, _KEPT, made_from=made_from))
    if concepts is None:
        concepts = parse_glossary(text, languages)
        write_sealed(root, _KEPT, to_data(concepts), made_from=made_from)
    return concepts


def _parsed(text: str, languages: tuple[str, ...]) -> tuple[Concept, ...]:
    data = _loaded(text)
    faults: list[Fault] = []
    entries = list(concepts_in(data, languages, faults))
    faults.extend(_twice(entries, text))
    broken = {place[:_LANGUAGE] for place, _ in faults}  # of these nothing more is said
    seen = [*_within(entries, languages), *_across(entries)]
    faults.extend(fault for fault in seen if fault[0][:_LANGUAGE] not in broken)
    if faults:
        raise _told(text, faults)
    lines = lines_in(text, [("concept", number) for number, _ in entries], table="concept")
    return tuple(replace(c, line=lines["concept", number]) for number, c in entries)


def _loaded(text: str) -> dict[str, Any]:
    if text.count(",") + text.count("\n") > MOST_PARTS:
        what = f"more than {MOST_PARTS} commas and lines"
        raise GlossaryError(what, path=GLOSSARY, hint=_HINT)
    found = _LONG_KEY.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise GlossaryError("a key of too many parts", path=GLOSSARY, line=line, hint=_HINT)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        where = re.search(r"line (\d+)", str(fault))
        at = int(where[1]) if where else None
        what = f"not valid TOML: {_short(str(fault))}"
        raise GlossaryError(what, path=GLOSSARY, line=at) from None
    except ValueError as fault:  # a date or a number that there is not
        raise GlossaryError(f"not valid TOML: {_short(str(fault))}", path=GLOSSARY) from None


def _short(text: str) -> str:
    """``text``, which may quote half the file, without its middle."""
    return text if len(text) <= 2 * _SHOWN else f"{text[:_SHOWN]} … {text[-_SHOWN:]}"


def _told(text: str, faults: Sequence[Fault]) -> GlossaryError:
    """The first faults with their lines, and how many more there are."""
    ordered = sorted(faults, key=lambda fault: fault[0][1:2] or (-1,))
    first = ordered[:_TOLD]
    places = lines_in(text, [place for place, _ in first], table="concept")
    lines = sorted({(places[place], what) for place, what in first})
    what = "; ".join(f"line {line}: {fault}" for line, fault in lines)
    if len(ordered) > _TOLD:
        what += f"; and {len(ordered) - _TOLD} more"
    return GlossaryError(what, path=GLOSSARY, line=lines[0][0])


def _twice(entries: Sequence[Entry], text: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    again = [(at, c.id) for at, c in entries if c.id and first.setdefault(c.id, at) != at]
    wanted = [("concept", first[name]) for _, name in again]
    lines = lines_in(text, wanted, table="concept") if again else {}
    for (at, name), place in zip(again, wanted, strict=True):
        yield ("concept", at, "id"), f"{name}: the id of line {lines[place]} again"


def _within(entries: Iterable[Entry], languages: Sequence[str]) -> Iterator[Fault]:
    """What is wrong with the terms of a concept, each alone and side by side."""
    for number, concept in entries:
        for tag, terms in concept.terms:
            place = ("concept", number, "terms", tag)
            name = f"{concept.id}.{tag}"
            is_idle = concept.status is ConceptStatus.RETIRED or tag not in languages
            if not is_idle and not any(term.status is TermStatus.PREFERRED for term in terms):
                yield place, f"{concept.id}: no preferred term in {tag}"
            for at, term in enumerate(terms):
                yield from (((*place, at, key), f"{name}: {what}") for key, what in faults_of(term))
            for at, text in _both(terms):
                yield (*place, at), f"{name}: “{text}” is both used and forbidden"


def _both(terms: Sequence[Term]) -> Iterator[tuple[int, str]]:
    """The places of forbidden terms that are used as well, and how they are spelled."""
    banned = [(at, term) for at, term in enumerate(terms) if term.status in BANNED]
    if banned:
        used = {text for term in terms if term.status not in BANNED for text in spelled(term)}
        for at, term in banned:
            if both := [text for text in spelled(term) if text in used]:
                yield at, both[0]


def _across(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Terms that one concept asks for and another forbids: nobody could write what is right.

    A deprecated term only advises, and a concept that is not reviewed holds nothing back: of such
    the house may live with both.
    """
    refused: dict[tuple[str, str], tuple[Place, str]] = {}
    for number, concept in entries:
        for tag, at, term in _standing(concept, TermStatus.FORBIDDEN):
            place: Place = ("concept", number, "terms", tag, at)
            refused |= {(tag, text): (place, concept.id) for text in spelled(term)}
    nowhere: tuple[Place, str] = ((), "")
    for _, concept in entries if refused else ():
        for tag, _, term in _standing(concept, TermStatus.PREFERRED):
            text = spelled(term)[0]
            where, other = refused.get((tag, text), nowhere)
            if other not in ("", concept.id):
                what = f"“{text}” is forbidden here and preferred for “{concept.id}”"
                yield where, f"{other}.{tag}: {what}"


def _standing(concept: Concept, status: TermStatus) -> Iterator[tuple[str, int, Term]]:
    """(language, place, term) of what a reviewed concept says with ``status``."""
    if concept.status is ConceptStatus.REVIEWED:
        for tag, terms in concept.terms:
            yield from ((tag, at, term) for at, term in enumerate(terms) if term.status is status)
