"""Which of very many texts may be like one text: binary sketches, compared by counting bits.

A sketch says in 256 bits which pairs of letters a text has. Texts stand in the order of their
length, so that those too long or too short to be like it are passed over unseen; of the rest the
sketches are compared, some hundred million a second, and the nearest are worth a closer look.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Words: TypeAlias = npt.NDArray[np.uint64]

_BITS = 256
_WORDS = _BITS // 64
_LENGTH, _HASH, _NUMBER = _WORDS, _WORDS + 1, _WORDS + 2
_ROWS = _WORDS + 3
_AT_ONCE = 4096
"""Texts that are sketched together."""
_BLOCK = 1 << 15
"""Sketches that are compared together: what a processor keeps at hand."""
_FEW = 2048
_ONE, _OTHER, _MIX = (
    np.uint64(number) for number in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xBF58476D1CE4E5B9)
)


@dataclass(frozen=True, slots=True)
class Sketches:
    """Rows of a table: the words of the sketch, then the text's length, its hash, its number."""

    table: Words

    def nearest(self, sketch: Words, length: int, *, floor: int, most: int) -> Words:
        """(distance, hash, number) of at least the ``most`` nearest that may reach ``floor`` %."""
        best = np.empty((3, 0), np.uint64)
        bound = _BITS - 1
        scales = _Scales()
        for start, end in self._blocks(length, floor / 100):
            block = self.table[:, start:end]
            distance = scales.weigh(block, sketch)
            near = np.flatnonzero(distance <= bound)
            if len(near):
                found = np.vstack((distance[near].astype(np.uint64), block[_HASH:, near]))
                best = np.concatenate((best, found), axis=1)
            if best.shape[1] > 2 * most:
                bound = int(np.partition(best[0], most - 1)[most - 1])
                best = best[:, best[0] <= bound]
        return best

    def _blocks(self, length: int, floor: float) -> Iterator[tuple[int, int]]:
        """The rows that may reach ``floor``, in parts; first a few of about the same length.

        These make the bound narrow that the many others are held against.
        """
        first, last = self._window(length, floor)
        middle = int(np.searchsorted(self.table[_LENGTH, first:last], np.uint64(length))) + first
        then = min(middle + _FEW, last)
        yield middle, then
        for start in range(first, middle, _BLOCK):
            yield start, min(middle, start + _BLOCK)
        for start in range(then, last, _BLOCK):
            yield start, min(last, start + _BLOCK)

    def _window(self, length: int, floor: float) -> tuple[int, int]:
        """The rows whose length lets them reach ``floor``: 2·LCS / (a + b) with LCS ≤ min(a, b)."""
        lengths = self.table[_LENGTH]
        low = math.ceil(length * floor / (2 - floor))
        high = math.floor(length * (2 - floor) / floor)
        return (
            int(np.searchsorted(lengths, np.uint64(low))),
            int(np.searchsorted(lengths, np.uint64(high), "right")),
        )


def numbers_near(
    tables: Sequence[Sketches], text: str, *, floor: int, most: int
) -> tuple[int, ...]:
    """Numbers of the ``most`` texts whose sketches are nearest to that of ``text``.

    Ties are decided by the hash, so that the answer does not depend on how the tables were made.
    """
    (sketch,) = _sketch([text])
    near = [table.nearest(sketch, len(text), floor=floor, most=most) for table in tables]
    found = np.concatenate(near, axis=1)
    order = np.lexsort((found[1], found[0]))
    return tuple(islice(dict.fromkeys(found[2][order].tolist()), most))


def make_sketches(texts: Iterable[tuple[int, int, str]]) -> Sketches:
    """Sketches of (number, hash, `comparable` text) rows."""
    parts = [np.empty((_ROWS, 0), np.uint64)]
    rows = iter(texts)
    while batch := list(islice(rows, _AT_ONCE)):
        part = np.empty((_ROWS, len(batch)), np.uint64)
        part[:_WORDS] = _sketch([text for _, _, text in batch]).T
        part[_LENGTH] = np.array([len(text) for _, _, text in batch], np.uint64)
        part[_HASH] = np.array([hashed for _, hashed, _ in batch], np.int64).view(np.uint64)
        part[_NUMBER] = np.array([number for number, _, _ in batch], np.uint64)
        parts.append(part)
    table = np.concatenate(parts, axis=1)
    order = np.lexsort((table[_HASH], table[_LENGTH]))
    return Sketches(np.ascontiguousarray(table[:, order]))


def pieces(sketches: Sketches) -> Iterator[bytes]:
    """The bytes of a file that `load_sketches` reads."""
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        head, np.lib.format.header_data_from_array_1_0(sketches.table)
    )
    yield head.getvalue()
    for row in sketches.table:
        yield row.tobytes()


def load_sketches(path: Path) -> Sketches:
    """The sketches in a file, read when they are looked at. Raises `ValueError`, `OSError`."""
    table = np.load(path, mmap_mode="r", allow_pickle=False)
    if table.dtype != np.uint64 or table.ndim != 2 or table.shape[0] != _ROWS:
        raise ValueError("not a table of sketches")
    return Sketches(np.asarray(table))


class _Scales:
    """Counts the bits that differ, block by block, in the same few pages of memory."""

    def __init__(self) -> None:
        self.different = np.empty(_BLOCK, np.uint64)
        self.counted = np.empty(_BLOCK, np.uint8)
        self.total = np.empty(_BLOCK, np.uint8)  # 256 different bits are 0: no two texts have them

    def weigh(self, block: Words, sketch: Words) -> npt.NDArray[np.uint8]:
        """The distance of each column of ``block`` from ``sketch``; valid until asked again."""
        size = block.shape[1]
        different, counted = self.different[:size], self.counted[:size]
        total = self.total[:size]
        for word in range(_WORDS):
            np.bitwise_xor(block[word], sketch[word], out=different)
            np.bitwise_count(different, out=counted if word else total)
            if word:
                np.add(total, counted, out=total)
        return total


def _sketch(texts: Sequence[str]) -> Words:
    """A row of words for each text: the bit of each pair of letters, in small letters."""
    small = [text.lower() for text in texts]
    lengths = np.array([len(text) for text in small], np.int64)
    raw = ("".join(small) + "  ").encode("utf-32-le", "surrogatepass")
    letters = np.frombuffer(raw, np.uint32).astype(np.uint64)
    bits = letters[:-2] * _ONE + letters[1:-1] * _OTHER
    bits = ((bits ^ (bits >> np.uint64(29))) * _MIX) >> np.uint64(64 - _BITS.bit_length() + 1)
    is_pair = np.ones(len(bits), bool)
    is_pair[np.cumsum(lengths)[lengths > 0] - 1] = False  # not from one text into the next
    rows = np.repeat(np.arange(len(texts)), lengths)
    marks = np.zeros((len(texts), _BITS), bool)
    marks[rows[is_pair], bits[is_pair].astype(np.int64)] = True
    return np.packbits(marks, axis=1).view(np.uint64)
