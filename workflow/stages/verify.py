"""Page → issues: what a finished page must keep, whatever theme made it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from workflow.model import BlockKind, Issue, Page, Release, Severity
from workflow.stages.addresses import SEARCH_SCRIPT, search_path
from workflow.stages.page_tags import SCRIPT, VOID, look_at
from workflow.stages.plain_page import Plain, read_plain
from workflow.stages.typeset import folded

_PLAIN = re.compile(r"(?:\.\./)*(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.[A-Za-z0-9]+")
"""From a page to a file of the site, as most links are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a page has to do with others. Paths are files, from the site's root."""

    links: frozenset[tuple[str, str]] = frozenset()
    """(path, fragment) of each link inside the site; the fragment may be empty."""
    languages: tuple[tuple[str, str], ...] = ()
    """(hreflang, path) of the translations that its head names, in its order."""
    ids: frozenset[str] = frozenset()
    """Where in it a link can lead."""


def verify(
    page: Page, release: Release | None = None, *, url: str = ""
) -> tuple[tuple[Issue, ...], Facts]:
    """What is wrong with ``page`` by itself, and what `cross_check` has to know of it.

    ``url`` is the address of the site, which translations are named with.

    Every element is closed in order; nothing in it can run; the words of ``release`` are all
    there as words, in their order (a theme that forgets to escape fails here).
    """
    plain = read_plain(page.content)
    if plain is None or not all(map(_is_json, plain.blocks)):
        plain, faults = _read(page.content, page.path)
    else:
        faults = []
    if release is not None:
        missing = _missing_words(release, plain.words)
        faults.extend((0, f"the page does not show “{text[:60]}”") for text in missing)
    issues = tuple(
        Issue(check="page", severity=Severity.CRITICAL, message=what, path=page.path, line=line)
        for line, what in faults
    )
    return issues, _facts(page.path, plain, url)


def shown_words(content: str) -> str:
    """What a reader of a page sees, white space and typography aside."""
    plain = read_plain(content) or _read(content)[0]
    return folded(plain.words)


def _read(content: str, path: str = "") -> tuple[Plain, list[tuple[int, str]]]:
    """What is in a page, however it is written, and what is wrong with it, by line."""
    reader = _Reader(path)
    reader.feed(content)
    reader.close()
    open_tags = ((0, f"<{tag}> is never closed") for tag, _ in reader.open_tags)
    plain = reader.found._replace(words="".join(reader.words))
    return plain, [*reader.faults, *open_tags]


def _facts(path: str, plain: Plain, url: str) -> Facts:
    heads = (_relative(address, url) for address in plain.heads)
    return Facts(
        links=frozenset(_inside(path, (*plain.links, *heads))),
        languages=tuple(
            (tag, other)
            for tag, address in plain.languages
            for other, _ in _inside(path, [_relative(address, url)])
        ),
        ids=frozenset(plain.ids),
    )


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.open_tags: list[tuple[str, int]] = []
        self.faults: list[tuple[int, str]] = []
        self.found = Plain([], [], [], [], "", [])
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        seen = look_at(tag, attrs)
        allowed = {SCRIPT} if tag == "script" and _may_stand(dict(attrs), self.path) else ()
        self.faults.extend((line, what) for what in seen.faults if what not in allowed)
        if not self.found.note(seen):
            self.faults.append((line, f"the id “{seen.id}” occurs twice"))
        if tag not in VOID:
            self.open_tags.append((tag, line))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open_tags.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open_tags and self.open_tags[-1][0] == tag:
            self.open_tags.pop()
        elif tag not in VOID:
            self.faults.append((self.getpos()[0], f"</{tag}> closes nothing that is open"))

    def handle_data(self, data: str) -> None:
        inside = self.open_tags[-1][0] if self.open_tags else ""
        if inside == "script" and not _is_json(data):
            self.faults.append((self.getpos()[0], "a data block that is no JSON"))
        if inside not in ("script", "style"):  # nobody reads these
            self.words.append(data)


def _may_stand(attrs: Mapping[str, str | None], path: str) -> bool:
    """Whether a script is data, or the one of the page that searches."""
    if attrs.get("type") == "application/ld+json":
        return True
    found = normpath(join(dirname(path), attrs.get("src") or ""))
    return path == search_path(path.partition("/")[0]) and found == SEARCH_SCRIPT


def _is_json(data: str) -> bool:
    try:
        json.loads(data)
    except ValueError:
        return False
    return True


def _missing_words(release: Release, shown: str) -> Iterable[str]:
    """Texts of the release that are not on the page, white space and typography aside."""
    page = folded(shown)
    if folded(release.title) not in page:
        yield release.title
    at = 0
    notes = [one.note for one in release.corrections]
    notes += [release.withdrawn.note] if release.withdrawn else []
    yield from (note for note in notes if folded(note) not in page)
    for block in release.blocks:
        text = folded(block.text.plain)
        found = page.find(text, at if block.kind is not BlockKind.CAPTION else 0)
        if found < 0:
            yield block.text.plain
        else:
            at = max(at, found)


def _relative(address: str, url: str) -> str:
    """From the root of the site, when it is an address of the site."""
    is_ours = url and address.startswith(f"{url}/")
    return address.removeprefix(url) if is_ours else address


def _inside(path: str, links: Iterable[str]) -> Iterable[tuple[str, str]]:
    """The links that stay inside the site: paths of files from its root, and fragments."""
    folders = path.split("/")[:-1]
    for link in links:
        target = link if _PLAIN.fullmatch(link) else ""
        up = target.count("../")
        if target and up <= len(folders):
            yield "/".join((*folders[: len(folders) - up], target[3 * up :])), ""
        else:
            yield from _resolved(path, link)


def _resolved(path: str, link: str) -> Iterable[tuple[str, str]]:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return
    if not parts.path:
        yield path, unquote(parts.fragment)
        return
    target = unquote(parts.path)
    if target.startswith("/"):
        full = target.lstrip("/")
    else:
        full = normpath(join(dirname(path), target))
        full = "" if full == "." else full + ("/" if target.endswith("/") else "")
    file = f"{full}index.html" if not full or full.endswith("/") else full
    yield file, unquote(parts.fragment)
