"""Bytes of a PO file ⇄ text, in the charset that its own header names."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from workflow.errors import CatalogError, StoreError
from workflow.stores.files import inside

_CHARSET = re.compile(rb"charset=([\w.:-]+)")
_LARGEST = 20 * 1024 * 1024  # bytes; a larger catalogue is not one


@dataclass(frozen=True, slots=True, kw_only=True)
class PoFile:
    """A PO file as it was read."""

    text: str
    charset: str
    """Python's name of the codec; ``utf-8-sig`` for a file that begins with a byte order mark."""
    data: bytes
    """Its bytes."""

    @property
    def stamp(self) -> str:
        """A hash of its bytes: equal stamps, the same file."""
        return blake2b(self.data, digest_size=12).hexdigest()


def read_po(root: Path, path: str) -> PoFile | None:
    """A PO file; None when there is none.

    Raises `CatalogError` when it is not in the charset it names, `StoreError` when it cannot be
    read, or a link leads it out of the newsroom.
    """
    file = inside(root, path)
    try:
        if file.stat().st_size > _LARGEST:
            raise CatalogError("larger than 20 MB", path=path, hint="is it really a catalogue?")
        data = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise StoreError(f"cannot be read: {fault.strerror}", path=path) from None
    return decode_po(data, path=path)


def decode_po(data: bytes, *, path: str) -> PoFile:
    """The text of a PO file. Raises `CatalogError`; what it returns can be encoded to ``data``."""
    charset, named = _charset(data)
    says = (
        f"not {charset}, as its header says" if named else f"names no charset and is not {charset}"
    )
    try:
        text = data.decode("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else charset)
    except UnicodeDecodeError as fault:
        raise CatalogError(
            f"{says} (byte {fault.object[fault.start]:#04x})",
            path=path,
            line=data.count(b"\n", 0, fault.start) + 1,
            hint="save it in the charset it names, UTF-8 by preference",
        ) from None
    except (LookupError, ValueError):  # "undefined" and "idna" are codecs too, of other things
        raise CatalogError(
            f"unknown charset “{charset}” in the header", path=path, hint="save it as UTF-8"
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CatalogError("a NUL byte: not a PO file", path=path, line=line)
    if data.startswith(codecs.BOM_UTF8):
        charset = "utf-8-sig"
    file = PoFile(text=text, charset=charset, data=data)
    if charset not in ("utf-8", "utf-8-sig") and encode_po(text, file=file, path=path) != data:
        raise CatalogError(
            f"its {charset} cannot be written back byte for byte",
            path=path,
            hint=_convert(path),
        )
    return file


def encode_po(text: str, *, file: PoFile | None, path: str) -> bytes:
    """``text`` in the charset that its header names, with a byte order mark where ``file`` has one.

    Raises `CatalogError` when that charset cannot hold it.
    """
    charset, _ = _charset(text[:8192].encode("utf-8", "surrogatepass"))
    if file is not None and (charset == _charset(file.data)[0] or _is_utf_8(charset, file.charset)):
        charset = file.charset
    try:
        return text.encode(charset)
    except (LookupError, ValueError):
        raise CatalogError(
            f"the file is in {charset}, which cannot hold its texts",
            path=path,
            hint=_convert(path),
        ) from None


def _is_utf_8(*charsets: str) -> bool:
    return all(charset.startswith("utf-8") for charset in charsets)


def _convert(path: str) -> str:
    return f"convert it: msgconv -t UTF-8 -o {path} {path}"


def _charset(data: bytes) -> tuple[str, bool]:
    """The charset that the header names; UTF-8 when it names none, and whether it did."""
    found = _CHARSET.search(data[:8192])
    name = found[1].decode("ascii") if found else "CHARSET"
    if name in ("CHARSET", "UTF-8", "utf-8", "UTF8"):
        return "utf-8", name != "CHARSET"
    return name, True
