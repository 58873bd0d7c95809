"""Letters of the wrong script, and letters of a neighbour's alphabet."""

import re
import string
from collections.abc import Iterable

from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = "A-Za-z"
_CYRILLIC = "\u0400-\u052f"
_MIXED = re.compile(rf"[{_LATIN}]+[{_CYRILLIC}]|[{_CYRILLIC}]+[{_LATIN}]")
_SUFFIXED = re.compile(rf"[{_LATIN}]{{2,}}[{_CYRILLIC}]+")
_NEVER_STRANGE = frozenset(string.printable) | frozenset("«»“”„–—…№’\u00a0")
"""Where no word mixes scripts, the letters of its own are all that can be strange."""
_LOOKALIKES = str.maketrans("aceopxyiABCEHKMOPTXhj", "асеорхуіАВСЕНКМОРТХһј")
_TO_LATIN = str.maketrans("асеорхуіАВСЕНКМОРТХ", "aceopxyiABCEHKMOPTX")


def _find(pair: Pair) -> Iterable[Finding]:
    text = pair.target.plain
    alphabet = pair.target_language.alphabet
    if not alphabet:
        return
    if alphabet.issuperset(set(text.lower()) - _NEVER_STRANGE) and not _MIXED.search(text):
        return  # most texts
    for found in _WORD.finditer(text):
        word = found[0]
        if _MIXED.search(word):
            if not _is_suffixed(word):
                yield Finding(
                    message=f"“{word}” mixes Latin and Cyrillic letters",
                    start=found.start(),
                    end=found.end(),
                    suggestion=_mended(word, alphabet),
                )
        elif re.match(rf"[{_CYRILLIC}]", word):
            strange = sorted(set(word.lower()) - alphabet)
            if strange and word not in pair.source.plain:
                yield Finding(
                    message=f"“{word}” has “{strange[0]}”, no letter of "
                    f"{pair.target_language.autonym}",
                    start=found.start(),
                    end=found.end(),
                )


def _is_suffixed(word: str) -> bool:
    """A Latin name with a Cyrillic ending, as Kyrgyz writes it: Samsungдун."""
    latin = word.rstrip("".join(c for c in set(word) if "\u0400" <= c <= "\u052f"))
    lookalike_only = latin.translate(_LOOKALIKES) != latin and not re.search(
        rf"[{_LATIN}]", latin.translate(_LOOKALIKES)
    )
    return _SUFFIXED.fullmatch(word) is not None and not lookalike_only


def _mended(word: str, alphabet: frozenset[str]) -> str:
    cyrillic = word.translate(_LOOKALIKES)
    if set(cyrillic.lower()) <= alphabet:
        return cyrillic
    latin = word.translate(_TO_LATIN)
    return latin if re.fullmatch(rf"[{_LATIN}]+", latin) else ""


CHECK = Check(
    name="letters",
    severity=Severity.MAJOR,
    about="A word mixes scripts, or has a letter that its language does not use.",
    find=_find,
    good=(
        Example(source="MDMA was seized.", target="Изъят MDMA (МДМА)."),
        Example(source="a Samsung phone", target="Samsungдун телефону", language="ky"),
        Example(source="health", target="Денсаулық сақтау, һәм әділет", language="kk"),
    ),
    bad=(
        Example(source="support", target="поддepжка"),
        Example(source="vehicles", target="унааcы", language="ky"),
        Example(source="organisation", target="Ұжымдык уюм", language="ky"),
        Example(source="Kyrgyz", target="қырғыз"),
    ),
)
