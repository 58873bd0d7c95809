"""The glossary: a forbidden term is never used, a concept of the source is named in the target."""

from collections.abc import Iterable, Sequence

from workflow.model import Concept, ConceptStatus, Severity, Term, TermStatus
from workflow.plugins import Check, Example, Finding, Pair
from workflow.terminology.evidence import evidence
from workflow.terminology.matching import Found, find_terms, finder_of, named, preferred
from workflow.terminology.rules import BANNED
from workflow.terminology.suggestion import Suggestion, approved, suggest


def _find(pair: Pair) -> Iterable[Finding]:
    theirs = find_terms(pair.target.plain, pair.concepts, pair.target_language)
    by_id = finder_of(pair.concepts, pair.target_language).concepts
    banned = [found for found in theirs if found.term.status in BANNED]
    for found in banned:
        yield _forbidden(found, by_id[found.concept], pair)
    if pair.source_language.tag == pair.target_language.tag:
        return
    met = named(theirs)
    for name, wanted in _places(pair).items():
        if met[name] >= len(wanted):
            continue
        term = preferred(by_id[name], pair.target_language.tag)
        if term is not None:
            bare = [f for f in theirs if f.concept == name and f.is_bare]
            yield _missing(wanted, by_id[name], term, pair, seen=met[name], bare=bare)


def _places(pair: Pair) -> dict[str, list[Found]]:
    """Where the source names each concept, in the order of the first places."""
    places: dict[str, list[Found]] = {}
    for found in find_terms(pair.source.plain, pair.concepts, pair.source_language):
        places.setdefault(found.concept, []).append(found)
    return places


def _forbidden(found: Found, concept: Concept, pair: Pair) -> Finding:
    text = pair.target.plain
    right = approved(concept, pair.target_language.tag, found.term)
    advice, better = "", Suggestion(start=found.start, end=found.end)
    if right is not None:
        better = _better(found, right, pair)
        advice = f"; use “{right.text}”"
        if better.form and not better.text:
            advice = f"; use “{better.form}”, and see what stands beside it"
    written = text[found.start : found.end]
    return Finding(
        about=concept.id,
        message=f"“{written}” is {found.term.status} for “{concept.id}”{advice}",
        start=better.start,
        end=better.end,
        suggestion=better.text,
        severity=_severity(concept, is_hard=found.term.status is TermStatus.FORBIDDEN),
        evidence=evidence(written, found.term, found.features),
    )


def _missing(
    ours: Sequence[Found],
    concept: Concept,
    term: Term,
    pair: Pair,
    *,
    seen: int,
    bare: Sequence[Found],
) -> Finding:
    """A term that may inflect is advice: a pronoun, or a form we do not know, may stand for it.

    ``ours`` are the places in the source, of which the first ``seen`` are taken to be met; in
    ``bare`` the target has the term without its possessive."""
    told = f"stands {seen} times for {len(ours)}" if seen else "is not found"
    is_hard = not seen and (term.keep or term.match == "exact")
    better = _better(bare[0], bare[0].term, pair) if bare else Suggestion(start=0, end=0)
    source = pair.source.plain
    unmet = [evidence(source[f.start : f.end], f.term, f.features) for f in ours[seen:]]
    return Finding(
        about=ours[0].concept,
        message=f"“{ours[0].term.text}” of the source: “{term.text}” {told}",
        severity=_severity(concept, is_hard=is_hard),
        start=better.start,
        end=better.end,
        suggestion=better.text,
        source_start=ours[seen].start,
        source_end=ours[seen].end,
        evidence="; ".join(dict.fromkeys(unmet)),
    )


def _better(found: Found, term: Term, pair: Pair) -> Suggestion:
    return suggest(
        found,
        term,
        pair.target.plain,
        language=pair.target_language,
        concepts=pair.concepts,
    )


def _severity(concept: Concept, *, is_hard: bool) -> Severity:
    """What the house has not reviewed yet holds nothing back."""
    is_hard = is_hard and concept.status is not ConceptStatus.UNREVIEWED
    return Severity.MAJOR if is_hard else Severity.MINOR


CHECK = Check(
    name="terms",
    severity=Severity.MAJOR,
    about="The glossary's forbidden terms are not used, and its preferred ones are.",
    find=_find,
    good=(
        Example(
            source="The operation ended.",
            target="Завершение операции объявлено.",
            terms={"en": ("operation",), "ru": ("операция",)},
        ),
        Example(
            source="CSTO staff",
            target="ҰҚШҰ-ның қызметкерлері",
            language="kk",
            terms={"en": ("CSTO",), "kk": ("ҰҚШҰ",)},
        ),
        Example(
            source="the secretariat's staff",
            target="катчылыгынын кызматкерлери",
            language="ky",
            terms={"en": ("secretariat",), "ky": ("катчылык",)},
        ),
    ),
    bad=(
        Example(
            source="The operation ended.",
            target="Все завершено.",
            terms={"en": ("operation",), "ru": ("операция",)},
        ),
        Example(
            source="The CSTO met, and the CSTO spoke.",
            target="ҰҚШҰ жиналып, сөйледі.",
            language="kk",
            terms={"en": ("CSTO",), "kk": ("ҰҚШҰ",)},
        ),
        Example(
            source="the state",
            target="в Киргизии",
            terms={"en": ("state",), "ru": ("Кыргызстан", "!Киргизия")},
        ),
        Example(
            source="the secretary",
            target="хатшылықта",
            language="kk",
            terms={"en": ("secretary",), "kk": ("хатшы",)},
        ),
    ),
)
