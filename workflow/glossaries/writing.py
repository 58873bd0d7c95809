"""New concepts and terms into the text of ``locales/glossary.toml``.

Order, comments and spelling of the file are kept. Only keys of the file's own grammar are written,
and of these only what differs from what a term is without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import tomlkit
from tomlkit.items import Array, Comment, InlineTable, Whitespace

from workflow.glossaries.merging import Merged
from workflow.glossaries.places import heads_of
from workflow.model import Concept, ConceptStatus, Term

_PLAIN = Term(text="")


def write_into(text: str, merged: Merged, languages: Sequence[str]) -> str:
    """``text`` with what is new; the very same text when nothing is."""
    is_dos = text.count("\r\n") == text.count("\n") > 0
    plain = text.replace("\r\n", "\n") if is_dos else text
    if merged.terms:
        parts = _parts(plain, merged)
        plain = "".join(_with_terms(part, merged) if has_new else part for part, has_new in parts)
    for concept in merged.added:
        gap = "" if not plain else "\n" if plain.endswith("\n") else "\n\n"
        plain += gap + "\n".join(_concept(concept, languages)) + "\n"
    return plain.replace("\n", "\r\n") if is_dos else plain


def _parts(text: str, merged: Merged) -> Iterator[tuple[str, bool]]:
    """The text cut before its entries where that can be done, for tomlkit is slow on a large one;
    and whether terms are new in each part."""
    heads = heads_of(text, "concept")
    known = merged.concepts[: len(merged.concepts) - len(merged.added)]
    if len(heads) != len(known):
        yield text, True
        return
    yield text[: heads[0]], False
    for concept, span in zip(known, pairwise((*heads, len(text))), strict=True):
        yield text[slice(*span)], concept.id in merged.terms


def _with_terms(text: str, merged: Merged) -> str:
    document: Any = tomlkit.parse(text)
    for entry in document.get("concept", ()):
        for tag, term in merged.terms.get(str(entry.get("id", "")), ()):
            _add_term(entry["terms"], tag, term)
    return tomlkit.dumps(document)


def _concept(concept: Concept, languages: Sequence[str]) -> Iterator[str]:
    yield "[[concept]]"
    yield f"id = {_string(concept.id)}"
    for key in ("subject", "definition", "note", "source"):
        if getattr(concept, key):
            yield f"{key} = {_string(getattr(concept, key))}"
    if concept.status is not ConceptStatus.REVIEWED:
        yield f"status = {_string(str(concept.status))}"
    yield "[concept.terms]"
    for tag in languages:
        if concept.terms_in(tag):
            yield f"{_key(tag)} = {_array(concept.terms_in(tag))}"


def _array(terms: Sequence[Term]) -> str:
    spelled = [_term(term) for term in terms]
    if len(spelled) == 1:
        return f"[{spelled[0]}]"
    return "\n".join(["[", *(f"    {term}," for term in spelled), "]"])


def _term(term: Term) -> str:
    said = [f"term = {_string(term.text)}"]
    if term.status is not _PLAIN.status:
        said.append(f"status = {_string(str(term.status))}")
    choices = (("match", term.match, _PLAIN.match), ("case", term.case, _PLAIN.case))
    said.extend(f"{key} = {_string(value)}" for key, value, usual in choices if value != usual)
    said.extend(f"{key} = true" for key in ("abbreviation", "keep") if getattr(term, key))
    said.extend(
        f"{key} = {_string(getattr(term, key))}" for key in ("pos", "head") if getattr(term, key)
    )
    if term.forms:
        said.append(f"forms = [{', '.join(map(_string, term.forms))}]")
    return f"{{ {', '.join(said)} }}"


def _add_term(terms: Any, tag: str, term: Term) -> None:
    """The term behind those of its language, however the file writes them."""
    old = terms.get(tag)
    if isinstance(old, Array):
        old.append(_value(_term(term)))
    elif old is None:
        _add_language(terms, tag, _value(_array([term])))
    else:  # one term without brackets
        terms[tag] = _value(f"[{old.as_string()}, {_term(term)}]")


def _add_language(terms: Any, tag: str, value: Any) -> None:
    """The language behind the others, before comments that belong to what comes next."""
    if isinstance(terms, InlineTable):
        terms[tag] = value
        return
    body = terms.value.body
    end = len(body)
    while end and body[end - 1][0] is None and isinstance(body[end - 1][1], Comment | Whitespace):
        end -= 1
    tail = body[end:]
    del body[end:]
    terms[tag] = value
    body.extend(tail)


def _value(text: str) -> Any:
    return tomlkit.value(text)


def _string(text: str) -> str:
    return tomlkit.string(text).as_string()


def _key(tag: str) -> str:
    return tomlkit.key(tag).as_string()
