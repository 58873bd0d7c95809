"""``workflow glossary learn``: what the accepted translations know and the glossary does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from workflow.errors import WorkflowError
from workflow.languages import language
from workflow.model import Catalog, Concept
from workflow.pipeline.impact import concepts_of, source_tag
from workflow.pipeline.pool import batched, workers
from workflow.stages.learn import Proposal, learn
from workflow.stages.merge import EARLIER
from workflow.stages.rewordings import Rewording, rewordings
from workflow.stages.wordings import Wording, wordings
from workflow.stores.catalogs import catalog_of, catalog_path, list_catalogs, read_catalog
from workflow.stores.charsets import decode_po
from workflow.stores.decisions import read_waivers
from workflow.stores.git import FileChange, file_changes, is_repository, read_blobs
from workflow.stores.glossary import glossary_bytes, text_of
from workflow.stores.project import Project

_BATCH = 50  # catalogues
_MOST = 2000  # changes of catalogues that are looked at in the history of a language


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnReport:
    """What the glossary could have."""

    proposals: tuple[Proposal, ...]
    faults: tuple[WorkflowError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    wordings: tuple[Wording, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
    faults: tuple[WorkflowError, ...] = ()


def learn_terms(project: Project, tags: Sequence[str], *, least: int) -> LearnReport:
    """Propose terms for ``tags``, each seen at least ``least`` times. Writes nothing."""
    text = text_of(glossary_bytes(project.root))
    concepts = concepts_of(text, project.settings.languages)
    proposals: list[Proposal] = []
    faults: list[WorkflowError] = []
    for tag in tags if concepts else ():
        read = _read_all(project, text, tag)
        faults.extend(fault for one in read for fault in one.faults)
        seen = [wording for one in read for wording in one.wordings]
        found = [rewording for one in read for rewording in one.rewordings]
        corrected = list(_still_there(found, seen))
        proposals += learn(seen, concepts, language(tag), least=least, rewordings=corrected)
    return LearnReport(proposals=tuple(proposals), faults=tuple(faults))


def _read_all(project: Project, text: str, tag: str) -> list[_Read]:
    slugs = list_catalogs(project.root, tag)
    changes: tuple[FileChange, ...] = ()
    if is_repository(project.root):
        changes = file_changes(project.root, f"locales/{tag}/releases", most=_MOST)
    with workers(project.settings.jobs, len(slugs)) as pool:
        old = pool.map(partial(_history_batch, project, text, tag), batched(changes, _BATCH))
        now = pool.map(partial(_read_batch, project, text, tag), batched(slugs, _BATCH))
        return [*old, *now]


def _still_there(found: Iterable[Rewording], wordings: Sequence[Wording]) -> Iterator[Rewording]:
    """Each rewording once, where it stands now. What was corrected again since, or taken back,
    teaches nothing."""
    lines = {(one.path, one.target): one.line for one in wordings}
    known = set()
    for one in found:
        place = one.path, one.target
        if place in lines and (*place, one.concept, one.before.text) not in known:
            known.add((*place, one.concept, one.before.text))
            yield replace(one, line=lines[place])


def _read_batch(project: Project, text: str, tag: str, slugs: Sequence[str]) -> _Read:
    """What the catalogues say as they are."""
    concepts = concepts_of(text, project.settings.languages)
    words: list[Wording] = []
    corrected: list[Rewording] = []
    faults: list[WorkflowError] = []
    for slug in slugs:
        try:
            catalog = read_catalog(project.root, tag, slug)
            waivers = read_waivers(project.root, tag, slug)
        except WorkflowError as fault:
            faults.append(fault)
            continue
        source = source_tag(catalog, project.settings) if catalog else tag
        if catalog is None or source == tag:
            continue
        ours, theirs = language(source), language(tag)
        words.extend(wordings(catalog, concepts, source=ours, target=theirs, waivers=waivers))
        corrected.extend(
            one
            for unit in catalog.units
            for line in unit.comments
            if line.startswith(EARLIER)
            for one in rewordings(
                line.removeprefix(EARLIER),
                unit,
                concepts,
                source=ours,
                target=theirs,
                path=catalog.path,
            )
        )
    return _Read(wordings=tuple(words), rewordings=tuple(corrected), faults=tuple(faults))


def _history_batch(project: Project, text: str, tag: str, changes: Sequence[FileChange]) -> _Read:
    """What people corrected from one commit to the next. What cannot be read teaches nothing."""
    concepts = concepts_of(text, project.settings.languages)
    blobs = read_blobs(project.root, [name for one in changes for name in (one.before, one.after)])
    found: list[Rewording] = []
    for change in changes:
        slug = PurePosixPath(change.path).stem
        if change.path != catalog_path(tag, slug) or not {change.before, change.after} <= set(
            blobs
        ):
            continue
        try:
            old, new = (
                catalog_of(decode_po(blobs[name], path=change.path), tag=tag, slug=slug)
                for name in (change.before, change.after)
            )
        except WorkflowError:
            continue
        found.extend(_between(project, old, new, concepts, change))
    return _Read(rewordings=tuple(found))


def _between(
    project: Project,
    old: Catalog,
    new: Catalog,
    concepts: tuple[Concept, ...],
    change: FileChange,
) -> Iterator[Rewording]:
    source = source_tag(new, project.settings)
    if source == new.language:
        return
    targets = {(unit.key, unit.source): unit.target for unit in old.units}
    for unit in new.units:
        yield from rewordings(
            targets.get((unit.key, unit.source), ""),
            unit,
            concepts,
            source=language(source),
            target=language(new.language),
            path=change.path,
            signed=(change.who, change.when),
        )
