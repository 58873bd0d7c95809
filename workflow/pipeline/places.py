"""Where an issue stands in its file, to the character: what reviewers of a change are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path, PurePosixPath

from workflow.errors import WorkflowError
from workflow.markup import spans
from workflow.model import Issue
from workflow.stores.catalog_lines import Place, target_places
from workflow.stores.catalogs import catalog_path, read_catalog


def locate(root: Path, issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """``issues`` with columns, where they are about some words of a catalogue's target.

    Only the catalogues with such issues are read; issues of one file stand together.
    """
    found: list[Issue] = []
    for path, group in groupby(issues, key=lambda issue: issue.path):
        found += _located(root, path, tuple(group))
    return tuple(found)


def _located(root: Path, path: str, issues: Sequence[Issue]) -> Iterator[Issue]:
    place = PurePosixPath(path)
    tag = place.parts[1] if len(place.parts) > 1 else ""
    if path != catalog_path(tag, place.stem) or not any(issue.end for issue in issues):
        yield from issues
        return
    try:
        catalog = read_catalog(root, tag, place.stem)
        targets = {unit.key: unit for unit in catalog.units} if catalog else {}
        lines = target_places(root, path, {unit.target_line for unit in targets.values()})
    except WorkflowError:  # changed since it was checked; its lines are still told
        yield from issues
        return
    for issue in issues:
        unit = targets.get(issue.key)
        yield _with_column(issue, unit.target, lines[unit.target_line]) if unit else issue


def _with_column(issue: Issue, target: str, written: Sequence[Place]) -> Issue:
    """``written``: where each character of ``target``, unit markup, stands."""
    characters = spans(target) if len(written) == len(target) else []
    if not 0 <= issue.start < issue.end <= len(characters):
        return issue
    line, column, _ = written[characters[issue.start][0]]
    end_line, _, end_column = written[characters[issue.end - 1][1] - 1]
    return replace(issue, line=line, column=column, end_line=end_line, end_column=end_column)
