"""A release → what is wrong with its own words, before anybody translates them.

The source is checked as a catalogue in which each target is the copy of its source. The catalogue
of that language, if there is one, holds the same copies: they are no business of its own, and only
what a person mended there is checked as a target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workflow.languages import language
from workflow.markup import format_text
from workflow.model import Catalog, Concept, Issue, Release, Segment, Severity, Unit, Waiver
from workflow.plugins import Rule, Whole, WholeCheck
from workflow.stages.at_source import at_source
from workflow.stages.check import check, issue_of, pair_of
from workflow.stages.waive import Settled, waive


def check_source(
    release: Release,
    segments: Sequence[Segment],
    checks: Sequence[Rule],
    *,
    concepts: tuple[Concept, ...],
    severities: Mapping[str, Severity],
    waivers: Sequence[Waiver] = (),
    today: str = "",
    text: str = "",
) -> Settled:
    """The issues of ``release`` as it is written, in its order, those that are waived apart.

    ``waivers`` are all those of its language; ``text`` is what its file says, see `at_source`.
    """
    rules = language(release.language)
    copy = source_catalog(release, segments)
    of_words = [rule for rule in checks if not rule.about_state]
    found = check(
        copy, of_words, source=rules, target=rules, concepts=concepts, severities=severities
    ).issues
    whole = Whole(
        pairs=tuple(pair_of(unit, rules, rules, concepts) for unit in copy.units),
        segments=tuple(segments),
        language=rules,
        concepts=concepts,
    )
    issues = at_source(
        (*found, *_of_whole(whole, copy, of_words, severities)), release, segments, text=text
    )
    return waive(copy, issues, [one for one in waivers if is_of_source(one)], today=today)


def check_mended(
    catalog: Catalog,
    checks: Sequence[Rule],
    *,
    concepts: tuple[Concept, ...],
    severities: Mapping[str, Severity],
    waivers: Sequence[Waiver] = (),
    today: str = "",
) -> Settled:
    """The issues of the catalogue of a release's own language, but for those of copies."""
    rules = language(catalog.language)
    apart = tuple(unit for unit in catalog.units if not is_copy(unit))
    issues = check(
        replace(catalog, units=apart),
        checks,
        source=rules,
        target=rules,
        concepts=concepts,
        severities=severities,
    ).issues
    return waive(catalog, issues, [one for one in waivers if not is_of_source(one)], today=today)


def source_catalog(release: Release, segments: Sequence[Segment]) -> Catalog:
    """The source as a catalogue of copies; its path and lines are those of the source."""
    units = []
    for segment in segments:
        source = format_text(segment.text)
        units.append(
            Unit(
                key=segment.key,
                source=source,
                target=source,
                notes=(segment.role.value,),
                line=segment.line,
            )
        )
    return Catalog(
        slug=release.slug, language=release.language, units=tuple(units), path=release.path
    )


def is_copy(unit: Unit) -> bool:
    """Whether a unit of the source's own language says what the source says."""
    return unit.target == unit.source and not unit.fuzzy


def is_of_source(waiver: Waiver) -> bool:
    """Whether a waiver was decided for the words of a source: its target is their copy."""
    return waiver.source == waiver.target


def _of_whole(
    whole: Whole, copy: Catalog, checks: Sequence[Rule], severities: Mapping[str, Severity]
) -> list[Issue]:
    units = {unit.key: unit for unit in copy.units}
    return [
        issue_of(finding, rule, units[finding.key], copy.path, severities)
        for rule in checks
        if isinstance(rule, WholeCheck)
        for finding in rule.find(whole)
    ]
