"""What was found out about the words of texts, so that nothing has to be found out twice.

It holds for one list of spellings, one morphology and one program: whoever keeps it on disk keeps
it under the fingerprint of all three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

Part = tuple[int, str, int, int]
"""The number of a spelling, the features of the form, and where in a text it begins and ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Under what the spellings of a glossary are looked up, by their numbers."""

    plain: dict[str, list[int]] = field(default_factory=dict)
    """Those whose first word stands as it is, by that word in small letters."""
    inflected: dict[str, list[int]] = field(default_factory=dict)
    """Those whose first word inflects, by what the morphology knows it under."""
    abbreviations: dict[str, list[int]] = field(default_factory=dict)
    """Those that take any ending, by their first letters."""


@dataclass(slots=True, kw_only=True)
class Learned:
    """Words and runs of words that were met, in folded spelling."""

    begins: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Word → lengths, in words, of the terms that it may begin; most words begin none."""
    runs: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    """Words with what stands between them → the terms that they are, or the names in a compound."""
    keys: Keys | None = None
    """Those of the index; None before it was made."""

    def __len__(self) -> int:
        return len(self.begins) + len(self.runs)


def to_data(learned: Learned) -> dict[str, Any]:
    """``learned`` as JSON can hold it, the same for the same knowledge."""
    return {
        "silent": " ".join(sorted(word for word, lengths in learned.begins.items() if not lengths)),
        "begins": {word: lengths for word, lengths in learned.begins.items() if lengths},
        "nothing": sorted(run for run, said in learned.runs.items() if not said),
        "runs": {run: said for run, said in learned.runs.items() if said},
        "keys": asdict(learned.keys) if learned.keys else None,
    }


def from_data(data: object, spellings: int) -> Learned | None:
    """What `to_data` wrote for a list of so many ``spellings``; None when it is anything else."""
    try:
        return _from_data(data, spellings)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _from_data(data: Any, spellings: int) -> Learned:
    begins: dict[str, tuple[int, ...]] = dict.fromkeys(data["silent"].split(), ())
    begins.update((word, tuple(map(_count, row))) for word, row in data["begins"].items())
    runs: dict[str, tuple[Part, ...]] = dict.fromkeys(map(_text, data["nothing"]), ())
    runs.update((run, tuple(_parts(run, rows, spellings))) for run, rows in data["runs"].items())
    keys = None if data["keys"] is None else _keys(data["keys"], spellings)
    return Learned(begins=begins, runs=runs, keys=keys)


def _keys(data: Mapping[str, Mapping[str, Iterable[Any]]], spellings: int) -> Keys:
    return Keys(
        **{
            kind.name: {
                key: [_number(number, spellings) for number in numbers]
                for key, numbers in data[kind.name].items()
            }
            for kind in fields(Keys)
        }
    )


def _parts(run: str, rows: Iterable[Sequence[Any]], spellings: int) -> Iterable[Part]:
    for number, features, start, end in rows:
        yield (
            _number(number, spellings),
            _text(features),
            _number(start, len(run)),
            _number(end, len(run) + 1),
        )


def _count(value: object) -> int:
    return _number(value, 1 << 16)


def _number(value: object, below: int) -> int:
    if type(value) is not int or not 0 <= value < below:
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return value
