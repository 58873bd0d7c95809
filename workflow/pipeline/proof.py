"""What a release was judged from, as the line that its snapshot keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from workflow import __version__
from workflow.model import Catalog, FileMark, Provenance, Release, Waiver
from workflow.pipeline.orders import Order
from workflow.plugins import Rule
from workflow.stages.provenance import provenance_line, unit_mark, waiver_marks
from workflow.stages.segment import WITHDRAWAL_KEY
from workflow.stages.waive import holding
from workflow.stores.catalogs import catalog_path
from workflow.stores.checksums import mark_file
from workflow.stores.glossary import GLOSSARY
from workflow.stores.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What all releases are judged with."""

    root: Path
    glossary: FileMark | None
    checks: tuple[str, ...]
    gate: str
    today: str
    draft: bool

    @classmethod
    def of(cls, project: Project, checks: Sequence[Rule], order: Order) -> Self:
        """As ``project`` and ``order`` have it."""
        return cls(
            root=project.root,
            glossary=mark_file(project.root, GLOSSARY),
            checks=tuple(sorted(check.name for check in checks)),
            gate=project.settings.gate.name.lower(),
            today=order.now.date().isoformat(),
            draft=order.draft,
        )


def prove(desk: Desk, release: Release, catalog: Catalog | None, waivers: Sequence[Waiver]) -> str:
    """What ``release`` goes out with. Empty for a draft, which nobody has accepted."""
    if desk.draft or catalog is None:
        return ""
    source = mark_file(desk.root, release.path)
    catalogue = mark_file(desk.root, catalog_path(catalog.language, catalog.slug))
    if source is None or catalogue is None:  # gone since: the next run will say so
        return ""
    # Of a withdrawn release readers see its note and no other unit.
    shown = [u for u in catalog.units if not release.withdrawn or u.key == WITHDRAWAL_KEY]
    made = Provenance(
        slug=release.slug,
        language=catalog.language,
        original=release.language,
        source=source,
        catalogue=catalogue,
        glossary=desk.glossary,
        program=__version__,
        gate=desk.gate,
        checks=() if release.withdrawn else desk.checks,
        waivers=waiver_marks(holding(catalog, waivers, today=desk.today)),
        units=tuple(map(unit_mark, shown)),
    )
    return provenance_line(made)
