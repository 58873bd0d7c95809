"""Release × catalogue → the release in another language, as a `Release` like any other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workflow.markup import cut, format_text, join, parse_text
from workflow.model import Catalog, Release, Segment, Text, Unit
from workflow.stages.segment import SUMMARY, TITLE


def assemble(
    release: Release, segments: Sequence[Segment], catalog: Catalog, *, draft: bool = False
) -> Release:
    """``release`` with its targets in place.

    A unit counts when a person accepted it (in a draft: when it has a target). A segment without
    one keeps its source words, and its block is named in ``Release.untranslated``.
    """
    targets = {
        unit.key: unit for unit in catalog.units if unit.is_accepted or (draft and unit.target)
    }
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
        blocks=blocks,
        untranslated=frozenset(_missing(segments, targets)),
    )


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


def _missing(segments: Iterable[Segment], targets: Mapping[str, Unit]) -> Iterable[int]:
    return (segment.block for segment in segments if _target(segment, targets) is None)


def _target(segment: Segment, targets: Mapping[str, Unit]) -> Unit | None:
    """The unit of a segment, if it is a translation of the text as it is now."""
    unit = targets.get(segment.key)
    return unit if unit is not None and unit.source == format_text(segment.text) else None
