"""JSON: ``{"version": 1, "issues": [...]}``."""

from __future__ import annotations

import json
from collections.abc import Iterator

from workflow.outputs.jsonl import data_of
from workflow.plugins import Outcome, Output


def _write(outcome: Outcome) -> Iterator[str]:
    data = {"version": 1, "issues": [data_of(issue) for issue in outcome.issues]}
    yield json.dumps(data, ensure_ascii=False, indent=2)


OUTPUT = Output(name="json", write=_write)
