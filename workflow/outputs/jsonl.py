"""JSON Lines: one issue a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from workflow.model import Issue
from workflow.plugins import Outcome, Output


def data_of(issue: Issue) -> dict[str, Any]:
    """``issue`` as JSON has it; the names are those of `Issue`."""
    return {**asdict(issue), "severity": issue.severity.name.lower()}


def _write(outcome: Outcome) -> Iterator[str]:
    for issue in outcome.issues:
        yield json.dumps(data_of(issue), ensure_ascii=False)


OUTPUT = Output(name="jsonl", write=_write)
