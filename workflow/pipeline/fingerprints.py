"""What a result was made from, in a few characters: equal fingerprints, equal result."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path

from workflow import __version__
from workflow.settings import Settings
from workflow.stores.catalogs import catalog_path
from workflow.stores.glossary import GLOSSARY
from workflow.stores.templates import theme_files


def inputs_fingerprint(root: Path, source: Path, tag: str, slug: str) -> str:
    """Of a source and its catalogue, by what the file system says of them.

    Every writer we know replaces a file or moves its times; a file that was only copied is judged
    once more, with the same result.
    """
    return "/".join(_stat(path) for path in (source, root / catalog_path(tag, slug)))


def house_fingerprint(root: Path, settings: Settings) -> str:
    """Of what every verdict depends on: settings, glossary, and this program's version."""
    return _hash(
        [__version__, json.dumps(asdict(settings), default=sorted, sort_keys=True)],
        [root / GLOSSARY],
    )


def shown_fingerprint(root: Path, settings: Settings) -> str:
    """Of what every page depends on: the theme, its strings, and the settings."""
    return _hash(
        [__version__, json.dumps(asdict(settings), default=sorted, sort_keys=True)],
        theme_files(root),
    )


def fingerprint(*parts: str) -> str:
    """Of a few texts."""
    return _hash(parts, ())


def _hash(texts: Iterable[str], files: Iterable[Path]) -> str:
    digest = blake2b(digest_size=12)
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    for path in files:
        try:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        except OSError:
            digest.update(b"absent\0")
    return digest.hexdigest()


def _stat(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return "-"
    return f"{found.st_ino:x}.{found.st_size:x}.{found.st_mtime_ns:x}.{found.st_ctime_ns:x}"
