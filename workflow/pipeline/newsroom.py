"""What most verbs begin with: the releases that can be read, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workflow.errors import SourceError, UsageError, WorkflowError
from workflow.model import Release
from workflow.stores.project import Project
from workflow.stores.sources import read_source, source_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files of ``sources/`` by slug, and the faults that were found on the way."""

    files: dict[str, Path]
    faults: tuple[WorkflowError, ...]


def list_sources(project: Project, *, only: tuple[str, ...] = ()) -> Sources:
    """Slug → file. Two files with one slug are a fault, and neither goes on.

    The slug is the file's name here; `load` notices a front matter that says otherwise. ``only``
    names the slugs wanted; `UsageError` when one of them does not exist.
    """
    files: dict[str, Path] = {}
    faults: list[WorkflowError] = []
    twice: set[str] = set()
    for path in source_files(project.root):
        slug = path.stem
        if slug in files:
            faults.append(_duplicate(project, path, files[slug]))
            twice.add(slug)
        else:
            files[slug] = path
    for slug in twice:
        del files[slug]
    for slug in only:
        if slug not in files and slug not in twice:
            raise UsageError(f"no release “{slug}” in sources/", hint="workflow status lists them")
    if only:
        files = {slug: path for slug, path in files.items() if slug in only}
    return Sources(files=files, faults=tuple(faults))


def load(project: Project, path: Path) -> Release:
    """The release in ``path``; its slug must be the file's name."""
    release = read_source(project.root, path, default_language=project.settings.source_language)
    if release.slug != path.stem:
        raise SourceError(
            f"slug “{release.slug}” is not the file's name",
            path=release.path or path.name,
            hint=f"rename the file to {release.slug}{path.suffix}, or take the slug out",
        )
    if release.language not in project.settings.languages:  # en-GB, say, where there is only en
        release = replace(release, language=release.language.partition("-")[0])
    if release.language not in project.settings.languages:
        raise SourceError(
            f"written in “{release.language}”, which is not a language of this newsroom",
            path=release.path or path.name,
            hint="add it to languages in workflow.toml, or mend language:",
        )
    return release


def language_of(project: Project, sources: Sources, slug: str) -> str:
    """The language a release is written in; the newsroom's own for one that is gone."""
    path = sources.files.get(slug)
    return load(project, path).language if path else project.settings.source_language


def source_named(project: Project, name: str) -> Path:
    """The source that a person at the keyboard names. Raises `UsageError` where there is none."""
    file = file_named(project, name)
    if file not in list_sources(project).files.values():
        shown = file.relative_to(project.root.resolve()).as_posix()
        raise UsageError(f"no release {shown}", hint="workflow status lists them")
    return file


def file_named(project: Project, name: str) -> Path:
    """A file of the newsroom, named from its folder or from where the person stands.

    Raises `UsageError` for one that is outside.
    """
    root = project.root.resolve()
    tries = [(folder / name).resolve() for folder in (root, Path.cwd())]
    file = next((path for path in tries if path.is_file()), tries[0])
    if not file.is_relative_to(root):
        raise UsageError(f"“{name}” is outside the newsroom", hint=f"it is in {root.name}/")
    return project.root / file.relative_to(root)


def releases(project: Project, sources: Sources) -> Iterator[Release | WorkflowError]:
    """Every release, or in its place the reason why it cannot be read."""
    for path in sources.files.values():
        try:
            yield load(project, path)
        except WorkflowError as fault:
            yield fault


def once(faults: Iterable[WorkflowError]) -> tuple[WorkflowError, ...]:
    """Without those that say again what was said: a file may have been needed twice."""
    return tuple({str(fault): fault for fault in faults}.values())


def refuse_kept(
    project: Project,
    place: Path,
    *,
    names: tuple[str, ...] = ("locales",),
    hint: str = "write the file somewhere else",
) -> None:
    """Raise `UsageError` for a place in one of the folders ``names`` of the newsroom."""
    for name in names:
        if place.resolve().is_relative_to((project.root / name).resolve()):
            raise UsageError(f"{name}/ is for what the newsroom keeps itself", hint=hint)


def secret(release: Release) -> str:
    """Why a file with words of ``release`` is not for everybody; empty when it is."""
    if release.embargo:
        return f"under embargo until {release.embargo}"
    if release.confidential:
        return "confidential"
    return "" if release.status == "usable" else f"its release is {release.status}"


def _duplicate(project: Project, path: Path, other: Path) -> SourceError:
    return SourceError(
        f"the slug “{path.stem}” is taken by {other.name}",
        path=path.relative_to(project.root).as_posix(),
        hint="rename one of the two; until then neither is used",
    )
