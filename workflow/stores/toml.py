"""``workflow.toml`` is changed in one place only, and keeps its comments."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from workflow.errors import SettingsError
from workflow.stores.files import write_atomic
from workflow.stores.project import SETTINGS


def add_boilerplate(root: Path, lines: Iterable[str]) -> None:
    """Add ``lines`` to ``[import] boilerplate``."""
    path = root / SETTINGS
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except (TOMLKitError, UnicodeDecodeError) as fault:
        raise SettingsError(f"cannot be changed: {fault}", path=SETTINGS) from None
    table = document.setdefault("import", tomlkit.table())
    known = [str(line) for line in table.get("boilerplate", [])]
    array = tomlkit.array()
    for line in [*known, *(line for line in lines if line not in known)]:
        array.append(line)
    table["boilerplate"] = array.multiline(multiline=True)
    write_atomic(path, tomlkit.dumps(document).encode("utf-8"))
