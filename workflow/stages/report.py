"""Issues → one page that shows them to people: words in their places, concepts, what to do."""

from __future__ import annotations

import shlex
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256

from markupsafe import Markup

from workflow.languages import Language, known_tags, language
from workflow.model import Catalog, Concept, Issue, Page, Release, Role, Severity, Unit, Waiver
from workflow.plugins import Rule
from workflow.stages.check import pair_of
from workflow.stages.mark import Piece, mark
from workflow.terminology.matching import preferred
from workflow.theme import Theme, words

PAGE = "index.html"
GENERATOR = '<meta name="generator" content="workflow report">'
"""Stands in every report and near its beginning, so that one is known again."""

_ROLES = frozenset(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A catalogue and what was found in it."""

    catalog: Catalog
    source_language: str
    issues: tuple[Issue, ...]
    waivers: tuple[Waiver, ...] = ()
    release: Release | None = None
    """None where the source is gone or cannot be read."""
    is_source: bool = False
    """What was checked is the release as it is written; the catalogue is one of copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What was checked, and for whom."""

    newsroom: str
    source_language: str
    tags: tuple[str, ...]
    """Languages of the catalogues."""
    catalogs: int
    gate: Severity
    checks: tuple[Rule, ...]
    concepts: tuple[Concept, ...]
    faults: tuple[str, ...] = ()
    """What could not be read, a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An issue as the page shows it."""

    issue: Issue
    anchor: str
    """The same as long as the issue is."""
    role: str
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    replaced: str
    """What the suggestion would replace; empty where it is an addition."""
    command: str
    """What waives the issue, but for the reason; empty where nothing does."""
    waiver: Waiver | None
    """The decision that the issue is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The issues of one catalogue."""

    slug: str
    source: Language
    target: Language
    release: Release | None
    is_source: bool
    entries: tuple[Entry, ...]


def report(inspected: Sequence[Inspected], scope: Scope, theme: Theme, *, tag: str) -> Page:
    """The page in the language ``tag``; the same issues give the same bytes.

    It needs no other file and no network, and is whole without its script.
    """
    sheets = tuple(_sheet(each, scope) for each in inspected if each.issues)
    issues = [entry.issue for sheet in sheets for entry in sheet.entries]
    about = {issue.about for issue in issues}
    style, script = (_own_file(theme, name) for name in ("report.css", "report.js"))
    content = theme.environment.get_template("report.html").render(
        tag=tag,
        direction=language(tag).direction,
        generator=Markup(GENERATOR),  # noqa: S704 - a constant
        style=style,
        style_hash=_csp_hash(style),
        script=script,
        script_hash=_csp_hash(script),
        scope=scope,
        sheets=sheets,
        severities=[(level, _count(issues, level)) for level in reversed(Severity)],
        concepts=[concept for concept in scope.concepts if concept.id in about],
        facets=_facets(sheets, scope),
        names={known: language(known) for known in known_tags()},
        **words(theme.strings[tag]),
    )
    return Page(path=PAGE, content=content)


def _sheet(inspected: Inspected, scope: Scope) -> Sheet:
    catalog = inspected.catalog
    units = {unit.key: unit for unit in catalog.units}
    decisions = {(waiver.path, waiver.line): waiver for waiver in inspected.waivers}
    waivable = {check.name for check in scope.checks if not check.about_state}
    source, target = language(inspected.source_language), language(catalog.language)
    seen: Counter[str] = Counter()
    entries = []
    for issue in inspected.issues:
        unit = units.get(issue.key) or Unit(key=issue.key, source="")
        pair = pair_of(unit, source, target, scope.concepts)
        ours, theirs = mark(issue, pair)
        entries.append(
            Entry(
                issue=issue,
                anchor=_anchor(issue, seen),
                role=unit.notes[0] if unit.notes and unit.notes[0] in _ROLES else "",
                source=() if inspected.is_source else ours,
                target=theirs,
                replaced=pair.target.plain[issue.start : issue.end],
                command=_command(issue) if issue.check in waivable else "",
                waiver=decisions.get((issue.path, issue.line)),
            )
        )
    return Sheet(
        slug=catalog.slug,
        source=source,
        target=target,
        release=inspected.release,
        is_source=inspected.is_source,
        entries=tuple(entries),
    )


def _anchor(issue: Issue, seen: Counter[str]) -> str:
    """A name that does not move with lines; ``seen`` tells the second of two like issues."""
    what = (issue.path, issue.key, issue.check, issue.about, issue.message)
    name = blake2b("\x1f".join(what).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    seen[name] += 1
    return f"i-{name}" + (f"-{seen[name]}" if seen[name] > 1 else "")


def _command(issue: Issue) -> str:
    """For a shell; the reason is left empty, and is refused until a person writes one."""
    check = f"{issue.check}:{issue.about}" if issue.about else issue.check
    place = ":".join(str(part) for part in (issue.path, issue.line, issue.column) if part)
    if not (check + place).isprintable():
        return ""  # a terminal may take what cannot be seen for keys that were pressed
    return f"workflow waive {shlex.quote(place)} {shlex.quote(check)} --reason ''"


def _facets(sheets: Sequence[Sheet], scope: Scope) -> dict[str, list[tuple[str, str, int]]]:
    """What issues can be chosen by: (value, what it is called, issues) of those that occur."""
    rows = [(entry.issue, sheet) for sheet in sheets for entry in sheet.entries]
    severity = Counter(issue.severity for issue, _ in rows)
    return {
        "severity": [
            (level.name.lower(), level.name.lower(), severity[level])
            for level in sorted(severity, reverse=True)
        ],
        "check": _counted(Counter(issue.check for issue, _ in rows), {}),
        "concept": _counted(
            Counter(issue.about for issue, _ in rows if issue.about), _concept_names(scope)
        ),
        "language": [
            (tag, language(tag).autonym, count)
            for tag in scope.tags
            if (count := sum(sheet.target.tag == tag for _, sheet in rows))
        ],
        "release": _counted(Counter(sheet.slug for _, sheet in rows), {}),
    }


def _concept_names(scope: Scope) -> dict[str, str]:
    terms = {c.id: preferred(c, scope.source_language) for c in scope.concepts}
    return {name: f"{name}: {term.text}" for name, term in terms.items() if term}


def _counted(counts: Counter[str], names: dict[str, str]) -> list[tuple[str, str, int]]:
    return [(value, names.get(value, value), counts[value]) for value in sorted(counts)]


def _count(issues: Sequence[Issue], level: Severity) -> int:
    return sum(issue.severity is level for issue in issues)


def _own_file(theme: Theme, name: str) -> Markup:
    """A file beside the template, as it is: nothing of the newsroom's goes into it."""
    loader = theme.environment.loader
    assert loader is not None
    return Markup(loader.get_source(theme.environment, name)[0])  # noqa: S704 - our own file


def _csp_hash(text: str) -> str:
    """How a Content-Security-Policy names an inline style or script."""
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"
