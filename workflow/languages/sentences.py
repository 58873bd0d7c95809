"""Where sentences end: one small engine, the rules of a language being data.

Input is one block of a release, never a page: a heading or list item needs no full stop.
A quotation inside a sentence is kept whole; a paragraph that is one long quotation is cut like
any other, so that a translator gets sentences and the memory can use them.
"""

from __future__ import annotations

import re

from workflow.languages import Language, SentenceRules

_CANDIDATE = re.compile(
    r"(?P<mark>[.!?…]+)(?P<closers>[\"'”’»“)\]]*)(?:(?P<space>\s+)|(?=[^\W\d_]))"
)
_WORD_BEFORE = re.compile(r"(?:(?<![^\W\d_])-?(?:[^\W\d_]{1,2}\.\s?)*[^\W\d_]+|№)\Z")
_NUMBER_BEFORE = re.compile(r"(?:\d|\b[IVXLC]+)[\s-]*\Z")
_LIST_MARK = re.compile(r"\s*(?:\d{1,3}|[^\W\d_])\Z")
_WORD_AFTER = re.compile(r"[\"'“‘«„(\[—–\-\s]*(\w+)")
_QUOTATIONS = (("“", "”"), ("«", "»"), ("„", "“"))
_LONGEST_QUOTATION = 600  # characters; beyond it a lost closing mark is likelier than a quotation


def sentences(text: str, language: Language) -> list[tuple[int, int]]:
    """Spans of the sentences of one block; what lies between them is white space only."""
    start = len(text) - len(text.lstrip())
    end_of_text = len(text.rstrip())
    spans: list[tuple[int, int]] = []
    quotations = _embedded_quotations(text)
    for found in _CANDIDATE.finditer(text, start, end_of_text):
        end = found.end("closers")
        if end >= end_of_text or any(a < found.start() and end < b for a, b in quotations):
            continue
        if _is_boundary(text, found, start, language.sentences):
            spans.append((start, end))
            start = found.end()
    if start < end_of_text:
        spans.append((start, end_of_text))
    return spans


def _is_boundary(text: str, found: re.Match[str], start: int, rules: SentenceRules) -> bool:
    before, after = text[start : found.start()], text[found.end() :]
    word = _WORD_AFTER.match(after)
    opens = word[1] if word else ""
    if not found["space"]:
        return _is_glued(before, found["mark"], found["closers"], after)
    if opens[:1].islower() or not before.strip() or not any(map(str.isalnum, before)):
        return False
    if found["mark"] != "." or found["closers"]:
        return True
    if start == 0 and _LIST_MARK.fullmatch(before):
        return False
    left = _WORD_BEFORE.search(before)
    if left is None:
        return True
    return _ends(left[0], before[: left.start()], opens, rules)


def _ends(abbreviation: str, before: str, opens: str, rules: SentenceRules) -> bool:
    """Whether "abbreviation." ends its sentence, ``opens`` being the word after it."""
    name = re.sub(r"\s", "", abbreviation)
    short = name.lower()
    follows_number = _NUMBER_BEFORE.search(before) is not None
    if opens[:1].isdigit() and short in rules.binds_number:
        return False
    if follows_number and short in rules.after_number:
        return True
    last = short.rpartition(".")[2]
    if {short, last} & rules.never_ends or (short in rules.after_number and len(short) == 1):
        return False
    if short in rules.may_end:
        return opens[:1].isupper() and not _names_a_body(name, opens)
    return not _is_initial(name)


def _names_a_body(name: str, opens: str) -> bool:
    """U.S. Security Council: capitals with stops before a capital that is no usual opener."""
    return name.isupper() and "." in name and opens not in _OPENERS


_OPENERS = frozenset({"The", "In", "On", "At", "It", "He", "She", "They", "This", "A", "An", "We"})


def _is_initial(name: str) -> bool:
    """A., A.I, Yu, Kh, Дж: one capital, or a capital and a small letter, alone or in a row."""
    return all(
        part[:1].isupper() and (len(part) == 1 or (len(part) == 2 and part in _TWO_LETTERS))
        for part in name.split(".")
    )


_TWO_LETTERS = frozenset({"Yu", "Ya", "Kh", "Zh", "Sh", "Ch", "Ts", "Дж", "Ён", "Чо"})


def _is_glued(before: str, mark: str, closers: str, after: str) -> bool:
    """A missing space: "completed.The talks"."""
    return (
        mark == "."
        and not closers
        and re.search(r"[^\W\d_]{3}\Z", before) is not None
        and before[-3:].islower()
        and re.match(r"[^\W\d_]{2}", after) is not None
        and after[0].isupper()
        and after[1].islower()
    )


def _embedded_quotations(text: str) -> list[tuple[int, int]]:
    """Quotations that a sentence goes on after: “A. B.” said X; X: «А. Б», — сказал Y."""
    spans = []
    for opening, closing in _QUOTATIONS:
        at = text.find(opening)
        while at >= 0:
            end = text.find(closing, at + 1)
            if end < 0:
                break
            rest = text[end + 1 :].lstrip(" \u00a0,—–-")
            if end - at <= _LONGEST_QUOTATION and (
                rest[:1].islower() or text[end + 1 : end + 2] == ","
            ):
                spans.append((at, end + 1))
            at = text.find(opening, end + 1)
    return spans
