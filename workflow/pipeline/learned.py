"""What was learned of the words of texts, kept in ``.workflow/`` from run to run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from workflow.languages import language
from workflow.model import Concept
from workflow.stores.derived import read_sealed, write_sealed
from workflow.stores.program import program
from workflow.stores.project import Project
from workflow.terminology.learned import to_data
from workflow.terminology.matching import finder_of


@contextmanager
def remembering(
    project: Project, concepts: tuple[Concept, ...], tags: Iterable[str]
) -> Iterator[None]:
    """Begin with what earlier runs learned of ``concepts`` in ``tags``, and keep what is new."""
    finders = {tag: finder_of(concepts, language(tag)) for tag in sorted(set(tags))}
    finders = {tag: finder for tag, finder in finders.items() if finder.spellings}
    made_from = {tag: f"{program()}\n{finder.fingerprint}" for tag, finder in finders.items()}
    for tag, finder in finders.items():
        if not finder.learned:
            finder.restore(read_sealed(project.root, f"terms-{tag}", made_from=made_from[tag]))
    before = {tag: len(finder.learned) for tag, finder in finders.items()}
    yield
    for tag, finder in finders.items():
        if len(finder.learned) != before[tag]:
            data = to_data(finder.learned)
            write_sealed(project.root, f"terms-{tag}", data, made_from=made_from[tag])
