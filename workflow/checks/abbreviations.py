"""Abbreviations that a release never spells out, and that neither glossary nor reader knows."""

import re
from collections.abc import Iterable, Iterator

from workflow.languages import Language
from workflow.model import Severity
from workflow.plugins import Finding, Pair, Whole, WholeCheck, WholeExample
from workflow.terminology.matching import find_terms
from workflow.terminology.words import words_of

_LETTERS = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
_FOUND = re.compile(
    rf"(?<![\w.@#/’'-])(?P<name>[{_LETTERS}]{{2,7}})"
    r"(?:s|['’]s|-?[а-яёәғқңөұүһі]{1,10})?(?![\w@/]|[-.’']\w)"
)
_DATELINE = re.compile(rf"\W*(?:[{_LETTERS}-]{{2,}}\s){{1,3}}[{_LETTERS}-]{{2,}}(?=[\s,(.–—-])")
_TOWN = re.compile(rf"[{_LETTERS}]\w+,\s\Z")
_ROMAN = re.compile("[IVXLCMХ]+")
_BETWEEN = 200  # characters: as long as the words in brackets may be
_NEAR = 40  # characters before an abbreviation
_LOUD = 6  # letters: an abbreviation is shorter than that, a word in capitals is not


def _find(whole: Whole) -> Iterable[Finding]:
    found = [
        (pair, matches)
        for pair in whole.pairs
        if (matches := [m for m in _FOUND.finditer(pair.target.plain) if not _is_known(m, whole)])
    ]
    if not found:
        return
    words = [[word.text for word in words_of(pair.target.plain)] for pair in whole.pairs]
    small = {word for each in words for word in each if not word.isupper()}
    initials = [_initials(each, whole.language) for each in words]
    told: set[str] = set()
    for pair, matches in found:
        for match in _unexplained(pair, matches, whole, small):
            name = match["name"]
            if name not in told and not _is_spelt(name, whole, initials):
                told.add(name)
                yield Finding(
                    key=pair.unit.key,
                    message=f"“{name}” is nowhere spelt out, and is not in the glossary",
                    start=match.start("name"),
                    end=match.end("name"),
                )


def _is_known(found: re.Match[str], whole: Whole) -> bool:
    """Whether every reader knows it, or it is no abbreviation but a word or a number."""
    name = found["name"]
    lower = name.lower()
    guards, rules = whole.language.guards, whole.language.sentences
    return (
        name in whole.language.well_known
        or lower in whole.language.common | rules.openers | rules.never_open
        or any(kind.fullmatch(lower) for kind in (guards.modal, guards.negation, guards.quantifier))
        or _ROMAN.fullmatch(name) is not None
    )


def _unexplained(
    pair: Pair, matches: list[re.Match[str]], whole: Whole, small: set[str]
) -> Iterator[re.Match[str]]:
    """Those of a unit that are no words in capitals and that the glossary does not have.

    ``small``: the words of the release that have small letters.
    """
    text = pair.target.plain
    dateline = _DATELINE.match(text)
    begin = dateline.end() if dateline else 0
    left = [m for m in matches if m.start() >= begin and not _is_word(m, text, small)]
    if not left or _is_loud(text):
        return
    terms = find_terms(text, whole.concepts, whole.language)
    for match in left:
        if not any(term.start <= match.start() < term.end for term in terms):
            yield match


def _is_word(found: re.Match[str], text: str, small: set[str]) -> bool:
    """Whether it stands where words are in capitals, or names a place or a speaker."""
    name = found["name"]
    before, behind = text[: found.start()], text[found.end() :]
    beside = (*before.split()[-1:], *behind.split()[:1])
    return (
        not small.isdisjoint((name.lower(), name.capitalize()))
        or (len(name) == 2 and _TOWN.search(before[-_NEAR:]) is not None)  # "Boston, MA"
        or (not before and behind.startswith(":"))  # who speaks
        or any(map(_is_shouted, beside))
    )


def _is_shouted(word: str) -> bool:
    letters = "".join(filter(str.isalpha, word))
    return len(letters) >= _LOUD and letters.isupper()


def _is_loud(text: str) -> bool:
    words = [word.text for word in words_of(text)]
    return sum(map(str.isupper, words)) * 2 > len(words)


def _is_spelt(name: str, whole: Whole, initials: list[tuple[str, str]]) -> bool:
    """Whether brackets or the first letters of some words tell what an abbreviation is."""
    bracketed = re.compile(
        rf"\w[»”\"’]?\s\(\s?[«“\"]?{name}(?!\w)|(?<!\w){name}\w*\s\([^\W\d_]+[\s-][^()]{{2,{_BETWEEN}}}\)"
    )
    if any(bracketed.search(pair.target.plain) for pair in whole.pairs):
        return True
    return any(name in all_of_them or name in main for all_of_them, main in initials)


def _initials(words: list[str], language: Language) -> tuple[str, str]:
    """The first letters of the words of a unit, and of those that are no small words."""
    parts = [part for word in words for part in word.split("-") if part]
    parts = [part for part in parts if len(part) == 1 or not part.isupper()]
    main = [part for part in parts if part.lower() not in language.common]
    return _first_letters(parts), _first_letters(main)


def _first_letters(words: list[str]) -> str:
    return "".join(word[0].upper() for word in words)


CHECK = WholeCheck(
    name="abbreviations",
    severity=Severity.MINOR,
    about="An abbreviation is never spelt out in the release and is not in the glossary.",
    find=_find,
    good=(
        WholeExample(texts=("The ICH met", "The International Coordination Headquarters spoke.")),
        WholeExample(texts=("The ATC met", "The Anti-Terrorism Centre (ATC) spoke.")),
        WholeExample(texts=("EAG observers", "Experts of the EAG came."), terms=("EAG",)),
        WholeExample(texts=("News for TV", "FOR IMMEDIATE RELEASE", "Part III has begun.")),
        WholeExample(texts=("АҚШ-та", "АҚШ-тың өкілдері келді."), language="kk"),
    ),
    bad=(
        WholeExample(texts=("The ICH met", "The members of the ICH spoke.")),
        WholeExample(texts=("Заседание", "Представители МКШ выступили."), language="ru"),
        WholeExample(texts=("Отырыс", "ХҚШ-ның мүшелері сөз сөйледі."), language="kk"),
    ),
)
