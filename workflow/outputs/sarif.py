"""SARIF 2.1.0, as code scanning of GitHub and others reads it.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0". GitHub takes
25,000 results a run and shows the worst 5,000.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

from workflow import __version__
from workflow.model import Issue, Waiver
from workflow.outputs.github import LEVELS
from workflow.plugins import Outcome, Output, Rule

_MOST = 25_000  # results a run
_ROOT = "ROOT"
_WANTS_ESCAPE = frozenset('"\\\n\r\t<&')


def _write(outcome: Outcome) -> Iterator[str]:
    yield json.dumps(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [_run(outcome)],
        },
        ensure_ascii=False,
        indent=2,
    )


def _run(outcome: Outcome) -> dict[str, Any]:
    found: list[tuple[Issue, Waiver | None]] = [(issue, None) for issue in outcome.issues]
    found += outcome.waived
    worst = sorted(found, key=lambda one: -one[0].severity)[:_MOST]
    rules = _rules(outcome.checks, worst)
    places = {rule["id"]: index for index, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    results = [_result(issue, waiver, places, seen) for issue, waiver in worst]
    notes = [{"level": "error", "message": {"text": fault}} for fault in outcome.faults]
    if len(found) > len(worst):
        text = f"{len(found)} issues were found; the worst {_MOST} are here"
        notes.append({"level": "warning", "message": {"text": text}})
    return {
        "tool": {"driver": {"name": "workflow", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The folder of the newsroom, with workflow.toml."}}
        },
        "invocations": [
            {"executionSuccessful": not outcome.faults, "toolExecutionNotifications": notes}
        ],
        "results": results,
    }


def _rules(
    checks: tuple[Rule, ...], found: list[tuple[Issue, Waiver | None]]
) -> list[dict[str, Any]]:
    known = {
        check.name: {
            "id": check.name,
            "shortDescription": {"text": check.about},
            "defaultConfiguration": {"level": LEVELS[check.severity]},
        }
        for check in checks
    }
    others = {issue.check: {"id": issue.check} for issue, _ in found if issue.check not in known}
    return [*known.values(), *others.values()]


def _result(
    issue: Issue, waiver: Waiver | None, places: dict[str, int], seen: Counter[str]
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": issue.check,
        "ruleIndex": places[issue.check],
        "level": LEVELS[issue.severity],
        "message": {"text": issue.advice},
        "locations": [_location(issue)],
        "partialFingerprints": {"unit/v1": _fingerprint(issue, seen)},
        "properties": {"severity": issue.severity.name.lower(), "unit": issue.key},
    }
    if issue.about:
        result["properties"]["about"] = issue.about
    if _can_be_put_in(issue):
        result["fixes"] = [_fix(issue)]
    result["suppressions"] = [] if waiver is None else [_suppression(waiver)]
    return result


def _location(issue: Issue) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _file(issue.path), "region": _region(issue)}}


def _file(path: str) -> dict[str, str]:
    return {"uri": quote(path), "uriBaseId": _ROOT}


def _region(issue: Issue) -> dict[str, int]:
    region = {"startLine": max(issue.line, 1)}
    if issue.column:
        region |= {
            "startColumn": issue.column,
            "endLine": issue.end_line,
            "endColumn": issue.end_column,
        }
    return region


def _fingerprint(issue: Issue, seen: Counter[str]) -> str:
    """The same as long as the issue is in its unit, wherever that moves in the file."""
    what = "\0".join((issue.path, issue.key, issue.check, issue.about, issue.message))
    digest = blake2b(what.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _can_be_put_in(issue: Issue) -> bool:
    """Whether the suggestion can replace the span as it is written in the file.

    Not over line ends, markup or escapes, which the span would take along.
    """
    return (
        bool(issue.suggestion)
        and issue.column > 0
        and issue.line == issue.end_line
        and issue.end_column - issue.column == issue.end - issue.start
        and not _WANTS_ESCAPE & set(issue.suggestion)
    )


def _fix(issue: Issue) -> dict[str, Any]:
    replacement = {
        "deletedRegion": _region(issue),
        "insertedContent": {"text": issue.suggestion},
    }
    change = {"artifactLocation": _file(issue.path), "replacements": [replacement]}
    return {"description": {"text": f"write “{issue.suggestion}”"}, "artifactChanges": [change]}


def _suppression(waiver: Waiver) -> dict[str, Any]:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": waiver.reason,
        "location": {
            "physicalLocation": {
                "artifactLocation": _file(waiver.path),
                "region": {"startLine": max(waiver.line, 1)},
            }
        },
        "properties": {"who": waiver.who, "when": waiver.when, "until": waiver.until},
    }


OUTPUT = Output(name="sarif", write=_write)
