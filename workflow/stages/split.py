"""A scraped dump of several news items → releases, what was dropped, and what looks wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workflow.formats.text import FORMAT
from workflow.languages import Language
from workflow.languages import language as language_of
from workflow.languages.sentences import sentences
from workflow.model import Block, Issue, Release, Severity
from workflow.slugs import slug_of
from workflow.stages.boilerplate import (
    Dropped,
    house_lines,
    is_of_house,
    is_remain,
    without_remains,
)
from workflow.stages.deduce import date_of, headline_of, section_of
from workflow.stages.suspect import suspect

_LONGEST_TITLE = 160  # characters
_NO_TITLE_ENDS = tuple(".!…:;,")
_CLOSING = '”»"’)'
_OPENING = '“«"‘„('
_GAP = 2  # blank lines between items

_Line = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """What a dump gave."""

    items: tuple[Release, ...]
    dropped: tuple[Dropped, ...]
    """(line, text) of the remains that were left out."""
    issues: tuple[Issue, ...]


@dataclass(slots=True)
class _Part:
    """Lines between gaps, blank ones among them, and the title they belong to."""

    lines: list[_Line]
    title: _Line | None = None


def split(
    text: str, *, path: str = "", language: str = "en", boilerplate: Sequence[str] = ()
) -> Dump:
    """The news items of ``text``.

    Two blank lines end an item. A title (a short line without a final mark) that is followed by
    two blank lines opens one, and what follows belongs to it.
    """
    rules = language_of(language)
    dropped: list[Dropped] = []
    items, issues = [], []
    for part in _with_titles(_parts(text, house_lines(boilerplate), dropped), rules):
        release, found, gone = _release(part, path, rules, boilerplate)
        items.append(release)
        issues.extend(found)
        dropped.extend(gone)
    return Dump(items=tuple(items), dropped=tuple(sorted(dropped)), issues=tuple(issues))


def _parts(text: str, house: frozenset[str], dropped: list[Dropped]) -> Iterator[_Part]:
    """The runs of lines between gaps, without remains."""
    part: list[_Line] = []
    gap = blanks = 0
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()
        if not words:
            blanks += 1
            continue
        # What stood before and after a line that is dropped makes no gap together.
        gap, blanks = max(gap, blanks), 0
        if is_of_house(words, house):
            dropped.append((number, words))
            continue
        if gap >= _GAP and part:
            yield from _trimmed(part, dropped)
            part = []
        if gap and part:
            part.append((number - 1, ""))
        part.append((number, line.rstrip()))
        gap = 0
    yield from _trimmed(part, dropped)


def _trimmed(lines: list[_Line], dropped: list[Dropped]) -> Iterator[_Part]:
    """Remains go from both ends; nothing may be left."""
    for end in (0, -1):
        while lines and (not lines[end][1].strip() or is_remain(lines[end][1])):
            number, words = lines.pop(end)
            if words.strip():
                dropped.append((number, words.strip()))
    if lines:
        yield _Part(lines)


def _with_titles(parts: Iterable[_Part], rules: Language) -> list[_Part]:
    """Each title with the lines it stands over, whichever side of the gap it was on."""
    titled: list[_Part] = []
    for part in reversed(list(parts)):
        after = titled[-1] if titled else None
        part.title = _opening_title(part.lines, rules)
        if part.title:
            del part.lines[0]
        title = _closing_title(part.lines, rules)
        if title and after is not None and after.title is None:
            after.title = title
            del part.lines[-1]
        if part.lines:
            titled.append(part)
    return titled[::-1]


def _opening_title(lines: Sequence[_Line], rules: Language) -> _Line | None:
    """The first line, when it is a title and one blank line and a text come after it."""
    if len(lines) > 2 and not lines[1][1] and _is_title(lines[0][1], rules):
        return lines[0]
    return None


def _closing_title(lines: Sequence[_Line], rules: Language) -> _Line | None:
    """The last line, when it is a title that stands alone."""
    stands_alone = bool(lines) and (len(lines) == 1 or not lines[-2][1])
    return lines[-1] if stands_alone and _is_title(lines[-1][1], rules) else None


def _is_title(line: str, rules: Language) -> bool:
    words = line.strip()
    if len(words) > _LONGEST_TITLE or words.rstrip(_CLOSING).endswith(_NO_TITLE_ENDS):
        return False
    first = words.lstrip(_OPENING)[:1]
    return (first.isupper() or first.isdigit()) and len(sentences(words, rules)) == 1


def _release(
    part: _Part, path: str, rules: Language, boilerplate: Sequence[str]
) -> tuple[Release, list[Issue], tuple[Dropped, ...]]:
    blocks, gone = without_remains(_blocks(part.lines), boilerplate=boilerplate)
    line = part.title[0] if part.title else part.lines[0][0]
    issues: list[Issue] = []

    def report(check: str, at: int, message: str, severity: Severity = Severity.MINOR) -> None:
        issues.append(Issue(check=check, severity=severity, message=message, path=path, line=at))

    title = _title(part, blocks, rules)
    if not part.title:
        report("import-title", line, f"no title: “{title}” is made of the text; write a better one")
    if not blocks:
        report("import-body", line, f"no text under “{title}”; nothing is imported", Severity.MAJOR)
    dated = date_of(title, blocks, rules, line=line)
    if dated is None:
        report("import-date", line, f"no date in “{title}”: write date: into it", Severity.MAJOR)
    elif dated.is_guess:
        report("import-date", dated.line, f"{dated.date} is a guess from this line: check date:")
    release = Release(
        slug=slug_of(title, rules.tag),
        title=title,
        language=rules.tag,
        date=dated.date if dated else None,
        section=section_of(title, blocks, rules),
        blocks=blocks,
        path=path,
    )
    issues.extend(suspect(release, path=path))
    return release, sorted(issues, key=lambda issue: (issue.line, issue.check)), gone


def _title(part: _Part, blocks: Sequence[Block], rules: Language) -> str:
    if part.title:
        return " ".join(part.title[1].split())
    return headline_of(blocks[0].text.plain, rules) if blocks else ""


def _blocks(lines: Sequence[_Line]) -> tuple[Block, ...]:
    """Paragraphs, lists and quotations, as the plain text format reads them."""
    if not lines:
        return ()
    body = "\n".join(["Title: -", "Content:", *(words for _, words in lines)])
    read = FORMAT.read(body.encode("utf-8"), path="", slug="x", strict=False).release.blocks
    return tuple(replace(block, line=lines[block.line - 3][0]) for block in read)
