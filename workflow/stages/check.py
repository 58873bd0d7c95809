"""Catalogue → issues: every check over every unit, and the source's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workflow.languages import Language
from workflow.markup import parse_text
from workflow.model import Catalog, Concept, Issue, Severity
from workflow.plugins import Check, Finding, Pair


def check(
    catalog: Catalog,
    checks: Sequence[Check],
    *,
    source: Language,
    target: Language,
    concepts: tuple[Concept, ...],
    severities: Mapping[str, Severity],
) -> tuple[Issue, ...]:
    """The issues of ``catalog`` in the order of the file. ``severities`` are the house's own."""
    issues: list[Issue] = []
    for unit in catalog.units:
        pair = Pair(
            unit=unit,
            source=parse_text(unit.source),
            target=parse_text(unit.target),
            source_language=source,
            target_language=target,
            concepts=concepts,
        )
        for rule in checks:
            if unit.target or not rule.needs_target:
                issues.extend(
                    _issue(finding, rule, pair, catalog, severities) for finding in rule.find(pair)
                )
    return tuple(issues)


def _issue(
    finding: Finding, rule: Check, pair: Pair, catalog: Catalog, severities: Mapping[str, Severity]
) -> Issue:
    own = finding.severity or rule.severity
    issue = Issue(
        check=rule.name,
        severity=own,
        message=finding.message,
        path=catalog.path,
        line=pair.unit.target_line or pair.unit.line,
        key=pair.unit.key,
        start=finding.start,
        end=finding.end,
        suggestion=finding.suggestion,
    )
    return replace(issue, severity=severities.get(rule.name, own))
