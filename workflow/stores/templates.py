"""The theme on disk: the newsroom's ``templates/`` over the one that comes with the program."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import jinja2
import polib

from workflow.errors import CatalogError, StoreError, TemplateError
from workflow.languages import language
from workflow.settings import Settings
from workflow.stores.po import parse
from workflow.theme import Theme


def read_theme(root: Path, settings: Settings) -> Theme:
    """The theme of a newsroom, its strings in every language.

    Raises `TemplateError` with the file and line for a template or a site.po that cannot be read.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(
            [str(folder) for folder in _folders(root)], encoding="utf-8"
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    return Theme(
        environment=environment,
        strings={tag: _strings(root, tag) for tag in settings.languages},
        dates={
            tag: settings.dates.get(tag, language(tag).date_pattern) for tag in settings.languages
        },
    )


def read_style(root: Path) -> str:
    """The style sheet."""
    path = next(
        folder / "style.css" for folder in _folders(root) if (folder / "style.css").is_file()
    )
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise StoreError(f"cannot be read: {type(fault).__name__}", path=str(path)) from None


def theme_files(root: Path) -> tuple[Path, ...]:
    """Every file whose bytes show on pages."""
    found = [path for folder in _folders(root) for path in sorted(folder.glob("*.*"))]
    homes = (root / "locales", _home() / "locales")
    found.extend(path for home in homes for path in sorted(home.glob("*/site.po")))
    return tuple(found)


def builtin_strings() -> dict[str, bytes]:
    """The program's own ``site.po`` by language tag."""
    home = _home() / "locales"
    return {path.parent.name: path.read_bytes() for path in sorted(home.glob("*/site.po"))}


def missing_strings(root: Path, settings: Settings) -> dict[str, int]:
    """How many of the theme's strings a language lacks; languages that lack none are left out."""
    found = {}
    for tag in settings.languages:
        path = _strings_path(root, tag)
        count = 0
        if path is None:
            count = len(polib.pofile(str(_home() / "locales" / "en" / "site.po")))
        else:
            file = polib.pofile(str(path))
            count = len(file.untranslated_entries()) + len(file.fuzzy_entries())
        if count:
            found[tag] = count
    return found


def _folders(root: Path) -> list[Path]:
    folders = [root / "templates", _home() / "templates"]
    return [folder for folder in dict.fromkeys(f.resolve() for f in folders) if folder.is_dir()]


def _home() -> Path:
    """The built-in theme: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    packed = package / "_theme"
    return packed if packed.is_dir() else package.parent


def _strings_path(root: Path, tag: str) -> Path | None:
    places = (root / "locales" / tag / "site.po", _home() / "locales" / tag / "site.po")
    return next((path for path in places if path.is_file()), None)


def _strings(root: Path, tag: str) -> gettext.NullTranslations:
    """The theme's words; what is not translated, or only fuzzily, shows as it is in English."""
    path = _strings_path(root, tag)
    if path is None:
        return gettext.NullTranslations()
    shown = f"locales/{tag}/site.po"
    try:
        parse(path.read_text(encoding="utf-8"), path=shown)  # polib reads over most faults
        return gettext.GNUTranslations(io.BytesIO(polib.pofile(str(path)).to_binary()))
    except CatalogError as fault:
        raise TemplateError(fault.what, path=shown, line=fault.line, hint=fault.hint) from None
    except (OSError, ValueError) as fault:
        raise TemplateError(
            f"cannot be read: {type(fault).__name__}", path=shown, hint="save it as UTF-8"
        ) from None
