"""Release × catalogue → the release in another language, as a `Release` like any other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workflow.markup import cut, format_text, join, parse_text
from workflow.model import Catalog, Passage, Release, Segment, State, Text, Unit, Withdrawal
from workflow.stages.segment import FIRST_CORRECTION, SUMMARY, TITLE, WITHDRAWAL


def assemble(
    release: Release,
    segments: Sequence[Segment],
    catalog: Catalog,
    *,
    draft: bool = False,
    units: bool = False,
) -> Release:
    """``release`` with its targets in place.

    A unit counts when a person accepted it (in a draft: when it has a target). A segment without
    one keeps its source words; its block is named in ``Release.untranslated``, and its words in
    ``Release.passages`` where the rest of the block is translated. With ``units``, every unit is
    one of the passages, and is named.
    """
    targets = _targets(catalog, draft=draft)
    places: dict[int, list[Segment]] = defaultdict(list)
    for segment in segments:
        places[segment.block].append(segment)
    blocks = tuple(
        replace(block, text=_text(block.text, places[index], targets))
        for index, block in enumerate(release.blocks)
    )
    return replace(
        release,
        language=catalog.language,
        original=release.language,
        title=_text(Text(release.title), places[TITLE], targets).plain,
        summary=_text(Text(release.summary), places[SUMMARY], targets).plain,
        corrections=tuple(
            replace(one, note=_text(Text(one.note), places[FIRST_CORRECTION - n], targets).plain)
            for n, one in enumerate(release.corrections)
        ),
        blocks=blocks,
        untranslated=frozenset(one.block for one in segments if _target(one, targets) is None),
        passages=tuple(
            passage
            for block in sorted(places)
            for passage in _passages(release, block, places[block], targets, units=units)
        ),
    )


def tombstone(release: Release, segments: Sequence[Segment], catalog: Catalog) -> Release:
    """What is left of a withdrawn ``release``: the notice in its language, and none of its words.

    The note is empty where nobody has accepted a target of it; the source language needs none.
    """
    said = release.withdrawn or Withdrawal()
    targets = _targets(catalog, draft=False)
    units = [_target(one, targets) for one in segments if one.block == WITHDRAWAL]
    note = said.note if catalog.language == release.language else ""
    if units and units[0]:
        note = parse_text(units[0].target).plain
    return Release(
        slug=release.slug,
        title="",
        language=catalog.language,
        original=release.language,
        withdrawn=replace(said, note=note),
    )


def share_accepted(segments: Sequence[Segment], catalog: Catalog) -> float:
    """How much of a release has an accepted target: 0 to 1, by units."""
    targets = _targets(catalog, draft=False)
    accepted = sum(_target(segment, targets) is not None for segment in segments)
    return accepted / len(segments) if segments else 1.0


def source_text(release: Release, block: int) -> Text:
    """The title, the summary, a note or a block."""
    if block >= 0:
        return release.blocks[block].text
    if block <= FIRST_CORRECTION:
        return Text(release.corrections[FIRST_CORRECTION - block].note)
    said = {TITLE: release.title, SUMMARY: release.summary}
    return Text(said.get(block) or (release.withdrawn or Withdrawal()).note)


def passages_in(release: Release, block: int) -> tuple[Passage, ...]:
    """What is left in the source language of a block that is translated in part, or its units."""
    return tuple(passage for passage in release.passages if passage.block == block)


def is_left(release: Release, block: int) -> bool:
    """Whether the whole block is left in the source language."""
    return block in release.untranslated and not passages_in(release, block)


def own_summary(release: Release) -> str:
    """The summary where all of it is in the language of the release; else nothing."""
    return "" if SUMMARY in release.untranslated else release.summary


def _targets(catalog: Catalog, *, draft: bool) -> dict[str, Unit]:
    return {unit.key: unit for unit in catalog.units if unit.is_accepted or (draft and unit.target)}


def _text(source: Text, segments: Iterable[Segment], targets: Mapping[str, Unit]) -> Text:
    pieces = []
    at = 0
    for segment in segments:
        unit = _target(segment, targets)
        pieces.append(cut(source, at, segment.start))
        pieces.append(parse_text(unit.target) if unit else segment.text)
        at = segment.end
    pieces.append(cut(source, at, len(source.plain)))
    return join(pieces)


def _passages(
    release: Release,
    block: int,
    segments: Sequence[Segment],
    targets: Mapping[str, Unit],
    *,
    units: bool,
) -> Iterable[Passage]:
    """All ``units`` of a block, or what is left of one that is translated in part."""
    placed = tuple(_placed(segments, targets))
    if units:
        return placed
    if all(passage.is_left for passage in placed):
        return ()
    return _left(source_text(release, block), segments, placed)


def _placed(segments: Iterable[Segment], targets: Mapping[str, Unit]) -> Iterator[Passage]:
    """Where the units of a block are once it is assembled."""
    shift = 0  # how much further on the assembled text is
    for segment in segments:
        unit = _target(segment, targets)
        start = segment.start + shift
        if unit is not None:
            shift += len(parse_text(unit.target).plain) - (segment.end - segment.start)
        yield Passage(
            block=segment.block,
            start=start,
            end=segment.end + shift,
            unit=segment.key,
            state=unit.state if unit is not None else State.INITIAL,
        )


def _left(
    source: Text, segments: Sequence[Segment], placed: Sequence[Passage]
) -> Iterable[Passage]:
    """Those in the source language. Neighbours that only white space keeps apart are one."""
    found: list[Passage] = []
    at = 0  # the end of the last one, in the source
    for segment, passage in zip(segments, placed, strict=True):
        if not passage.is_left:
            continue
        if found and not source.plain[at : segment.start].strip():
            found[-1] = replace(found[-1], end=passage.end)
        else:
            found.append(replace(passage, unit=""))
        at = segment.end
    return found


def _target(segment: Segment, targets: Mapping[str, Unit]) -> Unit | None:
    """The unit of a segment, if it is a translation of the text as it is now."""
    unit = targets.get(segment.key)
    return unit if unit is not None and unit.source == format_text(segment.text) else None
