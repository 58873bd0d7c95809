"""Whether a release may go out in a language, and the words it goes out with."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workflow.dates.moments import is_ahead
from workflow.languages import language
from workflow.model import Catalog, CodeKind, Concept, Issue, Release, Severity, Waiver
from workflow.plugins import Rule, discover
from workflow.settings import Settings
from workflow.stages.assemble import assemble, share_accepted, tombstone
from workflow.stages.check import check
from workflow.stages.check_source import check_mended, is_copy
from workflow.stages.segment import FIRST_CORRECTION, TITLE, WITHDRAWAL_KEY, correction_key, segment

_WHOLE = re.compile(r"\s*(?:[A-Za-z][\w+.-]*:|#)")  # what is wrong with a scheme, markup says
_EARLIEST_ZONE = dt.timedelta(hours=14)  # UTC+14: where a day begins first
_NO_CATALOG = "no catalogue yet: workflow sync"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was decided for one release in one language."""

    tag: str
    outcome: str
    """published, held, withdrawn, embargoed, withheld or canceled."""
    issues: tuple[Issue, ...] = ()
    """What reaches the gate, or what else is to be said."""
    release: Release | None = None
    """The assembled release, when it may go out."""
    share: float = 1.0
    """How much of it is accepted, by units: 0 to 1."""


def all_checks(settings: Settings) -> tuple[Rule, ...]:
    """The checks that are on in this house."""
    return _checks_without(settings.disabled)


@functools.cache
def _checks_without(names: frozenset[str]) -> tuple[Rule, ...]:
    found: dict[str, Rule] = discover("workflow.checks", "CHECK")
    wanted = [rule for name, rule in found.items() if name not in names]
    return tuple(sorted(wanted, key=lambda rule: (not rule.about_state, rule.name)))


def judge(
    release: Release,
    catalog: Catalog | None,
    tag: str,
    *,
    settings: Settings,
    concepts: tuple[Concept, ...],
    checks: Sequence[Rule],
    now: dt.datetime,
    draft: bool,
    waivers: Sequence[Waiver] = (),
    written: Sequence[Issue] = (),
) -> Verdict:
    """Decide. Everything accepted and nothing at the gate: it goes out; a draft always does.

    Text under embargo goes nowhere before its time, not even into a draft. A withdrawal does not
    wait for a translation of its note. ``written`` are the issues of the release as it is written:
    they hold back nothing but its own language, where readers would see those words. A translator
    may have said the thing right.
    """
    known = catalog or Catalog(slug=release.slug, language=tag)
    if is_embargoed(release, now):
        issue = _said(release, "embargo", f"not before {release.embargo}")
        return Verdict(tag=tag, outcome="embargoed", issues=(issue,))
    if release.withdrawn is not None:
        return _withdrawn(release, known, settings)
    if release.status != "usable" and not draft:
        return Verdict(tag=tag, outcome=release.status)
    segments = segment(release, paragraphs=settings.unit == "paragraph")
    if catalog is None and not draft:
        return Verdict(tag=tag, outcome="held", issues=(_issue(known, _NO_CATALOG),))
    assembled = assemble(release, segments, known, draft=draft)
    share = share_accepted(segments, known)
    if draft:
        return Verdict(tag=tag, outcome="published", release=assembled, share=share)
    found = _found(
        release,
        known,
        settings=settings,
        concepts=concepts,
        checks=checks,
        waivers=waivers,
        today=now.date().isoformat(),
        written=written,
    )
    enough = settings.partial.get(tag, 1.0) if tag != release.language else 1.0
    in_part = enough <= share < 1.0 and not any(map(_is_needed, assembled.untranslated))
    if in_part:
        found = _of_what_is_shown(found, known, checks)
    issues = (
        *_to_come(release, now),
        *_blocking(assembled, known, settings, found, in_part=in_part),
    )
    if issues:
        return Verdict(tag=tag, outcome="held", issues=issues, share=share)
    return Verdict(tag=tag, outcome="published", release=assembled, share=share)


def _withdrawn(release: Release, catalog: Catalog, settings: Settings) -> Verdict:
    segments = segment(release, paragraphs=settings.unit == "paragraph")
    left = tombstone(release, segments, catalog)
    issues: tuple[Issue, ...] = ()
    if (
        release.withdrawn
        and release.withdrawn.note
        and not (left.withdrawn and left.withdrawn.note)
    ):
        what = "the note of the withdrawal is not accepted: the notice has its standard words"
        path = catalog.path or release.path
        issues = (replace(_said(release, "withdrawn", what), path=path, key=WITHDRAWAL_KEY),)
    return Verdict(tag=catalog.language, outcome="withdrawn", issues=issues, release=left)


def _is_needed(block: int) -> bool:
    """Whether a text must be there in every language, however little else is."""
    return block == TITLE or block <= FIRST_CORRECTION


def _found(
    release: Release,
    catalog: Catalog,
    *,
    settings: Settings,
    concepts: tuple[Concept, ...],
    checks: Sequence[Rule],
    waivers: Sequence[Waiver],
    today: str,
    written: Sequence[Issue],
) -> tuple[Issue, ...]:
    """The issues of what readers would see."""
    if catalog.language == release.language:
        found = check_mended(
            catalog,
            checks,
            concepts=concepts,
            severities=settings.severities,
            waivers=waivers,
            today=today,
        )
        mended = {unit.key for unit in catalog.units if not is_copy(unit)}
        return (*(issue for issue in written if issue.key not in mended), *found.issues)
    return check(
        catalog,
        checks,
        source=language(release.language),
        target=language(catalog.language),
        concepts=concepts,
        severities=settings.severities,
        waivers=waivers,
        today=today,
    ).issues


def _of_what_is_shown(
    found: Sequence[Issue], catalog: Catalog, checks: Sequence[Rule]
) -> tuple[Issue, ...]:
    """The issues of accepted units: where the others stand, readers see the source."""
    about_state = {rule.name for rule in checks if rule.about_state}
    hidden = {unit.key for unit in catalog.units if not unit.is_accepted}
    return tuple(i for i in found if i.key not in hidden and i.check not in about_state)


def _blocking(
    assembled: Release,
    catalog: Catalog,
    settings: Settings,
    found: Sequence[Issue],
    *,
    in_part: bool,
) -> tuple[Issue, ...]:
    """The issues that reach the gate; segments that the catalogue lacks are among them."""
    issues = [*_addresses(assembled), *_untold(assembled, catalog)]
    issues += [issue for issue in found if issue.severity >= settings.gate]
    if assembled.untranslated and not issues and not in_part:
        issues.append(_issue(catalog, "behind its source: workflow sync"))
    return tuple(issues)


def _untold(release: Release, catalog: Catalog) -> Iterator[Issue]:
    """Corrections that readers of this language would not hear of."""
    units = {unit.key: unit for unit in catalog.units}
    for number, one in enumerate(release.corrections):
        if FIRST_CORRECTION - number in release.untranslated:
            unit = units.get(key := correction_key(number))
            why = f"not accepted in {catalog.language}" if unit else "new: workflow sync"
            yield replace(
                _issue(catalog, f"the note of the {one.type} of {one.date} is {why}"),
                check="correction",
                key=key,
                line=unit.target_line if unit else 0,
            )


def _to_come(release: Release, now: dt.datetime) -> Iterator[Issue]:
    """Corrections of a day that has begun nowhere yet: feeds would be dated ahead."""
    latest = (now + _EARLIEST_ZONE).date()
    for one in release.corrections:
        if one.date > latest:
            what = f"the {one.type} is dated {one.date}, which is still to come"
            yield _said(release, "correction", what)


def _addresses(release: Release) -> Iterator[Issue]:
    """Links and pictures that only work in the folder the release was written in."""
    for block in release.blocks:
        for code in block.text.codes:
            is_link = code.kind in (CodeKind.LINK, CodeKind.IMAGE)
            if is_link and code.target and not _WHOLE.match(code.target):
                yield Issue(
                    check="address",
                    severity=Severity.MAJOR,
                    message=f"“{code.target[:60]}” leads nowhere here: write a whole address",
                    path=release.path,
                    line=block.line,
                )


def is_embargoed(release: Release, now: dt.datetime) -> bool:
    """Under embargo at ``now``. A time that cannot be read, or has no zone, never comes."""
    return bool(release.embargo) and is_ahead(release.embargo, now)


def _said(release: Release, check: str, what: str) -> Issue:
    return Issue(check=check, severity=Severity.MAJOR, message=what, path=release.path, line=1)


def _issue(catalog: Catalog, what: str) -> Issue:
    return Issue(
        check="untranslated",
        severity=Severity.MAJOR,
        message=what,
        path=catalog.path or f"locales/{catalog.language}/releases/{catalog.slug}.po",
    )
