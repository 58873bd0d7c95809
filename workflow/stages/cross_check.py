"""Pages together → issues: links that lead nowhere, translations that do not name each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from workflow.model import Issue, Severity
from workflow.stages.verify import Facts

_DEFAULT = "x-default"


def cross_check(facts: Mapping[str, Facts], files: Collection[str]) -> tuple[Issue, ...]:
    """What is wrong between pages, by path.

    ``facts`` are those of the pages to be checked and of all they are `bound_to`; ``files`` are the
    paths of everything in the site.
    """
    return tuple(
        Issue(check="page", severity=Severity.MAJOR, message=message, path=path)
        for path in sorted(facts)
        for message in (
            *_dead_links(facts[path], facts, files),
            *_one_sided(path, facts[path], facts, files),
        )
    )


def open_ends(facts: Mapping[str, Facts], files: Collection[str]) -> dict[str, Facts]:
    """The pages that cannot be checked without others: what they name is neither here nor, where a
    path is enough, in ``files``."""
    return {
        path: fact
        for path, fact in facts.items()
        if any(other not in facts for _, other in fact.languages)
        or any(other not in (facts if place else files) for other, place in fact.links)
    }


def bound_to(facts: Mapping[str, Facts]) -> frozenset[str]:
    """The other pages that have to be known to check these: what they share a text with."""
    named = {path for fact in facts.values() for _, path in fact.languages}
    within = {path for fact in facts.values() for path, place in fact.links if place}
    return frozenset((named | within) - set(facts))


def _dead_links(fact: Facts, facts: Mapping[str, Facts], files: Collection[str]) -> Iterable[str]:
    dead = {path for path, _ in fact.links if path not in files}
    yield from (f"a link leads to {path}, which is not in the site" for path in sorted(dead))
    for path, place in sorted(fact.links):
        if place and path in facts and place not in facts[path].ids:
            yield f"a link leads to {path}#{place}, and there is no such place"


def _one_sided(
    path: str, fact: Facts, facts: Mapping[str, Facts], files: Collection[str]
) -> Iterable[str]:
    if not fact.languages:
        return
    if all(other != path for _, other in fact.languages):
        yield "hreflang names other languages, and not the page itself"
    counts = Counter(tag for tag, _ in fact.languages)
    yield from (f"hreflang names {tag} more than once" for tag in sorted(counts) if counts[tag] > 1)
    for tag, other in fact.languages:
        if other not in files:
            yield f"hreflang {tag} leads to {other}, which is not in the site"
        elif tag != _DEFAULT and other in facts and not _names(facts[other], path):
            yield f"hreflang {tag} leads to {other}, which does not lead back"


def _names(fact: Facts, path: str) -> bool:
    return any(other == path for _, other in fact.languages)
