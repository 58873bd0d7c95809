"""A foreign release as a format read it → the release without what is not its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workflow.model import Block, BlockKind, Issue, Release, Severity
from workflow.plugins import Reading
from workflow.stages.boilerplate import is_remain
from workflow.stages.split import section_of
from workflow.stages.suspect import suspect


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A release, the remains that were left out, and what looks wrong."""

    release: Release
    dropped: tuple[tuple[int, str], ...]
    issues: tuple[Issue, ...]


def clean(
    reading: Reading, *, path: str, default_language: str, boilerplate: Sequence[str] = ()
) -> Cleaned:
    """Drop remains at the edges of the body, and the house's boilerplate anywhere."""
    release = reading.release
    blocks = list(release.blocks)
    dropped: list[Block] = []
    while blocks and _is_remain(blocks[-1], boilerplate):
        dropped.insert(0, blocks.pop())
    leading: list[Block] = []
    while blocks and _is_remain(blocks[0], boilerplate):
        leading.append(blocks.pop(0))
    inner = [block for block in blocks if boilerplate and _is_own(block, boilerplate)]
    blocks = [block for block in blocks if block not in inner]
    title = " ".join(release.title.split())
    words = " ".join([title, *(block.text.plain for block in blocks[:2])])
    cleaned = replace(
        release,
        title=title,
        language=release.language or default_language,
        section=release.section or section_of(words),
        blocks=tuple(blocks),
    )
    issues = [*reading.issues, *suspect(cleaned, path=path)]
    if not blocks and not any(issue.check == "import-body" for issue in issues):
        issues.append(
            Issue(
                check="import-body",
                severity=Severity.MINOR,
                message="no text below the title: is the rest of it elsewhere?",
                path=path,
                line=1,
            )
        )
    gone = [*leading, *inner, *dropped]
    return Cleaned(
        release=cleaned,
        dropped=tuple((block.line, block.text.plain) for block in gone),
        issues=tuple(issues),
    )


def _is_remain(block: Block, boilerplate: Sequence[str]) -> bool:
    kinds = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING)
    has_image = "\N{OBJECT REPLACEMENT CHARACTER}" in block.text.plain
    return block.kind in kinds and not has_image and is_remain(block.text.plain, boilerplate)


def _is_own(block: Block, boilerplate: Sequence[str]) -> bool:
    flat = " ".join(block.text.plain.split()).casefold()
    return flat in {" ".join(line.split()).casefold() for line in boilerplate}
