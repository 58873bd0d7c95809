"""The site on disk: whole builds, a manifest for each, and one atomic ``current`` link.

<output>/current → releases/000007      what the web server shows
<output>/releases/000007/…              the pages of one build; never changed once shown
<output>/manifests/000007.json          what was published in it, and from what
<output>/manifests/000007.sha256        the checksum of each of its files (`stores.checksums`)
<output>/rollback.json                  why an earlier build is shown (`stores.builds`)
<output>/snapshots/…                    the published words (`stores.snapshots`)
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from workflow.errors import StoreError
from workflow.model import Issue, Severity
from workflow.stores.builds import shown_build
from workflow.stores.checksums import checksum
from workflow.stores.files import write_atomic

Key = tuple[str, str]
"""Tag and slug: what a record goes by."""

_VERSION = 3  # of the manifest's shape
_READABLE = (1, 2, _VERSION)  # the earlier ones say less, and nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One release in one language: what was last decided, and what is online."""

    slug: str
    tag: str
    inputs: str = ""
    """Fingerprint of the files that the verdict was made from."""
    verdict: str = "held"
    """published, held, waiting, withdrawn, embargoed, withheld or canceled."""
    reasons: tuple[Issue, ...] = ()
    """What holds it back: the first issue of each check."""
    snapshot: str = ""
    """What is online; empty when nothing is."""
    page: str = ""
    """Fingerprint of everything that shows on the page."""
    path: str = ""
    """Where it is; once it has been online, it stays there."""
    former: tuple[str, ...] = ()
    """Where it was under other slugs; redirects stand there."""
    id: str = ""
    """A ``tag:`` URI for feeds, kept for good."""
    first: str = ""
    """The moment it first went out in this language (UTC); empty: never yet."""
    changed: str = ""
    """The moment its published words changed last; empty: not since."""
    words: str = ""
    """Fingerprint of the published words, for ``changed``."""
    original: str = ""
    """The language it was written in."""
    share: float = 1.0
    """How much of what is online is translated, by units."""
    at_source: int = 0
    """Issues of the source's own words that reach the gate."""
    title: str = ""
    summary: str = ""
    section: str = ""
    date: str = ""
    """ISO date, or empty."""
    corrected: str = ""
    """The day of the newest correction that is online; empty: there is none."""
    withdrawn: bool = False
    """What is online is the notice that it was withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All records of a build."""

    build: int = 0
    house: str = ""
    """Fingerprint of what verdicts depend on besides the release: settings, glossary, version."""
    shown: str = ""
    """Fingerprint of what every page depends on: the theme, the settings."""
    records: dict[Key, Record] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    """Fingerprint of everything that shows on a list, by its path."""
    news: str = ""
    """Fingerprint of the news sitemap, which ages."""
    feeds: dict[str, str] = field(default_factory=dict)
    """The id of the feed of a language, kept for good."""
    made: str = ""
    """The moment the build was made (UTC)."""
    files: str = ""
    """The checksum of the list of its checksums."""


def read_manifest(base: Path, build: int = 0) -> Manifest:
    """The manifest of ``build``, or of what is online; an empty one when there is none."""
    build = build or shown_build(base)
    if not build:
        return Manifest()
    path = manifest_path(base, build)
    try:
        data = json.loads(path.read_bytes())
        if data["version"] not in _READABLE:
            return Manifest(build=build)
        records = (_record(record) for record in data["records"])
        return Manifest(
            build=build,
            house=data["house"],
            shown=data["shown"],
            records={(record.tag, record.slug): record for record in records},
            lists=data.get("lists", {}),
            news=data.get("news", ""),
            feeds=data.get("feeds", {}),
            made=data.get("made", ""),
            files=data.get("files", ""),
        )
    except FileNotFoundError:
        return Manifest(build=build)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreError(
            f"the record of what is online is damaged ({type(fault).__name__})",
            path=str(path),
            hint="publish with --fresh to make the site anew from the catalogues",
        ) from None


def write_manifest(base: Path, manifest: Manifest) -> None:
    """Keep ``manifest`` beside its build."""
    data = {
        "version": _VERSION,
        "house": manifest.house,
        "shown": manifest.shown,
        "lists": manifest.lists,
        "news": manifest.news,
        "feeds": manifest.feeds,
        "made": manifest.made,
        "files": manifest.files,
        "records": [_plain(record) for _, record in sorted(manifest.records.items())],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    write_atomic(manifest_path(base, manifest.build), text.encode("utf-8"))


def manifest_path(base: Path, build: int) -> Path:
    """Where the manifest of a build is."""
    return base / "manifests" / f"{build:06}.json"


def open_build(base: Path, build: int) -> Path:
    """An empty folder to build in; nobody sees it until `show_build`."""
    folder = base / "releases" / f".{build:06}"
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
    except OSError as fault:
        raise StoreError(
            f"cannot be made: {fault.strerror}", path=str(folder), hint="see rights and room"
        ) from None
    return folder


def write_page(folder: Path, path: str, content: str) -> str:
    """Write one page of a build that nobody sees yet; its checksum."""
    target = folder / path
    data = content.encode("utf-8")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # a link into the build before, which must stay as it is
        target.write_bytes(data)
    except OSError as fault:
        raise StoreError(
            f"cannot be written: {fault.strerror}", path=str(target), hint="see rights and room"
        ) from None
    return checksum(data)


def read_page(folder: Path, path: str) -> str | None:
    """One page of a build as it was written; None when it is not there."""
    try:
        return (folder / path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def reuse_page(base: Path, build: int, folder: Path, path: str) -> bool:
    """Take a page over from ``build`` as it is; False when it is not there."""
    source, target = f"{base}/releases/{build:06}/{path}", f"{folder}/{path}"
    try:
        os.makedirs(target.rpartition("/")[0], exist_ok=True)  # noqa: PTH103  # a Path each costs more
        try:
            os.link(source, target)
        except FileNotFoundError:
            return False
        except OSError:  # a file system without hard links
            shutil.copyfile(source, target)
    except OSError:
        return False
    return True


def discard_build(folder: Path) -> None:
    """Take away a build that must not be shown."""
    shutil.rmtree(folder, ignore_errors=True)


_FIELDS = tuple(field.name for field in fields(Record))


def _plain(record: Record) -> dict[str, Any]:
    """What `dataclasses.asdict` would give, which copies every value of tens of thousands."""
    data = {name: getattr(record, name) for name in _FIELDS}
    return {**data, "reasons": [asdict(reason) for reason in record.reasons]}


def _record(data: dict[str, Any]) -> Record:
    reasons = tuple(
        replace(Issue(**issue), severity=Severity(issue["severity"])) for issue in data["reasons"]
    )
    former = tuple(data.get("former", ()))
    return Record(**{**data, "reasons": reasons, "former": former})
