"""Three files → one: what git calls to merge a PO file (``workflow merge-driver``)."""

from __future__ import annotations

from pathlib import Path

from workflow.errors import StoreError
from workflow.stores.charsets import PoFile, decode_po, encode_po
from workflow.stores.files import write_atomic
from workflow.stores.po import Conflict, merge_texts


def merge_files(base: Path, ours: Path, theirs: Path, *, path: str) -> tuple[Conflict, ...]:
    """Merge three versions of the PO file ``path`` into the file ``ours``.

    Returns the units that both sides translated. Raises `CatalogError` or `StoreError`, and then
    leaves ``ours`` as it is.
    """
    old, mine, other = (_read(file, path) for file in (base, ours, theirs))
    merged = merge_texts(
        old.text,
        mine.text,
        other.text,
        path=path,
        charsets=(old.charset, mine.charset, other.charset),
    )
    if merged.text != mine.text:
        write_atomic(ours, encode_po(merged.text, file=mine, path=path))
    return merged.conflicts


def _read(file: Path, path: str) -> PoFile:
    try:
        data = file.read_bytes()
    except OSError as fault:
        raise StoreError(f"cannot be read: {fault.strerror}", path=str(file)) from None
    return decode_po(data, path=path)
