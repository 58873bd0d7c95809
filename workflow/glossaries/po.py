"""A gettext glossary of two languages, as Weblate keeps it.

An entry is a term and its translation. Flags: ``terminology`` for a preferred term, ``forbidden``
for one that is not to be used, ``read-only`` for one that stays as it is. What the flags cannot
say stands in extracted comments beside the explanation: ``status:``, ``pos:``, ``head:`` and
``match: regex`` of the translation, the same after ``source`` of the term, ``keep:``, and
``concept:`` with its status. The context is the concept's id, with a number from the second entry
on; forms, case, abbreviation and ``match = "exact"`` are not in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polib

from workflow.encoding import decode
from workflow.errors import ExchangeError, SourceError
from workflow.glossaries._rows import (
    Row,
    as_exchange_error,
    concepts_of,
    one_line,
    refuse_large,
    same,
)
from workflow.model import PARTS_OF_SPEECH, Concept, ConceptStatus, Term, TermStatus
from workflow.terminology.rules import BANNED

_OURS = "X-Glossary-Context"
"""The header that says that contexts are names of concepts; other tools have other contexts."""
_CONTEXT = re.compile(r"(\S+?)(?: \d+)?")
_SAID = re.compile(
    "(status|source status): (preferred|admitted|deprecated|forbidden)"
    "|(keep): (source|target|both)|(definition|note|subject): (.+)"
    "|(concept): (unreviewed|retired)|(match|source match): (regex)|(head|source head): (.+)"
    f"|(pos|source pos): ({'|'.join(PARTS_OF_SPEECH)})"
)
_IMPLIED = (TermStatus.PREFERRED, TermStatus.FORBIDDEN)
_KEPT = {"source": (True, False), "target": (False, True), "both": (True, True)}
_HINT = "open it in a PO editor and save it again"


def write(concepts: Sequence[Concept], path: str, *, source: str, target: str) -> bytes:
    """The terms of two languages. A concept without a term in ``source`` has no place here."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": "glossary",
        "Language": target,
        "X-Source-Language": source,
        _OURS: "concept",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for concept in concepts:
        file.extend(_entries(concept, concept.terms_in(source), concept.terms_in(target)))
    try:
        return f"{file}\n".encode()
    except UnicodeEncodeError:
        what = "a text has half a character, which UTF-8 cannot hold"
        raise ExchangeError(what, path=path, hint="mend it in the glossary") from None


def read(data: bytes, path: str, *, source: str, target: str = "") -> tuple[Concept, ...]:
    """The concepts of a PO glossary; what is fuzzy or obsolete in it is not agreed, and left out.

    The header's languages count before ``source`` and ``target``. Raises `ExchangeError`.
    """
    file = _parsed(data, path)
    tags = (
        file.metadata.get("X-Source-Language") or source,
        file.metadata.get("Language") or target,
    )
    if not tags[1]:
        what = "the header does not say the language"
        raise ExchangeError(what, path=path, line=1, hint="say it: --lang TAG")
    is_ours = _OURS in file.metadata
    rows: list[Row] = []
    for entry in file:
        if not entry.obsolete and one_line(entry.msgid):
            rows.extend(_rows(entry, tags, is_ours=is_ours))
    return concepts_of(rows)


def _entries(
    concept: Concept, sources: Sequence[Term], targets: Sequence[Term]
) -> Iterator[polib.POEntry]:
    """The terms side by side; where one language has fewer, its first term stands again."""
    for number in range(max(len(sources), len(targets)) if sources else 0):
        left = sources[number] if number < len(sources) else sources[0]
        right = targets[number if number < len(targets) else 0] if targets else None
        yield polib.POEntry(
            msgctxt=concept.id if number == 0 else f"{concept.id} {number + 1}",
            msgid=left.text,
            msgstr=right.text if right else "",
            comment="\n".join(_comments(concept, left, right)),
            flags=list(_flags(left, right)),
        )


def _flags(left: Term, right: Term | None) -> Iterator[str]:
    term = right or left
    if term.status is TermStatus.PREFERRED:
        yield "terminology"
    if term.status in BANNED and right:
        yield "forbidden"
    if left.keep or term.keep:
        yield "read-only"


def _comments(concept: Concept, left: Term, right: Term | None) -> Iterator[str]:
    if concept.definition:
        words = one_line(concept.definition)
        yield f"definition: {words}" if _SAID.fullmatch(words) else words
    if concept.subject:
        yield f"subject: {one_line(concept.subject)}"
    if concept.note:
        yield f"note: {one_line(concept.note)}"
    if concept.status is not ConceptStatus.REVIEWED:
        yield f"concept: {concept.status}"
    yield from (f"source {fact}" for fact in _facts(left))
    yield from _facts(right) if right else ()
    if left.status is not TermStatus.PREFERRED:
        yield f"source status: {left.status}"
    if right and right.status not in _IMPLIED:
        yield f"status: {right.status}"
    kept = (left.keep, bool(right and right.keep))
    yield from (f"keep: {word}" for word, sides in _KEPT.items() if sides == kept)


def _facts(term: Term) -> Iterator[str]:
    if term.pos:
        yield f"pos: {term.pos}"
    if term.head:
        yield f"head: {one_line(term.head)}"
    if term.match == "regex":
        yield "match: regex"


def _parsed(data: bytes, path: str) -> polib.POFile:
    refuse_large(data, path)
    try:
        text, _ = decode(data)
    except SourceError as fault:
        raise as_exchange_error(fault, path) from None
    if not re.search(r'^msgid\s+"', text, re.MULTILINE):
        raise ExchangeError("not a PO file", path=path, hint="it has no msgid")
    try:
        # With a line before it, no text is taken for the name of a file.
        return polib.pofile(f"#\n#\n{text}", encoding="utf-8")
    except (OSError, ValueError, LookupError, AttributeError, TypeError) as fault:
        found = re.search(r"line (\d+)", str(fault))
        line = max(1, int(found[1]) - 2) if found else None
        raise ExchangeError("not well-formed PO", path=path, line=line, hint=_HINT) from None


def _rows(entry: polib.POEntry, tags: tuple[str, str], *, is_ours: bool) -> Iterator[Row]:
    context = _CONTEXT.fullmatch(entry.msgctxt or "") if is_ours else None
    said, remarks = _said(entry)
    line = max(1, (entry.linenum or 3) - 2)
    sides = _sides(entry, said)
    for tag, side, text, status, keep in zip(tags, ("source ", ""), *sides, strict=True):
        if text:
            yield Row(
                concept=context[1] if context else "",
                group=same(entry.msgid),
                tag=tag,
                term=Term(
                    text=text,
                    status=status,
                    keep=keep,
                    match=said.get(f"{side}match", "inflected"),
                    pos=said.get(f"{side}pos", ""),
                    head=said.get(f"{side}head", ""),
                ),
                subject=said.get("subject", ""),
                definition=said.get("definition", " ".join(remarks)),
                note=said.get("note", ""),
                standing=ConceptStatus(said.get("concept", "reviewed")),
                line=line,
            )


def _sides(
    entry: polib.POEntry, said: dict[str, str]
) -> tuple[tuple[str, str], tuple[TermStatus, TermStatus], tuple[bool, bool]]:
    """Texts, statuses and what is kept, of the source and of the target."""
    implied = TermStatus.FORBIDDEN if "forbidden" in entry.flags else TermStatus.PREFERRED
    left = said.get("source status", TermStatus.PREFERRED)
    right = said.get("status", implied)
    if implied is TermStatus.FORBIDDEN and right not in BANNED:
        right = implied  # the flag was set in another tool, the comment is older
    keep = _KEPT.get(said.get("keep", ""), (True, True))
    kept = keep if "read-only" in entry.flags else (False, False)
    target = "" if entry.fuzzy else one_line(entry.msgstr)
    return (one_line(entry.msgid), target), (TermStatus(left), TermStatus(right)), kept


def _said(entry: polib.POEntry) -> tuple[dict[str, str], list[str]]:
    """What the comments say in words that we know, and what they say to people."""
    said: dict[str, str] = {}
    remarks = []
    for words in (line.strip() for line in entry.comment.splitlines()):
        found = _SAID.fullmatch(words)
        if found:
            key, value = filter(None, found.groups())
            said[key] = value
        elif words:
            remarks.append(words)
    if entry.tcomment.strip():
        said.setdefault("note", one_line(entry.tcomment))
    return said, remarks
