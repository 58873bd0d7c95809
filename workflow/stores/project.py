"""Where the newsroom is, and what it has decided."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workflow.errors import SettingsError, StoreError, UsageError
from workflow.languages import language
from workflow.settings import Settings, parse_settings

SETTINGS = "workflow.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A newsroom on disk."""

    root: Path
    settings: Settings


def open_project(start: Path) -> Project:
    """The newsroom that ``start`` is in, or above it.

    Raises `UsageError` when there is none, `SettingsError` when its settings cannot be used.
    """
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return Project(root=folder, settings=_settings(folder))
    raise UsageError(
        f"no {SETTINGS} here or in a folder above",
        hint="make a newsroom: workflow init DIR; or name one: workflow --project DIR",
    )


def wanted_languages(project: Project, tags: tuple[str, ...]) -> tuple[str, ...]:
    """``tags``, or all languages when none is named. Raises `UsageError` for an unknown one."""
    known = project.settings.languages
    for tag in tags:
        if tag not in known:
            raise UsageError(
                f"“{tag}” is not a language of this newsroom",
                hint=f"it publishes in {', '.join(known)}; see {SETTINGS}",
            )
    return tuple(tag for tag in known if tag in tags) if tags else known


def wanted_targets(project: Project, tags: tuple[str, ...] = ()) -> tuple[str, ...]:
    """`wanted_languages` without the newsroom's own, which is translated from."""
    source = project.settings.source_language
    return tuple(tag for tag in wanted_languages(project, tags) if tag != source)


def _settings(root: Path) -> Settings:
    try:
        text = (root / SETTINGS).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError("not UTF-8", path=SETTINGS, hint="save it as UTF-8") from None
    except OSError as fault:
        raise StoreError(f"cannot be read: {fault.strerror}", path=SETTINGS) from None
    settings = parse_settings(text, path=SETTINGS)
    for tag in settings.languages:
        language(tag)
    return settings
