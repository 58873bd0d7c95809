"""Bytes to text: which encoding a file is in, and the text in one canonical spelling."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Mapping

from workflow.errors import SourceError

_LEGACY = ("cp1251", "kz1048", "koi8-r", "cp866", "cp1252")
"""Eight-bit encodings we expect, the likeliest first; a tie goes to the earlier one."""

_NAMES = {"cp1251": "windows-1251", "cp1252": "windows-1252", "cp866": "cp866"}

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\ufeff\ufffe\uffff]")
_BINARY_HINT = "a text file is wanted; save it as UTF-8 and try again"
_SUSPECT_SHARE = 0.25

_VOWELS = frozenset("аеёиоуыэюяәөұүі")
_COMMON = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжш")
_OWN = frozenset("әқңӘҚҢіІєїўЄЇЎёЁ")
_SHARED = frozenset("ғұүөһҒҰҮӨҺ")
_FOREIGN = frozenset("ЂЃѓЉЊЌЋЏђљњќћџЅѕЈјґҐ")
_TYPOGRAPHY = frozenset("«»„“”‘’‚‹›–—…№§°©®€\xa0•·±™\xad")


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding.

    Line ends become ``\\n``, the text NFC. Raises `SourceError` when it is not text.
    """
    text, name = _decoded(data)
    if _CONTROL.search(text):
        raise _binary()
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text), name


def _decoded(data: bytes) -> tuple[str, str]:
    marked = _by_mark(data)
    if marked is not None:
        return marked
    if b"\x00" in data:
        return _by_zeros(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # A download that was cut in the middle of a letter is still UTF-8.
        if error.start >= len(data) - 3 and "unexpected end" in error.reason and error.start > 3:
            return data[: error.start].decode("utf-8") + "\N{REPLACEMENT CHARACTER}", "utf-8"
    _refuse_broken_utf_8(data)
    return _by_letters(data)


def _refuse_broken_utf_8(data: bytes) -> None:
    """A stray byte in a UTF-8 file: any other encoding would make gibberish of all of it."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    whole = sum(1 for char in text if char > "\x7f") - broken
    if whole > 2 * broken:
        line = text.count("\n", 0, text.index("\N{REPLACEMENT CHARACTER}")) + 1
        raise SourceError("a letter is broken: the file is UTF-8, but not all of it", line=line)


def _by_mark(data: bytes) -> tuple[str, str] | None:
    marks = (
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    )
    for mark, codec, name in marks:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(codec), name
            except UnicodeDecodeError:
                raise _binary(f"it begins as {name} and does not go on so") from None
    return None


def _by_zeros(data: bytes) -> tuple[str, str]:
    """UTF-16 without a mark: the zeros stand on one side of the pairs."""
    low, high = data[0::2].count(0), data[1::2].count(0)
    codec = "utf-16-be" if low > high else "utf-16-le"
    if len(data) % 2 or min(low, high) > max(low, high) // 10:
        raise _binary()
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        raise _binary() from None
    if _CONTROL.search(text) or not _is_plausible(text):
        raise _binary()
    return text, "utf-16"


def _is_plausible(text: str) -> bool:
    """Most letters are of a script below U+0600 or are typography; noise is anything."""
    strange = sum(1 for char in text if char >= "\u0600" and not "\u2000" <= char <= "\u214f")
    return strange <= len(text) * _SUSPECT_SHARE


def _by_letters(data: bytes) -> tuple[str, str]:
    if _CONTROL.search(data.decode("latin-1")):
        raise _binary()
    readings = dict(_readings(data))
    best = max(readings, key=lambda codec: _score(readings[codec]))
    # Without a Cyrillic letter the Windows encodings spell the same text: call it Western.
    if "cp1252" in readings and readings[best] == readings["cp1252"]:
        best = "cp1252"
    if _score(readings[best]) < 0:
        raise _binary("no encoding we know makes words of it")
    return readings[best], _NAMES.get(best, best)


def _readings(data: bytes) -> Iterable[tuple[str, str]]:
    for codec in _LEGACY:
        try:
            yield codec, data.decode(codec)
        except UnicodeDecodeError:
            continue


def _score(text: str) -> float:
    """How much ``text`` looks like words; only letters outside ASCII say anything."""
    total = 0.0
    before = " "
    for char in text:
        if char > "\x7f":
            total += _LETTER_SCORES.get(char, -3.0) if not char.isalpha() else _letter(char, before)
        elif char.isalpha() and before > "\x7f" and before.isalpha() and _is_cyrillic(before):
            total -= 3
        before = char
    return total


def _letter(char: str, before: str) -> float:
    if not _is_cyrillic(char):
        # A Western accent stands among plain letters; a run of them is Cyrillic misread.
        return -2.0 if before > "\x7f" and before.isalpha() else 1.5
    score = _LETTER_SCORES.get(char, _LETTER_SCORES.get(char.lower(), 1.0))
    if (before.lower() in _VOWELS) != (char.lower() in _VOWELS):
        score += 0.5  # words are vowels and consonants by turns; misread ones are not
    if before.isalpha() and before <= "\x7f":
        score -= 3
    if char.isupper() and before.islower():
        score -= 4
    return score


def _is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u04ff"


def _letter_scores() -> Mapping[str, float]:
    groups = ((_COMMON, 2.0), (_OWN, 3.0), (_SHARED, 2.0), (_FOREIGN, -2.0), (_TYPOGRAPHY, 0.5))
    scores = {char: score for letters, score in groups for char in letters}
    rare = "юцщэф"
    return scores | dict.fromkeys(rare, 0.5) | {"ъ": -0.5}


def _binary(why: str = "") -> SourceError:
    return SourceError(
        f"the file is binary, not text{f': {why}' if why else ''}", hint=_BINARY_HINT
    )


_LETTER_SCORES = _letter_scores()
