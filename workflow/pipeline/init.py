"""``workflow init``: a working newsroom in a new folder."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from workflow.errors import UsageError
from workflow.pipeline.sync import sync
from workflow.stores.files import write_atomic
from workflow.stores.project import SETTINGS, open_project
from workflow.stores.templates import builtin_strings

_FILES = {
    "workflow.toml": SETTINGS,
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
    "sources/welcome.md": "sources/welcome.md",
    "locales/glossary.toml": "locales/glossary.toml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InitReport:
    """What init made."""

    root: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Files that were there already and stay as they are."""


def init(root: Path) -> InitReport:
    """Make a newsroom in ``root``. Nothing that exists is overwritten.

    Raises `UsageError` when there is a newsroom already.
    """
    if (root / SETTINGS).exists():
        raise UsageError(f"{root} is a newsroom already", hint=f"see {SETTINGS} there")
    home = resources.files("workflow") / "starter"
    contents = {name: (home / file).read_bytes() for file, name in _FILES.items()}
    for tag, data in builtin_strings().items():
        contents[f"locales/{tag}/site.po"] = data
    written, kept = [], []
    # Settings last: a folder is a newsroom once everything else is there.
    for name in sorted(contents, key=lambda name: (name == SETTINGS, name)):
        try:
            write_atomic(root / name, contents[name], replace=False)
            written.append(name)
        except FileExistsError:
            kept.append(name)
    written.extend(sync(open_project(root)).written)
    return InitReport(root=root, written=tuple(written), kept=tuple(kept))
