"""Keys that were committed by mistake: which files that git keeps have some, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.settings import find_keys
from workflow.stores.git import tracked_files
from workflow.stores.project import Project

_ENVIRONMENT = re.compile(r"(?:.*/)?(?:\.env(?:\.\w+|rc)?|[^/]*\.env)")
_SAMPLE = re.compile(r".*\.(?:example|sample|template|dist)")
# What a newsroom sets up by hand; not its texts, where a checksum is a checksum.
_SET_UP = re.compile(
    r"(?:templates|\.github|\.gitlab|\.circleci)/.*"
    r"|[^/]+\.(?:toml|ya?ml|json|ini|cfg|conf|sh|ps1|bat|py)|Makefile|Dockerfile"
)
_LARGEST = 1 << 20  # bytes: nobody has typed a larger file


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A file that git keeps, and what in it is for nobody else."""

    path: str
    """Relative to the project."""
    line: int = 0
    """0: the whole file, which is for keys."""
    whose: str = ""


def leaks(project: Project) -> Iterator[Leak]:
    """What stands in git and should not, by file and line; the key itself is never told."""
    for name in tracked_files(project.root):
        is_environment = _ENVIRONMENT.fullmatch(name) is not None
        if is_environment and not _SAMPLE.fullmatch(name):
            yield Leak(path=name)
        if is_environment or _SET_UP.fullmatch(name):
            for line, whose in find_keys(_text(project, name)):
                yield Leak(path=name, line=line, whose=whose)


def _text(project: Project, name: str) -> str:
    path = project.root / name
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return ""
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
