"""A scraped dump of several news items → releases, what was dropped, and what looks wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workflow.dates import find_date
from workflow.languages import language as language_of
from workflow.languages.sentences import sentences
from workflow.model import Block, BlockKind, Issue, Release, Severity, Text
from workflow.stages.boilerplate import is_remain
from workflow.stages.suspect import suspect

_LONGEST_TITLE = 160  # characters
_HEADLINE = 90  # characters of a headline that had to be made from the text
_DANGLING_WORDS = (
    "a an the of in on at to for and or but with by from as that which who is are was were "
    "и в во на с со о об к ко по от до за из для что который не мен және да үшін жана үчүн"
)
_DANGLING = frozenset(_DANGLING_WORDS.split())
_SECTIONS = (
    (
        "statements",
        re.compile(
            r"\b(?:allow me|i (?:am|highly|would|believe)|dear colleagues|позвольте|уважаемые)\b"
        ),
    ),
    ("interviews", re.compile(r"\b(?:interview\w*|correspondent|интервью|сұхбат\w*|маек\w*)\b")),
    ("operations", re.compile(r"\b(?:operation|операци\w+|операция\w*)\b")),
    (
        "events",
        re.compile(
            r"\b(?:met with|meeting|took part|debate|held|встреч\w+|кездесу\w*|жолугуш\w*)\b"
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """What a dump gave."""

    items: tuple[Release, ...]
    dropped: tuple[tuple[int, str], ...]
    """(line, text) of the remains that were left out."""
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    line: int
    text: str
    gap: int
    """Blank lines before it."""


def split(
    text: str, *, path: str = "", language: str = "en", boilerplate: Sequence[str] = ()
) -> Dump:
    """The news items of ``text``.

    Two blank lines end an item. A title (a short line without a final mark) that is followed by
    two blank lines opens one, and what follows belongs to it.
    """
    dropped: list[tuple[int, str]] = []
    kept = []
    for paragraph in _paragraphs(text):
        if is_remain(paragraph.text, boilerplate):
            dropped.append((paragraph.line, paragraph.text))
        else:
            kept.append(paragraph)
    items, issues = [], []
    for title, body in _items(kept):
        release, found = _release(title, body, path, language)
        items.append(release)
        issues.extend(found)
    issues.sort(key=lambda issue: (issue.line, issue.check))
    return Dump(items=tuple(items), dropped=tuple(dropped), issues=tuple(issues))


def section_of(text: str) -> str:
    """The section that the words of a release point to; news when none does."""
    lowered = text.lower()
    return next((name for name, words in _SECTIONS if words.search(lowered)), "news")


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    lines: list[str] = []
    start, gap, blanks = 0, 0, 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            if not lines:
                start, gap, blanks = number, blanks, 0
            lines.append(line.strip())
            continue
        if lines:
            yield _Paragraph(start, " ".join(lines), gap)
            lines, blanks = [], 0
        blanks += 1


def _items(kept: Sequence[_Paragraph]) -> Iterator[tuple[_Paragraph | None, list[_Paragraph]]]:
    title: _Paragraph | None = None
    body: list[_Paragraph] = []
    for index, paragraph in enumerate(kept):
        after = kept[index + 1] if index + 1 < len(kept) else None
        opens = after is not None and after.gap >= 2 and _is_title(paragraph.text)
        if opens or (paragraph.gap >= 2 and body):
            if title or body:
                yield title, body
            title, body = (paragraph, []) if opens else (None, [paragraph])
        else:
            body.append(paragraph)
    if title or body:
        yield title, body


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and text[-1] not in ".!?…:;," and len(text.split()) > 1


def _release(
    title: _Paragraph | None, body: Sequence[_Paragraph], path: str, language: str
) -> tuple[Release, list[Issue]]:
    line = title.line if title else body[0].line
    issues: list[Issue] = []

    def report(check: str, at: int, message: str) -> None:
        issues.append(
            Issue(check=check, severity=Severity.MINOR, message=message, path=path, line=at)
        )

    headline = title.text if title else _headline(body[0].text, language)
    if title is None:
        report("import-title", line, f"no title: “{headline}” was made from the text; write one")
    date, place = _date(headline, body, language)
    if date is None:
        report("import-date", line, f"no date in “{headline[:50]}”: add date: to the release")
    elif place:
        report("import-date", place, f"{date.isoformat()} is a guess from this line; check it")
    first = f"{headline} {body[0].text if body else ''}"
    release = Release(
        slug="",
        title=headline,
        language=language,
        date=date,
        section=section_of(first),
        blocks=tuple(Block(kind=BlockKind.PARAGRAPH, text=Text(p.text), line=p.line) for p in body),
    )
    issues.extend(suspect(release, path=path))
    return release, issues


def _headline(text: str, language: str) -> str:
    """The first sentence, or as many of its words as a headline holds, with an ellipsis."""
    start, end = sentences(text, language_of(language))[0]
    sentence = text[start:end].rstrip(".")
    if len(sentence) <= _HEADLINE:
        return sentence
    cut = sentence[:_HEADLINE].rsplit(" ", 1)[0]
    for opening, closing in (("“", "”"), ("«", "»"), ("‘", "’"), ("„", "“")):
        if cut.count(opening) > cut.count(closing):  # a quotation is kept whole or left out
            cut = cut[: cut.rindex(opening)]
    words = cut.split()
    while len(words) > 3 and words[-1].lower().strip(",;") in _DANGLING:
        words.pop()
    return " ".join(words).rstrip(",;:–—- ") + "…"


def _date(headline: str, body: Sequence[_Paragraph], language: str) -> tuple[dt.date | None, int]:
    """(date, 0) where the text opens with it; (date, line) where it stands further down."""
    opening = " ".join([headline, *_first(body, language)])
    found = find_date(opening, language)
    if found:
        return found.date, 0
    for paragraph in body:
        found = find_date(paragraph.text, language)
        if found:
            return found.date, paragraph.line
    return None, 0


def _first(body: Sequence[_Paragraph], language: str) -> Iterable[str]:
    if body:
        text = body[0].text
        yield from (text[a:b] for a, b in sentences(text, language_of(language))[:2])
