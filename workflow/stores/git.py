"""The history of the newsroom, asked of git. Everything here works without one, and says less."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workflow.errors import UsageError
from workflow.stores.files import write_atomic

DRIVER = "workflow-po"
"""The name of our merge driver in .gitattributes and in git's settings."""


CONFLICTS = 3
"""The exit code of a merge with conflicts: 1 is also what Python says when it cannot start."""

_ATTRIBUTES = f"locales/**/*.po merge={DRIVER}"


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


def tracked_files(root: Path) -> tuple[str, ...]:
    """The files under ``root`` that git keeps, relative to it; none where there is no git."""
    if shutil.which("git") is None:
        return ()
    names = (_git(root, "ls-files", "-z") or b"").decode("utf-8", "surrogateescape").split("\0")
    return tuple(filter(None, names))


def commit_with(root: Path, name: str, path: str) -> str:
    """The revision and day that brought ``path`` with the bytes that git calls ``name``.

    Empty where git does not know them.
    """
    if shutil.which("git") is None:
        return ""
    form = "--format=%h, %cs"
    lines = _git(root, "log", form, "--reverse", f"--find-object={name}", "--", path) or b""
    return lines.decode("utf-8", "replace").partition("\n")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """What a commit made of a file that was there before."""

    path: str
    """Relative to the project."""
    before: str
    """The name that git has for the old bytes; see `read_blobs`."""
    after: str
    who: str
    when: str
    """ISO date."""


def file_changes(root: Path, folder: str, *, most: int) -> tuple[FileChange, ...]:
    """What the history made of the files under ``folder``, the newest first, ``most`` at most.

    Empty where nothing is committed.
    """
    form = "--format=%x01%an%x01%as"
    options = ("--no-merges", "--no-renames", "--diff-filter=M", "--relative", f"-n{most}")
    told = _git(root, "log", *options, "--raw", "--no-abbrev", "-z", form, "--", folder)
    words = (told or b"").decode("utf-8", "surrogateescape").split("\0")
    found: list[FileChange] = []
    who = when = ""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word.lstrip("\n").startswith("\x01"):
            _, who, when = word.strip("\n").split("\x01")
        elif word.lstrip("\n").startswith(":"):
            _, _, before, after, _ = word.strip("\n").split(" ")
            change = FileChange(path=following, before=before, after=after, who=who, when=when)
            found.append(change)
    return tuple(found[:most])


def read_blobs(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The bytes that git has under ``names``; what it has not is left out."""
    wanted = list(dict.fromkeys(names))
    answer = _git(root, "cat-file", "--batch", data="".join(f"{n}\n" for n in wanted).encode())
    return dict(_batch(answer or b"", wanted))


def user_name(root: Path) -> str:
    """Who git says is at work; empty when it does not know."""
    if shutil.which("git") is None:
        return ""
    return (_git(root, "config", "--get", "user.name") or b"").decode("utf-8", "replace").strip()


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
    changed = _ask_for_driver(root)
    for key, value in wanted.items():
        now = _git(root, "config", "--local", "--get", key)
        if now is None or now.decode().strip() != value:
            if _git(root, "config", "--local", key, value) is None:
                raise UsageError("git refused the setting", hint=f"git config {key} says why")
            changed = True
    return changed


def _ask_for_driver(root: Path) -> bool:
    """See to it that .gitattributes asks for our driver; False when it did."""
    said = _git(root, "check-attr", "merge", "--", "locales/en/releases/a.po") or b""
    if said.decode().strip().endswith(f": {DRIVER}"):
        return False
    path = root / ".gitattributes"
    before = path.read_bytes() if path.is_file() else b""
    gap = b"\n" if before and not before.endswith(b"\n") else b""
    write_atomic(path, before + gap + f"{_ATTRIBUTES}\n".encode())
    return True


def _command() -> str:
    """What git runs. Where we cannot be run, or cannot read a version, lines with marks must do:

    without them the file would be our version alone, and look merged.
    """
    script = Path(sys.executable).with_name("workflow")
    # -P: a folder of that name in the repository being merged is not us.
    words = [str(script)] if script.is_file() else [sys.executable, "-P", "-m", "workflow"]
    ours = f"{shlex.join(words)} merge-driver %O %A %B %P"
    merged = f"{ours}; s=$?; [ $s -eq 0 ] && exit 0; [ $s -eq {CONFLICTS} ]"
    return f"{merged} || git merge-file %A %O %B; exit 1"


def has_driver(root: Path) -> bool:
    """Whether this clone's git knows how to merge catalogues."""
    return _git(root, "config", "--get", f"merge.{DRIVER}.driver") is not None


def _batch(answer: bytes, names: Iterable[str]) -> Iterable[tuple[str, bytes]]:
    at = 0
    for name in names:
        end = answer.index(b"\n", at)
        header = answer[at:end].split(b" ")
        at = end + 1
        if len(header) >= 3 and header[-1].isdigit():  # else: "… missing"
            size = int(header[-1])
            if header[-2] == b"blob":
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
