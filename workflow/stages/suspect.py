"""A release as it was brought in → what an editor should look at before it is translated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from rapidfuzz import fuzz

from workflow.languages import Language, language
from workflow.languages.sentences import sentences
from workflow.model import Block, BlockKind, Issue, Release, Severity

_STRAY = re.compile(r"(?<!\S)[.,;:](?P<word>[^\W\d_]+)")
_NAME = re.compile(
    r"(?P<noun>[^\W\d_]{3,})\s+(?:[“«\"„‘])(?P<name>(?P<first>[^\W\d_]{3,})-[\w-]{3,})(?:[”»\"“’])"
)
_RELATIVE = re.compile(
    r"\b(?:(?:of )?(?:this|last|next) year|(?:в )?(?:этом|текущем|прошлом) году"
    r"|(?:этого|текущего|прошлого) года|с\. ?г\.|биыл\w*|былтыр\w*|быйыл\w*)",
    re.IGNORECASE,
)
_THIS = re.compile(r"this|эт|текущ|с\.|биыл|быйыл", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_STYLES = (
    ("“…”", re.compile(r"“[^“”]+”")),
    ("«…»", re.compile(r"«[^«»]+»")),
    ("„…“", re.compile(r"„[^„“]+“")),
    ('"…"', re.compile(r"(?<!\w)\"[^\"\n]+\"(?!\w)")),
    ("‘…’", re.compile(r"(?<!\w)‘[^‘’]+’(?!\w)")),
)

_GLUED = re.compile(
    r"\S*(?:[^\W_][,;][A-ZА-ЯЁ][a-zа-яё]|[^\W\d_]{2}[.:][A-ZА-ЯЁ][a-zа-яё]{2}|\)[^\W\d_]{3})\S*"
)
_ADDRESS = re.compile(r"://|www\.|[@/_]|\(\)|\.(?:gov|mil|com|org|net|io|int|ru|kz|kg)\b")
"""Signs of an address, a file name or a piece of code, which may have what words may not."""

_RUN = 6  # words: so many in a row are no accident
_WORDS = re.compile(r"\w+(?:[-’']\w+)*")
_ALIKE = 88  # per cent


class _Sentence(NamedTuple):
    text: str
    words: tuple[str, ...]
    block: Block
    start: int


def suspect(release: Release, *, path: str) -> tuple[Issue, ...]:
    """Suspicions, each with the line of the file it stands in. Nothing is changed."""
    rules = language(release.language)
    blocks = [block for block in release.blocks if block.kind is not BlockKind.VERBATIM]
    found = [
        *_strays(blocks, path),
        *_repeats(blocks, path, rules),
        *_names(release.title, blocks, path),
        *_quotes(blocks, path),
        *_relative_dates(blocks, path, rules),
        *_glued(blocks, path),
    ]
    return tuple(sorted(found, key=lambda issue: (issue.line, issue.start, issue.check)))


def _strays(blocks: Sequence[Block], path: str) -> Iterator[Issue]:
    for block in blocks:
        for match in _STRAY.finditer(block.text.plain):
            if not match["word"].istitle():
                continue
            yield _issue(
                "import-stray",
                f"a stray “{match[0][0]}” before “{match['word']}”: take it out",
                path=path,
                block=block,
                span=match.span(),
                suggestion=match["word"],
            )


def _repeats(blocks: Sequence[Block], path: str, rules: Language) -> Iterator[Issue]:
    said = [sentence for block in blocks for sentence in _sentences(block, rules)]
    runs: dict[tuple[str, ...], int] = {}
    for index, sentence in enumerate(said):
        earlier = {
            runs.setdefault(sentence.words[at : at + _RUN], index)
            for at in range(len(sentence.words) - _RUN + 1)
        }
        twin = next(
            (said[at] for at in sorted(earlier - {index}) if _repeat(said[at], sentence)), None
        )
        if twin is None:
            continue
        is_near = twin.block.line == sentence.block.line
        where = "this line" if is_near else f"line {twin.block.line}"
        yield _issue(
            "import-repeat",
            f"“{_short(sentence.text)}” repeats a sentence of {where}: are both wanted?",
            path=path,
            block=sentence.block,
            span=(sentence.start, sentence.start + len(sentence.text)),
            severity=Severity.MAJOR if is_near else Severity.MINOR,
        )


def _sentences(block: Block, rules: Language) -> Iterator[_Sentence]:
    for start, end in sentences(block.text.plain, rules):
        text = block.text.plain[start:end]
        words = tuple(word.casefold() for word in _WORDS.findall(text))
        yield _Sentence(text=text, words=words, block=block, start=start)


def _repeat(one: _Sentence, other: _Sentence) -> bool:
    """Nearly the same letters, or half of the shorter one in one run of the longer one."""
    if fuzz.ratio(one.text, other.text) >= _ALIKE:
        return True
    match = SequenceMatcher(None, one.words, other.words, autojunk=False).find_longest_match()
    return match.size >= max(_RUN, min(len(one.words), len(other.words)) / 2)


def _names(title: str, blocks: Sequence[Block], path: str) -> Iterator[Issue]:
    """Two names with one first part after one noun: operation “A-B” and operation “A-C”."""
    seen = [(match, block) for block in blocks for match in _NAME.finditer(block.text.plain)]
    groups: dict[tuple[str, str], Counter[str]] = {}
    for match in (*_NAME.finditer(title), *(match for match, _ in seen)):
        groups.setdefault(_kin(match), Counter())[match["name"]] += 1
    for match, block in seen:
        usual = groups[_kin(match)].most_common(1)[0][0]
        if match["name"].casefold() == usual.casefold():
            continue
        line = next((b.line for m, b in seen if m["name"] == usual), 0)
        place = f"line {line}" if line else "the title"
        yield _issue(
            "import-names",
            f"{match['noun']} “{match['name']}” is “{usual}” in {place}: use one name",
            path=path,
            block=block,
            span=match.span("name"),
            severity=Severity.MAJOR,
            suggestion=usual,
        )


def _kin(match: re.Match[str]) -> tuple[str, str]:
    return match["noun"].casefold(), match["first"].casefold()


def _quotes(blocks: Sequence[Block], path: str) -> Iterator[Issue]:
    """One issue a text: the first quotation whose marks are not those most in use."""
    places: list[tuple[str, Block, tuple[int, int]]] = []
    for block in blocks:
        taken: list[tuple[int, int]] = []
        for style, pattern in _STYLES:
            for match in pattern.finditer(block.text.plain):
                # Inside another quotation other marks are right.
                if not any(a < match.start() < b for a, b in taken):
                    taken.append(match.span())
                    places.append((style, block, match.span()))
    styles = Counter(style for style, _, _ in places).most_common()
    if len(styles) < 2:
        return
    usual = styles[0][0]
    style, block, span = next(place for place in places if place[0] != usual)
    yield _issue(
        "import-quotes",
        f"quotation marks {style} here and {usual} elsewhere: use one kind",
        path=path,
        block=block,
        span=span,
    )


def _relative_dates(blocks: Sequence[Block], path: str, rules: Language) -> Iterator[Issue]:
    """ "This year" where the sentence itself names a year, so that the two can disagree."""
    for block in blocks:
        for sentence in _sentences(block, rules):
            match = _RELATIVE.search(sentence.text)
            years = sorted(set(_YEAR.findall(sentence.text)))
            if match is None or not years:
                continue
            is_plain = len(years) == 1 and _THIS.search(match[0])
            yield _issue(
                "import-relative",
                f"“{match[0]}” beside {', '.join(years)}: write the year it means",
                path=path,
                block=block,
                span=(sentence.start + match.start(), sentence.start + match.end()),
                suggestion=years[0] if is_plain else "",
            )


def _glued(blocks: Sequence[Block], path: str) -> Iterator[Issue]:
    """One issue a text: where words run together the page lost its blanks all over."""
    places = [
        (block, match)
        for block in blocks
        for match in _GLUED.finditer(block.text.plain)
        if not _ADDRESS.search(match[0])
    ]
    if places:
        block, match = places[0]
        more = f" and {len(places) - 1} more places" if len(places) > 1 else ""
        yield _issue(
            "import-glued",
            f"words run together, “{_short(match[0])}”{more}: put the blanks back",
            path=path,
            block=block,
            span=match.span(),
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def _issue(
    check: str,
    message: str,
    *,
    path: str,
    block: Block,
    span: tuple[int, int],
    severity: Severity = Severity.MINOR,
    suggestion: str = "",
) -> Issue:
    return Issue(
        check=check,
        severity=severity,
        message=message,
        path=path,
        line=block.line,
        start=span[0],
        end=span[1],
        suggestion=suggestion,
    )
