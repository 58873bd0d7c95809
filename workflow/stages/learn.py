"""Accepted wordings → terms that the house uses and its glossary does not know.

A phrase is proposed for a concept when translators wrote it again and again where the source names
the concept and the target has none of its terms, and hardly ever elsewhere (`recurring`). A
forbidden term is proposed when people waived it again and again, and what translators put in the
place of a term when they corrected it again and again (`rewordings`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workflow.languages import Language
from workflow.model import Concept, TermStatus
from workflow.stages.recurring import Phrase, Recurring, beginnings, common_words, recurring
from workflow.stages.rewordings import Rewording
from workflow.stages.wordings import Wording, waivers_of
from workflow.terminology.citation import citation_of
from workflow.terminology.rules import BANNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A unit that speaks for a proposal."""

    path: str
    line: int
    target: str
    who: str = ""
    """Who waived or corrected it; empty where nobody did, or nobody knows."""
    when: str = ""
    reason: str = ""
    """What was said when it was waived."""
    before: str = ""
    """The term that stood there until it was corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change of the glossary that what people did speaks for."""

    concept: Concept
    language: str
    term: str
    wish: TermStatus
    """What it should be."""
    evidence: tuple[Evidence, ...]
    others: int = 0
    """Units where it stands and the source does not name the concept, or its term stands too."""
    status: TermStatus | None = None
    """What the glossary says of it now, where it knows it."""


def learn(
    wordings: Sequence[Wording],
    concepts: Sequence[Concept],
    language: Language,
    *,
    least: int,
    rewordings: Sequence[Rewording] = (),
) -> tuple[Proposal, ...]:
    """The proposals for one language, in the order of the glossary.

    ``least`` is how often a phrase has to be seen; a waiver counts as one more time.
    """
    found: list[Proposal] = []
    common = common_words(wordings)
    for concept in concepts:
        ours = [one for one in rewordings if one.concept == concept.id]
        found.extend(_pardoned(wordings, concept, language, least))
        corrected = list(_corrected(ours, concept, language, least))
        found.extend(corrected)
        known = {proposal.term.lower() for proposal in corrected}
        lacking = [one for one in wordings if concept.id in one.lacking]
        while len(lacking) > 1:
            phrase = recurring(lacking, wordings, concept, language, common=common, least=least)
            if phrase is None:
                break
            if phrase.term.lower() not in known:
                found.append(_recurring(phrase, concept, language))
            lacking = [one for one in lacking if one not in phrase.units]
    return tuple(found)


def _pardoned(
    wordings: Sequence[Wording], concept: Concept, language: Language, least: int
) -> Iterator[Proposal]:
    """Terms that the glossary forbids and people let stand."""
    for term in concept.terms_in(language.tag):
        units = tuple(
            one
            for one in wordings
            if (concept.id, term.text) in one.banned and waivers_of(one, concept.id)
        )
        if len(units) >= least:
            yield Proposal(
                concept=concept,
                language=language.tag,
                term=term.text,
                wish=TermStatus.ADMITTED,
                evidence=tuple(_evidence(one, concept) for one in units),
                status=term.status,
            )


def _corrected(
    rewordings: Sequence[Rewording], concept: Concept, language: Language, least: int
) -> Iterator[Proposal]:
    """What stands in the place of a term; or the term itself, where another of its concept does.

    A rewording of what is forbidden into what is known is what the glossary wants already.
    """
    yielding: dict[str, list[Rewording]] = {}
    coming: dict[tuple[str, Phrase], list[Rewording]] = {}
    for one in rewordings:
        if one.known is None:
            coming.setdefault((one.before.text, beginnings(one.after)), []).append(one)
        elif one.known.status not in BANNED and one.before.status not in BANNED:
            yielding.setdefault(one.before.text, []).append(one)
    for found in coming.values():
        forms = Counter(one.after for one in found)
        term, covered = citation_of(tuple(form for form, _ in forms.most_common()), language)
        units = [one for one in found if one.after in covered]
        if len(units) >= least:
            yield _of_rewordings(units, concept, language, " ".join(term), TermStatus.ADMITTED)
    for text, found in yielding.items():
        if len(found) >= least:
            yield _of_rewordings(found, concept, language, text, TermStatus.DEPRECATED)


def _of_rewordings(
    found: Sequence[Rewording],
    concept: Concept,
    language: Language,
    term: str,
    wish: TermStatus,
) -> Proposal:
    return Proposal(
        concept=concept,
        language=language.tag,
        term=term,
        wish=wish,
        status=found[0].before.status if wish is TermStatus.DEPRECATED else None,
        evidence=tuple(
            Evidence(
                path=one.path,
                line=one.line,
                target=one.target,
                who=one.who,
                when=one.when,
                before=one.before.text,
            )
            for one in found
        ),
    )


def _recurring(phrase: Recurring, concept: Concept, language: Language) -> Proposal:
    return Proposal(
        concept=concept,
        language=language.tag,
        term=phrase.term,
        wish=TermStatus.ADMITTED,
        evidence=tuple(_evidence(one, concept) for one in phrase.units),
        others=phrase.others,
    )


def _evidence(one: Wording, concept: Concept) -> Evidence:
    place = Evidence(path=one.path, line=one.line, target=one.target)
    waivers = waivers_of(one, concept.id)
    if not waivers:
        return place
    last = waivers[-1]
    return replace(place, who=last.who, when=last.when, reason=last.reason)
