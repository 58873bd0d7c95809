"""Title, date and section of a text that does not state them. What is not there is not made up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.dates import find_date
from workflow.languages import Language
from workflow.languages.sentences import sentences
from workflow.model import Block

LONGEST_TITLE = 90
"""A derived headline is cut at a word before this many letters."""

_SHORTEST = 25

_BREAKS = {
    "en": "in on at by for from with whether that which who whom where when while as after before "
    "during under over against between about into through including because",
    "ru": "в во на с со по для от из о об при к ко у за над под что который которая которое "
    "которые где когда чтобы как после перед между включая",
}
"""Words that begin a phrase a headline can do without; the cut is made before one."""

_DANGLING = {
    "en": "a an the of to and or but its their his her this these in on at by for from with",
    "ru": "и а но или не в во на с со по для от из о об при к ко у за",
    "kk": "және мен бен пен",
    "ky": "жана менен",
}
"""Words that cannot be the last of a headline."""

_SECTIONS: tuple[tuple[str, str], ...] = (
    (
        "interviews",
        r"\binterview|\btold\b.{0,60}\b(?:agency|correspondent|newspaper|journalist|reporter)"
        r"|интервью|рассказал\w* (?:корреспондент|журналист|агентств)|сұхбат|\bмаек",
    ),
    (
        "statements",
        r"\b(?:I|I'm|I’m|my|My)\b|\b(?:Allow|Let) me\b|\bЯ\b|\bПозвольте\b|\bБлагодарю\b",
    ),
    ("operations", r"(?i:\boperations?\b|\bопераци)"),
    (
        "events",
        r"(?i:\bmeetings?\b|\bmet with\b|\btook part\b|\bvisit(?:ed)?\b|\bconference\b|\bsession\b"
        r"|\bround table|\bsummit\b|\bbriefing\b|встре[чт]|приня\w* участие|визит|заседани"
        r"|конференц|круглый стол|саммит|брифинг|кездес|жиналыс|қатыс|жолуг|жыйын|катыш)",
    ),
)
"""Section → what its texts say in the title and the first sentences; the first that fits."""

ELSE = "news"

_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"|„[^„“]*“|‘[^‘’]*’|\([^()]*\)")
_APPOSITION = re.compile(
    r"\A(?P<name>(?:[^\W\d_][\w.’'-]*\s){1,3}[^\W\d_][\w.’'-]*),\s[^,.;:]{3,120},\s(?=[^\W\d_])"
)
_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date that was found in a text."""

    date: dt.date
    line: int
    is_guess: bool
    """It stands far from the beginning, and may be about something else."""


def first_sentences(blocks: Sequence[Block], rules: Language, count: int = 2) -> Iterator[Block]:
    """The first sentences, each as a block of its own with the line of its block."""
    for block in blocks:
        for start, end in sentences(block.text.plain, rules):
            if not count:
                return
            count -= 1
            yield Block(
                kind=block.kind,
                text=type(block.text)(block.text.plain[start:end]),
                line=block.line,
            )


def date_of(title: str, blocks: Sequence[Block], rules: Language, *, line: int) -> Dated | None:
    """The first whole date in the title or the first two sentences; else anywhere, as a guess."""
    found = find_date(title, rules.tag)
    if found:
        return Dated(date=found[0], line=line, is_guess=False)
    for part, is_guess in ((first_sentences(blocks, rules), False), (blocks, True)):
        for block in part:
            found = find_date(block.text.plain, rules.tag)
            if found:
                return Dated(date=found[0], line=block.line, is_guess=is_guess)
    return None


def section_of(title: str, blocks: Sequence[Block], rules: Language) -> str:
    """The section whose words come first in the table; what is quoted says nothing."""
    said = [title, *(block.text.plain for block in first_sentences(blocks, rules))]
    text = _QUOTED.sub(" ", " ".join(said))
    return next((name for name, words in _SECTIONS if re.search(words, text)), ELSE)


def headline_of(text: str, rules: Language) -> str:
    """A headline made of the first sentence's own words, in their order; words only go.

    The date it opens with and an apposition after a name are left out; a long sentence ends
    before a phrase it can do without.
    """
    spans = sentences(text, rules)
    sentence = text[slice(*spans[0])] if spans else text.strip()
    sentence = " ".join(_without_date(sentence, rules).split()).rstrip(".… ").lstrip(".,;… ")
    sentence = sentence[:1].upper() + sentence[1:]
    if len(sentence) > LONGEST_TITLE:
        sentence = _APPOSITION.sub(r"\g<name> ", sentence)
    if len(sentence) > LONGEST_TITLE:
        sentence = _shortened(sentence, rules.tag)
    return sentence


def _without_date(sentence: str, rules: Language) -> str:
    """ "On 25 July 2024, staff …" → "staff …"; "Moscow, 25 July 2024 — Staff …" → "Staff …"."""
    found = find_date(sentence[:100], rules.tag)
    if not found:
        return sentence
    before, after = sentence[: found[1]].strip(), sentence[found[2] :]
    opens = len(before) <= 3 and re.match(r"\s*,\s*", after)
    dateline = len(before) <= 40 and re.match(r"\s*[–—-]\s+", after)
    end = opens or dateline
    return after[end.end() :] if end and len(after) > _SHORTEST else sentence


def _shortened(sentence: str, tag: str) -> str:
    base = tag.partition("-")[0]
    breaks = frozenset(_BREAKS.get(base, "").split())
    quoted = [match.span() for match in _QUOTED.finditer(sentence)]
    ends = [
        word.start()
        for word in _WORD.finditer(sentence)
        if _SHORTEST <= word.start() <= LONGEST_TITLE + 1
        and not any(start < word.start() < end for start, end in quoted)
        and (word[0].casefold() in breaks or sentence[: word.start()].rstrip().endswith((",", ";")))
    ]
    end = ends[-1] if ends else sentence.rfind(" ", 0, LONGEST_TITLE + 1)
    return _firm(sentence[: end if end > 0 else LONGEST_TITLE], _DANGLING.get(base, ""))


def _firm(headline: str, dangling: str) -> str:
    """Without punctuation and small words at the end."""
    small = frozenset(dangling.split())
    headline = headline.rstrip(' ,;:–—-(“«"‘')
    before, space, last = headline.rpartition(" ")
    if space and last.casefold() in small:
        return _firm(before, dangling)
    return headline
