"""The theme's words on their way to translators: templates → ``site.pot`` → every ``site.po``."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import polib
from babel.messages.extract import extract

from workflow.errors import StoreError, TemplateError
from workflow.settings import Settings
from workflow.stores.files import write_atomic
from workflow.stores.po import Fields, Layout, format_entry
from workflow.stores.templates import read_strings, template_folders

POT = "locales/site.pot"

_NOTE = "NOTE:"  # how a comment in a template begins that is meant for the translator
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: workflow theme\\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What there is to translate, and where it is missing."""

    strings: int
    """How many strings the theme has."""
    added: tuple[tuple[str, int], ...]
    """(file, strings that were appended to it), for files that lacked some."""
    untranslated: tuple[tuple[str, int], ...]
    """(file, strings that still have no accepted target), for files that have such."""


@dataclass(frozen=True, slots=True, order=True)
class _String:
    source: str
    context: str = ""
    plural: str = ""


def extract_strings(root: Path, settings: Settings, *, sections: Iterable[str] = ()) -> Extracted:
    """Write ``locales/site.pot`` anew and append to every site.po the strings that it lacks.

    What stands in a site.po is not touched, and a file that lacks nothing is not written. The
    newsroom's name stands in no template and is added, as are ``sections`` that ours do not name.

    Raises `TemplateError` for a template or a site.po that cannot be read; then nothing is written.
    """
    found = _in_templates(root)
    _add(found, _String(settings.name), ["the newsroom's name"])
    for section in sections:
        _add(found, _String(section), ["section"])
    paths = {tag: root / "locales" / tag / "site.po" for tag in settings.languages}
    known = {tag: _read(path, tag) for tag, path in paths.items() if path.is_file()}
    _write_changed(root / POT, _HEADER + "".join(_entries(found, found, forms=2)))
    added, untranslated = [], []
    for tag, file in known.items():
        name = f"locales/{tag}/site.po"
        lacking = sorted(set(found) - {_string(entry) for entry in file if not entry.obsolete})
        if lacking:
            _append(paths[tag], "".join(_entries(lacking, found, forms=_forms(file))))
            added.append((name, len(lacking)))
        done = {_string(entry) for entry in file.translated_entries()}
        if empty := len(set(found) - done):
            untranslated.append((name, empty))
    return Extracted(strings=len(found), added=tuple(added), untranslated=tuple(untranslated))


def _in_templates(root: Path) -> dict[_String, list[str]]:
    """Strings and the notes on them, of the templates that are in use."""
    paths: dict[str, Path] = {}
    for folder in template_folders(root):
        for path in folder.rglob("*.html"):
            paths.setdefault(f"templates/{path.relative_to(folder).as_posix()}", path)
    found: dict[_String, list[str]] = {}
    for name, path in sorted(paths.items()):
        for _, message, comments, context in _extract(path, name):
            source, plural = message if isinstance(message, tuple) else (message, "")
            _add(found, _String(source, context or "", plural), comments)
    return found


def _extract(path: Path, name: str) -> list[tuple[int, Any, list[str], str | None]]:
    try:
        return list(
            extract(
                "jinja2.ext:babel_extract",
                io.BytesIO(path.read_bytes()),
                keywords=_KEYWORDS,
                comment_tags=(_NOTE,),
                options={"silent": "false", "trimmed": "true"},
                strip_comment_tags=True,
            )
        )
    except jinja2.TemplateSyntaxError as fault:
        raise TemplateError(str(fault.message), path=name, line=fault.lineno) from None
    except UnicodeDecodeError:
        raise TemplateError("not written in UTF-8", path=name) from None
    except OSError as fault:
        raise StoreError(f"cannot be read: {fault.strerror}", path=name) from None


def _add(found: dict[_String, list[str]], string: _String, notes: Iterable[str]) -> None:
    known = found.setdefault(string, [])
    known.extend(note.strip() for note in notes if note.strip() not in known)


def _read(path: Path, tag: str) -> polib.POFile:
    file = read_strings(path, tag)
    if file.encoding.lower().replace("-", "") != "utf8":
        raise TemplateError(
            f"written in {file.encoding}",
            path=f"locales/{tag}/site.po",
            hint="save it as UTF-8 (msgconv -t UTF-8); nothing was changed",
        )
    return file


def _string(entry: polib.POEntry) -> _String:
    return _String(entry.msgid, entry.msgctxt or "", entry.msgid_plural or "")


def _forms(file: polib.POFile) -> int:
    named = re.search(r"nplurals\s*=\s*(\d)", file.metadata.get("Plural-Forms", ""))
    return int(named[1]) if named else 2


def _entries(
    strings: Iterable[_String], notes: Mapping[_String, list[str]], *, forms: int
) -> Iterable[str]:
    """Entries without a target, each after an empty line."""
    for string in sorted(strings):
        fields = Fields(
            notes=tuple(f" {note}" for note in notes[string]),
            context=string.context or None,
            source=string.source,
            plural=string.plural or None,
            targets=("",) * (forms if string.plural else 1),
        )
        yield "\n" + format_entry(fields, layout=Layout())


def _append(path: Path, entries: str) -> None:
    before = path.read_bytes()
    end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if before.endswith(b"\n") else end
    write_atomic(path, before + gap + entries.encode("utf-8").replace(b"\n", end))


def _write_changed(path: Path, text: str) -> None:
    data = text.encode("utf-8")
    if not path.is_file() or path.read_bytes() != data:
        write_atomic(path, data)
