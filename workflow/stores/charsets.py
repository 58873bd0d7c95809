"""Bytes of a PO file → text, in the charset that its own header names."""

from __future__ import annotations

import re
from pathlib import Path

from workflow.errors import CatalogError, StoreError

_CHARSET = re.compile(rb"charset=([\w.:-]+)")
_LARGEST = 20 * 1024 * 1024  # bytes; a larger catalogue is not one


def read_po(root: Path, path: str) -> str | None:
    """The text of a PO file; None when there is none.

    Raises `CatalogError` when it is not in the charset it names, `StoreError` when it cannot be
    read.
    """
    try:
        if (root / path).stat().st_size > _LARGEST:
            raise CatalogError("larger than 20 MB", path=path, hint="is it really a catalogue?")
        data = (root / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise StoreError(f"cannot be read: {fault.strerror}", path=path) from None
    return _decode(data, path)


def _decode(data: bytes, path: str) -> str:
    charset = charset_of(data)
    try:
        text = data.decode(charset)
    except UnicodeDecodeError as fault:
        raise CatalogError(
            f"not {charset}, as its header says (byte {data[fault.start]:#04x})",
            path=path,
            line=data.count(b"\n", 0, fault.start) + 1,
            hint="save it in the charset it names, UTF-8 by preference",
        ) from None
    except LookupError:
        raise CatalogError(
            f"unknown charset “{charset}” in the header", path=path, hint="save it as UTF-8"
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CatalogError("a NUL byte: not a PO file", path=path, line=line)
    return text


def charset_of(data: bytes) -> str:
    """The charset that the header of a PO file names; UTF-8 when it names none."""
    found = _CHARSET.search(data[:8192])
    name = found[1].decode("ascii") if found else "UTF-8"
    if name in ("CHARSET", "UTF-8", "utf-8", "UTF8"):
        return "utf-8"
    return name
