"""``workflow glossary learn``: what the accepted translations know and the glossary does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from workflow.errors import WorkflowError
from workflow.languages import language
from workflow.pipeline.impact import glossary_change
from workflow.pipeline.pool import workers
from workflow.stages.learn import Proposal, learn
from workflow.stages.wordings import Wording, wordings
from workflow.stores.catalogs import SOURCE_LANGUAGE, list_catalogs, read_catalog
from workflow.stores.decisions import read_waivers
from workflow.stores.glossary import glossary_bytes, text_of
from workflow.stores.project import Project

_BATCH = 50  # catalogues


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnReport:
    """What the glossary could have."""

    proposals: tuple[Proposal, ...]
    faults: tuple[WorkflowError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    wordings: tuple[Wording, ...]
    faults: tuple[WorkflowError, ...]


def learn_terms(project: Project, tags: Sequence[str], *, least: int) -> LearnReport:
    """Propose terms for ``tags``, each seen at least ``least`` times. Writes nothing."""
    text = text_of(glossary_bytes(project.root))
    concepts = glossary_change(text, text, project.settings.languages).after
    proposals: list[Proposal] = []
    faults: list[WorkflowError] = []
    for tag in tags if concepts else ():
        slugs = list_catalogs(project.root, tag)
        batches = [slugs[at : at + _BATCH] for at in range(0, len(slugs), _BATCH)]
        with workers(project.settings.jobs, len(slugs)) as pool:
            read = list(pool.map(partial(_read_batch, project, text, tag), batches))
        faults.extend(fault for one in read for fault in one.faults)
        seen = [wording for one in read for wording in one.wordings]
        proposals.extend(learn(seen, concepts, language(tag), least=least))
    return LearnReport(proposals=tuple(proposals), faults=tuple(faults))


def _read_batch(project: Project, text: str, tag: str, slugs: Sequence[str]) -> _Read:
    concepts = glossary_change(text, text, project.settings.languages).after
    found: list[Wording] = []
    faults: list[WorkflowError] = []
    for slug in slugs:
        try:
            catalog = read_catalog(project.root, tag, slug)
            waivers = read_waivers(project.root, tag, slug)
        except WorkflowError as fault:
            faults.append(fault)
            continue
        if catalog is None:
            continue
        source = dict(catalog.header).get(SOURCE_LANGUAGE, project.settings.source_language)
        if source == tag or source not in project.settings.languages:
            continue
        found.extend(
            wordings(
                catalog,
                concepts,
                source=language(source),
                target=language(tag),
                waivers=waivers,
            )
        )
    return _Read(wordings=tuple(found), faults=tuple(faults))
