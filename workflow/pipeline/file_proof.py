"""Files of a build, one by one: the same bytes as were published, whole, and what they say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workflow.errors import StoreError
from workflow.model import Issue, Page, Release, Severity
from workflow.stages.provenance import FILE
from workflow.stages.verify import Facts, verify
from workflow.stages.verify_files import verify_file
from workflow.stores.checksums import checksum, file_checksum
from workflow.stores.schemas import read_schemas
from workflow.stores.snapshots import is_whole, read_snapshot

_FEEDS = (".xml", "feed.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheck:
    """What was found in some files."""

    issues: tuple[Issue, ...] = ()
    changed: frozenset[str] = frozenset()
    """The paths whose bytes are others."""
    facts: dict[str, Facts] = field(default_factory=dict)


def differs(path: str, what: str, *, key: str = "", line: int = 0) -> Issue:
    """A difference between the site and what it was made from."""
    return Issue(
        check="site", severity=Severity.CRITICAL, message=what, path=path, key=key, line=line
    )


def check_files(
    base: Path, folder: Path, url: str, tasks: Sequence[tuple[str, str, str]]
) -> FileCheck:
    """Check files, each given as path, checksum and the name of its snapshot.

    The checksum is empty where nobody knows it, the snapshot where it is not the page of a release.
    """
    issues: list[Issue] = []
    changed: set[str] = set()
    facts: dict[str, Facts] = {}
    for path, sum_, snapshot in tasks:
        try:
            data = (folder / path).read_bytes()
        except OSError:
            continue  # what is not there is told already
        if sum_ and checksum(data) != sum_:
            changed.add(path)
            issues.append(differs(path, "is not what was published: its checksum is another"))
        page = Page(path=path, content=data.decode("utf-8", "replace"))
        if path.endswith(".html"):
            release, kept = _snapshot(base, snapshot)
            found, facts[path] = verify(page, release, url=url)
            issues.extend((*kept, *found))
        else:
            issues.extend(_other(folder, page))
    return FileCheck(issues=tuple(issues), changed=frozenset(changed), facts=facts)


def _snapshot(base: Path, name: str) -> tuple[Release | None, Iterable[Issue]]:
    if not name:
        return None, ()
    path = f"{base.name}/snapshots/{name[:2]}/{name}.json"
    try:
        release = read_snapshot(base, name)
    except StoreError as fault:
        return None, [differs(path, fault.what)]
    return release, () if is_whole(base, name) else [differs(path, "is not what was kept")]


def _other(folder: Path, page: Page) -> Iterator[Issue]:
    """What is wrong with a file that is no page."""
    if page.path.endswith(_FEEDS):
        yield from verify_file(page, read_schemas())
    elif page.path.endswith(f"/{FILE}"):
        try:
            data = json.loads(page.content)
            named = Path(page.path).with_name(str(data["page"]))
            is_its = data["sha256"] == file_checksum(folder / named)
        except (ValueError, KeyError, TypeError):
            yield differs(page.path, "is no provenance")
            return
        if not is_its:
            yield differs(page.path, f"is of another {named.name} than the one beside it")
