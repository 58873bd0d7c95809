"""One thing under two names within a release."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from workflow.model import Severity, Term, TermStatus
from workflow.plugins import Finding, Pair, Whole, WholeCheck, WholeExample
from workflow.terminology.matching import Found, find_terms
from workflow.terminology.words import Word, words_of

_NAMES = (TermStatus.PREFERRED, TermStatus.ADMITTED)
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*|\S+\.[^\W\d_]{2,}\S*")

_Place = tuple[Pair, int, int]


def _find(whole: Whole) -> Iterable[Finding]:
    found = tuple(_of_concepts(whole))
    yield from found
    told = {(one.key, one.start, one.end) for one in found}
    yield from (one for one in _of_spelling(whole) if (one.key, one.start, one.end) not in told)


def _of_concepts(whole: Whole) -> Iterator[Finding]:
    """Terms of one concept that stand for each other: two abbreviations, or two full names."""
    met: dict[tuple[str, bool], dict[str, list[tuple[Pair, Found]]]] = defaultdict(dict)
    for pair in whole.pairs:
        for found in find_terms(pair.target.plain, whole.concepts, whole.language):
            if found.term.status in _NAMES and found.term.match != "regex":
                kind = met[found.concept, found.term.abbreviation]
                kind.setdefault(found.term.text, []).append((pair, found))
    for (concept, _), names in met.items():
        places = list(names.values())
        usual = max(places, key=len)
        for other in places:
            pair, found = other[0]
            if other is not usual and not _shortens(found.term, usual[0][1].term):
                yield Finding(
                    key=pair.unit.key,
                    about=concept,
                    message=f"“{found.term.text}” here, “{usual[0][1].term.text}” elsewhere: "
                    "one thing has one name in a release",
                    start=found.start,
                    end=found.end,
                )


def _shortens(one: Term, other: Term) -> bool:
    """Whether one name is a part of the other: "the Secretariat" for "the CSTO Secretariat"."""
    ours, theirs = ({word.lower for word in words_of(term.text)} for term in (one, other))
    return ours <= theirs or theirs <= ours


def _of_spelling(whole: Whole) -> Iterator[Finding]:
    """Words with a hyphen that elsewhere are one word or, where they are names, two."""
    hyphened: dict[str, _Place] = {}
    joined: dict[str, _Place] = {}
    counts: Counter[str] = Counter()
    for pair in whole.pairs:
        words = words_of(_ADDRESS.sub(_blank, pair.target.plain))
        for word in words:
            into = hyphened if "-" in word.text else joined
            into.setdefault(word.lower, (pair, word.start, word.end))
            counts[word.lower] += 1
        for one, two in _names_apart(words, pair.target.plain):
            joined.setdefault(f"{one.text} {two.text}", (pair, one.start, two.end))
            counts[f"{one.text} {two.text}"] += 1
    for name, (pair, start, end) in hyphened.items():
        written = pair.target.plain[start:end]
        others = [name.replace("-", ""), " ".join(written.split("-"))]
        for other in filter(joined.__contains__, others):
            rare = (pair, start, end) if counts[name] <= counts[other] else joined[other]
            usual = joined[other] if counts[name] <= counts[other] else (pair, start, end)
            yield _two_spellings(rare, usual)


def _names_apart(words: list[Word], text: str) -> Iterator[tuple[Word, Word]]:
    for one, two in pairwise(words):
        if one.text[:1].isupper() and two.text[:1].isupper() and text[one.end : two.start] == " ":
            yield one, two


def _two_spellings(rare: _Place, usual: _Place) -> Finding:
    (pair, start, end), (other, begin, stop) = rare, usual
    return Finding(
        key=pair.unit.key,
        message=f"“{pair.target.plain[start:end]}” here, "
        f"“{other.target.plain[begin:stop]}” elsewhere",
        start=start,
        end=end,
    )


def _blank(found: re.Match[str]) -> str:
    return "·" * len(found[0])


CHECK = WholeCheck(
    name="names",
    severity=Severity.MINOR,
    about="One thing has two names in a release, or one name is spelt in two ways.",
    find=_find,
    good=(
        WholeExample(
            texts=("The CSTO met", "The Collective Security Treaty Organization met."),
            terms=("CSTO", "Collective Security Treaty Organization"),
        ),
        WholeExample(
            texts=("The CSTO Secretariat", "The Secretariat of the CSTO spoke."),
            terms=("CSTO Secretariat", "Secretariat"),
        ),
        WholeExample(texts=("Long-term plans", "They last for a long term.")),
    ),
    bad=(
        WholeExample(
            texts=("The Kyrgyz Republic signed", "Kyrgyzstan signed on Monday."),
            terms=("Kyrgyz Republic", "Kyrgyzstan"),
        ),
        WholeExample(
            texts=("ЦАРИКЦ сообщил", "В САРИКЦ подтвердили."),
            language="ru",
            terms=("ЦАРИКЦ", "САРИКЦ"),
        ),
        WholeExample(texts=("A sub-regional operation", "The subregional operation ended.")),
        WholeExample(texts=("Channel-Perekhvat", "Operation Channel Perekhvat has ended.")),
    ),
)
