"""The theme on disk: the newsroom's ``templates/`` over the one that comes with the program."""

from __future__ import annotations

import datetime as dt
import gettext
import io
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import jinja2
import polib
from babel.dates import format_date

from workflow.errors import CatalogError, SettingsError, StoreError, TemplateError
from workflow.languages import language
from workflow.settings import Settings
from workflow.stores.po import parse
from workflow.theme import Theme


def read_theme(root: Path, settings: Settings) -> Theme:
    """The theme of a newsroom, its strings in every language.

    Raises `TemplateError` with the file and line for a site.po that cannot be read, and
    `SettingsError` for a date pattern that is none. A template is read when it is first used.
    """
    return Theme(
        environment=_environment(template_folders(root)),
        strings={tag: _strings(root, tag) for tag in settings.languages},
        dates={tag: _date_pattern(settings, tag) for tag in settings.languages},
    )


def read_own_theme(name: str, tag: str) -> Theme:
    """How the program's own pages look, ``report`` or ``preview``: in English or translated."""
    home = own_folder(name)
    path = home / f"{tag}.po"
    strings = gettext.NullTranslations()
    if path.is_file():
        strings = _compiled(polib.pofile(str(path)))
    return Theme(environment=_environment([home]), strings={tag: strings}, dates={})


def own_folder(name: str) -> Path:
    """Where templates, styles and scripts of the program's own pages are."""
    return Path(str(resources.files("workflow"))) / name


def read_asset(root: Path, name: str) -> str:
    """A file of the theme that goes out as it is: the style sheet, the script of the search."""
    path = next(folder / name for folder in template_folders(root) if (folder / name).is_file())
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise StoreError(f"cannot be read: {type(fault).__name__}", path=str(path)) from None


def theme_files(root: Path) -> tuple[Path, ...]:
    """Every file whose bytes show on pages."""
    found = [
        path
        for folder in template_folders(root)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    homes = dict.fromkeys((root / "locales", builtin_theme() / "locales"))
    found.extend(path for home in homes for path in sorted(home.glob("*/site.po")))
    return tuple(found)


def builtin_theme() -> Path:
    """The folder of the theme that comes with the program, with ``templates`` and ``locales``.

    It is inside the package when installed, beside it in a checkout.
    """
    package = Path(str(resources.files("workflow")))
    packed = package / "_theme"
    return packed if packed.is_dir() else package.parent


def builtin_strings() -> dict[str, bytes]:
    """The program's own ``site.po`` by language tag."""
    home = builtin_theme() / "locales"
    return {path.parent.name: path.read_bytes() for path in sorted(home.glob("*/site.po"))}


def read_strings(path: Path, tag: str) -> polib.POFile:
    """One site.po, which is there. Raises `TemplateError` with the line that cannot be read.

    What is made of it (`to_binary`) leaves out entries without a target, and fuzzy ones.
    """
    shown = f"locales/{tag}/site.po"
    try:
        parse(path.read_text(encoding="utf-8"), path=shown)  # polib reads over most faults
        file = polib.pofile(str(path))
        _compiled(file)
    except CatalogError as fault:
        raise TemplateError(fault.what, path=shown, line=fault.line, hint=fault.hint) from None
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        raise TemplateError("not UTF-8", path=shown, line=line, hint="save it as UTF-8") from None
    except (OSError, LookupError, ValueError) as fault:
        raise TemplateError(
            f"cannot be read: {fault}", path=shown, hint="msgfmt -c tells more"
        ) from None
    return file


def template_folders(root: Path) -> list[Path]:
    """Where templates are looked for, in this order."""
    folders = [root / "templates", builtin_theme() / "templates"]
    return [folder for folder in dict.fromkeys(f.resolve() for f in folders) if folder.is_dir()]


def missing_strings(root: Path, settings: Settings) -> dict[str, int]:
    """How many of the theme's strings a language lacks; languages that lack none are left out."""
    found = {}
    for tag in settings.languages:
        path = _strings_path(root, tag)
        count = 0
        if path is None:
            count = len(polib.pofile(str(builtin_theme() / "locales" / "en" / "site.po")))
        else:
            file = polib.pofile(str(path))
            count = len(file.untranslated_entries()) + len(file.fuzzy_entries())
        if count:
            found[tag] = count
    return found


def _environment(folders: Sequence[Path]) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders], encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # a run has one theme
        extensions=["jinja2.ext.i18n"],
    )


def _strings_path(root: Path, tag: str) -> Path | None:
    return next((path for path in _strings_paths(root, tag) if path.is_file()), None)


def _strings_paths(root: Path, tag: str) -> tuple[Path, ...]:
    homes = (root.resolve(), builtin_theme().resolve())
    return tuple(home / "locales" / tag / "site.po" for home in dict.fromkeys(homes))


def _strings(root: Path, tag: str) -> gettext.NullTranslations:
    """The theme's words: the newsroom's, then ours, and in English what neither has."""
    found = gettext.NullTranslations()
    for path in reversed(_strings_paths(root, tag)):
        if path.is_file():
            outer = _compiled(read_strings(path, tag))
            outer.add_fallback(found)
            found = outer
    return found


def _compiled(file: polib.POFile) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(file.to_binary()))


def _date_pattern(settings: Settings, tag: str) -> str:
    pattern = settings.dates.get(tag, language(tag).date_pattern)
    try:
        format_date(dt.date(2024, 7, 25), pattern, locale=tag.replace("-", "_"))
    except (AttributeError, LookupError, ValueError):
        raise SettingsError(
            f"dates.{tag}: “{pattern}” is not a pattern of a date",
            path="workflow.toml",
            hint="d, MMMM and y are day, month and year; other words stand in 'single quotes'",
        ) from None
    return pattern
