"""Catalogue → issues: every check over every unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workflow.languages import Language
from workflow.markup import parse_text
from workflow.model import Catalog, Concept, Issue, Severity, Unit, Waiver
from workflow.plugins import Check, Finding, Pair, Rule
from workflow.stages.waive import Settled, waive


def check(
    catalog: Catalog,
    checks: Sequence[Rule],
    *,
    source: Language,
    target: Language,
    concepts: tuple[Concept, ...],
    severities: Mapping[str, Severity],
    waivers: Sequence[Waiver] = (),
    today: str = "",
) -> Settled:
    """The issues of ``catalog`` in the order of the file, those that are waived apart.

    ``severities`` are the house's own; ``today``, an ISO date, is what waivers may run out at.
    """
    issues: list[Issue] = []
    of_units = [rule for rule in checks if isinstance(rule, Check)]
    for unit in catalog.units:
        pair = pair_of(unit, source, target, concepts)
        for rule in of_units:
            if unit.target or not rule.needs_target:
                issues.extend(
                    issue_of(finding, rule, unit, catalog.path, severities)
                    for finding in rule.find(pair)
                )
    return waive(catalog, issues, waivers, today=today)


def pair_of(unit: Unit, source: Language, target: Language, concepts: tuple[Concept, ...]) -> Pair:
    """``unit`` as checks see it."""
    return Pair(
        unit=unit,
        source=parse_text(unit.source),
        target=parse_text(unit.target),
        source_language=source,
        target_language=target,
        concepts=concepts,
    )


def issue_of(
    finding: Finding, rule: Rule, unit: Unit, path: str, severities: Mapping[str, Severity]
) -> Issue:
    """What a check found in ``unit``, which stands in the file ``path``."""
    return Issue(
        check=rule.name,
        severity=severities.get(rule.name, finding.severity or rule.severity),
        message=finding.message,
        path=path,
        line=unit.target_line or unit.line,
        key=unit.key,
        start=finding.start,
        end=finding.end,
        suggestion=finding.suggestion,
        about=finding.about,
        source_start=finding.source_start,
        source_end=finding.source_end,
        evidence=finding.evidence,
    )
