"""Workbooks as the archives that they are: refusing bombs, and the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile

from workflow.errors import ExchangeError

_LARGEST = 100 * 1024 * 1024
_STEEPEST = 200
_SMALL = 1024 * 1024
"""A part below this size may be packed as tightly as it likes."""
_MOST_PARTS = 2000
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HINT = "save it from Excel or LibreOffice as .xlsx"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def inspect(data: bytes, path: str) -> None:
    """Refuse what would grow out of all measure, and XML that declares entities.

    Sizes are those that the archive states; reading stops there, so it cannot lie.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse_large(parts, path)
            for part in parts:
                if _declares(archive.read(part)):  # a part's name says nothing of what is in it
                    what = f"“{part.filename}” in the workbook declares a DOCTYPE"
                    raise ExchangeError(what, path=path, hint=_HINT)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError):
        raise ExchangeError("not an XLSX workbook", path=path, hint=_HINT) from None
    except (EOFError, OSError, ValueError):
        raise ExchangeError("the workbook is cut off", path=path, hint=_HINT) from None
    except Exception as fault:
        if isinstance(fault, ExchangeError):
            raise
        raise ExchangeError("the workbook is damaged", path=path, hint=_HINT) from None


def repacked(data: bytes) -> bytes:
    """The archive without a trace of when it was made."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _MOMENT.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(part.filename, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()


def _refuse_large(parts: list[zipfile.ZipInfo], path: str) -> None:
    size = sum(part.file_size for part in parts)
    steep = any(
        part.file_size > _SMALL and part.file_size > _STEEPEST * max(1, part.compress_size)
        for part in parts
    )
    if size > _LARGEST or steep or len(parts) > _MOST_PARTS:
        what = "the workbook unpacks to far more than it holds"
        raise ExchangeError(what, path=path, hint="save the table alone into a new workbook")


def _declares(part: bytes) -> bool:
    # In UTF-16 every other byte is a zero.
    return _DOCTYPE.search(part.replace(b"\x00", b"")) is not None
