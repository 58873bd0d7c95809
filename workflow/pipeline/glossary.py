"""``workflow glossary``: the terms of the house out to other tools' files, and theirs in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workflow.errors import ExchangeError, SourceError, UsageError
from workflow.glossaries import po, table, tbx
from workflow.glossaries.merging import in_languages
from workflow.model import Concept
from workflow.pipeline.foreign import read_bytes
from workflow.pipeline.glossary_growth import grow
from workflow.pipeline.newsroom import refuse_kept
from workflow.settings import Settings
from workflow.stores.files import write_atomic
from workflow.stores.glossary import read_glossary
from workflow.stores.project import Project

FORMATS = ("tbx", "csv", "tsv", "po")

_KINDS = {".tbx": "tbx", ".xml": "tbx", ".po": "po", ".pot": "po"}
_TABLES = frozenset((".csv", ".tsv", ".tab", ".txt", ".utf8"))
_HINT = "a glossary is a .tbx, .csv, .tsv or .po file"


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryExport:
    """What went out."""

    concepts: int
    left_out: int = 0
    """Concepts that the file has no place for: without a term in the languages asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryImport:
    """What came in."""

    added: tuple[str, ...]
    """Ids of new concepts."""
    terms: int
    """New terms of concepts that were there."""
    conflicts: tuple[str, ...]
    """What was not taken, a line each."""

    @property
    def exit_code(self) -> int:
        """1: something of the file was not taken."""
        return int(bool(self.conflicts))


def list_concepts(project: Project) -> tuple[Concept, ...]:
    """The concepts of the newsroom, in the order of the file."""
    return read_glossary(project.root, project.settings.languages)


def export_glossary(project: Project, path: Path, name: str, *, tag: str = "") -> GlossaryExport:
    """Write the glossary into ``path``, in all languages or in the source language and ``tag``."""
    source = project.settings.source_language
    if name == "po" and tag in ("", source):
        raise UsageError(
            "a PO glossary has one language of translation",
            hint=f"name it: --lang TAG, not {source}, which the terms are translated from",
        )
    if path.suffix.lower() != f".{name}":
        raise UsageError(f"“{path.name}” does not end in .{name}", hint=f"glossary.{name}")
    refuse_kept(project, path)
    known = list_concepts(project)
    wanted = (source, tag) if tag else tuple({t: None for c in known for t, _ in c.terms})
    concepts = tuple(c for c in in_languages(known, wanted) if name != "po" or c.terms_in(source))
    write_atomic(path, _written(concepts, path.as_posix(), name, source=source, tag=tag))
    return GlossaryExport(concepts=len(concepts), left_out=len(known) - len(concepts))


def import_glossary(
    project: Project, path: Path, *, tag: str = "", dry_run: bool = False
) -> GlossaryImport:
    """Merge the file at ``path`` into the glossary; what is there is never changed.

    ``tag`` is the language of a file that does not say its own.
    """
    settings = project.settings
    if tag == settings.source_language:
        what = f"{tag} is the language that terms are translated from"
        raise UsageError(what, hint="--lang names the language of their translations")
    shown = path.as_posix()
    came = read_terms(path, settings, tag=tag)
    if not came:
        raise ExchangeError("has no terms", path=shown, hint=_HINT)
    merged = grow(project, lambda _: came, dry_run=dry_run)
    return GlossaryImport(
        added=tuple(concept.id for concept in merged.added),
        terms=sum(map(len, merged.terms.values())),
        conflicts=tuple(f"{shown}:{line}: {what}" for line, what in merged.conflicts),
    )


def read_terms(path: Path, settings: Settings, *, tag: str = "") -> tuple[Concept, ...]:
    """What a file says, by its content and its suffix. Raises `ExchangeError` or `StoreError`."""
    shown = path.as_posix()
    try:
        data = read_bytes(path)
    except SourceError as fault:
        raise ExchangeError(fault.what, path=shown, hint=_HINT) from None
    source, languages = settings.source_language, settings.languages
    kind = _kind(data, path)
    target = tag or _tag_in_name(path, settings)
    if kind == "tbx":
        return tbx.read(data, shown)
    if kind == "po":
        return po.read(data, shown, source=source, target=target)
    return table.read(data, shown, source=source, target=target, languages=languages)


def _kind(data: bytes, path: Path) -> str:
    """The format that the first bytes show, or else the suffix."""
    suffix = path.suffix.lower()
    start = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if suffix in _KINDS:
        return _KINDS[suffix]
    if start.startswith((b"<?xml", b"<tbx", b"<martif")):
        return "tbx"
    if re.search(rb'^msgid\s+"', start, re.MULTILINE):
        return "po"
    if suffix in _TABLES:
        return "table"
    raise ExchangeError("no glossary format reads it", path=path.as_posix(), hint=_HINT)


def _tag_in_name(path: Path, settings: Settings) -> str:
    """The language that a name like terms.ru.csv or en-ru.txt ends in."""
    last = re.split(r"[._-]", path.stem.casefold())[-1]
    others = {t.casefold(): t for t in settings.languages if t != settings.source_language}
    return others.get(last, "")


def _written(concepts: Sequence[Concept], shown: str, name: str, *, source: str, tag: str) -> bytes:
    if name == "tbx":
        return tbx.write(concepts, shown, source=source)
    if name == "po":
        return po.write(concepts, shown, source=source, target=tag)
    return table.write(concepts, shown, delimiter="\t" if name == "tsv" else ",")
