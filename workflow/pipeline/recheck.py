"""Units marked to be looked at again after the glossary changed; a part of ``workflow sync``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from workflow.errors import GlossaryError
from workflow.languages import language
from workflow.model import Catalog, Concept
from workflow.pipeline.fingerprints import fingerprint
from workflow.pipeline.impact import (
    committed_glossary,
    glossary_change,
    source_tag,
    terms_check,
    touched_units,
)
from workflow.stages.check import check
from workflow.stages.recheck import is_marked, recheck, settle
from workflow.stores.decisions import read_waivers
from workflow.stores.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossaries:
    """The glossaries that catalogues were last marked by: what changed since is what counts.

    Kept in ``.workflow/``. Without it the last commit's glossary is taken for all of them; nobody
    is asked twice even so, for the comments are still there.
    """

    usual: str
    """The text for every release that is not one of ``others``."""
    others: Mapping[str, str] = field(default_factory=dict)
    """Slug → text: what could not be read when the rest was marked, or was not asked for."""

    def of(self, slug: str) -> str:
        """The text for one release."""
        return self.others.get(slug, self.usual)

    def after(
        self, done: Collection[str], slugs: Collection[str], now: str, *, is_all: bool
    ) -> Glossaries:
        """As they are once ``done``, of all that are ``slugs``, were marked by ``now``.

        ``is_all``: every release of the newsroom is one of ``slugs``.
        """
        known = {slug: self.of(slug) for slug in slugs} if is_all else dict(self.others)
        known |= dict.fromkeys(done, now)
        usual = now if is_all else self.usual
        others = {slug: text for slug, text in known.items() if text != usual}
        return Glossaries(usual=usual, others=others)


def glossaries_of(kept: object, project: Project, now: str) -> Glossaries:
    """What `kept_of` made of them; where that is lost, the committed one, or else ``now``."""
    try:
        texts: Mapping[str, str] = kept["texts"]  # type: ignore[index]  # JSON: anything at all
        usual, others = kept["usual"], kept["others"]  # type: ignore[index]
        return Glossaries(
            usual=texts[usual], others={slug: texts[name] for slug, name in others.items()}
        )
    except (TypeError, KeyError, AttributeError):
        return Glossaries(usual=committed_glossary(project, "HEAD")[0] or now)


def kept_of(glossaries: Glossaries) -> dict[str, object]:
    """As JSON has it: a text once, however many releases it is of."""
    texts = {fingerprint(t): t for t in (glossaries.usual, *glossaries.others.values())}
    others = {slug: fingerprint(text) for slug, text in glossaries.others.items()}
    return {"usual": fingerprint(glossaries.usual), "others": others, "texts": texts}


def marked(project: Project, catalog: Catalog, before: str, after: str) -> Catalog:
    """The catalogue with the marks that a change of the glossary's text calls for.

    A glossary that can no longer be read marks nothing. Raises `StoreError` when the decisions
    cannot be read.
    """
    accepted = replace(catalog, units=tuple(unit for unit in catalog.units if unit.is_accepted))
    if not accepted.units:  # nobody has said yes to anything that could be doubted
        return catalog
    languages = project.settings.languages
    try:
        change = glossary_change(before, after, languages)
    except GlossaryError:
        change = glossary_change(after, after, languages)
    made = recheck(
        catalog,
        touched_units(project, accepted, change),
        change.after,
        language=language(catalog.language),
        gate=project.settings.gate,
    )
    return settle(made, _faulty(project, made, change.after))


def _faulty(
    project: Project, catalog: Catalog, concepts: tuple[Concept, ...]
) -> set[tuple[str, str]]:
    """(key, concept) of what still holds back a unit that was marked and is accepted again."""
    settings = project.settings
    units = tuple(unit for unit in catalog.units if unit.is_accepted and is_marked(unit))
    if not units:
        return set()
    issues = check(
        replace(catalog, units=units),
        terms_check(settings),
        source=language(source_tag(catalog, settings)),
        target=language(catalog.language),
        concepts=concepts,
        severities=settings.severities,
        waivers=read_waivers(project.root, catalog.language, catalog.slug),
        today=dt.datetime.now(dt.UTC).date().isoformat(),
    ).issues
    return {(issue.key, issue.about) for issue in issues if issue.severity >= settings.gate}
