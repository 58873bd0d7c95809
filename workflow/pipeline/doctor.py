"""``workflow doctor``: what is missing or wrong here, each with what mends it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from workflow.dates.moments import parse_moment
from workflow.errors import UsageError, WorkflowError
from workflow.languages import language
from workflow.model import ConceptStatus
from workflow.pipeline.leaks import leaks
from workflow.pipeline.memory import reach_server
from workflow.pipeline.newsroom import list_sources, load
from workflow.pipeline.session import engine_options
from workflow.plugins import Engine, discover
from workflow.settings import KEY_HINT
from workflow.stores.catalogs import list_catalogs, read_catalog
from workflow.stores.files import TEMPORARY
from workflow.stores.git import has_driver, is_repository
from workflow.stores.glossary import read_glossary
from workflow.stores.project import Project, open_project
from workflow.stores.templates import missing_strings, read_theme

_ROOM = 200 * 1024 * 1024  # bytes that a build of a few thousand pages may want


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that was looked at."""

    about: str
    what: str
    mend: str = ""
    """The command that mends it; empty when all is well."""
    serious: bool = False
    """Work stops on it; otherwise it is only worth knowing."""


def doctor(where: Path) -> tuple[Remark, ...]:
    """Look at the machine, then at the newsroom. Never fails."""
    remarks = list(_machine())
    try:
        project = open_project(where)
    except WorkflowError as fault:
        mend = fault.hint or "mend the file"
        return (*remarks, Remark(about="newsroom", what=str(fault), mend=mend, serious=True))
    settings = project.settings
    remarks.append(
        Remark(about="newsroom", what=f"{settings.name}: {', '.join(settings.languages)}")
    )
    for look in (
        _address,
        _disk,
        _history,
        _keys,
        _sources,
        _catalogs,
        _glossary,
        _theme,
        _memory,
        _engine,
    ):
        try:
            remarks.extend(look(project))
        except WorkflowError as fault:
            remarks.append(
                Remark(
                    about=look.__name__.strip("_"), what=str(fault), mend=fault.hint, serious=True
                )
            )
    return tuple(remarks)


def _machine() -> Iterator[Remark]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Remark(about="python", what=version)
    if shutil.which("git"):
        yield Remark(about="git", what="found")
    else:
        yield Remark(about="git", what="not found: history is up to you", mend="apt install git")
    try:
        parse_moment("2024-07-25T10:00 Asia/Almaty")
    except UsageError as fault:
        what = f"an embargo cannot name its zone: {fault.what}"
        yield Remark(about="clock", what=what, mend="pip install -U tzdata")
    for module, extra, what in (
        ("mammoth", "docx", "DOCX sources cannot be read"),
        ("deep_translator", "engines", "google, mymemory and microsoft cannot be asked"),
    ):
        if importlib.util.find_spec(module):
            yield Remark(about=extra, what=f"{module} found")
        else:
            yield Remark(about=extra, what=what, mend=f'pip install "workflow[{extra}]"')


def _address(project: Project) -> Iterator[Remark]:
    if not project.settings.site_url:
        yield Remark(
            about="site",
            what="no address: no feeds, sitemaps, canonical links or previews",
            mend='say where it will be: site_url = "https://…" in workflow.toml, [newsroom]',
        )
    elif urlsplit(project.settings.site_url).path:
        yield Remark(
            about="site",
            what="robots.txt is read at the root of a host only",
            mend=f"name {project.settings.site_url}/sitemap.xml in the robots.txt of the host",
        )


def _disk(project: Project) -> Iterator[Remark]:
    free = shutil.disk_usage(project.root).free
    if free < _ROOM:
        yield Remark(
            about="disk", what=f"{free // 2**20} MB free", mend="make room", serious=free < 2**24
        )
    for name in ("sources", "locales"):
        folder = project.root / name
        if not folder.is_dir():
            yield Remark(about=name, what="no such folder", mend=f"mkdir {name}", serious=True)
        elif not os.access(folder, os.W_OK):
            yield Remark(about=name, what="may not be written", mend=f"chmod u+w {name}")
    strays = sorted(project.root.glob(f"locales/**/.*{TEMPORARY}"))
    for stray in strays:
        yield Remark(about="disk", what="a file that was never finished", mend=f"rm {stray.name}")


def _history(project: Project) -> Iterator[Remark]:
    if is_repository(project.root) and not has_driver(project.root):
        yield Remark(
            about="git",
            what="this clone merges catalogues line by line",
            mend="workflow merge-driver --install",
        )


def _keys(project: Project) -> Iterator[Remark]:
    for leak in leaks(project):
        what = f"{leak.path}:{leak.line}: a key of {leak.whose} stands in git"
        mend = KEY_HINT
        if not leak.line:
            what = f"{leak.path} is in git, where everybody with a clone reads its keys"
            mend = f"git rm --cached {leak.path}, put it into .gitignore, have new keys issued"
        yield Remark(about="keys", what=what, mend=mend, serious=True)


def _sources(project: Project) -> Iterator[Remark]:
    sources = list_sources(project)
    faults = list(sources.faults)
    for path in sources.files.values():
        try:
            load(project, path)
        except WorkflowError as fault:
            faults.append(fault)
    for found in faults:
        yield Remark(about="sources", what=str(found), mend="mend the file", serious=True)
    yield Remark(about="sources", what=f"{len(sources.files)} releases")


def _catalogs(project: Project) -> Iterator[Remark]:
    slugs = set(list_sources(project).files)
    for tag in project.settings.languages:
        found = list_catalogs(project.root, tag)
        for slug in found:
            try:
                catalog = read_catalog(project.root, tag, slug)
            except WorkflowError as fault:
                yield Remark(about=tag, what=str(fault), mend="mend the file", serious=True)
                continue
            wanted = language(tag).plural_forms
            found_forms = dict(catalog.header).get("plural-forms", "") if catalog else wanted
            if found_forms.rstrip("; ") != wanted.rstrip("; "):
                yield Remark(
                    about=tag,
                    what=f"locales/{tag}/releases/{slug}.po: Plural-Forms is not that of CLDR",
                    mend=f"put this into its header: Plural-Forms: {wanted}",
                )
            if slug not in slugs:
                yield Remark(
                    about=tag,
                    what=f"locales/{tag}/releases/{slug}.po has no release",
                    mend=f"git rm locales/{tag}/releases/{slug}.po, or bring the release back",
                )
        missing = slugs - set(found)
        if missing:
            yield Remark(
                about=tag, what=f"{len(missing)} releases without a catalogue", mend="workflow sync"
            )
        else:
            yield Remark(about=tag, what=f"{len(found)} catalogues")


def _glossary(project: Project) -> Iterator[Remark]:
    concepts = read_glossary(project.root, project.settings.languages)
    for concept in concepts:
        bare = [tag for tag in project.settings.languages if not concept.terms_in(tag)]
        if bare and concept.status is ConceptStatus.REVIEWED:
            yield Remark(
                about="glossary",
                what=f"{concept.id} has no term in {', '.join(bare)}",
                mend=f"add it: locales/glossary.toml, line {concept.line}",
            )
    yield Remark(about="glossary", what=f"{len(concepts)} concepts")


def _theme(project: Project) -> Iterator[Remark]:
    read_theme(project.root, project.settings)
    for tag, count in missing_strings(project.root, project.settings).items():
        yield Remark(
            about="theme",
            what=f"{count} strings are not translated into {tag}",
            mend=f"translate locales/{tag}/site.po",
        )
    yield Remark(about="theme", what="can be read")


def _memory(project: Project) -> Iterator[Remark]:
    settings = project.settings
    if settings.memory_url:
        reached = reach_server(project, settings.source_language, "")
        what = reached.lost or "the shared memory answers"
        yield Remark(about="memory", what=what, mend="[memory] url" if reached.lost else "")


def _engine(project: Project) -> Iterator[Remark]:
    settings = project.settings
    named = dict.fromkeys((*settings.engines, *sum(settings.pairs.values(), ())))
    if not named:
        yield Remark(about="engine", what="none configured: memory only")
    known: Mapping[str, Engine] = discover("workflow.engines", "ENGINE")
    source = settings.source_language
    for name in named:
        if name not in known:
            mend = f"[engine] order in workflow.toml; known: {', '.join(sorted(known))}"
            yield Remark(about="engine", what=f"unknown “{name}”", mend=mend, serious=True)
            continue
        options = engine_options(settings, name)
        others = [tag for tag in settings.languages if tag != source]
        missing = [known[name].ready(options, source=source, target=tag) for tag in others]
        fault = "" if not all(missing) or not missing else missing[0]
        yield Remark(about="engine", what=f"{name}: {fault or 'is ready'}", mend=fault)
