"""Where sentences end: one small engine, the rules of a language being data.

Input is one block of a release, never a page: a heading or list item needs no full stop.
A quotation inside a sentence is kept whole (see ``quotations``); a paragraph that is one long
quotation is cut like any other, so that a translator gets sentences and the memory can use them.

One expression finds the candidates, each of which is decided by the word on its left and what
follows on its right. Every such look is bounded, so that time grows with the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.languages import Language, SentenceRules
from workflow.languages.abbreviations import Following, ends
from workflow.languages.lists import items
from workflow.languages.quotations import Kept

# Every alternative begins with one class of characters, which is what makes the scan fast; a run
# of marks always matches as a whole, so that no run is looked at twice.
_MARK = re.compile(
    r"""
    [.!?…:;](?:                                               # a run of marks, also ". . ."
      (?<![.!?…].)(?<![:;])[.!?…]*+(?:\s[.!?…]++(?![^\W_]))*+
      |(?<=\s[:;])-?[()]++(?=\s))                             # or a smiley
    (?P<closers>
      (?:["'”’»“)\]}>*_`]|\s[»”)\]](?=[\s.,]|\Z)|\s[^\w\s]{1,2}\s?[.…](?=\s|\Z))*+
    [.…]*+)
    (?:\s?\[[\w,…–.-]{1,4}\]|\s?\([\d*….]{1,3}\)(?=\s|\Z)     # notes: [12], […], (*), ¹
      |[²³¹⁰⁴-⁹\x02]|(?<=[^\W\d_]\.|[)\]]\.)\d{1,2}(?=\s[^\W\d_])
      |\s?[\u2600-\u26ff\u2763\u2764\u2800\u2b50\U0001f000-\U0001faff\ufe0f\u200d]
      |\s?[:;]-?[()D](?=\s|\Z))*+                             # smileys
    (?P<space>\s*+)
    """,
    re.VERBOSE,
)
_WINDOW = 40  # characters before a mark that decide whether it ends a sentence
_LIST_MARK = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[IVXLC]+)\Z")
_LIST_MARK_LENGTH = 8
_LETTERS_OR_DIGITS = re.compile(r"[^\W_]")
_WORD = re.compile(r"\w+")
_GOES_ON = frozenset(",;:/%)]&+=|")  # after white space: no sentence begins like this
_LINK = re.compile(r"@\w|https?://|www\.")
_ADDRESS = re.compile(r"[@/]|www\.|(?:Com|Org|Net|Gov|Edu|Info)\b")
_BRACKETED = re.compile(r"\([^\W\d_]+\Z")


def sentences(text: str, language: Language) -> list[tuple[int, int]]:
    """Spans of the sentences of one block; what lies between them is white space only."""
    rules = language.sentences
    return [span for start, end in items(text) for span in _sentences(text, start, end, rules)]


def _sentences(text: str, start: int, end: int, rules: SentenceRules) -> Iterator[tuple[int, int]]:
    """The sentences of one item of a block."""
    begin, word = start, -1
    kept: Kept | None = None
    for found in _MARK.finditer(text, start, end):
        after = found.end()
        if after >= end or not _ends(text, found, begin, rules):
            continue
        at, space = found.start(), found.start("space")
        if word < begin:
            first = _LETTERS_OR_DIGITS.search(text, begin, end)
            word = first.start() if first else end
        if word > at:
            continue  # a stray mark, not yet a sentence
        kept = kept or Kept(text, start, end)
        if not kept.hold(at, space):
            yield begin, space
            begin = after
    yield begin, end


def _ends(text: str, found: re.Match[str], begin: int, rules: SentenceRules) -> bool:
    """Whether a mark ends the sentence that began at ``begin``: first the way most of them do."""
    at, after = found.span()
    opens = text[after]
    if found.start("space") == after:
        return opens.isupper() and _ends_without_space(text, found, begin, rules)
    if opens in _GOES_ON:
        return False
    if after - at == 2 and text[at] == ".":
        if opens.isupper() and _is_plain(text, begin, at, rules):
            return True
        if opens.islower() and not _is_special(text, after, after):
            return _is_slip(text, begin, at, rules)
    return _ends_after_a_look(text, found, begin, rules)


def _is_plain(text: str, begin: int, at: int, rules: SentenceRules) -> bool:
    """Whether the word before a full stop is an ordinary one."""
    least = max(begin, at - _WINDOW)
    word = text[max(least, text.rfind(" ", least, at) + 1) : at]
    return len(word) > 2 and word.isalpha() and word.lower() not in rules.known


def _is_special(text: str, at: int, word: int) -> bool:
    """A word that opens a sentence though its first letter is small: iPhone, @name, www."""
    return text[word + 1 : word + 2].isupper() or _LINK.match(text, at) is not None


def _is_slip(text: str, begin: int, at: int, rules: SentenceRules) -> bool:
    """Whether a sentence ended though a small letter follows: a slip, or one who saves capitals."""
    if not rules.sure_endings or not _is_plain(text, begin, at, rules):
        return False
    if text[at - 1] in rules.sure_endings and text[max(begin, at - 4) : at].isalpha():
        return True
    following = _WORD.match(text, at + 2)
    return following is not None and following[0] in rules.lower_openers


def _ends_after_a_look(text: str, found: re.Match[str], begin: int, rules: SentenceRules) -> bool:
    """Whether a mark before white space ends a sentence where that is not plain to see."""
    at, after, closers = found.start(), found.end(), found["closers"]
    window = text[max(begin, at - _WINDOW) : at]
    if at - begin <= _LIST_MARK_LENGTH and _LIST_MARK.match(window):
        return False
    following = Following(text, after)
    mark = text[at : found.start("closers")]
    if mark != "." and window[window.rfind(" ") + 1 :].lower() + mark in rules.names:
        return following.opens(rules)
    if following.word[:1].islower() and not _is_special(text, after, following.start):
        return mark[0] in "?!" and not closers and following.start == after
    if mark != ".":
        is_pause = mark[0] in ".…" and window[-1:].isspace()
        return not (is_pause and following.word.lower() in rules.capitals)
    if closers and not (closers == ")" and _BRACKETED.search(window)):
        return True
    return ends(window, at - begin <= _WINDOW, following, rules)


def _ends_without_space(text: str, found: re.Match[str], begin: int, rules: SentenceRules) -> bool:
    """Whether only the white space is missing: "completed.The talks"."""
    at, after = found.span()
    if found["closers"] or not text[after + 1 : after + 2].islower():
        return False
    window, right = text[max(begin, at - _WINDOW) : at], text[after : after + _WINDOW]
    left = window[window.rfind(" ") + 1 :]
    if _ADDRESS.search(left) or _ADDRESS.search(right.partition(" ")[0]):
        return False
    if text[at] != "." or after - at > 1:
        return left[-1:].isalpha()
    if left.isdigit():
        return at - begin > _LIST_MARK_LENGTH
    is_word = len(left) > 1 and left.isalpha() and left[-1].islower()
    return is_word and ends(window, False, Following(text, after), rules)
