"""Text → the language of the newsroom it is written in, told by its letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workflow.languages import language

_ENOUGH = 200  # letters: in fewer than these the rare ones of an alphabet may be absent by chance
_MOST = 0.7  # of the letters must be of the alphabet


def recognise(text: str, *, default: str, languages: Sequence[str]) -> str:
    """The language whose alphabet holds the letters; ``default`` where none does.

    Of alphabets that hold one another, the smallest wins in a text long enough to tell.
    """
    letters = Counter(char for char in text.lower() if char.isalpha())
    total = letters.total()

    def fit(tag: str) -> tuple[float, bool, int]:
        alphabet = language(tag).alphabet
        held = sum(count for char, count in letters.items() if char in alphabet)
        # A foreign name in the text is no reason: hundredths are enough.
        share = round(held / total, 2) if total else 0.0
        return share, total < _ENOUGH and tag == default, -len(alphabet)

    best = max(languages, key=fit, default=default)
    return best if fit(best)[0] >= _MOST else default
