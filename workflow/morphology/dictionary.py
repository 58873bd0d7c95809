"""Inflection that a dictionary knows: Russian, through pymorphy3.

A word is its readings (`workflow.morphology.readings`), a term is planned once
(`workflow.morphology.phrases`). Words that the dictionary does not know are also compared by their
Snowball stems.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence

from workflow.errors import SettingsError
from workflow.morphology import Heads, Slot
from workflow.morphology.agreement import clashes, fitting
from workflow.morphology.counting import recounted
from workflow.morphology.declension import decline
from workflow.morphology.phrases import Plan, Unit, plan_of
from workflow.morphology.readings import (
    COUNTED,
    GENDERS,
    GRAMMEMES,
    Reading,
    Word,
    analyzer,
    lemmas_of,
    word_of,
)

# After an abbreviation: those of nouns like МИД and ГЭС, and what they say.
_ENDINGS = {"": "", "а": "GEN", "у": "DAT", "ом": "INS", "е": "LOC", "ы": "PL", "ов": "PL GEN"} | {
    **{"ам": "PL DAT", "ами": "PL INS", "ах": "PL LOC", "и": "PL", "ю": "INS", "ей": "PL GEN"},
}
_ENDING = re.compile(r"(?P<mark>[»”\"]?[-']?)(?P<ending>[а-я]*)")
_NOMINATIVES = {"NOM": "", "PL NOM": "PL"}
_DECLINED = re.compile(r".*[АЕИОУЫЭЮЯ][БВГДЖЗКЛМНПРСТФХЦЧШЩ]{1,2}")


def _belonging(unit: Unit, word: Word) -> tuple[Reading, ...] | None:
    """The readings of ``word`` that are the unit; none where only stems are equal."""
    found = tuple(r for r in word.readings if r.lexeme in unit.own)
    if found or unit.text == word.text or (unit.stem and unit.stem == word.stem):
        return found
    # Of a town, the dictionary may have the adjective only: Лиманск, Лиманском.
    town = unit.stem and unit.text.endswith("ск") and word.text == unit.text + "ом"
    return () if town else None


def _said(features: str, plural: bool) -> str:
    """Features as they are told: the nominative plural is "PL", "SG" is told of a plural term."""
    if features == "PL NOM":
        return "PL"
    if not plural or features not in GRAMMEMES:
        return features
    return "SG" if features == "NOM" else f"SG {features}"


class Dictionary:
    """The `Morphology` of Russian."""

    joint = ""

    def match(
        self, term: Sequence[str], words: Sequence[str], *, head: int | None = None
    ) -> tuple[str, ...] | None:
        """How ``words`` are the term in one of its forms."""
        if len(term) != len(words):
            return None
        if list(term) == list(words):
            return ("",) * len(words)
        plan = plan_of(tuple(term), head)
        if len(plan.units) > 1:
            return _match_phrase(plan, words)
        readings = _belonging(plan.units[0], word_of(words[0]))
        if readings is None:
            return None
        return (_said(readings[0].features, plan.plural) if readings else "STEM",)

    def readings(
        self, term: Sequence[str], words: Sequence[str], *, head: int | None = None
    ) -> tuple[str, ...]:
        """Every case and number that ``words`` may have as the term; all cases of a word that the
        dictionary does not know and that stands as it is."""
        if len(term) != len(words):
            return ()
        plan = plan_of(tuple(term), head)
        if len(plan.units) > 1:
            said = _all_features(plan, words)
        else:
            said = [r.features for r in _belonging(plan.units[0], word_of(words[0])) or ()]
        if not said and list(term) == list(words):
            said = list(GRAMMEMES)
        return tuple(dict.fromkeys(_NOMINATIVES.get(features, features) for features in said))

    def fitting(self, readings: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
        """Those of ``readings`` that the words before leave."""
        return fitting(readings, before)

    def clashes(
        self,
        old: Sequence[str],
        new: Sequence[str],
        features: str,
        slot: Slot,
        *,
        heads: Heads = (None, None),
    ) -> bool:
        """Whether a word beside the slot agrees with a gender that the new term has not."""
        return clashes(plan_of(tuple(old), heads[0]), plan_of(tuple(new), heads[1]), features, slot)

    def recounted(self, noun: str, slot: Slot, kinds: tuple[str, str]) -> str | None:
        """The noun behind another number: see `workflow.morphology.counting`."""
        return recounted(noun, slot, *kinds)

    def is_plural(self, term: Sequence[str], *, head: int | None = None) -> bool:
        """Whether the citation form is a plural."""
        return plan_of(tuple(term), head).plural

    def ending(self, word: str, features: str) -> str:  # noqa: ARG002
        """Nothing: an abbreviation that stands as it is, is right in every case."""
        return ""

    def match_abbreviation(self, term: str, word: str) -> str | None:
        """How ``word`` is the abbreviation: МИДа, МИД-ом; НИИ takes no ending, ОДКБ only -у."""
        found = _ENDING.fullmatch(word, len(term)) if word.startswith(term) else None
        if found is None or (found["ending"] and not (found["mark"] or _DECLINED.fullmatch(term))):
            return None
        return None if found["mark"] and not found["ending"] else _ENDINGS.get(found["ending"])

    def keys(self, word: str, *, of_term: bool) -> frozenset[str]:  # noqa: ARG002
        """What the word, or its first part before a hyphen, may be a form of."""
        keys = {word}
        for part in dict.fromkeys((word, word.partition("-")[0])):
            keys.update((part, part.removesuffix("ом")))
            lemmas = lemmas_of(part)
            if lemmas is None:
                known = word_of(part)
                keys.add(known.stem)
                lemmas = frozenset(reading.lexeme[1] for reading in known.readings)
            keys.update(lemmas)
        return frozenset(filter(None, keys))

    def roots(self, word: str) -> frozenset[str]:
        """The word and its normal forms (люди: человек); a stemmer is to find the rest."""
        return frozenset((word, *(str(parse.normal_form) for parse in analyzer().parse(word))))

    def forms(self, term: Sequence[str]) -> frozenset[str] | None:  # noqa: ARG002
        """None: forms are recognised, in every word of a phrase."""
        return None

    def inflect(
        self, term: Sequence[str], features: str, *, head: int | None = None
    ) -> tuple[str, ...] | None:
        """The words of ``term`` in one form: "GEN", "PL INS", "SG"; None when unsure. What changes
        has its ё."""
        plan = plan_of(tuple(term), head)
        wanted = set(features.split()) - {"NOM"}
        cases = [name for name in wanted if name in GRAMMEMES] or ["NOM"]
        if len(cases) > 1 or wanted - {*GRAMMEMES, "PL", "SG"}:
            return None
        plural = "PL" in wanted or (plan.plural and "SG" not in wanted)
        made = decline(plan, {GRAMMEMES[cases[0]], "plur" if plural else "sing"})
        if made is None:
            return None
        parts = iter(made)
        words = tuple("-".join(next(parts) for _ in range(size)) for size in plan.sizes)
        folded = [word.replace("ё", "е") for word in words]
        return words if self.match(term, folded, head=head) is not None else None


def _match_phrase(plan: Plan, words: Sequence[str]) -> tuple[str, ...] | None:
    found = _readings_of_units(plan, words)
    features = _agreement(plan, found) if found is not None else None
    if found is None or features is None:
        return None
    said = iter(
        "" if r is None else features.get(u.group, "STEM")
        for u, r in zip(plan.units, found, strict=True)
    )
    return tuple(max(next(said) for _ in range(size)) for size in plan.sizes)


def _readings_of_units(plan: Plan, words: Sequence[str]) -> list[tuple[Reading, ...] | None] | None:
    """The readings of each unit, None for one that stands as it is; None when one is missing."""
    pieces = [
        word.split("-") if n > 1 else [word] for word, n in zip(words, plan.sizes, strict=True)
    ]
    if tuple(map(len, pieces)) != plan.sizes:
        return None
    found: list[tuple[Reading, ...] | None] = []
    for unit, text in zip(plan.units, (text for piece in pieces for text in piece), strict=True):
        same = unit.role != "agrees" and unit.text == text
        readings = None if same or unit.role == "fixed" else _belonging(unit, word_of(text))
        if readings is None and not same:
            return None
        found.append(readings)
    return found


def _all_features(plan: Plan, words: Sequence[str]) -> list[str]:
    """Every case and number that a phrase may stand in."""
    found = _readings_of_units(plan, words)
    shared = _shared(plan, found) if found else {}
    if not shared:
        return []
    numbers = {"plur": "PL ", "counted": "COUNTED "}
    cells = shared[min(shared)]
    return [
        numbers.get(cell.split()[1], "") + cell[:3]
        for cell in sorted(cells, key=lambda cell: -cells[cell])
        if all(any(cell[:3] == other[:3] for other in group) for group in shared.values())
    ]


def _shared(plan: Plan, found: Sequence[tuple[Reading, ...] | None]) -> dict[int, dict[str, float]]:
    """The cells that all words of a group may have, and how likely each is."""
    shared: dict[int, dict[str, float]] = {}
    for unit, readings in zip(plan.units, found, strict=True):
        if readings:
            chances = _chances(readings, unit.role == "agrees")
            before = shared.get(unit.group, chances)
            shared[unit.group] = {c: chances[c] * before[c] for c in chances if c in before}
    return shared


def _agreement(plan: Plan, found: Sequence[tuple[Reading, ...] | None]) -> dict[int, str] | None:
    """How each group of words stands; None when its words or the groups do not agree."""
    shared = _shared(plan, found)
    features: dict[int, str] = {}
    cases = [{cell[:3] for cell in cells} for cells in shared.values()]
    common = set.intersection(*cases) if cases else set()
    for group, chances in shared.items():
        fitting = [cell for cell in chances if cell[:3] in common]
        if not fitting:
            return None
        # The accusative looks like another case, or it is the only one that fits.
        best = max(sorted(fitting), key=lambda c: (c != COUNTED, c[:3] != "ACC", chances[c]))
        common = {best[:3]}
        features[group] = _said(f"PL {best[:3]}" if "plur" in best else best[:3], plan.plural)
    return features


def _chances(readings: Sequence[Reading], gendered: bool) -> dict[str, float]:
    """How likely each cell is; an apposed noun has its own gender (город Москва)."""
    chances: defaultdict[str, float] = defaultdict(float)
    for reading in readings:
        loose = {f"{c[:8]} {g}" for c in reading.cells if "sing" in c for g in GENDERS}
        for cell in reading.cells | (set() if gendered else loose):
            chances[cell] += reading.chance
    return chances


@functools.cache
def load(tag: str) -> Dictionary:
    """The morphology of the language ``tag``. Raises `SettingsError` when it is not Russian."""
    if tag != "ru":
        raise SettingsError(f"no dictionary for “{tag}”", hint="only Russian has one")
    return Dictionary()
