"""Shortcodes of site generators in foreign Markdown: taken out, their words kept."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from workflow.model import Issue, Severity

# The bound keeps a file of half-open braces from taking minutes.
_CODE = (
    r"(?:\{\{<(?:[^>{]|>(?!\}\})|\{(?!\{)){0,2000}>\}\}"
    r"|\{\{%(?:[^%{]|%(?!\}\})|\{(?!\{)){0,2000}%\}\}"
    r"|\{%(?:[^%{]|%(?!\})|\{(?!%)){0,2000}%\}|\{\{[^{}\n]{0,2000}\}\})"
)
_SHORTCODE = re.compile(_CODE)
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
"""A mark for the site generator alone, in code as well."""
_HIDDEN = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_LINKED = re.compile(rf"(?P<image>!?)\[(?P<words>[^\[\]]{{0,2000}})\]\([^()\s]*{_CODE}[^()\n]*\)")
_TAG = re.compile(rf"<(?:img|a)\b[^<>{{]{{0,2000}}{_CODE}(?:[^<>{{]|{_CODE}){{0,2000}}>")
_WORDS = re.compile(r"\b(caption|alt|title|text)\s*[:=]\s*(\"(?:[^\"\\]|\\.)*\"|'[^']*')")
_NAME = re.compile(r"\{[{%][<%]?-?\s*/?\s*[\"']?([\w./-]*)")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_MARK = re.compile(r"\s*(?:[-*+>]|\d+[.)])?\s*")


def strip_shortcodes(body: str, *, path: str, before: int) -> tuple[str, tuple[Issue, ...]]:
    """The body without shortcodes, and one issue for each kind on each line.

    ``before`` lines stand before the body in its file. Lines keep their numbers.
    """
    found: dict[tuple[str, int], Issue] = {}
    fences = tuple(_fenced(body))

    def replaced(match: re.Match[str]) -> str:
        is_code = any(start <= match.start() < end for start, end in fences)
        if is_code and not _RAW.fullmatch(match[0]):
            return match[0]
        line = before + match.string.count("\n", 0, match.start()) + 1
        code = _SHORTCODE.search(match[0])
        name = _NAME.match(code[0] if code else match[0])
        issue = _issue(name[1] if name else "", path=path, line=line)
        found.setdefault((issue.message, line), issue)
        return _kept(match) + "\n" * match[0].count("\n")

    for pattern in (_HIDDEN, _LINKED, _TAG, _SHORTCODE):
        body = pattern.sub(replaced, body)
        fences = tuple(_fenced(body))
    return body, tuple(found[key] for key in sorted(found, key=lambda key: (key[1], key[0])))


def _kept(match: re.Match[str]) -> str:
    """What a reader would read of it."""
    if match.re is _HIDDEN:
        return ""
    if match.re is _LINKED and not match["image"]:
        return match["words"].replace("\n", " ")
    words = match["words"] if match.re is _LINKED else _attribute(match[0])
    before, after = _rest_of_line(match)
    if not words or after.strip() or not _MARK.fullmatch(before):
        # Words about a picture would tear a sentence that goes on around it.
        return ""
    words = html.escape(html.unescape(words.replace("\\", "").replace("\n", " ")), quote=False)
    return f"<figcaption>{words}</figcaption>" if not before.strip() else words


def _attribute(code: str) -> str:
    values = {name: value[1:-1].strip() for name, value in _WORDS.findall(code)}
    return next((values[name] for name in ("caption", "alt", "text") if values.get(name)), "")


def _rest_of_line(match: re.Match[str]) -> tuple[str, str]:
    text = match.string
    begin = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    return text[begin : match.start()], text[match.end() : end if end >= 0 else len(text)]


def _fenced(body: str) -> Iterator[tuple[int, int]]:
    """Spans of fenced code, where braces are the subject and not markup."""
    at, begin, mark = 0, 0, ""
    for line in body.split("\n"):
        fence = _FENCE.match(line)
        if fence and not mark:
            begin, mark = at, fence[1]
        elif fence and fence[1] == mark:
            yield begin, at
            mark = ""
        at += len(line) + 1


def _issue(name: str, *, path: str, line: int) -> Issue:
    return Issue(
        check="import-shortcode",
        severity=Severity.MINOR,
        message=f"a shortcode{f' “{name}”' if name else ''} is taken out",
        path=path,
        line=line,
    )
