"""The history of the newsroom, asked of git. Everything here works without one, and says less."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from workflow.errors import UsageError

DRIVER = "workflow-po"
"""The name of our merge driver in .gitattributes and in git's settings."""


def is_repository(root: Path) -> bool:
    """Whether git is here and ``root`` is under it."""
    return shutil.which("git") is not None and _git(root, "rev-parse", "--git-dir") is not None


def read_versions(root: Path, revision: str, paths: Iterable[str]) -> dict[str, bytes]:
    """The files of ``paths``, relative to ``root``, as they are in ``revision``.

    A file that is not there is left out. Raises `UsageError` for a revision that is none.
    """
    commit = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    prefix = _git(root, "rev-parse", "--show-prefix")
    if commit is None or prefix is None:
        raise UsageError(
            f"“{revision}” is no revision of this repository", hint="git log shows them"
        )
    names = [path for path in paths if "\n" not in path]
    base = f"{commit.decode().strip()}:{prefix.decode().strip()}"
    asked = "".join(f"{base}{name}\n" for name in names)
    answer = _git(root, "cat-file", "--batch", data=asked.encode())
    return dict(_batch(answer or b"", names))


def changed_files(root: Path, revision: str, folder: str) -> tuple[str, ...]:
    """Files under ``folder`` that differ from ``revision``, new ones included, sorted."""
    old = _git(
        root, "diff", "--name-only", "-z", "--relative", "--end-of-options", revision, "--", folder
    )
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", folder)
    if old is None or new is None:
        raise UsageError(
            f"“{revision}” is no revision of this repository", hint="git log shows them"
        )
    names = (old + new).decode("utf-8", "surrogateescape").split("\0")
    return tuple(sorted({name for name in names if name}))


def install_driver(root: Path) -> bool:
    """Tell this clone's git how to merge catalogues; False when it knew it already.

    Raises `UsageError` where there is no git.
    """
    if not is_repository(root):
        raise UsageError("no git repository here", hint="git init, then run this again")
    wanted = {
        f"merge.{DRIVER}.name": "PO files, unit by unit",
        f"merge.{DRIVER}.driver": _command(),
    }
    changed = False
    for key, value in wanted.items():
        now = _git(root, "config", "--local", "--get", key)
        if now is None or now.decode().strip() != value:
            _git(root, "config", "--local", key, value)
            changed = True
    return changed


def _command() -> str:
    """What git runs. Where we cannot be run, or cannot read a version, lines with marks must do:

    without them the file would be our version alone, and look merged.
    """
    ours = f"{shlex.quote(sys.executable)} -m workflow merge-driver %O %A %B %P"
    return f"{ours} || {{ [ $? -eq 1 ] || git merge-file %A %O %B; exit 1; }}"


def has_driver(root: Path) -> bool:
    """Whether this clone's git knows how to merge catalogues."""
    return _git(root, "config", "--get", f"merge.{DRIVER}.driver") is not None


def _batch(answer: bytes, names: Iterable[str]) -> Iterable[tuple[str, bytes]]:
    at = 0
    for name in names:
        end = answer.index(b"\n", at)
        header = answer[at:end].split(b" ")
        at = end + 1
        if header[-2:-1] == [b"blob"] and header[-1].isdigit():
            size = int(header[-1])
            yield name, answer[at : at + size]
            at += size + 1


def _git(root: Path, *arguments: str, data: bytes | None = None) -> bytes | None:
    """What git prints; None when it fails."""
    done = subprocess.run(  # noqa: S603  # no shell; revisions come behind --end-of-options
        ["git", "-C", str(root), *arguments],  # noqa: S607  # the user's own git
        input=data,
        capture_output=True,
        check=False,
    )
    return done.stdout if done.returncode == 0 else None
