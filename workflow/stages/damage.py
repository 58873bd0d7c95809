"""Two versions of a catalogue → what a tool did to it that no translator meant.

PO tools rewrite what they do not understand: OmegaT takes every fuzzy mark away, Babel turns the
previous source into comments, gettext drops unknown flags, others sort, re-wrap or re-head a file.
Each leaves a trace that a person's work does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from workflow.languages import Language
from workflow.model import Catalog, State, Unit

_MANY = 3  # units: below that it may be somebody's decision
_SHARE = 0.5

_Pair = tuple[Unit, Unit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One thing that a tool did, and what mends it."""

    what: str
    mend: str
    line: int = 0
    """Where it shows first; 0 for the file as a whole."""


def damage(before: Catalog, after: Catalog, rules: Language) -> tuple[Damage, ...]:
    """What happened to the catalogue as a file. ``before`` is the version to be trusted."""
    old = {(unit.source, unit.key): unit for unit in before.units}
    by_source = {unit.source: unit for unit in before.units}
    pairs = [
        (found, unit)
        for unit in after.units
        if (found := old.get((unit.source, unit.key)) or by_source.get(unit.source))
    ]
    restore = f"git restore {after.path}, then bring in the new translations again"
    looks: Sequence[Callable[[], Iterator[Damage]]] = (
        lambda: _header(before, after, rules),
        lambda: _emptied(pairs, restore),
        lambda: _accepted_at_once(pairs, restore),
        lambda: _forgotten(pairs),
        lambda: _copied(pairs),
        lambda: _keys(pairs),
        lambda: _sorted_anew(pairs),
        lambda: _obsolete(before, after, restore),
    )
    return tuple(found for look in looks for found in look())


def _header(before: Catalog, after: Catalog, rules: Language) -> Iterator[Damage]:
    old, new = dict(before.header), dict(after.header)
    if old and not new:
        yield Damage(what="the header is gone", mend="workflow sync writes a new one", line=1)
        return
    lost = [name for name in old if name not in new]
    if lost:
        what = f"header fields are gone: {', '.join(lost)}"
        yield Damage(what=what, mend="put them back: " + _fields(old, lost), line=1)
    forms = new.get("plural-forms", "").rstrip("; ")
    if forms and forms not in (
        rules.plural_forms.rstrip("; "),
        old.get("plural-forms", "").rstrip("; "),
    ):
        mend = f"Plural-Forms: {rules.plural_forms}"
        yield Damage(what=f"Plural-Forms was changed to {forms}", mend=mend, line=1)
    for name, told in (("content-type", "the charset"), ("language", "the language")):
        if old.get(name) and new.get(name) and old[name].lower() != new[name].lower():
            what = f"{told} was changed from {old[name]} to {new[name]}"
            yield Damage(what=what, mend="save the file with its old header", line=1)


def _fields(header: dict[str, str], names: Sequence[str]) -> str:
    return "; ".join(f"{name.title()}: {header[name]}" for name in names)


def _emptied(pairs: Sequence[_Pair], restore: str) -> Iterator[Damage]:
    lost = [new for old, new in pairs if old.target and not new.target]
    if len(lost) > 1:  # one may be somebody's decision
        what = f"{_units(lost)} lost the translation"
        yield Damage(what=what, mend=restore, line=lost[0].target_line)


def _accepted_at_once(pairs: Sequence[_Pair], restore: str) -> Iterator[Damage]:
    doubtful = [(old, new) for old, new in pairs if old.state is State.TRANSLATED and new.target]
    gone = [new for old, new in doubtful if not new.fuzzy and new.target == old.target]
    if len(gone) >= _MANY and len(gone) > _SHARE * len(doubtful):
        what = (
            f"{len(gone)} of {len(doubtful)} fuzzy marks are gone, the translations under them "
            "unchanged: nobody seems to have read them"
        )
        yield Damage(what=what, mend=restore, line=gone[0].target_line)


def _forgotten(pairs: Sequence[_Pair]) -> Iterator[Damage]:
    lost = [
        new
        for old, new in pairs
        if old.fuzzy and new.fuzzy and old.previous_source and not new.previous_source
    ]
    if lost:
        what = f"{_units(lost)} lost the previous source (#|)"
        yield Damage(what=what, mend="the old source is in git diff", line=lost[0].line)


def _copied(pairs: Sequence[_Pair]) -> Iterator[Damage]:
    copies = [
        new
        for old, new in pairs
        if new.target == new.source != old.target and any(map(str.isalpha, new.source))
    ]
    if len(copies) >= _MANY:
        what = f"in {_units(copies)} the translation is a copy of the source"
        yield Damage(what=what, mend="empty them", line=copies[0].target_line)


def _keys(pairs: Sequence[_Pair]) -> Iterator[Damage]:
    altered = [new for old, new in pairs if old.key.partition(".")[0] != new.key.partition(".")[0]]
    if altered:
        what = f"{_units(altered)} lost or changed the key (msgctxt)"
        yield Damage(what=what, mend="workflow sync puts them back", line=altered[0].line)


def _sorted_anew(pairs: Sequence[_Pair]) -> Iterator[Damage]:
    lines = [old.line for old, _ in pairs]
    texts = [new.source for _, new in pairs]
    keys = [new.key for _, new in pairs]
    is_sorted = any(
        len(names) > _MANY and names in (sorted(names), sorted(names, reverse=True))
        for names in (texts, keys)
    )
    if lines != sorted(lines) and is_sorted:  # a paragraph that was moved sorts nothing
        yield Damage(what="the units are in another order", mend="workflow sync puts them back")


def _obsolete(before: Catalog, after: Catalog, restore: str) -> Iterator[Damage]:
    kept = {unit.target for unit in (*after.obsolete, *after.units)}
    back = {unit.source for unit in after.units}
    lost = [
        unit
        for unit in before.obsolete
        if unit.target and unit.target not in kept and unit.source not in back
    ]
    if lost:
        yield Damage(what=f"{_units(lost)} kept as obsolete (#~) are gone", mend=restore)


def _units(units: Sequence[Unit]) -> str:
    return "1 unit" if len(units) == 1 else f"{len(units)} units"
