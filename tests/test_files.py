"""The one way a file is written."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from workflow.errors import StoreError
from workflow.stores import files
from workflow.stores.files import TEMPORARY, inside, write_atomic


def _refuse(code: int):
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(code, os.strerror(code))

    return refuse


def test_a_file_and_its_folders_are_made(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a" / "b" / "c.md", b"words")
    assert (tmp_path / "a" / "b" / "c.md").read_bytes() == b"words"
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["c.md"]


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "x", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_a_replaced_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_without_replace_an_existing_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_atomic(path, b"new", replace=False)
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["x"]


def test_without_replace_a_dangling_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        write_atomic(tmp_path / "x", b"new", replace=False)
    assert not (tmp_path / "nowhere").exists()


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"old")
    (tmp_path / "x").symlink_to(tmp_path / "there")
    write_atomic(tmp_path / "x", b"new")
    assert (tmp_path / "there").read_bytes() == b"old"
    assert (tmp_path / "x").read_bytes() == b"new"


@pytest.mark.parametrize("replace", [True, False])
@pytest.mark.parametrize("call", ["fsync", "open", "fchmod"])
def test_no_space_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, replace: bool
) -> None:
    path = tmp_path / "x"
    if replace:
        path.write_bytes(b"old")
    elif call == "fchmod":
        pytest.skip("a new file has no mode to keep")
    monkeypatch.setattr(files.os, call, _refuse(errno.ENOSPC))
    with pytest.raises(StoreError, match=r"No space left on device.*make room") as caught:
        write_atomic(path, b"new", replace=replace)
    monkeypatch.undo()
    assert caught.value.path == str(path)
    assert [found.read_bytes() for found in tmp_path.iterdir()] == ([b"old"] if replace else [])


def test_a_disk_that_really_is_full_is_reported(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(StoreError, match="File too large"):
            write_atomic(tmp_path / "x", b"*" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_hard_links_still_never_overwrites(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.os, "link", _refuse(errno.EPERM))
    write_atomic(tmp_path / "x", b"one", replace=False)
    with pytest.raises(FileExistsError):
        write_atomic(tmp_path / "x", b"two", replace=False)
    assert [found.read_bytes() for found in tmp_path.iterdir()] == [b"one"]


def test_a_disk_that_cannot_sync_folders_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        real(descriptor)

    monkeypatch.setattr(files.os, "fsync", fsync)
    write_atomic(tmp_path / "x", b"one")
    assert (tmp_path / "x").read_bytes() == b"one"


@pytest.mark.parametrize("replace", [True, False])
def test_a_file_where_a_folder_is_wanted_is_one_clear_line(tmp_path: Path, replace: bool) -> None:
    (tmp_path / "sources").write_bytes(b"")
    with pytest.raises(StoreError, match="a file stands where a folder is wanted"):
        write_atomic(tmp_path / "sources" / "x.md", b"new", replace=replace)


def test_a_folder_where_the_file_is_wanted_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "x" / "y").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be written"):
        write_atomic(tmp_path / "x", b"new")
    assert [found.name for found in tmp_path.iterdir()] == ["x"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write_is_one_clear_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="check the rights of the folder"):
            write_atomic(tmp_path / "x", b"new")
    finally:
        tmp_path.chmod(0o700)


def test_unfinished_files_can_be_recognised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(
        files.os, "fsync", lambda _: seen.append([found.name for found in tmp_path.iterdir()])
    )
    write_atomic(tmp_path / "x.md", b"new")
    assert len(seen[0]) == 1
    assert seen[0][0].startswith(".x.md.")
    assert seen[0][0].endswith(TEMPORARY)


def test_a_path_inside_is_given_resolved(tmp_path: Path) -> None:
    assert inside(tmp_path, "sources/x.md") == tmp_path.resolve() / "sources" / "x.md"
    assert inside(tmp_path, "a/../b") == tmp_path.resolve() / "b"


@pytest.mark.parametrize("relative", ["../x", "/etc/passwd", "a/../../x", "link/x", "circle/x"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, relative: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(tmp_path)
    (root / "circle").symlink_to(tmp_path / "root" / "link" / "out")
    with pytest.raises(StoreError):
        inside(root, relative)


def test_a_path_with_a_zero_byte_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        inside(tmp_path, "a\0b")
