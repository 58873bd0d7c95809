"""What a result was made from, in a few characters: equal fingerprints, equal result."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import blake2b
from pathlib import Path

from workflow.model import Release, Text
from workflow.settings import Settings
from workflow.stages.plain_marks import plain_marks
from workflow.stores.catalogs import catalog_path
from workflow.stores.decisions import decisions_path
from workflow.stores.files import TICK, seen
from workflow.stores.glossary import GLOSSARY
from workflow.stores.program import program
from workflow.stores.templates import theme_files

_PIECE = 1 << 20  # bytes; nobody has looked yet how large a file is


def inputs_fingerprint(root: Path, source: Path, tag: str, slug: str, *, original: str) -> str:
    """Of a source and its catalogue, by what the file system says of them.

    What was decided of the source, in ``original``, its language, counts with every catalogue.

    Every writer we know replaces a file or moves its times; a file that was only copied is judged
    once more, with the same result.
    """
    places = (decisions_path(one, slug) for one in dict.fromkeys((tag, original)) if one)
    decisions = [seen(f"{root}/{place}")[0] for place in places]
    return _inputs(root, seen(str(source))[0], tag, slug, decisions=decisions)


def all_inputs(
    root: Path,
    files: Mapping[str, Path],
    tags: Sequence[str],
    *,
    originals: Mapping[tuple[str, str], str],
) -> Iterator[tuple[str, dict[str, str]]]:
    """The `inputs_fingerprint` of each language for each slug of ``files``.

    ``originals`` has the language of a source by tag and slug.
    """
    languages = {*tags, *originals.values()} - {""}
    decided = {tag: frozenset(_names(f"{root}/{decisions_path(tag, '')}")) for tag in languages}
    for slug, path in files.items():
        source = seen(str(path))[0]
        found = {}
        for tag in tags:
            pair = dict.fromkeys((tag, originals.get((tag, slug), "")))
            places = [(one, decisions_path(one, slug)) for one in pair if one]
            decisions = [
                seen(f"{root}/{place}")[0]
                for one, place in places
                if place.rpartition("/")[2] in decided[one]
            ]
            found[tag] = _inputs(root, source, tag, slug, decisions=decisions)
        yield slug, found


def _inputs(root: Path, source: str, tag: str, slug: str, *, decisions: Sequence[str]) -> str:
    marks = [source, seen(f"{root}/{catalog_path(tag, slug)}")[0]]
    held = [mark for mark in decisions if mark != "-"]
    if held:  # what was decided may run out: once a day it is looked at again
        marks += [*held, dt.datetime.now(dt.UTC).date().isoformat()]
    return "/".join(marks)


def _names(place: str) -> list[str]:
    """The names in the folder of ``place``; none when there is no such folder."""
    try:
        return os.listdir(place.rpartition("/")[0])  # noqa: PTH208  # names are all that is wanted
    except OSError:
        return []


def release_marks(root: Path, source: Path, tags: Iterable[str], slug: str) -> tuple[str, ...]:
    """Of a source, and of each of its catalogues."""
    return tuple(text for text, _ in _all_seen(root, source, tags, slug))


def release_fingerprint(root: Path, source: Path, tags: Iterable[str], slug: str) -> str:
    """Of a source and all its catalogues; empty when one was written only just now.

    A file can be changed again within one tick of the clock that dates it, and look the same.
    """
    found = _all_seen(root, source, tags, slug)
    if any(newest > time.time_ns() - TICK for _, newest in found):
        return ""
    return "/".join(text for text, _ in found)


def _all_seen(root: Path, source: Path, tags: Iterable[str], slug: str) -> list[tuple[str, int]]:
    return [seen(str(source)), *(seen(f"{root}/{catalog_path(tag, slug)}") for tag in tags)]


def house_fingerprint(root: Path, settings: Settings) -> str:
    """Of what every verdict depends on: settings, glossary, and this program."""
    return _hash(
        [program(), _settled(settings)],
        [root / GLOSSARY],
    )


def shown_fingerprint(root: Path, settings: Settings) -> str:
    """Of what every page depends on: the theme, its strings, the settings, and this program."""
    return _hash(
        [program(), _settled(settings)],
        theme_files(root),
    )


def program_fingerprint() -> str:
    """Of this program."""
    return fingerprint(program())


def words_fingerprint(release: Release) -> str:
    """Of what a published release says, whatever the look of its marks and spaces."""
    texts = [Text(release.title), Text(release.summary), *(block.text for block in release.blocks)]
    texts += [Text(one.note) for one in release.corrections]
    texts += [Text(release.withdrawn.note)] if release.withdrawn else []
    words = (plain_marks(text.plain) for text in texts)
    targets = (code.target for text in texts for code in text.codes if code.target)
    return _hash([*words, *targets], ())


def fingerprint(*parts: str) -> str:
    """Of a few texts."""
    text = "".join(f"{part}\0" for part in parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _hash(texts: Iterable[str], files: Iterable[Path]) -> str:
    digest = blake2b(digest_size=12)
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    for path in files:
        try:
            with path.open("rb") as file:
                digest.update(path.name.encode() + b"\0")
                while piece := file.read(_PIECE):
                    digest.update(piece)
                digest.update(b"\0")
        except OSError:
            digest.update(b"absent\0")
    return digest.hexdigest()


def _settled(settings: Settings) -> str:
    """The settings as a text, but for those that no page and no verdict depends on."""
    values = asdict(replace(settings, targets={}))
    return json.dumps(values, default=sorted, sort_keys=True)
