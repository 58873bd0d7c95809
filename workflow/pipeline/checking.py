"""What texts are checked with, read once for a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workflow.errors import WorkflowError
from workflow.languages import language
from workflow.model import Catalog, Issue, Release, Segment, Waiver
from workflow.pipeline.judge import all_checks
from workflow.stages.check import check
from workflow.stages.check_source import check_mended, check_source, source_catalog
from workflow.stages.segment import segment
from workflow.stages.waive import Settled
from workflow.stores.decisions import read_waivers
from workflow.stores.glossary import read_glossary
from workflow.stores.project import Project
from workflow.stores.sources import source_text


class Checking:
    """The checks and the glossary of a newsroom. ``is_whole``: what is unfinished counts too."""

    def __init__(self, project: Project, *, is_whole: bool = True) -> None:
        self.project = project
        self.concepts = read_glossary(project.root, project.settings.languages)
        rules = all_checks(project.settings)
        self.checks = [rule for rule in rules if is_whole or not rule.about_state]
        self.today = dt.datetime.now(dt.UTC).date().isoformat()

    def target(self, catalog: Catalog, source: str, waivers: Sequence[Waiver] = ()) -> Settled:
        """The issues of a catalogue; ``source`` is the language of its release."""
        return check(
            catalog,
            self.checks,
            source=language(source),
            target=language(catalog.language),
            concepts=self.concepts,
            severities=self.project.settings.severities,
            waivers=waivers,
            today=self.today,
        )

    def written(self, release: Release, faults: list[WorkflowError]) -> Settled:
        """The issues of a release as it is written, placed in its file.

        Where the decisions cannot be read, that goes to ``faults``, and nothing is waived.
        """
        waivers: tuple[Waiver, ...] = ()
        try:
            waivers = read_waivers(self.project.root, release.language, release.slug)
        except WorkflowError as fault:
            faults.append(fault)
        return self._settled(release, self._segments(release), waivers)

    def as_written(self, release: Release) -> tuple[Catalog, tuple[Issue, ...]]:
        """A release as the catalogue of its own words, and its issues, none of them waived."""
        segments = self._segments(release)
        return source_catalog(release, segments), self._settled(release, segments, ()).issues

    def mended(self, catalog: Catalog, waivers: Sequence[Waiver] = ()) -> Settled:
        """The issues of what a person mended in the catalogue of a release's own language."""
        return check_mended(
            catalog,
            self.checks,
            concepts=self.concepts,
            severities=self.project.settings.severities,
            waivers=waivers,
            today=self.today,
        )

    def _segments(self, release: Release) -> tuple[Segment, ...]:
        return segment(release, paragraphs=self.project.settings.unit == "paragraph")

    def _settled(
        self, release: Release, segments: Sequence[Segment], waivers: Sequence[Waiver]
    ) -> Settled:
        return check_source(
            release,
            segments,
            self.checks,
            concepts=self.concepts,
            severities=self.project.settings.severities,
            waivers=waivers,
            today=self.today,
            text=source_text(self.project.root, release.path),
        )
