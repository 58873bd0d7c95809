"""Issues of a release's own words → line and column of the file that they are written in.

A file is read into blocks and what is written between the words (markup, line ends, front matter)
is gone from them. So the words of a block are sought in the file one after the other, each after
the one before it; a place between two words is sought between those two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workflow.model import Issue, Release, Segment
from workflow.stages.segment import SUMMARY

_WORD = re.compile(r"[^\W_]+")
_REACH = 500  # characters of markup between two words, at most: an address is as long


def at_source(
    issues: Sequence[Issue], release: Release, segments: Sequence[Segment], *, text: str = ""
) -> tuple[Issue, ...]:
    """``issues`` of ``segments``, placed in the file of ``release``, in its order.

    ``text`` is what the file says. Without it lines are those where blocks begin. A file that has
    no lines is counted in paragraphs, the title being the first.
    """
    places = {segment.key: segment for segment in segments}
    has_lines = any(block.line for block in release.blocks) or bool(text)
    placed = [
        (places[issue.key], _in_lines(issue, places[issue.key], release, text))
        if has_lines
        else (places[issue.key], _in_paragraphs(issue, places[issue.key]))
        for issue in issues
    ]
    order = {segment.key: number for number, segment in enumerate(segments)}
    placed.sort(key=lambda both: (order[both[0].key], both[1].start))
    return tuple(issue for _, issue in placed)


def segments_at(segments: Sequence[Segment], line: int, text: str) -> list[Segment]:
    """The segments of the block at a line; what stands before the blocks is the title."""
    if not text:
        return [piece for piece in segments if _paragraph(piece) == line]
    lines = text.split("\n")
    if line > len(lines) or not lines[line - 1].strip():
        return []
    begin = max((piece.line for piece in segments if piece.line <= line), default=0)
    return [piece for piece in segments if piece.line == begin]


def _paragraph(segment: Segment) -> int:
    """Where a segment stands in a file without lines."""
    return 1 if segment.block < 0 else segment.block + 2


def _in_paragraphs(issue: Issue, segment: Segment) -> Issue:
    line = _paragraph(segment)
    if not issue.end:
        return replace(issue, line=line)
    return replace(
        issue,
        line=line,
        column=segment.start + issue.start + 1,
        end_line=line,
        end_column=segment.start + issue.end + 1,
    )


def _in_lines(issue: Issue, segment: Segment, release: Release, text: str) -> Issue:
    whole = whole_of(segment, release)
    begin = _begin(whole, segment.line, text)
    first = _offset(whole, segment.start + issue.start, text, begin) if begin >= 0 else -1
    if first < 0:
        return replace(issue, line=max(segment.line, 1))
    line, column = _line_of(text, first)
    last = _offset(whole, segment.start + issue.end - 1, text, begin) if issue.end else -1
    if last < first:
        return replace(issue, line=line)
    end_line, end_column = _line_of(text, last)
    return replace(issue, line=line, column=column, end_line=end_line, end_column=end_column + 1)


def _line_of(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def whole_of(segment: Segment, release: Release) -> str:
    """The text that a segment is a piece of."""
    if segment.block == SUMMARY:
        return release.summary
    return release.blocks[segment.block].text.plain if segment.block >= 0 else segment.text.plain


def _begin(whole: str, line: int, text: str) -> int:
    """Where in ``text`` a block begins, at the earliest; -1 where nobody can tell."""
    if not text:
        return -1
    if line > 1:
        return sum(len(one) + 1 for one in text.split("\n")[: line - 1])
    words = map(re.escape, _WORD.findall(whole))
    found = re.search(r"[\W_]{1,30}".join(words), text)
    return found.start() if found else -1


def _offset(whole: str, start: int, text: str, begin: int) -> int:
    """Where the character ``whole[start]`` is in ``text``; -1 when its words are not there."""
    before = after = None
    for at, length, place in _aligned(whole, text, begin):
        if at > start:
            after = place
            break
        before = at, length, place
    if before is not None:
        at, length, place = before
        if start < at + length:
            return place + start - at
        return text.find(whole[start : start + 1], place + length, after or place + _REACH)
    return -1 if after is None else text.rfind(whole[start], text.rfind("\n", 0, after) + 1, after)


def _aligned(whole: str, text: str, begin: int) -> Iterator[tuple[int, int, int]]:
    """(offset, length, offset in ``text``) of each word of ``whole`` that is there as it reads."""
    at = begin
    for word in _WORD.finditer(whole):
        pattern = re.compile(rf"(?<![^\W_]){re.escape(word[0])}(?![^\W_])")
        found = pattern.search(text, at, at + len(word[0]) + _REACH)
        if found:
            yield word.start(), len(word[0]), found.start()
            at = found.end()
