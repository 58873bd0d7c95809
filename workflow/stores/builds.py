"""Which builds of the site there are, which one readers see, and the way back to an earlier one.

What readers see changes by the rename of one link, under a lock that is held for that alone: a
publisher that was overtaken, by another one or by a rollback, does not get to show its build.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from workflow.errors import StoreError
from workflow.stores.build_files import put_aside
from workflow.stores.checksums import sums_path
from workflow.stores.files import write_atomic
from workflow.stores.manifest_rows import snapshots
from workflow.stores.snapshots import forget_snapshots


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollback:
    """A person has gone back to an earlier build; until it is lifted, nothing new goes out."""

    build: int
    """The build that is shown. With any other one shown, the rollback is over."""
    left: int
    """The build that was shown before."""
    when: str
    """The moment (UTC)."""
    who: str
    reason: str


def shown_build(base: Path) -> int:
    """The number of the build that readers see; 0: none."""
    current = base / "current"
    name = current.readlink().name if current.is_symlink() else ""
    return int(name) if name.isdigit() else 0


def list_builds(base: Path) -> tuple[int, ...]:
    """The builds on disk, the oldest first."""
    try:
        names = [path.name for path in (base / "releases").iterdir()]
    except FileNotFoundError:
        return ()
    except OSError as fault:
        raise StoreError(f"cannot be read: {fault.strerror}", path=str(base)) from None
    return tuple(sorted(int(name) for name in names if name.isdigit()))


def build_folder(base: Path, build: int) -> Path:
    """Where the pages of a build are."""
    return base / "releases" / f"{build:06}"


def read_rollback(base: Path) -> Rollback | None:
    """The rollback that holds; None when what is shown is what was published last."""
    path = base / "rollback.json"
    try:
        found = Rollback(**json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as fault:
        raise StoreError(
            f"the record of a rollback is damaged ({type(fault).__name__})",
            path=str(path),
            hint="delete it if the site may be published again",
        ) from None
    return found if found.build == shown_build(base) else None


def lift_rollback(base: Path) -> None:
    """Let new builds be shown again."""
    (base / "rollback.json").unlink(missing_ok=True)


def roll_back(base: Path, rollback: Rollback) -> None:
    """Show the earlier build in one step. Raises `StoreError` when another one is shown by now."""
    text = json.dumps(asdict(rollback), ensure_ascii=False, indent=2)
    with _swapping(base, rollback.left):
        # Bound to the build it names, it says nothing before that one is shown.
        write_atomic(base / "rollback.json", f"{text}\n".encode())
        _point_to(base, rollback.build)


def show_build(base: Path, build: int, *, instead_of: int, keep: int, resume: bool) -> None:
    """Put the finished build online in one step, and drop builds beyond ``keep``.

    Raises `StoreError` when readers no longer see ``instead_of``, or have been taken back to it
    and ``resume`` does not say that this is over.
    """
    with _swapping(base, instead_of):
        if read_rollback(base) and not resume:
            raise _overtaken(base)
        try:
            (base / "releases" / f".{build:06}").rename(build_folder(base, build))
        except OSError as fault:
            raise _not_shown(base, fault) from None
        _point_to(base, build)
        lift_rollback(base)
    _drop_old(base, keep)


@contextmanager
def _swapping(base: Path, shown: int) -> Iterator[None]:
    """Alone at the link, as long as it still leads to ``shown``."""
    base.mkdir(parents=True, exist_ok=True)
    with (base / ".swap").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if shown_build(base) != shown:
            raise _overtaken(base)
        yield


def _point_to(base: Path, build: int) -> None:
    link = base / f".current-{build:06}"
    try:
        link.unlink(missing_ok=True)
        link.symlink_to(build_folder(Path(), build))
        link.rename(base / "current")
    except OSError as fault:
        raise _not_shown(base, fault) from None


def _not_shown(base: Path, fault: OSError) -> StoreError:
    return StoreError(
        f"the build cannot be put online: {fault.strerror}",
        path=str(base),
        hint="what was online is still shown",
    )


def _overtaken(base: Path) -> StoreError:
    return StoreError(
        "readers were given another build meanwhile, by a rollback or another publish",
        path=str(base),
        hint="nothing was changed here; workflow rollback --list shows what is online",
    )


def _drop_old(base: Path, keep: int) -> None:
    builds = list_builds(base)
    for build in builds[:-keep]:
        if keep > 1:
            put_aside(build_folder(base, build))
        else:  # nothing that was taken back is to stay
            shutil.rmtree(build_folder(base, build), ignore_errors=True)
        (base / "manifests" / f"{build:06}.json").unlink(missing_ok=True)
        sums_path(base, build).unlink(missing_ok=True)
    if len(builds) > keep:
        forget_snapshots(base, set(_snapshots(base)))


def _snapshots(base: Path) -> Iterable[str]:
    for path in sorted((base / "manifests").glob("*.json")):
        yield from snapshots(json.loads(path.read_bytes()))
