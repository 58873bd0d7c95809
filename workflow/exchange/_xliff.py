"""What both versions of XLIFF have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workflow.errors import ExchangeError
from workflow.exchange._names import from_file_name
from workflow.exchange._xml import Element, child, children, line_of, name, namespace, parse_xml
from workflow.plugins import HandedUnit

_TOKEN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


def is_version(data: bytes, path: str, version: str) -> bool:
    """Whether this is XLIFF of that version, ``1.`` or ``2.``. Raises `ExchangeError`."""
    root = parse_xml(data, path)
    space = namespace(root)
    return name(root) == "xliff" and (
        space.startswith(f"urn:oasis:names:tc:xliff:document:{version}")
        or (not space and root.get("version", "").startswith(version))
    )


def document(data: bytes, path: str) -> Element:
    """The root of an XLIFF document. Raises `ExchangeError`."""
    root = parse_xml(data, path)
    if name(root) != "xliff":
        raise _refuse(root, path)
    return root


def identifiers(units: Sequence[HandedUnit]) -> Iterator[str]:
    """An identifier for each unit: its key where XML takes that, and no two alike."""
    seen: set[str] = set()
    for number, unit in enumerate(units, 1):
        fits = _TOKEN.fullmatch(unit.key) is not None and unit.key not in seen
        identifier = unit.key if fits else f"unit-{number}"
        while identifier in seen:
            identifier += "_"
        seen.add(identifier)
        yield identifier


def unit_key(element: Element, other: str | None) -> str:
    """The key of a unit: its other name, where it has one, or its identifier."""
    return element.get("id", "") if other is None else other


def told(unit: HandedUnit) -> Iterator[str]:
    """The notes of a unit, its role first."""
    if unit.role:
        yield unit.role
    yield from unit.notes


def single(root: Element, path: str) -> Element:
    """The one ``<file>`` of the document. Raises `ExchangeError` where there are more."""
    files = list(children(root, "file"))
    if len(files) > 1:
        what = f"holds {len(files)} files; one is wanted, as it was exported"
        raise ExchangeError(what, path=path, line=line_of(files[1]))
    if not files:
        raise _refuse(root, path)
    return files[0]


def catalog_name(path: str, *, slug: str, language: str) -> tuple[str, str]:
    """Slug and language as the document says, or its file name where it does not."""
    named = from_file_name(path)
    return slug or named[0], language or named[1]


def _refuse(root: Element, path: str) -> ExchangeError:
    """The error for a document that is no XLIFF."""
    what = f"no XLIFF that can be read: <{name(root)}>" if child(root, "file") is None else "empty"
    return ExchangeError(what, path=path, line=line_of(root), hint="XLIFF 1.2 and 2 are known")
