"""The site on disk: whole builds, a manifest for each, and one atomic ``current`` link.

<output>/current → releases/000007      what the web server shows
<output>/releases/000007/…              the pages of one build; never changed once shown
<output>/manifests/000007.json          what was published in it, and from what
<output>/snapshots/…                    the published words (`stores.snapshots`)
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from workflow.errors import StoreError
from workflow.model import Issue, Severity
from workflow.stores.files import write_atomic
from workflow.stores.snapshots import forget_snapshots

Key = tuple[str, str]
"""Tag and slug: what a record goes by."""

_VERSION = 2  # of the manifest's shape
_READABLE = (1, _VERSION)  # the first one says less, and nothing else


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


def read_manifest(base: Path) -> Manifest:
    """The manifest of the build that is online; an empty one when there is none."""
    current = base / "current"
    if not current.is_symlink():
        return Manifest()
    name = current.readlink().name
    path = base / "manifests" / f"{name}.json"
    try:
        data = json.loads(path.read_bytes())
        if data["version"] not in _READABLE:
            return Manifest(build=int(name))
        records = (_record(record) for record in data["records"])
        return Manifest(
            build=int(name),
            house=data["house"],
            shown=data["shown"],
            records={(record.tag, record.slug): record for record in records},
            lists=data.get("lists", {}),
            news=data.get("news", ""),
            feeds=data.get("feeds", {}),
        )
    except FileNotFoundError:
        return Manifest(build=int(name))
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
        "records": [_plain(record) for _, record in sorted(manifest.records.items())],
    }
    folder = base / "manifests"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    write_atomic(folder / f"{manifest.build:06}.json", text.encode("utf-8"))


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


def write_page(folder: Path, path: str, content: str) -> None:
    """Write one page of a build that nobody sees yet."""
    target = folder / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode("utf-8"))
    except OSError as fault:
        raise StoreError(
            f"cannot be written: {fault.strerror}", path=str(target), hint="see rights and room"
        ) from None


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


def show_build(base: Path, build: int, *, keep: int) -> None:
    """Put the finished build online in one step, and drop builds beyond ``keep``."""
    name = f"{build:06}"
    try:
        (base / "releases" / f".{name}").rename(base / "releases" / name)
        link = base / f".current-{name}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("releases") / name)
        link.rename(base / "current")
    except OSError as fault:
        raise StoreError(
            f"the new build cannot be put online: {fault.strerror}",
            path=str(base),
            hint="the old one is still shown",
        ) from None
    _drop_old(base, keep)


def discard_build(folder: Path) -> None:
    """Take away a build that must not be shown."""
    shutil.rmtree(folder, ignore_errors=True)


def _drop_old(base: Path, keep: int) -> None:
    builds = sorted(p for p in (base / "releases").iterdir() if p.name.isdigit())
    for old in builds[:-keep]:
        shutil.rmtree(old, ignore_errors=True)
        (base / "manifests" / f"{old.name}.json").unlink(missing_ok=True)
    if len(builds) > keep:
        forget_snapshots(base, set(_snapshots(base)))


def _snapshots(base: Path) -> Iterable[str]:
    for path in sorted((base / "manifests").glob("*.json")):
        for record in json.loads(path.read_bytes())["records"]:
            yield record["snapshot"]


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
