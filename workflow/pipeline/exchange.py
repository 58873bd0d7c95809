"""``workflow exchange``: catalogues out to translators as files, and the files back in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workflow.errors import CatalogError, ExchangeError, SourceError, UsageError, WorkflowError
from workflow.model import Catalog, Issue, Severity, State
from workflow.pipeline.foreign import read_bytes
from workflow.pipeline.newsroom import language_of, list_sources, load, secret
from workflow.plugins import Exchange, Returned, discover
from workflow.stages.hand_out import hand_out
from workflow.stages.take_back import Fate, Outcome, take_back
from workflow.stores.catalogs import catalog_path, list_catalogs, read_catalog, write_catalog
from workflow.stores.files import write_atomic
from workflow.stores.project import Project

FOLDER = "exchange"
"""Where files go when nobody says where; relative to the project."""

_CHECK = "take-back"
_EXCERPT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOutReport:
    """What went out."""

    written: tuple[Path, ...] = ()
    finished: tuple[str, ...] = ()
    """Releases with no open unit; no file was made for them."""
    warnings: tuple[str, ...] = ()
    """Files that must not fall into wrong hands, and why."""
    faults: tuple[WorkflowError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackReport:
    """What came back."""

    counts: Mapping[Fate, int]
    written: tuple[str, ...] = ()
    """Catalogues that changed, relative to the project."""
    issues: tuple[Issue, ...] = ()
    faults: tuple[WorkflowError, ...] = ()

    @property
    def exit_code(self) -> int:
        """2: a file could not be used; 1: a unit was held."""
        return 2 if self.faults else int(bool(self.counts.get(Fate.HELD)))


def exchanges() -> dict[str, Exchange]:
    """The formats by name."""
    found: dict[str, Exchange] = discover("workflow.exchange", "EXCHANGE")
    return found


def hand_out_files(
    project: Project,
    tag: str,
    format_name: str,
    *,
    only: tuple[str, ...] = (),
    output: Path | None = None,
    is_open_only: bool = False,
) -> HandOutReport:
    """Write one file for each release. A file that holds words nobody has taken back stays."""
    exchange = _exchange(format_name)
    sources = list_sources(project, only=only)
    folder = output or project.root / FOLDER
    faults: list[WorkflowError] = list(sources.faults)
    written, finished, warnings = [], [], []
    for path in sources.files.values():
        try:
            release = load(project, path)
            if release.language == tag:
                continue
            catalog = _catalog(project, tag, release.slug)
            handout = hand_out(catalog, source_language=release.language, is_open_only=is_open_only)
            if not handout.units:
                finished.append(release.slug)
                continue
            file = folder / f"{release.slug}.{tag}{exchange.suffixes[0]}"
            _put(file, exchange.write(handout), catalog)
        except UsageError:
            raise  # an extra that is not installed: the next file will not find it either
        except WorkflowError as fault:
            faults.append(fault)
            continue
        written.append(file)
        if why := secret(release):
            warnings.append(f"{file}: {why}; keep it safe")
    return HandOutReport(
        written=tuple(written),
        finished=tuple(finished),
        warnings=tuple(warnings),
        faults=tuple(faults),
    )


def take_back_files(
    project: Project, paths: Sequence[Path], *, dry_run: bool = False, is_accepted: bool = False
) -> TakeBackReport:
    """Merge files into their catalogues, unit by unit; taking one back twice changes nothing.

    ``is_accepted``: a person vouches for every target, whatever the file says of its state.
    """
    sources = list_sources(project)
    counts = dict.fromkeys(Fate, 0)
    written: dict[str, None] = {}
    issues: list[Issue] = []
    faults: list[WorkflowError] = []
    for path in paths:
        try:
            returned = read_returned(path)
            catalog = _home(project, returned)
            after, outcomes = take_back(catalog, _vouched(returned) if is_accepted else returned)
            _refuse_strange(returned, outcomes)
            if after != catalog:
                if not dry_run:
                    source_language = language_of(project, sources, catalog.slug)
                    write_catalog(project.root, after, source_language=source_language)
                written[catalog.path] = None
        except UsageError:
            raise  # an extra that is not installed: the next file will not find it either
        except WorkflowError as fault:
            faults.append(fault)
            continue
        for outcome in outcomes:
            counts[outcome.fate] += 1
        issues.extend(_issue(outcome, returned.path) for outcome in outcomes if outcome.remark)
    return TakeBackReport(
        counts=counts, written=tuple(written), issues=tuple(issues), faults=tuple(faults)
    )


def read_returned(path: Path) -> Returned:
    """What a file says, by the format that claims it. Raises `ExchangeError` or `StoreError`."""
    shown = path.as_posix()
    known = exchanges().values()
    candidates = [one for one in known if path.suffix.lower() in one.suffixes]
    if not candidates:
        suffixes = sorted({suffix for one in known for suffix in one.suffixes})
        what = "no exchange format reads this kind of file" if path.exists() else "no such file"
        raise ExchangeError(what, path=shown, hint=f"known: {', '.join(suffixes)}")
    try:
        data = read_bytes(path)
    except SourceError as fault:
        hint = "it is not one that was exported"
        raise ExchangeError(fault.what, path=shown, hint=hint) from None
    for one in candidates:
        if one.claims(data, shown):
            return one.read(data, shown)
    names = " or ".join(one.name for one in candidates)
    raise ExchangeError(f"not {names}", path=shown, hint="export the file anew")


def _exchange(name: str) -> Exchange:
    known = exchanges()
    if name not in known:
        hint = f"known: {', '.join(sorted(known))}"
        raise UsageError(f"no exchange format “{name}”", hint=hint)
    return known[name]


def _catalog(project: Project, tag: str, slug: str) -> Catalog:
    catalog = read_catalog(project.root, tag, slug)
    if catalog is None:
        what = "there is no catalogue yet"
        raise CatalogError(what, path=catalog_path(tag, slug), hint="workflow sync")
    return catalog


def _home(project: Project, returned: Returned) -> Catalog:
    """The catalogue that the file belongs to. What the file says is only looked up, never used."""
    said = returned.language.replace("_", "-").casefold()
    known = {tag.casefold(): tag for tag in project.settings.languages}
    tag = known.get(said) or known.get(said.partition("-")[0])
    if tag is None:
        what = f"language “{returned.language}”" if said else "it does not say its language"
        hint = f"this newsroom has {', '.join(known.values())}; the name may say <slug>.<tag>"
        raise ExchangeError(what, path=returned.path, hint=hint)
    slug = returned.slug
    if slug not in list_catalogs(project.root, tag):
        what = f"no catalogue “{slug[:_EXCERPT]}” in {tag}"
        raise ExchangeError(what, path=returned.path, hint="workflow status lists the releases")
    return _catalog(project, tag, slug)


def _refuse_strange(returned: Returned, outcomes: Sequence[Outcome]) -> None:
    """A file of which nothing fits is one of another release."""
    if not returned.units:
        raise ExchangeError("has no units", path=returned.path, hint="export the file anew")
    if outcomes and all(outcome.is_strange for outcome in outcomes):
        what = f"none of its texts is in “{returned.slug}”: nothing was taken"
        raise ExchangeError(what, path=returned.path, hint="is it a file of another release?")


def _vouched(returned: Returned) -> Returned:
    units = tuple(replace(unit, state=State.REVIEWED) for unit in returned.units)
    return replace(returned, units=units)


def _put(file: Path, data: bytes, catalog: Catalog) -> None:
    """Write a file, unless one stands there with words that the catalogue has not."""
    if file.exists() and not _is_taken_back(file, data, catalog):
        raise ExchangeError(
            "is there already, with something that the catalogue has not",
            path=file.as_posix(),
            hint=f"take it back first: workflow exchange import {file.name}; or delete it",
        )
    write_atomic(file, data)


def _is_taken_back(file: Path, data: bytes, catalog: Catalog) -> bool:
    try:
        if file.read_bytes() == data:
            return True
        after, outcomes = take_back(catalog, read_returned(file))
    except (OSError, WorkflowError):
        return False
    return after == catalog and all(outcome.fate is not Fate.HELD for outcome in outcomes)


def _issue(outcome: Outcome, path: str) -> Issue:
    message = outcome.remark
    if outcome.fate is Fate.HELD and (outcome.ours or outcome.theirs):
        message += f"; kept: “{_short(outcome.ours)}”; came back: “{_short(outcome.theirs)}”"
    return Issue(
        check=_CHECK,
        severity=Severity.MAJOR if outcome.fate is Fate.HELD else Severity.MINOR,
        message=message,
        path=path,
        line=outcome.line,
        key=outcome.key,
    )


def _short(text: str) -> str:
    return " ".join(text.split())
