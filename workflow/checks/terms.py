"""The glossary: a forbidden term is never used, a concept of the source is named in the target."""

from collections import Counter
from collections.abc import Iterable

from workflow.model import Concept, ConceptStatus, Severity, Term, TermStatus
from workflow.plugins import Check, Example, Finding, Pair
from workflow.terminology.matching import Found, find_terms, preferred

_BANNED = (TermStatus.FORBIDDEN, TermStatus.DEPRECATED)


def _find(pair: Pair) -> Iterable[Finding]:
    theirs = find_terms(pair.target.plain, pair.concepts, pair.target_language)
    by_id = {concept.id: concept for concept in pair.concepts}
    banned = [found for found in theirs if found.term.status in _BANNED]
    for found in banned:
        yield _forbidden(found, by_id[found.concept], pair)
    if pair.source_language.tag == pair.target_language.tag:
        return
    ours = find_terms(pair.source.plain, pair.concepts, pair.source_language)
    named = Counter(found.concept for found in theirs if not found.is_bare)
    for name, wanted in Counter(found.concept for found in ours).items():
        term = preferred(by_id[name], pair.target_language.tag)
        if term is not None and named[name] < wanted:
            first = next(found for found in ours if found.concept == name)
            yield _missing(first, by_id[name], term, seen=named[name], wanted=wanted)


def _forbidden(found: Found, concept: Concept, pair: Pair) -> Finding:
    right = preferred(concept, pair.target_language.tag)
    written = pair.target.plain[found.start : found.end]
    advice = f"; use “{right.text}”" if right else ""
    return Finding(
        about=concept.id,
        message=f"“{written}” is {found.term.status} for “{concept.id}”{advice}",
        start=found.start,
        end=found.end,
        suggestion=right.text if right and written == found.term.text else "",
        severity=_severity(concept, is_hard=found.term.status is TermStatus.FORBIDDEN),
    )


def _missing(found: Found, concept: Concept, term: Term, *, seen: int, wanted: int) -> Finding:
    """A term that may inflect is advice: a pronoun, or a form we do not know, may stand for it."""
    told = f"stands {seen} times for {wanted}" if seen else "is not found"
    is_hard = not seen and (term.keep or term.match == "exact")
    return Finding(
        about=found.concept,
        message=f"“{found.term.text}” of the source: “{term.text}” {told}",
        severity=_severity(concept, is_hard=is_hard),
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
