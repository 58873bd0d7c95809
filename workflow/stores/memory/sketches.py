"""Which of very many texts may be like one text: binary sketches, compared by counting bits.

A sketch says in 256 bits which pairs of letters a text has. Texts stand in the order of their
length, so that those too long or too short to be like it are passed over unseen; of the rest the
sketches are compared, some hundred million a second, and the nearest are worth a closer look.
"""

from __future__ import annotations

import io
import math
import mmap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from workflow.stores.files import write_atomic

Words: TypeAlias = npt.NDArray[np.uint64]
Distances: TypeAlias = npt.NDArray[np.uint8]
Near: TypeAlias = tuple[Distances, npt.NDArray[np.intp]]

_BITS = 256
_WORDS = _BITS // 64
_LENGTH, _HASH, _NUMBER, _START, _SIZE = range(_WORDS, _WORDS + 5)
_ROWS = _WORDS + 5
_TEXTS = ".txt"
_AT_ONCE = 4096
"""Texts that are sketched together."""
_BLOCK = 1 << 15
"""Sketches that are compared together: what a processor keeps at hand."""
_FEW = 2048
_ONE, _OTHER, _MIX = (
    np.uint64(number) for number in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xBF58476D1CE4E5B9)
)


class _Scales:
    """Counts the bits that differ, block by block, in the same few pages of memory."""

    def __init__(self) -> None:
        self.different = np.empty(_BLOCK, np.uint64)
        self.counted = np.empty(_BLOCK, np.uint8)
        self.total = np.empty(_BLOCK, np.uint8)  # 256 different bits are 0: no two texts have them

    def weigh(self, block: Words, sketch: Words) -> Distances:
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


@dataclass(frozen=True, slots=True)
class Sketches:
    """What is known of texts, a column for each, in the order of their lengths."""

    table: Words
    """Rows: the words of the sketch, then the text's length, its hash, its number, and where in
    ``texts`` it begins and how many bytes it has."""
    texts: bytes | mmap.mmap
    """The texts themselves, one after the other in UTF-8."""
    scales: _Scales = field(default_factory=_Scales, repr=False, compare=False)

    def nearest(self, sketch: Words, length: int, *, floor: int, most: int) -> Near:
        """Distances and columns of at least the ``most`` nearest that may reach ``floor`` %."""
        bound = _BITS - 1
        kept: list[Near] = []
        for start, end in self._blocks(length, floor / 100):
            distance = self.scales.weigh(self.table[:, start:end], sketch)
            near = np.flatnonzero(distance <= bound)
            if len(near) > most:
                bound = int(np.partition(distance[near], most - 1)[most - 1])
                near = near[distance[near] <= bound]
            kept.append((distance[near], near + start))
        distances = np.concatenate([distance for distance, _ in kept])
        columns = np.concatenate([near for _, near in kept])
        is_near = distances <= bound
        return distances[is_near], columns[is_near]

    def texts_at(self, columns: npt.NDArray[np.intp]) -> list[str]:
        """The texts of some columns."""
        starts, sizes = self.table[_START, columns].tolist(), self.table[_SIZE, columns].tolist()
        return [
            self.texts[start : start + size].decode("utf-8", "surrogatepass")
            for start, size in zip(starts, sizes, strict=True)
        ]

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


def texts_near(tables: Sequence[Sketches], text: str, *, floor: int, most: int) -> dict[int, str]:
    """Number → text of the ``most`` whose sketches are nearest to that of ``text``.

    Ties are decided by the hash, so that the answer does not depend on how the tables were made.
    """
    (sketch,) = _sketch([text])
    found: list[tuple[int, int, int, str]] = []
    for table in tables:
        if not table.table.size:
            continue
        distances, columns = table.nearest(sketch, len(text), floor=floor, most=most)
        hashes = table.table[_HASH, columns]
        order = np.lexsort((hashes, distances))[:most]
        best = columns[order]
        rows = zip(
            distances[order].tolist(),
            hashes[order].tolist(),
            table.table[_NUMBER, best].tolist(),
            table.texts_at(best),
            strict=True,
        )
        found = sorted((*found, *rows)) if found else list(rows)
    return {number: words for _, _, number, words in reversed(found[:most])}


def make_sketches(texts: Iterable[tuple[int, int, str]]) -> Sketches:
    """Sketches of (number, hash, comparable text) rows."""
    parts = [np.empty((_ROWS, 0), np.uint64)]
    written = bytearray()
    rows = iter(texts)
    while batch := list(islice(rows, _AT_ONCE)):
        encoded = [text.encode("utf-8", "surrogatepass") for _, _, text in batch]
        sizes = np.array([len(text) for text in encoded], np.uint64)
        part = np.empty((_ROWS, len(batch)), np.uint64)
        part[:_WORDS] = _sketch([text for _, _, text in batch]).T
        part[_LENGTH] = np.array([len(text) for _, _, text in batch], np.uint64)
        part[_HASH] = np.array([hashed for _, hashed, _ in batch], np.int64).view(np.uint64)
        part[_NUMBER] = np.array([number for number, _, _ in batch], np.uint64)
        part[_SIZE] = sizes
        part[_START] = np.cumsum(sizes) - sizes + np.uint64(len(written))
        parts.append(part)
        written += b"".join(encoded)
    table = np.concatenate(parts, axis=1)
    order = np.lexsort((table[_HASH], table[_LENGTH]))
    return Sketches(np.ascontiguousarray(table[:, order]), bytes(written))


def save_sketches(sketches: Sketches, path: Path) -> None:
    """Keep the sketches in ``path``, and their texts beside it. Raises `StoreError`."""
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        head, np.lib.format.header_data_from_array_1_0(sketches.table)
    )
    rows = (row.tobytes() for row in sketches.table)
    write_atomic(path.with_suffix(_TEXTS), bytes(sketches.texts))
    write_atomic(path, chain((head.getvalue(),), rows))


def load_sketches(path: Path) -> Sketches:
    """The sketches in a file, read when they are looked at. Raises `ValueError`, `OSError`."""
    table = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    if table.dtype != np.uint64 or table.ndim != 2 or table.shape[0] != _ROWS:
        raise ValueError("not a table of sketches")
    with path.with_suffix(_TEXTS).open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        if size != int(table[_SIZE].sum()):
            raise ValueError("not the texts of these sketches")
        texts = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    return Sketches(table, texts)


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
