"""``locales/<tag>/releases/<slug>.po`` ⇄ `Catalog`. The only module that knows what PO means here.

PO ⇄ state: empty msgstr = initial; msgstr + fuzzy = translated, a person has to look; msgstr =
reviewed. msgctxt is the unit's key. An entry whose unit did not change keeps its bytes; of one
that did, the lines that had to change are written anew, as GNU gettext writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from workflow.errors import CatalogError, StaleError
from workflow.languages import language
from workflow.model import Catalog, Unit
from workflow.slugs import is_slug
from workflow.stores.charsets import PoFile, encode_po, read_po
from workflow.stores.files import write_atomic
from workflow.stores.po import (
    Entry,
    Fields,
    Layout,
    format_entry,
    join_entries,
    layout_of,
    parse,
    refuse_duplicates,
    rewrite,
)

SOURCE_LANGUAGE = "x-source-language"
"""The header field that names the language of the release, in small letters."""

_SOURCE_LANGUAGE = re.compile(r"^(X-Source-Language:)[^\n]*", re.MULTILINE | re.IGNORECASE)


def catalog_path(tag: str, slug: str) -> str:
    """Where a catalogue lives, relative to the project."""
    return f"locales/{tag}/releases/{slug}.po"


def read_catalog(root: Path, tag: str, slug: str) -> Catalog | None:
    """The catalogue of a release, or None when there is none yet.

    Raises `CatalogError` for a file that cannot be read without guessing.
    """
    path = catalog_path(tag, slug)
    file = read_po(root, path)
    return None if file is None else catalog_of(file, tag=tag, slug=slug)


def catalog_of(file: PoFile, *, tag: str, slug: str) -> Catalog:
    """What a PO file says, wherever it comes from. Raises `CatalogError`, as `read_catalog`."""
    path = catalog_path(tag, slug)
    return _catalog(parse(file.text, path=path, charset=file.charset), tag, slug, file.stamp)


def write_catalog(root: Path, catalog: Catalog, *, source_language: str) -> bool:
    """Write a catalogue; False when the file says it already.

    The bytes of the header, of untouched entries and of whatever we do not understand stay.
    Raises `CatalogError` when the file is one that `read_catalog` refuses, and `StaleError` when
    it is no longer the one that ``catalog`` was read from: the work has to be done again on what
    somebody else has saved.
    """
    path = catalog_path(catalog.language, catalog.slug)
    file = read_po(root, path)
    entries = parse(file.text, path=path, charset=file.charset) if file else []
    if file is not None:
        current = _catalog(entries, catalog.language, catalog.slug, file.stamp)
        named = dict(current.header).get(SOURCE_LANGUAGE, source_language)
        is_same = current.header and named == source_language
        if is_same and _texts(current) == _texts(catalog):
            return False
    if (file.stamp if file else "") != catalog.stamp:
        raise _stale(path)
    data = encode_po(_format(catalog, entries, source_language), file=file, path=path)

    def look_again() -> None:
        now = read_po(root, path)
        if (now.stamp if now else "") != catalog.stamp:
            raise _stale(path)

    try:
        write_atomic(root / path, data, replace=file is not None, last_look=look_again)
    except FileExistsError:
        raise _stale(path) from None
    return True


def _stale(path: str) -> StaleError:
    what = "another program has saved the file meanwhile; it was left as it is"
    return StaleError(what, path=path, hint="run the command again")


def list_catalogs(root: Path, tag: str) -> tuple[str, ...]:
    """Slugs of the catalogues of a language, sorted."""
    folder = root / "locales" / tag / "releases"
    if not folder.is_dir():
        return ()
    return tuple(sorted(file.stem for file in folder.glob("*.po") if is_slug(file.stem)))


def header_fields(header: str) -> dict[str, str]:
    """The fields of a header's text, by their names in small letters."""
    pairs = (line.split(":", 1) for line in header.split("\n") if ":" in line)
    return {name.strip().lower(): value.strip() for name, value in pairs}


def _catalog(entries: Sequence[Entry], tag: str, slug: str, stamp: str) -> Catalog:
    path = catalog_path(tag, slug)
    refuse_duplicates(entries, path=path)
    live = [_unit(entry) for entry in entries if not entry.obsolete and _is_unit(entry)]
    header = _header(entries)
    fields = header_fields(header.fields.target if header else "")
    language_found = fields.get("language") or tag
    if language_found.replace("_", "-") != tag:
        raise CatalogError(
            f"the header says Language: {language_found}, the folder says {tag}",
            path=path,
            line=header.line if header else 1,
            hint="is the file in the wrong folder?",
        )
    return Catalog(
        slug=slug,
        language=tag,
        units=tuple(live),
        obsolete=tuple(_unit(e) for e in entries if e.obsolete and _is_unit(e)),
        path=path,
        header=tuple(fields.items()),
        stamp=stamp,
    )


def _texts(catalog: Catalog) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """What a file says, wherever its lines are."""
    bare = [
        tuple(replace(unit, line=0, target_line=0) for unit in units)
        for units in (catalog.units, catalog.obsolete)
    ]
    return bare[0], bare[1]


def _header(entries: Iterable[Entry]) -> Entry | None:
    return next((entry for entry in entries if entry.is_header), None)


def _is_unit(entry: Entry) -> bool:
    """An entry of ours: a source, and no plural (a release has none)."""
    return bool(entry.fields.source) and entry.fields.plural is None


def _unit(entry: Entry) -> Unit:
    fields = entry.fields
    return Unit(
        key=fields.context or "",
        source=fields.source or "",
        target=fields.target,
        fuzzy="fuzzy" in fields.flags,
        previous_key=fields.previous_context,
        previous_source=fields.previous_source,
        comments=tuple(comment.strip() for comment in fields.comments),
        notes=tuple(note.strip() for note in fields.notes),
        flags=tuple(flag for flag in fields.flags if flag != "fuzzy"),
        line=entry.line,
        target_line=entry.target_line,
    )


def _format(catalog: Catalog, entries: Sequence[Entry], source_language: str) -> str:
    """The new text of a file. An entry that is no unit stays behind the one it stood behind."""
    header = _header(entries)
    layout = layout_of(entries)
    known: dict[int, Entry] = {}
    followers: dict[int, list[Entry]] = {}
    before = id(header)
    for entry in entries:
        if _is_unit(entry):
            known[entry.line] = entry
            before = id(entry)
        elif entry is not header:
            followers.setdefault(before, []).append(entry)
    out: list[tuple[str, Entry | None]] = []
    raw = (
        rewrite(header, _renamed(header.fields, source_language), layout=layout)
        if header
        else _new_header(catalog, source_language, layout)
    )
    out.append((raw, header))
    out.extend((entry.raw, entry) for entry in followers.pop(id(header), ()))
    for obsolete, units in ((False, catalog.units), (True, catalog.obsolete)):
        for unit in units:
            old = known.get(unit.line)
            if old is not None and old.obsolete == obsolete:
                del known[unit.line]
                out.append((_rewritten(unit, old, layout), old))
                out.extend((entry.raw, entry) for entry in followers.pop(id(old), ()))
            else:
                fields = _fields(unit, old.fields if old else Fields(), anew=True)
                out.append((format_entry(fields, obsolete=obsolete, layout=layout), None))
    for left in followers.values():  # what stood behind an entry that is gone
        out.extend((entry.raw, entry) for entry in left)
    return join_entries(out, entries, layout.newline)


def _renamed(header: Fields, source_language: str) -> Fields:
    """The header with the language of the release as it is now, where it names one."""
    text = _SOURCE_LANGUAGE.sub(rf"\g<1> {source_language}", header.target)
    return header if text == header.target else replace(header, targets=(text,))


def _rewritten(unit: Unit, entry: Entry, layout: Layout) -> str:
    old = _unit(entry)
    if replace(old, line=0, target_line=0) == replace(unit, line=0, target_line=0):
        return entry.raw
    return rewrite(entry, _fields(unit, entry.fields), layout=layout)


def _fields(unit: Unit, old: Fields, *, anew: bool = False) -> Fields:
    """The fields that a unit spells, over those its entry had; ``anew``: for an entry of ours."""
    base = Fields() if anew else old
    flags = (*(("fuzzy",) if unit.fuzzy else ()), *unit.flags)
    return replace(
        base,
        context=unit.key or None,
        source=unit.source,
        targets=(unit.target,),
        previous_context=unit.previous_key,
        previous_source=unit.previous_source,
        comments=_spelled(unit.comments, old.comments),
        notes=_spelled(unit.notes, old.notes),
        flags=old.flags if sorted(flags) == sorted(old.flags) else flags,
    )


def _spelled(texts: Sequence[str], old: Sequence[str]) -> tuple[str, ...]:
    """Comment lines for ``texts``, each as it was spelled before where it was there."""
    spelling = {line.strip(): line for line in old}
    return tuple(spelling.get(text) or (f" {text}" if text else "") for text in texts)


def _new_header(catalog: Catalog, source_language: str, layout: Layout) -> str:
    fields = {
        "Project-Id-Version": catalog.slug,
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",  # what gettext writes until somebody saves
        "Last-Translator": "",
        "Language-Team": "",
        "Language": catalog.language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language(catalog.language).plural_forms,
        "X-Source-Language": source_language,
    }
    text = "".join(f"{name}: {value}".rstrip() + "\n" for name, value in fields.items())
    return format_entry(Fields(source="", targets=(text,)), layout=layout)
