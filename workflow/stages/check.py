"""Catalogue → issues: every check over every unit, and the source's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workflow.languages import Language
from workflow.markup import parse_text
from workflow.model import Catalog, Concept, Issue, Severity, Unit, Waiver
from workflow.plugins import Check, Finding, Pair
from workflow.stages.waive import Settled, settle


def check(
    catalog: Catalog,
    checks: Sequence[Check],
    *,
    source: Language,
    target: Language,
    concepts: tuple[Concept, ...],
    severities: Mapping[str, Severity],
    waivers: Sequence[Waiver] = (),
    today: str = "",
) -> tuple[Issue, ...]:
    """The issues of ``catalog`` that nobody waived; see `inspect`."""
    return inspect(
        catalog,
        checks,
        source=source,
        target=target,
        concepts=concepts,
        severities=severities,
        waivers=waivers,
        today=today,
    ).issues


def inspect(
    catalog: Catalog,
    checks: Sequence[Check],
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
    for unit in catalog.units:
        pair = pair_of(unit, source, target, concepts)
        for rule in checks:
            if unit.target or not rule.needs_target:
                issues.extend(
                    _issue(finding, rule, pair, catalog, severities) for finding in rule.find(pair)
                )
    return settle(catalog, issues, waivers, today=today)


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


def _issue(
    finding: Finding, rule: Check, pair: Pair, catalog: Catalog, severities: Mapping[str, Severity]
) -> Issue:
    return Issue(
        check=rule.name,
        severity=severities.get(rule.name, finding.severity or rule.severity),
        message=finding.message,
        path=catalog.path,
        line=pair.unit.target_line or pair.unit.line,
        key=pair.unit.key,
        start=finding.start,
        end=finding.end,
        suggestion=finding.suggestion,
        about=finding.about,
        source_start=finding.source_start,
        source_end=finding.source_end,
        evidence=finding.evidence,
    )
