"""The site on disk: whole builds, a manifest for each, and one atomic ``current`` link.

<output>/current → releases/000007      what the web server shows
<output>/releases/000007/…              the pages of one build; never changed once shown
<output>/manifests/000007.json          what was published in it, and from what
<output>/manifests/000007.sha256        the checksum of each of its files (`stores.checksums`)
<output>/rollback.json                  why an earlier build is shown (`stores.builds`)
<output>/snapshots/…                    the published words (`stores.snapshots`)
"""

from __future__ import annotations

import gc
import json
from dataclasses import asdict, dataclass, field, fields, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from workflow.errors import StoreError
from workflow.model import Issue, Severity
from workflow.stores.builds import shown_build
from workflow.stores.files import write_atomic
from workflow.stores.manifest_rows import NAMES, ROWS, named

Key = tuple[str, str]
"""Tag and slug: what a record goes by."""

_VERSION = 4  # of the manifest's shape
_READABLE = (1, 2, 3, _VERSION)  # the earlier ones say less, and nothing else


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
    until: str = ""
    """The moment (UTC) up to which nothing but a change makes another build; empty: not known."""


def read_manifest(base: Path, build: int = 0) -> Manifest:
    """The manifest of ``build``, or of what is online; an empty one when there is none."""
    build = build or shown_build(base)
    if not build:
        return Manifest()
    path = manifest_path(base, build)
    try:
        gc.disable()  # a hundred thousand values come to stay: there is nothing to collect
        data = json.loads(path.read_bytes())
        if data["version"] not in _READABLE:
            return Manifest(build=build)
        records = map(_record, named(data))
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
            until=data.get("until", ""),
        )
    except FileNotFoundError:
        return Manifest(build=build)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreError(
            f"the record of what is online is damaged ({type(fault).__name__})",
            path=str(path),
            hint="publish with --fresh to make the site anew from the catalogues",
        ) from None
    finally:
        gc.enable()


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
        "until": manifest.until,
        NAMES: _FIELDS,
        ROWS: [_row(manifest.records[key]) for key in sorted(manifest.records)],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    write_atomic(manifest_path(base, manifest.build), text.encode("utf-8"))


def manifest_path(base: Path, build: int) -> Path:
    """Where the manifest of a build is."""
    return base / "manifests" / f"{build:06}.json"


_FIELDS = tuple(field.name for field in fields(Record))
_VALUES = attrgetter(*_FIELDS)
_REASONS = _FIELDS.index("reasons")


def _row(record: Record) -> list[Any]:
    row = list(_VALUES(record))
    row[_REASONS] = [asdict(reason) for reason in record.reasons]
    return row


def _record(data: dict[str, Any]) -> Record:
    data["reasons"] = tuple(map(_reason, data["reasons"]))
    data["former"] = tuple(data.get("former", ()))
    return Record(**data)


def _reason(data: dict[str, Any]) -> Issue:
    return replace(Issue(**data), severity=Severity(data["severity"]))
