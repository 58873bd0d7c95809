"""``locales/<tag>/releases/<slug>.po`` ⇄ `Catalog`. The only module that knows what PO means here.

PO ⇄ state: empty msgstr = initial; msgstr + fuzzy = translated, a person has to look; msgstr =
reviewed. msgctxt is the unit's key. An entry whose unit did not change keeps its bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from workflow.errors import CatalogError
from workflow.languages import language
from workflow.model import Catalog, Unit
from workflow.stores.charsets import charset_of, read_po
from workflow.stores.files import write_atomic
from workflow.stores.po import Entry, format_field, lines_of, parse


def catalog_path(tag: str, slug: str) -> str:
    """Where a catalogue lives, relative to the project."""
    return f"locales/{tag}/releases/{slug}.po"


def read_catalog(root: Path, tag: str, slug: str) -> Catalog | None:
    """The catalogue of a release, or None when there is none yet.

    Raises `CatalogError` for a file that cannot be read without guessing.
    """
    path = catalog_path(tag, slug)
    text = read_po(root, path)
    return None if text is None else _catalog(parse(text, path=path), tag, slug)


def write_catalog(root: Path, catalog: Catalog, *, source_language: str) -> bool:
    """Write a catalogue; False when the file says it already.

    The bytes of the header, of untouched entries and of whatever we do not understand stay. A file
    that `read_catalog` refuses is not overwritten: the same `CatalogError` is raised.
    """
    path = catalog_path(catalog.language, catalog.slug)
    before = read_po(root, path)
    entries = parse(before, path=path) if before is not None else []
    if before is not None:
        current = _catalog(entries, catalog.language, catalog.slug)
        if _texts(current) == _texts(catalog):
            return False
    newline = "\r\n" if before and "\r\n" in before else "\n"
    after = _format(catalog, entries, source_language).replace("\n", newline)
    charset = charset_of(after.encode("utf-8", "surrogatepass"))
    try:
        data = after.encode(charset)
    except UnicodeEncodeError:
        raise CatalogError(
            f"the file is in {charset}, which cannot hold its texts",
            path=path,
            hint=f"convert it: msgconv -t UTF-8 -o {path} {path}",
        ) from None
    write_atomic(root / path, data)
    return True


def list_catalogs(root: Path, tag: str) -> tuple[str, ...]:
    """Slugs of the catalogues of a language, sorted."""
    folder = root / "locales" / tag / "releases"
    return tuple(sorted(file.stem for file in folder.glob("*.po"))) if folder.is_dir() else ()


def _catalog(entries: Sequence[Entry], tag: str, slug: str) -> Catalog:
    path = catalog_path(tag, slug)
    live = [_unit(entry) for entry in entries if _is_unit(entry) and not entry.obsolete]
    _refuse_duplicates(live, path)
    header = _header(entries)
    fields = _fields(header.target if header and header.target else "")
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
        obsolete=tuple(_unit(e) for e in entries if _is_unit(e) and e.obsolete),
        path=path,
        header_lost=header is None,
        plural_forms=fields.get("plural-forms", ""),
    )


def _texts(catalog: Catalog) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """What a file says, wherever its lines are."""
    bare = [
        tuple(replace(unit, line=0, target_line=0) for unit in units)
        for units in (catalog.units, catalog.obsolete)
    ]
    return bare[0], bare[1]


def _header(entries: Iterable[Entry]) -> Entry | None:
    return next((e for e in entries if e.source == "" and e.context is None), None)


def _fields(header: str) -> dict[str, str]:
    pairs = (line.split(":", 1) for line in header.split("\n") if ":" in line)
    return {name.strip().lower(): value.strip() for name, value in pairs}


def _is_unit(entry: Entry) -> bool:
    """An entry of ours: a source, and no plural (a release has none)."""
    return bool(entry.source) and entry.plural is None


def _unit(entry: Entry) -> Unit:
    return Unit(
        key=entry.context or "",
        source=entry.source or "",
        target=entry.target or "",
        fuzzy="fuzzy" in entry.flags,
        previous_key=entry.previous_context,
        previous_source=entry.previous_source,
        comments=tuple(entry.comments),
        notes=tuple(entry.notes),
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        line=entry.line,
        target_line=entry.target_line,
    )


def _refuse_duplicates(units: Sequence[Unit], path: str) -> None:
    first: dict[tuple[str, str], int] = {}
    for unit in units:
        line = first.setdefault((unit.key, unit.source), unit.line)
        if line != unit.line:
            raise CatalogError(
                f"the entry of line {line} stands here again",
                path=path,
                line=unit.line,
                hint="keep the right one, delete the other",
            )


def _format(catalog: Catalog, entries: Sequence[Entry], source_language: str) -> str:
    """The new text of a file. An entry that is no unit stays behind the one it stood behind."""
    header = _header(entries)
    known: dict[tuple[bool, str, str], Entry] = {}
    followers: dict[int, list[str]] = {}
    before = id(header)
    for entry in entries:
        if _is_unit(entry):
            known[entry.obsolete, entry.context or "", entry.source or ""] = entry
            before = id(entry)
        elif entry is not header:
            followers.setdefault(before, []).append(entry.raw)
    out = [header.raw if header else _new_header(catalog, source_language)]
    out.extend(followers.pop(id(header), ()))
    for obsolete, units in ((False, catalog.units), (True, catalog.obsolete)):
        for unit in units:
            old = known.get((obsolete, unit.key, unit.source))
            _append(out, _entry(unit, old, obsolete=obsolete))
            out.extend(followers.pop(id(old), ()) if old else ())
    for raws in followers.values():  # what stood behind an entry that is gone
        for raw in raws:
            _append(out, raw)
    return "".join(out).replace("\r\n", "\n")


def _append(out: list[str], raw: str) -> None:
    """Add an entry; it brings its own blank line when it was read, and gets one when it is new."""
    if not out[-1].endswith("\n"):
        out.append("\n")
    out.append(raw if raw.startswith(("\n", "\r\n")) else f"\n{raw}")


def _entry(unit: Unit, entry: Entry | None, *, obsolete: bool) -> str:
    if entry is not None:
        old = _unit(entry)
        if _same(old, unit):
            return entry.raw
        if _same(replace(old, notes=unit.notes), unit):
            return _with_notes(entry.raw, unit.notes)
    return "\n".join(_lines(unit, obsolete=obsolete)) + "\n"


def _same(old: Unit, new: Unit) -> bool:
    return replace(old, line=0, target_line=0) == replace(new, line=0, target_line=0)


def _with_notes(raw: str, notes: Sequence[str]) -> str:
    """Only the ``#.`` lines change; the rest keeps its bytes."""
    lines = [line for line in lines_of(raw) if not line.startswith("#.")]
    at = next(
        i for i, line in enumerate(lines) if line.startswith(("#:", "#,", "#|", "msgctxt", "msgid"))
    )
    return "".join([*lines[:at], *(f"#. {note}\n" for note in notes), *lines[at:]])


def _lines(unit: Unit, *, obsolete: bool) -> Iterable[str]:
    prefix = "#~ " if obsolete else ""
    before = "#~| " if obsolete else "#| "
    yield from (f"# {comment}".rstrip() for comment in unit.comments)
    if not obsolete:
        yield from (f"#. {note}".rstrip() for note in unit.notes)
    flags = [*(["fuzzy"] if unit.fuzzy else []), *unit.flags]
    if flags:
        yield f"#, {', '.join(flags)}"
    if unit.previous_key is not None:
        yield from format_field("msgctxt", unit.previous_key, prefix=before)
    if unit.previous_source is not None:
        yield from format_field("msgid", unit.previous_source, prefix=before)
    if unit.key:
        yield from format_field("msgctxt", unit.key, prefix=prefix)
    yield from format_field("msgid", unit.source, prefix=prefix)
    yield from format_field("msgstr", unit.target, prefix=prefix)


def _new_header(catalog: Catalog, source_language: str) -> str:
    fields = {
        "Project-Id-Version": catalog.slug,
        "PO-Revision-Date": "",
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
    return "\n".join([*format_field("msgid", ""), *format_field("msgstr", text)]) + "\n"
