"""TBX (ISO 30042:2019, TBX-Basic, style DCA). Version 2 (``martif``) and style DCT are read too.

TBX-Basic knows four statuses but no “forbidden”, and no word for a term that stays as it is. Both
are `deprecatedTerm-admn-sts` or nothing to other tools, with a ``note`` of the term that says the
rest: ``status: forbidden``, ``keep: true``, ``match: exact``, ``case: any``, ``form: …``,
``head: …``. Whether a concept is reviewed stands in ``elementWorkingStatus``, the data category of
ISO 30042 for the standing of an entry: ``workingElement`` and ``archiveElement``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workflow.errors import ExchangeError
from workflow.glossaries._rows import Row, concepts_of, one_line, unknown
from workflow.glossaries._xml import (
    XML_LANG,
    Element,
    add,
    inner,
    line_of,
    name,
    new_root,
    parse_xml,
    to_bytes,
)
from workflow.model import Concept, ConceptStatus, Term, TermStatus

_SPACE = "urn:iso:std:iso:30042:ed-2"
_END = "-admn-sts"
_UNREVIEWED = ConceptStatus.UNREVIEWED
_STATUS = {
    TermStatus.PREFERRED: "preferredTerm",
    TermStatus.ADMITTED: "admittedTerm",
    TermStatus.DEPRECATED: "deprecatedTerm",
    TermStatus.FORBIDDEN: "deprecatedTerm",
}
_READ = {
    "preferred": TermStatus.PREFERRED,
    "standardized": TermStatus.PREFERRED,
    "admitted": TermStatus.ADMITTED,
    "legal": TermStatus.ADMITTED,
    "regulated": TermStatus.ADMITTED,
    "deprecated": TermStatus.DEPRECATED,
    "superseded": TermStatus.DEPRECATED,
    "obsolete": TermStatus.DEPRECATED,
    "forbidden": TermStatus.FORBIDDEN,
}
_WORKING = {
    ConceptStatus.UNREVIEWED: "workingElement",
    ConceptStatus.RETIRED: "archiveElement",
}
_STANDING = {
    **dict.fromkeys(("starterelement", "workingelement", "importedelement"), _UNREVIEWED),
    **dict.fromkeys(("unprocessed", "provisionallyprocessed"), _UNREVIEWED),
    "archiveelement": ConceptStatus.RETIRED,
}
"""Of ``elementWorkingStatus`` and ``processStatus``; what else they say is reviewed."""
_POS = {
    "noun": "noun",
    "commonnoun": "noun",
    "propernoun": "proper noun",
    "name": "proper noun",
    "verb": "verb",
    "adjective": "adjective",
    "adverb": "adverb",
}
"""Other parts of speech are none of ours."""
_SHORT = frozenset(("abbreviation", "acronym", "initialism"))
_KINDS = frozenset(("termNote", "descrip", "admin"))
_SAID = re.compile(
    "status: (?P<status>forbidden)|keep: (?P<keep>true)|match: (?P<match>exact|regex)"
    "|case: (?P<case>exact|any)|form: (?P<form>.+)|head: (?P<head>.+)"
)
_HINT = "a TBX file has <tbx> or <martif> around <text> and <body>"


def write(concepts: Sequence[Concept], path: str, *, source: str) -> bytes:
    """The glossary as TBX-Basic. Raises `ExchangeError` for a text that XML cannot hold."""
    root = new_root("tbx", _SPACE, type="TBX-Basic", style="dca")
    root.set(XML_LANG, source)
    where = add(add(add(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    add(where, "p", "Glossary of the newsroom")
    body = add(add(root, "text"), "body")
    for concept in concepts:
        try:
            _write_concept(body, concept)
        except ValueError:
            what = f"{concept.id}: a text has a character that XML cannot hold"
            raise ExchangeError(what, path=path, hint="mend it in the glossary") from None
    return to_bytes(root)


def read(data: bytes, path: str) -> tuple[Concept, ...]:
    """The concepts of a TBX file. Raises `ExchangeError` with path and line."""
    root = parse_xml(data, path)
    body = inner(inner(root, "text"), "body")
    if name(root) not in ("tbx", "martif") or body is None:
        what = f"not TBX: <{name(root)}> is around it"
        raise ExchangeError(what, path=path, line=line_of(root), hint=_HINT)
    seen: set[str] = set()
    rows: list[Row] = []
    for number, entry in enumerate(body):
        if name(entry) not in ("conceptEntry", "termEntry"):
            continue
        identity = re.sub(r"^_(?=\d)", "", one_line(entry.get("id", "")))
        if identity and identity in seen:
            what = f"the id “{identity}” a second time"
            raise ExchangeError(what, path=path, line=line_of(entry), hint="ids are unique in TBX")
        seen.add(identity)
        rows.extend(_rows(entry, identity, str(number), path))
    return concepts_of(rows)


def _write_concept(body: Element, concept: Concept) -> None:
    # An id of XML does not begin with a digit.
    entry = add(body, "conceptEntry", id=re.sub(r"^(?=\d)", "_", concept.id))
    for kind, words in (("subjectField", concept.subject), ("definition", concept.definition)):
        if words:
            add(entry, "descrip", words, type=kind)
    if concept.source:
        add(entry, "admin", concept.source, type="source")
    if concept.status in _WORKING:
        add(entry, "admin", _WORKING[concept.status], type="elementWorkingStatus")
    if concept.note:
        add(entry, "note", concept.note)
    for tag, terms in concept.terms:
        section = add(entry, "langSec")
        section.set(XML_LANG, tag)
        for term in terms:
            _write_term(add(section, "termSec"), term)


def _write_term(section: Element, term: Term) -> None:
    add(section, "term", term.text)
    add(section, "termNote", _STATUS[term.status] + _END, type="administrativeStatus")
    if term.abbreviation:
        add(section, "termNote", "abbreviation", type="termType")
    if term.pos:
        pos = "properNoun" if term.pos == "proper noun" else term.pos
        add(section, "termNote", pos, type="partOfSpeech")
    notes = {
        "status: forbidden": term.status is TermStatus.FORBIDDEN,
        "keep: true": term.keep,
        f"match: {term.match}": term.match != "inflected",
        f"case: {term.case}": term.case != "smart",
        f"head: {term.head}": bool(term.head),
    }
    for words in (*(words for words, is_so in notes.items() if is_so), *_forms(term)):
        add(section, "note", words)


def _forms(term: Term) -> Iterator[str]:
    return (f"form: {form}" for form in term.forms)


def _rows(entry: Element, identity: str, group: str, path: str) -> Iterator[Row]:
    about = dict(reversed(list(_said(entry))))
    notes = [words for kind, words in _said(entry) if kind == "note"]
    for section in entry:
        if name(section) not in ("langSec", "langSet"):
            continue
        tag = section.get(XML_LANG) or section.get("lang") or ""
        if not tag:
            raise ExchangeError(
                "a language section without xml:lang", path=path, line=line_of(section)
            )
        local = dict(reversed(list(_said(section))))
        for place in section:
            if name(place) in ("termSec", "tig", "ntig"):
                term, remarks = _term(place, path)
                notes, told = [], [*notes, *remarks]  # those of the entry once
                yield Row(
                    concept=identity,
                    group=group,
                    tag=tag,
                    term=term,
                    subject=about.get("subjectField", ""),
                    definition=about.get("definition") or local.get("definition", ""),
                    note="; ".join(told),
                    source=about.get("source", ""),
                    standing=_standing(about),
                    line=line_of(entry),
                )


def _standing(about: dict[str, str]) -> ConceptStatus:
    said = about.get("elementWorkingStatus") or about.get("processStatus", "")
    return _STANDING.get(said.lower(), ConceptStatus.REVIEWED)


def _said(element: Element) -> Iterator[tuple[str, str]]:
    """(category, words) of an element, those in groups too; sections below say their own."""
    for child in element:
        tag = name(child)
        if tag.endswith("Grp"):
            yield from _said(child)
        elif tag not in ("langSec", "langSet", "termSec", "tig", "ntig"):
            words = one_line("".join(map(str, child.itertext())))
            if words:
                yield (child.get("type", "") if tag in _KINDS else tag), words


def _term(place: Element, path: str) -> tuple[Term, list[str]]:
    """The term of a section, and the notes that only people understand."""
    said = list(_said(place))
    text = next((words for kind, words in said if kind == "term"), "")
    if not text:
        raise ExchangeError("a term has no text", path=path, line=line_of(place))
    ours: dict[str, list[str]] = {}
    remarks = []
    for words in (words for kind, words in said if kind == "note"):
        found = _SAID.fullmatch(words)
        if found is None:
            remarks.append(words)
        for key, value in (found.groupdict() if found else {}).items():
            if value:
                ours.setdefault(key, []).append(value)
    status = TermStatus.FORBIDDEN if "status" in ours else _status(said, path, line_of(place))
    term = Term(
        text=text,
        status=status,
        match=ours.get("match", ["inflected"])[0],
        case=ours.get("case", ["smart"])[0],
        forms=tuple(ours.get("form", ())),
        abbreviation=any(kind == "termType" and words in _SHORT for kind, words in said),
        keep="keep" in ours or ("Translation needed", "No") in said,
        pos=_pos(said),
        head=ours.get("head", [""])[0],
    )
    return term, remarks


def _pos(said: list[tuple[str, str]]) -> str:
    words = next((words for kind, words in said if kind == "partOfSpeech"), "")
    return _POS.get("".join(filter(str.isalpha, words)).lower(), "")


def _status(said: list[tuple[str, str]], path: str, line: int) -> TermStatus:
    for kind, words in said:
        if kind in ("administrativeStatus", "normativeAuthorization"):
            key = words.removesuffix(_END).removesuffix("Term").lower()
            if key not in _READ:
                raise unknown("the status", words, _READ, path=path, line=line)
            return _READ[key]
    return TermStatus.PREFERRED
