"""Front matter: the YAML (``---``) or TOML (``+++``) at the head of a Markdown file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from workflow.errors import SourceError
from workflow.formats._metadata import Statement

_LONGEST = 64 * 1024
_DEEPEST = 16
_OPEN = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n")
_NULL = "tag:yaml.org,2002:null"
_TOML_KEY = re.compile(r"^(?:\"([^\"]+)\"|'([^']+)'|([\w-]+))[ \t]*=", re.MULTILINE)
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class _Words(yaml.SafeLoader):
    """Scalars stay as written: a date is judged where dates are judged, "No" and 007 are words."""


# Only the empty scalar keeps a type of its own.
_Words.yaml_implicit_resolvers = {"": [(_NULL, re.compile(r"^$"))]}


def split_front(text: str, *, path: str) -> tuple[Statement, str, int]:
    """What the front matter says, the body, and the number of lines before the body."""
    opening = _OPEN.match(text)
    if opening is None:
        return Statement(values={}), text, 0
    mark = opening[1]
    closing = re.compile(rf"^{re.escape(mark)}[ \t]*$", re.MULTILINE).search(text, opening.end())
    first = text.count("\n", 0, opening.end())
    if closing is None:
        raise SourceError(
            f"the front matter that {mark} opens is never closed",
            path=path,
            line=first,
            hint=f"put a line {mark} after the last key",
        )
    matter = text[opening.end() : closing.start()]
    if len(matter.encode("utf-8")) > _LONGEST:
        raise SourceError("the front matter is longer than 64 KB", path=path, line=first)
    read = _yaml if mark == "---" else _toml
    said = read(matter, path=path, before=first)
    body = text[closing.end() :].removeprefix("\n")
    return said, body, text.count("\n", 0, closing.end()) + 1


def _yaml(matter: str, *, path: str, before: int) -> Statement:
    try:
        _guard(matter, path=path, before=before)
        values = yaml.load(matter, Loader=_Words)  # noqa: S506 - a SafeLoader that guesses less
        root = yaml.compose(matter, Loader=_Words)
    except yaml.YAMLError as error:
        raise _fault(_reason(error), path=path, line=before + _yaml_line(error)) from None
    except (ValueError, RecursionError) as error:
        raise _fault(str(error), path=path, line=before + 1) from None
    if values is None:
        return Statement(values={})
    if not isinstance(values, dict) or not isinstance(root, yaml.MappingNode):
        raise _fault("“key: value” lines are wanted", path=path, line=before + 1)
    return Statement(values=_named(values), lines=_yaml_places(root, path=path, before=before))


def _guard(matter: str, *, path: str, before: int) -> None:
    """No aliases and no towers: a few lines must not grow to gigabytes."""
    depth = 0
    for event in yaml.parse(matter, Loader=_Words):
        line = before + 1 + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.AliasEvent):
            raise _fault("aliases (*name) are not read", path=path, line=line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise _fault("values are nested too deep", path=path, line=line)


def _yaml_places(root: yaml.MappingNode, *, path: str, before: int) -> dict[str, int]:
    places: dict[str, int] = {}
    for node, _ in root.value:
        key, line = str(node.value), before + node.start_mark.line + 1
        if key in places:
            raise _fault(f"the key “{key}” is there twice", path=path, line=line)
        places[key] = line
    return places


def _toml(matter: str, *, path: str, before: int) -> Statement:
    try:
        values = tomllib.loads(matter)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else matter.count("\n") + 1
        reason = _TOML_LINE.sub("", str(error)).strip()
        raise _fault(reason, path=path, line=before + line) from None
    except (ValueError, RecursionError) as error:
        raise _fault(str(error), path=path, line=before + 1) from None
    places: dict[str, int] = {}
    for match in _TOML_KEY.finditer(matter):
        key = match[1] or match[2] or match[3]
        places.setdefault(key, before + matter.count("\n", 0, match.start()) + 1)
    return Statement(values=_named(values), lines=places)


def _named(values: Mapping[Any, Any]) -> dict[str, object]:
    return {str(key): value for key, value in values.items()}


def _fault(reason: str, *, path: str, line: int) -> SourceError:
    hint = "a value with “: ” or “#” in it must stand in quotes"
    return SourceError(
        f"the front matter cannot be read: {reason}", path=path, line=line, hint=hint
    )


def _reason(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)


def _yaml_line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return int(mark.line) + 1 if mark is not None else 1
